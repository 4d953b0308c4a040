-- When a case was over for its organisation, ended without agreement, handed on or closed: once, whatever was added to it later.
ALTER TABLE cases ADD COLUMN ended_at BIGINT;
UPDATE cases SET ended_at = COALESCE((SELECT MIN(at) FROM events WHERE case_id = cases.id
    AND to_stage IN ('closed', 'mediate.ended', 'arbitrate', 'litigate')), changed_at)
 WHERE stage IN ('closed', 'mediate.ended', 'arbitrate', 'litigate');
CREATE INDEX cases_ended_of_organisation ON cases (organisation, ended_at, id) WHERE ended_at IS NOT NULL;
