-- What the operator and the team did, in order. Rows are added, never changed. Each head binds all before it: see AuditChain.
CREATE TABLE audit (
    seq    INTEGER NOT NULL PRIMARY KEY,                  -- 1, 2, 3, … without a gap
    day    INTEGER NOT NULL,                              -- days since 1970, UTC
    kind   INTEGER NOT NULL,                              -- OperatorAct
    digest BLOB NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of what was done
    head   BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;

-- Figures of whole years as they were published. Rows are never changed: the same words for ever. The number itself stands nowhere.
CREATE TABLE statistics (
    year   INTEGER NOT NULL,
    figure TEXT NOT NULL, -- Figure
    words  TEXT NOT NULL, -- such as "15" or "fewer than 10"
    PRIMARY KEY (year, figure)
) STRICT;

-- Requests from outside for what we hold: that there was one, what of, and what was answered. No word of whom it is about.
CREATE TABLE requests (
    request_id BLOB NOT NULL PRIMARY KEY CHECK (length(request_id) = 16),
    day        INTEGER NOT NULL, -- days since 1970, UTC
    kind       TEXT NOT NULL, -- RequestKind
    outcome    TEXT NOT NULL  -- RequestOutcome
) STRICT;
