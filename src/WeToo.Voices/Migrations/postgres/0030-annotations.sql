-- What whoever wrote through the Web Annotation protocol calls their annotation elsewhere: kept as the protocol demands, shown with it, and deleted with it.
CREATE TABLE annotations (
    comment_id bytea NOT NULL PRIMARY KEY REFERENCES comments (comment_id),
    canonical  text,                      -- its one name wherever it is copied to; null for none
    via        text                       -- where it was taken from; null for nowhere
);
