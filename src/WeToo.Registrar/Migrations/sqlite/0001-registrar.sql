-- One row for each invitation. The request is set once.
CREATE TABLE invitations (
    code_mac       BLOB NOT NULL PRIMARY KEY CHECK (length(code_mac) = 32), -- HMAC-SHA-256(pepper, code)
    blinded_sha256 BLOB                                                     -- of the request it was used for; null: unused
) STRICT;

-- Challenges whose work was spent, until they are out of date. Rows are never changed.
CREATE TABLE spent_work (
    challenge      BLOB NOT NULL PRIMARY KEY,
    blinded_sha256 BLOB NOT NULL,
    day            INTEGER NOT NULL -- days since 1970
) STRICT;
