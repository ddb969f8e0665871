using WeToo.Core.Log;
using WeToo.Hosting;

namespace WeToo.Log.Features.Entries;

/// <summary>Who may add what: a publication what is of letters, the vault all the rest. Neither can write in the other's name.</summary>
internal sealed class AppendKeys(LogOptions options) : IDisposable
{
    private readonly CallerKey _vault = new(options.AppendKeyFile);
    private readonly CallerKey? _letters = options.LettersKeyFile.Length > 0 ? new(options.LettersKeyFile) : null;

    /// <summary>Which kinds this caller may add; null for a stranger.</summary>
    internal Predicate<EntryKind>? KindsOf(HttpRequest http) =>
        _letters?.Admits(http) == true ? IsOfLetters : _vault.Admits(http) ? kind => !IsOfLetters(kind) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _vault.Dispose();
        _letters?.Dispose();
    }

    private static bool IsOfLetters(EntryKind kind) => kind is EntryKind.LetterRevision or EntryKind.SignatureCount;
}
