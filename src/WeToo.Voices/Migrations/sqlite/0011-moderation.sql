-- Who works for the publication: by invitation, with a password and a code of their device.
CREATE TABLE staff (
    staff_id        BLOB NOT NULL PRIMARY KEY CHECK (length(staff_id) = 16),
    name            TEXT NOT NULL,
    folded          TEXT NOT NULL UNIQUE,     -- the name in upper case, to sign in by
    password        TEXT NOT NULL,            -- hashed by ASP.NET Core Identity; empty until the invitation is taken, and once dismissed
    stamp           TEXT NOT NULL,            -- changes when sessions must end
    totp            BLOB NOT NULL,            -- the key of the codes under the key beside the database
    failures        INTEGER NOT NULL,         -- wrong passwords or codes in a row
    locked_until_s  INTEGER,
    invited_until_s INTEGER                   -- until when the invitation can be taken; null once it was
) STRICT;

-- What was decided about an answer of a reader, and why. Never changed but for its appeal, which is made once and decided by somebody else.
CREATE TABLE decisions (
    decision_id     BLOB NOT NULL PRIMARY KEY CHECK (length(decision_id) = 16),
    comment_id      BLOB NOT NULL REFERENCES comments (comment_id),
    act             TEXT NOT NULL CHECK (act IN ('refuse', 'stand')), -- not shown; or looked at after a notice and left
    ground          TEXT NOT NULL,            -- the rule that it breaks, by its key; empty for 'stand'
    reason          TEXT NOT NULL,            -- in words, for its writer and for those who gave notice
    staff_id        BLOB NOT NULL REFERENCES staff (staff_id),
    made_s          INTEGER NOT NULL,
    appeal          TEXT NOT NULL,            -- what its writer says against it; empty for none
    appealed_s      INTEGER,
    appeal_staff_id BLOB REFERENCES staff (staff_id),
    appeal_end      TEXT CHECK (appeal_end IN ('stands', 'reversed')),
    appeal_reason   TEXT NOT NULL,
    appeal_end_s    INTEGER
) STRICT;
CREATE INDEX decisions_of_comment ON decisions (comment_id, made_s);
CREATE INDEX decisions_by_day ON decisions (made_s);

-- A notice about an answer, by anybody and without an account. Its link tells what came of it.
CREATE TABLE notices (
    notice_id   BLOB NOT NULL PRIMARY KEY CHECK (length(notice_id) = 16),
    comment_id  BLOB NOT NULL REFERENCES comments (comment_id),
    ground      TEXT NOT NULL,
    text        TEXT NOT NULL,
    made_s      INTEGER NOT NULL,
    decision_id BLOB REFERENCES decisions (decision_id) -- null while it waits
) STRICT;
CREATE INDEX notices_open ON notices (decision_id, made_s);
CREATE INDEX notices_of_comment ON notices (comment_id);
