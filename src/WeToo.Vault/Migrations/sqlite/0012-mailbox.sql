-- What an author keeps of their mailbox, which only they can read. Replaced whole by each higher revision: what was there before is gone.
CREATE TABLE mailboxes (
    filing_id BLOB NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL,
    state     BLOB NOT NULL -- one size, whatever is in it
) STRICT;

-- What an author and one counselor say to each other, and what that counselor keeps of it. Replaced whole; nothing grows with what is said.
-- Deleted when the filing is withdrawn, and when that counselor gives the case back.
CREATE TABLE mail (
    filing_id      BLOB NOT NULL,
    counselor      BLOB NOT NULL,    -- signing key
    revision       INTEGER NOT NULL, -- of the counselor's state
    state          BLOB,             -- null until the counselor first looked
    from_author    BLOB,             -- sealed to the counselor; null until the author looked
    from_counselor BLOB,             -- sealed to the author
    PRIMARY KEY (filing_id, counselor)
) STRICT;
