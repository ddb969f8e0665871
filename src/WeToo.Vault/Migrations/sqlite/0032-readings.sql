-- Which room of an account was opened by whom, and on which day: its author is shown it. Written before the room is given, never changed. Rows
-- outlive a withdrawal, whose author is told who has read what, and are deleted with what a withdrawal leaves.
CREATE TABLE readings (
    filing_id BLOB NOT NULL,
    counselor BLOB NOT NULL, -- signing key
    role      TEXT NOT NULL, -- what they were on the roster then
    at_day    INTEGER NOT NULL, -- days since 1970
    room      INTEGER NOT NULL, -- 0 to 7 the rooms of spec/record.md in their order, 8 files, 9 what was added
    PRIMARY KEY (filing_id, counselor, at_day, room)
) STRICT;

-- In which case a counselor stopped reading when they had had enough for a day. One row for each; it goes once they read on.
CREATE TABLE rests (
    counselor BLOB NOT NULL PRIMARY KEY, -- signing key
    case_id   BLOB NOT NULL,
    at_day    INTEGER NOT NULL -- days since 1970, where the house stands
) STRICT;
