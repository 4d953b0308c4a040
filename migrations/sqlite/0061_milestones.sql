-- When each case reached what, for statistics; one line a case.
CREATE TABLE milestones (
    case_id      TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    organisation TEXT NOT NULL,
    district     TEXT NOT NULL,
    dispute      TEXT NOT NULL,
    opened_at    INTEGER NOT NULL,
    received_at  INTEGER,
    accepted_at  INTEGER,
    consented_at INTEGER,
    begun_at     INTEGER,
    settled_at   INTEGER,
    ended_at     INTEGER,
    confirmed_at INTEGER,
    performed_at INTEGER
) STRICT;
CREATE INDEX milestones_of_organisation ON milestones (organisation, opened_at);
INSERT INTO milestones
SELECT id, organisation, district, dispute, opened_at,
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'mediate.received'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'mediate.inviting'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'mediate.selecting'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'mediate.active'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage IN ('mediate.settled', 'mediate.partial')),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'mediate.ended'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND to_stage = 'confirm.valid'),
    (SELECT MIN(at) FROM events WHERE case_id = cases.id AND kind = 'close' AND from_stage IN ('perform', 'confirm.valid', 'breached'))
FROM cases;
