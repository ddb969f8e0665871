-- What this keeper did, in order. Rows are added, never changed. Each head binds all before it: see AuditChain.
CREATE TABLE audit (
    seq    INTEGER NOT NULL PRIMARY KEY,                  -- 1, 2, 3, … without a gap
    day    INTEGER NOT NULL,                              -- days since 1970, UTC
    kind   INTEGER NOT NULL,                              -- AuditKind
    digest BLOB    NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of the message that was answered
    head   BLOB    NOT NULL CHECK (length(head) = 32)
) STRICT;

-- Evaluations answered in the last 30 days, for the quota and for answering a repeated request again.
CREATE TABLE evaluations (
    pseudonym      BLOB    NOT NULL CHECK (length(pseudonym) = 32),
    request_id     BLOB    NOT NULL CHECK (length(request_id) = 16),
    blinded_sha256 BLOB    NOT NULL CHECK (length(blinded_sha256) = 32),
    day            INTEGER NOT NULL,                      -- the keeper's own day, days since 1970, UTC
    PRIMARY KEY (pseudonym, request_id)
) STRICT;
CREATE INDEX evaluations_by_day ON evaluations (day);

-- Filings that were withdrawn. Rows are added, never removed.
CREATE TABLE tombstones (
    filing BLOB    NOT NULL PRIMARY KEY CHECK (length(filing) = 48), -- pseudonym[32] ‖ filing_id[16]
    day    INTEGER NOT NULL                                          -- when this keeper heard of it, days since 1970, UTC
) STRICT;

-- The keyset in force: at most one row.
CREATE TABLE keysets (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    keyset TEXT    NOT NULL  -- as GET /v1/keyset answers it: text, roster, signatures
) STRICT;

-- This keeper's shares of k and z in the epoch in force: at most one row. The row of the epoch before goes in the same
-- transaction that brings this one.
CREATE TABLE shares (
    epoch       INTEGER NOT NULL PRIMARY KEY,
    share_index INTEGER NOT NULL CHECK (share_index BETWEEN 1 AND 255),
    k_sealed    BLOB    NOT NULL, -- sealed under the key file, bound to column, epoch and index
    z_sealed    BLOB    NOT NULL
) STRICT;

-- What the operator approved, by the SHA-256 of its exact text: a keyset or the plan of a ceremony.
CREATE TABLE approvals (
    text_sha256 BLOB    NOT NULL PRIMARY KEY CHECK (length(text_sha256) = 32),
    day         INTEGER NOT NULL
) STRICT;

-- Key ceremonies this keeper takes or took part in. The plan never changes.
CREATE TABLE ceremonies (
    ceremony_id BLOB    NOT NULL PRIMARY KEY CHECK (length(ceremony_id) = 16),
    plan        TEXT    NOT NULL,
    ended       INTEGER NOT NULL CHECK (ended IN (0, 1)) -- 1: its keyset was put in force
) STRICT;

-- One row for each step answered, until the ceremony ends: the same question gets the same answer, another question none.
-- No secret is here in clear, but the messages and the key file together give the shares again.
CREATE TABLE ceremony_steps (
    ceremony_id BLOB    NOT NULL REFERENCES ceremonies (ceremony_id),
    step        INTEGER NOT NULL, -- CeremonyStep
    question    BLOB    NOT NULL,
    answer      BLOB    NOT NULL,
    PRIMARY KEY (ceremony_id, step)
) STRICT;
