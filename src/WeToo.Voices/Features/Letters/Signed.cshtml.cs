using WeToo.Hosting.Storage;
using WeToo.Voices.Pages;

namespace WeToo.Voices.Features.Letters;

/// <summary>What everybody sees after the form: the same, whatever is known of the mailbox.</summary>
internal sealed class SignedModel(Database database) : ReadingPage(database)
{
    public string Path { get; private set; } = "";

    public void OnGet(string language, string slug) => Path = $"/{language}/letters/{slug}";
}
