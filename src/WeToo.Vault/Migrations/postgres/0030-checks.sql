-- What counselors found when they compared two filings of a match, signed. One row for each question about a pair from each side; a later finding
-- takes its place. Deleted when either returns to sealed, but for those that keep them apart; and with what a withdrawal leaves.
CREATE TABLE findings (
    filing_id bytea NOT NULL,
    other_id  bytea NOT NULL,
    question  bigint NOT NULL, -- FindingQuestion
    answer    bigint NOT NULL, -- FindingAnswer
    message   bytea NOT NULL,    -- the signed Finding
    PRIMARY KEY (filing_id, other_id, question)
);
CREATE INDEX findings_by_other ON findings (other_id);

-- Which filings opened together. One that names two people's codes may be in two matches. Deleted when the filing is withdrawn, joined with another,
-- or returns to sealed.
CREATE TABLE match_members (
    match_id  bytea NOT NULL CHECK (length(match_id) = 16), -- from the matcher; says nothing of the tag
    filing_id bytea NOT NULL,
    PRIMARY KEY (match_id, filing_id)
);
CREATE INDEX match_members_by_filing ON match_members (filing_id);

-- Filings whose author wrote another one since, and uses that. They stay sealed for their date, and count no more. Rows are never changed.
CREATE TABLE joined (
    filing_id bytea NOT NULL PRIMARY KEY,
    into_id   bytea NOT NULL, -- the one that counts
    at_day    bigint NOT NULL
);
CREATE INDEX joined_by_into ON joined (into_id);

-- How many matches were found to be none, by year: for statistics that are published yearly, and only when there are many.
CREATE TABLE checks_undone (
    year  bigint NOT NULL PRIMARY KEY,
    times bigint NOT NULL
);

-- What its author is told of a case: 0 nothing, 1 that a check goes on, 2 that there is a match. It only grows.
ALTER TABLE cases ADD COLUMN stage bigint NOT NULL DEFAULT 0;

-- 1 while, after its author was told, fewer count together than they asked for.
ALTER TABLE cases ADD COLUMN changed bigint NOT NULL DEFAULT 0;

-- What the counselor wrote about whom their author named, for the counselors of the others of the match: an age file, or null.
ALTER TABLE cases ADD COLUMN sheet bytea;

-- Until now everybody was told at once. One check stood for both: the column verification has nothing new from now on.
UPDATE cases SET stage = 2;
INSERT INTO match_members (match_id, filing_id) SELECT match_id, filing_id FROM cases;
