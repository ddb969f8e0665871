-- A work is an article, a story or a letter, in as many languages as it has pieces. What belongs to the whole (signatures, hashtags) hangs on the work;
-- what belongs to words (feedback, comments) on a piece.
CREATE TABLE works (
    work_id  BLOB NOT NULL PRIMARY KEY CHECK (length(work_id) = 16),
    kind     TEXT NOT NULL CHECK (kind IN ('article', 'story', 'letter')),
    replies  TEXT NOT NULL CHECK (replies IN ('off', 'held', 'first', 'open')), -- stories begin with 'off': no box at all
    made_day INTEGER NOT NULL
) STRICT;

-- One language of a work. Its address is /language/kind/slug and never changes once it was published.
CREATE TABLE pieces (
    piece_id         BLOB NOT NULL PRIMARY KEY CHECK (length(piece_id) = 16),
    work_id          BLOB NOT NULL REFERENCES works (work_id),
    kind             TEXT NOT NULL CHECK (kind IN ('article', 'story', 'letter')), -- as in its work, for the address
    language         TEXT NOT NULL,
    slug             TEXT NOT NULL,
    revision         INTEGER NOT NULL,    -- the newest, published or not
    published        INTEGER,             -- the revision that readers see; null before the first and after it was taken down
    first_shown_s    INTEGER,             -- when readers first saw it, in seconds since 1970
    last_shown_s     INTEGER,             -- when they first saw the published revision
    scheduled        INTEGER,             -- the revision that will be published
    scheduled_at_s   INTEGER,             -- and when
    next_block       INTEGER NOT NULL,    -- the number of the next new block: numbers are never given twice
    UNIQUE (language, kind, slug),
    UNIQUE (work_id, language)
) STRICT;
CREATE INDEX pieces_by_shown ON pieces (language, first_shown_s);
CREATE INDEX pieces_by_schedule ON pieces (scheduled_at_s);

-- What an editor saved. Never changed and never deleted while the piece is there; the HTML is made once, here.
CREATE TABLE revisions (
    piece_id   BLOB NOT NULL REFERENCES pieces (piece_id),
    revision   INTEGER NOT NULL,          -- 1, 2, 3 …
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,             -- one or two sentences, plain text
    byline     TEXT NOT NULL,             -- as the author wants to be named; may be empty
    note       TEXT NOT NULL,             -- what a reader may want to know before reading: specific, plain text; empty for none
    source     TEXT NOT NULL,             -- Markdown
    html       TEXT NOT NULL,             -- rendered and sanitized when it was saved
    change     TEXT NOT NULL,             -- what changed, in the editor's words; may be empty
    saved_s    INTEGER NOT NULL,
    PRIMARY KEY (piece_id, revision)
) STRICT;

-- The blocks of a revision, in order: paragraphs, headings, items, numbered points and questions that the author planted.
-- A block keeps its number through edits (`BlockMatching`), and <element id="b7"> is block 7 in the HTML of every revision that has it. Whatever readers
-- attach to a passage names piece, revision, block, and a range of `text`; after a save, the rows of both revisions say what became of it.
CREATE TABLE blocks (
    piece_id BLOB NOT NULL,
    revision INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,            -- 0, 1, 2 … as they stand
    block    INTEGER NOT NULL,            -- the number that is kept
    kind     TEXT NOT NULL CHECK (kind IN ('text', 'heading', 'point', 'question')),
    number   INTEGER,                     -- what stands before a point: 1, 2, 3 …; null for the others
    text     TEXT NOT NULL,               -- its text content, white space collapsed; ranges count UTF-16 units of it
    PRIMARY KEY (piece_id, revision, ordinal),
    UNIQUE (piece_id, revision, block),
    FOREIGN KEY (piece_id, revision) REFERENCES revisions (piece_id, revision)
) STRICT;
