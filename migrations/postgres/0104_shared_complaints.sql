-- The committee whose head was told of a complaint, so that a head's list asks for those alone.
ALTER TABLE complaints ADD COLUMN shared_with TEXT;
UPDATE complaints SET shared_with = body::json ->> 'committee' WHERE body::json ->> 'shared' = 'true';
CREATE INDEX complaints_shared_with ON complaints (shared_with, state, due_at);
