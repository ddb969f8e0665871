-- The box in which others may leave notes for an author: one each, under the key that they gave a code for last. Both tables lose what an author has here with
-- their last filing that lives.
CREATE TABLE note_boxes (
    pseudonym BLOB    NOT NULL PRIMARY KEY,
    note_key  BLOB    NOT NULL UNIQUE, -- what a code gives: its public half
    takes     INTEGER NOT NULL         -- 1 takes notes, 0 no more
) STRICT;

-- Notes that wait for an author. Thrown away by them alone. The row of nobody, whose pseudonym is zeros, holds nothing: it is written when a note is not kept, so
-- that the same is done for each.
CREATE TABLE friend_notes (
    pseudonym   BLOB    NOT NULL,
    number      INTEGER NOT NULL,
    entry       BLOB    NOT NULL, -- what dates it
    sealed_note BLOB    NOT NULL, -- to their author alone
    PRIMARY KEY (pseudonym, number)
) STRICT;
