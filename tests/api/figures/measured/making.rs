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

#[actix_web::test]
async fn nobody_reads_what_is_measured_of_another_by_making_or_changing_a_goal() {
    let sales = Sales::new().await;
    let supervisor = sales.app.member("Giám sát", &sales.app.company().await, json!({})).await;
    sales.app.join(&supervisor, &sales.north, "supervisor").await;
    let lets = json!({ "supervisors_may_create": true, "supervisors_may_edit": true });
    sales.app.owner.patch(&format!("/units/{}", sales.north), &lets).await.ok();
    let body = |source: &str| {
        json!({
            "cycle_id": sales.cycle, "title": "Bán hàng", "kind": "kpi", "source": source, "metric_id": sales.won,
            "direction": "increase", "target": "10", "scope": "person", "owner_id": sales.an.person,
            "visibility": "public",
        })
    };
    supervisor.post("/goals", &body("measurements")).await.problem(403, "forbidden");
    let goal = supervisor.post("/goals", &body("check_ins")).await.id();
    let path = format!("/goals/{goal}");
    let measured = json!({ "source": "measurements" });
    supervisor.patch(&path, &measured).await.problem(403, "forbidden");
    let bulk = json!({
        "cycle_id": sales.cycle, "unit_id": sales.north, "metric_id": sales.won, "by": "equal", "total": "10",
        "source": "measurements",
    });
    supervisor.post("/goals/bulk", &bulk).await.problem(403, "forbidden");
    let seen = json!({ "source": "measurements", "visibility": "public" });
    sales.an.patch(&path, &seen).await.ok();
    supervisor.patch(&path, &json!({ "target": "11" })).await.ok();
    let days = json!({ "window": { "first": "2026-02-01", "last": "2026-02-10" } });
    supervisor.patch(&path, &days).await.problem(403, "forbidden");
    let chi = json!({ "owner_id": sales.chi.person });
    supervisor.patch(&path, &chi).await.problem(403, "forbidden");
    sales.lead.patch(&path, &chi).await.ok();
    let hand_over = json!({ "to": sales.binh.person, "goals": true });
    sales.lead.post(&format!("/people/{}/handover", sales.chi.person), &hand_over).await.problem(403, "forbidden");
    assert_eq!(super::node(&sales.lead, &goal).await["owner"]["id"], sales.chi.person.as_str());
}

#[actix_web::test]
async fn a_persons_measured_goal_is_restricted_unless_it_says_who_sees_it() {
    let sales = Sales::new().await;
    let own = sales.own(&sales.an).await;
    assert_eq!(super::node(&sales.an, &own).await["visibility"], "restricted");
    sales.binh.get(&format!("/goals/{own}")).await.problem(404, "not_found");
    let open = sales.own_for(&sales.an, json!({ "visibility": "public" })).await;
    sales.binh.get(&format!("/goals/{open}")).await.ok();
    let typed = json!({
        "cycle_id": sales.cycle, "title": "Của tôi", "kind": "kpi", "metric_id": sales.won, "direction": "increase",
        "target": "10",
    });
    let typed = sales.an.post("/goals", &typed).await.id();
    assert_eq!(super::node(&sales.an, &typed).await["visibility"], "public");
    sales.an.patch(&format!("/goals/{typed}"), &json!({ "source": "measurements" })).await.ok();
    assert_eq!(super::node(&sales.an, &typed).await["visibility"], "restricted");
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    assert_eq!(super::node(&sales.an, &department).await["visibility"], "public");
}
