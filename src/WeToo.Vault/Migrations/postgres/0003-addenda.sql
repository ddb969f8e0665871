-- What authors add to a filing later. Rows are never changed; withdrawal deletes them.
CREATE TABLE addenda (
    filing_id   bytea NOT NULL,
    number      bigint NOT NULL CHECK (number BETWEEN 1 AND 99), -- from 1, without gaps
    message     bytea NOT NULL,                                  -- the signed part of the Addendum, 166 bytes
    sealed_text bytea NOT NULL,                                  -- under a key that stands in the sealed account
    added_day   bigint NOT NULL,                                 -- days since 1970
    PRIMARY KEY (filing_id, number)
);
