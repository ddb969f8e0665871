-- What of letters is dated in the log: revisions that readers saw, and how many had signed on a day. Rows are never changed but for the position.
CREATE TABLE dated (
    entry    BLOB NOT NULL PRIMARY KEY, -- 34 bytes
    work_id  BLOB NOT NULL REFERENCES works (work_id),
    piece_id BLOB,                      -- of a revision; null for a count
    number   INTEGER NOT NULL,          -- the revision, or the count
    day      INTEGER NOT NULL,          -- when it was written down, in days since 1970
    position INTEGER                    -- in the log; null until it is there
) STRICT;
CREATE INDEX dated_by_work ON dated (work_id, day);
