-- Who works for the publication: by invitation, with a password and a code of their device.
CREATE TABLE staff (
    staff_id        bytea NOT NULL PRIMARY KEY CHECK (length(staff_id) = 16),
    name            text NOT NULL,
    folded          text NOT NULL UNIQUE,     -- the name in upper case, to sign in by
    password        text NOT NULL,            -- hashed by ASP.NET Core Identity; empty until the invitation is taken, and once dismissed
    stamp           text NOT NULL,            -- changes when sessions must end
    totp            bytea NOT NULL,            -- the key of the codes under the key beside the database
    failures        bigint NOT NULL,         -- wrong passwords or codes in a row
    locked_until_s  bigint,
    invited_until_s bigint                   -- until when the invitation can be taken; null once it was
);

-- What was decided about an answer of a reader, and why. Never changed but for its appeal, which is made once and decided by somebody else.
CREATE TABLE decisions (
    decision_id     bytea NOT NULL PRIMARY KEY CHECK (length(decision_id) = 16),
    comment_id      bytea NOT NULL REFERENCES comments (comment_id),
    act             text NOT NULL CHECK (act IN ('refuse', 'stand')), -- not shown; or looked at after a notice and left
    ground          text NOT NULL,            -- the rule that it breaks, by its key; empty for 'stand'
    reason          text NOT NULL,            -- in words, for its writer and for those who gave notice
    staff_id        bytea NOT NULL REFERENCES staff (staff_id),
    made_s          bigint NOT NULL,
    appeal          text NOT NULL,            -- what its writer says against it; empty for none
    appealed_s      bigint,
    appeal_staff_id bytea REFERENCES staff (staff_id),
    appeal_end      text CHECK (appeal_end IN ('stands', 'reversed')),
    appeal_reason   text NOT NULL,
    appeal_end_s    bigint
);
CREATE INDEX decisions_of_comment ON decisions (comment_id, made_s);
CREATE INDEX decisions_by_day ON decisions (made_s);

-- A notice about an answer, by anybody and without an account. Its link tells what came of it.
CREATE TABLE notices (
    notice_id   bytea NOT NULL PRIMARY KEY CHECK (length(notice_id) = 16),
    comment_id  bytea NOT NULL REFERENCES comments (comment_id),
    ground      text NOT NULL,
    text        text NOT NULL,
    made_s      bigint NOT NULL,
    decision_id bytea REFERENCES decisions (decision_id) -- null while it waits
);
CREATE INDEX notices_open ON notices (decision_id, made_s);
CREATE INDEX notices_of_comment ON notices (comment_id);
