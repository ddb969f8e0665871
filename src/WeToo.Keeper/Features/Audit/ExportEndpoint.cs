using System.Text;
using WeToo.Keeper.Keys;

namespace WeToo.Keeper.Features.Audit;

/// <summary>
/// <c>GET /v1/audit</c>: the whole log as JSON lines, the first of which names the keeper. Digests only: nobody learns from it who
/// asked or what about.
/// </summary>
internal static class ExportEndpoint
{
    private const int PageSize = 1000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/audit", HandleAsync);

    private static async Task HandleAsync(HttpResponse response, Ledger ledger, KeeperKeys keys, CancellationToken cancel)
    {
        response.ContentType = "application/jsonl";
        await response.WriteAsync(KeeperAudit.Chain.First(keys.Signing.PublicKey.Span), cancel);
        for (var after = 0L; ;)
        {
            var page = await ledger.PageAsync(after, PageSize, cancel);
            var lines = new StringBuilder();
            foreach (var record in page) lines.Append(record.ToLine<AuditKind>());
            await response.WriteAsync(lines.ToString(), cancel);
            if (page.Count < PageSize) return;
            after = page[^1].Seq;
        }
    }
}
