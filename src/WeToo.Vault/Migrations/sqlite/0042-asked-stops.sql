-- Contact that somebody who had lost the words asked a counselor to stop. It stops at its time; whoever has the words goes before it. Deleted then,
-- when it is taken back, and when the filing is withdrawn or sealed again.
CREATE TABLE asked_stops (
    filing_id BLOB NOT NULL PRIMARY KEY,
    message   BLOB NOT NULL, -- a Freeze, signed by the counselor
    due_s     INTEGER NOT NULL -- Unix time, in seconds
) STRICT;
