-- Filings that share y_0 and that counselors found to mean different people: they never count together. One row for each pair, the lower number
-- first. Rows are never changed; deleted with either filing.
CREATE TABLE apart (
    filing INTEGER NOT NULL,
    other  INTEGER NOT NULL,
    PRIMARY KEY (filing, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX apart_by_other ON apart (other);

-- 1 once counselors found that its author has written another one since, which counts in its place. Only ever set.
ALTER TABLE filings ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
