-- Which other sites may show the answers of readers in a frame: the operator names them.
CREATE TABLE embeds (
    origin   text NOT NULL PRIMARY KEY,   -- scheme, host and port, as browsers write an origin
    made_day bigint NOT NULL
);
