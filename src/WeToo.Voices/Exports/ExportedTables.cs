namespace WeToo.Voices.Exports;

/// <summary>
/// What an export has, table by table and column by column. A column that stands neither here nor in <see cref="LeftOut"/> fails a test: nothing gets into
/// a file, or is forgotten, because somebody added it to the database.
/// </summary>
internal static class ExportedTables
{
    /// <summary>In an order in which nothing refers to what comes later.</summary>
    internal static readonly IReadOnlyList<ExportedTable> All =
    [
        ExportedTable.Of("works", "work_id:b kind:t replies:t replies_until_s:n? made_day:n", Sql.Works, Sql.AddWork),
        ExportedTable.Of("pieces", "piece_id:b work_id:b kind:t language:t slug:t revision:n published:n? first_shown_s:n? last_shown_s:n? next_block:n", Sql.Pieces, Sql.AddPiece),
        ExportedTable.Of("revisions", "piece_id:b revision:n title:t summary:t byline:t note:t source:t change:t saved_s:n shown_s:n?", Sql.Revisions, Sql.AddRevision),
        ExportedTable.Of("blocks", "piece_id:b revision:n ordinal:n block:n kind:t number:n? text:t", Sql.Blocks, Sql.AddBlock),
        ExportedTable.Of("topics", "topic_id:b paused:t paused_day:n?", Sql.Topics, Sql.AddTopic),
        ExportedTable.Of("hashtags", "language:t folded:t tag:t topic_id:b", Sql.Hashtags, Sql.AddHashtag) with { IsSortedByLine = true },
        ExportedTable.Of("tagged", "work_id:b topic_id:b", Sql.Tagged, Sql.AddTagged),
        ExportedTable.Of("letters", "work_id:b together:n listing:t closed_s:n?", Sql.Letters, Sql.AddLetter),
        ExportedTable.Of("signatures", "signature_id:b work_id:b piece_id:b revision:n name:t about:t shown_as:t place:b", Sql.Signatures, Sql.AddSignature),
        ExportedTable.Of("signature_removals", "work_id:b entry:n count:n reason:t day:n", Sql.Removals, Sql.AddRemoval),
        ExportedTable.Of("dated", "entry:b work_id:b piece_id:b? number:n day:n position:n?", Sql.Dated, Sql.AddDated),
        ExportedTable.Of("comments", "comment_id:b piece_id:b thread_id:b kind:t state:t name:t source:t html:t quote:t revision:n verified:n made_s:n edited_s:n?", Sql.Comments, Sql.AddComment),
        ExportedTable.Of("anchors", "comment_id:b piece_id:b revision:n state:t start_unit:n end_unit:n", Sql.Anchors, Sql.AddAnchor),
        ExportedTable.Of("annotations", "comment_id:b canonical:t? via:t?", Sql.Annotations, Sql.AddAnnotation),
        ExportedTable.Of("decisions", "decision_id:b comment_id:b ground:t made_s:n appeal_end:t?", Sql.Decisions, Sql.AddDecision),
        ExportedTable.Of("cases", "case_id:b piece_id:b revision:n act:t hidden:n? ground:t decided_s:n appeal_end:t?", Sql.Cases, Sql.AddCase),
        ExportedTable.Of("asks", "ask_id:b language:t title:t text:t asker:t made_s:n", Sql.Asks, Sql.AddAsk),
    ];

