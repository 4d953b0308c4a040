-- The queues of what waits for a decision about its mediator and of what was not sorted in time came after cases that belong
-- there: those are counted anew at the next start.
UPDATE cases SET copies = 0 WHERE stage IN ('assess.submitted', 'mediate.received', 'mediate.disclosing', 'mediate.active', 'mediate.paused', 'mediate.signing');
