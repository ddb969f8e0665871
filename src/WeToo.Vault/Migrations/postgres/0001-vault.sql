-- One row for each filing. Immutable but for contact and account, which withdrawal empties.
CREATE TABLE filings (
    filing_id bytea NOT NULL PRIMARY KEY CHECK (length(filing_id) = 16),
    pseudonym bytea NOT NULL CHECK (length(pseudonym) = 32), -- Ed25519 public key
    message   bytea NOT NULL,                                -- the signed Filing, 786 bytes
    contact   bytea NOT NULL,                                -- sealed to the keepers and, inside, to counselors
    account   bytea NOT NULL,                                -- likewise
    filed_day bigint NOT NULL                               -- days since 1970
);
CREATE INDEX filings_by_pseudonym ON filings (pseudonym);

-- Signed withdrawals. Rows are never changed.
CREATE TABLE tombstones (
    filing_id bytea NOT NULL PRIMARY KEY,
    pseudonym bytea NOT NULL,
    message   bytea NOT NULL, -- the signed Withdrawal
    at_day    bigint NOT NULL
);

-- Signed consents to the reading of an account. Rows are never changed.
CREATE TABLE consents (
    filing_id bytea NOT NULL PRIMARY KEY,
    message   bytea NOT NULL  -- the signed Consent
);

-- One row for each filing whose contact part was opened. Verification and account are set once; counselor and contact
-- once too, when a contact part that could not be read is opened again with better shares.
CREATE TABLE cases (
    filing_id    bytea NOT NULL PRIMARY KEY,
    case_id      bytea NOT NULL UNIQUE CHECK (length(case_id) = 16),
    match_id     bytea NOT NULL CHECK (length(match_id) = 16), -- from the matcher; says nothing of the tag
    counselor    bytea NOT NULL,                               -- signing key of the one it was offered to
    contact      bytea NOT NULL,                               -- age file; empty when it cannot be read, and once withdrawn
    account      bytea,                                        -- age file; null until released and once withdrawn, empty when it cannot be read
    verification bytea,                                        -- the counselor's signed Verification
    opened_day   bigint NOT NULL
);
CREATE INDEX cases_by_counselor ON cases (counselor);
CREATE INDEX cases_by_match ON cases (match_id);

-- Keepers' signed words that they opened a contact part. Rows are never changed.
CREATE TABLE opening_signatures (
    filing_id    bytea NOT NULL,
    keeper_index bigint NOT NULL,
    signature    bytea NOT NULL,
    PRIMARY KEY (filing_id, keeper_index)
);

-- Authors' own copies, which only they can read. One row for each pseudonym, replaced by higher revisions.
CREATE TABLE boxes (
    pseudonym bytea NOT NULL PRIMARY KEY,
    revision  bigint NOT NULL,
    sha256    bytea NOT NULL, -- of the box
    box       bytea NOT NULL
);

-- Messages on their way, carried in the order of their numbers. Never changed; deleted when the target has them.
CREATE TABLE outbox (
    outgoing bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target   bigint NOT NULL,   -- 0 the matcher's slips, 1 the matcher's tombstones, 100 + i keeper i
    message  bytea NOT NULL
);
CREATE INDEX outbox_by_target ON outbox (target, outgoing);

-- Keysets as published: the answer of GET /v1/keyset. Rows are never changed; the highest revision is in force.
CREATE TABLE keysets (
    revision bigint NOT NULL PRIMARY KEY,
    document text NOT NULL
);

-- Counselors' invitations and what came of them.
CREATE TABLE invitations (
    code_sha256 bytea NOT NULL PRIMARY KEY, -- SHA-256 of 100 random bits
    name        text,                      -- null until accepted; then immutable
    recipient   text,
    signing     bytea UNIQUE,
    settled     bigint NOT NULL DEFAULT 0 -- 1 once a published roster had them: they are not put there again
);

-- Nonces of the desk's requests, until they are too old to be accepted anyway.
CREATE TABLE desk_nonces (
    nonce  bytea NOT NULL PRIMARY KEY,
    time_s bigint NOT NULL
);
