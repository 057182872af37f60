-- Each switch of a unit may be left open: then it is as the unit above says. What units said before stays said.
ALTER TABLE units RENAME COLUMN supervisors_may_edit TO was_supervisors_may_edit;
ALTER TABLE units RENAME COLUMN owners_may_edit TO was_owners_may_edit;
ALTER TABLE units RENAME COLUMN owners_may_edit_key_results TO was_owners_may_edit_key_results;
ALTER TABLE units ADD COLUMN supervisors_may_create BOOLEAN;
ALTER TABLE units ADD COLUMN supervisors_may_edit BOOLEAN;
ALTER TABLE units ADD COLUMN owners_may_edit BOOLEAN;
ALTER TABLE units ADD COLUMN owners_may_delete BOOLEAN;
ALTER TABLE units ADD COLUMN owners_may_edit_key_results BOOLEAN;
ALTER TABLE units ADD COLUMN review_visibility TEXT;
UPDATE units SET
    supervisors_may_create = was_supervisors_may_edit,
    supervisors_may_edit = was_supervisors_may_edit,
    owners_may_edit = was_owners_may_edit,
    owners_may_delete = was_owners_may_edit,
    owners_may_edit_key_results = was_owners_may_edit_key_results;
ALTER TABLE units DROP COLUMN was_supervisors_may_edit;
ALTER TABLE units DROP COLUMN was_owners_may_edit;
ALTER TABLE units DROP COLUMN was_owners_may_edit_key_results;
