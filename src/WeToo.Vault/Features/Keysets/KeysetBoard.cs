using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting.Storage;

namespace WeToo.Vault.Features.Keysets;

/// <summary>The keyset in force, as published. One for the life of the process.</summary>
internal sealed class KeysetBoard(Database database, TimeProvider time)
{
    private volatile SignedKeyset? _current;

    /// <summary>The keyset; null before the ceremony.</summary>
    internal SignedKeyset? Current => _current;

    /// <summary>Today, in days since 1970.</summary>
    internal uint Today => (uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86400);

    /// <summary>Loads what is stored, and takes over a ceremony's file when that is newer.</summary>
    /// <exception cref="InvalidOperationException">The file does not verify, or may not follow what is stored.</exception>
    internal async Task LoadAsync(string keysetFile, CancellationToken cancel)
    {
        var stored = await database.ReadAsync(session => session.QueryOne<string>(Sql.Newest), cancel);
        _current = stored is null ? null : SignedKeyset.TryParse(stored);
        if (keysetFile.Length == 0 || !File.Exists(keysetFile)) return;

        var offered = SignedKeyset.TryParse(await File.ReadAllTextAsync(keysetFile, cancel))
            ?? throw new InvalidOperationException("The keyset file does not verify.");
        if (_current is { } current && offered.Keyset.Revision <= current.Keyset.Revision) return;
        if (await PublishAsync(offered, cancel) is not null) throw new InvalidOperationException("The keyset file is of another deployment or other keys.");
    }

    /// <summary>Publishes a keyset that all its keepers signed.</summary>
    /// <returns>Null, or <see cref="Refusal.KeysetInvalid"/> when it may not follow the one in force.</returns>
    internal async Task<Refusal?> PublishAsync(SignedKeyset next, CancellationToken cancel)
    {
        if (_current is { } current && (!current.MayBeFollowedBy(next) || next.Keyset.Revision <= current.Keyset.Revision)) return Refusal.KeysetInvalid;

        _ = await database.TransactAsync(session => session.Execute(Sql.Publish, new { revision = (long)next.Keyset.Revision, document = next.ToJson() }), cancel);
        _current = next;
        return null;
    }

    private static class Sql
    {
        internal const string Newest = "SELECT document FROM keysets ORDER BY revision DESC LIMIT 1";

        internal const string Publish = "INSERT INTO keysets (revision, document) VALUES (@revision, @document) ON CONFLICT (revision) DO NOTHING";
    }
}
