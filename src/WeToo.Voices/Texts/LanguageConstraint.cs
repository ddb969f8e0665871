namespace WeToo.Voices.Texts;

/// <summary><c>{language:language}</c> in a route: one that this publication has.</summary>
internal sealed class LanguageConstraint(VoicesOptions options) : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string language && options.Languages.Contains(language);
}
