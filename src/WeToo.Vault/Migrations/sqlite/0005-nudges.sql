-- Neutral mails that somebody asked for, under a key that nobody can link to a pseudonym. Nothing here depends on a filing.
CREATE TABLE nudges (
    nudge_key BLOB NOT NULL PRIMARY KEY CHECK (length(nudge_key) = 32),
    revision  INTEGER NOT NULL,
    sealed    BLOB NOT NULL,       -- the settings under the key of the mail's key file; empty when they were stopped
    confirmed INTEGER NOT NULL,       -- 1 once the code came back that was sent to the address
    tries     INTEGER NOT NULL,       -- wrong codes since the last one was sent
    due_s     INTEGER,                -- when the next mail goes, in seconds since 1970; null when none does
    put_day   INTEGER NOT NULL
) STRICT;
CREATE INDEX nudges_by_due ON nudges (due_s);

-- To whom codes were sent of late: keyed hashes of addresses, for a day.
CREATE TABLE nudge_codes (
    address BLOB NOT NULL,
    at_s    INTEGER NOT NULL
) STRICT;
CREATE INDEX nudge_codes_by_time ON nudge_codes (at_s);
