using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeToo.Core;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Ladder;
using WeToo.Core.Log;
using WeToo.Core.Nudges;
using WeToo.Core.Oprf;
using WeToo.Core.Receipts;
using WeToo.Core.Sealing;
using WeToo.Tool.Authoring;
using Xunit;

namespace WeToo.Tests.Core.Twins;

/// <summary>One author's whole conversation, written down with every secret, for the other language to check.</summary>
internal static class TwinMessages
{
    internal const byte LeastNumber = 3;

    private const string Introduction = """{"wetoo":"meet/1","name":"Ana","how":"ana@mail.example","say":""}""";

    private const string NoteJson = """{"wetoo":"note/1","text":"She told me that evening.","name":"Léa","how":"","day":20000}""";

    internal const string NudgeJson =
        """{"to":"ana@mail.example","subject":"Rappel","text":"Bonjour","every_weeks":2,"weekday":6,"hour":9,"zone":"Europe/Paris","code":""}""";

    private const string NotesJson = """{"wetoo":"notes/1","taken":"","entries":[{"kind":"work","day":20000,"text":"Called. We meet on the 4th."}]}""";

    /// <summary>Of an exchange, all before the state and the bundle, which are 0x5a and 0xa5 throughout.</summary>
    private const int MailHead = 1 + 16 + 4 + 32 + 16 + 32 + 4;

    private static readonly MailPut s_put = new(7, Enumerable.Repeat((byte)0x5a, MailPut.StateSize).ToArray(), Enumerable.Repeat((byte)0xa5, MailPut.BundleSize).ToArray());

