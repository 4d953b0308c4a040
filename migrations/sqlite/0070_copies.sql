-- Whether everything that is kept beside a case was made for it: 0 until the program has looked. A migration that adds
-- such a table sets it back to 0.
ALTER TABLE cases ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
CREATE INDEX cases_without_copies ON cases (id) WHERE copies = 0;
