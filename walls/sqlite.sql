-- What SQLite holds to by itself, whatever the code asks of it. Run after the migrations at every start.
--
-- What happened and what held is only added to. A version goes with its goal alone, and that one never once anyone
-- checked in on it.
CREATE TRIGGER IF NOT EXISTS events_not_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS events_not_deleted BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events is only appended to');
END;
-- INSERT OR REPLACE deletes without the trigger above.
CREATE TRIGGER IF NOT EXISTS events_not_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE organization_id = NEW.organization_id AND id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'events is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS goal_versions_not_changed BEFORE UPDATE ON goal_versions
BEGIN
    SELECT RAISE(ABORT, 'goal_versions is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS goal_versions_stay BEFORE DELETE ON goal_versions
WHEN EXISTS (SELECT 1 FROM check_ins WHERE organization_id = OLD.organization_id AND goal_id = OLD.goal_id)
BEGIN
    SELECT RAISE(ABORT, 'goal_versions keeps what held while someone checked in');
END;
CREATE TRIGGER IF NOT EXISTS goal_link_versions_not_changed BEFORE UPDATE ON goal_link_versions
BEGIN
    SELECT RAISE(ABORT, 'goal_link_versions is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS goal_link_versions_stay BEFORE DELETE ON goal_link_versions
WHEN EXISTS (SELECT 1 FROM check_ins WHERE organization_id = OLD.organization_id AND goal_id = OLD.child_id)
    AND EXISTS (SELECT 1 FROM check_ins WHERE organization_id = OLD.organization_id AND goal_id = OLD.parent_id)
BEGIN
    SELECT RAISE(ABORT, 'goal_link_versions keeps what held while someone checked in');
END;
-- What was measured is corrected and removed, never erased, and what it said before stays.
CREATE TRIGGER IF NOT EXISTS measurements_not_deleted BEFORE DELETE ON measurements
BEGIN
    SELECT RAISE(ABORT, 'measurements is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS measurement_versions_not_changed BEFORE UPDATE ON measurement_versions
BEGIN
    SELECT RAISE(ABORT, 'measurement_versions is only appended to');
END;
CREATE TRIGGER IF NOT EXISTS measurement_versions_not_deleted BEFORE DELETE ON measurement_versions
BEGIN
    SELECT RAISE(ABORT, 'measurement_versions is only appended to');
END;
