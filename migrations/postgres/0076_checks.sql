-- Where a grid worker is asked to look on the spot whether an agreement is kept; a copy of what the body of the case says.
CREATE TABLE checks (
    case_id TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id),
    area    TEXT    NOT NULL,
    due_at  BIGINT NOT NULL
);
CREATE INDEX checks_of_area ON checks (area, due_at);

-- Which slips were used, and what was rated: kept apart, and by month alone, so that nobody finds the one by the other.
CREATE TABLE rating_slips (
    slip TEXT NOT NULL PRIMARY KEY
);
CREATE TABLE ratings (
    id           TEXT    NOT NULL PRIMARY KEY,
    organisation TEXT    NOT NULL,
    -- Of its first day, 2026-11-01.
    month        TEXT    NOT NULL,
    stars        BIGINT NOT NULL,
    again        BIGINT NOT NULL,
    words        TEXT    NOT NULL
);
CREATE INDEX ratings_of_organisation ON ratings (organisation, month);
