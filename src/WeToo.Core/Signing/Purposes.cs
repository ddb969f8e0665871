namespace WeToo.Core.Signing;

/// <summary>An author asks keepers for an evaluation. WEP-1, section 4.</summary>
public sealed class EvaluationPurpose : IPurpose
{
    private EvaluationPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/evaluate"u8;
}

/// <summary>An author files. WEP-1, section 7.</summary>
public sealed class FilingPurpose : IPurpose
{
    private FilingPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/filing"u8;
}

/// <summary>An author writes to counselors at once. WEP-1, section 7.1.</summary>
public sealed class DirectPurpose : IPurpose
{
    private DirectPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/direct"u8;
}

/// <summary>Somebody looks into a mailbox, or says something in it. WEP-1, section 17.</summary>
public sealed class MailPurpose : IPurpose
{
    private MailPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/mail"u8;
}

/// <summary>An author stores one part of a file of their mailbox. WEP-1, section 17.</summary>
public sealed class MailPartPurpose : IPurpose
{
    private MailPartPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/mail-part"u8;
}

/// <summary>An author hands their slips to the matcher. WEP-1, section 7.</summary>
public sealed class SlipsPurpose : IPurpose
{
    private SlipsPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/slips"u8;
}

/// <summary>An author withdraws a filing. WEP-1, section 10.</summary>
public sealed class WithdrawalPurpose : IPurpose
{
    private WithdrawalPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/withdrawal"u8;
}

/// <summary>An author lets their counselor read the account. WEP-1, section 9.</summary>
public sealed class ConsentPurpose : IPurpose
{
    private ConsentPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/consent"u8;
}

/// <summary>An author adds to what they sealed. WEP-1, section 6.1.</summary>
public sealed class AddendumPurpose : IPurpose
{
    private AddendumPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/addendum"u8;
}

/// <summary>An author asks how their filings stand. WEP-1, section 11.</summary>
public sealed class StatusPurpose : IPurpose
{
    private StatusPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/status"u8;
}

/// <summary>An author stores their own copy. WEP-1, section 11.</summary>
public sealed class BoxPurpose : IPurpose
{
    private BoxPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/box"u8;
}

/// <summary>An author leaves a withdrawal for their stop code. WEP-1, section 10.1.</summary>
public sealed class StopPutPurpose : IPurpose
{
    private StopPutPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/stop-put"u8;
}

/// <summary>A stop code asks for what was left for it. WEP-1, section 10.1.</summary>
public sealed class StopPurpose : IPurpose
{
    private StopPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/stop"u8;
}

/// <summary>An author, or their stop code, stops contact. WEP-1, section 10.2.</summary>
public sealed class FreezePurpose : IPurpose
{
    private FreezePurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/freeze"u8;
}

/// <summary>An author takes a consent back. WEP-1, section 9.</summary>
public sealed class RevocationPurpose : IPurpose
{
    private RevocationPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/revocation"u8;
}

/// <summary>A counselor compared two filings of a match. WEP-1, section 9.1.</summary>
public sealed class FindingPurpose : IPurpose
{
    private FindingPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/finding"u8;
}

/// <summary>Somebody of the team stands by a legal hold of a case, or by its end. WEP-1, section 12.5.</summary>
public sealed class HoldPurpose : IPurpose
{
    private HoldPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/hold"u8;
}

/// <summary>A counselor has what an opened filing names evaluated once more. WEP-1, section 9.2.</summary>
public sealed class RecheckPurpose : IPurpose
{
    private RecheckPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/recheck"u8;
}

/// <summary>A counselor's request. WEP-1, section 12.</summary>
public sealed class DeskPurpose : IPurpose
{
    private DeskPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/desk"u8;
}

/// <summary>A keeper has opened the contact part of a filing. WEP-1, section 8.</summary>
public sealed class OpeningPurpose : IPurpose
{
    private OpeningPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/opening"u8;
}

/// <summary>A keeper stands by a keyset. WEP-1, section 2.</summary>
public sealed class KeysetPurpose : IPurpose
{
    private KeysetPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/keyset"u8;
}

/// <summary>Who sealed an account stands by the files of a package that shows it. spec/evidence.md.</summary>
public sealed class ManifestPurpose : IPurpose
{
    private ManifestPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/manifest"u8;
}

/// <summary>An author stores a part of a sealed file. WEP-1, section 15.</summary>
public sealed class FilePartPurpose : IPurpose
{
    private FilePartPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/file-part"u8;
}

/// <summary>Somebody asks for neutral mails, or for no more. WEP-1, section 16.</summary>
public sealed class NudgePutPurpose : IPurpose
{
    private NudgePutPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/nudge-put"u8;
}

/// <summary>Somebody asks which mails they get. WEP-1, section 16.</summary>
public sealed class NudgePurpose : IPurpose
{
    private NudgePurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/nudge"u8;
}

/// <summary>Somebody of the team stands by a change of it. WEP-1, section 2.1.</summary>
public sealed class TeamChangePurpose : IPurpose
{
    private TeamChangePurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/team-change"u8;
}

/// <summary>Somebody of the team asks keepers for an evaluation of their own identifiers. WEP-1, section 4.</summary>
public sealed class TeamEvaluationPurpose : IPurpose
{
    private TeamEvaluationPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/team-evaluate"u8;
}

/// <summary>Somebody of the team gives a keeper their conflict tags. WEP-1, section 8.1.</summary>
public sealed class ConflictPurpose : IPurpose
{
    private ConflictPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/conflict"u8;
}

/// <summary>A keeper says whom a case is not to be offered to. WEP-1, section 8.1.</summary>
public sealed class OfferPurpose : IPurpose
{
    private OfferPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/offer"u8;
}

/// <summary>An author would like to meet who named the same person, or takes that back. WEP-1, section 18.</summary>
public sealed class MeetPurpose : IPurpose
{
    private MeetPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/meet"u8;
}

/// <summary>A counselor says whose wish it is, and that both spoke about what it can mean. WEP-1, section 18.</summary>
public sealed class MeetVouchPurpose : IPurpose
{
    private MeetVouchPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/meet-vouch"u8;
}

/// <summary>An author says yes for the second time, with what the other gets. WEP-1, section 18.</summary>
public sealed class MeetPutPurpose : IPurpose
{
    private MeetPutPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/meet-put"u8;
}

/// <summary>A counselor would hand a case on. WEP-1, section 12.8.</summary>
public sealed class HandoverPurpose : IPurpose
{
    private HandoverPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/handover"u8;
}

/// <summary>An author says whether somebody else may have their case. WEP-1, section 12.8.</summary>
public sealed class HandoverAnswerPurpose : IPurpose
{
    private HandoverAnswerPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/handover-answer"u8;
}

/// <summary>An author asks others for notes, or asks no more. WEP-1, section 19.</summary>
public sealed class NoteBoxPurpose : IPurpose
{
    private NoteBoxPurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/note-box"u8;
}

/// <summary>Somebody who was asked leaves a note. WEP-1, section 19.</summary>
public sealed class NotePurpose : IPurpose
{
    private NotePurpose()
    {
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Tag => "wetoo/v1/note"u8;
}
