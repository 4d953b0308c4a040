-- By which files, staff and other bodies name an organisation. Who has none yet is named by its id.
ALTER TABLE organisations ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE organisations SET key = id;
UPDATE organisations SET body = '{"key":' || CAST(to_json(id) AS TEXT) || ',' || substr(body, 2);
CREATE UNIQUE INDEX organisations_by_key ON organisations (key);
