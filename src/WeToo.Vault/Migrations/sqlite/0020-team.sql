-- What somebody says of themselves when they accept, for who lets them in to compare. Null until then; immutable afterwards.
ALTER TABLE invitations ADD COLUMN organisation TEXT;
ALTER TABLE invitations ADD COLUMN languages TEXT; -- as BCP 47 has them, with spaces between
ALTER TABLE invitations ADD COLUMN accepted_day INTEGER; -- days since 1970

-- Changes of the team that somebody proposed: whole rosters. Deleted once the team is another one, or when somebody of it turns them down.
CREATE TABLE team_changes (
    after_sha256  BLOB NOT NULL PRIMARY KEY, -- of roster
    before_sha256 BLOB NOT NULL,             -- of the roster that was in force
    roster        TEXT NOT NULL,
    made_day      INTEGER NOT NULL
) STRICT;

-- Who of the team stands by a change. Rows are never changed; they go with it.
CREATE TABLE team_signatures (
    after_sha256 BLOB NOT NULL,
    signer       BLOB NOT NULL,
    message      BLOB NOT NULL, -- the signed TeamChange, 177 bytes
    PRIMARY KEY (after_sha256, signer)
) STRICT;
