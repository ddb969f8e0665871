using System.Text;
using WeToo.Core;
using WeToo.Core.Keysets;
using WeToo.Hosting;
using WeToo.Keeper.Features.Ceremonies;

namespace WeToo.Tool.Ceremonies;

/// <summary>
/// Carries the messages of a key ceremony between keepers, and learns no share. Every step may be repeated: a keeper answers the same question
/// the same way. spec/ceremony.md.
/// </summary>
/// <param name="ceremony">The plan.</param>
/// <param name="keepers">The receivers, in the plan's order; where keys are created they deal as well.</param>
internal sealed class Coordinator(KeyCeremony ceremony, IReadOnlyList<Peer> keepers)
{
    private readonly string _path = $"v1/ceremonies/{Convert.ToHexStringLower(ceremony.Id.Span)}";

    /// <summary>Runs all rounds up to the keyset that every keeper signed. Nothing is in force yet: see <see cref="CommitAsync"/>.</summary>
    /// <exception cref="CeremonyFailedException">A keeper refused, was away, or named who spoiled the ceremony.</exception>
    internal async Task<SignedKeyset> CreateAsync(CancellationToken cancel)
    {
        var dealings = await AskAllAsync("v1/ceremonies", Encoding.UTF8.GetBytes(ceremony.Text), CeremonyMessages.TryReadDealing, cancel);
        var certificates = await AskAllAsync($"{_path}/dealings", CeremonyMessages.WriteAll(dealings), CeremonyMessages.TryReadCertificates, cancel);
        var signed = await AskAllAsync($"{_path}/certificates", CeremonyMessages.WriteAll(certificates), ReadSigned, cancel);
        var keyset = signed.All(one => one.Keyset == signed[0].Keyset) ? Keyset.TryParse(signed[0].Keyset) : null;
        KeysetSignature[] signatures = [.. signed.Select((one, i) => new KeysetSignature((byte)(i + 1), one.Signature))];
        return (keyset is null ? null : SignedKeyset.TryCreate(keyset, ceremony.Roster, signatures))
            ?? throw new CeremonyFailedException("The keepers did not all sign the same keyset.");
    }

    /// <summary>Puts the keyset in force at every keeper.</summary>
    /// <exception cref="CeremonyFailedException">A keeper refused or was away; the others go on when this is repeated.</exception>
    internal async Task CommitAsync(SignedKeyset signed, CancellationToken cancel)
    {
        var document = Encoding.UTF8.GetBytes(signed.ToJson());
        var answers = await Task.WhenAll(keepers.Select(keeper => keeper.SendAsync(HttpMethod.Put, $"{_path}/keyset", document, cancel)));
        for (var i = 0; i < answers.Length; i++) Require(i, answers[i].Refusal);
    }

    private static Signed? ReadSigned(ReadOnlyMemory<byte> bytes) =>
        CeremonyMessages.TryReadSigned(bytes) is var (signature, keyset) ? new(signature, keyset) : null;

    private async Task<IReadOnlyList<T>> AskAllAsync<T>(string path, byte[] message, Func<ReadOnlyMemory<byte>, T?> read, CancellationToken cancel)
        where T : class
    {
        var answers = await Task.WhenAll(keepers.Select(keeper => keeper.SendAsync(HttpMethod.Post, path, message, cancel)));
        return [.. answers.Select((answer, i) =>
        {
            Require(i, answer.Refusal);
            if (CeremonyMessages.TryReadSpoiled(answer.Bytes) is { } spoiled)
                throw new CeremonyFailedException($"{NameOf(i)} says that party {spoiled.Blame.Position} spoiled the run for {spoiled.Run}: {spoiled.Blame.Fault}.");
            return read(answer.Bytes) ?? throw new CeremonyFailedException($"{NameOf(i)} gave an answer that cannot be read.");
        })];
    }

    private void Require(int keeper, Refusal? refusal)
    {
        if (refusal is { } why) throw new CeremonyFailedException($"{NameOf(keeper)} refused: {why}.");
    }

    private string NameOf(int keeper) => ceremony.Receivers[keeper].Name;

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
