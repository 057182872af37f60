//! What can be measured.

use super::{Sales, metric};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_goal_is_measured_by_a_metric_that_is_measured_for_its_scope() {
    let sales = Sales::new().await;
    let typed = json!({ "code": "nps", "name": { "en": "NPS" }, "unit": "score" });
    let typed = sales.app.owner.post("/metrics", &typed).await.id();
    let of_units = metric(&sales.app, "leads", json!({ "measured_for": "unit" })).await;
    let faults = async |more: Value| {
        let mut body = json!({
            "cycle_id": sales.cycle, "title": "Bán hàng", "kind": "kpi", "source": "measurements",
            "direction": "increase", "target": "100", "scope": "person",
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        sales.app.owner.post("/goals", &body).await.faults()
    };
    assert_eq!(faults(json!({})).await, ["/metric_id required"]);
    assert_eq!(faults(json!({ "metric_id": typed })).await, ["/metric_id metric_not_measured"]);
    assert_eq!(faults(json!({ "metric_id": of_units })).await, ["/metric_id metric_not_for_people"]);
    let steps =
        json!({ "metric_id": sales.won, "direction": "milestone", "target": null, "steps": [{ "title": "x" }] });
    assert_eq!(faults(steps).await, ["/direction steps_not_measured"]);
    let rolled_up = json!({ "metric_id": sales.win_rate, "source": "sum" });
    assert_eq!(faults(rolled_up).await, ["/source formula_rollup"]);
    sales.goal("Khách tiềm năng", &of_units, json!({})).await;
    sales.goal("Tỷ lệ thắng", &sales.win_rate, json!({ "target": "0.5" })).await;
}

#[actix_web::test]
async fn a_goal_that_is_measured_for_a_unit_stays_measurable_when_it_is_changed() {
    let sales = Sales::new().await;
    let of_units = metric(&sales.app, "leads", json!({ "measured_for": "unit" })).await;
    let leads = sales.goal("Khách tiềm năng", &of_units, json!({})).await;
    let to_a_person = json!({ "scope": "person", "unit_id": sales.app.company().await });
    let faults = sales.app.owner.patch(&format!("/goals/{leads}"), &to_a_person).await.faults();
    assert_eq!(faults, ["/metric_id metric_not_for_people"]);
}

#[actix_web::test]
async fn what_is_measured_is_never_checked_in() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    let reply = sales.app.owner.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "5" })).await;
    let problem = reply.problem(409, "not_checked_in");
    assert!(problem["detail"].as_str().unwrap().contains("Measurements"), "{problem}");
}

#[actix_web::test]
async fn the_direction_of_a_measured_goal_is_its_metrics_unless_it_says_otherwise() {
    let sales = Sales::new().await;
    let complaints = metric(&sales.app, "complaints", json!({ "direction": "at_most", "empty_is_zero": true })).await;
    let goal = sales.goal("Khiếu nại", &complaints, json!({ "direction": null, "target": "2", "ceiling": "5" })).await;
    let node = super::node(&sales.app.owner, &goal).await;
    assert_eq!(node["direction"], "at_most");
    // Nothing measured is zero here: an achievement, not silence.
    assert_eq!((&node["value"], &node["progress"], &node["status"]), (&json!("0"), &json!(1.0), &json!("on_track")));
}
