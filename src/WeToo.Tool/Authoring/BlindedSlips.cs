using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Oprf;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;

namespace WeToo.Tool.Authoring;

/// <summary>What the keepers' evaluation gives for one slip.</summary>
/// <param name="N">k·HashToGroup(x), unblinded.</param>
/// <param name="Start">y_0.</param>
internal sealed record EvaluatedSlip(Element N, byte[] Start);

/// <summary>
/// Four inputs, blinded, and the keepers' answers as they come in. The request stays the same for all keepers and all attempts, so a
/// repeated question costs none of the author's evaluations. WEP-1, section 4.
/// </summary>
internal sealed class BlindedSlips : IDisposable
{
    private readonly Scalar[] _blinds;
    private readonly byte[][] _inputs;
    private readonly Element[] _blinded;
    private readonly Dictionary<byte, EvaluateReply> _replies = [];

    /// <summary>Blinds up to four inputs; the rest is padding that nobody can tell from them.</summary>
    internal BlindedSlips(
        Keyset keyset, Credential credential, SigningKey pseudonym, IReadOnlyList<byte[]> inputs, uint day, RandomBytes random)
        : this(inputs, random) =>
        Request = EvaluateRequest.Write(keyset.Deployment.Span, keyset.Epoch, day, Draw(Limits.IdSize, random), credential, _blinded, pseudonym);

    /// <summary>Blinds identifiers of somebody of the team, who asks under their own key.</summary>
    internal BlindedSlips(Keyset keyset, SigningKey member, IReadOnlyList<byte[]> inputs, uint day, RandomBytes random)
        : this(inputs, random) =>
        Request = TeamEvaluateRequest.Write(keyset.Deployment.Span, keyset.Epoch, day, Draw(Limits.IdSize, random), _blinded, member);

    private BlindedSlips(IReadOnlyList<byte[]> inputs, RandomBytes random)
    {
        _inputs = [.. inputs, .. Enumerable.Range(inputs.Count, Limits.SlipCount - inputs.Count).Select(_ => Draw(32, random))];
        _blinds = [.. _inputs.Select(_ => Scalar.Random(random))];
        _blinded = [.. _inputs.Zip(_blinds, (input, blind) => OprfClient.Blind(input, blind))];
        Request = [];
    }

    /// <summary>The signed request, the same for every keeper.</summary>
    internal byte[] Request { get; }

    /// <summary>The keepers whose answers were right.</summary>
    internal IReadOnlyCollection<byte> Answered => _replies.Keys;

    /// <summary>Takes a keeper's answer.</summary>
    /// <returns>False when it is not what this keeper must answer to this request.</returns>
    internal bool TryAccept(KeeperEntry keeper, ReadOnlyMemory<byte> answer)
    {
        if (EvaluateReply.TryParse(answer) is not { } reply || reply.KeeperIndex != keeper.Index) return false;
        if (!Dleq.Verify(DleqContext.Evaluate, keeper.Y, _blinded, [.. reply.Evaluated], reply.Proof)) return false;

        _replies[keeper.Index] = reply;
        return true;
    }

    /// <summary>Combines the first quorum of answers; null while there are too few.</summary>
    internal IReadOnlyList<EvaluatedSlip>? Combine(Keyset keyset)
    {
        if (_replies.Count < keyset.Quorum) return null;

        EvaluateReply[] quorum = [.. _replies.Values.Take(keyset.Quorum)];
        return
        [
            .. Enumerable.Range(0, Limits.SlipCount).Select(j =>
            {
                PartialEvaluation[] parts = [.. quorum.Select(reply => new PartialEvaluation(reply.KeeperIndex, reply.Evaluated[j]))];
                var n = OprfClient.Unblind(_blinds[j], Quorum.Combine(parts)!.Value);
                return new EvaluatedSlip(n, Chain.Start(OprfClient.Finalize(_inputs[j], n)));
            }),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var blind in _blinds) blind.Dispose();
        foreach (var input in _inputs) System.Security.Cryptography.CryptographicOperations.ZeroMemory(input);
    }

    private static byte[] Draw(int size, RandomBytes random)
    {
        var bytes = new byte[size];
        random(bytes);
        return bytes;
    }
}
