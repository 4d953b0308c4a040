-- Who has the case that bears a mark: of many that are alike, only the newest are looked at, in the index alone.
ALTER TABLE case_marks ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
UPDATE case_marks SET organisation = (SELECT organisation FROM cases WHERE cases.id = case_marks.case_id);
DROP INDEX case_marks_alike;
CREATE INDEX case_marks_alike ON case_marks (district, kind, mark, case_id, organisation);

-- The share of those who answered, over some months, is counted in the index alone.
DROP INDEX invitations_of_organisation;
CREATE INDEX invitations_of_organisation ON invitations (organisation, invited_at, answer, silent_at);
