-- What is written for everybody at the table, where one mediates without the room.
CREATE TABLE written_messages (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES cases (id),
    author     TEXT NOT NULL,
    text       TEXT NOT NULL,
    written_at BIGINT NOT NULL
);
CREATE INDEX written_messages_of_case ON written_messages (case_id);

-- Between one party and one mediator. It has no place in the body of a case, from which papers are written.
CREATE TABLE confided_messages (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES cases (id),
    party_id   TEXT NOT NULL,
    mediator   TEXT NOT NULL,
    author     TEXT NOT NULL,
    text       TEXT NOT NULL,
    written_at BIGINT NOT NULL
);
CREATE INDEX confided_messages_of_case ON confided_messages (case_id);

-- An offer that a party has shown to the mediator alone, and not sent.
CREATE TABLE confided_offers (
    case_id    TEXT NOT NULL REFERENCES cases (id),
    party_id   TEXT NOT NULL,
    giver      TEXT NOT NULL,
    mediator   TEXT NOT NULL,
    terms      TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, party_id)
);
