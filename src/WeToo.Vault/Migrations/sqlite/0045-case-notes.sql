-- What the counselor who has a case noted of it, sealed under a key of theirs. One row for each case, replaced whole; deleted when they have the case no more, with its filing when that is
-- withdrawn, lapses or is sealed again.
CREATE TABLE case_notes (
    filing_id BLOB NOT NULL PRIMARY KEY,
    revision  INTEGER NOT NULL, -- one more with each change
    sealed    BLOB NOT NULL CHECK (length(sealed) = 16424)
) STRICT;