    internal static JsonObject Write(RandomBytes random)
    {
        var deployment = new TestDeployment(random);
        var keyset = deployment.Keyset.Keyset;
        using var receipt = Receipt.Random(random);
        using var pseudonym = receipt.Pseudonym(deployment.Deployment);
        using var boxKey = receipt.BoxKey(deployment.Deployment);
        var credential = deployment.CredentialFor(pseudonym);
        byte[][] inputs = [.. Enumerable.Range(0, Limits.SlipCount).Select(_ => deployment.Draw(32))];
        var filingId = deployment.Draw(16);

        using var slips = new BlindedSlips(keyset, credential, pseudonym, inputs, TestDeployment.Day, random);
        var request = EvaluateRequest.TryParse(slips.Request)!;
        JsonArray replies = [];
        foreach (var keeper in keyset.Keepers.Take(2))
        {
            var share = deployment.KShares[keeper.Index - 1];
            Element[] evaluated = [.. request.Blinded.Select(blinded => blinded.Times(share))];
            var reply = new EvaluateReply(keeper.Index, evaluated, Dleq.Prove(DleqContext.Evaluate, share, keeper.Y, [.. request.Blinded], evaluated, random)).ToBytes();
            Assert.True(slips.TryAccept(keeper, reply));
            replies.Add(Hex(reply));
        }

        var draft = new FilingDraft(
            keyset, credential, pseudonym, filingId, LeastNumber, deployment.Keyset.Roster.Counselors, Encoding.UTF8.GetBytes("""{"wetoo":"contact/1"}"""), Encoding.UTF8.GetBytes("""{"wetoo":"account/1"}"""));
        var submission = draft.ToSubmission(slips.Combine(keyset)!, TestDeployment.Day, random)!;
        const string BoxJson = """{"wetoo":"box/1","credential":null,"accounts":[]}""";
        var box = AuthorBox.Seal(boxKey, pseudonym.PublicKey.Span, BoxJson, random)!;
        var nonce = deployment.Draw(16);
        var counselors = deployment.Keyset.Roster.Counselors;
        string[] recipients = [.. counselors.Select(one => one.Recipient)];
        var directContact = DirectMessage.Seal(recipients, """{"wetoo":"contact/1"}""", [SizeClass.Contact], random)!;
        var directAccount = DirectMessage.Seal(recipients, """{"wetoo":"account/1"}""", SizeClass.Account, random)!;
        var (firstHalf, secondHalf) = receipt.ToHalves(random);
        using var stopCode = StopCode.Random(random);
        using var stop = stopCode.KeysIn(deployment.Deployment);
        using var nudge = receipt.Nudge(deployment.Deployment);
        const string AddendumJson = """{"wetoo":"addendum/1","kind":"addition","text":"","sealed_day":20000,"follows":""}""";
        using var addendaKey = Addenda.KeyFor(boxKey, filingId);
        var addendum = Addenda.Seal(addendaKey, Labels.Addendum(deployment.Deployment, pseudonym.PublicKey.Span, filingId, 2), AddendumJson, random)!;
        using var mailIdentity = MailBundle.First(boxKey);
        using var mailStateKey = MailBundle.StateKey(boxKey, filingId);
        var mailJson = $$"""{"next":"{{mailIdentity.Recipient}}","has":0,"standing":{},"letters":[{"n":1,"day":20000,"text":"Samedi matin."}]}""";
        var mailBundle = MailBundle.Seal(
            deployment.CounselorIdentity.Recipient, new(deployment.Deployment, filingId, FromAuthor: true), mailJson, pseudonym, random)!;
        var mailExchange = MailExchange.Write(deployment.Deployment, TestDeployment.Day, filingId, counselors[0].Signing.Span, s_put, pseudonym);
        using var seed = new SecretBytes(deployment.CounselorSeed);
        using var notesKey = CaseNotes.KeyFor(seed, filingId);
        using var salt = LogEntry.SaltFor(boxKey, EntryKind.Account, "null"u8);
        var entry = LogEntry.Of(EntryKind.Account, salt.Span, "null"u8);
        using var meetKey = MeetMessage.KeyFor(boxKey, filingId);
        var (mark, meeting) = (MeetMessage.MarkOf(pseudonym.PublicKey.Span, filingId), SealedBox.PublicKey(meetKey));
        using var noteSecret = NoteMessage.SecretFor(boxKey, 1);
        var noteRecipient = SealedBox.PublicKey(noteSecret);
        using var noteKey = NoteMessage.KeyOf(noteRecipient);
        return new()
        {
            ["stop_code"] = stopCode.ToText(),
            ["stop_key"] = Hex(stop.Signing.PublicKey.Span),
            ["stop_box_key"] = Hex(stop.BoxKey.Span),
            ["stop_put"] = Hex(StopPut.Write(deployment.Deployment, filingId, TestDeployment.Day, stop.Signing.PublicKey.Span, stop.BoxKey.Span, pseudonym, random)),
            ["stop_request"] = Hex(StopRequest.Write(deployment.Deployment, TestDeployment.Day, deployment.Draw(16), stop.Signing)),
            ["freeze"] = Hex(FreezeMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, freezes: true, deployment.Draw(16), stop.Signing)),
            ["unfreeze"] = Hex(FreezeMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, freezes: false, deployment.Draw(16), pseudonym)),
            ["nudge_key"] = Hex(nudge.PublicKey.Span),
            ["nudge_put"] = Hex(NudgePut.Write(deployment.Deployment, TestDeployment.Day, 3, NudgeJson, nudge)!),
            ["nudge_request"] = Hex(NudgeRequest.Write(deployment.Deployment, TestDeployment.Day, deployment.Draw(16), nudge)),
            ["mail_identity"] = mailIdentity.Export(),
            ["mail_json"] = mailJson,
            ["mail_state_key"] = Hex(mailStateKey.Span),
            ["mail_bundle"] = Convert.ToBase64String(mailBundle),
            ["mail_exchange_head"] = Hex(mailExchange.AsSpan(0, MailHead)),
            ["mail_exchange_signature"] = Hex(mailExchange.AsSpan(mailExchange.Length - 64)),
            ["notes_json"] = NotesJson,
            ["notes_key"] = Hex(notesKey.Span),
            ["notes"] = Convert.ToBase64String(CaseNotes.Seal(notesKey, filingId, 3, NotesJson, random)!),
            ["revocation"] = Hex(RevocationMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, deployment.Draw(16), pseudonym)),
            ["keyset"] = deployment.Keyset.ToJson(),
            ["k"] = Hex(deployment.K),
            ["z"] = Hex(deployment.Z),
            ["matcher_secret"] = Hex(deployment.MatcherSecret.Span),
            ["counselor_age"] = deployment.CounselorIdentity.Export(),
            ["counselor_seed"] = Hex(deployment.CounselorSeed),
            ["day"] = TestDeployment.Day,
            ["receipt_words"] = receipt.ToWords(),
            ["receipt_french"] = receipt.ToWords(Words.French),
            ["receipt_spanish"] = receipt.ToWords(Words.Spanish),
            ["receipt_digits"] = receipt.ToDigits(),
            ["receipt_halves"] = new JsonArray(firstHalf, secondHalf),
            ["pseudonym"] = Hex(pseudonym.PublicKey.Span),
            ["box_key"] = Hex(boxKey.Span),
            ["credential"] = Hex(credential.ToBytes()),
            ["least_number"] = LeastNumber,
            ["filing_id"] = Hex(filingId),
            ["inputs"] = new JsonArray([.. inputs.Select(input => JsonValue.Create(Hex(input)))]),
            ["evaluate_request"] = Hex(slips.Request),
            ["evaluate_replies"] = replies,
            ["submission"] = Hex(submission.ToBytes()),
            ["direct"] = Hex(DirectMessage.Write(
                deployment.Deployment, filingId, credential, TestDeployment.Day, [.. counselors.Select(one => one.Signing)], directContact, directAccount, pseudonym)),
            ["withdrawal"] = Hex(WithdrawalMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, pseudonym)),
            ["consent"] = Hex(ConsentMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, pseudonym)),
            ["status"] = Hex(StatusRequest.Write(deployment.Deployment, TestDeployment.Day, nonce, pseudonym)),
            ["box_json"] = BoxJson,
            ["box_put"] = Hex(BoxPut.Write(deployment.Deployment, TestDeployment.Day, 7, credential, entry, box, pseudonym)),
            ["addenda_key"] = Hex(addendaKey.Span),
            ["addendum_json"] = AddendumJson,
            ["addendum"] = Hex(AddendumMessage.Write(deployment.Deployment, filingId, 2, TestDeployment.Day, addendum, pseudonym)),
            ["hold"] = Hex(HoldMessage.Write(
                deployment.Deployment, filingId, HoldAct.Keep, HoldReason.Proceedings, TestDeployment.Day + 90, TestDeployment.Day, deployment.CounselorKey)),
            ["finding"] = Hex(FindingMessage.Write(
                deployment.Deployment, filingId, deployment.Draw(16), FindingQuestion.Authors, FindingAnswer.NoLongerThis, TestDeployment.Day, deployment.CounselorKey)),
            ["recheck"] = Hex(RecheckRequest.Write(
                deployment.Deployment, keyset.Epoch, TestDeployment.Day, deployment.Draw(16), filingId, [.. request.Blinded], deployment.CounselorKey)),
            ["comparison"] = Hex(SealedBox.Seal(
                keyset.Matcher.Span, new ComparisonContent(deployment.Deployment, filingId, [.. slips.Combine(keyset)!.Select(slip => (ReadOnlyMemory<byte>)slip.Start)]).ToBytes(), random)!),
            ["desk_header"] = DeskSignature.Write(deployment.Deployment, 1_728_000_000, nonce, "POST", "/v1/desk/cases", [1, 2, 3], deployment.CounselorKey),
            ["meet"] = Hex(MeetMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, asks: true, meeting, deployment.Draw(16), pseudonym)),
            ["meet_vouch"] = Hex(MeetVouch.Write(deployment.Deployment, TestDeployment.Day, mark, meeting, deployment.CounselorKey)),
            ["handover"] = Hex(HandoverMessage.Write(
                deployment.Deployment, filingId, TestDeployment.Day, deployment.CounselorKey.PublicKey.Span, TestDeployment.Day + 7, SHA256.HashData(mark), deployment.CounselorKey)),
            ["handover_answer"] = Hex(HandoverAnswer.Write(deployment.Deployment, filingId, TestDeployment.Day, deployment.CounselorKey.PublicKey.Span, agrees: true, pseudonym)),
            ["note_box"] = Hex(NoteBoxMessage.Write(deployment.Deployment, filingId, TestDeployment.Day, NoteBoxAct.Take, noteKey.PublicKey.Span, pseudonym)),
            ["note_json"] = NoteJson,
            ["note"] = Hex(NoteMessage.Write(deployment.Deployment, TestDeployment.Day, noteRecipient, deployment.Draw(32), Encoding.UTF8.GetBytes(NoteJson), random)!),
            ["meet_put"] = Hex(MeetPut.Write(
                deployment.Deployment, filingId, TestDeployment.Day, mark, SealedBox.Seal(meeting, Encoding.UTF8.GetBytes(Introduction.PadRight(MeetPut.ContentSize)), random)!, pseudonym)),
        };
    }

    /// <summary>Checks everything in a conversation that the other language wrote.</summary>
    internal static void Check(JsonElement written)
    {
        var keyset = WeToo.Core.Keysets.SignedKeyset.TryParse(Text(written, "keyset"))!;
        var deployment = keyset.Keyset.Deployment.Span;
        using var receipt = Receipt.TryParse(Text(written, "receipt_words"))!;
        using var pseudonym = receipt.Pseudonym(deployment);
        using var boxKey = receipt.BoxKey(deployment);
        using var nudge = receipt.Nudge(deployment);
        Assert.Equal(Text(written, "nudge_key"), Hex(nudge.PublicKey.Span));
        Assert.Null(NudgeRequest.TryParse(Bytes(written, "nudge_request"))!.CheckSignature());
        var nudgePut = NudgePut.TryParse(Bytes(written, "nudge_put"))!;
        Assert.Null(nudgePut.CheckSignature());
        Assert.Equal((3u, "Rappel"), (nudgePut.Revision, NudgeSettings.TryParse(nudgePut.Settings)!.Subject));
        Assert.Equal(Text(written, "pseudonym"), Hex(pseudonym.PublicKey.Span));
        Assert.Equal(Text(written, "box_key"), Hex(boxKey.Span));
        Assert.Null(Credential.TryParse(Bytes(written, "credential"))!.Check(keyset.Keyset, TestDeployment.Day));

        foreach (var form in (string[])["receipt_french", "receipt_spanish", "receipt_digits"])
        {
            using var same = Receipt.TryParse(Text(written, form))!;
            Assert.Equal(receipt.ToWords(), same.ToWords());
        }

        using var joined = Receipt.TryJoin(written.GetProperty("receipt_halves")[1].GetString()!, written.GetProperty("receipt_halves")[0].GetString()!)!;
        Assert.Equal(receipt.ToWords(), joined.ToWords());
        CheckStop(written, deployment);
        CheckEvaluation(written, keyset.Keyset);
        CheckSubmission(written, keyset.Keyset);
        Assert.Null(WithdrawalMessage.TryParse(Bytes(written, "withdrawal"))!.CheckSignature());
        Assert.Null(ConsentMessage.TryParse(Bytes(written, "consent"))!.CheckSignature());
        Assert.Null(StatusRequest.TryParse(Bytes(written, "status"))!.CheckSignature());
        CheckComparing(written, keyset.Keyset);
        var put = BoxPut.TryParse(Bytes(written, "box_put"))!;
        Assert.Null(put.CheckSignature());
        Assert.Equal(Text(written, "box_json"), AuthorBox.Open(boxKey, pseudonym.PublicKey.Span, put.Box.Span));
        using var salt = LogEntry.SaltFor(boxKey, EntryKind.Account, "null"u8);
        Assert.Equal(LogEntry.Of(EntryKind.Account, salt.Span, "null"u8).ToBytes(), put.Entry.ToBytes());
        CheckAddendum(written, deployment, boxKey);
        CheckDirect(written, keyset);
        CheckMeeting(written, keyset, pseudonym.PublicKey.Span, boxKey);
        CheckMail(written, keyset, pseudonym.PublicKey, boxKey);
        CheckNotes(written);
        CheckFriendNote(written, boxKey);
        Assert.Null(DeskSignature.TryParse(Text(written, "desk_header"))!.Check(deployment, "POST", "/v1/desk/cases", [1, 2, 3]));
    }

    private static void CheckStop(JsonElement written, ReadOnlySpan<byte> deployment)
    {
        using var code = StopCode.TryParse(Text(written, "stop_code"))!;
        using var stop = code.KeysIn(deployment);
        Assert.Equal(Text(written, "stop_key"), Hex(stop.Signing.PublicKey.Span));
        Assert.Equal(Text(written, "stop_box_key"), Hex(stop.BoxKey.Span));

        var put = StopPut.TryParse(Bytes(written, "stop_put"))!;
        Assert.Null(put.CheckSignature());
        var withdrawal = WithdrawalMessage.TryParse(stop.Open(put.Box.Span)!)!;
        Assert.Null(withdrawal.CheckSignature());
        Assert.Equal(Text(written, "pseudonym"), Hex(withdrawal.Pseudonym.Span));
        Assert.Equal(Text(written, "filing_id"), Hex(withdrawal.FilingId.Span));
        Assert.Null(StopRequest.TryParse(Bytes(written, "stop_request"))!.CheckSignature());
        var (freeze, unfreeze) = (FreezeMessage.TryParse(Bytes(written, "freeze"))!, FreezeMessage.TryParse(Bytes(written, "unfreeze"))!);
        Assert.Null(freeze.CheckSignature());
        Assert.Null(unfreeze.CheckSignature());
        Assert.Equal((true, false), (freeze.Freezes, unfreeze.Freezes));
        Assert.Null(RevocationMessage.TryParse(Bytes(written, "revocation"))!.CheckSignature());
    }

    /// <summary>One who would like to meet themselves: their own mark and key are the other's.</summary>
    private static void CheckMeeting(JsonElement written, WeToo.Core.Keysets.SignedKeyset keyset, ReadOnlySpan<byte> pseudonym, SecretBytes boxKey)
    {
        var filingId = Bytes(written, "filing_id");
        using var key = MeetMessage.KeyFor(boxKey, filingId);
        var (mark, recipient) = (Hex(MeetMessage.MarkOf(pseudonym, filingId)), Hex(SealedBox.PublicKey(key)));
        var (meet, vouch, put) = (MeetMessage.TryParse(Bytes(written, "meet"))!, MeetVouch.TryParse(Bytes(written, "meet_vouch"))!, MeetPut.TryParse(Bytes(written, "meet_put"))!);
        Assert.Equal((null, null, null), (meet.CheckSignature(), vouch.CheckSignature(), put.CheckSignature()));
        Assert.Equal((true, recipient), (meet.Asks, Hex(meet.Recipient.Span)));
        Assert.Equal((Hex(keyset.Roster.Counselors[0].Signing.Span), mark, recipient), (Hex(vouch.Counselor.Span), Hex(vouch.Mark.Span), Hex(vouch.Recipient.Span)));
        Assert.Equal(mark, Hex(put.With.Span));
        var (handover, answer, counselor) = (HandoverMessage.TryParse(Bytes(written, "handover"))!, HandoverAnswer.TryParse(Bytes(written, "handover_answer"))!, keyset.Roster.Counselors[0].Signing);
        Assert.Equal((null, null), (handover.CheckSignature(), answer.CheckSignature()));
        Assert.Equal((Hex(counselor.Span), handover.Day + 7, Hex(SHA256.HashData(Convert.FromHexString(mark)))), (Hex(handover.Successor.Span), handover.FromDay, Hex(handover.NoteSha256.Span)));
        Assert.Equal((true, Hex(filingId), Hex(counselor.Span)), (answer.Agrees, Hex(answer.FilingId.Span), Hex(answer.Successor.Span)));
        using var introduction = JsonDocument.Parse(SealedBox.Open(key, meet.Recipient.Span, put.Sealed.Span)!);
        Assert.Equal(("meet/1", "Ana"), (introduction.RootElement.GetProperty("wetoo").GetString(), introduction.RootElement.GetProperty("name").GetString()));
    }

    private static void CheckFriendNote(JsonElement written, SecretBytes boxKey)
    {
        using var secret = NoteMessage.SecretFor(boxKey, 1);
        var recipient = SealedBox.PublicKey(secret);
        using var key = NoteMessage.KeyOf(recipient);
        var (box, note, json) = (NoteBoxMessage.TryParse(Bytes(written, "note_box"))!, NoteMessage.TryParse(Bytes(written, "note"))!, Encoding.UTF8.GetBytes(Text(written, "note_json")));
        Assert.Equal((null, null), (box.CheckSignature(), note.CheckSignature()));
        Assert.Equal((NoteBoxAct.Take, Hex(key.PublicKey.Span), Hex(key.PublicKey.Span)), (box.Act, Hex(box.Subject.Span), Hex(note.NoteKey.Span)));
        var content = SealedBox.Open(secret, recipient, note.Sealed.Span)!;
        Assert.Equal((NoteMessage.ContentSize, Text(written, "note_json")), (content.Length, Encoding.UTF8.GetString(content.AsSpan(LogEntry.SaltSize)).TrimEnd(' ')));
        Assert.Equal(LogEntry.Of(EntryKind.Note, content.AsSpan(0, LogEntry.SaltSize), json).ToBytes(), note.Entry.ToBytes());
    }

    private static void CheckDirect(JsonElement written, WeToo.Core.Keysets.SignedKeyset keyset)
    {
        using var counselor = WeToo.Core.Age.AgeIdentity.TryParse(Text(written, "counselor_age"))!;
        var direct = DirectMessage.TryParse(Bytes(written, "direct"))!;
        Assert.Null(direct.Check());
        Assert.Equal(Text(written, "filing_id"), Hex(direct.FilingId.Span));
        Assert.Equal(keyset.Roster.Counselors[0].Signing.ToArray(), Assert.Single(direct.Counselors).ToArray());
        foreach (var (file, format) in ((ReadOnlyMemory<byte>, string)[])[(direct.Contact, "contact/1"), (direct.Account, "account/1")])
        {
            using var content = JsonDocument.Parse(WeToo.Core.Age.AgeFile.TryDecrypt(counselor, file)!);
            Assert.Equal(format, content.RootElement.GetProperty("wetoo").GetString());
        }

        var altered = Bytes(written, "direct");
        altered[^1] ^= 1;
        Assert.Equal(Refusal.MalformedMessage, DirectMessage.TryParse(altered)!.Check());
    }

    private static void CheckMail(JsonElement written, WeToo.Core.Keysets.SignedKeyset keyset, ReadOnlyMemory<byte> pseudonym, SecretBytes boxKey)
    {
        var (deployment, filingId) = (keyset.Keyset.Deployment, Bytes(written, "filing_id"));
        using var counselor = WeToo.Core.Age.AgeIdentity.TryParse(Text(written, "counselor_age"))!;
        using var first = MailBundle.First(boxKey);
        using var stateKey = MailBundle.StateKey(boxKey, filingId);
        Assert.Equal((Text(written, "mail_identity"), Text(written, "mail_state_key")), (first.Export(), Hex(stateKey.Span)));

        var bundle = Convert.FromBase64String(Text(written, "mail_bundle"));
        var way = new MailWay(deployment, filingId, FromAuthor: true);
        Assert.Equal(Text(written, "mail_json"), MailBundle.Open(counselor, way, pseudonym.Span, bundle));
        Assert.Null(MailBundle.Open(counselor, way with { FromAuthor = false }, pseudonym.Span, bundle));
        Assert.Null(MailBundle.Open(counselor, way with { FilingId = deployment }, pseudonym.Span, bundle));
        Assert.Null(MailBundle.Open(first, way, pseudonym.Span, bundle));

        byte[] whole = [.. Bytes(written, "mail_exchange_head"), .. s_put.State.Span, .. s_put.Bundle.Span, .. Bytes(written, "mail_exchange_signature")];
        var exchange = MailExchange.TryParse(whole)!;
        Assert.Null(exchange.CheckSignature());
        Assert.Equal((7u, Hex(keyset.Roster.Counselors[0].Signing.Span)), (exchange.Put.Revision, Hex(exchange.Counselor.Span)));
    }

    private static void CheckNotes(JsonElement written)
    {
        var (filingId, notes) = (Bytes(written, "filing_id"), Convert.FromBase64String(Text(written, "notes")));
        using var seed = new SecretBytes(Bytes(written, "counselor_seed"));
        using var key = CaseNotes.KeyFor(seed, filingId);
        Assert.Equal(Text(written, "notes_key"), Hex(key.Span));
        Assert.Equal(Text(written, "notes_json"), CaseNotes.Open(key, filingId, 3, notes));
        Assert.Equal(NotesPut.SealedSize, notes.Length);
        Assert.Null(CaseNotes.Open(key, filingId, 2, notes));
        Assert.Null(CaseNotes.Open(key, new byte[16], 3, notes));
    }

    private static void CheckAddendum(JsonElement written, ReadOnlySpan<byte> deployment, SecretBytes boxKey)
    {
        var addendum = AddendumMessage.TryParse(Bytes(written, "addendum"))!;
        Assert.Null(addendum.CheckSignature());
        Assert.Equal(2, addendum.Number);
        using var key = Addenda.KeyFor(boxKey, addendum.FilingId.Span);
        Assert.Equal(Text(written, "addenda_key"), Hex(key.Span));
        Assert.Equal(Text(written, "addendum_json"), Addenda.Open(key, Labels.Addendum(deployment, addendum.Pseudonym.Span, addendum.FilingId.Span, 2), addendum.Sealed.Span));
        Assert.Null(Addenda.Open(key, Labels.Addendum(deployment, addendum.Pseudonym.Span, addendum.FilingId.Span, 1), addendum.Sealed.Span));
    }

    private static void CheckComparing(JsonElement written, WeToo.Core.Keysets.Keyset keyset)
    {
        var hold = HoldMessage.TryParse(Bytes(written, "hold"))!;
        Assert.Null(hold.CheckSignature());
        Assert.Equal((HoldAct.Keep, HoldReason.Proceedings, hold.Day + 90), (hold.Act, hold.Reason, hold.UntilDay));
        var finding = FindingMessage.TryParse(Bytes(written, "finding"))!;
        Assert.Null(finding.CheckSignature());
        Assert.Equal((FindingQuestion.Authors, FindingAnswer.NoLongerThis), (finding.Question, finding.Answer));
        Assert.Null(RecheckRequest.TryParse(Bytes(written, "recheck"))!.CheckSignature());

        using var k = Scalar.TryParse(Bytes(written, "k"))!;
        using var matcher = new SecretBytes(Bytes(written, "matcher_secret"));
        var comparison = ComparisonContent.TryParse(SealedBox.Open(matcher, keyset.Matcher.Span, Bytes(written, "comparison"))!)!;
        var inputs = written.GetProperty("inputs").EnumerateArray().Select(hex => Convert.FromHexString(hex.GetString()!));
        Assert.Equal(inputs.Select(input => Hex(Chain.Start(OprfClient.Finalize(input, OprfClient.Blind(input, k))))), comparison.Starts.Select(start => Hex(start.Span)));
    }

    private static void CheckEvaluation(JsonElement written, WeToo.Core.Keysets.Keyset keyset)
    {
        var request = EvaluateRequest.TryParse(Bytes(written, "evaluate_request"))!;
        Assert.Null(request.CheckSignature());
        foreach (var hex in written.GetProperty("evaluate_replies").EnumerateArray())
        {
            var reply = EvaluateReply.TryParse(Convert.FromHexString(hex.GetString()!))!;
            Assert.True(Dleq.Verify(DleqContext.Evaluate, keyset.Keeper(reply.KeeperIndex)!.Y, [.. request.Blinded], [.. reply.Evaluated], reply.Proof));
        }
    }

    private static void CheckSubmission(JsonElement written, WeToo.Core.Keysets.Keyset keyset)
    {
        using var k = Scalar.TryParse(Bytes(written, "k"))!;
        using var z = Scalar.TryParse(Bytes(written, "z"))!;
        using var matcher = new SecretBytes(Bytes(written, "matcher_secret"));
        using var counselor = WeToo.Core.Age.AgeIdentity.TryParse(Text(written, "counselor_age"))!;
        var submission = Submission.TryParse(Bytes(written, "submission"))!;
        Assert.Null(submission.CheckParts());
        Assert.Null(submission.Filing.CheckSignature());

        var slips = SlipsMessage.TryParse(SealedBox.Open(matcher, keyset.Matcher.Span, submission.SlipsBox.Span)!)!;
        Assert.Null(slips.CheckSignature());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(slips.Bytes.Span), submission.Filing.SlipsSha256.ToArray());
        for (byte j = 0; j < Limits.SlipCount; j++)
        {
            var input = Convert.FromHexString(written.GetProperty("inputs")[j].GetString()!);
            var start = Chain.Start(OprfClient.Finalize(input, OprfClient.Blind(input, k)));
            Assert.Equal(Chain.Tag(Chain.Climb(start, 0, slips.LeastNumber - 1)), slips.Slips[j].Tag.ToArray());
            Assert.True(Mix.Verify(slips.Slips[j].Mix.Span, Mix.Binding(keyset.Deployment.Span, slips.Credential.Pseudonym.Span, slips.FilingId.Span, j)));
            for (byte rung = 0; rung <= slips.LeastNumber - 2; rung++)
            {
                var seed = slips.Seed(j, rung);
                Assert.True(Tdh2.Verify(seed.Header, slips.SeedLabel(j, rung)));
                Assert.Equal(Chain.Climb(start, 0, rung), Tdh2.Open(seed.Header.U.Times(z), seed.Header, slips.SeedLabel(j, rung), seed.Ciphertext.Span));
            }
        }

        CheckPackage(submission.Filing, PackageField.Contact, submission.Filing.Contact, submission.Contact, z, counselor, "contact/1");
        CheckPackage(submission.Filing, PackageField.Account, submission.Filing.Account, submission.Account, z, counselor, "account/1");
    }

    private static void CheckPackage(
        FilingMessage filing, PackageField field, SealedHeader header, ReadOnlyMemory<byte> ciphertext, Scalar z, WeToo.Core.Age.AgeIdentity counselor, string format)
    {
        Assert.True(Tdh2.Verify(header, filing.PackageLabel(field)));
        var package = Package.TryParse(Tdh2.Open(header.U.Times(z), header, filing.PackageLabel(field), ciphertext.Span)!)!;
        using var content = JsonDocument.Parse(WeToo.Core.Age.AgeFile.TryDecrypt(counselor, package.AgeFile)!);
        Assert.Equal(format, content.RootElement.GetProperty("wetoo").GetString());
        Assert.Single(package.Counselors);
    }

    private static string Text(JsonElement written, string name) => written.GetProperty(name).GetString()!;

    private static byte[] Bytes(JsonElement written, string name) => Convert.FromHexString(Text(written, name));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static string Hex(Scalar scalar)
    {
        var bytes = new byte[Scalar.Size];
        scalar.CopyTo(bytes);
        return Hex(bytes);
    }
}
