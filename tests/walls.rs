//! What the database holds to by itself, whatever the code asks of it: row-level security on PostgreSQL, and on both
//! databases that what happened stays as it was written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "support/mod.rs"]
mod support;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl};
use goaltree::app::App;
use goaltree::db::{Conn, Db, Scope};
use goaltree::domain::ids::OrganizationId;
use goaltree::error::Result;
use serde_json::json;
use support::{Client, Database, PASSWORD, TestApp, config};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn count(conn: &mut Conn, of: &str) -> i64 {
    diesel::sql_query(format!("SELECT count(*) AS count FROM {of}")).get_result::<Count>(conn).unwrap().count
}

fn names(conn: &mut Conn, query: &str) -> Vec<String> {
    diesel::sql_query(query).load::<Name>(conn).unwrap().into_iter().map(|row| row.name).collect()
}

fn do_as(db: &Db, scope: Scope, statement: &str) -> Result<usize> {
    db.write_now(scope, |conn, _| Ok(diesel::sql_query(statement).execute(conn)?))
}

/// The tables of the schema that hold rows of organizations.
const TENANTS: &str = "SELECT c.relname::text AS name FROM pg_class c \
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND EXISTS ( \
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname = 'organization_id')";

/// Two organizations in one database, each with a goal that has been checked in.
struct TwoTenants {
    app: TestApp,
    ours: OrganizationId,
    theirs: OrganizationId,
}

impl TwoTenants {
    async fn new() -> Self {
        let app = TestApp::configured(&["--sign-up", "true"]).await;
        let body = json!({
            "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
            "email": "other@example.com", "password": PASSWORD, "display_name": "Người Khác",
        });
        let other = app.anonymous().post("/organizations", &body).await.ok();
        let other = Client::signed_in(&app.url, "other@example.com", &other);
        for owner in [&app.owner, &other] {
            checked_in_goal(owner).await;
            corrected_measurement(owner).await;
        }
        let (ours, theirs) = (organization(&app.owner).await, organization(&other).await);
        Self { app, ours, theirs }
    }

    fn db(&self) -> &Db {
        &self.app.app.service.db
    }
}

async fn organization(owner: &Client) -> OrganizationId {
    let id = owner.get("/organization").await.id();
    OrganizationId(id.parse().unwrap())
}

async fn checked_in_goal(owner: &Client) {
    let settings = json!({ "cadence": "none", "approval_required": false });
    let cycle = json!({
        "kind": "custom", "name": "Quý", "starts_on": "2026-01-01", "ends_on": "2026-03-31", "settings": settings,
    });
    let cycle = owner.post("/cycles", &cycle).await.id();
    for phase in ["planning", "active"] {
        owner.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": phase })).await.ok();
    }
    let goal = json!({
        "cycle_id": cycle, "kind": "kpi", "title": "Doanh thu", "scope": "person", "target": "100",
        "source": "check_ins", "direction": "increase",
    });
    let goal = owner.post("/goals", &goal).await.id();
    owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "active" })).await.ok();
    owner.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "10" })).await.ok();
}

async fn corrected_measurement(owner: &Client) {
    let metric = json!({
        "code": "calls", "name": { "en": "Calls" }, "unit": "count", "measured_for": "unit",
        "time_aggregation": "sum", "people_aggregation": "sum",
    });
    owner.post("/metrics", &metric).await.ok();
    for value in ["1", "2"] {
        let body = json!({
            "metric": "calls", "unit_code": "COMPANY", "date": "2026-02-01", "value": value, "source": "pbx",
            "external_id": "first",
        });
        owner.post("/measurements", &body).await.ok();
    }
}

