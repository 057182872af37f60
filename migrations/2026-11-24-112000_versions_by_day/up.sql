-- What changed after a day: all else stood on that day as it stands now.
CREATE INDEX goal_versions_day ON goal_versions (organization_id, holds_from);
CREATE INDEX goal_link_versions_day ON goal_link_versions (organization_id, holds_from);
