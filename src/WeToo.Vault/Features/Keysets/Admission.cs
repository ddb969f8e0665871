using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;

namespace WeToo.Vault.Features.Keysets;

/// <summary>The one gate for what an author signs: read, of its form, for this deployment, fresh where it must be, and signed.</summary>
internal static class Admission
{
    /// <summary>Reads a request's body as a message, and checks all that it says of itself.</summary>
    /// <param name="http">The request.</param>
    /// <param name="board">Which deployment this is, and which day.</param>
    /// <param name="mostBytes">The longest body.</param>
    /// <returns>The message, or null and why not.</returns>
    internal static async Task<(T? Message, Refusal Refusal)> AdmitAsync<T>(this HttpRequest http, KeysetBoard board, int mostBytes)
        where T : class, IAuthorMessage<T>
    {
        var (body, tooLong) = await http.ReadBodyAsync(mostBytes);
        if (tooLong is { } why) return (null, why);
        if (board.Current is not { } keyset) return (null, Refusal.ServiceUnavailable);
        if (T.TryParse(body) is not { } message) return (null, Refusal.MalformedMessage);
        if (!message.Deployment.Span.SequenceEqual(keyset.Keyset.Deployment.Span)) return (null, Refusal.DeploymentForeign);
        if (message is IFresh { Day: var day } && !Days.AreNear(day, board.Today)) return (null, Refusal.RequestExpired);
        return message.CheckSignature() is { } invalid ? (null, invalid) : (message, default);
    }
}
