namespace WeToo.Tool.Authoring;

/// <summary>Refusals and states, for people.</summary>
internal static class Sayings
{
    internal static string Of(string refused) => refused switch
    {
        ServerAnswer.Unreachable => "Nobody answers at this address.",
        "service-unavailable" => "The service is not ready; nothing was lost. Try again later.",
        "keeper-unreachable" => "Too few keepers answer at the moment.",
        "keyset-invalid" => "The keys that this address offers do not verify. Do not use it.",
        "keyset-changed" => "The keys of this deployment are not the ones you know. Do not use it before somebody explains why.",
        "no-counselor" => "This deployment has no counselor yet, so nobody could ever read your account.",
        "invitation-unknown" => "There is no such invitation.",
        "invitation-used" => "This invitation was already used.",
        "quota-exhausted" => "You have asked as often as one person may for now. It works again tomorrow.",
        "request-expired" => "The clock of this machine is wrong by more than a day.",
        "filing-unknown" => "You have no such filing.",
        "filing-withdrawn" => "This filing was withdrawn.",
        "size-class-unknown" => "The account is longer than a megabyte.",
        _ => $"Refused: {refused}.",
    };

    internal static string OfState(string state) => state switch
    {
        "sealed" => "sealed: nobody can read it",
        "checking" => "we are still checking; a counselor may write to you in the way you chose",
        "joined" => "kept for its date: you wrote again later, and that one counts",
        "opened" => "opened: as many as you asked for named this person; a counselor can reach you",
        "consented" => "opened, and you let the counselor read what happened",
        "released" => "the counselor can read what happened",
        "withdrawn" => "withdrawn",
        "ended" => "ended, and deleted by us as you were told: your own copy stays yours",
        _ => state,
    };
}
