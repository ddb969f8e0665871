-- The box in which others may leave notes for an author: one each, under the key that they gave a code for last. Both tables lose what an author has here with
-- their last filing that lives.
CREATE TABLE note_boxes (
    pseudonym bytea   NOT NULL PRIMARY KEY,
    note_key  bytea   NOT NULL UNIQUE, -- what a code gives: its public half
    takes     bigint  NOT NULL         -- 1 takes notes, 0 no more
);

-- Notes that wait for an author. Thrown away by them alone. The row of nobody, whose pseudonym is zeros, holds nothing: it is written when a note is not kept, so
-- that the same is done for each.
CREATE TABLE friend_notes (
    pseudonym   bytea   NOT NULL,
    number      bigint  NOT NULL,
    entry       bytea   NOT NULL, -- what dates it
    sealed_note bytea   NOT NULL, -- to their author alone
    PRIMARY KEY (pseudonym, number)
);
