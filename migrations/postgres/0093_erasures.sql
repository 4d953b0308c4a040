-- What people wrote beside a matter was erased: when, who asked for it, why, and how many rows. Rows are added and never changed.
CREATE TABLE erasures (
    id       TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES cases (id),
    at       BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    why      TEXT NOT NULL,
    erased   BIGINT NOT NULL
);
