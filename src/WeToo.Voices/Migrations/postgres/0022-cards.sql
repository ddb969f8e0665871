-- What somebody with a role in an organisation owes, in the open: its duties, and how many were done in time and how many were not. An editor puts it down with
-- the holder's mailbox; it is shown once that mailbox has said yes.
CREATE TABLE cards (
    card_id      bytea NOT NULL PRIMARY KEY CHECK (length(card_id) = 16),
    language     text NOT NULL,
    slug         text NOT NULL,
    role         text NOT NULL CHECK (role IN ('manager', 'teacher', 'host', 'personnel')),
    organisation text NOT NULL,
    place        text NOT NULL,           -- which team or house; may be empty
    address      bytea NOT NULL,           -- the holder's mailbox under the key beside the database
    state        text NOT NULL CHECK (state IN ('waiting', 'shown', 'closed')),
    quiet        bigint NOT NULL,        -- 1 when no more mails are wanted
    made_s       bigint NOT NULL,
    shown_day    bigint,                 -- since when, in days since 1970
    UNIQUE (language, slug)
);

-- One clock of a card. It is missed when it was not done by its day, and stays so when it is done later.
CREATE TABLE duties (
    duty_id    bytea NOT NULL PRIMARY KEY CHECK (length(duty_id) = 16),
    card_id    bytea NOT NULL REFERENCES cards (card_id),
    duty       text NOT NULL,             -- which, by its key
    series     bytea NOT NULL,             -- those that one report began have the same
    opened_day bigint NOT NULL,
    due_day    bigint NOT NULL,
    done_day   bigint,
    reminded   bigint NOT NULL           -- 1 once the mail went out
);
CREATE INDEX duties_of_card ON duties (card_id, due_day);
CREATE INDEX duties_due ON duties (reminded, due_day);
