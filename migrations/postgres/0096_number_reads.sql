-- Who read whole identity numbers of a case, and when. Rows are added and never changed.
CREATE TABLE number_reads (
    id        TEXT    NOT NULL PRIMARY KEY,
    case_id   TEXT    NOT NULL REFERENCES cases (id),
    person_id TEXT    NOT NULL,
    at        BIGINT  NOT NULL
);
CREATE INDEX number_reads_of_case ON number_reads (case_id, at);
