-- Legal holds: nothing of these filings is deleted until a day has passed, or two people lifted it. One row for each; another that two people
-- signed takes its place.
CREATE TABLE holds (
    filing_id BLOB NOT NULL PRIMARY KEY,
    until_day INTEGER NOT NULL, -- the last day, days since 1970
    first     BLOB NOT NULL, -- the signed Hold of one of the two
    second    BLOB NOT NULL  -- and of the other
) STRICT;

-- What one person stands by so far. One row for each person and filing, replaced when they sign something else; deleted when a second one
-- signs the same, and after a week.
CREATE TABLE hold_proposals (
    filing_id BLOB NOT NULL,
    signer    BLOB NOT NULL, -- signing key
    message   BLOB NOT NULL, -- the signed Hold
    at_day    INTEGER NOT NULL,
    PRIMARY KEY (filing_id, signer)
) STRICT;

-- What would have been erased while it was held: ciphertext, out of reach of everybody at the desk. Deleted when the hold ends.
CREATE TABLE held (
    filing_id BLOB NOT NULL,
    part      TEXT NOT NULL, -- what it was; file: the id of a file of which the parts stay
    bytes     BLOB NOT NULL
) STRICT;
CREATE INDEX held_by_filing ON held (filing_id);
