using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using WeToo.Core;
using WeToo.Core.Log;

namespace WeToo.Hosting;

/// <summary>The log of dates, as those who feed it call it. spec/log.md.</summary>
public sealed class LogLink : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Peer _peer;

    /// <summary>Prepares calls.</summary>
    /// <param name="address">Where the log answers.</param>
    /// <param name="keyFile">The secret that the log's operator sets as well.</param>
    public LogLink(Uri address, string keyFile)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var key = SecretFile.ReadOrCreate(keyFile);
        _peer = new(new Uri(address.ToString().TrimEnd('/') + "/"), s_patience, Convert.ToHexStringLower(key.Span));
    }

    /// <summary>Adds entries.</summary>
    /// <param name="entries">34 bytes each.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Where each is; null when the log does not say so.</returns>
    public async Task<IReadOnlyList<long>?> AppendAsync(IReadOnlyList<byte[]> entries, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var (answer, refused) = await _peer.SendAsync(HttpMethod.Post, "v1/entries", entries.SelectMany(entry => entry).ToArray(), cancel);
        if (refused is not null || answer.Length != entries.Count * sizeof(ulong)) return null;
        return [.. answer.Chunk(sizeof(ulong)).Select(bytes => checked((long)BinaryPrimitives.ReadUInt64BigEndian(bytes)))];
    }

    /// <summary>Fetches a proof and the timestamp of its checkpoint.</summary>
    /// <param name="position">Where the entry is.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when there is no proof yet.</returns>
    public async Task<(string Proof, byte[]? Token)?> ProofAsync(long position, CancellationToken cancel)
    {
        var (bytes, refused) = await _peer.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"v1/proofs/{position}"), cancel);
        if (refused is not null || LogProof.TryParse(Encoding.UTF8.GetString(bytes)) is not { } proof) return null;

        var (token, none) = await _peer.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"v1/timestamps/{proof.Checkpoint.Size}"), cancel);
        if (none is not null and not Refusal.NotFound) return null; // It may have one: asked again.
        return (Encoding.UTF8.GetString(bytes), none is null ? token : null);
    }

    /// <summary>Fetches the log's policy; null when it does not answer, or with none.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<string?> PolicyAsync(CancellationToken cancel)
    {
        var (bytes, refused) = await _peer.ReadAsync("policy", cancel);
        var text = Encoding.UTF8.GetString(bytes);
        return refused is null && LogPolicy.TryParse(text) is not null ? text : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _peer.Dispose();
}
