using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using WeToo.Voices.Mails;

namespace WeToo.Voices.Writing;

/// <summary>That more is written in a place than people look at.</summary>
/// <param name="Seconds">After how many of them something can be sent.</param>
/// <param name="Challenge">What a stamp is made for, with which it can be sent at once.</param>
/// <param name="Bits">How many bits of the stamp's hash must be 0.</param>
internal sealed record Busy(int Seconds, string Challenge, int Bits);

/// <summary>
/// Lets so much be written without an account in a minute as people can look at, in each place and in all together. Nobody's address is read: whoever comes when
/// that is used up waits, or has their device do a sum. One that writes to everybody would have to do it each time, and a longer one the more are done.
/// </summary>
internal sealed class Throttle(Keys keys, VoicesOptions options, TimeProvider time)
{
    private const string Purpose = "stamp";
    private const int PlaceSize = 7;
    private const int LeastBits = 16;
    private const int MostBits = 24;
    private const int Grace = 2;
    private const int LifeSeconds = 600;
    private const int BurstMinutes = 4;
    private const int AllPlaces = 4;
    private const int MostBuckets = 10_000;

    private readonly ConcurrentDictionary<string, long> _spent = [];
    private readonly Dictionary<string, Bucket> _buckets = [];
    private readonly Lock _lock = new();

    /// <summary>How many bits a stamp must have that is asked for now.</summary>
    private int Bits => Math.Min(MostBits, LeastBits + BitOperations.Log2((uint)(1 + (_spent.Count / 64))));

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Takes what one writing takes.</summary>
    /// <param name="place">What is written to.</param>
    /// <param name="stamp">A challenge, a full stop and a number, so that their SHA-256 begins with enough bits of 0; each is good once, for ten minutes.</param>
    /// <returns>Why not now; <see langword="null"/> to go ahead.</returns>
    internal Busy? Take(string place, string? stamp)
    {
        if (options.FreeWritesPerMinute == 0 || (stamp is not null && Spend(place, stamp))) return null;

        lock (_lock)
        {
            var (here, all) = (BucketOf(place, 1), BucketOf("", AllPlaces));
            if (here.Left >= 1 && all.Left >= 1)
            {
                (here.Left, all.Left) = (here.Left - 1, all.Left - 1);
                return null;
            }

            return Issue(place, (int)Math.Ceiling(Math.Max((1 - here.Left) / here.PerSecond, (1 - all.Left) / all.PerSecond)));
        }
    }

    /// <summary>Whether a stamp is worth its bits.</summary>
    internal static bool IsWorth(string stamp, int bits) => BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(stamp)))) >= bits;

    private Bucket BucketOf(string place, int times)
    {
        if (_buckets.Count > MostBuckets) _buckets.Clear(); // Rather a burst for all than memory without end.
        var perSecond = times * options.FreeWritesPerMinute / 60.0;
        var most = times * BurstMinutes * options.FreeWritesPerMinute;
        if (!_buckets.TryGetValue(place, out var bucket)) _buckets[place] = bucket = new() { PerSecond = perSecond, Left = most, At = time.GetTimestamp() };
        bucket.Left = Math.Min(most, bucket.Left + (time.GetElapsedTime(bucket.At).TotalSeconds * perSecond));
        bucket.At = time.GetTimestamp();
        return bucket;
    }

    private Busy Issue(string place, int seconds)
    {
        var bits = Bits;
        Span<byte> id = stackalloc byte[16];
        PlaceOf(place).CopyTo(id);
        id[PlaceSize] = (byte)bits;
        BinaryPrimitives.WriteUInt32BigEndian(id[(PlaceSize + 1)..], (uint)(Now + LifeSeconds));
        RandomNumberGenerator.Fill(id[(PlaceSize + 5)..]);
        return new(Math.Max(1, seconds), keys.LinkTo(id, Purpose), bits);
    }

    private bool Spend(string place, string stamp)
    {
        var end = stamp.IndexOf('.', StringComparison.Ordinal);
        if (end < 0 || !long.TryParse(stamp.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) || keys.IdOf(stamp[..end], Purpose) is not { } id) return false;

        var until = BinaryPrimitives.ReadUInt32BigEndian(id.AsSpan(PlaceSize + 1));
        if (!id.AsSpan(0, PlaceSize).SequenceEqual(PlaceOf(place)) || until < Now) return false;
        if (!IsWorth(stamp, Math.Max(id[PlaceSize], Bits - Grace))) return false; // Who kept many challenges by has what they cost now.
        foreach (var (old, over) in _spent)
            if (over < Now) _spent.TryRemove(old, out _);
        return _spent.TryAdd(stamp[..end], until);
    }

    private static byte[] PlaceOf(string place) => SHA256.HashData(Encoding.UTF8.GetBytes(place))[..PlaceSize];

    private sealed class Bucket
    {
        internal double PerSecond { get; init; }

        internal double Left { get; set; }

        internal long At { get; set; }
    }
}
