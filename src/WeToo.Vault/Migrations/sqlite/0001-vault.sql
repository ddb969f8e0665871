-- One row for each filing. Immutable but for contact and account, which withdrawal empties.
CREATE TABLE filings (
    filing_id BLOB NOT NULL PRIMARY KEY CHECK (length(filing_id) = 16),
    pseudonym BLOB NOT NULL CHECK (length(pseudonym) = 32), -- Ed25519 public key
    message   BLOB NOT NULL,                                -- the signed Filing, 786 bytes
    contact   BLOB NOT NULL,                                -- sealed to the keepers and, inside, to counselors
    account   BLOB NOT NULL,                                -- likewise
    filed_day INTEGER NOT NULL                              -- days since 1970
) STRICT;
CREATE INDEX filings_by_pseudonym ON filings (pseudonym);

-- Signed withdrawals. Rows are never changed.
CREATE TABLE tombstones (
    filing_id BLOB NOT NULL PRIMARY KEY,
    pseudonym BLOB NOT NULL,
    message   BLOB NOT NULL, -- the signed Withdrawal
    at_day    INTEGER NOT NULL
) STRICT;

-- Signed consents to the reading of an account. Rows are never changed.
CREATE TABLE consents (
    filing_id BLOB NOT NULL PRIMARY KEY,
    message   BLOB NOT NULL  -- the signed Consent
) STRICT;

-- One row for each filing whose contact part was opened. Verification and account are set once; counselor and contact
-- once too, when a contact part that could not be read is opened again with better shares.
CREATE TABLE cases (
    filing_id    BLOB NOT NULL PRIMARY KEY,
    case_id      BLOB NOT NULL UNIQUE CHECK (length(case_id) = 16),
    match_id     BLOB NOT NULL CHECK (length(match_id) = 16), -- from the matcher; says nothing of the tag
    counselor    BLOB NOT NULL,                               -- signing key of the one it was offered to
    contact      BLOB NOT NULL,                               -- age file; empty when it cannot be read, and once withdrawn
    account      BLOB,                                        -- age file; null until released and once withdrawn, empty when it cannot be read
    verification BLOB,                                        -- the counselor's signed Verification
    opened_day   INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_by_counselor ON cases (counselor);
CREATE INDEX cases_by_match ON cases (match_id);

-- Keepers' signed words that they opened a contact part. Rows are never changed.
CREATE TABLE opening_signatures (
    filing_id    BLOB NOT NULL,
    keeper_index INTEGER NOT NULL,
    signature    BLOB NOT NULL,
    PRIMARY KEY (filing_id, keeper_index)
) STRICT;

-- Authors' own copies, which only they can read. One row for each pseudonym, replaced by higher revisions.
CREATE TABLE boxes (
    pseudonym BLOB NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL,
    sha256    BLOB NOT NULL, -- of the box
    box       BLOB NOT NULL
) STRICT;

-- Messages on their way, carried in the order of their numbers. Never changed; deleted when the target has them.
CREATE TABLE outbox (
    outgoing INTEGER NOT NULL PRIMARY KEY,
    target   INTEGER NOT NULL,   -- 0 the matcher's slips, 1 the matcher's tombstones, 100 + i keeper i
    message  BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_by_target ON outbox (target, outgoing);

-- Keysets as published: the answer of GET /v1/keyset. Rows are never changed; the highest revision is in force.
CREATE TABLE keysets (
    revision INTEGER NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
) STRICT;

-- Counselors' invitations and what came of them.
CREATE TABLE invitations (
    code_sha256 BLOB NOT NULL PRIMARY KEY, -- SHA-256 of 100 random bits
    name        TEXT,                      -- null until accepted; then immutable
    recipient   TEXT,
    signing     BLOB UNIQUE,
    settled     INTEGER NOT NULL DEFAULT 0 -- 1 once a published roster had them: they are not put there again
) STRICT;

-- Nonces of the desk's requests, until they are too old to be accepted anyway.
CREATE TABLE desk_nonces (
    nonce  BLOB NOT NULL PRIMARY KEY,
    time_s INTEGER NOT NULL
) STRICT;
