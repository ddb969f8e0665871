-- Legal holds: nothing of these filings is deleted until a day has passed, or two people lifted it. One row for each; another that two people
-- signed takes its place.
CREATE TABLE holds (
    filing_id bytea NOT NULL PRIMARY KEY,
    until_day bigint NOT NULL, -- the last day, days since 1970
    first     bytea NOT NULL, -- the signed Hold of one of the two
    second    bytea NOT NULL  -- and of the other
);

-- What one person stands by so far. One row for each person and filing, replaced when they sign something else; deleted when a second one
-- signs the same, and after a week.
CREATE TABLE hold_proposals (
    filing_id bytea NOT NULL,
    signer    bytea NOT NULL, -- signing key
    message   bytea NOT NULL, -- the signed Hold
    at_day    bigint NOT NULL,
    PRIMARY KEY (filing_id, signer)
);

-- What would have been erased while it was held: ciphertext, out of reach of everybody at the desk. Deleted when the hold ends.
CREATE TABLE held (
    filing_id bytea NOT NULL,
    part      text NOT NULL, -- what it was; file: the id of a file of which the parts stay
    bytes     bytea NOT NULL
);
CREATE INDEX held_by_filing ON held (filing_id);
