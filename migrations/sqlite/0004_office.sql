-- Committees, courts and other bodies; body is the whole of it as JSON.
CREATE TABLE organisations (
    id   TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    area TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Who holds which office.
CREATE TABLE posts (
    person_id       TEXT NOT NULL REFERENCES people (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role            TEXT NOT NULL,
    PRIMARY KEY (person_id, organisation_id, role)
) STRICT;
CREATE INDEX posts_of_organisation ON posts (organisation_id, role);

-- What mediators can do. elsewhere counts the cases they have outside of this installation.
CREATE TABLE mediators (
    person_id       TEXT    NOT NULL REFERENCES people (id),
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    elsewhere       INTEGER NOT NULL,
    body            TEXT    NOT NULL,
    PRIMARY KEY (person_id, organisation_id)
) STRICT;

-- Districts, streets and communities by their path.
CREATE TABLE areas (
    path TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- Doors with a QR code.
CREATE TABLE places (
    code    TEXT NOT NULL PRIMARY KEY,
    area    TEXT NOT NULL REFERENCES areas (path),
    address TEXT NOT NULL
) STRICT;
