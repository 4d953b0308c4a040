-- What follows a committed change. A row is open until done_at or dead_at is set.
CREATE TABLE jobs (
    id           TEXT    NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL UNIQUE,
    payload      TEXT    NOT NULL,
    not_before   BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    last_error   TEXT,
    created_at   BIGINT NOT NULL,
    done_at      BIGINT,
    dead_at      BIGINT
);
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
    created_at BIGINT NOT NULL,
    sent_at    BIGINT,
    failed_at  BIGINT,
    failure    TEXT
);
CREATE INDEX messages_newest ON messages (created_at);
CREATE INDEX messages_failed ON messages (failed_at) WHERE failed_at IS NOT NULL;
