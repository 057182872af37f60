-- From where a change came, for the audit log: `origin` is the request's id already.
ALTER TABLE events ADD COLUMN address TEXT;
ALTER TABLE events ADD COLUMN user_agent TEXT;
ALTER TABLE events ADD COLUMN via TEXT;
ALTER TABLE events ADD COLUMN via_id UUID;
CREATE INDEX events_actor ON events (organization_id, actor_id);
CREATE INDEX events_kind ON events (organization_id, kind);
