-- Somebody's desk key, as their browser sealed it: under their passphrase, and that once more under a key of which colleagues have shares. Replaced as a whole by its owner.
CREATE TABLE recovery_keys (
    owner    BLOB NOT NULL PRIMARY KEY, -- signing key
    box      BLOB NOT NULL,
    made_day INTEGER NOT NULL           -- days since 1970
) STRICT;

-- A share of that key for each colleague, sealed to them. Rows go with the key.
CREATE TABLE recovery_shares (
    owner  BLOB NOT NULL,
    holder BLOB NOT NULL, -- signing key
    sealed BLOB NOT NULL, -- an age file
    PRIMARY KEY (owner, holder)
) STRICT;

-- Somebody says that they are this owner and lost the key. Deleted after a week, or when somebody of the team turns it down.
CREATE TABLE recoveries (
    recovery_id BLOB NOT NULL PRIMARY KEY, -- 16 random bytes, known to who asks
    owner       BLOB NOT NULL,
    recipient   TEXT NOT NULL,             -- the age recipient that shares are sealed to anew
    asked_day   INTEGER NOT NULL
) STRICT;

-- What colleagues gave. Rows are never changed; they go with what was asked, or when the owner puts another key by.
CREATE TABLE recovery_gifts (
    recovery_id BLOB NOT NULL,
    holder      BLOB NOT NULL,
    sealed      BLOB NOT NULL, -- an age file
    PRIMARY KEY (recovery_id, holder)
) STRICT;
