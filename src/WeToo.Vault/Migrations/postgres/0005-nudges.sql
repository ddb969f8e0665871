-- Neutral mails that somebody asked for, under a key that nobody can link to a pseudonym. Nothing here depends on a filing.
CREATE TABLE nudges (
    nudge_key bytea NOT NULL PRIMARY KEY CHECK (length(nudge_key) = 32),
    revision  bigint NOT NULL,
    sealed    bytea NOT NULL,       -- the settings under the key of the mail's key file; empty when they were stopped
    confirmed bigint NOT NULL,       -- 1 once the code came back that was sent to the address
    tries     bigint NOT NULL,       -- wrong codes since the last one was sent
    due_s     bigint,                -- when the next mail goes, in seconds since 1970; null when none does
    put_day   bigint NOT NULL
);
CREATE INDEX nudges_by_due ON nudges (due_s);

-- To whom codes were sent of late: keyed hashes of addresses, for a day.
CREATE TABLE nudge_codes (
    address bytea NOT NULL,
    at_s    bigint NOT NULL
);
CREATE INDEX nudge_codes_by_time ON nudge_codes (at_s);
