using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WeToo.Hosting.Storage;
using WeToo.Voices.Features.Pieces;
using Xunit;

namespace WeToo.Tests.Voices;

/// <summary>What readers said through W3C's Web Annotation: every MUST of the data model by its schemas, and every line of the protocol's tester.</summary>
public sealed partial class AnnotationTests
{
    private const string Site = "https://voices.example";
    private const string Letter = "/en/letters/two-days";
    private const string Container = $"{Site}{Letter}/annotations/";
    private const string Profile = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";
    private const string Minimal = "return=representation;include=\"http://www.w3.org/ns/ldp#PreferMinimalContainer\"";

    private static readonly Draft s_draft = new("Two days", "We ask two things of the board.\n\n1. Answer within **two** days. 🌿\n2. Publish the figures of each year.\n\n?> What would it take?");

    private static readonly JsonElement s_musts = Vectors.Read("web-annotation/musts.json").RootElement;
    private static readonly JsonElement s_samples = Vectors.Read("web-annotation/samples.json").RootElement;
    private static readonly DraftFour s_schemas = new(s_musts.GetProperty("definitions"));

    public static TheoryData<Engine> Both => Engines.Both;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_schemas_tell_W3Cs_own_samples_apart()
    {
        Assert.Equal((54, 10, 15), (Musts("annotationMusts").Count, Musts("collectionMusts").Count, Musts("pageMusts").Count));
        var correct = s_samples.GetProperty("correct").EnumerateObject().Where(sample => sample.Name.StartsWith("anno", StringComparison.Ordinal)).ToList();
        var incorrect = s_samples.GetProperty("incorrect").EnumerateObject().ToList();

        Assert.Equal(["anno11.json", "anno12.json", "anno13.json"], correct.Where(sample => Broken("annotationMusts", sample.Value).Count > 0).Select(sample => sample.Name)); // Sets, which the model has no more.
        Assert.Equal([], incorrect.Where(sample => Broken("annotationMusts", sample.Value).Count == 0).Select(sample => sample.Name));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Every_annotation_page_and_container_holds_every_MUST_of_the_data_model(Engine engine)
    {
        await using var voices = await StartAsync(engine);
        await SayEverythingAsync(voices, 26);
        var piece = await PieceAsync(voices);
        await voices.ReviseAsync(piece, s_draft with { Source = "We ask one thing of the board.\n\n1. Answer within two working days. 🌿\n\n?> What would it take?" });

        var containers = new List<JsonNode> { await ReadAsync(voices, Container), await ReadAsync(voices, Container, Minimal), await ReadAsync(voices, $"{Container}?iris=1") };
        Assert.All(containers, container => Assert.Empty(Broken("collectionMusts", container)));
        var pages = new List<JsonNode> { await ReadAsync(voices, $"{Container}?iris=0&page=0"), await ReadAsync(voices, $"{Container}?iris=0&page=1") };
        Assert.All(pages, page => Assert.Empty(Broken("pageMusts", page)));

        var annotations = pages.SelectMany(page => page["items"]!.AsArray()).ToList();
        Assert.Equal(34, annotations.Count);
        Assert.All(annotations, annotation => Assert.Empty(Broken("annotationMusts", annotation!)));
        Assert.Equal(annotations.Select(one => (string)one!["id"]!), (await ReadAsync(voices, $"{Container}?iris=1&page=0"))["items"]!.AsArray().Concat((await ReadAsync(voices, $"{Container}?iris=1&page=1"))["items"]!.AsArray()).Select(one => (string)one!));

        // Kept, edited and gone: where the words are now, or what they were.
        var states = annotations.Where(one => one!["target"] is JsonObject).Select(one => Shape(one!["target"]!)).ToList();
        Assert.Equal(["Answer within two working days. 🌿|31-64", "the figures of each year|at", "What would it take?|65-84"], states);
    }

    [Fact]
    public async Task Every_line_of_the_protocols_tester_is_met()
    {
        await using var voices = await StartAsync();
        await SayEverythingAsync(voices, 26);
        var met = new List<(string Line, bool IsMet)>();
        void Check(string line, bool isMet) => met.Add((line, isMet));

        var container = await SendAsync(voices, HttpMethod.Get, Container);
        CheckContainer(Check, container);
        Check("Containers MUST support HEAD method", (await SendAsync(voices, HttpMethod.Head, Container)) is { Status: HttpStatusCode.OK, Body: null } head && head.Header("ETag") == container.Header("ETag"));
        Check("Containers MUST support OPTIONS method", (await SendAsync(voices, HttpMethod.Options, Container)).Status == HttpStatusCode.OK);
        Check("A container that takes POST MUST say what it takes", (await SendAsync(voices, HttpMethod.Options, Container)).Header("Accept-Post") == Profile && container.Header("Accept-Post") == Profile);
        await CheckPagesAsync(Check, voices, container);

        var address = (string)container.Json["first"]!["items"]![0]!["id"]!;
        CheckAnnotation(Check, await SendAsync(voices, HttpMethod.Get, address));
        Check("Annotations MUST support HEAD method", (await SendAsync(voices, HttpMethod.Head, address)).Status == HttpStatusCode.OK);
        Check("Annotations MUST support OPTIONS method", (await SendAsync(voices, HttpMethod.Options, address)).Status == HttpStatusCode.OK);
        await CheckWritingAsync(Check, voices);
        await CheckPreferenceAsync(Check, voices);

        Assert.Empty(met.Where(line => !line.IsMet).Select(line => line.Line));
        Assert.InRange(met.Count, 49, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_is_written_through_the_protocol_goes_the_way_of_every_answer(Engine engine)
    {
        await using var voices = await StartAsync(engine, "held");
        var written = await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("Held words.", Words("Answer within two"), "disagree"));
        Assert.Equal(HttpStatusCode.Created, written.Status);
        var address = written.Header("Location");
        var key = OwnKey().Match(written.Header("Link")).Groups[1].Value;

        Assert.DoesNotContain("Held words", await voices.ReadAsync(Letter + "/comments"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(voices, HttpMethod.Get, address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(voices, HttpMethod.Get, address, key: key)).Status);
        Assert.Equal(0, (int)(await ReadAsync(voices, Container))["total"]!);
        Assert.Contains("Held words", await voices.ReadAsync($"/en/comments/{key}"), StringComparison.Ordinal);

        await voices.Database.TransactAsync(session => session.Execute("UPDATE comments SET state = 'shown'"), Cancel);
        Assert.Equal("disagree", (string)(await ReadAsync(voices, address))["body"]![1]!["value"]!);
        var answer = await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("An answer.", JsonValue.Create(address)));
        Assert.Equal((HttpStatusCode.Created, "replying", address), (answer.Status, (string)answer.Json["motivation"]!, (string)answer.Json["target"]!));
    }

    [Fact]
    public async Task Only_who_holds_its_link_changes_and_deletes_an_annotation_and_only_the_one_that_they_read()
    {
        await using var voices = await StartAsync();
        var written = await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("Frist.", JsonValue.Create(Site + Letter)));
        var (address, key) = (written.Header("Location"), OwnKey().Match(written.Header("Link")).Groups[1].Value);
        var other = OwnKey().Match((await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("Other.", JsonValue.Create(Site + Letter)))).Header("Link")).Groups[1].Value;

        foreach (var wrong in (string?[])[null, other, "x"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(voices, HttpMethod.Put, address, body: Annotation("Theirs.", JsonValue.Create(Site + Letter)), key: wrong)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(voices, HttpMethod.Delete, address, key: wrong)).Status);
        }

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(voices, HttpMethod.Put, address, body: Annotation("First.", JsonValue.Create(Site + Letter)), key: key, match: "\"0\"")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(voices, HttpMethod.Put, address, body: Annotation("First.", Words("two")), key: key)).Status);
        var changed = await SendAsync(voices, HttpMethod.Put, address, body: Annotation("First.", JsonValue.Create(Site + Letter)), key: key, match: written.Header("ETag"));
        Assert.Equal((HttpStatusCode.OK, "<p>First.</p>\n"), (changed.Status, (string)changed.Json["body"]!["value"]!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(voices, HttpMethod.Delete, address, key: key, match: written.Header("ETag"))).Status);

        voices.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(voices, HttpMethod.Put, address, body: Annotation("Late.", JsonValue.Create(Site + Letter)), key: key)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(voices, HttpMethod.Delete, address, key: key, match: changed.Header("ETag"))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await SendAsync(voices, HttpMethod.Get, address)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await SendAsync(voices, HttpMethod.Delete, address, key: key)).Status);
    }

    [Fact]
    public async Task What_is_no_annotation_or_cannot_be_kept_is_refused_and_nothing_is_written()
    {
        await using var voices = await StartAsync();
        var whole = JsonValue.Create(Site + Letter);
        var html = Annotation("<p>x</p>", whole.DeepClone());
        html["body"]!["format"] = "text/html";
        var both = Annotation("x", whole.DeepClone());
        both["bodyValue"] = "y";
        var foreign = Annotation("x", whole.DeepClone());
        foreign["@context"] = "http://schema.org";
        var relative = Annotation("x", whole.DeepClone());
        relative["canonical"] = "javascript";
        var running = Annotation("x", whole.DeepClone());
        running["id"] = "javascript:alert(1)";
        var wordy = Annotation("x", whole.DeepClone());
        wordy["canonical"] = "data:text/plain,words that nobody has looked at";

        string[] refused =
        [
            "", "[]", "{", "{\"a\":1,\"a\":2}", new string('[', 100), "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"Annotation\",\"bodyValue\":\"\\ud800\",\"target\":\"" + Site + Letter + "\"}",
            html.ToJsonString(), both.ToJsonString(), foreign.ToJsonString(), relative.ToJsonString(), running.ToJsonString(), wordy.ToJsonString(),
            Annotation("x", JsonValue.Create("http://other.example/")).ToJsonString(), Annotation("x", Words("words that are not there")).ToJsonString(), Annotation("x", Words("a")).ToJsonString(),
            Annotation("", whole.DeepClone()).ToJsonString(), Annotation(new string('x', 5001), whole.DeepClone()).ToJsonString(), Annotation("x", new JsonArray(whole.DeepClone(), whole.DeepClone())).ToJsonString(),
            Annotation("x", JsonValue.Create(Container + new string('0', 32))).ToJsonString(),
        ];
        foreach (var body in refused) Assert.Equal((body, HttpStatusCode.BadRequest), (body, (await SendAsync(voices, HttpMethod.Post, Container, text: body)).Status));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(voices, HttpMethod.Post, Container, body: Annotation(new string('x', 70_000), whole.DeepClone()))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("x", whole.DeepClone()), type: "text/turtle")).Status);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await SendAsync(voices, HttpMethod.Get, Container, accept: "text/turtle")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(voices, HttpMethod.Get, $"{Container}?page=7")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(voices, HttpMethod.Get, $"{Container}?page=-1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(voices, HttpMethod.Get, $"{Site}/en/letters/none/annotations/")).Status);
        Assert.Equal(0, await voices.Database.ReadAsync(session => session.QueryOne<long>("SELECT count(*) FROM comments"), Cancel));

        await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(await PieceAsync(voices)), "off", null, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(voices, HttpMethod.Post, Container, body: Annotation("x", whole))).Status);
    }

    private static void CheckContainer(Action<string, bool> check, Answer container)
    {
        check("Container MUST end in a \"/\" character", Container.EndsWith('/') && container.Status == HttpStatusCode.OK);
        check("Containers MUST support GET (check Allow on GET)", container.Header("Allow").Contains("GET", StringComparison.Ordinal));
        check("Containers MUST support HEAD (check Allow on GET)", container.Header("Allow").Contains("HEAD", StringComparison.Ordinal));
        check("Containers MUST support OPTIONS (check Allow on GET)", container.Header("Allow").Contains("OPTIONS", StringComparison.Ordinal));
        check("Containers MUST have a Content-Type header with the application/ld+json media type", container.Header("Content-Type") == Profile);
        check("Containers MUST respond with the JSON-LD representation by default", container.Json["@context"] is not null);
        check("Containers MUST return a description of the container with BasicContainer", Types(container.Json).Contains("BasicContainer"));
        check("Containers MUST return a description of the container with AnnotationCollection", Types(container.Json).Contains("AnnotationCollection"));
        check("Containers MUST return a Link header on all responses", container.Header("Link").Length > 0);
        check("Containers MUST have an ETag header", container.Header("ETag") is ['"', .., '"']);
        check("Containers MUST have a Vary header with Accept in the value", container.Header("Vary").Contains("Accept", StringComparison.Ordinal));
        check("Containers MUST advertise their type", container.Header("Link").Contains("<http://www.w3.org/ns/ldp#BasicContainer>; rel=\"type\"", StringComparison.Ordinal));
        check("Containers MUST advertise the constraints of the protocol", container.Header("Link").Contains("<http://www.w3.org/TR/annotation-protocol/>; rel=\"http://www.w3.org/ns/ldp#constrainedBy\"", StringComparison.Ordinal));
        check("Containers MUST include a Content-Location header with the IRI as its value", container.Header("Content-Location").StartsWith(Container, StringComparison.Ordinal));
        check("A container's Content-Location and id MUST match", container.Header("Content-Location") == (string)container.Json["id"]!);
        check("A container with annotations MUST have its first page", container.Json["first"] is JsonObject);
        check("A container with annotations MUST have its last page", (string?)container.Json["last"] == $"{Container}?iris=0&page=1");
    }

    private static async Task CheckPagesAsync(Action<string, bool> check, RunningVoices voices, Answer container)
    {
        var first = await SendAsync(voices, HttpMethod.Get, (string)container.Json["first"]!["id"]!);
        var last = await SendAsync(voices, HttpMethod.Get, (string)container.Json["last"]!);
        check("Annotation pages MUST have a link to the container, using partOf", (string?)first.Json["partOf"]!["id"] == (string)container.Json["id"]! && last.Json["partOf"] is not null);
        check("Annotation pages MUST have a link to the previous page, if not the first", (string?)last.Json["prev"] == (string)first.Json["id"]! && first.Json["prev"] is null);
        check("Annotation pages MUST have a link to the next page, if not the last", (string?)first.Json["next"] == (string)last.Json["id"]! && last.Json["next"] is null);
        check("Annotation pages MUST say where their items begin", ((int)first.Json["startIndex"]!, (int)last.Json["startIndex"]!) == (0, 20));
        check("Pages MUST NOT be containers", !first.Header("Link").Contains("BasicContainer", StringComparison.Ordinal) && !first.Header("Allow").Contains("POST", StringComparison.Ordinal));
        check("SHOULD return the full annotation descriptions", first.Json["items"]!.AsArray().All(item => item!["@context"] is not null));
        check("Unchanged is 304", (await SendAsync(voices, HttpMethod.Get, Container, match: container.Header("ETag"))).Status == HttpStatusCode.NotModified);
    }

    private static void CheckAnnotation(Action<string, bool> check, Answer annotation)
    {
        check("Annotations MUST support GET (check Allow on GET)", annotation.Header("Allow").Contains("GET", StringComparison.Ordinal));
        check("Annotations MUST support HEAD (check Allow on GET)", annotation.Header("Allow").Contains("HEAD", StringComparison.Ordinal));
        check("Annotations MUST support OPTIONS (check Allow on GET)", annotation.Header("Allow").Contains("OPTIONS", StringComparison.Ordinal));
        check("Annotations MUST have a Content-Type header with the application/ld+json media type", annotation.Header("Content-Type") == Profile);
        check("Annotations MUST have a Link to ldp#Resource as their type", annotation.Header("Link").Contains("<http://www.w3.org/ns/ldp#Resource>; rel=\"type\"", StringComparison.Ordinal));
        check("Annotations MUST have an ETag header", annotation.Header("ETag") is ['"', .., '"']);
        check("Annotations MUST have a Vary header with Accept in the value", annotation.Header("Vary").Contains("Accept", StringComparison.Ordinal));
    }

    private static async Task CheckWritingAsync(Action<string, bool> check, RunningVoices voices)
    {
        var sent = Annotation("I like this page!", JsonValue.Create(Site + Letter));
        (sent["canonical"], sent["id"]) = ("urn:uuid:0f2a2d0e-5d3c-4c84-9d5a-0d8e6a1f0001", "https://elsewhere.example/anno/1");
        var created = await SendAsync(voices, HttpMethod.Post, Container, body: sent);
        var (id, key) = ((string)created.Json["id"]!, OwnKey().Match(created.Header("Link")).Groups[1].Value);
        check("A created annotation MUST have an id property", id.Length > 0);
        check("A created annotation MUST have an id that starts with the container's IRI", id.StartsWith(Container, StringComparison.Ordinal));
        check("A created annotation MUST preserve any canonical IRI", (string?)created.Json["canonical"] == (string)sent["canonical"]!);
        check("The id that was sent SHOULD be kept as via", (string?)created.Json["via"] == "https://elsewhere.example/anno/1");
        check("The server MUST respond with 201 Created", created.Status == HttpStatusCode.Created);
        check("Location SHOULD match the id of the new annotation", created.Header("Location") == id);
        check("What was created is at its address", JsonNode.DeepEquals((await SendAsync(voices, HttpMethod.Get, id)).Json, created.Json));

        sent["body"]!["value"] = "I like it more.";
        var changed = await SendAsync(voices, HttpMethod.Put, id, body: sent, key: key);
        check("An annotation's update MUST be done with the PUT method", changed.Status == HttpStatusCode.OK && (string?)changed.Json["body"]!["value"] == "<p>I like it more.</p>\n" && changed.Json["modified"] is not null);
        check("Deletion with the DELETE method MUST return a 204 status", (await SendAsync(voices, HttpMethod.Delete, id, key: key)).Status == HttpStatusCode.NoContent);
        check("What was deleted is not there, and its IRI is not given again", (await SendAsync(voices, HttpMethod.Get, id)).Status == HttpStatusCode.Gone);
        check("A server SHOULD use HTTPS", id.StartsWith("https:", StringComparison.Ordinal));
    }

    private static async Task CheckPreferenceAsync(Action<string, bool> check, RunningVoices voices)
    {
        var minimal = await SendAsync(voices, HttpMethod.Get, Container, prefer: Minimal);
        check("SHOULD include the total number of annotations", (int?)minimal.Json["total"] == 34);
        check("SHOULD have a link to the first page using first", minimal.Json["first"] is JsonValue);
        check("SHOULD have a link to the last page using last", minimal.Json["last"] is JsonValue);
        check("SHOULD NOT contain annotations via items", minimal.Json["items"] is null);
        check("SHOULD NOT contain annotations via ldp:contains", minimal.Json["ldp:contains"] is null);
        check("SHOULD include Prefer in the Vary header", minimal.Header("Vary").Contains("Prefer", StringComparison.Ordinal));
        check("SHOULD NOT send a Prefer header", minimal.Header("Prefer").Length == 0);
        check("Both contained IRIs and descriptions MUST NOT be asked for", (await SendAsync(voices, HttpMethod.Get, Container, prefer: "return=representation;include=\"http://www.w3.org/ns/oa#PreferContainedIRIs http://www.w3.org/ns/oa#PreferContainedDescriptions\"")).Status == HttpStatusCode.BadRequest);
        check("The piece says where its annotations are", (await voices.ReadAsync(Letter)).Contains($"<link rel=\"http://www.w3.org/ns/oa#annotationService\" href=\"{Letter}/annotations/\">", StringComparison.Ordinal));
    }

    private static async Task<RunningVoices> StartAsync(Engine engine = Engine.Sqlite, string replies = "open")
    {
        var voices = await RunningVoices.StartAsync(engine, options => options.PublicUrl = new(Site));
        var piece = await voices.PublishAsync("letter", "two-days", s_draft);
        Assert.Null(await voices.Editions.AllowRepliesAsync(await voices.WorkOfAsync(piece), replies, null, Cancel));
        return voices;
    }

    /// <summary>One of each kind on some words, an answer, and as many comments on the whole.</summary>
    private static async Task SayEverythingAsync(RunningVoices voices, int whole)
    {
        var all = new List<JsonObject> { Annotation("One.", Words("Answer within two days. 🌿"), "agree"), Annotation("Two.", Words("the figures of each year"), "question"), Annotation("Three.", Words("What would it take?"), "suggestion") };
        all.AddRange(((string[])["disagree", "fact", "note"]).Select(kind => Annotation($"On the whole, {kind}.", JsonValue.Create(Site + Letter))));
        all.AddRange(Enumerable.Range(0, whole).Select(i => Annotation($"Number {i}.", JsonValue.Create(Site + Letter))));
        foreach (var one in all)
        {
            voices.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.Created, (await SendAsync(voices, HttpMethod.Post, Container, body: one)).Status);
        }

        var first = (string)(await ReadAsync(voices, Container))["first"]!["items"]![0]!["id"]!;
        foreach (var text in (string[])["Yes.", "No."])
        {
            voices.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.Created, (await SendAsync(voices, HttpMethod.Post, Container, body: Annotation(text, JsonValue.Create(first)))).Status);
        }
    }

    private static JsonObject Annotation(string words, JsonNode target, string? kind = null)
    {
        var body = new JsonObject { ["type"] = "TextualBody", ["value"] = words, ["format"] = "text/plain" };
        return new()
        {
            ["@context"] = "http://www.w3.org/ns/anno.jsonld", ["type"] = "Annotation", ["creator"] = new JsonObject { ["type"] = "Person", ["name"] = "Jo" },
            ["body"] = kind is null ? body : new JsonArray(body, new JsonObject { ["type"] = "TextualBody", ["value"] = kind, ["purpose"] = "tagging" }), ["target"] = target,
        };
    }

    private static JsonObject Words(string exact) =>
        new() { ["type"] = "SpecificResource", ["source"] = Site + Letter, ["selector"] = new JsonObject { ["type"] = "TextQuoteSelector", ["exact"] = exact } };

    private static string Shape(JsonNode target) => target["selector"] is JsonArray both
        ? $"{both[0]!["exact"]}|{both[1]!["start"]}-{both[1]!["end"]}"
        : $"{target["selector"]!["exact"]}|{(target["state"]!["sourceDate"] is not null ? "at" : "")}";

    private static IReadOnlyList<JsonProperty> Musts(string group) => [.. s_musts.GetProperty("musts").GetProperty(group).EnumerateObject()];

    private static IReadOnlyList<string> Broken(string group, JsonElement value) => [.. Musts(group).Where(must => !s_schemas.Holds(must.Value, must.Value, value)).Select(must => must.Name)];

    private static IReadOnlyList<string> Broken(string group, JsonNode value) => Broken(group, JsonElement.Parse(value.ToJsonString()));

    private static IEnumerable<string> Types(JsonNode node) => node["type"]!.AsArray().Select(type => (string)type!);

    private static Task<byte[]> PieceAsync(RunningVoices voices) => voices.Database.ReadAsync(session => session.QueryOne<byte[]>("SELECT piece_id FROM pieces")!, Cancel);

    private static async Task<JsonNode> ReadAsync(RunningVoices voices, string address, string? prefer = null) => (await SendAsync(voices, HttpMethod.Get, address, prefer: prefer)).Json;

    private static async Task<Answer> SendAsync(
        RunningVoices voices, HttpMethod method, string address, JsonNode? body = null, string? text = null, string type = Profile, string? key = null, string? match = null, string? prefer = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address[Site.Length..], UriKind.Relative));
        if ((text ?? body?.ToJsonString()) is { } content) request.Content = new StringContent(content, Encoding.UTF8) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (match is not null) request.Headers.TryAddWithoutValidation(method == HttpMethod.Get ? "If-None-Match" : "If-Match", match);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        if (accept is not null) request.Headers.Add("Accept", accept);
        using var answer = await voices.Client.SendAsync(request, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(answer.StatusCode, headers, said.Length > 0 ? said : null);
    }

    private sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string? Body)
    {
        internal JsonNode Json => JsonNode.Parse(Body!)!;

        internal string Header(string name) => Headers.GetValueOrDefault(name, "");
    }

    [GeneratedRegex("/en/comments/([A-Za-z0-9_-]+)>; rel=\"edit\"")]
    private static partial Regex OwnKey();
}
