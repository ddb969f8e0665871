-- Contact that somebody who had lost the words asked a counselor to stop. It stops at its time; whoever has the words goes before it. Deleted then,
-- when it is taken back, and when the filing is withdrawn or sealed again.
CREATE TABLE asked_stops (
    filing_id bytea NOT NULL PRIMARY KEY,
    message   bytea NOT NULL, -- a Freeze, signed by the counselor
    due_s     bigint NOT NULL -- Unix time, in seconds
);
