using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WeToo.Voices.Pages;

/// <summary>Marks an endpoint whose answers <see cref="PageCache"/> may keep. Every page is one; others say so.</summary>
internal sealed class Kept
{
    internal static readonly Kept Mark = new();

    private Kept()
    {
    }

    internal static bool IsKept(Endpoint? endpoint) =>
        endpoint is not null && (endpoint.Metadata.GetMetadata<Kept>() is not null || endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null);
}
