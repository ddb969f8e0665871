-- Counselors' evaluations of what opened filings name, answered in the last 30 days: for the quota, and for answering a repeated request again.
CREATE TABLE rechecks (
    counselor      BLOB    NOT NULL CHECK (length(counselor) = 32), -- signing key
    request_id     BLOB    NOT NULL CHECK (length(request_id) = 16),
    request_sha256 BLOB    NOT NULL CHECK (length(request_sha256) = 32),
    day            INTEGER NOT NULL,                      -- the keeper's own day, days since 1970, UTC
    PRIMARY KEY (counselor, request_id)
) STRICT;
CREATE INDEX rechecks_by_day ON rechecks (day);
