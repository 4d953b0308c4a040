-- Staff who have not chosen a password yet, and the link by which they do: known as a hash, good once, until it lapses.
CREATE TABLE setups (
    person_id  TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    token_hash TEXT UNIQUE,
    expires_at INTEGER
) STRICT;
