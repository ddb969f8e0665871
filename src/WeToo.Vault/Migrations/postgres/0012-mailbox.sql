-- What an author keeps of their mailbox, which only they can read. Replaced whole by each higher revision: what was there before is gone.
CREATE TABLE mailboxes (
    filing_id bytea NOT NULL PRIMARY KEY,
    revision  bigint NOT NULL,
    state     bytea NOT NULL -- one size, whatever is in it
);

-- What an author and one counselor say to each other, and what that counselor keeps of it. Replaced whole; nothing grows with what is said.
-- Deleted when the filing is withdrawn, and when that counselor gives the case back.
CREATE TABLE mail (
    filing_id      bytea NOT NULL,
    counselor      bytea NOT NULL,    -- signing key
    revision       bigint NOT NULL, -- of the counselor's state
    state          bytea,             -- null until the counselor first looked
    from_author    bytea,             -- sealed to the counselor; null until the author looked
    from_counselor bytea,             -- sealed to the author
    PRIMARY KEY (filing_id, counselor)
);

-- Parts of at most 1 MiB of files that one of the two sent with a message, ciphertext. Never changed; deleted with what they said.
CREATE TABLE mail_parts (
    file_id   bytea NOT NULL,
    part      bigint NOT NULL,
    parts     bigint NOT NULL,  -- how many the file has
    filing_id bytea NOT NULL,
    counselor bytea NOT NULL,     -- who had the case
    by_author bigint NOT NULL,  -- 1 or 0
    sha256    bytea NOT NULL,     -- of bytes
    bytes     bytea NOT NULL,
    PRIMARY KEY (file_id, part)
);
CREATE INDEX mail_parts_by_filing ON mail_parts (filing_id, counselor);
