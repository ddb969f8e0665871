-- The checkpoint of each log that this keeper cosigned last. One row for each log; it only ever moves forward.
CREATE TABLE witnessed (
    origin text   NOT NULL PRIMARY KEY,
    size   bigint NOT NULL,
    note   text   NOT NULL              -- with the log's signature and this keeper's
);
