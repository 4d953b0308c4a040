-- The district of the case's committee, in the column and in the body.
ALTER TABLE cases ADD COLUMN district TEXT NOT NULL DEFAULT '';
UPDATE cases SET district = COALESCE((SELECT substr(o.area, 1, instr(o.area || '/', '/') - 1) FROM organisations o WHERE o.id = cases.organisation), '');
UPDATE cases SET body = '{"district":' || json_quote(district) || ',' || substr(body, 2);
CREATE INDEX cases_of_district ON cases (district, stage);

-- Who stands by a case beside its parties and its mediator, for finding a person's cases.
CREATE TABLE case_team (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    person_id TEXT NOT NULL,
    capacity  TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id, capacity)
) STRICT;
CREATE INDEX case_team_of_person ON case_team (person_id);
