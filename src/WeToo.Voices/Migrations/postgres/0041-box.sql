-- A box for notes to the author of a work, who alone reads them: by a link that is made of this id and mailed to them. Another author's mailbox gets another id.
ALTER TABLE works ADD COLUMN box bytea;
ALTER TABLE works ADD COLUMN box_open bigint NOT NULL DEFAULT 0; -- 1 while readers may write into it

-- What readers wrote to an author. Shown on no page but the author's.
CREATE TABLE notes (
    note_id  bytea NOT NULL PRIMARY KEY CHECK (length(note_id) = 16),
    work_id  bytea NOT NULL REFERENCES works (work_id),
    sealed   bytea NOT NULL,               -- words and name under the key beside the database
    made_day bigint NOT NULL
);
CREATE INDEX notes_of_work ON notes (work_id, made_day);
