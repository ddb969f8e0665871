-- What a counselor takes on, as they said it: one row for each who said anything, replaced by what they say next. Nobody else is shown it.
CREATE TABLE limits (
    counselor   BLOB NOT NULL PRIMARY KEY, -- signing key
    most        INTEGER NOT NULL,          -- how many open cases at once
    weekly      INTEGER,                   -- how many new ones in seven days; null: as many as there are
    quiet_from  INTEGER,                   -- from this hour of their day nothing new reaches them; null: at any time it does
    quiet_until INTEGER,                   -- until this one; null like the first
    zone        TEXT NOT NULL,             -- whose hours these are, by the tz database
    not_before  INTEGER                    -- nothing new before this day, days since 1970, where the house stands; null: any day
) STRICT;

-- On which day its counselor was given a case, likewise; null while nobody has it.
ALTER TABLE cases ADD COLUMN given_day INTEGER;

-- 1 while a case that was given in quiet hours was not shown yet.
ALTER TABLE cases ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- How often a clock was put off since it was set: a few times, and no more.
ALTER TABLE clocks ADD COLUMN put_off INTEGER NOT NULL DEFAULT 0;

UPDATE cases SET given_day = opened_day WHERE length(counselor) > 0;
