-- One row for each invitation. The request is set once.
CREATE TABLE invitations (
    code_mac       bytea NOT NULL PRIMARY KEY CHECK (length(code_mac) = 32), -- HMAC-SHA-256(pepper, code)
    blinded_sha256 bytea                                                     -- of the request it was used for; null: unused
);

-- Challenges whose work was spent, until they are out of date. Rows are never changed.
CREATE TABLE spent_work (
    challenge      bytea NOT NULL PRIMARY KEY,
    blinded_sha256 bytea NOT NULL,
    day            bigint NOT NULL -- days since 1970
);
