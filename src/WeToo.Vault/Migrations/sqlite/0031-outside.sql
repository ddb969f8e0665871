-- Whom each author of a case chose who stands outside the team, while it is with somebody of the team: it is theirs once one colleague or none is
-- left. Whether anybody is named plays no part in these rows. Deleted with the candidates.
CREATE TABLE outside (
    filing_id BLOB NOT NULL,
    counselor BLOB NOT NULL, -- signing key
    PRIMARY KEY (filing_id, counselor)
) STRICT;
