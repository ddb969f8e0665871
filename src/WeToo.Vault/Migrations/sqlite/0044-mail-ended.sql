-- On which day what was said in an ended case was deleted, in days since 1970: once, so that what is written later stays until the case is. Null before that, and
-- again when the case goes on.
ALTER TABLE cases ADD COLUMN mail_ended INTEGER;
