-- Which queue a case stands in, and where in it: what is due first, then what has waited longest; what is over, newest first.
ALTER TABLE cases ADD COLUMN queue TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN place_in_queue BIGINT NOT NULL DEFAULT 0;
-- What the words of the case were kept under in case_words; 0 until they are.
ALTER TABLE cases ADD COLUMN words BIGINT NOT NULL DEFAULT 0;
UPDATE cases SET queue = CASE WHEN certified = 1 AND stage = 'mediate.ended' THEN 'mediate.ended.certified' ELSE stage END;
UPDATE cases SET place_in_queue = CASE WHEN queue IN ('mediate.ended.certified', 'confirm.valid', 'confirm.dismissed', 'confirm.not_accepted', 'confirm.withdrawn', 'perform', 'breached', 'arbitrate', 'litigate', 'closed')
    THEN -changed_at ELSE COALESCE(due_at, 100000000000000000 + changed_at) END;

-- A list is read along the index of its order and left when the page is full.
DROP INDEX cases_of_organisation;
DROP INDEX cases_of_court;
DROP INDEX cases_of_mediator;
CREATE INDEX cases_in_queue_of_organisation ON cases (organisation, queue, place_in_queue, id);
CREATE INDEX cases_in_queue_of_court ON cases (court, queue, place_in_queue, id) WHERE court IS NOT NULL;
CREATE INDEX cases_in_queue_of_mediator ON cases (mediator, queue, place_in_queue, id) WHERE mediator IS NOT NULL;
CREATE INDEX cases_changed_of_organisation ON cases (organisation, changed_at, id);
CREATE INDEX cases_changed_of_court ON cases (court, changed_at, id) WHERE court IS NOT NULL;
CREATE INDEX cases_changed_of_mediator ON cases (mediator, changed_at, id) WHERE mediator IS NOT NULL;
CREATE INDEX cases_opened_of_organisation ON cases (organisation, id);
CREATE INDEX cases_opened_of_court ON cases (court, id) WHERE court IS NOT NULL;
CREATE INDEX cases_opened_of_mediator ON cases (mediator, id) WHERE mediator IS NOT NULL;
CREATE INDEX cases_without_words ON cases (id) WHERE words = 0;

-- By which words a case is found: hashes under a key that is not in this database, of two characters of a name or an
-- address, of a phone, of a mark of identity, each together with the organisation that may look.
CREATE TABLE case_words (
    word    BIGINT  NOT NULL,
    case_id TEXT   NOT NULL REFERENCES cases (id),
    PRIMARY KEY (word, case_id)
);
