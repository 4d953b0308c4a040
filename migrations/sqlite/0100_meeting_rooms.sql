-- 调解室: the rooms that bodies keep for people to meet in. A room stands once in its district, however its name is written;
-- whose quarter-hours are taken, the slots know under its id.
CREATE TABLE meeting_rooms (
    id           TEXT    NOT NULL PRIMARY KEY,
    organisation TEXT    NOT NULL REFERENCES organisations (id),
    district     TEXT    NOT NULL,
    same         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    address      TEXT    NOT NULL,
    seats        INTEGER NOT NULL,
    UNIQUE (district, same)
) STRICT;
CREATE INDEX meeting_rooms_of_organisation ON meeting_rooms (organisation, same);
