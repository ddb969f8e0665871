using System.Security.Cryptography;
using System.Text;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;

namespace WeToo.Vault.Features.Requests;

/// <summary>Who asks, and for what.</summary>
public enum RequestKind
{
    /// <summary>Somebody asks whether there is anything about them.</summary>
    Access,

    /// <summary>Somebody asks that it be erased or put right.</summary>
    Erasure,

    /// <summary>A court orders something.</summary>
    Court,

    /// <summary>The police or a prosecutor asks, without an order.</summary>
    Police,

    /// <summary>An authority that supervises us asks.</summary>
    Regulator,

    /// <summary>Anybody else.</summary>
    Other,
}

/// <summary>What was done with it.</summary>
public enum RequestOutcome
{
    /// <summary>The fixed reply was sent.</summary>
    FixedReply,

    /// <summary>It is being contested, or was, with success.</summary>
    Objected,

    /// <summary>What we hold was handed over: ciphertext and numbers.</summary>
    HandedOver,

    /// <summary>It was refused.</summary>
    Refused,
}

/// <summary>
/// The register of requests from outside. It says that there was one, of which kind, and what came of it; nothing of who or whom. Whoever answers needs nothing else of this
/// program: what we hold about a person who is named cannot be found by anybody, so there is nothing to look up, and nothing here does.
/// </summary>
public static class RequestRegister
{
    /// <summary>Registers a request.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="kind">Who asked.</param>
    /// <param name="outcome">What was done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its number, 16 bytes, for the file that is kept elsewhere.</returns>
    public static async Task<byte[]> AddAsync(Database database, RequestKind kind, RequestOutcome outcome, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        var row = new { request_id = RandomNumberGenerator.GetBytes(16), day = time.GetUtcNow().ToUnixTimeSeconds() / 86_400, kind = $"{kind}", outcome = $"{outcome}" };
        _ = await database.TransactAsync(
            session =>
            {
                OperatorLog.Append(session, time, OperatorAct.RequestRegistered, SHA256.HashData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(row.request_id)} {row.day} {kind} {outcome}")));
                return session.Execute(Sql.Add, row);
            },
            cancel);
        return row.request_id;
    }

    /// <summary>How many requests of each kind there were between two days.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="from">The first day, in days since 1970.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<IReadOnlyList<(string Kind, string Outcome, long Count)>> CountAsync(Database database, long from, long until, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(session => session.Query<(string Kind, string Outcome, long Count)>(Sql.Count, new { from_day = from, until_day = until }), cancel);
    }

    private static class Sql
    {
        internal const string Add = "INSERT INTO requests (request_id, day, kind, outcome) VALUES (@request_id, @day, @kind, @outcome)";

        internal const string Count = """
            SELECT kind, outcome, count(*) AS count FROM requests WHERE day >= @from_day AND day < @until_day GROUP BY kind, outcome ORDER BY kind, outcome
            """;
    }
}
