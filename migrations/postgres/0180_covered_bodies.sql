-- Hash of the body of the case as it is saved with the event; none of events from before it was covered.
ALTER TABLE events ADD COLUMN body TEXT;
