using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WeToo.Voices.Features.Allies;

/// <summary>Scenes to practise the five ways in which somebody beside it can help: without a script, also once the network is gone. They end in one plan.</summary>
internal sealed class PracticeModel(VoicesOptions options) : PageModel
{
    /// <summary>How many scenes there are, numbered from 1.</summary>
    internal const int SceneCount = 3;

    /// <summary>The five ways, four of them without facing anybody.</summary>
    internal static IReadOnlyList<string> Ways { get; } = ["distract", "delegate", "document", "delay", "direct"];

    /// <summary>Whether plans can be made here: they need mail.</summary>
    public bool CanPlan => options.Mail.Server is not null;
}
