-- The keys under which others may leave notes for an author; one at most takes notes, and what was given before never does again. Both tables lose what an author
-- has here with their last filing that lives.
CREATE TABLE note_boxes (
    pseudonym bytea  NOT NULL,
    note_key  bytea  NOT NULL, -- what a code gives: its public half
    takes     bigint NOT NULL, -- 1 takes notes, 0 no more
    PRIMARY KEY (pseudonym, note_key)
);
CREATE INDEX note_boxes_by_key ON note_boxes (note_key);

-- Notes that wait for an author. Thrown away by them alone. The row of nobody, whose pseudonym is zeros, holds nothing: it is written when a note is not kept, so
-- that the same is done for each.
CREATE TABLE friend_notes (
    pseudonym   bytea   NOT NULL,
    number      bigint  NOT NULL,
    entry       bytea   NOT NULL, -- what dates it
    sealed_note bytea   NOT NULL, -- to their author alone
    PRIMARY KEY (pseudonym, number)
);
