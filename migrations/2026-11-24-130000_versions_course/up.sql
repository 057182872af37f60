-- What a goal said on a day is the last of its versions that speak for it. Without this, SQLite looked for a later one
-- among all versions of the organization, for each of them again.
CREATE INDEX goal_versions_course ON goal_versions (organization_id, goal_id, holds_from, version);
