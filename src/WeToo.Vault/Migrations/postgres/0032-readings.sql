-- Which room of an account was opened by whom, and on which day: its author is shown it. Written before the room is given, never changed. Rows
-- outlive a withdrawal, whose author is told who has read what, and are deleted with what a withdrawal leaves.
CREATE TABLE readings (
    filing_id bytea NOT NULL,
    counselor bytea NOT NULL, -- signing key
    role      text NOT NULL, -- what they were on the roster then
    at_day    bigint NOT NULL, -- days since 1970
    room      bigint NOT NULL, -- 0 to 7 the rooms of spec/record.md in their order, 8 files, 9 what was added
    PRIMARY KEY (filing_id, counselor, at_day, room)
);

-- In which case a counselor stopped reading when they had had enough for a day. One row for each; it goes once they read on.
CREATE TABLE rests (
    counselor bytea NOT NULL PRIMARY KEY, -- signing key
    case_id   bytea NOT NULL,
    at_day    bigint NOT NULL -- days since 1970, where the house stands
);
