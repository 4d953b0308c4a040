-- People known to the platform. A phone or a mail address is written here once its holder has proved it.
CREATE TABLE people (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    phone      TEXT    UNIQUE,
    mail       TEXT    UNIQUE,
    locale     TEXT    NOT NULL,
    elder      BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- How staff sign in. second_factor is sealed; last_step is the newest one-time password spent.
CREATE TABLE staff (
    person_id     TEXT    NOT NULL PRIMARY KEY REFERENCES people (id),
    login         TEXT    NOT NULL UNIQUE,
    password      TEXT    NOT NULL,
    second_factor BYTEA,
    enrolled_at   BIGINT,
    last_step     BIGINT NOT NULL,
    failures      BIGINT NOT NULL,
    locked_until  BIGINT,
    disabled_at   BIGINT,
    created_at    BIGINT NOT NULL
);

-- Who is signed in; the cookie itself is known only as its keyed hash.
CREATE TABLE sessions (
    token_hash       TEXT    NOT NULL PRIMARY KEY,
    person_id        TEXT    NOT NULL REFERENCES people (id),
    created_at       BIGINT NOT NULL,
    seen_at          BIGINT NOT NULL,
    expires_at       BIGINT NOT NULL,
    -- 1 for a session by password, which alone carries an office.
    as_staff         BIGINT  NOT NULL,
    second_factor_at BIGINT
);
CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One-time codes: one a subject (purpose and address), a newer one takes the place of an older.
CREATE TABLE codes (
    subject    TEXT    NOT NULL PRIMARY KEY,
    code_hash  TEXT    NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries      BIGINT NOT NULL,
    spent_at   BIGINT
);

-- Requests counted against a limit, by keyed hash of an address or of a client.
CREATE TABLE requests (
    counter TEXT    NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX requests_of_counter ON requests (counter, at);

-- Links sent to parties. The token is derived from the row and never stored.
CREATE TABLE links (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    party_id   TEXT    NOT NULL UNIQUE,
    generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Forms being filled in, sealed, under the hash of the browser's cookie.
CREATE TABLE drafts (
    browser    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    body       BYTEA    NOT NULL,
    saved_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (browser, kind)
);
CREATE INDEX drafts_by_expiry ON drafts (expires_at);

-- What a one-time password was given for, such as the hash of a paper to be sealed.
CREATE TABLE step_ups (
    person_id TEXT    NOT NULL REFERENCES people (id),
    step      BIGINT NOT NULL,
    subject   TEXT    NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (person_id, step)
);
