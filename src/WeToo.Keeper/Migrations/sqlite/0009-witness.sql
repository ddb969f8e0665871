-- The checkpoint of each log that this keeper cosigned last. One row for each log; it only ever moves forward.
CREATE TABLE witnessed (
    origin TEXT    NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    note   TEXT    NOT NULL              -- with the log's signature and this keeper's
) STRICT;
