-- Who changed the register, on the page or from the shell (nobody's name then), and how: ids and counts, no personal data.
CREATE TABLE register_changes (
    id   TEXT NOT NULL PRIMARY KEY,
    at   BIGINT NOT NULL,
    hand TEXT,
    what TEXT NOT NULL
);
CREATE INDEX register_changes_by_time ON register_changes (at);

-- 1 where somebody who may have a password is to choose another: whoever runs the machine asked for that, and nobody
-- gives out a link for it on the page.
ALTER TABLE setups ADD COLUMN again BIGINT NOT NULL DEFAULT 0;
UPDATE setups SET again = 1 WHERE EXISTS (SELECT 1 FROM sessions WHERE sessions.person_id = setups.person_id);
