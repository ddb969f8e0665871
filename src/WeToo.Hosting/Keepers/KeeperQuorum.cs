using WeToo.Core;
using WeToo.Core.Keysets;

namespace WeToo.Hosting.Keepers;

/// <summary>One keeper's address.</summary>
public sealed class KeeperAddress
{
    /// <summary>Its share index.</summary>
    public int Index { get; set; }

    /// <summary>Where it answers, such as <c>http://127.0.0.1:8101</c>.</summary>
    public Uri? Url { get; set; }
}

/// <summary>What a quorum answered, or why there is none.</summary>
/// <typeparam name="T">One keeper's checked answer.</typeparam>
/// <param name="Answers">As many as the quorum; null when there were too few.</param>
/// <param name="Away">Indices of keepers that did not answer.</param>
/// <param name="Faulty">Indices of keepers whose answer did not verify.</param>
/// <param name="Refused">A keeper's refusal, when one refused.</param>
public sealed record QuorumAnswer<T>(IReadOnlyList<(KeeperEntry Keeper, T Answer)>? Answers, IReadOnlyList<int> Away, IReadOnlyList<int> Faulty, Refusal? Refused);

/// <summary>Asks a quorum of keepers the same thing, passing over those that are away or lie.</summary>
/// <param name="addresses">Where the keepers answer.</param>
/// <param name="patience">How long one keeper may take.</param>
public sealed class KeeperQuorum(IReadOnlyList<KeeperAddress> addresses, TimeSpan patience) : IDisposable
{
    private readonly Dictionary<int, Peer> _peers = addresses.ToDictionary(keeper => keeper.Index, keeper => new Peer(keeper.Url!, patience));

    /// <summary>The share indices of the keepers whose address is known.</summary>
    public IReadOnlyCollection<int> Indices => _peers.Keys;

    /// <summary>Asks as many keepers as the quorum at once, and another for each that is away, refuses or whose answer does not verify.</summary>
    /// <typeparam name="T">A checked answer.</typeparam>
    /// <param name="keyset">Whose keepers.</param>
    /// <param name="path">Such as <c>v1/drops</c>.</param>
    /// <param name="message">The same for all.</param>
    /// <param name="check">Reads and verifies one keeper's answer; null when it is not what this keeper must answer.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<QuorumAnswer<T>> AskAsync<T>(Keyset keyset, string path, byte[] message, Func<KeeperEntry, byte[], T?> check, CancellationToken cancel)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(keyset);
        ArgumentNullException.ThrowIfNull(check);
        var left = new Queue<KeeperEntry>(keyset.Keepers);
        var (answers, away, faulty, refused) = (new List<(KeeperEntry, T)>(), new List<int>(), new List<int>(), default(Refusal?));
        while (answers.Count < keyset.Quorum && left.Count > 0)
        {
            var asked = Enumerable.Range(0, Math.Min(keyset.Quorum - answers.Count, left.Count)).Select(_ => left.Dequeue()).ToList();
            var replies = await Task.WhenAll(asked.Select(keeper => AskOneAsync(keeper.Index, path, message, cancel)));
            foreach (var (keeper, (body, why)) in asked.Zip(replies))
            {
                if (why == Refusal.KeeperUnreachable) away.Add(keeper.Index);
                else if (why is not null) refused = why;
                else if (check(keeper, body) is { } answer) answers.Add((keeper, answer));
                else faulty.Add(keeper.Index);
            }
        }

        return new(answers.Count >= keyset.Quorum ? answers : null, away, faulty, refused);
    }

    /// <summary>Asks one keeper.</summary>
    /// <returns>Its answer and no refusal; or its refusal; or <see cref="Refusal.KeeperUnreachable"/>.</returns>
    public Task<(byte[] Bytes, Refusal? Refused)> AskOneAsync(int index, string path, ReadOnlyMemory<byte> message, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, index, path, message, cancel);

    /// <summary>Gives one keeper a document.</summary>
    /// <returns>As <see cref="AskOneAsync"/>.</returns>
    public Task<(byte[] Bytes, Refusal? Refused)> PutOneAsync(int index, string path, ReadOnlyMemory<byte> document, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, index, path, document, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var peer in _peers.Values) peer.Dispose();
    }

    private async Task<(byte[] Bytes, Refusal? Refused)> SendAsync(HttpMethod method, int index, string path, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        if (!_peers.TryGetValue(index, out var peer)) return ([], Refusal.KeeperUnreachable);

        var (bytes, refused) = await peer.SendAsync(method, path, message, cancel);
        return (bytes, refused == Refusal.ServiceUnavailable ? Refusal.KeeperUnreachable : refused);
    }
}
