-- 1 once the certificate of a mediation that ended without agreement is issued: nobody has to do anything for it.
ALTER TABLE cases ADD COLUMN certified INTEGER NOT NULL DEFAULT 0;
CREATE INDEX cases_by_stage ON cases (stage, due_at);
