-- A box for notes to the author of a work, who alone reads them: by a link that is made of this id and mailed to them. Another author's mailbox gets another id.
ALTER TABLE works ADD COLUMN box BLOB;
ALTER TABLE works ADD COLUMN box_open INTEGER NOT NULL DEFAULT 0; -- 1 while readers may write into it

-- What readers wrote to an author. Shown on no page but the author's.
CREATE TABLE notes (
    note_id  BLOB NOT NULL PRIMARY KEY CHECK (length(note_id) = 16),
    work_id  BLOB NOT NULL REFERENCES works (work_id),
    sealed   BLOB NOT NULL,               -- words and name under the key beside the database
    made_day INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_of_work ON notes (work_id, made_day);
