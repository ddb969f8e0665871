-- Cases that their counselors would hand on, or have handed on, each with what they wrote for whoever comes next. Replaced by a later one; deleted when the author says no, when the
-- case is given back or sealed again, and when the filing is withdrawn.
CREATE TABLE handovers (
    filing_id bytea NOT NULL PRIMARY KEY,
    successor bytea NOT NULL,              -- signing key
    from_day  bigint NOT NULL,           -- on this day it is theirs, days since 1970, where the house stands
    message   bytea NOT NULL,              -- the signed Handover
    note      bytea NOT NULL,              -- age file for the successor
    done      bigint NOT NULL DEFAULT 0  -- 1 once it is theirs
);
