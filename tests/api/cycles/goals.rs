//! What goals fix about their cycles.

use super::{custom, inside, lead_to, make, period};
use crate::support::TestApp;
use serde_json::{Value, json};

/// An objective of the company in a cycle.
async fn goal_in(app: &TestApp, cycle: &str, window: Value) -> String {
    let mut body =
        json!({ "cycle_id": cycle, "kind": "objective", "scope": "company", "title": "Tăng trưởng bền vững" });
    if !window.is_null() {
        body["window"] = window;
    }
    app.owner.post("/goals", &body).await.id()
}

#[actix_web::test]
async fn a_cycle_with_goals_is_not_deleted_and_keeps_its_kind_and_place() {
    let app = TestApp::new().await;
    let year = make(&app.owner, period("year", "2026-01-01", "2026-12-31")).await;
    let half = make(&app.owner, period("half", "2026-01-01", "2026-06-30")).await;
    let quarter = make(&app.owner, inside(period("quarter", "2026-01-01", "2026-03-31"), &half)).await;
    let goal = goal_in(&app, &quarter, Value::Null).await;
    let path = format!("/cycles/{quarter}");
    app.owner.delete(&path).await.problem(409, "cycle_has_goals");
    app.owner.patch(&path, &json!({ "kind": "custom" })).await.problem(409, "cycle_has_goals");
    app.owner.patch(&path, &json!({ "parent_id": year })).await.problem(409, "cycle_has_goals");
    app.owner.patch(&path, &json!({ "parent_id": null })).await.problem(409, "cycle_has_goals");
    let around = app.owner.patch(&format!("/cycles/{half}"), &json!({ "parent_id": year })).await;
    around.problem(409, "cycle_has_goals");
    let renamed = json!({ "name": "Quý mở đầu", "settings": { "cadence": "week" } });
    assert_eq!(app.owner.patch(&path, &renamed).await.ok()["name"], "Quý mở đầu");
    app.owner.delete(&format!("/goals/{goal}")).await.status(204);
    app.owner.patch(&path, &json!({ "parent_id": year })).await.ok();
    app.owner.delete(&path).await.status(204);
}

#[actix_web::test]
async fn no_day_is_taken_from_the_goals_that_run_over_it() {
    let app = TestApp::new().await;
    let cycle = make(&app.owner, custom("Chiến dịch", "2026-01-01", "2026-03-31")).await;
    let path = format!("/cycles/{cycle}");
    goal_in(&app, &cycle, json!({ "first": "2026-02-01", "last": "2026-02-28" })).await;
    let shrunk = app.owner.patch(&path, &json!({ "starts_on": "2026-02-01", "ends_on": "2026-03-15" })).await;
    assert_eq!(shrunk.ok()["days"], 43, "the goal's own days are inside still");
    for fault in [json!({ "starts_on": "2026-02-02" }), json!({ "ends_on": "2026-02-27" })] {
        app.owner.patch(&path, &fault).await.problem(409, "cycle_has_goals");
    }
    goal_in(&app, &cycle, Value::Null).await;
    let problem = app.owner.patch(&path, &json!({ "ends_on": "2026-03-14" })).await.problem(409, "cycle_has_goals");
    assert!(problem["detail"].as_str().unwrap().contains("(1)"), "{problem}");
    app.owner.patch(&path, &json!({ "starts_on": "2026-01-15", "ends_on": "2026-04-15" })).await.ok();
}

#[actix_web::test]
async fn an_enclosing_cycle_is_left_by_its_cycles_until_they_have_goals() {
    let app = TestApp::new().await;
    let year = app.owner.post("/cycles/year", &json!({ "year": 2026, "parts": ["half"] })).await.ok();
    let (year_id, half) = (year["id"].as_str().unwrap(), year["enclosed"][0]["id"].as_str().unwrap());
    lead_to(&app.owner, year_id, &["planning"]).await;
    let path = format!("/cycles/{half}");
    app.owner.patch(&path, &json!({ "parent_id": null })).await.ok();
    goal_in(&app, half, Value::Null).await;
    app.owner.patch(&path, &json!({ "parent_id": year_id })).await.problem(409, "cycle_has_goals");
    assert_eq!(app.owner.get(&path).await.ok()["forest_id"], half);
}
