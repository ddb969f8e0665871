using System.Net;
using WeToo.Tests.Tool;
using WeToo.Vault.Features.Site;
using Xunit;

namespace WeToo.Tests.Vault;

/// <summary>Anybody can read what is stored, in their language, without a script: row D7.</summary>
public sealed class StoredPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_tells_every_table_and_field_in_each_language_without_a_script_and_without_state()
    {
        await using var set = await VaultSet.StartAsync();
        Assert.DoesNotContain(set.Log.Lines, line => line.Contains("does not describe", StringComparison.Ordinal));

        foreach (var language in Stored.Languages)
        {
            var path = language == "en" ? "/stored" : $"/stored-{language}";
            using var answer = await set.Client.GetAsync(new Uri($"{path}?who=me", UriKind.Relative), Cancel);
            var page = await answer.Content.ReadAsStringAsync(Cancel);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal(
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'",
                Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal(await set.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel), page);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\">", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/bye\" rel=\"nofollow noreferrer\" data-leave", page, StringComparison.Ordinal);
            Told(page, language);
        }
    }

    [Fact]
    public async Task A_vault_whose_database_has_more_than_the_page_tells_says_so_at_its_start()
    {
        await using var set = await VaultSet.StartAsync();
        await set.Database.TransactAsync(session => session.Execute("CREATE TABLE visits (at_s integer NOT NULL, who text)"), Cancel);

        await set.StopVaultAsync();
        await set.StartVaultAsync();

        Assert.Contains("The database has 2 fields that the page of what is stored does not describe", set.Log.Lines);
    }

    [Fact]
    public async Task The_command_tells_the_same()
    {
        var ran = await Terminal.RunAsync("", "stored", "--language", "fr");

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        var texts = Stored.TextsIn("fr");
        foreach (var (host, tables) in Stored.Fields)
        {
            foreach (var (table, columns) in tables)
            {
                Assert.Contains($"  {host}.{table}: {Stored.TableText(texts, host, table)}", ran.Output, StringComparison.Ordinal);
                Assert.All(columns.Keys, column => Assert.Contains($"    {column}: {Stored.FieldText(texts, host, table, column)}", ran.Output, StringComparison.Ordinal));
            }
        }
    }

    private static void Told(string page, string language)
    {
        var texts = Stored.TextsIn(language);
        foreach (var (host, tables) in Stored.Fields)
        {
            foreach (var (table, columns) in tables)
            {
                var told = page[page.IndexOf($"<details id=\"{host}.{table}\">", StringComparison.Ordinal)..];
                told = told[..told.IndexOf("</details>", StringComparison.Ordinal)];
                Assert.Contains($"<summary><span>{Stored.TableText(texts, host, table)} <code", told, StringComparison.Ordinal);
                Assert.All(columns.Keys, column => Assert.Contains(
                    $"<dt><code dir=\"ltr\" translate=\"no\">{column}</code></dt><dd>{Stored.FieldText(texts, host, table, column)}</dd>", told, StringComparison.Ordinal));
            }
        }
    }
}
