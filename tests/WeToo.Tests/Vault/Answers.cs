namespace WeToo.Tests.Vault;

/// <summary>All of an answer that a caller can see, to compare with another.</summary>
internal static class Answers
{
    /// <summary>Status, headers but for the date, and body.</summary>
    internal static string Whole(HttpResponseMessage answer, string body) => string.Join(
        '\n',
        [
            $"{(int)answer.StatusCode} {answer.ReasonPhrase}",
            .. answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal),
            body,
        ]);
}
