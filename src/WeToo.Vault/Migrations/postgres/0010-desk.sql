-- What counselors owe until when. One row for each that runs; deleted when it is done. Overdue is worked out, never stored.
CREATE TABLE clocks (
    case_id bytea NOT NULL,
    kind    text NOT NULL,    -- checks, first-contact or promise
    due_day bigint NOT NULL, -- the last day on which it is not late, days since 1970, where the house stands
    PRIMARY KEY (case_id, kind)
);

-- Whom each author of a case chose. Rows are deleted when the filing is withdrawn, and one when that counselor gives the case back.
CREATE TABLE candidates (
    filing_id bytea NOT NULL,
    counselor bytea NOT NULL, -- signing key
    PRIMARY KEY (filing_id, counselor)
);
