-- What is due when, for the lists of today, this week and overdue.
CREATE INDEX cases_due_of_organisation ON cases (organisation, queue, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX cases_due_of_mediator ON cases (mediator, queue, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX cases_due_of_court ON cases (court, queue, due_at, id) WHERE due_at IS NOT NULL;
