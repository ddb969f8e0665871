-- One row for each live filing. Deleted when it is withdrawn; only due_s changes.
CREATE TABLE filings (
    filing        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- a number is never used again
    name          bytea  NOT NULL UNIQUE CHECK (length(name) = 16), -- HMAC-SHA-256(pepper, pseudonym, filing id), the first 16 bytes
    message       bytea  NOT NULL,                                  -- the signed slips, sealed under the key file
    counts_from_s bigint NOT NULL,                                  -- when its random delay is over, seconds since 1970; it counts for nobody before
    due_s         bigint                                            -- when to look for matches, seconds since 1970; null: nothing to do
);
CREATE INDEX filings_due ON filings (due_s) WHERE due_s IS NOT NULL;

-- One row for each rung whose tag is known of a slip: at first its starting rung, one more with each drop, all once it is at rung 0.
CREATE TABLE standings (
    tag    bytea NOT NULL CHECK (length(tag) = 16), -- HMAC-SHA-256(pepper, rung, tau), the first 16 bytes
    filing bigint NOT NULL,
    slip   bigint NOT NULL,                          -- 0..3
    rung   bigint NOT NULL,                          -- 0..4, of this tag
    PRIMARY KEY (tag, filing, slip)
);
CREATE INDEX standings_of_filing ON standings (filing, slip, rung);

-- Where a slip stands that has dropped at least once. The rung only ever falls.
CREATE TABLE drops (
    filing bigint NOT NULL,
    slip   bigint NOT NULL,
    rung   bigint NOT NULL, -- 0..3
    shown  bytea NOT NULL, -- y of that rung, sealed under the pepper
    PRIMARY KEY (filing, slip)
);

-- Filings whose contact part keepers have opened and the vault has taken over. Rows are never changed.
CREATE TABLE openings (
    filing bigint NOT NULL PRIMARY KEY,
    at_day bigint NOT NULL
);

-- What was withdrawn and may never come back. Rows are never changed.
CREATE TABLE tombstones (
    name bytea  NOT NULL PRIMARY KEY CHECK (length(name) = 16) -- as in filings
);

-- How often a keeper's answer did not verify.
CREATE TABLE keeper_faults (
    keeper_index bigint NOT NULL PRIMARY KEY,
    times        bigint NOT NULL
);
