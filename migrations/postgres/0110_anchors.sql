-- Every hour what stands in all chains is sealed. The row decides which of two anchors made at once is the one; its files are
-- written from it, and stored_at says that they are.
CREATE TABLE anchors (
    number    BIGINT NOT NULL PRIMARY KEY,
    hour      BIGINT NOT NULL,
    body      TEXT    NOT NULL,
    seal      BYTEA   NOT NULL,
    stored_at BIGINT
);

-- Events that are in no anchor yet.
CREATE TABLE unanchored (
    case_id TEXT    NOT NULL,
    seq     BIGINT NOT NULL,
    PRIMARY KEY (case_id, seq)
);
INSERT INTO unanchored (case_id, seq) SELECT case_id, seq FROM events;
