-- What a stop code finds: one row for each filing, replaced when its author leaves another.
CREATE TABLE stops (
    filing_id bytea NOT NULL PRIMARY KEY,
    stop_key  bytea NOT NULL CHECK (length(stop_key) = 32), -- Ed25519 public key, from the code by Argon2id
    box       bytea NOT NULL,                               -- a signed withdrawal, sealed to the code: nobody else can send it
    put_day   bigint NOT NULL                             -- days since 1970
);
CREATE INDEX stops_by_stop_key ON stops (stop_key);

-- Contact stopped, and let go on: signed by the author, or stopped by their stop code. Rows are never changed; the last one of a filing holds.
CREATE TABLE freezes (
    act       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    filing_id bytea NOT NULL,
    frozen    bigint NOT NULL,        -- 1 stopped, 0 let go on
    message   bytea NOT NULL UNIQUE, -- the signed Freeze: no message counts twice
    at_day    bigint NOT NULL
);
CREATE INDEX freezes_by_filing ON freezes (filing_id, act);

-- The day on which the counselor first asked for the contact part. Null until then; set once.
ALTER TABLE cases ADD COLUMN read_day bigint;
