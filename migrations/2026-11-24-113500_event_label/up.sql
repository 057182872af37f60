-- What the subject was called when it happened: it may be renamed or gone when the log is read.
ALTER TABLE events ADD COLUMN label TEXT;
