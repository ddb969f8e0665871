-- When each of the operator's runs last ended well. One row for each kind.
CREATE TABLE runs (
    kind text NOT NULL PRIMARY KEY, -- backup, restore, retention
    at_s bigint NOT NULL              -- seconds since 1970
);

-- Keepers that a restored vault has yet to ask what was withdrawn since its backup; 0: it has not begun. Deleted when they have answered.
CREATE TABLE replays (
    keeper_index bigint NOT NULL PRIMARY KEY
);
