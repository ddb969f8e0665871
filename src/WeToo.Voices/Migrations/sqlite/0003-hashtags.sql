-- What hashtags in several languages are about: #MeToo and #BalanceTonPorc are counterparts.
CREATE TABLE topics (
    topic_id   BLOB NOT NULL PRIMARY KEY CHECK (length(topic_id) = 16),
    paused     TEXT NOT NULL,             -- why its pages show nothing for now; empty when they do
    paused_day INTEGER                    -- since when
) STRICT;

-- A hashtag of a language. One topic may have several in one language.
CREATE TABLE hashtags (
    language TEXT NOT NULL,
    folded   TEXT NOT NULL,               -- in lower case, for the address
    tag      TEXT NOT NULL,               -- as people write it, without the sign
    topic_id BLOB NOT NULL REFERENCES topics (topic_id),
    PRIMARY KEY (language, folded)
) STRICT;
CREATE INDEX hashtags_by_topic ON hashtags (topic_id);

-- Which works are about what.
CREATE TABLE tagged (
    work_id  BLOB NOT NULL REFERENCES works (work_id),
    topic_id BLOB NOT NULL REFERENCES topics (topic_id),
    PRIMARY KEY (work_id, topic_id)
) STRICT;
CREATE INDEX tagged_by_topic ON tagged (topic_id);
