using System.Security.Cryptography;
using System.Text;
using WeToo.Core;
using WeToo.Core.Age;
using WeToo.Core.Filings;
using WeToo.Core.Group;
using WeToo.Core.Keysets;
using WeToo.Core.Ladder;
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
    internal static CounselorEntry SomeCounselor { get; } = new("Inès", AgeIdentity.Random(RandomNumberGenerator.Fill).Recipient, new byte[32]);

    internal SigningKey Pseudonym => _person.Pseudonym;

    internal Credential Credential => _person.Credential;

    /// <summary>Files.</summary>
    /// <param name="leastNumber">t.</param>
    /// <param name="identifiers">Up to four; the rest is padding.</param>
    internal TestFiling File(byte leastNumber, params string[] identifiers) => File(leastNumber, SomeCounselor, "It happened.", identifiers);

    /// <inheritdoc cref="File(byte, string[])"/>
    internal TestFiling File(byte leastNumber, CounselorEntry counselor, string text, params string[] identifiers)
    {
        EvaluatedSlip[] slips = [.. Enumerable.Range(0, Limits.SlipCount).Select(j => j < identifiers.Length ? Evaluate(identifiers[j]) : Evaluate(RandomNumberGenerator.GetHexString(32)))];
        return File(leastNumber, counselor, text, slips);
    }

    /// <summary>Files slips that were evaluated elsewhere, or made up.</summary>
    internal TestFiling File(byte leastNumber, CounselorEntry counselor, string text, IReadOnlyList<EvaluatedSlip> slips)
    {
        var draft = new FilingDraft(
            _keyset, Credential, Pseudonym, RandomNumberGenerator.GetBytes(Limits.IdSize), leastNumber, [counselor],
            ContentJson.Write(new ContactContent { CallMe = "A." }), ContentJson.Write(new AccountContent { Text = text }));
        return new(draft, draft.ToSubmission(slips, Keeper.Author.Today(TimeProvider.System), RandomNumberGenerator.Fill)!, [.. slips.Select(slip => slip.Start)]);
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
