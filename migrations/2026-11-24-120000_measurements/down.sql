DROP TABLE measurement_versions;
DROP TABLE measurements;
ALTER TABLE metrics DROP COLUMN library_code;
ALTER TABLE metrics DROP COLUMN dimensions;
ALTER TABLE organizations DROP COLUMN ranking_visibility;
ALTER TABLE organizations DROP COLUMN measurement_revision;
DROP TABLE home_units;
