using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Keysets;

namespace WeToo.Vault.Features.Desk;

/// <summary>Who asks at the desk: somebody on the roster, with a fresh signature, once. WEP-1, section 12.</summary>
internal sealed class DeskGate(KeysetBoard board, Database database, TimeProvider time)
{
    private const long Window_s = 300;

    /// <summary>Reads a request's body and checks the request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="mostBytes">The longest body this route takes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Their signing key, what they sent and no refusal, or the refusal.</returns>
    internal async Task<(byte[] Counselor, byte[] Body, Refusal? Refusal)> AdmitWithBodyAsync(HttpRequest http, int mostBytes, CancellationToken cancel)
    {
        var (body, tooLong) = await http.ReadBodyAsync(mostBytes);
        if (tooLong is { } why) return ([], [], why);

        var (counselor, refusal) = await AdmitAsync(http, body, cancel);
        return (counselor, body, refusal);
    }

    /// <summary>Checks a request.</summary>
    /// <returns>Their signing key and no refusal, or the refusal.</returns>
    internal async Task<(byte[] Counselor, Refusal? Refusal)> AdmitAsync(HttpRequest http, byte[] body, CancellationToken cancel)
    {
        if (board.Current is not { } keyset) return ([], Refusal.ServiceUnavailable);
        if (DeskSignature.TryParse(http.Headers[DeskSignature.Header].ToString()) is not { } signature) return ([], Refusal.NotAllowed);
        if (keyset.Roster.Member(signature.Counselor) is null) return ([], Refusal.CounselorUnknown);

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (signature.TimeSeconds > long.MaxValue || Math.Abs((long)signature.TimeSeconds - now) > Window_s) return ([], Refusal.RequestExpired);
        if (signature.Check(keyset.Keyset.Deployment.Span, http.Method, http.Path.Value!, body) is { } invalid) return ([], invalid);

        var row = new { nonce = signature.Nonce.ToArray(), time_s = now, oldest_s = now - (2 * Window_s) };
        var isNew = await database.TransactAsync(
            session =>
            {
                session.Execute(Sql.Forget, row);
                return session.Execute(Sql.Remember, row) == 1;
            },
            cancel);
        return isNew ? (signature.Counselor.ToArray(), null) : ([], Refusal.RequestReplayed);
    }

    private static class Sql
    {
        internal const string Forget = "DELETE FROM desk_nonces WHERE time_s < @oldest_s";

        internal const string Remember = "INSERT INTO desk_nonces (nonce, time_s) VALUES (@nonce, @time_s) ON CONFLICT (nonce) DO NOTHING";
    }
}
