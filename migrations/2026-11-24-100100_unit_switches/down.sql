ALTER TABLE units ADD COLUMN was_supervisors_may_edit BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE units ADD COLUMN was_owners_may_edit BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE units ADD COLUMN was_owners_may_edit_key_results BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE units SET
    was_supervisors_may_edit = COALESCE(supervisors_may_edit, FALSE),
    was_owners_may_edit = COALESCE(owners_may_edit, TRUE),
    was_owners_may_edit_key_results = COALESCE(owners_may_edit_key_results, TRUE);
ALTER TABLE units DROP COLUMN supervisors_may_create;
ALTER TABLE units DROP COLUMN supervisors_may_edit;
ALTER TABLE units DROP COLUMN owners_may_edit;
ALTER TABLE units DROP COLUMN owners_may_delete;
ALTER TABLE units DROP COLUMN owners_may_edit_key_results;
ALTER TABLE units DROP COLUMN review_visibility;
ALTER TABLE units RENAME COLUMN was_supervisors_may_edit TO supervisors_may_edit;
ALTER TABLE units RENAME COLUMN was_owners_may_edit TO owners_may_edit;
ALTER TABLE units RENAME COLUMN was_owners_may_edit_key_results TO owners_may_edit_key_results;
