-- Conflict tags that people of the team gave this keeper: what they signed, replaced by higher revisions, deleted when they are no longer on the roster.
-- Nothing can be told from a tag without y_0, which takes a quorum's evaluation.
CREATE TABLE conflicts (
    member   BLOB    NOT NULL PRIMARY KEY CHECK (length(member) = 32), -- signing key
    revision INTEGER NOT NULL,
    message  BLOB    NOT NULL                                          -- the signed ConflictPut, 661 bytes
) STRICT;
