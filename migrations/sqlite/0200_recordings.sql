-- Recordings of sessions: which run, so that none is left running when the platform stops.
CREATE TABLE recordings (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    session_id TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    running    INTEGER NOT NULL
) STRICT;
CREATE INDEX recordings_by_case ON recordings (case_id);
CREATE INDEX recordings_running ON recordings (running);

-- What the room told of each part that was written: who, which line, and the hash that the next one names.
CREATE TABLE recording_segments (
    recording_id TEXT    NOT NULL REFERENCES recordings (id),
    person_id    TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    hash         TEXT    NOT NULL,
    previous     TEXT,
    bytes        INTEGER NOT NULL,
    first_at     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    torn         INTEGER NOT NULL,
    PRIMARY KEY (recording_id, person_id, source, number)
) STRICT;

-- Packets that were not kept.
CREATE TABLE recording_gaps (
    recording_id TEXT    NOT NULL REFERENCES recordings (id),
    person_id    TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    packets      INTEGER NOT NULL,
    PRIMARY KEY (recording_id, person_id, source)
) STRICT;
