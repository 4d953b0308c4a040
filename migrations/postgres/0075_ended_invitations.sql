-- Waiting for an answer ended with the invitation, whatever ended it; until now only silence to the last step was noted.
UPDATE invitations SET silent_at = (SELECT changed_at FROM cases WHERE cases.id = invitations.case_id)
 WHERE answer IS NULL AND silent_at IS NULL AND case_id IN (SELECT id FROM cases WHERE stage <> 'mediate.inviting');
