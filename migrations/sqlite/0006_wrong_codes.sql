-- Wrong one-time passwords in a row, apart from wrong passwords: whoever guesses at the first door does not shut the second.
ALTER TABLE staff ADD COLUMN code_failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN code_locked_until INTEGER;
