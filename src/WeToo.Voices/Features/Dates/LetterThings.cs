using System.Globalization;
using System.Text;
using WeToo.Core.Log;

namespace WeToo.Voices.Features.Dates;

/// <summary>What of a letter is dated, to the byte: kinds 7 and 8 of spec/log.md. Salts are public, so that everybody finds the entry of what everybody may read.</summary>
internal static class LetterThings
{
    /// <summary>One revision, as readers saw it.</summary>
    internal static string Revision(string path, long revision, string title, string source) =>
        string.Create(CultureInfo.InvariantCulture, $"wetoo/v1/letter\n{path}\n{revision}\n{title}\n\n{source}");

    /// <summary>How many signatures were shown or counted on a day.</summary>
    internal static string Count(byte[] work, long day, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"wetoo/v1/signatures\n{Convert.ToHexStringLower(work)}\n{DateTimeOffset.UnixEpoch.AddDays(day):yyyy-MM-dd}\n{count}\n");

    internal static byte[] EntryOf(EntryKind kind, string thing) => LogEntry.Of(kind, LogEntry.PublicSalt.Span, Encoding.UTF8.GetBytes(thing)).ToBytes();
}
