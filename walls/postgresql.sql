-- What PostgreSQL holds to by itself, whatever the code asks of it. Run after the migrations at every start; it acts
-- only where a wall is missing, so that no table of a later migration can be forgotten.
--
-- Whose rows a transaction may touch, it says when it begins: `goaltree.organization` is an organization's id, or
-- `goaltree.scope` is `system`. One that says nothing sees nothing and writes nothing. The settings are read by
-- sub-selects: once a query, not once a row.
DO $walls$
DECLARE
    wanted record;
    system_scope CONSTANT text := $$(SELECT current_setting('goaltree.scope', true) = 'system')$$;
    tenant CONSTANT text := $$(SELECT nullif(current_setting('goaltree.organization', true), '')::uuid)$$;
    rule text;
BEGIN
    -- Row-level security. A table with an organization's id is that organization's; `organizations` is by its own id;
    -- any other (accounts, signing keys) is nobody's, and open to the system scope alone.
    FOR wanted IN
        SELECT c.oid::regclass AS name, c.relname,
            EXISTS (
                SELECT FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
            ) AS is_tenants
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace
            AND c.relkind IN ('r', 'p')
            AND c.relname <> '__diesel_schema_migrations'
            AND NOT (
                c.relrowsecurity AND c.relforcerowsecurity
                AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant')
            )
    LOOP
        rule := CASE
            WHEN wanted.is_tenants THEN format('organization_id = %s OR %s', tenant, system_scope)
            WHEN wanted.relname = 'organizations' THEN format('id = %s OR %s', tenant, system_scope)
            ELSE system_scope
        END;
        EXECUTE format('DROP POLICY IF EXISTS tenant ON %s', wanted.name);
        EXECUTE format('CREATE POLICY tenant ON %s USING (%s)', wanted.name, rule);
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', wanted.name);
    END LOOP;

    -- What happened and what held is only added to. A version goes with its goal alone, and that one never once
    -- anyone checked in on it.
    IF to_regproc('goaltree_only_appended') IS NULL THEN
        CREATE FUNCTION goaltree_only_appended() RETURNS trigger LANGUAGE plpgsql AS $function$
        BEGIN
            RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME;
        END
        $function$;
        CREATE FUNCTION goaltree_version_stays() RETURNS trigger LANGUAGE plpgsql AS $function$
        DECLARE
            ends uuid[] := CASE TG_TABLE_NAME
                WHEN 'goal_versions' THEN ARRAY[(to_jsonb(OLD) ->> 'goal_id')::uuid]
                ELSE ARRAY[(to_jsonb(OLD) ->> 'child_id')::uuid, (to_jsonb(OLD) ->> 'parent_id')::uuid]
            END;
            goal uuid;
        BEGIN
            FOREACH goal IN ARRAY ends LOOP
                IF NOT EXISTS (
                    SELECT FROM check_ins c WHERE c.organization_id = OLD.organization_id AND c.goal_id = goal
                ) THEN
                    RETURN OLD;
                END IF;
            END LOOP;
            RAISE EXCEPTION '% keeps what held while someone checked in', TG_TABLE_NAME;
        END
        $function$;
    END IF;
    FOR wanted IN
        SELECT t.name, w.what, w.does
        FROM (VALUES
            ('events'), ('goal_versions'), ('goal_link_versions'), ('measurements'), ('measurement_versions')
        ) AS t (name)
        CROSS JOIN LATERAL (VALUES
            ('only_appended', CASE
                -- What was measured is corrected and removed, never erased.
                WHEN t.name = 'measurements' THEN
                    'BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION goaltree_only_appended()'
                WHEN t.name IN ('events', 'measurement_versions') THEN
                    'BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION goaltree_only_appended()'
                ELSE 'BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION goaltree_only_appended()'
            END),
            ('never_emptied', 'BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION goaltree_only_appended()'),
            ('stays', CASE WHEN t.name LIKE 'goal%' THEN
                'BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION goaltree_version_stays()'
            END)
        ) AS w (what, does)
        WHERE w.does IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_trigger g WHERE g.tgrelid = t.name::regclass AND g.tgname = w.what
        )
    LOOP
        EXECUTE format('CREATE TRIGGER %I ' || wanted.does, wanted.what, wanted.name);
    END LOOP;
END
$walls$;
