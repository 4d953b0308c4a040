-- What authorities were asked and have not answered; a copy of what the body of the case says.
CREATE TABLE pleas (
    case_id      TEXT    NOT NULL REFERENCES cases (id),
    id           TEXT    NOT NULL,
    authority    TEXT    NOT NULL,
    -- On whose behalf, and who asked.
    organisation TEXT    NOT NULL,
    by_person    TEXT    NOT NULL,
    due_at       INTEGER NOT NULL,
    PRIMARY KEY (case_id, id)
) STRICT;
CREATE INDEX pleas_of_authority ON pleas (authority, due_at);
CREATE INDEX pleas_of_organisation ON pleas (organisation, due_at);
