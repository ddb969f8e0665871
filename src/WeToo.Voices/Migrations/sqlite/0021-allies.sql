-- What people who are affected ask of allies. An editor puts it down with their mailbox; it is shown once that mailbox has said yes, and closed from there.
CREATE TABLE asks (
    ask_id    BLOB NOT NULL PRIMARY KEY CHECK (length(ask_id) = 16),
    language  TEXT NOT NULL,
    title     TEXT NOT NULL,              -- what is asked, in one line
    text      TEXT NOT NULL,              -- plain text
    asker     TEXT NOT NULL,              -- as those who ask want to be named
    address   BLOB NOT NULL,              -- their mailbox under the key beside the database
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'done', 'unhelpful')), -- closed as done, or as not helpful
    quiet     INTEGER NOT NULL,           -- 1 when they want no more mails
    made_s    INTEGER NOT NULL
) STRICT;
CREATE INDEX asks_shown ON asks (language, state, made_s);

-- What somebody means to do: if this happens there, then I do that, until a day. Private: nobody reads it but who holds its link, and of what was kept who asked.
CREATE TABLE commitments (
    commitment_id BLOB NOT NULL PRIMARY KEY CHECK (length(commitment_id) = 16),
    ask_id        BLOB REFERENCES asks (ask_id), -- the ask that it takes, if any
    language      TEXT NOT NULL,          -- of its mails
    plan          BLOB NOT NULL,          -- situation, action, place, witness and name, under the key beside the database; empty once deleted
    address       BLOB NOT NULL,          -- the mailbox likewise; empty once deleted
    until_day     INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'open', 'dropped', 'deleted')),
    quiet         INTEGER NOT NULL,       -- 1 when no more mails are wanted
    made_s        INTEGER NOT NULL,
    begun_s       INTEGER                 -- when the mailbox said yes
) STRICT;
CREATE INDEX commitments_by_state ON commitments (state, made_s);

-- The days on which somebody is asked what became of it.
CREATE TABLE check_ins (
    check_in_id   BLOB NOT NULL PRIMARY KEY CHECK (length(check_in_id) = 16),
    commitment_id BLOB NOT NULL REFERENCES commitments (commitment_id),
    day           INTEGER NOT NULL,       -- counted from the day on which it was begun
    due_s         INTEGER NOT NULL,
    sent          INTEGER NOT NULL,       -- 1 once the mail went out
    state         TEXT NOT NULL CHECK (state IN ('open', 'kept', 'missed', 'none', 'changed', 'dropped')), -- missed: it came up and I did not act; none: no occasion
    note          BLOB NOT NULL,          -- what they did, what it cost and what comes next, under the key beside the database
    said_s        INTEGER,
    confirmed     TEXT CHECK (confirmed IN ('yes', 'no')), -- by who asked; null until they said, and without an ask
    confirmed_s   INTEGER,
    UNIQUE (commitment_id, day)
) STRICT;
CREATE INDEX check_ins_due ON check_ins (state, sent, due_s);
