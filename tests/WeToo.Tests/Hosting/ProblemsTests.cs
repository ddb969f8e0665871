using System.Text;
using System.Text.Json;
using WeToo.Core;
using WeToo.Hosting;
using Xunit;

namespace WeToo.Tests.Hosting;

public sealed class ProblemsTests
{
    public static TheoryData<Refusal> All => [.. Enum.GetValues<Refusal>()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_refusal_has_a_status_and_plain_words(Refusal why)
    {
        var (status, title) = Problems.Of(why);

        Assert.InRange(status, 400, 599);
        Assert.EndsWith(".", title, StringComparison.Ordinal);
        Assert.Equal(title, title.Trim());
    }

    [Fact]
    public void No_two_refusals_say_the_same() =>
        Assert.Distinct(Enum.GetValues<Refusal>().Select(why => Problems.Of(why).Title));

    [Fact]
    public void A_new_refusal_is_missed_with_a_hint_where_to_add_it()
    {
        var missed = Assert.Throws<ArgumentOutOfRangeException>(() => Problems.Of((Refusal)10_000));

        Assert.Contains("needs a line in Problems.Of", missed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_travels_in_kebab_case() =>
        Assert.Equal("urn:wetoo:refusal:malformed-message", Problems.TypeOf(Refusal.MalformedMessage));

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_problem_is_read_back_as_the_refusal_it_was(Refusal why)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;

        await Problems.WriteAsync(http, why);

        Assert.Equal("application/problem+json", http.Response.ContentType);
        Assert.Equal(Problems.Of(why).Status, http.Response.StatusCode);
        Assert.Equal(why, Problems.TryRead(body.ToArray()));
        Assert.Equal(["type", "title", "status"], JsonDocument.Parse(body.ToArray()).RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"urn:wetoo:refusal:made-up"}""")]
    [InlineData("<html>502</html>")]
    public void What_is_no_problem_of_ours_is_read_as_none(string body) =>
        Assert.Null(Problems.TryRead(Encoding.UTF8.GetBytes(body)));
}
