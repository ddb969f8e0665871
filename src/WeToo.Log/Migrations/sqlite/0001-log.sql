-- The newest state of the log: one row. It is the truth, whatever lies in the folder: tiles of [tiled, size) may be missing there, and are
-- written from staged, to the same bytes, by whoever writes next.
CREATE TABLE head (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size     INTEGER NOT NULL,                             -- how many entries
    root     BLOB    NOT NULL CHECK (length(root) = 32),
    note     TEXT    NOT NULL,                             -- the checkpoint, signed by the log; empty while it has no entry
    tiled    INTEGER NOT NULL,                             -- up to here every tile is in the folder
    staged   BLOB    NOT NULL,                             -- the entries from there on, 34 bytes each
    writer   BLOB    NOT NULL,                             -- who may write: a number that each process draws
    fence    INTEGER NOT NULL,                             -- grows whenever somebody else takes the pen
    until_ms INTEGER NOT NULL                              -- when it may be taken from them, milliseconds since 1970
) STRICT;

-- Where each entry is, so that none stands twice. Rows are added, never changed.
CREATE TABLE entries (
    entry    BLOB    NOT NULL PRIMARY KEY CHECK (length(entry) = 34),
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Checkpoints that the policy's witnesses saw: they date what is in them. Rows are added, and only the token is set, once.
CREATE TABLE checkpoints (
    size  INTEGER NOT NULL PRIMARY KEY,
    note  TEXT    NOT NULL,  -- with the signatures of the log and of witnesses
    token BLOB               -- RFC 3161, over SHA-256 of the note's text; null: none, or not yet
) STRICT;
