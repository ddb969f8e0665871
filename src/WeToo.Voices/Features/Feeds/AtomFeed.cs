using System.Globalization;
using System.Text;
using System.Xml;
using WeToo.Voices.Texts;

namespace WeToo.Voices.Features.Feeds;

/// <summary>A feed as Atom, RFC 4287.</summary>
internal static class AtomFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    internal static IResult Write(Feed feed, Visit visit)
    {
        using var memory = new MemoryStream();
        using (var xml = XmlWriter.Create(memory, new() { Encoding = new UTF8Encoding(false), Indent = true })) WriteFeed(xml, feed, visit);
        return Results.Bytes(memory.ToArray(), "application/atom+xml; charset=utf-8");
    }

    private static void WriteFeed(XmlWriter xml, Feed feed, Visit visit)
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xml", "lang", null, visit.Language);
        xml.WriteElementString("id", visit.Absolute(feed.Self));
        xml.WriteElementString("title", Readable(feed.Title));
        xml.WriteElementString("updated", Time(feed.Entries.Select(entry => entry.Last).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
        WriteLink(xml, "self", visit.Absolute(feed.Self), "application/atom+xml");
        WriteLink(xml, "alternate", visit.Absolute(feed.Page), "text/html");
        WriteAuthor(xml, visit.Publication);
        foreach (var entry in feed.Entries) WriteEntry(xml, entry, visit);
        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, FeedEntry entry, Visit visit)
    {
        xml.WriteStartElement("entry");
        xml.WriteElementString("id", entry.Id);
        xml.WriteElementString("title", Readable(entry.Title));
        xml.WriteElementString("published", Time(entry.First));
        xml.WriteElementString("updated", Time(entry.Last));
        WriteLink(xml, "alternate", visit.Absolute(entry.Path), "text/html");
        if (entry.Byline.Length > 0) WriteAuthor(xml, entry.Byline);
        if (entry.Note.Length > 0) xml.WriteElementString("summary", Readable(visit.Say("card.note", ("note", entry.Note))));
        else
        {
            if (entry.Summary.Length > 0) xml.WriteElementString("summary", Readable(entry.Summary));
            xml.WriteStartElement("content");
            xml.WriteAttributeString("type", "html");
            xml.WriteAttributeString("xml", "base", null, visit.Absolute(entry.Path)); // What it links to is counted from its own page.
            xml.WriteString(Readable(entry.Html));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author");
        xml.WriteElementString("name", Readable(name));
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Without what XML cannot hold.</summary>
    private static string Readable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)));

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
