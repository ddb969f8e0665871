-- What a counselor takes on, as they said it: one row for each who said anything, replaced by what they say next. Nobody else is shown it.
CREATE TABLE limits (
    counselor   bytea NOT NULL PRIMARY KEY, -- signing key
    most        bigint NOT NULL,          -- how many open cases at once
    weekly      bigint,                   -- how many new ones in seven days; null: as many as there are
    quiet_from  bigint,                   -- from this hour of their day nothing new reaches them; null: at any time it does
    quiet_until bigint,                   -- until this one; null like the first
    zone        text NOT NULL,             -- whose hours these are, by the tz database
    not_before  bigint                    -- nothing new before this day, days since 1970, where the house stands; null: any day
);

-- On which day its counselor was given a case, likewise; null while nobody has it.
ALTER TABLE cases ADD COLUMN given_day bigint;

-- 1 while a case that was given in quiet hours was not shown yet.
ALTER TABLE cases ADD COLUMN held bigint NOT NULL DEFAULT 0;

-- How often a clock was put off since it was set: a few times, and no more.
ALTER TABLE clocks ADD COLUMN put_off bigint NOT NULL DEFAULT 0;

UPDATE cases SET given_day = opened_day WHERE length(counselor) > 0;
