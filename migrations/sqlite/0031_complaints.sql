-- Complaints about mediators. They lie outside of the case: who sees the case does not see them.
CREATE TABLE complaints (
    id        TEXT    NOT NULL PRIMARY KEY,
    bureau    TEXT    NOT NULL,
    by_person TEXT    NOT NULL,
    mediator  TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    due_at    INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT    NOT NULL
) STRICT;
CREATE INDEX complaints_of_bureau ON complaints (bureau, state, due_at);
CREATE INDEX complaints_by_person ON complaints (by_person);
