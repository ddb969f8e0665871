using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeToo.Core.Evidence;
using WeToo.Core.Log;

namespace WeToo.Tool.Verifying;

/// <summary><c>wetoo verify</c>: anybody may check, without a network, when an account was there, and that it has not changed.</summary>
internal static class VerifyCommand
{
    internal static Command Create()
    {
        var package = new Argument<FileInfo>("package") { Description = "The package, a ZIP file." };
        var policy = new Option<FileInfo>("--policy") { Description = "Which logs and witnesses you believe (C2SP tlog-policy). Get it from them, not from the package.", HelpName = "file" };
        var authority = new Option<FileInfo>("--authority") { Description = "Certificates (PEM) of the timestamp authority that you believe.", HelpName = "file" };
        package.AcceptExistingOnly();
        policy.AcceptExistingOnly();
        authority.AcceptExistingOnly();
        var command = new Command("verify", "Check a package with its date: that these words and files existed then, and have not changed.") { package, policy, authority };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetRequiredValue(package), parsed.GetValue(policy), parsed.GetValue(authority), parsed.InvocationConfiguration.Output, cancel));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo package, FileInfo? policyFile, FileInfo? authorityFile, TextWriter output, CancellationToken cancel)
    {
        var policy = policyFile is null ? null : await PolicyAsync(policyFile, cancel);
        if (policyFile is not null && policy is null)
        {
            await output.WriteLineAsync($"{policyFile.Name} is no policy: nothing was checked.");
            return ExitCodes.Usage;
        }

        var verdict = await EvidenceArchive.ReadAsync(package, cancel) is { } held
            ? EvidenceVerdict.Of(held, policy, new Timestamps(authorityFile is null ? null : AuthoritiesIn(authorityFile)).Read)
            : EvidenceVerdict.NoPackage;
        foreach (var line in VerdictSayings.Of(verdict)) await output.WriteLineAsync(line);
        return !verdict.Matches ? ExitCodes.Refused : verdict.IsByItsOwnWord ? ExitCodes.Unproven : ExitCodes.Done;
    }

    private static async Task<LogPolicy?> PolicyAsync(FileInfo file, CancellationToken cancel) =>
        LogPolicy.TryParse(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file.FullName, cancel)));

    private static X509Certificate2Collection AuthoritiesIn(FileInfo file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file.FullName);
        return found.Count > 0 ? found : throw new InvalidDataException($"{file.Name} holds no certificate.");
    }
}
