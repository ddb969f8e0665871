-- Who would like to meet the others of their match, or would no more. Rows are never changed; the last of a filing holds. All three tables lose what a filing
-- has here when it is withdrawn or sealed again.
CREATE TABLE meets (
    act       INTEGER NOT NULL PRIMARY KEY,
    filing_id BLOB NOT NULL,
    asks      INTEGER NOT NULL,   -- 1 would, 0 would no more
    mark      BLOB NOT NULL,      -- how the others call its author
    recipient BLOB NOT NULL,      -- what they seal to
    message   BLOB NOT NULL UNIQUE -- the signed Meet: no message counts twice
) STRICT;
CREATE INDEX meets_by_filing ON meets (filing_id, act);

-- A counselor's word for it. One for each filing; deleted when its author would no more, and when that counselor has the case no more.
CREATE TABLE meet_vouches (
    filing_id BLOB NOT NULL PRIMARY KEY,
    recipient BLOB NOT NULL, -- for which key
    message   BLOB NOT NULL
) STRICT;

-- What somebody said yes to for the second time, sealed to the other. Given once the other has said so too; deleted when either would no more.
CREATE TABLE meet_puts (
    filing_id BLOB NOT NULL,
    other_id  BLOB NOT NULL,
    message   BLOB NOT NULL,
    PRIMARY KEY (filing_id, other_id)
) STRICT;
