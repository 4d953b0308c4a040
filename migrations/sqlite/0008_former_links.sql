-- Links that a newer one has replaced: they lead nowhere any more, but say so and have the newer one sent.
CREATE TABLE former_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    party_id   TEXT NOT NULL
) STRICT;
