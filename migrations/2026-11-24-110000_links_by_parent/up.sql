-- A goal's past needs all that was ever linked under it.
CREATE INDEX goal_link_versions_parent ON goal_link_versions (organization_id, parent_id);
