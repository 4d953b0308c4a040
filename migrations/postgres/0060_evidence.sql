-- What a party shows to the mediator alone. It has no place in the body of a case, from which papers are written.
CREATE TABLE confided_evidence (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES cases (id),
    party_id    TEXT NOT NULL,
    giver       TEXT NOT NULL,
    mediator    TEXT NOT NULL,
    file        TEXT NOT NULL,
    note        TEXT NOT NULL,
    confided_at BIGINT NOT NULL
);
CREATE INDEX confided_evidence_of_case ON confided_evidence (case_id);

-- Files on their way in, part by part.
CREATE TABLE uploads (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES cases (id),
    person_id  TEXT NOT NULL,
    name       TEXT NOT NULL,
    note       TEXT NOT NULL,
    audience   TEXT NOT NULL,
    size       BIGINT NOT NULL,
    received   BIGINT NOT NULL,
    parts      BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX uploads_of_person ON uploads (person_id, case_id);
CREATE INDEX uploads_by_change ON uploads (changed_at);
