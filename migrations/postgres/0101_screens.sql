-- The screen of a room in which some of a session's people sit. A code opens it once; after that the browser that gave the code
-- is the screen, until the session is over or another code is made. Both are kept as hashes.
CREATE TABLE screens (
    session_id TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    code       TEXT    UNIQUE,
    browser    TEXT    UNIQUE,
    expires_at BIGINT  NOT NULL
);
