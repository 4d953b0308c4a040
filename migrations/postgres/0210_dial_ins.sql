-- By which number of theirs somebody joins a session by telephone. Kept as a hash, for as long as the session may last.
CREATE TABLE dial_ins (
    session_id TEXT    NOT NULL,
    person_id  TEXT    NOT NULL REFERENCES people (id),
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    pin        TEXT    NOT NULL UNIQUE,
    expires_at BIGINT  NOT NULL,
    PRIMARY KEY (session_id, person_id)
);
