using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using WeToo.Core;
using WeToo.Core.Sealing;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Storage;

namespace WeToo.Registrar.Features.Work;

/// <summary>Challenges for work: day[4] ‖ random[16] ‖ mac[16]. Nothing is stored of one until its work is spent. WEP-1, section 3.</summary>
internal sealed class WorkLedger : IDisposable
{
    private const int SignedSize = 20;
    private const int ChallengeSize = 36;

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly int _bits;
    private readonly SecretBytes _key;

    internal WorkLedger(Database database, string pepperFile, int bits, TimeProvider time)
    {
        (_database, _bits, _time) = (database, bits, time);
        using var root = SecretFile.ReadOrCreate(pepperFile);
        _key = root.Derive("wetoo/v1/registrar/work"u8, 32);
    }

    private uint Today => (uint)(_time.GetUtcNow().ToUnixTimeSeconds() / 86400);

    /// <summary>Makes a challenge, in base64url.</summary>
    internal string Challenge()
    {
        var begin = new WireWriter().U32(Today).Bytes(RandomNumberGenerator.GetBytes(Limits.IdSize));
        return Base64Url.EncodeToString(begin.Bytes(MacOf(begin.Written)).Written);
    }

    /// <summary>Spends work on a request. The same request again is fine.</summary>
    internal async Task<Refusal?> SpendAsync(string challengeText, ulong nonce, byte[] blinded, CancellationToken cancel)
    {
        if (!Base64Url.IsValid(challengeText, out var length) || length != ChallengeSize) return Refusal.MalformedMessage;

        var challenge = Base64Url.DecodeFromChars(challengeText);
        if (!CryptographicOperations.FixedTimeEquals(MacOf(challenge.AsSpan(0, SignedSize)), challenge.AsSpan(SignedSize))) return Refusal.WorkExpired;

        var day = BinaryPrimitives.ReadUInt32BigEndian(challenge);
        if (day > Today || Today - day > 1) return Refusal.WorkExpired;

        var digest = SHA256.HashData(new WireWriter().Bytes(challenge).U64(nonce).Written);
        if (BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt64BigEndian(digest)) < _bits) return Refusal.WorkInsufficient;

        var row = new { challenge, blinded_sha256 = SHA256.HashData(blinded), day = (long)day, oldest = (long)Today - 1 };
        return await _database.TransactAsync<Refusal?>(
            session =>
            {
                session.Execute(Sql.Forget, row);
                if (session.Execute(Sql.Spend, row) == 1) return null;
                return session.QueryOne<byte[]>(Sql.SpentOn, row).AsSpan().SequenceEqual(row.blinded_sha256) ? null : Refusal.WorkSpent;
            },
            cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] MacOf(ReadOnlySpan<byte> begin) => HMACSHA256.HashData(_key.Span, begin)[..16];

    private static class Sql
    {
        internal const string Forget = "DELETE FROM spent_work WHERE day < @oldest";

        internal const string Spend = """
            INSERT INTO spent_work (challenge, blinded_sha256, day) VALUES (@challenge, @blinded_sha256, @day) ON CONFLICT (challenge) DO NOTHING
            """;

        internal const string SpentOn = "SELECT blinded_sha256 FROM spent_work WHERE challenge = @challenge";
    }
}
