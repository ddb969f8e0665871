using WeToo.Hosting.Storage;

namespace WeToo.Voices.Features.Embedding;

/// <summary>The other sites that may show the answers of readers in a frame. The operator names each; nobody else may put a form of ours under what they like.</summary>
internal sealed class Embeds(Database database, TimeProvider time)
{
    private const int DaySeconds = 24 * 3600;

    /// <summary>The origin that an address has, as browsers write it; <see langword="null"/> for one that has a path, or is neither HTTPS nor of this machine.</summary>
    internal static string? OriginOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var site) && site is { PathAndQuery: "/", Fragment: "", UserInfo: "" } && (site.Scheme == Uri.UriSchemeHttps || (site.Scheme == Uri.UriSchemeHttp && site.IsLoopback))
            ? $"{site.Scheme}://{site.IdnHost}{(site.IsDefaultPort ? "" : FormattableString.Invariant($":{site.Port}"))}"
            : null;

    /// <summary>Lets a site show them. Doing it twice changes nothing.</summary>
    internal Task<int> AddAsync(string origin, CancellationToken cancel) =>
        database.TransactAsync(session => session.Execute(Sql.Add, new { origin, made_day = time.GetUtcNow().ToUnixTimeSeconds() / DaySeconds }), cancel);

    /// <summary>Lets it no more, from the next frame on.</summary>
    /// <returns>Whether it might.</returns>
    internal async Task<bool> RemoveAsync(string origin, CancellationToken cancel) => await database.TransactAsync(session => session.Execute(Sql.Remove, new { origin }), cancel) > 0;

    /// <summary>All of them.</summary>
    internal Task<IReadOnlyList<string>> AllAsync(CancellationToken cancel) => database.ReadAsync(session => session.Query<string>(Sql.All), cancel);

    private static class Sql
    {
        internal const string Add = "INSERT INTO embeds (origin, made_day) VALUES (@origin, @made_day) ON CONFLICT (origin) DO NOTHING";

        internal const string Remove = "DELETE FROM embeds WHERE origin = @origin";

        internal const string All = "SELECT origin FROM embeds ORDER BY made_day, origin";
    }
}
