-- Conflict tags on their way from people of the team to each keeper. Replaced by higher revisions; what the keeper has is emptied here.
CREATE TABLE conflict_puts (
    member   BLOB    NOT NULL, -- signing key
    keeper   BLOB    NOT NULL, -- its signing key
    revision INTEGER NOT NULL,
    message  BLOB    NOT NULL, -- the signed ConflictPut; empty once the keeper has it
    PRIMARY KEY (member, keeper)
) STRICT;
