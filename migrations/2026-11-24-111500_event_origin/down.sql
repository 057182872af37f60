DROP INDEX events_kind;
DROP INDEX events_actor;
ALTER TABLE events DROP COLUMN via_id;
ALTER TABLE events DROP COLUMN via;
ALTER TABLE events DROP COLUMN user_agent;
ALTER TABLE events DROP COLUMN address;
