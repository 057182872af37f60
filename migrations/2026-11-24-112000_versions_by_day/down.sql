DROP INDEX goal_link_versions_day;
DROP INDEX goal_versions_day;
