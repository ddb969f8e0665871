using WeToo.Core.Log;
using WeToo.Core.Signing;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Statistics;

namespace WeToo.Vault.Features.Retention;

/// <summary>
/// What a run says of itself: its day, the periods, and how much of each kind was deleted, in words that tell of nobody. A signed note, as the log of dates has them, which anybody can verify
/// with the key alone. There is one for each Monday, also when nothing was due: that there is one says nothing.
/// </summary>
public static class Certificates
{
    private const string First = "WeToo deletion certificate/1";

    /// <summary>All certificates after a day, oldest first.</summary>
    /// <param name="database">The vault's.</param>
    /// <param name="after">Days since 1970; 0 for all.</param>
    /// <param name="cancel">Gives up.</param>
    public static Task<IReadOnlyList<string>> ReadAsync(Database database, long after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(session => session.Query<string>(Sql.All, new { after }), cancel);
    }

    /// <summary>The key by which certificates of a deployment are verified.</summary>
    /// <param name="keyFile">Its file; made the first time.</param>
    /// <param name="deployment">16 bytes.</param>
    public static NoteKey KeyOf(string keyFile, ReadOnlySpan<byte> deployment)
    {
        using var key = Open(keyFile);
        return new(NameOf(deployment), NoteKeyKind.Log, key.PublicKey);
    }

    /// <summary>Whether a certificate is whole and signed by a key.</summary>
    /// <param name="text">The certificate.</param>
    /// <param name="key">Whose it should be.</param>
    public static bool IsGenuine(string text, NoteKey key) =>
        SignedNote.TryParse(text) is { } note && note.Text.StartsWith(First + "\n", StringComparison.Ordinal) && note.IsSignedBy(key);

    /// <summary>Writes and signs one.</summary>
    internal static string Sign(string keyFile, ReadOnlySpan<byte> deployment, long runDay, RetentionPeriods periods, IEnumerable<(RetentionKind Kind, long Count)> deleted)
    {
        using var key = Open(keyFile);
        var lines = deleted.Select(one => $"{one.Kind}: {SmallNumbers.Words(one.Count)}, kept for {periods.Of(one.Kind)} months");
        var text = string.Join('\n', [First, $"deployment {Convert.ToHexStringLower(deployment)}", $"run of {RetentionDays.Written(runDay)}", .. lines, ""]);
        return SignedNote.Sign(text, NameOf(deployment), key).ToText();
    }

    private static string NameOf(ReadOnlySpan<byte> deployment) => $"certificates/{Convert.ToHexStringLower(deployment)}";

    private static SigningKey Open(string keyFile)
    {
        using var seed = SecretFile.ReadOrCreate(keyFile);
        return SigningKey.FromSeed(seed.Span);
    }

    private static class Sql
    {
        internal const string All = "SELECT certificate FROM retention_runs WHERE run_day > @after ORDER BY run_day";
    }
}
