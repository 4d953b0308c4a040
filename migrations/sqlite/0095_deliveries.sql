-- Papers that somebody has to bring to a party; a copy of what the body of the case says.
CREATE TABLE deliveries (
    case_id      TEXT    NOT NULL REFERENCES cases (id),
    paper_id     TEXT    NOT NULL,
    party_id     TEXT    NOT NULL,
    -- Whose people bring it: the court's whose paper it is, or the committee's.
    organisation TEXT    NOT NULL,
    -- Who mediates, where it is a paper of the mediation.
    mediator     TEXT,
    due_at       INTEGER NOT NULL,
    PRIMARY KEY (case_id, paper_id, party_id)
) STRICT;
CREATE INDEX deliveries_of_organisation ON deliveries (organisation, due_at);
CREATE INDEX deliveries_of_mediator ON deliveries (mediator, due_at);
