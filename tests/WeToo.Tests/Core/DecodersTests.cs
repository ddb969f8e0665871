using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Ceremony;
using WeToo.Core.Credentials;
using WeToo.Core.Conflicts;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Identifiers;
using WeToo.Core.Keysets;
using WeToo.Core.Log;
using WeToo.Core.Nudges;
using WeToo.Core.Oprf;
using WeToo.Core.Receipts;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using Xunit;

namespace WeToo.Tests.Core;

/// <summary>
/// Whatever arrives from outside is read or refused, and never throws: every decoder and opener of Core, on noise and on true messages that
/// were altered, with every check that follows the reading. What is read is what was written, to the byte.
/// </summary>
public sealed class DecodersTests
{
    private static readonly Samples s_samples = new();

    private static readonly (Roster Roster, byte[] Change, byte[] Request, byte[] Conflict) s_team = Team();

    /// <summary>Each decoder: a true message, and what a host does with one, giving back the bytes of what it read, or null.</summary>
    private static readonly Dictionary<string, (byte[] True, Func<byte[], byte[]?> Read)> s_decoders = new()
    {
        [nameof(Element)] = (s_samples.Point.ToBytes(), bytes => Element.TryParse(bytes, out var element) ? element.ToBytes() : null),
        [nameof(Scalar)] = ([7, .. new byte[31]], ReadScalar),
        [nameof(DleqProof)] = (s_samples.Proof.ToBytes(), bytes => DleqProof.TryParse(bytes, out var proof) ? proof.ToBytes() : null),
        ["verification of a " + nameof(DleqProof)] = (s_samples.Proof.ToBytes(), bytes => s_samples.Verifies(bytes) ? bytes : null),
        [nameof(SealedHeader)] = (s_samples.Sealed.Header.ToBytes(), bytes => SealedHeader.TryParse(bytes, out var header) && (Tdh2.Verify(header!, "label"u8) || true) ? header!.ToBytes() : null),
        [nameof(Tdh2)] = (s_samples.Sealed.Ciphertext, bytes => Tdh2.Open(s_samples.Point, s_samples.Sealed.Header, "label"u8, bytes) is null ? null : bytes),
        [nameof(Mix)] = (s_samples.Mix, bytes => Mix.Verify(bytes, "binding"u8) ? bytes : null),
        [nameof(Package)] = (s_samples.Package, bytes => Package.TryParse(bytes)?.Pad(bytes.Length)),
        [nameof(SealedBox)] = (s_samples.Submission.SlipsBox.ToArray(), bytes => SealedBox.Open(s_samples.Matcher, s_samples.Keyset.Matcher.Span, bytes) is null ? null : bytes),
        [nameof(AuthorBox)] = (s_samples.Put.Box.ToArray(), bytes => AuthorBox.Open(s_samples.BoxKey, s_samples.Pseudonym, bytes) is null ? null : bytes),
        [nameof(AgeFile)] = (s_samples.AgeFile, bytes => AgeFile.TryDecrypt(s_samples.Counselor, bytes) is null ? null : bytes),
        [nameof(Schnorr)] = (new byte[64], bytes => Schnorr.Verify(s_samples.Point, bytes, bytes) ? bytes : null),
        [nameof(Dealing)] = (s_samples.Dealing, bytes => Dealing.TryParse(s_samples.Session, bytes)?.Bytes.ToArray()),
        [nameof(Receiving)] = (s_samples.Dealing, bytes => s_samples.Receives(bytes) ? bytes : null),
        [nameof(Credential)] = (s_samples.Bytes("credential"), bytes => Credential.TryParse(bytes) is { } credential && (credential.Check(s_samples.Keyset, 20_000) is null || true) ? credential.ToBytes() : null),
        [nameof(RegistrarKey)] = (s_samples.Keyset.Registrars[0].Spki.ToArray(), bytes => BlindRsa.Verify(new(bytes, 0), [1], new byte[256]) ? bytes : null),
        [nameof(BlindRsa)] = (s_samples.Keyset.Registrars[0].Spki.ToArray(), bytes => BlindRsa.Blind(bytes, [1], RandomNumberGenerator.Fill, out _) is null ? null : bytes),
        [nameof(Ed25519)] = (new byte[96], bytes => Ed25519.Verify<FilingPurpose>(bytes.AsSpan(0, Math.Min(32, bytes.Length)), bytes, bytes.AsSpan(Math.Min(32, bytes.Length))) ? bytes : null),
        [nameof(EvaluateRequest)] = (s_samples.Bytes("evaluate_request"), bytes => Signed(EvaluateRequest.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(EvaluateReply)] = (s_samples.Reply, bytes => EvaluateReply.TryParse(bytes)?.ToBytes()),
        [nameof(SlipsMessage)] = (s_samples.Slips.Bytes.ToArray(), bytes => Signed(SlipsMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(FilingMessage)] = (s_samples.Submission.Filing.Bytes.ToArray(), bytes => Signed(FilingMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(Submission)] = (s_samples.Bytes("submission"), bytes => Submission.TryParse(bytes) is { } one && (one.CheckParts() is null || true) ? one.ToBytes() : null),
        [nameof(DirectMessage)] = (s_samples.Bytes("direct"), bytes => Signed(DirectMessage.TryParse(bytes), one => one.Check(), bytes)),
        [nameof(WithdrawalMessage)] = (s_samples.Bytes("withdrawal"), bytes => Signed(WithdrawalMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(ConsentMessage)] = (s_samples.Bytes("consent"), bytes => Signed(ConsentMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(StatusRequest)] = (s_samples.Bytes("status"), bytes => Signed(StatusRequest.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(BoxPut)] = (s_samples.Bytes("box_put"), bytes => Signed(BoxPut.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(StopPut)] = (s_samples.Bytes("stop_put"), bytes => Signed(StopPut.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(StopRequest)] = (s_samples.Bytes("stop_request"), bytes => Signed(StopRequest.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(NudgePut)] = (s_samples.Bytes("nudge_put"), bytes => Signed(NudgePut.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(NudgeRequest)] = (s_samples.Bytes("nudge_request"), bytes => Signed(NudgeRequest.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(FreezeMessage)] = (s_samples.Bytes("freeze"), bytes => Signed(FreezeMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(MeetMessage)] = (s_samples.Bytes("meet"), bytes => Signed(MeetMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(MeetVouch)] = (s_samples.Bytes("meet_vouch"), bytes => Signed(MeetVouch.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(MeetPut)] = (s_samples.Bytes("meet_put"), bytes => Signed(MeetPut.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(NoteBoxMessage)] = (s_samples.Bytes("note_box"), bytes => Signed(NoteBoxMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(NoteMessage)] = (s_samples.Bytes("note"), bytes => Signed(NoteMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(HandoverMessage)] = (s_samples.Bytes("handover"), bytes => Signed(HandoverMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(HandoverAnswer)] = (s_samples.Bytes("handover_answer"), bytes => Signed(HandoverAnswer.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(RevocationMessage)] = (s_samples.Bytes("revocation"), bytes => Signed(RevocationMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(FilePart)] = (s_samples.FilePart, bytes => Signed(FilePart.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(MailExchange)] = (s_samples.MailExchange, bytes => Signed(MailExchange.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(MailPut)] = (s_samples.MailPut.ToBytes(), bytes => MailPut.TryParse(bytes)?.ToBytes()),
        [nameof(MailBundle)] = (s_samples.MailBundle, bytes => MailBundle.Open(s_samples.Counselor, s_samples.MailWay, s_samples.Pseudonym, bytes) is null ? null : bytes),
        [nameof(NotesPut)] = (new NotesPut(3, new byte[NotesPut.SealedSize]).ToBytes(), bytes => NotesPut.TryParse(bytes)?.ToBytes()),
        [nameof(CaseNotes)] = (s_samples.Notes, bytes => CaseNotes.Open(s_samples.NotesKey, s_samples.FilingId, 3, bytes) is null ? null : bytes),
        [nameof(AddendumMessage)] = (s_samples.Bytes("addendum"), bytes => Signed(AddendumMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(Addenda)] = (s_samples.Addendum.Sealed.ToArray(), bytes => Addenda.Open(s_samples.AddendaKey, s_samples.AddendumLabel, bytes) is null ? null : bytes),
        [nameof(HoldMessage)] = (s_samples.Bytes("hold"), bytes => Signed(HoldMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(FindingMessage)] = (s_samples.Bytes("finding"), bytes => Signed(FindingMessage.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(ApartMessage)] = (Samples.Apart, bytes => ApartMessage.TryParse(bytes)?.ToBytes()),
        [nameof(RecheckRequest)] = (s_samples.Bytes("recheck"), bytes => Signed(RecheckRequest.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(RecheckEvidence)] = (s_samples.Recheck, bytes => RecheckEvidence.TryParse(bytes)?.ToBytes()),
        [nameof(ComparisonContent)] = ([1, .. new byte[ComparisonContent.Size - 1]], bytes => ComparisonContent.TryParse(bytes)?.ToBytes()),
        [nameof(DropRequest)] = (s_samples.Drop, bytes => DropRequest.TryParse(bytes) is { } one && (Evidence.CheckDrop(one, s_samples.Keyset, out _) is null || true) ? one.ToBytes() : null),
        [nameof(DropReply)] = (new DropReply(1, [s_samples.Point], s_samples.Proof).ToBytes(), bytes => DropReply.TryParse(bytes)?.ToBytes()),
        [nameof(OpeningRequest)] = (s_samples.Opening, bytes => OpeningRequest.TryParse(bytes) is { } one && (Evidence.CheckOpening(one, s_samples.Keyset, out _) is null || true) ? one.ToBytes() : null),
        [nameof(OpeningReply)] = (new OpeningReply(1, [new(s_samples.Point, new byte[64], new byte[64])], s_samples.Proof, []).ToBytes(), bytes => OpeningReply.TryParse(bytes)?.ToBytes()),
        [nameof(TeamChange)] = (s_team.Change, bytes => Signed(TeamChange.TryParse(bytes), one => one.CheckSignature(), bytes)),
        [nameof(TeamEvaluateRequest)] = (s_team.Request, bytes => Signed(TeamEvaluateRequest.TryParse(bytes), one => one.Check(s_team.Roster), bytes)),
        [nameof(ConflictPut)] = (s_team.Conflict, bytes => Signed(ConflictPut.TryParse(bytes), one => one.Check(new byte[16], s_samples.Keyset.Keepers[0], s_team.Roster), bytes)),
        [nameof(LogEntry)] = (LogEntry.Of(EntryKind.Filing, LogEntry.PublicSalt.Span, "thing"u8).ToBytes(), bytes => LogEntry.TryParse(bytes)?.ToBytes()),
        [nameof(ReleaseReply)] = (new ReleaseReply(1, s_samples.Point, s_samples.Proof).ToBytes(), bytes => ReleaseReply.TryParse(bytes)?.ToBytes()),
    };

    private static (Roster Roster, byte[] Change, byte[] Request, byte[] Conflict) Team()
    {
        using var key = SigningKey.FromSeed(new byte[32]);
        var roster = Roster.TryParse(KeysetText.WriteRoster([new("Inès", "age1a", key.PublicKey)]))!;
        return (
            roster,
            TeamChange.Write(new byte[16], roster, roster, key),
            TeamEvaluateRequest.Write(new byte[16], 1, 1, new byte[16], [.. Enumerable.Repeat(s_samples.Point, 4)], key),
            ConflictPut.Write(new byte[16], s_samples.Keyset.Keepers[0], 1, [new byte[64]], key, RandomNumberGenerator.Fill));
    }

    /// <summary>A checkpoint of a tree with one entry, signed by nobody who is known.</summary>
    private const string Note = "log.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— log.example AAAAAAAA\n";

    /// <summary>Those that read a text; what they give back cannot be compared with it.</summary>
    private static readonly Dictionary<string, (string True, Func<string, bool> Read)> s_texts = new()
    {
        [nameof(Keyset)] = (s_samples.Keyset.Text, text => Keyset.TryParse(text) is not null),
        [nameof(Roster)] = (s_samples.Roster, text => Roster.TryParse(text) is not null),
        [nameof(SignedKeyset)] = (s_samples.Text("keyset"), text => SignedKeyset.TryParse(text) is not null),
        [nameof(AgeIdentity)] = (s_samples.Counselor.Export(), text => AgeIdentity.TryParse(text) is not null),
        [nameof(AgeRecipient)] = (s_samples.Counselor.Recipient, AgeRecipient.IsValid),
        [nameof(Receipt)] = (s_samples.Text("receipt_words"), text => Receipt.TryParse(text) is not null),
        [nameof(StopCode)] = (s_samples.Text("stop_code"), text => StopCode.TryParse(text) is not null),
        [nameof(NudgeSettings)] = (Twins.TwinMessages.NudgeJson, text => NudgeSettings.TryParse(Encoding.UTF8.GetBytes(text)) is not null),
        [nameof(DeskSignature)] = (s_samples.Text("desk_header"), text => DeskSignature.TryParse(text) is { } one && (one.Check(new byte[16], "GET", "/", []) is null || true)),
        [nameof(SignedNote)] = ("text\n\n— log.example AAAAAAAA\n", text => SignedNote.TryParse(text) is not null),
        [nameof(NoteKey)] = ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", text => NoteKey.TryParse(text) is not null),
        [nameof(Checkpoint)] = ("log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", text => Checkpoint.TryParse(text) is not null),
        [nameof(LogProof)] = ($"c2sp.org/tlog-proof@v1\nindex 0\n\n{Note}", text => LogProof.TryParse(text) is { } one && (one.Includes([]) || true)),
        [nameof(AddCheckpoint)] = ($"old 0\n\n{Note}", text => AddCheckpoint.TryParse(text) is { } one && (one.Check([], _ => null, out _) is not null || true)),
        [nameof(LogPolicy)] = ("quorum none\n", text => LogPolicy.TryParse(text) is not null),
        [nameof(Identifier)] = ("+33 6 12 34 56 78", text => Enum.GetValues<IdentifierType>().Where(type => Identifier.TryParse(type, text, "FR", text, out _, out _)).ToList() is { Count: > 0 }),
    };

    public static TheoryData<string> Decoders => [.. s_decoders.Keys];

    public static TheoryData<string> TextDecoders => [.. s_texts.Keys];

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Noise_is_read_or_refused(string name)
    {
        var (original, read) = s_decoders[name];
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Byte.Array[original.Length]).Sample(bytes => IsReadOrRefused(read, bytes), iter: Math.Clamp(200_000 / original.Length, 20, 500));
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public void A_true_message_that_was_altered_is_read_or_refused(string name)
    {
        var (original, read) = s_decoders[name];
        Alterations(original).Sample(bytes => IsReadOrRefused(read, bytes), iter: Math.Clamp(400_000 / original.Length, 40, 1000));
        IsReadOrRefused(read, []);
    }

    [Theory]
    [MemberData(nameof(TextDecoders))]
    public void Any_text_is_read_or_refused(string name)
    {
        var (original, read) = s_texts[name];
        Gen.OneOf(Gen.String, Alterations(Encoding.UTF8.GetBytes(original)).Select(Encoding.UTF8.GetString)).Sample(text => { _ = read(text); }, iter: 300);
        string[] awkward = ["", "\0", "{}", "[]", "\"", "\ud800", "{\"wetoo\":\"\\ud800\"}", "{\"\\udfff\":1}", new('[', 10_000), "{\"wetoo\":1,\"wetoo\":1}"];
        Assert.All(awkward, text => Assert.False(read(text)));
    }

    [Theory]
    [MemberData(nameof(TextDecoders))]
    public void A_true_text_is_read(string name) => Assert.True(s_texts[name].Read(s_texts[name].True));

    [Fact]
    public void A_release_request_that_was_altered_is_read_or_refused() => Alterations(s_samples.Release).Sample(
        bytes =>
        {
            if (ReleaseRequest.TryParse(bytes) is { } release) _ = Evidence.CheckRelease(release, s_samples.Keyset);
        },
        iter: 500);

    /// <summary>A decoder that nobody put into the tables above would go untested.</summary>
    [Fact]
    public void Every_public_decoder_of_core_is_tried_here()
    {
        var decoders = typeof(Element).Assembly.GetExportedTypes()
            .Where(type => !type.IsInterface && type.GetMethods().Any(method => method.IsStatic && method.Name is "TryParse" or "Open" or "TryDecrypt"))
            .Select(type => type.Name);

        Assert.Empty(decoders.Except([.. s_decoders.Keys, .. s_texts.Keys, nameof(ReleaseRequest), nameof(Xchacha), nameof(StopKeys), nameof(WeToo.Core.Ladder.LadderRule)]));
    }

    private static void IsReadOrRefused(Func<byte[], byte[]?> read, byte[] bytes)
    {
        if (read(bytes) is { } again) Assert.Equal(bytes, again);
    }

    private static byte[]? Signed<T>(T? message, Func<T, Refusal?> check, byte[] bytes)
        where T : class
    {
        if (message is null) return null;
        _ = check(message);
        return bytes;
    }

    private static byte[]? ReadScalar(byte[] bytes)
    {
        using var scalar = Scalar.TryParse(bytes);
        if (scalar is null) return null;

        var written = new byte[Scalar.Size];
        scalar.CopyTo(written);
        return written;
    }

    /// <summary>One to four of: a byte changed, a byte made extreme, a run cut out, doubled or put in, the end cut off.</summary>
    private static Gen<byte[]> Alterations(byte[] original) =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[1, 40]).Array[1, 4].Select(steps => steps.Aggregate(original, (bytes, step) => Altered(bytes, step.Item1, step.Item2, step.Item3, step.Item4)));

    private static byte[] Altered(byte[] bytes, int how, int where, byte value, int length)
    {
        if (bytes.Length == 0) return [value];

        var at = where % bytes.Length;
        var end = Math.Min(bytes.Length, at + length);
        return how switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], value < 128 ? (byte)0 : (byte)255, .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => [.. bytes[..at], .. Enumerable.Repeat(value, length), .. bytes[at..]],
            _ => bytes[..at],
        };
    }

    /// <summary>True messages: a conversation that the other language wrote, and what a matcher, a vault and keepers make of it.</summary>
    private sealed class Samples
    {
        private readonly JsonElement _written = Load();
        private readonly Scalar _one = Scalar.FromIndex(1);
        private readonly Scalar _static = Scalar.Random(RandomNumberGenerator.Fill);
        private readonly Element _staticKey;

        internal Samples()
        {
            var signed = SignedKeyset.TryParse(Text("keyset"))!;
            (Keyset, Roster) = (signed.Keyset, signed.Roster.Text);
            Matcher = new(Bytes("matcher_secret"));
            BoxKey = new(Bytes("box_key"));
            Counselor = AgeIdentity.TryParse(Text("counselor_age"))!;
            Submission = Submission.TryParse(Bytes("submission"))!;
            Slips = SlipsMessage.TryParse(SealedBox.Open(Matcher, Keyset.Matcher.Span, Submission.SlipsBox.Span)!)!;
            Point = Element.FromGenerator(_one);
            Proof = Dleq.Prove(DleqContext.Drop, _one, Point, [Point], [Point], RandomNumberGenerator.Fill);
            Sealed = Tdh2.Seal(Point, "label"u8, "plaintext"u8, RandomNumberGenerator.Fill);
            Mix = WeToo.Core.Sealing.Mix.Encrypt(Point, Point, "binding"u8, RandomNumberGenerator.Fill);
            AgeFile = WeToo.Core.Age.AgeFile.Encrypt([Counselor.Recipient], new byte[300], RandomNumberGenerator.Fill)!;
            Package = new Package([new byte[32]], AgeFile).Pad(SizeClass.Contact)!;
            _staticKey = Element.FromGenerator(_static);
            Session = CeremonySession.Create("fuzz"u8, 1, [_staticKey])!;
            Dealing = WeToo.Core.Ceremony.Dealing.Deal(Session, _static, null, RandomNumberGenerator.Fill);
        }

        internal Keyset Keyset { get; }

        internal string Roster { get; }

        internal SecretBytes Matcher { get; }

        internal SecretBytes BoxKey { get; }

        internal AgeIdentity Counselor { get; }

        internal Submission Submission { get; }

        internal SlipsMessage Slips { get; }

        internal Element Point { get; }

        internal DleqProof Proof { get; }

        internal (SealedHeader Header, byte[] Ciphertext) Sealed { get; }

        internal byte[] Mix { get; }

        internal byte[] AgeFile { get; }

        internal byte[] Package { get; }

        internal CeremonySession Session { get; }

        internal byte[] Dealing { get; }

        internal byte[] Pseudonym => Bytes("pseudonym");

        internal BoxPut Put => BoxPut.TryParse(Bytes("box_put"))!;

        internal byte[] FilePart
        {
            get
            {
                using var key = SigningKey.FromSeed(new byte[32]);
                return WeToo.Core.Filings.FilePart.Write(new byte[16], 20_000, new byte[16], new byte[16], 0, 1, Put.Credential, new byte[40], key);
            }
        }

        internal byte[] MailBundle => Convert.FromBase64String(Text("mail_bundle"));

        internal MailWay MailWay => new(Keyset.Deployment, Bytes("filing_id"), FromAuthor: true);

        internal MailPut MailPut => new(7, new byte[WeToo.Core.Filings.MailPut.StateSize], MailBundle);

        internal byte[] MailExchange
        {
            get
            {
                using var key = SigningKey.FromSeed(new byte[32]);
                return WeToo.Core.Filings.MailExchange.Write(new byte[16], 20_000, new byte[16], new byte[32], MailPut, key);
            }
        }

        internal byte[] FilingId => Bytes("filing_id");

        internal byte[] Notes => Convert.FromBase64String(Text("notes"));

        internal SecretBytes NotesKey => CaseNotes.KeyFor(new SecretBytes(Bytes("counselor_seed")), FilingId);

        internal AddendumMessage Addendum => AddendumMessage.TryParse(Bytes("addendum"))!;

        internal SecretBytes AddendaKey => Addenda.KeyFor(BoxKey, Addendum.FilingId.Span);

        internal byte[] AddendumLabel => Labels.Addendum(Keyset.Deployment.Span, Pseudonym, Addendum.FilingId.Span, Addendum.Number);

        internal byte[] Reply => Convert.FromHexString(_written.GetProperty("evaluate_replies")[0].GetString()!);

        internal byte[] Drop => new DropRequest(Keyset.Deployment, Keyset.Epoch, 2, 3, [AtFirstRung, AtFirstRung, AtFirstRung]).ToBytes();

        internal byte[] Opening => new OpeningRequest(Keyset.Deployment, Keyset.Epoch, 3, [new(AtZero, Submission.Filing), new(AtZero, null)]).ToBytes();

        internal byte[] Release => new ReleaseRequest(
            Keyset.Deployment, Keyset.Epoch, Submission.Filing, Roster, Finding(FindingQuestion.Authors), Finding(FindingQuestion.Named), ConsentMessage.TryParse(Bytes("consent"))!, [new(1, new byte[64]), new(2, new byte[64])]).ToBytes();

        internal static byte[] Apart => new ApartMessage(
            new byte[32], Finding(FindingQuestion.Named, FindingAnswer.No), new byte[32], Finding(FindingQuestion.Named, FindingAnswer.No, isOtherSide: true)).ToBytes();

        internal byte[] Recheck => new RecheckEvidence(RecheckRequest.TryParse(Bytes("recheck"))!, Submission.Filing, [new(1, new byte[64]), new(2, new byte[64])]).ToBytes();

        private static FindingMessage Finding(FindingQuestion question, FindingAnswer answer = FindingAnswer.Yes, bool isOtherSide = false)
        {
            using var key = SigningKey.FromSeed(new byte[32]);
            byte[] one = new byte[16], other = [1, .. new byte[15]];
            return FindingMessage.TryParse(FindingMessage.Write(new byte[16], isOtherSide ? other : one, isOtherSide ? one : other, question, answer, 20_000, key))!;
        }

        private Member AtFirstRung => new(Slips, 0, default, (byte)(Slips.LeastNumber - 1));

        private Member AtZero => new(Slips, 0, new byte[64], 0);

        internal bool Verifies(byte[] bytes) => DleqProof.TryParse(bytes, out var proof) && Dleq.Verify(DleqContext.Drop, Point, [Point], [Point], proof);

        internal bool Receives(byte[] message)
        {
            using var result = Receiving.Receive(Session, 1, _static, [message], out _);
            return result is not null;
        }

        internal string Text(string name) => _written.GetProperty(name).GetString()!;

        internal byte[] Bytes(string name) => Convert.FromHexString(Text(name));

        private static JsonElement Load()
        {
            using var file = Vectors.Read("from-typescript/messages.json");
            return file.RootElement.Clone();
        }
    }
}
