DROP INDEX goal_link_versions_parent;
