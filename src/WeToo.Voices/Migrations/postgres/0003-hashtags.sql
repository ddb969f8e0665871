-- What hashtags in several languages are about: #MeToo and #BalanceTonPorc are counterparts.
CREATE TABLE topics (
    topic_id   bytea NOT NULL PRIMARY KEY CHECK (length(topic_id) = 16),
    paused     text NOT NULL,             -- why its pages show nothing for now; empty when they do
    paused_day bigint                    -- since when
);

-- A hashtag of a language. One topic may have several in one language.
CREATE TABLE hashtags (
    language text NOT NULL,
    folded   text NOT NULL,               -- in lower case, for the address
    tag      text NOT NULL,               -- as people write it, without the sign
    topic_id bytea NOT NULL REFERENCES topics (topic_id),
    PRIMARY KEY (language, folded)
);
CREATE INDEX hashtags_by_topic ON hashtags (topic_id);

-- Which works are about what.
CREATE TABLE tagged (
    work_id  bytea NOT NULL REFERENCES works (work_id),
    topic_id bytea NOT NULL REFERENCES topics (topic_id),
    PRIMARY KEY (work_id, topic_id)
);
CREATE INDEX tagged_by_topic ON tagged (topic_id);
