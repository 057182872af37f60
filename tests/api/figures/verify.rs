//! What is wrong is found: rows changed behind the service's back.

use super::{check_in, goal, kpi, must_agree};
use crate::support::{Program, TestApp};
use diesel::connection::SimpleConnection;
use goaltree::db::{Conn, Scope};
use goaltree::figures::{ForestLimits, Forests, Verified, verify};
use serde_json::json;

/// Changes rows as nothing in the service would.
pub(crate) fn behind_its_back(app: &TestApp, statement: &str) {
    let run = |conn: &mut Conn| match conn {
        Conn::Sqlite(conn) => conn.batch_execute(statement),
        Conn::Postgres(conn) => conn.batch_execute(statement),
    };
    app.app.service.db.write_now(Scope::System, |conn, _| Ok(run(conn)?)).expect("it is changed");
}

pub(crate) fn found(app: &TestApp, forests: &Forests) -> Verified {
    verify(&app.app.service.db, &app.app.service.clock, forests).expect("it can be verified")
}

/// What differs at a goal, each once.
pub(crate) fn at(verified: &Verified, goal: &str) -> Vec<&'static str> {
    let here = verified.differences.iter().filter(|one| one.goal.to_string() == goal);
    let mut what: Vec<_> = here.map(|one| one.what).collect();
    what.sort_unstable();
    what.dedup();
    what
}

#[actix_web::test]
async fn a_row_that_was_changed_behind_the_service_is_found_by_the_command() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "4", "2026-02-10").await;
    must_agree(&app);
    let clock = ["verify", "--clock", "2026-02-14T02:00:00Z"];
    let well = Program::run(app.database(), &clock);
    assert!(well.starts_with("0 differences: ") && well.contains("1 forests, 1 organizations"), "{well}");

    behind_its_back(&app, "UPDATE goals SET target = 200000 WHERE title = 'Leaf'");
    let wrong = Program::try_run(app.database(), &clock);
    let printed = String::from_utf8(wrong.stdout).unwrap();
    assert!(!wrong.status.success(), "{printed}");
    assert!(printed.contains(&format!("goal {leaf}, as of 2026-02-14: figures")), "{printed}");
    assert!(printed.contains(&format!("goal {top}, as of 2026-02-14: figures")), "{printed}");
    assert!(printed.contains("  served:") && printed.contains("  must be:"), "{printed}");
}

#[actix_web::test]
async fn a_memory_that_does_not_follow_from_the_facts_is_found() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "4", "2026-01-10").await;
    me.get(&format!("/goals/{leaf}?as_of=2026-02-13")).await.ok();
    assert!(found(&app, &app.app.forests).differences.is_empty());
    // Without an event no memory takes it up: neither that of today nor that of a past day.
    behind_its_back(&app, "UPDATE check_ins SET value = 90000");
    let wrong = found(&app, &app.app.forests);
    assert_eq!(at(&wrong, &leaf), ["facts", "figures"]);
    assert_eq!(at(&wrong, &top), ["figures"]);
    let days: std::collections::BTreeSet<_> = wrong.differences.iter().map(|one| one.day.to_string()).collect();
    assert!(days.contains("2026-02-14") && days.contains("2026-02-13"), "{days:?}");
}

#[actix_web::test]
async fn a_link_that_no_version_tells_of_is_found() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "4", "2026-01-10").await;
    behind_its_back(&app, "UPDATE goal_links SET weight = 0");
    let wrong = found(&app, &Forests::new(ForestLimits { most_goals: 10_000 }));
    assert_eq!(at(&wrong, &leaf), ["links"]);
    assert_eq!(at(&wrong, &top), ["figures"]);
}

#[actix_web::test]
async fn what_was_said_on_a_day_that_has_not_come_in_another_time_zone_is_no_difference() {
    // The fifteenth in Hà Nội, still the fourteenth in New York.
    let app = TestApp::at("2026-02-14T20:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "4", "2026-02-15").await;
    me.patch(&format!("/goals/{leaf}"), &json!({ "target": "20", "reason": "Lớn hơn" })).await.ok();
    must_agree(&app);
    me.patch("/organization", &json!({ "time_zone": "America/New_York" })).await.ok();
    assert_eq!(me.get(&format!("/goals/{leaf}")).await.ok()["as_of"], "2026-02-14");
    must_agree(&app);
}
