using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WeToo.Core;
using WeToo.Core.Wire;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Stands where the matcher does and keeps what arrives. It can be away, and come back at the same address.</summary>
internal sealed class RecordingMatcher : IAsyncDisposable
{
    private readonly Channel<byte[]> _slips = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _apart = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _tombstones = Channel.CreateUnbounded<byte[]>();
    private WebApplication? _app;

    /// <summary>Keeps the address while it is away, and answers nobody: else a connection of any program on this machine might take it.</summary>
    private Socket? _held;

    internal Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>What it does with a delivery of slips before it answers; returns whether it answers well.</summary>
    internal Func<Task<bool>> OnSlips { get; set; } = () => Task.FromResult(true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal async Task StartAsync()
    {
        var builder = Hosts.CreateBuilder(Address, TimeProvider.System);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseBoundary();
        _app.MapPost("/v1/slips", SlipsAsync);
        _app.MapPost("/v1/tombstones", (HttpRequest http) => KeepAsync(http, _tombstones));
        _app.MapPost("/v1/apart", (HttpRequest http) => KeepAsync(http, _apart));
        _held?.Dispose();
        await _app.StartAsync(Cancel);
        Address = Hosts.AddressOf(_app);
    }

    /// <summary>Stops it; it holds its port, to start there again.</summary>
    internal async Task StopAsync()
    {
        if (_app is null) return;
        await EndAsync();
        _held = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _held.Bind(new IPEndPoint(IPAddress.Loopback, Address.Port));
    }

    private async Task EndAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>The next slips boxes to arrive, in the order of their arrival.</summary>
    internal Task<List<byte[]>> NextSlipsAsync(int count) => NextAsync(_slips, count);

    internal Task<List<byte[]>> NextTombstonesAsync(int count) => NextAsync(_tombstones, count);

    /// <summary>The next two findings to arrive by which two filings do not count together.</summary>
    internal async Task<byte[]> NextApartAsync() => (await NextAsync(_apart, 1))[0];

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _held?.Dispose();
    }

    private static async Task<List<byte[]>> NextAsync(Channel<byte[]> arrived, int count)
    {
        var next = new List<byte[]>();
        while (next.Count < count) next.Add(await arrived.Reader.ReadAsync(Cancel));
        return next;
    }

    private static async Task<IResult> KeepAsync(HttpRequest http, Channel<byte[]> arrived)
    {
        var (body, _) = await http.ReadBodyAsync(Limits.OtherBytes);
        await arrived.Writer.WriteAsync(body);
        return Results.NoContent();
    }

    private async Task<IResult> SlipsAsync(HttpRequest http)
    {
        var (body, _) = await http.ReadBodyAsync(Limits.EvidenceBytes);
        if (!await OnSlips()) return Problems.From(Refusal.InternalFailure);

        var boxes = Split(body);
        foreach (var box in boxes) await _slips.Writer.WriteAsync(box);
        return Bodies.Octets(Enumerable.Repeat((byte)1, boxes.Count).ToArray());
    }

    private static List<byte[]> Split(byte[] body)
    {
        var reader = new WireReader(body);
        var boxes = new List<byte[]>();
        while (reader.Left > 0 && !reader.Failed) boxes.Add(reader.Vec32(Limits.EvidenceBytes).ToArray());
        return boxes;
    }
}
