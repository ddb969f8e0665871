-- One row for each live filing. Deleted when it is withdrawn; only due_s changes.
CREATE TABLE filings (
    filing        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- a number is never used again
    name          BLOB    NOT NULL UNIQUE CHECK (length(name) = 16), -- HMAC-SHA-256(pepper, pseudonym, filing id), the first 16 bytes
    message       BLOB    NOT NULL,                                  -- the signed slips, sealed under the key file
    counts_from_s INTEGER NOT NULL,                                  -- when its random delay is over, seconds since 1970; it counts for nobody before
    due_s         INTEGER                                            -- when to look for matches, seconds since 1970; null: nothing to do
) STRICT;
CREATE INDEX filings_due ON filings (due_s) WHERE due_s IS NOT NULL;

-- One row for each rung whose tag is known of a slip: at first its starting rung, one more with each drop, all once it is at rung 0.
CREATE TABLE standings (
    tag    BLOB NOT NULL CHECK (length(tag) = 16), -- HMAC-SHA-256(pepper, rung, tau), the first 16 bytes
    filing INTEGER NOT NULL,
    slip   INTEGER NOT NULL,                          -- 0..3
    rung   INTEGER NOT NULL,                          -- 0..4, of this tag
    PRIMARY KEY (tag, filing, slip)
) STRICT, WITHOUT ROWID;
CREATE INDEX standings_of_filing ON standings (filing, slip, rung);

-- Where a slip stands that has dropped at least once. The rung only ever falls.
CREATE TABLE drops (
    filing INTEGER NOT NULL,
    slip   INTEGER NOT NULL,
    rung   INTEGER NOT NULL, -- 0..3
    shown  BLOB NOT NULL, -- y of that rung, sealed under the pepper
    PRIMARY KEY (filing, slip)
) STRICT, WITHOUT ROWID;

-- Filings whose contact part keepers have opened and the vault has taken over. Rows are never changed.
CREATE TABLE openings (
    filing INTEGER NOT NULL PRIMARY KEY,
    at_day INTEGER NOT NULL
) STRICT;

-- What was withdrawn and may never come back. Rows are never changed.
CREATE TABLE tombstones (
    name BLOB    NOT NULL PRIMARY KEY CHECK (length(name) = 16) -- as in filings
) STRICT, WITHOUT ROWID;

-- How often a keeper's answer did not verify.
CREATE TABLE keeper_faults (
    keeper_index INTEGER NOT NULL PRIMARY KEY,
    times        INTEGER NOT NULL
) STRICT;
