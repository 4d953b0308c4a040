-- What a QR code hangs at: a door, a shop, a merchants' desk, a community screen, a grid station.
ALTER TABLE places ADD COLUMN kind TEXT NOT NULL DEFAULT 'door';
