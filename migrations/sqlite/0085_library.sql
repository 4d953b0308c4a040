-- What mediators write for themselves: clauses to begin with, for all their cases, and notes on one case. Nothing that writes a
-- paper reads this.
CREATE TABLE own_clauses (
    id         TEXT    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX own_clauses_of_person ON own_clauses (person, title);

CREATE TABLE private_notes (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    author     TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
CREATE INDEX private_notes_of_case ON private_notes (case_id, written_at);
