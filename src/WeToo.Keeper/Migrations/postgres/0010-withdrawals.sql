-- The signed Withdrawal, for a vault that lost it. Null where it was heard of before there was this column; set once.
ALTER TABLE tombstones ADD COLUMN message bytea;
