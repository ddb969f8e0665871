-- Where the author of a work is written to when somebody gives notice of it: the address under the key beside the database; empty when nobody put it down.
ALTER TABLE works ADD COLUMN author BLOB NOT NULL DEFAULT x'';

-- What was said against the words of a piece, what its author says to it, and what was decided. One is open for a piece at a time, and later notices join it.
-- Once it is decided it is never changed but for its appeal, which is made once and decided by somebody else.
CREATE TABLE cases (
    case_id         BLOB NOT NULL PRIMARY KEY CHECK (length(case_id) = 16),
    piece_id        BLOB NOT NULL REFERENCES pieces (piece_id),
    revision        INTEGER NOT NULL,         -- the words that readers saw when it was opened
    opened_s        INTEGER NOT NULL,
    told_s          INTEGER,                  -- when the author was written to, or got the link by hand
    answer          TEXT CHECK (answer IN ('stand', 'change', 'down')), -- what the author wants; null until they said
    answer_text     TEXT NOT NULL,
    answered_s      INTEGER,
    act             TEXT CHECK (act IN ('hide', 'changed', 'stand')), -- taken down; left since the words were changed; left. Null while it is open
    hidden          INTEGER,                  -- the revision that was taken down by it: not shown again unless the appeal says so
    ground          TEXT NOT NULL,            -- the rule that it breaks, by its key; empty but for 'hide'
    reason          TEXT NOT NULL,            -- in words, for the author and for those who gave notice
    staff_id        BLOB REFERENCES staff (staff_id),
    decided_s       INTEGER,
    appeal          TEXT NOT NULL,            -- what the author says against it; empty for none
    appealed_s      INTEGER,
    appeal_staff_id BLOB REFERENCES staff (staff_id),
    appeal_end      TEXT CHECK (appeal_end IN ('stands', 'reversed')),
    appeal_reason   TEXT NOT NULL,
    appeal_end_s    INTEGER
) STRICT;
CREATE UNIQUE INDEX cases_one_open ON cases (piece_id) WHERE act IS NULL;
CREATE INDEX cases_by_day ON cases (decided_s);

-- A notice of a piece, by anybody and without an account. Its link tells what came of it.
CREATE TABLE case_notices (
    notice_id BLOB NOT NULL PRIMARY KEY CHECK (length(notice_id) = 16),
    case_id   BLOB NOT NULL REFERENCES cases (case_id),
    ground    TEXT NOT NULL,
    text      TEXT NOT NULL,                  -- which words, and why; the author reads this
    name      TEXT NOT NULL,                  -- of who gave notice, if they like; the author does not read this
    address   BLOB NOT NULL,                  -- where the decision goes, under the key beside the database; empty without one
    verified  INTEGER NOT NULL,               -- 1 once the mailbox said yes
    language  TEXT NOT NULL,                  -- of the mails
    made_s    INTEGER NOT NULL
) STRICT;
CREATE INDEX case_notices_of_case ON case_notices (case_id, made_s);
