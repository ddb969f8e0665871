-- What somebody with a role in an organisation owes, in the open: its duties, and how many were done in time and how many were not. An editor puts it down with
-- the holder's mailbox; it is shown once that mailbox has said yes.
CREATE TABLE cards (
    card_id      BLOB NOT NULL PRIMARY KEY CHECK (length(card_id) = 16),
    language     TEXT NOT NULL,
    slug         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('manager', 'teacher', 'host', 'personnel')),
    organisation TEXT NOT NULL,
    place        TEXT NOT NULL,           -- which team or house; may be empty
    address      BLOB NOT NULL,           -- the holder's mailbox under the key beside the database
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'closed')),
    quiet        INTEGER NOT NULL,        -- 1 when no more mails are wanted
    made_s       INTEGER NOT NULL,
    shown_day    INTEGER,                 -- since when, in days since 1970
    UNIQUE (language, slug)
) STRICT;

-- One clock of a card. It is missed when it was not done by its day, and stays so when it is done later.
CREATE TABLE duties (
    duty_id    BLOB NOT NULL PRIMARY KEY CHECK (length(duty_id) = 16),
    card_id    BLOB NOT NULL REFERENCES cards (card_id),
    duty       TEXT NOT NULL,             -- which, by its key
    series     BLOB NOT NULL,             -- those that one report began have the same
    opened_day INTEGER NOT NULL,
    due_day    INTEGER NOT NULL,
    done_day   INTEGER,
    reminded   INTEGER NOT NULL           -- 1 once the mail went out
) STRICT;
CREATE INDEX duties_of_card ON duties (card_id, due_day);
CREATE INDEX duties_due ON duties (reminded, due_day);
