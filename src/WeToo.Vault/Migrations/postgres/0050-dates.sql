-- Entries for the log of dates, each once, in the order they came. Position, proof and token are set once; the rest never changes. A withdrawal
-- deletes the rows of its filing, and their salts with them.
CREATE TABLE dated (
    number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry     bytea   NOT NULL UNIQUE CHECK (length(entry) = 34),
    pseudonym bytea,                                             -- whose; null: everybody's
    filing_id bytea,                                             -- of a filing and of a match notice
    salt      bytea CHECK (length(salt) = 32),                   -- of these, drawn here
    came_day  bigint  NOT NULL,                                  -- days since 1970
    position  bigint,                                            -- in the log; null until it is there
    proof     text,                                              -- a tlog-proof with the policy's witnesses; null until there is one
    token     bytea                                              -- RFC 3161, of the same checkpoint; null: none
);
CREATE INDEX dated_by_pseudonym ON dated (pseudonym, number);
CREATE INDEX dated_by_filing ON dated (filing_id);
CREATE INDEX dated_waiting ON dated (number) WHERE proof IS NULL;
