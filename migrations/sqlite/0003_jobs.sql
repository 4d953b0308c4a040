-- What follows a committed change. A row is open until done_at or dead_at is set; locked_until is the lease of
-- the worker that has it, and the proof by which that worker closes it.
CREATE TABLE jobs (
    id           TEXT    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL UNIQUE,
    payload      TEXT    NOT NULL,
    not_before   INTEGER NOT NULL,
    locked_until INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    last_error   TEXT,
    created_at   INTEGER NOT NULL,
    done_at      INTEGER,
    dead_at      INTEGER
) STRICT;
CREATE INDEX jobs_open ON jobs (not_before) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL;

-- Every message to a person: its name and facts are written with the change that causes it, its words when it is sent.
CREATE TABLE messages (
    id         TEXT    NOT NULL PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,
    channel    TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    locale     TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    facts      TEXT    NOT NULL,
    case_id    TEXT,
    created_at INTEGER NOT NULL,
    subject    TEXT,
    body       TEXT,
    calendar   TEXT,
    sent_at    INTEGER,
    failed_at  INTEGER,
    failure    TEXT
) STRICT;
CREATE INDEX messages_newest ON messages (created_at);
CREATE INDEX messages_failed ON messages (failed_at) WHERE failed_at IS NOT NULL;
