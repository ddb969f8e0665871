-- What people who are affected ask of allies. An editor puts it down with their mailbox; it is shown once that mailbox has said yes, and closed from there.
CREATE TABLE asks (
    ask_id    bytea NOT NULL PRIMARY KEY CHECK (length(ask_id) = 16),
    language  text NOT NULL,
    title     text NOT NULL,              -- what is asked, in one line
    text      text NOT NULL,              -- plain text
    asker     text NOT NULL,              -- as those who ask want to be named
    address   bytea NOT NULL,              -- their mailbox under the key beside the database
    state     text NOT NULL CHECK (state IN ('waiting', 'shown', 'done', 'unhelpful')), -- closed as done, or as not helpful
    quiet     bigint NOT NULL,           -- 1 when they want no more mails
    made_s    bigint NOT NULL
);
CREATE INDEX asks_shown ON asks (language, state, made_s);

-- What somebody means to do: if this happens there, then I do that, until a day. Private: nobody reads it but who holds its link, and of what was kept who asked.
CREATE TABLE commitments (
    commitment_id bytea NOT NULL PRIMARY KEY CHECK (length(commitment_id) = 16),
    ask_id        bytea REFERENCES asks (ask_id), -- the ask that it takes, if any
    language      text NOT NULL,          -- of its mails
    plan          bytea NOT NULL,          -- situation, action, place, witness and name, under the key beside the database; empty once deleted
    address       bytea NOT NULL,          -- the mailbox likewise; empty once deleted
    until_day     bigint NOT NULL,
    state         text NOT NULL CHECK (state IN ('pending', 'open', 'dropped', 'deleted')),
    quiet         bigint NOT NULL,       -- 1 when no more mails are wanted
    made_s        bigint NOT NULL,
    begun_s       bigint                 -- when the mailbox said yes
);
CREATE INDEX commitments_by_state ON commitments (state, made_s);

-- The days on which somebody is asked what became of it.
CREATE TABLE check_ins (
    check_in_id   bytea NOT NULL PRIMARY KEY CHECK (length(check_in_id) = 16),
    commitment_id bytea NOT NULL REFERENCES commitments (commitment_id),
    day           bigint NOT NULL,       -- counted from the day on which it was begun
    due_s         bigint NOT NULL,
    sent          bigint NOT NULL,       -- 1 once the mail went out
    state         text NOT NULL CHECK (state IN ('open', 'kept', 'missed', 'none', 'changed', 'dropped')), -- missed: it came up and I did not act; none: no occasion
    note          bytea NOT NULL,          -- what they did, what it cost and what comes next, under the key beside the database
    said_s        bigint,
    confirmed     text CHECK (confirmed IN ('yes', 'no')), -- by who asked; null until they said, and without an ask
    confirmed_s   bigint,
    UNIQUE (commitment_id, day)
);
CREATE INDEX check_ins_due ON check_ins (state, sent, due_s);
