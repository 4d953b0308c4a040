-- Who came to a session and left it. What was said is nowhere.
CREATE TABLE attendance (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    session_id TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    what       TEXT    NOT NULL,
    people     TEXT    NOT NULL
) STRICT;
CREATE INDEX attendance_of_session ON attendance (session_id, at);
