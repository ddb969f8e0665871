using System.Text;

namespace WeToo.Tool.Up;

/// <summary>What <c>wetoo up</c> says once everything listens.</summary>
internal static class Banner
{
    internal static string CounselorLink(Uri vault, string invitation) => new Uri(vault, $"desk#{invitation}").ToString();

    internal static string Write(UpPlan plan, Deployment deployment, IReadOnlyList<string> invitations, string? counselor)
    {
        var text = new StringBuilder();
        text.AppendLine(Line).AppendLine(
            """
              ALL KEYS ARE ON THIS ONE MACHINE. Whoever controls it can open every account.
              That is right for trying WeToo out, and wrong for people who trust you with
              what happened to them: give each keeper to an organisation of its own.
            """).AppendLine(Line).AppendLine();
        text.AppendLine($"  For authors       {deployment.Ports.Vault}");
        text.AppendLine($"  For counselors    {new Uri(deployment.Ports.Vault, "desk")}");
        text.AppendLine($"  Data              {plan.Folder.Root}").AppendLine();
        text.AppendLine(plan.OpenUnready
            ? "  Intake is OPEN FOR TRYING OUT, although nobody may be there to answer (--try)."
            : $"""
                Intake is {(deployment.IsOpen ? "open" : "CLOSED")}: {deployment.Staffing}.
                It opens by itself once there are enough. To try things out without a team, start with --try.
              """).AppendLine();
        if (counselor is not null)
            text.AppendLine("  The first counselor opens this link, once:").AppendLine($"    {CounselorLink(deployment.Ports.Vault, counselor)}").AppendLine();
        if (invitations.Count > 0)
        {
            text.AppendLine("  Invitation codes, one for each author; they are not shown again:");
            foreach (var code in invitations) text.AppendLine($"    {code}");
            text.AppendLine();
        }

        text.AppendLine($"  Matcher {deployment.Ports.Matcher.Authority}, registrar {deployment.Ports.Registrar.Authority}, keepers {string.Join(", ", deployment.Ports.Keepers.Select(url => url.Authority))}");
        var policy = deployment.FirstKeyset.Keyset.Policy;
        text.AppendLine($"  A filing is looked at {Delay(policy.DelayHoursLeast, policy.DelayHoursMost)}. Ctrl-C stops.").AppendLine();
        return text.ToString();
    }

    private static string Line => new('=', 84);

    private static string Delay(int least, int most) => (least, most) switch
    {
        (0, 0) => "at once",
        _ when least == most => $"after {least} hours",
        _ => $"after {least} to {most} hours, at random",
    };
}