    /// <summary>What stays behind: columns by their table, and tables by their name alone.</summary>
    internal static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["works.author"] = "a mail address", ["works.box"] = "makes the author's link", ["works.box_open"] = "nobody is told of notes there",
        ["pieces.scheduled"] = "what readers do not see yet comes out by somebody's decision, not by reading a file", ["pieces.scheduled_at_s"] = "likewise",
        ["revisions.html"] = "rendered again from the words when the file is read: no file brings HTML of its own into a piece",
        ["signatures.state"] = "only who has signed is in it", ["signatures.appeared"] = "only who is shown is in it",
        ["signatures.mark"] = "stands for a mailbox", ["signatures.address"] = "a mail address", ["signatures.news"] = "asks for mails", ["signatures.told"] = "tells of mails",
        ["signatures.condition"] = "how much company somebody wanted is theirs to know", ["signatures.made_s"] = "when somebody signed is shown nowhere", ["signatures.signed_s"] = "likewise",
        ["comments.signature_id"] = "would tell which name of a letter stands behind a pseudonym", ["comments.mark"] = "stands for a mailbox", ["comments.address"] = "a mail address", ["comments.answers"] = "asks for mails",
        ["decisions.act"] = "only refusals are in it, as in the public log", ["decisions.reason"] = "for the writer and who gave notice", ["decisions.staff_id"] = "who decided", ["decisions.appeal"] = "the writer's words to those who decide",
        ["decisions.appealed_s"] = "shown nowhere", ["decisions.appeal_staff_id"] = "who decided", ["decisions.appeal_reason"] = "for the writer", ["decisions.appeal_end_s"] = "shown nowhere",
        ["cases.opened_s"] = "shown nowhere", ["cases.told_s"] = "shown nowhere", ["cases.answer"] = "the author's, to those who decide", ["cases.answer_text"] = "likewise", ["cases.answered_s"] = "shown nowhere",
        ["cases.reason"] = "for the author and who gave notice", ["cases.staff_id"] = "who decided", ["cases.appeal"] = "the author's words to those who decide", ["cases.appealed_s"] = "shown nowhere",
        ["cases.appeal_staff_id"] = "who decided", ["cases.appeal_reason"] = "for the author", ["cases.appeal_end_s"] = "shown nowhere",
        ["asks.address"] = "a mail address", ["asks.quiet"] = "asks for mails", ["asks.state"] = "only what is shown is in it",
        ["embeds"] = "an agreement with each site", ["staff"] = "names, passwords and devices of those who work here", ["mails"] = "on their way to mail addresses", ["mail_marks"] = "stand for mailboxes", ["notices"] = "what somebody said to those who decide", ["case_notices"] = "likewise",
        ["notes"] = "nobody's but the author's", ["commitments"] = "nobody's but the ally's", ["check_ins"] = "nobody's but the ally's", ["cards"] = "a mailbox answers for each, and is not in it", ["duties"] = "their days are shown nowhere",
    };

    private static class Sql
    {
        private const string IsPieceIn = "(@history = 1 OR p.published IS NOT NULL)";

        private const string IsRevisionIn = $"{IsPieceIn} AND (@history = 1 OR r.revision = p.published)";

        private const string IsWorkIn = $"EXISTS (SELECT 1 FROM pieces p WHERE p.work_id = w.work_id AND {IsPieceIn})";

        /// <summary>What readers see, and what the public log speaks of; answers without words of the latter.</summary>
        private const string IsSaid = "(c.state = 'shown' OR (c.state <> 'held' AND EXISTS (SELECT 1 FROM decisions d WHERE d.comment_id = c.comment_id AND d.act = 'refuse')))";

        private const string HasAnswers = """
            (c.thread_id = c.comment_id AND EXISTS (SELECT 1 FROM comments o WHERE o.thread_id = c.comment_id
                AND (o.state = 'shown' OR (o.state <> 'held' AND EXISTS (SELECT 1 FROM decisions d WHERE d.comment_id = o.comment_id AND d.act = 'refuse')))))
            """;

        private const string CommentsIn = "comments c JOIN comments t ON t.comment_id = c.thread_id JOIN pieces p ON p.piece_id = c.piece_id";

        private const string IsCommentIn = $"t.state <> 'held' AND {IsPieceIn} AND ({IsSaid} OR {HasAnswers})";

        internal const string Works = $"SELECT w.work_id, w.kind, w.replies, w.replies_until_s, w.made_day FROM works w WHERE {IsWorkIn} ORDER BY w.work_id";

        internal const string AddWork = "INSERT INTO works (work_id, kind, replies, replies_until_s, made_day) VALUES (@work_id, @kind, @replies, @replies_until_s, @made_day)";

        internal const string Pieces = $"""
            SELECT p.piece_id, p.work_id, p.kind, p.language, p.slug, CASE WHEN @history = 1 THEN p.revision ELSE p.published END AS revision, p.published, p.first_shown_s, p.last_shown_s, p.next_block
            FROM pieces p WHERE {IsPieceIn} ORDER BY p.piece_id
            """;

        internal const string AddPiece = """
            INSERT INTO pieces (piece_id, work_id, kind, language, slug, revision, published, first_shown_s, last_shown_s, next_block)
            VALUES (@piece_id, @work_id, @kind, @language, @slug, @revision, @published, @first_shown_s, @last_shown_s, @next_block)
            """;

        internal const string Revisions = $"""
            SELECT r.piece_id, r.revision, r.title, r.summary, r.byline, r.note, r.source, r.change, CASE WHEN @history = 1 THEN r.saved_s ELSE COALESCE(r.shown_s, 0) END AS saved_s, r.shown_s
            FROM revisions r JOIN pieces p ON p.piece_id = r.piece_id WHERE {IsRevisionIn} ORDER BY r.piece_id, r.revision
            """;

        internal const string AddRevision = """
            INSERT INTO revisions (piece_id, revision, title, summary, byline, note, source, html, change, saved_s, shown_s)
            VALUES (@piece_id, @revision, @title, @summary, @byline, @note, @source, @html, @change, @saved_s, @shown_s)
            """;

        internal const string Blocks = $"""
            SELECT r.piece_id, r.revision, r.ordinal, r.block, r.kind, r.number, r.text FROM blocks r JOIN pieces p ON p.piece_id = r.piece_id WHERE {IsRevisionIn} ORDER BY r.piece_id, r.revision, r.ordinal
            """;

        internal const string AddBlock = "INSERT INTO blocks (piece_id, revision, ordinal, block, kind, number, text) VALUES (@piece_id, @revision, @ordinal, @block, @kind, @number, @text)";

        internal const string Topics = "SELECT topic_id, paused, paused_day FROM topics ORDER BY topic_id";

        internal const string AddTopic = "INSERT INTO topics (topic_id, paused, paused_day) VALUES (@topic_id, @paused, @paused_day)";

        internal const string Hashtags = "SELECT language, folded, tag, topic_id FROM hashtags";

        internal const string AddHashtag = "INSERT INTO hashtags (language, folded, tag, topic_id) VALUES (@language, @folded, @tag, @topic_id)";

        internal const string Tagged = $"""
            SELECT g.work_id, g.topic_id FROM tagged g JOIN works w ON w.work_id = g.work_id JOIN topics t ON t.topic_id = g.topic_id
            WHERE {IsWorkIn} AND (@history = 1 OR t.paused = '') ORDER BY g.work_id, g.topic_id
            """;

        internal const string AddTagged = "INSERT INTO tagged (work_id, topic_id) VALUES (@work_id, @topic_id)";

        /// <summary>Without the marks of mailboxes nobody can tell who signed before: who is in the file stays, and nobody is added.</summary>
        internal const string Letters = $"""
            SELECT w.work_id, w.together, w.listing,
                CASE WHEN w.closed_s IS NULL AND EXISTS (SELECT 1 FROM signatures s WHERE s.work_id = w.work_id AND s.state = 'verified' AND s.appeared = 1) THEN @now_s ELSE w.closed_s END AS closed_s
            FROM letters w WHERE {IsWorkIn} ORDER BY w.work_id
            """;

        internal const string AddLetter = "INSERT INTO letters (work_id, together, listing, closed_s) VALUES (@work_id, @together, @listing, @closed_s)";

        internal const string Signatures = $"""
            SELECT s.signature_id, s.work_id, s.piece_id, s.revision, s.name, s.about, s.shown_as, s.place FROM signatures s JOIN pieces p ON p.piece_id = s.piece_id
            WHERE s.state = 'verified' AND s.appeared = 1 AND {IsPieceIn} ORDER BY s.signature_id
            """;

        internal const string AddSignature = """
            INSERT INTO signatures (signature_id, work_id, piece_id, revision, state, address, name, about, shown_as, condition, appeared, news, place, made_s)
            VALUES (@signature_id, @work_id, @piece_id, @revision, 'verified', @empty, @name, @about, @shown_as, 0, 1, 0, @place, 0)
            """;

        internal const string Removals = $"SELECT m.work_id, m.entry, m.count, m.reason, m.day FROM signature_removals m JOIN works w ON w.work_id = m.work_id WHERE {IsWorkIn} ORDER BY m.work_id, m.entry";

        internal const string AddRemoval = "INSERT INTO signature_removals (work_id, entry, count, reason, day) VALUES (@work_id, @entry, @count, @reason, @day)";

        internal const string Dated = $"SELECT d.entry, d.work_id, d.piece_id, d.number, d.day, d.position FROM dated d JOIN works w ON w.work_id = d.work_id WHERE {IsWorkIn} ORDER BY d.entry";

        internal const string AddDated = "INSERT INTO dated (entry, work_id, piece_id, number, day, position) VALUES (@entry, @work_id, @piece_id, @number, @day, @position)";

        /// <summary>What begins a thread before its answers.</summary>
        internal const string Comments = $"""
            SELECT c.comment_id, c.piece_id, c.thread_id, c.kind, c.state, CASE c.state WHEN 'shown' THEN c.name ELSE '' END AS name, CASE c.state WHEN 'shown' THEN c.source ELSE '' END AS source,
                CASE c.state WHEN 'shown' THEN c.html ELSE '' END AS html, c.quote, c.revision, c.verified, c.made_s, c.edited_s
            FROM {CommentsIn} WHERE {IsCommentIn} ORDER BY CASE WHEN c.thread_id = c.comment_id THEN 0 ELSE 1 END, c.comment_id
            """;

        internal const string AddComment = """
            INSERT INTO comments (comment_id, piece_id, thread_id, kind, state, name, source, html, quote, revision, address, verified, answers, made_s, edited_s)
            VALUES (@comment_id, @piece_id, @thread_id, @kind, @state, @name, @source, @html, @quote, @revision, @empty, @verified, 0, @made_s, @edited_s)
            """;

        internal const string Anchors = $"""
            SELECT r.comment_id, r.piece_id, r.revision, r.state, r.start_unit, r.end_unit FROM {CommentsIn} JOIN anchors r ON r.comment_id = c.comment_id
            WHERE {IsCommentIn} AND (@history = 1 OR r.revision = p.published) ORDER BY r.comment_id, r.revision
            """;

        internal const string AddAnchor = "INSERT INTO anchors (comment_id, piece_id, revision, state, start_unit, end_unit) VALUES (@comment_id, @piece_id, @revision, @state, @start_unit, @end_unit)";

        internal const string Annotations = $"""
            SELECT n.comment_id, n.canonical, n.via FROM {CommentsIn} JOIN annotations n ON n.comment_id = c.comment_id WHERE c.state = 'shown' AND {IsCommentIn} ORDER BY n.comment_id
            """;

        internal const string AddAnnotation = "INSERT INTO annotations (comment_id, canonical, via) VALUES (@comment_id, @canonical, @via)";

        /// <summary>To the day, as the log shows it.</summary>
        internal const string Decisions = $"""
            SELECT x.decision_id, x.comment_id, x.ground, x.made_s - x.made_s % 86400 AS made_s, x.appeal_end FROM {CommentsIn} JOIN decisions x ON x.comment_id = c.comment_id
            WHERE x.act = 'refuse' AND {IsCommentIn} ORDER BY x.decision_id
            """;

        internal const string AddDecision = """
            INSERT INTO decisions (decision_id, comment_id, act, ground, reason, staff_id, made_s, appeal, appealed_s, appeal_end, appeal_reason)
            VALUES (@decision_id, @comment_id, 'refuse', @ground, '', @nobody, @made_s, '', CASE WHEN CAST(@appeal_end AS text) IS NULL THEN NULL ELSE CAST(@made_s AS bigint) END, @appeal_end, '')
            """;

        internal const string Cases = $"""
            SELECT k.case_id, k.piece_id, k.revision, k.act, k.hidden, k.ground, k.decided_s - k.decided_s % 86400 AS decided_s, k.appeal_end FROM cases k JOIN pieces p ON p.piece_id = k.piece_id
            WHERE k.act IS NOT NULL AND {IsPieceIn} ORDER BY k.case_id
            """;

        internal const string AddCase = """
            INSERT INTO cases (case_id, piece_id, revision, opened_s, answer_text, act, hidden, ground, reason, decided_s, appeal, appealed_s, appeal_end, appeal_reason)
            VALUES (@case_id, @piece_id, @revision, @decided_s, '', @act, @hidden, @ground, '', @decided_s, '', CASE WHEN CAST(@appeal_end AS text) IS NULL THEN NULL ELSE CAST(@decided_s AS bigint) END, @appeal_end, '')
            """;

        internal const string Asks = "SELECT a.ask_id, a.language, a.title, a.text, a.asker, a.made_s FROM asks a WHERE a.state = 'shown' ORDER BY a.ask_id";

        internal const string AddAsk = "INSERT INTO asks (ask_id, language, title, text, asker, address, state, quiet, made_s) VALUES (@ask_id, @language, @title, @text, @asker, @empty, 'shown', 1, @made_s)";
    }
}
