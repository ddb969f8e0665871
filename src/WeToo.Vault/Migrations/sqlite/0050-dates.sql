-- Entries for the log of dates, each once, in the order they came. Position, proof and token are set once; the rest never changes. A withdrawal
-- deletes the rows of its filing, and their salts with them.
CREATE TABLE dated (
    number    INTEGER NOT NULL PRIMARY KEY,
    entry     BLOB    NOT NULL UNIQUE CHECK (length(entry) = 34),
    pseudonym BLOB,                                              -- whose; null: everybody's
    filing_id BLOB,                                              -- of a filing and of a match notice
    salt      BLOB CHECK (length(salt) = 32),                    -- of these, drawn here
    came_day  INTEGER NOT NULL,                                  -- days since 1970
    position  INTEGER,                                           -- in the log; null until it is there
    proof     TEXT,                                              -- a tlog-proof with the policy's witnesses; null until there is one
    token     BLOB                                               -- RFC 3161, of the same checkpoint; null: none
) STRICT;
CREATE INDEX dated_by_pseudonym ON dated (pseudonym, number);
CREATE INDEX dated_by_filing ON dated (filing_id);
CREATE INDEX dated_waiting ON dated (number) WHERE proof IS NULL;
