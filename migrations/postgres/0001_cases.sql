-- A case is kept whole as JSON in body; the other columns are copies that lists filter and sort by.
CREATE TABLE cases (
    id           TEXT    NOT NULL PRIMARY KEY,
    version      BIGINT  NOT NULL,
    number       TEXT    NOT NULL UNIQUE,
    stage        TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    court        TEXT,
    mediator     TEXT,
    dispute      TEXT    NOT NULL,
    opened_at    BIGINT  NOT NULL,
    changed_at   BIGINT  NOT NULL,
    due_at       BIGINT ,
    -- 1 while the term ran into a year whose holidays are not published.
    provisional  BIGINT  NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX cases_of_organisation ON cases (organisation, stage, opened_at);
CREATE INDEX cases_of_court ON cases (court) WHERE court IS NOT NULL;
CREATE INDEX cases_of_mediator ON cases (mediator) WHERE mediator IS NOT NULL;

-- Who sits at which seat, for finding a person's cases.
CREATE TABLE case_people (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    party_id  TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (case_id, party_id)
);
CREATE INDEX case_people_of_person ON case_people (person_id);

-- What happened, chained: each hash covers the one before it and the digest of the details.
CREATE TABLE events (
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    seq        BIGINT  NOT NULL,
    kind       TEXT    NOT NULL,
    actor      TEXT    NOT NULL,
    at         BIGINT  NOT NULL,
    from_stage TEXT    NOT NULL,
    to_stage   TEXT    NOT NULL,
    details    TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    PRIMARY KEY (case_id, seq)
);

-- The personal part of an event. Erasing deletes the row; the chain still verifies.
CREATE TABLE event_details (
    case_id TEXT    NOT NULL,
    seq     BIGINT  NOT NULL,
    salt    TEXT    NOT NULL,
    payload TEXT    NOT NULL,
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES events (case_id, seq)
);

-- Which case a printed paper belongs to, by the id in its QR code.
CREATE TABLE papers (
    id        TEXT NOT NULL PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    verify_id TEXT NOT NULL UNIQUE
);

-- Running numbers of cases, agreements and rulings.
CREATE TABLE counters (
    series TEXT    NOT NULL,
    year   BIGINT  NOT NULL,
    last   BIGINT  NOT NULL,
    PRIMARY KEY (series, year)
);

-- What one side told the mediator alone. Nothing that writes a paper reads this table.
CREATE TABLE caucus_notes (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    party_id   TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    written_at BIGINT  NOT NULL
);
CREATE INDEX caucus_notes_of_case ON caucus_notes (case_id);
