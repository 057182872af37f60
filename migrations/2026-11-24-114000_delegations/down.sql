ALTER TABLE check_ins DROP COLUMN delegate_of;
ALTER TABLE change_requests DROP COLUMN delegate_of;
ALTER TABLE goal_link_versions DROP COLUMN delegate_of;
ALTER TABLE goal_versions DROP COLUMN delegate_of;
ALTER TABLE events DROP COLUMN delegate_of;
DROP TABLE delegations;