#[test]
fn every_table_of_an_organization_is_behind_a_forced_policy() {
    let database = Database::fresh();
    if !database.is_postgres() {
        return eprintln!("skipped: row-level security is PostgreSQL's");
    }
    let db = App::open(&config(&[]), database.target()).unwrap().service.db;
    let guarded = "c.relrowsecurity AND c.relforcerowsecurity AND EXISTS ( \
        SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND \
        pg_get_expr(p.polqual, p.polrelid) LIKE '%goaltree.scope%' AND p.polroles = '{0}')";
    db.read_now(Scope::System, |conn| {
        assert!(names(conn, TENANTS).len() > 14);
        assert_eq!(names(conn, &format!("{TENANTS} AND NOT ({guarded})")), Vec::<String>::new());
        let open = format!(
            "SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace \
             AND c.relkind IN ('r', 'p') AND NOT ({guarded})"
        );
        assert_eq!(names(conn, &open), ["__diesel_schema_migrations"]);
        let lax = "SELECT p.polname::text AS name FROM pg_policy p WHERE polname <> 'tenant'";
        assert_eq!(names(conn, lax), Vec::<String>::new());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_table_that_comes_later_is_walled_in_at_the_next_start() {
    let database = Database::fresh();
    if !database.is_postgres() {
        return eprintln!("skipped: row-level security is PostgreSQL's");
    }
    let db = App::open(&config(&[]), database.target()).unwrap().service.db;
    do_as(&db, Scope::System, "CREATE TABLE later (organization_id UUID NOT NULL, id UUID NOT NULL)").unwrap();
    do_as(&db, Scope::System, "ALTER TABLE goals NO FORCE ROW LEVEL SECURITY").unwrap();
    db.migrate().unwrap();
    let walled = "SELECT relname::text AS name FROM pg_class \
        WHERE relname IN ('later', 'goals') AND relforcerowsecurity ORDER BY relname";
    let found = db.read_now(Scope::System, |conn| Ok(names(conn, walled))).unwrap();
    assert_eq!(found, ["goals", "later"]);
}

#[actix_web::test]
async fn a_query_without_a_scope_sees_nothing() {
    let two = TwoTenants::new().await;
    let Some(url) = two.app.database().url() else { return eprintln!("skipped: row-level security is PostgreSQL's") };
    let mut conn = Conn::Postgres(PgConnection::establish(&url).unwrap());
    let tables = names(&mut conn, TENANTS);
    for table in tables.iter().map(String::as_str).chain(["organizations", "accounts", "signing_keys"]) {
        assert_eq!(count(&mut conn, table), 0, "{table}");
    }
    let inserted = diesel::sql_query("INSERT INTO forests VALUES (gen_random_uuid(), gen_random_uuid(), 1, 1)");
    assert!(inserted.execute(&mut conn).is_err());
    // Nor does one on a connection that has served a transaction before.
    conn.batch_execute("BEGIN; SET LOCAL goaltree.scope = 'system'; COMMIT").unwrap();
    assert_eq!(count(&mut conn, "people"), 0);
}

#[actix_web::test]
async fn a_forged_query_reaches_no_row_of_another_organization() {
    let two = TwoTenants::new().await;
    if !two.app.database().is_postgres() {
        return eprintln!("skipped: row-level security is PostgreSQL's");
    }
    let (ours, theirs) = (Scope::Organization(two.ours), two.theirs);
    let tables = two.db().read_now(Scope::System, |conn| Ok(names(conn, TENANTS))).unwrap();
    let of_theirs = |table: &str| format!("{table} WHERE organization_id = '{theirs}'");
    let mut filled = 0;
    for table in &tables {
        let there = two.db().read_now(Scope::System, |conn| Ok(count(conn, &of_theirs(table)))).unwrap();
        filled += i32::from(there > 0);
        let seen = two.db().read_now(ours, |conn| Ok(count(conn, &of_theirs(table)))).unwrap();
        assert_eq!(seen, 0, "{table} is read");
        let deleted = do_as(two.db(), ours, &format!("DELETE FROM {}", of_theirs(table)));
        assert_eq!(deleted.unwrap(), 0, "{table} is deleted from");
        let changed =
            format!("UPDATE {table} SET organization_id = organization_id WHERE organization_id = '{theirs}'");
        assert_eq!(do_as(two.db(), ours, &changed).unwrap(), 0, "{table} is changed");
        let moved = format!("UPDATE {table} SET organization_id = '{theirs}'");
        let ours_there = two.db().read_now(ours, |conn| Ok(count(conn, table))).unwrap();
        assert!(ours_there == 0 || do_as(two.db(), ours, &moved).is_err(), "rows of {table} are moved over");
    }
    assert!(filled > 8, "only {filled} tables had rows to reach for");
    let planted = format!("INSERT INTO forests VALUES ('{theirs}', gen_random_uuid(), 1, 1)");
    assert!(do_as(two.db(), ours, &planted).is_err());
    let organizations = two.db().read_now(ours, |conn| Ok(count(conn, "organizations"))).unwrap();
    assert_eq!(organizations, 1);
    for nobodys in ["accounts", "signing_keys"] {
        assert_eq!(two.db().read_now(ours, |conn| Ok(count(conn, nobodys))).unwrap(), 0, "{nobodys}");
    }
}

#[test]
fn a_role_past_the_walls_is_noticed() {
    let database = Database::fresh();
    let Some(url) = database.superuser_url() else { return eprintln!("skipped: row-level security is PostgreSQL's") };
    let service = App::open(&config(&[]), database.target()).unwrap().service;
    assert!(!service.db.is_unguarded().unwrap());
    assert!(Db::open(goaltree::db::Target::Postgres(url), 1).unwrap().is_unguarded().unwrap());
}

#[actix_web::test]
async fn what_happened_can_not_be_changed_not_even_by_the_services_own_hand() {
    let two = TwoTenants::new().await;
    let db = two.db();
    let before = db.read_now(Scope::System, |conn| Ok(count(conn, "events"))).unwrap();
    assert!(before > 10);
    let mut forbidden = vec![
        "UPDATE events SET kind = 'nothing.happened'",
        "UPDATE events SET actor_id = NULL",
        "DELETE FROM events",
        "UPDATE goal_versions SET reason = 'because'",
        "DELETE FROM goal_versions",
        "UPDATE measurement_versions SET value = 0",
        "DELETE FROM measurement_versions",
        "DELETE FROM measurements",
    ];
    if two.app.database().is_postgres() {
        forbidden.extend(["TRUNCATE events", "TRUNCATE goal_versions", "TRUNCATE goal_link_versions"]);
        forbidden.push("TRUNCATE measurement_versions");
    } else {
        forbidden.push("INSERT OR REPLACE INTO events SELECT * FROM events");
    }
    for statement in forbidden {
        for scope in [Scope::System, Scope::Organization(two.ours)] {
            let refused = do_as(db, scope, statement).expect_err(statement).to_string();
            // Versions of a goal that was checked in are told as what is still in use.
            assert!(refused.contains("only appended") || refused == "still_in_use", "{statement}: {refused}");
        }
    }
    assert_eq!(db.read_now(Scope::System, |conn| Ok(count(conn, "events"))).unwrap(), before);
}

#[actix_web::test]
async fn a_link_that_held_while_both_goals_were_checked_in_stays_known() {
    let two = TwoTenants::new().await;
    let owner = &two.app.owner;
    let goals = owner.get("/goals?limit=1").await.ok();
    let (parent, cycle) = (goals["items"][0]["id"].clone(), goals["items"][0]["cycle_id"].clone());
    let child = json!({
        "cycle_id": cycle, "kind": "kpi", "title": "Con", "scope": "person", "target": "10", "source": "check_ins",
        "direction": "increase", "parent_id": parent,
    });
    let child = owner.post("/goals", &child).await.id();
    owner.post(&format!("/goals/{child}/transition"), &json!({ "to": "active" })).await.ok();
    owner.post(&format!("/goals/{child}/check-ins"), &json!({ "value": "1" })).await.ok();
    for statement in ["DELETE FROM goal_link_versions", "UPDATE goal_link_versions SET weight = 0"] {
        do_as(two.db(), Scope::System, statement).expect_err(statement);
    }
}
