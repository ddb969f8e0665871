-- What the operator and the team did, in order. Rows are added, never changed. Each head binds all before it: see AuditChain.
CREATE TABLE audit (
    seq    bigint NOT NULL PRIMARY KEY,                  -- 1, 2, 3, … without a gap
    day    bigint NOT NULL,                              -- days since 1970, UTC
    kind   bigint NOT NULL,                              -- OperatorAct
    digest bytea NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of what was done
    head   bytea NOT NULL CHECK (length(head) = 32)
);

-- Figures of whole years as they were published. Rows are never changed: the same words for ever. The number itself stands nowhere.
CREATE TABLE statistics (
    year   bigint NOT NULL,
    figure text NOT NULL, -- Figure
    words  text NOT NULL, -- such as "15" or "fewer than 10"
    PRIMARY KEY (year, figure)
);

-- Requests from outside for what we hold: that there was one, what of, and what was answered. No word of whom it is about.
CREATE TABLE requests (
    request_id bytea NOT NULL PRIMARY KEY CHECK (length(request_id) = 16),
    day        bigint NOT NULL, -- days since 1970, UTC
    kind       text NOT NULL, -- RequestKind
    outcome    text NOT NULL  -- RequestOutcome
);
