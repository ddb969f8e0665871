-- What this keeper did, in order. Rows are added, never changed. Each head binds all before it: see AuditChain.
CREATE TABLE audit (
    seq    bigint NOT NULL PRIMARY KEY,                  -- 1, 2, 3, … without a gap
    day    bigint NOT NULL,                              -- days since 1970, UTC
    kind   bigint NOT NULL,                              -- AuditKind
    digest bytea  NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of the message that was answered
    head   bytea  NOT NULL CHECK (length(head) = 32)
);

-- Evaluations answered in the last 30 days, for the quota and for answering a repeated request again.
CREATE TABLE evaluations (
    pseudonym      bytea  NOT NULL CHECK (length(pseudonym) = 32),
    request_id     bytea  NOT NULL CHECK (length(request_id) = 16),
    blinded_sha256 bytea  NOT NULL CHECK (length(blinded_sha256) = 32),
    day            bigint NOT NULL,                      -- the keeper's own day, days since 1970, UTC
    PRIMARY KEY (pseudonym, request_id)
);
CREATE INDEX evaluations_by_day ON evaluations (day);

-- Filings that were withdrawn. Rows are added, never removed.
CREATE TABLE tombstones (
    filing bytea  NOT NULL PRIMARY KEY CHECK (length(filing) = 48), -- pseudonym[32] ‖ filing_id[16]
    day    bigint NOT NULL                                          -- when this keeper heard of it, days since 1970, UTC
);

-- The keyset in force: at most one row.
CREATE TABLE keysets (
    id     bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    keyset text    NOT NULL  -- as GET /v1/keyset answers it: text, roster, signatures
);

-- This keeper's shares of k and z in the epoch in force: at most one row. The row of the epoch before goes in the same
-- transaction that brings this one.
CREATE TABLE shares (
    epoch       bigint NOT NULL PRIMARY KEY,
    share_index bigint NOT NULL CHECK (share_index BETWEEN 1 AND 255),
    k_sealed    bytea  NOT NULL, -- sealed under the key file, bound to column, epoch and index
    z_sealed    bytea  NOT NULL
);

-- What the operator approved, by the SHA-256 of its exact text: a keyset or the plan of a ceremony.
CREATE TABLE approvals (
    text_sha256 bytea  NOT NULL PRIMARY KEY CHECK (length(text_sha256) = 32),
    day         bigint NOT NULL
);

-- Key ceremonies this keeper takes or took part in. The plan never changes.
CREATE TABLE ceremonies (
    ceremony_id bytea  NOT NULL PRIMARY KEY CHECK (length(ceremony_id) = 16),
    plan        text   NOT NULL,
    ended       bigint NOT NULL CHECK (ended IN (0, 1)) -- 1: its keyset was put in force
);

-- One row for each step answered, until the ceremony ends: the same question gets the same answer, another question none.
-- No secret is here in clear, but the messages and the key file together give the shares again.
CREATE TABLE ceremony_steps (
    ceremony_id bytea  NOT NULL REFERENCES ceremonies (ceremony_id),
    step        bigint NOT NULL, -- CeremonyStep
    question    bytea  NOT NULL,
    answer      bytea  NOT NULL,
    PRIMARY KEY (ceremony_id, step)
);
