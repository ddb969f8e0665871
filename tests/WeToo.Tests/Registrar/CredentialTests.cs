using System.Net.Http.Json;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WeToo.Core;
using WeToo.Core.Credentials;
using WeToo.Core.Wire;
using WeToo.Hosting;
using WeToo.Hosting.Storage;
using WeToo.Registrar;
using WeToo.Registrar.Features.Invitations;
using Xunit;

namespace WeToo.Tests.Registrar;

/// <summary>One blind signature for one person, by invitation or by work.</summary>
public sealed class CredentialTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wetoo-registrar-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestDatabase? _database;
    private WebApplication? _app;
    private HttpClient? _client;

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_invitation_gives_one_credential_however_it_is_typed_and_the_same_one_again(Engine engine)
    {
        await StartAsync(engine, CredentialMode.Invitation);
        var code = await IssueAsync();
        var (blinded, finish) = Blind();

        var first = await SignAsync(new { blinded, invitation = code.Replace("-", " ", StringComparison.Ordinal) + " " });
        var again = await SignAsync(new { blinded, invitation = code });
        var other = await SignAsync(new { blinded = Blind().Blinded, invitation = code });

        Assert.NotNull(finish(first.Signature!));
        Assert.Equal(first.Signature, again.Signature);
        Assert.Equal(Refusal.InvitationUsed, other.Refusal);
        Assert.Equal(Refusal.InvitationUnknown, (await SignAsync(new { blinded, invitation = "AAAA-AAAA-AAAA-AAAA-AAAA" })).Refusal);
        Assert.Equal(Refusal.InvitationUnknown, (await SignAsync(new { blinded })).Refusal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Twenty_at_once_with_one_code_are_one_person(Engine engine)
    {
        await StartAsync(engine, CredentialMode.Invitation);
        var code = await IssueAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SignAsync(new { blinded = Blind().Blinded, invitation = code })));

        Assert.Single(answers, answer => answer.Signature is not null);
        Assert.Equal(19, answers.Count(answer => answer.Refusal == Refusal.InvitationUsed));
    }

    [Fact]
    public async Task What_is_no_blinded_message_is_refused_and_uses_no_invitation()
    {
        await StartAsync(Engine.Sqlite, CredentialMode.Invitation);
        var code = await IssueAsync();

        Assert.Equal(Refusal.MalformedMessage, (await SignAsync(new { blinded = new byte[255], invitation = code })).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await SignAsync(new { blinded = Enumerable.Repeat((byte)255, 256).ToArray(), invitation = code })).Refusal);
        Assert.Equal(Refusal.MalformedMessage, (await SignAsync(new { invitation = code })).Refusal);
        Assert.NotNull((await SignAsync(new { blinded = Blind().Blinded, invitation = code })).Signature);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Work_counts_once_for_its_request_and_is_stale_on_the_day_after_the_next(Engine engine)
    {
        await StartAsync(engine, CredentialMode.Work);
        var (blinded, finish) = Blind();
        var challenge = await ChallengeAsync();
        var done = Work(challenge, enough: true);

        Assert.Equal(Refusal.WorkInsufficient, (await SignAsync(new { blinded, work = Work(challenge, enough: false) })).Refusal);
        var first = await SignAsync(new { blinded, work = done });
        Assert.NotNull(finish(first.Signature!));
        Assert.Equal(first.Signature, (await SignAsync(new { blinded, work = done })).Signature);
        Assert.Equal(Refusal.WorkSpent, (await SignAsync(new { blinded = Blind().Blinded, work = done })).Refusal);

        var late = await ChallengeAsync();
        _time.Advance(TimeSpan.FromDays(1));
        Assert.NotNull((await SignAsync(new { blinded = Blind().Blinded, work = Work(late, enough: true) })).Signature);
        var tooLate = await ChallengeAsync();
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(Refusal.WorkExpired, (await SignAsync(new { blinded, work = Work(tooLate, enough: true) })).Refusal);
        Assert.Equal(Refusal.WorkExpired, (await SignAsync(new { blinded, work = Work(new byte[36], enough: true) })).Refusal);
    }

    private async Task StartAsync(Engine engine, CredentialMode mode)
    {
        _database = await Engines.CreateAsync(engine, typeof(RegistrarHost).Assembly);
        _app = await RegistrarHost.StartAsync(
            new()
            {
                Urls = "http://127.0.0.1:0", Database = _database.Connection, SigningKeyFile = Path.Combine(_folder, "signing.key"),
                PepperFile = Path.Combine(_folder, "pepper.key"), Mode = mode, WorkBits = 8,
            },
            _time,
            logging => logging.ClearProviders(),
            Cancel);
        _client = new() { BaseAddress = Hosts.AddressOf(_app) };
    }

    private async Task<string> IssueAsync() => (await _app!.Services.GetRequiredService<InvitationList>().IssueAsync(1, Cancel))[0];

    private (byte[] Blinded, Func<byte[], byte[]?> Finish) Blind()
    {
        var spki = RegistrarHost.PublicKey(Path.Combine(_folder, "signing.key"));
        var prepared = BlindRsa.Prepare(RandomNumberGenerator.GetBytes(40), RandomNumberGenerator.Fill);
        var blinded = BlindRsa.Blind(spki, prepared, RandomNumberGenerator.Fill, out var inverse)!;
        return (blinded, signature => BlindRsa.Finalize(spki, prepared, signature, inverse));
    }

    private async Task<byte[]> ChallengeAsync()
    {
        using var json = JsonDocument.Parse(await _client!.GetByteArrayAsync(new Uri("v1/registrar", UriKind.Relative), Cancel));
        Assert.Equal("work", json.RootElement.GetProperty("mode").GetString());
        return System.Buffers.Text.Base64Url.DecodeFromChars(json.RootElement.GetProperty("challenge").GetString());
    }

    private static object Work(byte[] challenge, bool enough)
    {
        var nonce = 0UL;
        while (IsEnough(challenge, nonce) != enough) nonce++;
        return new { challenge = System.Buffers.Text.Base64Url.EncodeToString(challenge), nonce = nonce.ToString(System.Globalization.CultureInfo.InvariantCulture) };
    }

    private static bool IsEnough(byte[] challenge, ulong nonce) =>
        BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(new WireWriter().Bytes(challenge).U64(nonce).Written))) >= 8;

    private async Task<(byte[]? Signature, Refusal? Refusal)> SignAsync(object request)
    {
        using var answer = await _client!.PostAsJsonAsync(new Uri("v1/credentials", UriKind.Relative), request, Cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancel);
        if (!answer.IsSuccessStatusCode) return (null, Problems.TryRead(body));

        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("blind_signature").GetBytesFromBase64(), null);
    }
}
