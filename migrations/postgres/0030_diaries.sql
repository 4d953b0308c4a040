-- A quarter-hour of somebody's time, counted from 1970. The key is what keeps it from being given away twice.
-- case_id is empty for leave; session_id is the session's or the leave's.
CREATE TABLE slots (
    person_id  TEXT    NOT NULL,
    quarter    BIGINT  NOT NULL,
    session_id TEXT    NOT NULL,
    case_id    TEXT,
    PRIMARY KEY (person_id, quarter)
);
CREATE INDEX slots_of_session ON slots (session_id);

-- When somebody is away.
CREATE TABLE leaves (
    id        TEXT    NOT NULL PRIMARY KEY,
    person_id TEXT    NOT NULL,
    from_at   BIGINT  NOT NULL,
    until_at  BIGINT  NOT NULL
);
CREATE INDEX leaves_of_person ON leaves (person_id, until_at);

-- Hours of a week in which somebody mediates; nobody's row means office hours. Weekday 1 is Monday.
CREATE TABLE office_hours (
    person_id    TEXT    NOT NULL,
    weekday      BIGINT  NOT NULL,
    from_minute  BIGINT  NOT NULL,
    until_minute BIGINT  NOT NULL,
    PRIMARY KEY (person_id, weekday, from_minute)
);

-- The address under which somebody's calendar is read by a phone; only the hash of its secret.
CREATE TABLE calendar_feeds (
    person_id TEXT    NOT NULL PRIMARY KEY,
    secret    TEXT    NOT NULL UNIQUE,
    made_at   BIGINT  NOT NULL
);

-- What a mediator declared beforehand: relatives, employers, addresses, people they stand close to.
CREATE TABLE ties (
    person_id TEXT NOT NULL,
    kind      TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (person_id, kind, value)
);

-- Who has met whom in which matter and as what; mark is the other one's person or the hash of their identity number.
CREATE TABLE encounters (
    person_id TEXT NOT NULL,
    mark      TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (mark, person_id, case_id, role)
);
