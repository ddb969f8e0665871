using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Core.Signing;
using WeToo.Hosting.Storage;
using WeToo.Vault.Features.Audit;
using WeToo.Vault.Features.Dates;

namespace WeToo.Vault.Features.Keysets;

/// <summary>The keyset in force, as published. One for the life of the process.</summary>
internal sealed class KeysetBoard(Database database, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Published? _published;

    /// <summary>The keyset; null before the ceremony.</summary>
    internal SignedKeyset? Current => _published?.Keyset;

    /// <summary>The same as <c>GET /v1/keyset</c> answers it.</summary>
    internal ReadOnlyMemory<byte>? Document => _published?.Document;

    /// <summary>Today, in days since 1970.</summary>
    internal uint Today => (uint)(time.GetUtcNow().ToUnixTimeSeconds() / 86400);

    /// <summary>Loads what is stored, and takes over a ceremony's file when that is newer.</summary>
    /// <exception cref="InvalidOperationException">The stored keyset or the file does not verify, or the file may not follow what is stored.</exception>
    internal async Task LoadAsync(string keysetFile, CancellationToken cancel)
    {
        var stored = await database.ReadAsync(session => session.QueryOne<string>(Sql.Newest), cancel);
        if (stored is not null) _published = new(SignedKeyset.TryParse(stored) ?? throw new InvalidOperationException("The stored keyset does not verify."));
        if (keysetFile.Length == 0 || !File.Exists(keysetFile)) return;

        var offered = SignedKeyset.TryParse(await File.ReadAllTextAsync(keysetFile, cancel))
            ?? throw new InvalidOperationException("The keyset file does not verify.");
        if (Current is { } current && offered.Keyset.Revision <= current.Keyset.Revision) return;
        if (Current?.MayBeFollowedBy(offered) == false) throw new InvalidOperationException("The keyset file is of another deployment or other keys.");
        await StoreAsync(offered, cancel);
    }

    /// <summary>Publishes a keyset that may follow the one in force.</summary>
    /// <returns>
    /// Null, also when it is in force already; <see cref="Refusal.NotAllowed"/> when there is none yet, which takes the operator's hand;
    /// <see cref="Refusal.KeysetInvalid"/> when it may not follow.
    /// </returns>
    internal async Task<Refusal?> PublishAsync(SignedKeyset next, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (Current is not { } current) return Refusal.NotAllowed;
            if (next.Keyset.Text == current.Keyset.Text) return null;
            if (!MayFollow(current, next)) return Refusal.KeysetInvalid;

            await StoreAsync(next, cancel);
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>
    /// That its own keepers signed it says nothing: anybody can invent keepers whose points combine to y and z. The keepers in force must have, all of them
    /// under the same shares and a quorum of them when the shares change.
    /// </summary>
    private static bool MayFollow(SignedKeyset current, SignedKeyset next)
    {
        if (next.Keyset.Epoch == current.Keyset.Epoch) return current.Keyset.MayBeRevisedBy(next.Keyset);

        var text = Encoding.UTF8.GetBytes(next.Keyset.Text);
        var agreed = current.Keyset.Keepers.Count(keeper => next.Signatures.Any(one => Ed25519.Verify<KeysetPurpose>(keeper.Signing.Span, text, one.Signature.Span)));
        return next.Keyset.Epoch > current.Keyset.Epoch
            && next.Keyset.Revision > current.Keyset.Revision
            && current.MayBeFollowedBy(next)
            && agreed >= current.Keyset.Quorum;
    }

    private async Task StoreAsync(SignedKeyset next, CancellationToken cancel)
    {
        var published = new Published(next);
        _ = await database.TransactAsync(
            session =>
            {
                OperatorLog.Append(session, time, OperatorAct.KeysetInForce, SHA256.HashData(Encoding.UTF8.GetBytes(next.Keyset.Text)));
                Dated.NoteKeyset(session, next, Today);
                return session.Execute(Sql.Publish, new { revision = (long)next.Keyset.Revision, document = Encoding.UTF8.GetString(published.Document.Span) });
            },
            cancel);
        _published = published;
    }

    private sealed class Published(SignedKeyset keyset)
    {
        internal SignedKeyset Keyset { get; } = keyset;

        internal ReadOnlyMemory<byte> Document { get; } = Encoding.UTF8.GetBytes(keyset.ToJson());
    }

    private static class Sql
    {
        internal const string Newest = "SELECT document FROM keysets ORDER BY revision DESC LIMIT 1";

        internal const string Publish = "INSERT INTO keysets (revision, document) VALUES (@revision, @document)";
    }
}
