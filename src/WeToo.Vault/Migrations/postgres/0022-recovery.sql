-- Somebody's desk key, as their browser sealed it: under their passphrase, and that once more under a key of which colleagues have shares. Replaced as a whole by its owner.
CREATE TABLE recovery_keys (
    owner    bytea NOT NULL PRIMARY KEY, -- signing key
    box      bytea NOT NULL,
    made_day bigint NOT NULL           -- days since 1970
);

-- A share of that key for each colleague, sealed to them. Rows go with the key.
CREATE TABLE recovery_shares (
    owner  bytea NOT NULL,
    holder bytea NOT NULL, -- signing key
    sealed bytea NOT NULL, -- an age file
    PRIMARY KEY (owner, holder)
);

-- Somebody says that they are this owner and lost the key. Deleted after a week, or when somebody of the team turns it down.
CREATE TABLE recoveries (
    recovery_id bytea NOT NULL PRIMARY KEY, -- 16 random bytes, known to who asks
    owner       bytea NOT NULL,
    recipient   text NOT NULL,             -- the age recipient that shares are sealed to anew
    asked_day   bigint NOT NULL
);

-- What colleagues gave. Rows are never changed; they go with what was asked, or when the owner puts another key by.
CREATE TABLE recovery_gifts (
    recovery_id bytea NOT NULL,
    holder      bytea NOT NULL,
    sealed      bytea NOT NULL, -- an age file
    PRIMARY KEY (recovery_id, holder)
);
