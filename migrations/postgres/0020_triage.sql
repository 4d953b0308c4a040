-- Cases as dispatchers queue them: what waits for them, the urgent first, then what has waited longest.
CREATE TABLE triage (
    case_id      TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id),
    organisation TEXT    NOT NULL,
    -- 1 while somebody who sorts matters has something to do.
    waiting      BIGINT NOT NULL,
    -- 0 ordinary, 1 soon, 2 urgent.
    urgency      BIGINT NOT NULL,
    -- What the claimant would rather speak, such as wu; empty where nobody asked.
    language     TEXT    NOT NULL,
    opened_at    BIGINT NOT NULL
);
CREATE INDEX triage_queue ON triage (organisation, waiting, urgency, opened_at);
INSERT INTO triage (case_id, organisation, waiting, urgency, language, opened_at)
    SELECT id, organisation, CASE WHEN stage IN ('assess.submitted', 'mediate.received') THEN 1 ELSE 0 END, 0, '', opened_at FROM cases;

-- By what two cases of a district are found to be alike: contacts of the claimant and of the opponent, a name, an address.
CREATE TABLE case_marks (
    case_id  TEXT NOT NULL REFERENCES cases (id),
    district TEXT NOT NULL,
    kind     TEXT NOT NULL,
    mark     TEXT NOT NULL,
    PRIMARY KEY (case_id, kind, mark)
);
CREATE INDEX case_marks_alike ON case_marks (district, kind, mark);
