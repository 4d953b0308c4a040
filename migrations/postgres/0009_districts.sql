-- The district of the case's committee, in the column and in the body.
ALTER TABLE cases ADD COLUMN district TEXT NOT NULL DEFAULT '';
UPDATE cases SET district = COALESCE((SELECT split_part(o.area, '/', 1) FROM organisations o WHERE o.id = cases.organisation), '');
UPDATE cases SET body = '{"district":' || CAST(to_json(district) AS TEXT) || ',' || substr(body, 2);
CREATE INDEX cases_of_district ON cases (district, stage);

-- Who stands by a case beside its parties and its mediator, for finding a person's cases.
CREATE TABLE case_team (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    person_id TEXT NOT NULL,
    capacity  TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id, capacity)
);
CREATE INDEX case_team_of_person ON case_team (person_id);
