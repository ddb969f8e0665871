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

-- Parts of at most 1 MiB of files that one of the two sent with a message, ciphertext. Never changed; deleted with what they said.
CREATE TABLE mail_parts (
    file_id   BLOB NOT NULL,
    part      INTEGER NOT NULL,
    parts     INTEGER NOT NULL,  -- how many the file has
    filing_id BLOB NOT NULL,
    counselor BLOB NOT NULL,     -- who had the case
    by_author INTEGER NOT NULL,  -- 1 or 0
    sha256    BLOB NOT NULL,     -- of bytes
    bytes     BLOB NOT NULL,
    PRIMARY KEY (file_id, part)
) STRICT;
CREATE INDEX mail_parts_by_filing ON mail_parts (filing_id, counselor);
