-- People known to the platform. A phone or a mail address is written here once its holder has proved it.
CREATE TABLE people (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    phone      TEXT    UNIQUE,
    mail       TEXT    UNIQUE,
    locale     TEXT    NOT NULL,
    elder      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- How staff sign in. second_factor is sealed; last_step is the newest one-time password spent.
CREATE TABLE staff (
    person_id     TEXT    NOT NULL PRIMARY KEY REFERENCES people (id),
    login         TEXT    NOT NULL UNIQUE,
    password      TEXT    NOT NULL,
    second_factor BLOB,
    enrolled_at   INTEGER,
    last_step     INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    locked_until  INTEGER,
    disabled_at   INTEGER,
    created_at    INTEGER NOT NULL
) STRICT;

-- Who is signed in; the cookie itself is known only as its keyed hash.
CREATE TABLE sessions (
    token_hash       TEXT    NOT NULL PRIMARY KEY,
    person_id        TEXT    NOT NULL REFERENCES people (id),
    created_at       INTEGER NOT NULL,
    seen_at          INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    -- 1 for a session by password, which alone carries an office.
    as_staff         INTEGER NOT NULL,
    second_factor_at INTEGER
) STRICT;
CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- One-time codes: one a subject (purpose and address), a newer one takes the place of an older.
CREATE TABLE codes (
    subject    TEXT    NOT NULL PRIMARY KEY,
    code_hash  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    spent_at   INTEGER
) STRICT;

-- Requests counted against a limit, by keyed hash of an address or of a client.
CREATE TABLE requests (
    counter TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX requests_of_counter ON requests (counter, at);

-- Links sent to parties. The token is derived from the row and never stored.
CREATE TABLE links (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL,
    party_id   TEXT    NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- Forms being filled in, sealed, under the hash of the browser's cookie.
CREATE TABLE drafts (
    browser    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    body       BLOB    NOT NULL,
    saved_at   INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (browser, kind)
) STRICT;
CREATE INDEX drafts_by_expiry ON drafts (expires_at);

-- What a one-time password was given for, such as the hash of a paper to be sealed.
CREATE TABLE step_ups (
    person_id TEXT    NOT NULL REFERENCES people (id),
    step      INTEGER NOT NULL,
    subject   TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (person_id, step)
) STRICT;
