DROP INDEX goal_versions_course;
