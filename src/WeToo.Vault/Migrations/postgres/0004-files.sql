-- Sealed files of accounts, only their authors and counselors can open them. One row for each; have and size_bytes grow until all parts
-- are there. Erased when the filing is withdrawn.
CREATE TABLE files (
    file_id    bytea NOT NULL PRIMARY KEY CHECK (length(file_id) = 16),
    filing_id  bytea NOT NULL, -- whose account names it; no row of filings while it is only kept
    pseudonym  bytea NOT NULL,
    parts      bigint NOT NULL,
    have       bigint NOT NULL,  -- parts 0 to have - 1 are stored
    size_bytes bigint NOT NULL   -- of the stored parts
);
CREATE INDEX files_by_pseudonym ON files (pseudonym);
CREATE INDEX files_by_filing ON files (filing_id);

-- Parts of at most 1 MiB, ciphertext. Rows are never changed.
CREATE TABLE file_parts (
    file_id bytea NOT NULL,
    part    bigint NOT NULL,
    sha256  bytea NOT NULL, -- of bytes
    bytes   bytea NOT NULL,
    PRIMARY KEY (file_id, part)
);
