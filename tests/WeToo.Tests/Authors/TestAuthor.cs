using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
using WeToo.Core.Sealing;
using WeToo.Core.Signing;
using WeToo.Tests.Keeper;
using WeToo.Tool.Authoring;

namespace WeToo.Tests.Authors;

/// <summary>What somebody filed, and what only they know of it.</summary>
/// <param name="Draft">Who files what.</param>
/// <param name="Submission">What goes to the vault.</param>
/// <param name="Starts">y_0 of each slip.</param>
internal sealed record TestFiling(FilingDraft Draft, Submission Submission, IReadOnlyList<byte[]> Starts)
{
    internal FilingMessage Message => Submission.Filing;

    internal string Id => Convert.ToHexStringLower(Message.FilingId.Span);
}

/// <summary>
/// A person with a credential who files as an author's app does, but for the evaluation: y_0 is a hash of the identifier in place of the keepers'
/// answer, which nobody can tell, and costs nothing. What is tested with it begins after the evaluation.
/// </summary>
internal sealed class TestAuthor
{
    private readonly Keyset _keyset;
    private readonly Keeper.Author _person;

    internal TestAuthor(Keyset keyset, TestRegistrar? registrar = null) => (_keyset, _person) = (keyset, new(keyset, registrar));

    /// <summary>A counselor for those tests in which nobody reads.</summary>
    internal static TeamMember SomeCounselor { get; } = new("Inès", AgeIdentity.Random(RandomNumberGenerator.Fill).Recipient, new byte[32]);

    internal SigningKey Pseudonym => _person.Pseudonym;

    internal Credential Credential => _person.Credential;

    /// <summary>Files.</summary>
    /// <param name="leastNumber">t.</param>
    /// <param name="identifiers">Up to four; the rest is padding.</param>
    internal TestFiling File(byte leastNumber, params string[] identifiers) => File(leastNumber, SomeCounselor, "It happened.", identifiers);

    /// <inheritdoc cref="File(byte, string[])"/>
    internal TestFiling File(byte leastNumber, TeamMember counselor, string text, params string[] identifiers)
    {
        EvaluatedSlip[] slips = [.. Enumerable.Range(0, Limits.SlipCount).Select(j => j < identifiers.Length ? Evaluate(identifiers[j]) : Evaluate(RandomNumberGenerator.GetHexString(32)))];
        return File(leastNumber, counselor, text, slips);
    }

    /// <summary>Files slips that were evaluated elsewhere, or made up.</summary>
    internal TestFiling File(byte leastNumber, TeamMember counselor, string text, IReadOnlyList<EvaluatedSlip> slips)
    {
        var draft = new FilingDraft(
            _keyset, Credential, Pseudonym, RandomNumberGenerator.GetBytes(Limits.IdSize), leastNumber, [counselor],
            ContentJson.Write(new ContactContent { CallMe = "A." }), ContentJson.Write(new AccountContent { Text = text }));
        return new(draft, draft.ToSubmission(slips, Keeper.Author.Today(TimeProvider.System), RandomNumberGenerator.Fill)!, [.. slips.Select(slip => slip.Start)]);
    }

    /// <summary>Files a tag that was seen somewhere, without knowing what leads to it: what is sealed under it is made up.</summary>
    /// <param name="leastNumber">t.</param>
    /// <param name="tag">The tag of another's first slip.</param>
    /// <param name="swapped">Whether the seals, too, are another slip's, so that they do not even verify.</param>
    internal TestFiling FileCopied(byte leastNumber, ReadOnlyMemory<byte> tag, bool swapped = false)
    {
        var made = File(leastNumber);
        var slips = SealedSlips(made.Draft, made.Starts);
        slips[0] = slips[0] with { Tag = tag, Seeds = swapped ? slips[1].Seeds : slips[0].Seeds };
        var message = SlipsMessage.Write(_keyset.Deployment.Span, _keyset.Epoch, made.Draft.FilingId, Credential, leastNumber, slips, Pseudonym);
        var filing = FilingMessage.Write(
            _keyset.Deployment.Span, _keyset.Epoch, made.Draft.FilingId, Credential, leastNumber, made.Message.Day,
            SHA256.HashData(message), made.Message.Contact, made.Message.Account, Pseudonym);
        return made with
        {
            Submission = made.Submission with
            {
                Filing = FilingMessage.TryParse(filing)!,
                SlipsBox = SealedBox.Seal(_keyset.Matcher.Span, message, RandomNumberGenerator.Fill),
            },
        };
    }

    /// <summary>The tag that a filing's first slip starts with.</summary>
    internal static byte[] FirstTag(TestFiling filing) =>
        Chain.Tag(Chain.Climb(filing.Starts[0], 0, filing.Draft.LeastNumber - 1));

    private Slip[] SealedSlips(FilingDraft draft, IReadOnlyList<byte[]> starts) =>
    [
        .. starts.Select((start, position) => new Slip(
            Chain.Tag(Chain.Climb(start, 0, draft.LeastNumber - 1)),
            [.. Enumerable.Range(0, draft.LeastNumber - 1).Reverse().Select(rung => SealSeed(draft, start, (byte)position, (byte)rung))],
            Mix.Encrypt(Evaluate("mix").N, _keyset.Z, Mix.Binding(_keyset.Deployment.Span, Pseudonym.PublicKey.Span, draft.FilingId, (byte)position), RandomNumberGenerator.Fill))),
    ];

    private SealedSeed SealSeed(FilingDraft draft, byte[] start, byte position, byte rung)
    {
        var label = Labels.Seed(_keyset.Deployment.Span, Pseudonym.PublicKey.Span, draft.FilingId, position, rung);
        var (header, ciphertext) = Tdh2.Seal(_keyset.Z, label, Chain.Climb(start, 0, rung), RandomNumberGenerator.Fill);
        return new(header, ciphertext);
    }

    /// <summary>Takes a filing back.</summary>
    internal byte[] Withdraw(TestFiling filing) =>
        WithdrawalMessage.Write(_keyset.Deployment.Span, filing.Message.FilingId.Span, Keeper.Author.Today(TimeProvider.System), Pseudonym);

    /// <summary>What the evaluation of an identifier gives here.</summary>
    internal EvaluatedSlip Evaluate(string identifier)
    {
        byte[] input = [.. _keyset.Deployment.Span, .. Encoding.UTF8.GetBytes(identifier)];
        return new(Element.HashFrom(input, "wetoo/test"u8), Chain.Start(SHA512.HashData(input)));
    }
}
