-- On which day the counselor said that a case has ended, in days since 1970. Null while it goes on; null again when it does.
ALTER TABLE cases ADD COLUMN closed_day INTEGER;

-- How long things stay after they ended, in calendar months, as operators decided. Rows are never changed; the highest number is in force.
CREATE TABLE retention_policies (
    number            INTEGER NOT NULL PRIMARY KEY,
    set_day           INTEGER NOT NULL, -- days since 1970, UTC
    from_day          INTEGER NOT NULL, -- nothing is deleted by it before
    mail_months       INTEGER NOT NULL,
    cases_months      INTEGER NOT NULL,
    candidates_months INTEGER NOT NULL,
    requests_months   INTEGER NOT NULL
) STRICT;

-- What was deleted in each run: one row for each Monday on which there was one, whether or not anything was due. Rows are never changed.
CREATE TABLE retention_runs (
    run_day     INTEGER NOT NULL PRIMARY KEY, -- days since 1970, a Monday
    certificate TEXT NOT NULL            -- a signed note: small numbers in words, and no name
) STRICT;
