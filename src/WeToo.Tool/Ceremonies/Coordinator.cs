using System.Text;
using WeToo.Core;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Keeper.Features.Ceremonies;

namespace WeToo.Tool.Ceremonies;

/// <summary>
/// Carries the messages of a key ceremony between keepers, and learns no share. Every step may be repeated: a keeper answers the same question
/// the same way, so a ceremony that was cut off goes on when it is run again. spec/ceremony.md.
/// </summary>
/// <param name="ceremony">The plan.</param>
/// <param name="keepers">Everybody who deals or receives, by static key.</param>
/// <param name="progress">Told what each keeper has done, in words for an operator.</param>
internal sealed class Coordinator(KeyCeremony ceremony, IReadOnlyDictionary<Element, KeeperParty> keepers, Action<string>? progress = null)
{
    private readonly string _path = $"v1/ceremonies/{Convert.ToHexStringLower(ceremony.Id.Span)}";

    /// <summary>Runs all rounds up to the keyset that every new keeper signed. Nothing is in force yet: see <see cref="CommitAsync"/>.</summary>
    /// <exception cref="CeremonyFailedException">A keeper refused, was away, or named who spoiled the ceremony.</exception>
    internal async Task<SignedKeyset> CreateAsync(CancellationToken cancel)
    {
        var joined = await AskAsync(Everybody(), "v1/ceremonies", Encoding.UTF8.GetBytes(ceremony.Text), "accepted the plan", CeremonyMessages.TryReadDealing, cancel);
        ForBoth[] dealings = [.. ceremony.Dealers.Select(dealer => joined[dealer.Static])];
        var certificates = await AskAsync(Receivers(), $"{_path}/dealings", CeremonyMessages.WriteAll(dealings), "checked its shares", CeremonyMessages.TryReadCertificates, cancel);
        ForBoth[] inOrder = [.. ceremony.Receivers.Select(receiver => certificates[receiver.Static])];
        var answers = await AskAsync(Receivers(), $"{_path}/certificates", CeremonyMessages.WriteAll(inOrder), "signed the keyset", ReadSigned, cancel);

        Signed[] signed = [.. ceremony.Receivers.Select(receiver => answers[receiver.Static])];
        var keyset = signed.All(one => one.Keyset == signed[0].Keyset) ? Keyset.TryParse(signed[0].Keyset) : null;
        KeysetSignature[] signatures = [.. signed.Select((one, i) => new KeysetSignature((byte)(i + 1), one.Signature))];
        return (keyset is null ? null : SignedKeyset.TryCreate(keyset, ceremony.Roster, signatures))
            ?? throw new CeremonyFailedException("The keepers did not all sign the same keyset.");
    }

    /// <summary>Puts the keyset in force at every keeper; those who only dealt erase what they had.</summary>
    /// <exception cref="CeremonyFailedException">A keeper refused or was away; the others go on when this is repeated.</exception>
    internal async Task CommitAsync(SignedKeyset signed, CancellationToken cancel)
    {
        var document = Encoding.UTF8.GetBytes(signed.ToJson());
        var answers = await Task.WhenAll(Everybody().Select(async keeper => (Keeper: keeper, Answer: await keeper.Peer.SendAsync(HttpMethod.Put, $"{_path}/keyset", document, cancel))));
        foreach (var (keeper, answer) in answers)
        {
            Require(keeper, answer.Refusal);
            progress?.Invoke($"{keeper.Name} works with epoch {signed.Keyset.Epoch}");
        }
    }

    private static Signed? ReadSigned(ReadOnlyMemory<byte> bytes) =>
        CeremonyMessages.TryReadSigned(bytes) is var (signature, keyset) ? new(signature, keyset) : null;

    private IReadOnlyList<KeeperParty> Receivers() => [.. ceremony.Receivers.Select(receiver => PartyOf(receiver.Static, receiver.Name))];

    private IReadOnlyList<KeeperParty> Everybody() =>
        [.. Receivers().Concat(ceremony.Dealers.Select(dealer => PartyOf(dealer.Static, $"The keeper of old share {dealer.Index}"))).DistinctBy(party => party.Static)];

    private KeeperParty PartyOf(Element staticKey, string name) =>
        keepers.GetValueOrDefault(staticKey) ?? throw new CeremonyFailedException($"{name} is part of the plan, and its address was not given.");

    private async Task<Dictionary<Element, T>> AskAsync<T>(
        IReadOnlyList<KeeperParty> asked, string path, byte[] message, string done, Func<ReadOnlyMemory<byte>, T?> read, CancellationToken cancel)
        where T : class
    {
        var answers = await Task.WhenAll(asked.Select(keeper => keeper.Peer.SendAsync(HttpMethod.Post, path, message, cancel)));
        var results = new Dictionary<Element, T>();
        foreach (var (keeper, answer) in asked.Zip(answers))
        {
            Require(keeper, answer.Refusal);
            if (CeremonyMessages.TryReadSpoiled(answer.Bytes) is { } spoiled) throw new CeremonyFailedException($"{keeper.Name} stops: {Explain(spoiled)}");
            results[keeper.Static] = read(answer.Bytes) ?? throw new CeremonyFailedException($"{keeper.Name} gave an answer that cannot be read.");
            progress?.Invoke($"{keeper.Name} {done}");
        }

        return results;
    }

    private string Explain(SpoiledRun spoiled)
    {
        var isReceiver = spoiled.Blame.Fault == Core.Ceremony.CeremonyFault.Certificate;
        var position = spoiled.Blame.Position - 1;
        var key = isReceiver ? ceremony.Receivers[position].Static : ceremony.Dealers[position].Static;
        return $"{PartyOf(key, $"Party {position + 1}").Name} spoiled the run for {spoiled.Run} ({spoiled.Blame.Fault}).";
    }

    private static void Require(KeeperParty keeper, Refusal? refusal)
    {
        if (refusal is not { } why) return;
        throw why switch
        {
            Refusal.ServiceUnavailable => new CeremonyFailedException($"{keeper.Name} does not answer. Nothing is lost: run the same command again when it does."),
            Refusal.KeysetNotApproved => new CeremonyFailedException($"{keeper.Name} waits for its operator: wetoo keeper approve --config <file> --text <the plan>, then run the same command again."),
            Refusal.CeremonyRefused => new CeremonyFailedException($"{keeper.Name} does not know all parties of the plan: its operator lists them under Peers."),
            _ => new CeremonyFailedException($"{keeper.Name} refused: {why}."),
        };
    }

    private sealed record Signed(ReadOnlyMemory<byte> Signature, string Keyset);
}

/// <summary>A ceremony that did not come to its end. Its text is for the operators.</summary>
internal sealed class CeremonyFailedException : Exception
{
    public CeremonyFailedException()
    {
    }

    public CeremonyFailedException(string message)
        : base(message)
    {
    }

    public CeremonyFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
