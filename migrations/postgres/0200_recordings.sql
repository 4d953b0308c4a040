-- Recordings of sessions: which run, so that none is left running when the platform stops.
CREATE TABLE recordings (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    session_id TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    running    BIGINT NOT NULL
);
CREATE INDEX recordings_by_case ON recordings (case_id);
CREATE INDEX recordings_running ON recordings (running);

-- What the room told of each part that was written: who, which line, and the hash that the next one names.
CREATE TABLE recording_segments (
    recording_id TEXT    NOT NULL REFERENCES recordings (id),
    person_id    TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    number       BIGINT NOT NULL,
    hash         TEXT    NOT NULL,
    previous     TEXT,
    bytes        BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    torn         BIGINT NOT NULL,
    PRIMARY KEY (recording_id, person_id, source, number)
);

-- Packets that were not kept.
CREATE TABLE recording_gaps (
    recording_id TEXT    NOT NULL REFERENCES recordings (id),
    person_id    TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    packets      BIGINT NOT NULL,
    PRIMARY KEY (recording_id, person_id, source)
);
