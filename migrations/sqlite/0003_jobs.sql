-- What follows a committed change. A row is open until done_at or dead_at is set.
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

-- Every message to a person: written with the change that causes it, sent by a job.
CREATE TABLE messages (
    id         TEXT    NOT NULL PRIMARY KEY,
    channel    TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    locale     TEXT    NOT NULL,
    template   TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    calendar   TEXT,
    case_id    TEXT,
    created_at INTEGER NOT NULL,
    sent_at    INTEGER,
    failed_at  INTEGER,
    failure    TEXT
) STRICT;
CREATE INDEX messages_newest ON messages (created_at);
CREATE INDEX messages_failed ON messages (failed_at) WHERE failed_at IS NOT NULL;
