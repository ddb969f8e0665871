-- What counselors owe until when. One row for each that runs; deleted when it is done. Overdue is worked out, never stored.
CREATE TABLE clocks (
    case_id BLOB NOT NULL,
    kind    TEXT NOT NULL,    -- checks, first-contact or promise
    due_day INTEGER NOT NULL, -- the last day on which it is not late, days since 1970, where the house stands
    PRIMARY KEY (case_id, kind)
) STRICT;

-- Whom each author of a case chose. Rows are deleted when the filing is withdrawn, and one when that counselor gives the case back.
CREATE TABLE candidates (
    filing_id BLOB NOT NULL,
    counselor BLOB NOT NULL, -- signing key
    PRIMARY KEY (filing_id, counselor)
) STRICT;
