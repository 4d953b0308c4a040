-- The queue of agreements that were printed to be signed by hand came after cases that belong there: those are counted anew at
-- the next start.
UPDATE cases SET copies = 0 WHERE stage = 'mediate.signing';
