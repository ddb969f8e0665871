using System.Globalization;
using WeToo.Core.Log;
using WeToo.Hosting;

namespace WeToo.Log.Features.Witnesses;

/// <summary>One witness, as the log asks it. C2SP tlog-witness.</summary>
internal sealed class WitnessLink(NoteKey witness, Uri address) : IDisposable
{
    private const int Conflict = 409;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Peer _peer = new(address, s_patience);
    private ulong _seen;

    /// <summary>Shows a checkpoint, with the proof that it continues the one that the witness saw last.</summary>
    /// <returns>Its cosignature, verified; null when it gives none.</returns>
    internal async Task<NoteSignature?> ShowAsync(SignedNote note, Tree tree, CancellationToken cancel)
    {
        var (status, body) = await AskAsync(note, tree, cancel);
        // What it saw last it says itself: after our restart, or when another process asked it.
        if (status == Conflict && ulong.TryParse(body.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) && seen <= tree.Size)
        {
            _seen = seen;
            (status, body) = await AskAsync(note, tree, cancel);
        }

        if (status != StatusCodes.Status200OK || SignedNote.TryParse($"{note.Text}\n{body}") is not { } answer || answer.CosignedAt(witness) is null) return null;

        _seen = tree.Size;
        return answer.Signatures.First(line => line.Name == witness.Name && line.KeyId == witness.Id);
    }

    /// <inheritdoc/>
    public void Dispose() => _peer.Dispose();

    private Task<(int Status, string Body)> AskAsync(SignedNote note, Tree tree, CancellationToken cancel) =>
        _peer.PostTextAsync("add-checkpoint", new AddCheckpoint(_seen, _seen == 0 ? [] : tree.Consistency(_seen), note).ToText(), cancel);
}
