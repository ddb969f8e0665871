-- What readers say. A comment is about the whole piece; feedback is about a passage of it and says what kind of answer it is; an answer stands in a thread.
-- Nothing of who wrote it but what they gave: a name if they like, and a mailbox if they want mail or be marked as somebody with one.
CREATE TABLE comments (
    comment_id   bytea NOT NULL PRIMARY KEY CHECK (octet_length(comment_id) = 16),
    piece_id     bytea NOT NULL REFERENCES pieces (piece_id),
    thread_id    bytea NOT NULL REFERENCES comments (comment_id), -- the first of its thread; itself for the first
    kind         text NOT NULL CHECK (kind IN ('comment', 'agree', 'disagree', 'question', 'fact', 'suggestion', 'note', 'answer')),
    state        text NOT NULL CHECK (state IN ('held', 'shown', 'refused', 'deleted')),
    name         text NOT NULL,           -- as the writer wants to be named; empty for no name, and once deleted
    source       text NOT NULL,           -- Markdown; empty once deleted
    html         text NOT NULL,           -- rendered and sanitized when it was written
    quote        text NOT NULL,           -- of feedback: the words it is about, as they were when it was written; empty for the others
    revision     bigint NOT NULL,        -- the words that the writer saw
    signature_id bytea REFERENCES signatures (signature_id), -- of a signer who answers a point: marked so while that signature is shown
    mark         bytea,                    -- keyed hash of the mailbox within this piece; null without one
    address      bytea NOT NULL,           -- the mail address under the key beside the database; empty without one, and once deleted
    verified     bigint NOT NULL,        -- 1 once the mailbox said yes
    answers      bigint NOT NULL,        -- 1 when mail is wanted about answers in the thread; sent only once verified
    made_s       bigint NOT NULL,
    edited_s     bigint                  -- when the writer last changed it
);
CREATE INDEX comments_of_piece ON comments (piece_id, state, made_s);
CREATE INDEX comments_of_thread ON comments (thread_id, made_s);
CREATE INDEX comments_by_state ON comments (state, made_s);

-- Where the passage of a feedback is in each revision since it was written: carried over when a revision is saved (spec/anchors.md), never looked for when
-- somebody reads. Start and end count UTF-16 units of the revision's text; both are the place where it stood once it is gone.
CREATE TABLE anchors (
    comment_id bytea NOT NULL REFERENCES comments (comment_id),
    piece_id   bytea NOT NULL,
    revision   bigint NOT NULL,
    state      text NOT NULL CHECK (state IN ('kept', 'edited', 'gone')), -- against the words that it was written about
    start_unit bigint NOT NULL,
    end_unit   bigint NOT NULL,
    PRIMARY KEY (comment_id, revision),
    FOREIGN KEY (piece_id, revision) REFERENCES revisions (piece_id, revision)
);
CREATE INDEX anchors_of_revision ON anchors (piece_id, revision);

-- Until when readers may answer a work; null for ever, as its column `replies` allows.
ALTER TABLE works ADD COLUMN replies_until_s bigint;
