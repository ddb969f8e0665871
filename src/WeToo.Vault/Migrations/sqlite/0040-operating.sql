-- When each of the operator's runs last ended well. One row for each kind.
CREATE TABLE runs (
    kind TEXT NOT NULL PRIMARY KEY, -- backup, restore, retention
    at_s INTEGER NOT NULL              -- seconds since 1970
) STRICT;

-- Keepers that a restored vault has yet to ask what was withdrawn since its backup; 0: it has not begun. Deleted when they have answered.
CREATE TABLE replays (
    keeper_index INTEGER NOT NULL PRIMARY KEY
) STRICT;
