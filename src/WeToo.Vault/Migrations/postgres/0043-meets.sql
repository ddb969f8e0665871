-- Who would like to meet the others of their match, or would no more. Rows are never changed; the last of a filing holds. All three tables lose what a filing
-- has here when it is withdrawn or sealed again.
CREATE TABLE meets (
    act       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    filing_id bytea NOT NULL,
    asks      bigint NOT NULL,   -- 1 would, 0 would no more
    mark      bytea NOT NULL,      -- how the others call its author
    recipient bytea NOT NULL,      -- what they seal to
    message   bytea NOT NULL UNIQUE -- the signed Meet: no message counts twice
);
CREATE INDEX meets_by_filing ON meets (filing_id, act);

-- A counselor's word for it. One for each filing; deleted when its author would no more, and when that counselor has the case no more.
CREATE TABLE meet_vouches (
    filing_id bytea NOT NULL PRIMARY KEY,
    recipient bytea NOT NULL, -- for which key
    message   bytea NOT NULL
);

-- What somebody said yes to for the second time, sealed to the other. Given once the other has said so too; deleted when either would no more.
CREATE TABLE meet_puts (
    filing_id bytea NOT NULL,
    other_id  bytea NOT NULL,
    message   bytea NOT NULL,
    PRIMARY KEY (filing_id, other_id)
);
