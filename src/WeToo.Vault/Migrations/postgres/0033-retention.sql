-- On which day the counselor said that a case has ended, in days since 1970. Null while it goes on; null again when it does.
ALTER TABLE cases ADD COLUMN closed_day bigint;

-- How long things stay after they ended, in calendar months, as operators decided. Rows are never changed; the highest number is in force.
CREATE TABLE retention_policies (
    number            bigint NOT NULL PRIMARY KEY,
    set_day           bigint NOT NULL, -- days since 1970, UTC
    from_day          bigint NOT NULL, -- nothing is deleted by it before
    mail_months       bigint NOT NULL,
    cases_months      bigint NOT NULL,
    candidates_months bigint NOT NULL,
    requests_months   bigint NOT NULL
);

-- What was deleted in each run: one row for each Monday on which there was one, whether or not anything was due. Rows are never changed.
CREATE TABLE retention_runs (
    run_day     bigint NOT NULL PRIMARY KEY, -- days since 1970, a Monday
    certificate TEXT NOT NULL            -- a signed note: small numbers in words, and no name
);
