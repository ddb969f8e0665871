-- 1 for what an author sealed to counselors alone and sent at once: its message is a signed Direct, and no keeper and no matcher hears of it.
ALTER TABLE filings ADD COLUMN direct bigint NOT NULL DEFAULT 0;
