-- The committee whose head was told of a complaint, so that a head's list asks for those alone.
ALTER TABLE complaints ADD COLUMN shared_with TEXT;
UPDATE complaints SET shared_with = json_extract(body, '$.committee') WHERE json_extract(body, '$.shared') = 1;
CREATE INDEX complaints_shared_with ON complaints (shared_with, state, due_at);
