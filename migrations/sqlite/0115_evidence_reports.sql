-- The report on how a paper was signed, by the hash of the signed file. Rows are added and never changed.
CREATE TABLE evidence_reports (
    signed  TEXT    NOT NULL PRIMARY KEY,
    case_id TEXT    NOT NULL REFERENCES cases (id),
    report  TEXT    NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
