-- Who was invited by whom, what came of it, and what staff have to do so that they are reached; copies of what the body
-- of the case says.
CREATE TABLE invitations (
    case_id      TEXT   NOT NULL REFERENCES cases (id),
    party_id     TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    -- Where the matter lies, for the grid worker of the place.
    area         TEXT,
    invited_at   BIGINT  NOT NULL,
    answered_at  BIGINT ,
    answer       TEXT,
    silent_at    BIGINT ,
    task         TEXT,
    task_due     BIGINT ,
    PRIMARY KEY (case_id, party_id)
);
CREATE INDEX invitations_of_organisation ON invitations (organisation, invited_at);
CREATE INDEX invitations_to_do ON invitations (organisation, task, task_due, case_id) WHERE task IS NOT NULL;
