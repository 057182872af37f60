//! The worked example at the end of rollup.md.

use super::{check_in, draft, goal, kpi, lead_on, link, must_agree, node};
use crate::support::TestApp;
use serde_json::{Value, json};

/// The figures of a goal that the example names.
fn figures(node: &Value) -> Value {
    let of = |name: &str| node[name].clone();
    json!([of("value"), of("attainment"), of("progress"), of("expected"), of("status")])
}

#[actix_web::test]
async fn the_worked_example_gives_exactly_its_figures() {
    let app = TestApp::new().await;
    let (me, company, cycle) = (&app.owner, app.company().await, app.quarter().await);
    let metric = json!({ "code": "revenue", "name": { "vi": "Doanh thu" }, "unit": "currency", "display_unit": "VND" });
    let metric = me.post("/metrics", &metric).await.id();
    let sum = |scope: &str, unit: &str, target: &str, parent: Option<&str>| {
        json!({
            "kind": "kpi", "scope": scope, "unit_id": unit, "source": "sum", "metric_id": metric,
            "direction": "increase", "target": target, "parent_id": parent,
        })
    };
    let (north, south) =
        (app.unit("department", "North", &company).await, app.unit("department", "South", &company).await);
    let revenue = goal(me, &cycle, "Revenue", sum("company", &company, "1000000000", None)).await;
    let north = goal(me, &cycle, "North", sum("department", &north, "600000000", Some(&revenue))).await;
    let south = goal(me, &cycle, "South", sum("department", &south, "400000000", Some(&revenue))).await;
    for (rep, team, target, value) in [
        ("An", &north, "300000000", "150000000"),
        ("Bình", &north, "300000000", "240000000"),
        ("Chi", &south, "400000000", "500000000"),
    ] {
        let mut body = kpi(target, Some(team));
        body["metric_id"] = json!(metric);
        let id = goal(me, &cycle, rep, body).await;
        check_in(me, &id, value, "2026-02-10").await;
    }
    let objective = json!({ "kind": "objective", "scope": "company" });
    let objective = goal(me, &cycle, "Win the segment", objective).await;
    link(me, &north, &objective, "2").await;
    link(me, &south, &objective, "1").await;
    let cancelled = goal(me, &cycle, "Given up", kpi("10", None)).await;
    link(me, &cancelled, &objective, "5").await;
    lead_on(me, &cancelled, json!({ "to": "cancelled", "reason": "Không còn phù hợp" })).await;
    goal(me, &cycle, "Empty", json!({ "kind": "objective", "parent_id": objective })).await;
    draft(me, &cycle, "Not begun", json!({ "kind": "objective", "parent_id": objective, "weight": "7" })).await;
    let churn = json!({
        "kind": "key_result", "direction": "at_most", "target": "3", "ceiling": "5", "parent_id": objective,
    });
    let churn = goal(me, &cycle, "Churn", churn).await;
    check_in(me, &churn, "4", "2026-02-10").await;

    assert_eq!(figures(&node(me, &north).await), json!(["390000000", 0.65, 0.65, 0.5, "on_track"]));
    assert_eq!(figures(&node(me, &south).await), json!(["500000000", 1.25, 1.0, 0.5, "achieved"]));
    let company = node(me, &revenue).await;
    assert_eq!(figures(&company), json!(["890000000", 0.89, 0.89, 0.5, "on_track"]));
    assert_eq!((&company["allocated"], &company["allocation_gap"]), (&json!("1000000000"), &json!("0")));
    assert_eq!(figures(&node(me, &churn).await), json!(["4", 0.5, 0.5, 1.0, "off_track"]));
    let objective = node(me, &objective).await;
    assert_eq!(figures(&objective), json!([null, 0.7625, 0.7, 0.625, "on_track"]));
    must_agree(&app);
}

#[actix_web::test]
async fn a_check_in_answers_with_every_goal_above_that_it_moved() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company" })).await;
    let middle = goal(me, &cycle, "Middle", json!({ "kind": "objective", "parent_id": top })).await;
    let beside = goal(me, &cycle, "Beside", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&middle))).await;
    link(me, &leaf, &beside, "3").await;
    let made = me.post(&format!("/goals/{leaf}/check-ins"), &json!({ "value": "4" })).await.status(201);
    assert_eq!(made["goal"]["progress"], 0.4);
    let above: Vec<_> =
        made["ancestors"].as_array().unwrap().iter().map(|one| (&one["title"], &one["progress"])).collect();
    assert_eq!(above.len(), 3, "{above:?}");
    assert!(above.iter().all(|(_, progress)| **progress == 0.4), "{above:?}");
    assert_eq!(above[2].0, "Top");
}
