-- When readers first saw a revision; null for one that was saved and never published, which nobody but an editor may read.
ALTER TABLE revisions ADD COLUMN shown_s bigint;

UPDATE revisions SET shown_s = (SELECT p.last_shown_s FROM pieces p WHERE p.piece_id = revisions.piece_id)
WHERE EXISTS (SELECT 1 FROM pieces p WHERE p.piece_id = revisions.piece_id AND p.published = revisions.revision)
    OR EXISTS (SELECT 1 FROM signatures s WHERE s.piece_id = revisions.piece_id AND s.revision = revisions.revision);
