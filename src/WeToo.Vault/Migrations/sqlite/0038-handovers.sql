-- Cases that their counselors would hand on, or have handed on, each with what they wrote for whoever comes next. Replaced by a later one; deleted when the author says no, when the
-- case is given back or sealed again, and when the filing is withdrawn.
CREATE TABLE handovers (
    filing_id BLOB NOT NULL PRIMARY KEY,
    successor BLOB NOT NULL,              -- signing key
    from_day  INTEGER NOT NULL,           -- on this day it is theirs, days since 1970, where the house stands
    message   BLOB NOT NULL,              -- the signed Handover
    note      BLOB NOT NULL,              -- age file for the successor
    done      INTEGER NOT NULL DEFAULT 0  -- 1 once it is theirs
) STRICT;
