-- Other bodies that send matters. Of their tokens only hashes are known; the secret of the webhook is sealed.
CREATE TABLE integrators (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    district   TEXT    NOT NULL,
    token_hash TEXT    NOT NULL UNIQUE,
    webhook    TEXT,
    secret     BYTEA   NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- What was answered to which key, so that the same matter sent twice is one case.
CREATE TABLE intake_keys (
    integrator_id TEXT    NOT NULL REFERENCES integrators (id),
    key           TEXT    NOT NULL,
    body_hash     TEXT    NOT NULL,
    answer        TEXT    NOT NULL,
    kept_at       BIGINT NOT NULL,
    PRIMARY KEY (integrator_id, key)
);
