-- How well the lines of a session held: numbers of all together, of nobody alone.
CREATE TABLE session_quality (
    session_id TEXT    NOT NULL,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    what       TEXT    NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (session_id, what)
) STRICT;
