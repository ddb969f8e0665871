using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using WeToo.Core;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Keysets;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Core.Threshold;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Tests.Authors;

namespace WeToo.Tests.Matcher;

/// <summary>
/// The vault as the matcher knows it, over HTTP: it has filings, and writes down what the matcher opens. What it takes for opened really opens:
/// the shares combine, and the keepers' signatures hold.
/// </summary>
internal sealed class RecordingVault : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Submission> _filings = [];

    private RecordingVault(WebApplication app) => _app = app;

    internal SignedKeyset? Signed { get; set; }

    /// <summary>Whether it answers openings.</summary>
    internal bool IsAway { get; set; }

    /// <summary>Match id by filing id, both in hex.</summary>
    internal ConcurrentDictionary<string, string> Opened { get; } = [];

    /// <summary>Whom of the team keepers passed over, by their signing keys in hex.</summary>
    internal HashSet<string> Skipped { get; } = [];

    /// <summary>Every Authorization header it was sent.</summary>
    internal ConcurrentBag<string> Bearers { get; } = [];

    internal Uri Address => Hosts.AddressOf(_app);

    internal static async Task<RecordingVault> StartAsync()
    {
        var app = Hosts.CreateBuilder(new Uri("http://127.0.0.1:0"), TimeProvider.System).Build();
        var vault = new RecordingVault(app);
        app.UseBoundary();
        app.MapGet("/v1/keyset", () => vault.Signed is { } signed ? Results.Text(signed.ToJson()) : Problems.From(Refusal.ServiceUnavailable));
        app.MapPost("/v1/internal/filings", vault.FindAsync);
        app.MapPost("/v1/internal/openings", vault.OpenAsync);
        await app.StartAsync();
        return vault;
    }

    internal void Store(TestFiling filing) => _filings[filing.Id] = filing.Submission;

    internal void Erase(TestFiling filing) => _filings.TryRemove(filing.Id, out _);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> FindAsync(HttpRequest http)
    {
        Bearers.Add(http.Headers.Authorization.ToString());
        var reader = new WireReader((await http.ReadBodyAsync(Limits.OtherBytes)).Bytes);
        var writer = new WireWriter();
        while (reader.Left > 0)
        {
            var id = Convert.ToHexStringLower(reader.Bytes(Limits.IdSize).Span);
            writer.Vec32(_filings.TryGetValue(id, out var found) ? found.Filing.Bytes.Span : default);
        }

        return Bodies.Octets(writer.ToArray());
    }

    private async Task<IResult> OpenAsync(HttpRequest http)
    {
        if (IsAway) return Problems.From(Refusal.ServiceUnavailable);

        var reader = new WireReader((await http.ReadBodyAsync(Limits.OtherBytes)).Bytes);
        reader.U8(Limits.Version, Limits.Version);
        var match = Convert.ToHexStringLower(reader.Bytes(Limits.IdSize).Span);
        for (var left = reader.U8(); left > 0; left--)
        {
            var id = Convert.ToHexStringLower(reader.Bytes(Limits.IdSize).Span);
            var filing = _filings[id];
            var parts = new List<PartialEvaluation>();
            for (var shares = reader.U8(); shares > 0; shares--)
            {
                var (index, share, signature) = (reader.U8(), reader.Element(), reader.Bytes(Ed25519.SignatureSize));
                var skipped = new ReadOnlyMemory<byte>[reader.U8()];
                for (var k = 0; k < skipped.Length; k++) skipped[k] = reader.Bytes(32);
                if (!Offer.Verify(Signed!.Keyset.Keeper(index)!.Signing.Span, filing.Filing, skipped, reader.Bytes(Ed25519.SignatureSize).Span)) return Problems.From(Refusal.SignatureInvalid);
                Skipped.UnionWith(skipped.Select(one => Convert.ToHexString(one.Span)));
                if (!Ed25519.Verify<OpeningPurpose>(Signed!.Keyset.Keeper(index)!.Signing.Span, filing.Filing.OpeningMessage(), signature.Span)) return Problems.From(Refusal.SignatureInvalid);
                parts.Add(new(index, share));
            }

            if (Unseal(filing, [.. parts]) is null) return Problems.From(Refusal.SealingInvalid);
            Opened[id] = match;
        }

        return Results.NoContent();
    }

    private static byte[]? Unseal(Submission filing, PartialEvaluation[] parts) => Quorum.Combine(parts) is { } point
        ? Tdh2.Open(point, filing.Filing.Contact, filing.Filing.PackageLabel(PackageField.Contact), filing.Contact.Span)
        : null;
}
