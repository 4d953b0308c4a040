-- Every hour what stands in all chains is sealed. The row decides which of two anchors made at once is the one; its files are
-- written from it, and stored_at says that they are.
CREATE TABLE anchors (
    number    INTEGER NOT NULL PRIMARY KEY,
    hour      INTEGER NOT NULL,
    body      TEXT    NOT NULL,
    seal      BLOB    NOT NULL,
    stored_at INTEGER
) STRICT;

-- Events that are in no anchor yet.
CREATE TABLE unanchored (
    case_id TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (case_id, seq)
) STRICT;
INSERT INTO unanchored (case_id, seq) SELECT case_id, seq FROM events;
