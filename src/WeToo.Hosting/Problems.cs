using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeToo.Core;

namespace WeToo.Hosting;

/// <summary>
/// Turns a refusal into an RFC 9457 problem: the one place that knows HTTP status codes. A problem is the same bytes
/// for every request, so it can repeat no input and tell no secret.
/// </summary>
public static class Problems
{
    private static readonly FrozenDictionary<Refusal, Problem> s_all =
        Enum.GetValues<Refusal>().ToFrozenDictionary(why => why, why => new Problem(why));

    /// <summary>The answer of an endpoint that refuses.</summary>
    /// <param name="why">The reason.</param>
    /// <returns>The problem.</returns>
    public static IResult From(Refusal why) => s_all[why];

    /// <summary>Writes the problem from where there is no endpoint.</summary>
    /// <param name="http">A request whose answer has not begun.</param>
    /// <param name="why">The reason.</param>
    /// <returns>When it is written.</returns>
    public static Task WriteAsync(HttpContext http, Refusal why) => s_all[why].ExecuteAsync(http);

    /// <summary>The name of a refusal as it travels.</summary>
    /// <param name="why">The reason.</param>
    /// <returns><c>urn:wetoo:refusal:</c> and the name in kebab case.</returns>
    public static string TypeOf(Refusal why) =>
        $"urn:wetoo:refusal:{JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString())}";

