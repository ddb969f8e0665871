-- The newest revision of which somebody who wanted to hear of new words was told; 0 for none.
ALTER TABLE signatures ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
