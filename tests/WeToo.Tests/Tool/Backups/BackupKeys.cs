using System.Security.Cryptography;
using WeToo.Core.Age;

namespace WeToo.Tests.Tool.Backups;

/// <summary>An operator's age identity in a file, as <c>age-keygen</c> writes it.</summary>
internal sealed class BackupKeys
{
    internal BackupKeys(string folder)
    {
        using var identity = AgeIdentity.Random(RandomNumberGenerator.Fill);
        (Recipient, IdentityFile) = (identity.Recipient, Path.Combine(folder, $"{Path.GetRandomFileName()}.txt"));
        File.WriteAllText(IdentityFile, $"# public key: {identity.Recipient}\n{identity.Export()}\n");
    }

    internal string Recipient { get; }

    internal string IdentityFile { get; }
}
