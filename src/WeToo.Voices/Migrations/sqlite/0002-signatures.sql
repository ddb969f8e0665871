-- What a letter asks of its signers, for a work of the kind 'letter'.
CREATE TABLE letters (
    work_id  BLOB NOT NULL PRIMARY KEY REFERENCES works (work_id),
    together INTEGER NOT NULL,            -- how many must have signed before any is shown; 0 for at once. Never changed
    listing  TEXT NOT NULL CHECK (listing IN ('alphabet', 'chance')), -- never by fame
    closed_s INTEGER                      -- since when nobody signs any more; withdrawing works for ever
) STRICT;

-- One signature. It is bound to the words that were signed: the revision of a piece, which is never changed.
CREATE TABLE signatures (
    signature_id BLOB NOT NULL PRIMARY KEY CHECK (length(signature_id) = 16),
    work_id      BLOB NOT NULL REFERENCES works (work_id),
    piece_id     BLOB NOT NULL,
    revision     INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'verified', 'withdrawn', 'invalidated')),
    mark         BLOB,                    -- keyed hash of the mailbox within this letter; null once withdrawn or invalidated
    address      BLOB NOT NULL,           -- the mail address under the key beside the database; empty once withdrawn or invalidated
    name         TEXT NOT NULL,           -- as the signer wants to be named; empty once withdrawn or invalidated, or when shown without a name
    about        TEXT NOT NULL,           -- trade or place, likewise
    shown_as     TEXT NOT NULL CHECK (shown_as IN ('name', 'pen', 'nobody')),
    condition    INTEGER NOT NULL,        -- shown only together with so many, themselves included
    appeared     INTEGER NOT NULL,        -- 1 once shown: it is not hidden again when others withdraw
    news         INTEGER NOT NULL,        -- 1 when a mail is wanted after the words have changed
    place        BLOB NOT NULL,           -- what it is ordered by: the name folded, or 8 random bytes
    made_s       INTEGER NOT NULL,
    signed_s     INTEGER                  -- when the mailbox was confirmed
) STRICT;
CREATE UNIQUE INDEX signatures_one_mailbox ON signatures (work_id, mark) WHERE state = 'verified';
CREATE INDEX signatures_shown ON signatures (work_id, appeared, place);
CREATE INDEX signatures_by_state ON signatures (state, made_s);

-- What everybody may read of signatures that were taken out: how many and why, never whose.
CREATE TABLE signature_removals (
    work_id BLOB NOT NULL REFERENCES works (work_id),
    entry   INTEGER NOT NULL,             -- 1, 2, 3 …
    count   INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    day     INTEGER NOT NULL,
    PRIMARY KEY (work_id, entry)
) STRICT;

-- Mails on their way: address, subject and text under the key beside the database. Gone once the mail server has it.
CREATE TABLE mails (
    mail_id BLOB NOT NULL PRIMARY KEY CHECK (length(mail_id) = 16),
    sealed  BLOB NOT NULL,
    due_s   INTEGER NOT NULL,
    tries   INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_by_due ON mails (due_s);

-- To which mailboxes we wrote of late: keyed hashes, for a day.
CREATE TABLE mail_marks (
    mark BLOB NOT NULL,
    at_s INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_marks_by_mark ON mail_marks (mark, at_s);