    /// <summary>Reads another WeToo service's problem.</summary>
    /// <param name="body">The body of its answer.</param>
    /// <returns>The reason, or null when the body is not a problem with a type we know.</returns>
    public static Refusal? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var problem = JsonDocument.ParseValue(ref reader);
            return problem.RootElement.TryGetProperty("type", out var type)
                && s_all.Values.FirstOrDefault(known => type.ValueEquals(known.Type)) is { } found ? found.Why : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Status and title. A new refusal needs a line here: status first, then plain words for a person.</summary>
    internal static (int Status, string Title) Of(Refusal why) => why switch
    {
        Refusal.MalformedMessage => (400, "The message could not be read."),
        Refusal.MessageTooLarge => (413, "The message is too long."),
        Refusal.DeploymentForeign => (400, "The message is for another deployment of WeToo."),
        Refusal.WrongEpoch => (409, "The keys have changed. Load the new keyset and try again."),
        Refusal.RequestExpired => (400, "The date of the message is too far from today's. Check the clock of this device."),
        Refusal.RequestIdReused => (409, "Another message was already answered under this id."),
        Refusal.RequestReplayed => (409, "This request was already made."),
        Refusal.SignatureInvalid => (403, "The signature is not valid."),
        Refusal.CredentialForeign => (403, "The credential is of a registrar that is not known here."),
        Refusal.CredentialExpired => (403, "The credential has expired. Ask the registrar for a new one."),
        Refusal.CredentialInvalid => (403, "The credential is not valid."),
        Refusal.InvitationUnknown => (403, "The invitation code is not known."),
        Refusal.InvitationUsed => (409, "The invitation code was already used."),
        Refusal.WorkInsufficient => (403, "The proof of work does not meet the target."),
        Refusal.WorkExpired => (409, "The challenge has expired. Load a new one and try again."),
        Refusal.WorkSpent => (409, "The challenge was already used. Load a new one and try again."),
        Refusal.QuotaExhausted => (429, "No evaluations are left for now. Try again on another day."),
        Refusal.SealingInvalid => (400, "A sealed part does not verify."),
        Refusal.SizeClassUnknown => (400, "A sealed part does not have one of the agreed sizes."),
        Refusal.FilingIdReused => (409, "Another filing was already stored under this id."),
        Refusal.FilingUnknown => (404, "There is no such filing."),
        Refusal.FilingWithdrawn => (410, "The filing was withdrawn by its author."),
        Refusal.PseudonymRepeated => (409, "The evidence counts one person twice."),
        Refusal.TagMismatch => (409, "The evidence does not name one and the same person."),
        Refusal.RuleNotMet => (409, "Not enough people have named the same person."),
        Refusal.RosterUnknown => (409, "The list of counselors is not the current one."),
        Refusal.CounselorUnknown => (403, "The counselor is not on the list."),
        Refusal.OpeningMissing => (403, "Not enough keepers have signed that this filing opened."),
        Refusal.ContactFrozen => (409, "The author has stopped contact. Do not contact them."),
        Refusal.AccountReleased => (409, "The account was already released to its counselor."),
        Refusal.BoxRevisionStale => (409, "A newer copy is already stored."),
        Refusal.FileIdReused => (409, "Another file was already stored under this id."),
        Refusal.FilePartOutOfOrder => (409, "An earlier part of this file is missing."),
        Refusal.StorageFull => (507, "There is no more room for files of this author."),
        Refusal.CaseUnknown => (404, "There is no such case."),
        Refusal.KeysetNotApproved => (403, "The keeper's operator has not approved this keyset."),
        Refusal.NotAllowed => (403, "The caller may not use this."),
        Refusal.NotFound => (404, "There is nothing here."),
        Refusal.CrossSiteRequest => (403, "A page of another site made this request."),
        Refusal.KeysetInvalid => (400, "The keyset does not hold."),
        Refusal.CeremonyUnknown => (404, "There is no such ceremony."),
        Refusal.CeremonyOutOfOrder => (409, "The ceremony is at another step."),
        Refusal.CeremonyRefused => (403, "A party of the ceremony is not the accepted one, or sent what does not verify."),
        Refusal.AddendumOutOfOrder => (409, "Another addition stands here, or one before it is missing."),
        Refusal.NudgesOff => (404, "This place sends no mail."),
        Refusal.NudgeInvalid => (400, "The address, the text or the time of the mail is none."),
        Refusal.NudgeCodeWrong => (403, "The code is not the one that was sent, or was tried too often."),
        Refusal.NudgeLimit => (429, "Too many codes were sent of late. Try again later."),
        Refusal.TwoPeopleNeeded => (403, "A change of the team takes two people of it."),
        Refusal.DirectLimit => (429, "You have written to counselors as often as one may in a month. Those who have your account can still be written to."),
        Refusal.WritesFull => (503, "Too many people are writing here at this moment. Try again in a minute."),
        Refusal.WritesLimit => (429, "More is written here at this moment than people can look at. Try again later."),
        Refusal.IntakeClosed => (403, "This place is not open yet."),
        Refusal.NotWitnessed => (503, "Too few witnesses have seen this yet. Try again later."),
        Refusal.CheckMissing => (409, "Both checks come first: two people, and the same person."),
        Refusal.SignInNeeded => (401, "Sign in at your organisation first."),
        Refusal.StandInMissing => (409, "Somebody must stand in for each open case first."),
        Refusal.KeeperUnreachable => (502, "The keeper does not answer. Ask another."),
        Refusal.ServiceUnavailable => (503, "A service that is needed does not answer. Try again later."),
        Refusal.InternalFailure => (500, "Something failed here."),
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, $"Refusal.{why} needs a line in {nameof(Problems)}.{nameof(Of)}."),
    };

    private sealed class Problem : IResult
    {
        private readonly int _status;
        private readonly byte[] _body;

        internal Problem(Refusal why)
        {
            (_status, var title) = Of(why);
            (Why, Type) = (why, TypeOf(why));
            var text = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(title);
            _body = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"{{Type}}","title":"{{text}}","status":{{_status}}}""");
        }

        internal Refusal Why { get; }

        internal string Type { get; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = _status;
            httpContext.Response.ContentType = "application/problem+json";
            httpContext.Response.ContentLength = _body.Length;
            return httpContext.Response.Body.WriteAsync(_body, httpContext.RequestAborted).AsTask();
        }
    }
}
