//! Target plans: laid out exactly, like any change of a target, and shown with what was reached of them.

use super::world::{World, activate, and, go, make, make_active, node};
use crate::figures::check_in;
use crate::support::Client;
use serde_json::{Value, json};

async fn plan(client: &Client, goal: &str) -> Value {
    client.get(&format!("/goals/{goal}/target-plan")).await.ok()
}

async fn put(client: &Client, goal: &str, body: Value) -> Value {
    client.put(&format!("/goals/{goal}/target-plan"), &body).await.status(200)
}

async fn faults(client: &Client, goal: &str, body: Value) -> Vec<String> {
    client.put(&format!("/goals/{goal}/target-plan"), &body).await.faults()
}

fn column<'a>(plan: &'a Value, field: &str) -> Vec<&'a str> {
    plan["intervals"].as_array().unwrap().iter().map(|row| row[field].as_str().unwrap_or("–")).collect()
}

/// A goal of An's from 0 to 600.
async fn sales(world: &World) -> String {
    make_active(&world.an, and(world.kpi("Doanh số"), json!({ "target": "600" }))).await
}

#[actix_web::test]
async fn this_months_sales_so_far_stand_against_its_target_so_far() {
    let world = World::new().await;
    let goal = sales(&world).await;
    let body = json!({ "by": "entered", "increments": ["100", "140", "360"], "reason": "Mùa Tết" });
    put(&world.lead, &goal, body).await;
    check_in(&world.an, &goal, "90", "2026-01-31").await;
    check_in(&world.an, &goal, "150", "2026-02-14").await;
    let shown = plan(&world.an, &goal).await;
    assert_eq!(json!([shown["interval"], shown["current"], shown["as_of"]]), json!(["month", 1, "2026-02-14"]));
    assert_eq!(column(&shown, "first"), ["2026-01-01", "2026-02-01", "2026-03-01"]);
    assert_eq!(column(&shown, "last"), ["2026-01-31", "2026-02-28", "2026-03-31"]);
    assert_eq!(column(&shown, "target"), ["100", "140", "360"]);
    assert_eq!(column(&shown, "planned"), ["100", "240", "600"]);
    assert_eq!(column(&shown, "target_to_date"), ["100", "70", "–"], "half of February's days have gone");
    assert_eq!(column(&shown, "planned_to_date"), ["100", "170", "–"]);
    assert_eq!(column(&shown, "actual"), ["90", "60", "–"]);
    assert_eq!(column(&shown, "value"), ["90", "150", "–"]);
    assert_eq!(column(&shown, "difference"), ["-10", "-10", "–"]);
    assert_eq!(column(&shown, "cumulative_difference"), ["-10", "-20", "–"]);
    assert_eq!(column(&shown, "required"), ["–", "73.2558", "376.7442"], "450 in proportion to 70 and 360");
    let now = json!([shown["value"], shown["planned"], shown["difference"], shown["missing"], shown["days_left"]]);
    assert_eq!(now, json!(["150", "170", "-20", "450", 45]));
    assert_eq!(shown["required_pace"], "10");
    let node = node(&world.an, &goal).await;
    assert_eq!(json!([node["planned"], node["required_pace"]]), json!(["170", "10"]));
    let tree = world.an.get(&format!("/cycles/{}/tree", world.quarter)).await.ok();
    assert_eq!(tree["nodes"][0]["planned"], "170", "the tree shows it beside the value");
    let trend = world.an.get(&format!("/goals/{goal}/trend?interval=month")).await.ok();
    assert_eq!(json!([trend["points"][0]["planned"], trend["points"][1]["planned"]]), json!(["206.6667", "170"]));
    let then = world.an.get(&format!("/goals/{goal}/target-plan?as_of=2026-01-31")).await.ok();
    assert_eq!(json!([then["value"], then["current"], then["points"]]), json!(["90", 0, []]), "it was linear then");
    world.an.get(&format!("/goals/{goal}/target-plan?as_of=2026-02-15")).await.faults();
}

#[actix_web::test]
async fn equal_parts_are_exact_in_the_metrics_decimals_and_weeks_begin_on_mondays() {
    let world = World::new().await;
    let metric = world.metric("deals").await;
    let goal = make(&world.an, and(world.kpi("Hợp đồng"), json!({ "metric_id": metric }))).await;
    world.app.owner.patch(&format!("/metrics/{metric}"), &json!({ "decimals": 0 })).await.ok();
    let months = put(&world.an, &goal, json!({ "by": "equal" })).await;
    assert_eq!(column(&months, "target"), ["34", "33", "33"]);
    assert_eq!(
        months["points"],
        json!([{ "date": "2026-01-31", "value": "34" }, { "date": "2026-02-28", "value": "67" }])
    );
    let weeks = put(&world.an, &goal, json!({ "by": "equal", "interval": "week" })).await;
    assert_eq!((weeks["interval"].as_str(), column(&weeks, "first")[1]), (Some("week"), "2026-01-05"));
    let total: i64 = column(&weeks, "target").iter().map(|part| part.parse::<i64>().unwrap()).sum();
    assert_eq!((column(&weeks, "target").len(), total), (14, 100), "the quarter begins on a Thursday");
    let by_month = world.an.get(&format!("/goals/{goal}/target-plan?interval=month")).await.ok();
    assert_eq!(by_month["intervals"].as_array().unwrap().len(), 3, "any plan is shown in months");
    let own = json!({ "by": "points", "points": [{ "date": "2026-01-15", "value": "20" }] });
    let own = put(&world.an, &goal, own).await;
    assert_eq!((own["interval"].is_null(), column(&own, "last")), (true, vec!["2026-01-15", "2026-03-31"]));
}

#[actix_web::test]
async fn a_way_down_has_a_plan_too_and_what_is_kept_has_none() {
    let world = World::new().await;
    let down = json!({ "direction": "decrease", "start": "100", "target": "40" });
    let goal = make_active(&world.an, and(world.kpi("Nợ quá hạn"), down)).await;
    let body = json!({ "by": "entered", "increments": ["-30", "-20", "-10"], "reason": "Thu sớm" });
    let shown = put(&world.lead, &goal, body).await;
    assert_eq!(column(&shown, "planned"), ["70", "50", "40"]);
    assert_eq!(column(&shown, "actual"), ["–", "–", "–"], "nothing is known yet");
    assert_eq!(json!([shown["value"], shown["difference"], shown["missing"]]), json!(["100", null, "-60"]));
    let kept = make(&world.an, and(world.kpi("Hài lòng"), json!({ "direction": "at_least", "target": "90" }))).await;
    let path = format!("/goals/{kept}/target-plan");
    world.an.get(&path).await.problem(404, "not_found");
    world.an.put(&path, &json!({ "by": "equal" })).await.problem(409, "no_target_plan_here");
    assert!(node(&world.an, &kept).await["planned"].is_null());
}

#[actix_web::test]
async fn every_fault_of_a_plan_is_told_at_once() {
    let world = World::new().await;
    let goal = sales(&world).await;
    let lead = &world.lead;
    let two = json!({ "by": "entered", "increments": ["1", "2"], "points": [{ "date": "2026-01-31", "value": "1" }] });
    assert_eq!(
        faults(lead, &goal, two).await,
        ["/increments wrong_increment_count", "/points not_with_plan", "/reason required"]
    );
    let off = json!({ "by": "entered", "increments": ["100", "100", "399"], "reason": "Thử" });
    assert_eq!(faults(lead, &goal, off).await, ["/increments increments_off"]);
    let outside = json!({ "by": "points", "interval": "week", "years_back": 1, "reason": "Thử", "points": [
        { "date": "2026-03-31", "value": "1" }, { "date": "2026-02-01", "value": "2" },
    ]});
    assert_eq!(
        faults(lead, &goal, outside).await,
        [
            "/interval not_with_plan",
            "/points/0/date plan_outside_window",
            "/points/1/date plan_not_ascending",
            "/years_back not_with_plan"
        ]
    );
    assert_eq!(faults(lead, &goal, json!({ "by": "points", "reason": "Thử" })).await, ["/points required"]);
    assert_eq!(faults(lead, &goal, json!({ "by": "equal" })).await, ["/reason required"], "as any change of a target");
    assert_eq!(faults(lead, &goal, json!({ "by": "month" })).await.len(), 1);
}

#[actix_web::test]
async fn an_owners_plan_waits_where_the_cycle_says_so() {
    let settings = json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" });
    let world = World::with(settings).await;
    let goal = sales(&world).await;
    let path = format!("/goals/{goal}/target-plan");
    let body = json!({ "by": "entered", "increments": ["100", "140", "360"], "reason": "Mùa Tết" });
    let asked = world.an.put(&path, &body).await.status(202);
    assert_eq!(plan(&world.an, &goal).await["points"], json!([]), "it is linear until someone agrees");
    let decide = format!("/change-requests/{}/decide", asked["id"].as_str().unwrap());
    world.lead.post(&decide, &json!({ "approve": true })).await.ok();
    assert_eq!(column(&plan(&world.an, &goal).await, "target"), ["100", "140", "360"]);
    world.an.delete(&path).await.faults();
    let gone = world.an.delete(&format!("{path}?reason=B%E1%BB%8F")).await.status(202);
    assert_eq!(gone["change"]["after"]["target_plan"], json!([]));
    world.lead.delete(&format!("{path}?reason=B%E1%BB%8F")).await.status(204);
    let linear = plan(&world.an, &goal).await;
    assert_eq!(
        (column(&linear, "target"), &linear["interval"]),
        (vec!["206.6667", "186.6667", "206.6667"], &json!("month"))
    );
    world.an.put(&path, &body).await.status(202);
    let stranger = world.tech.put(&path, &body).await;
    stranger.problem(403, "forbidden");
    go(&world.lead, &goal, "cancelled").await.ok();
    world.lead.put(&path, &body).await.problem(409, "goal_over");
}

#[actix_web::test]
async fn a_preview_shows_the_plan_and_stores_nothing() {
    let world = World::new().await;
    let goal = sales(&world).await;
    check_in(&world.an, &goal, "90", "2026-01-31").await;
    let path = format!("/goals/{goal}/target-plan/preview");
    let body = json!({ "by": "entered", "increments": ["100", "140", "360"] });
    let shown = world.lead.post(&path, &body).await.ok();
    assert_eq!((column(&shown, "actual"), column(&shown, "difference")[0]), (vec!["90", "0", "–"], "-10"));
    assert_eq!(plan(&world.an, &goal).await["points"], json!([]));
    world.tech.post(&path, &body).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_sum_has_a_plan_of_its_own_and_its_parts_values() {
    let world = World::new().await;
    let metric = world.metric("revenue").await;
    let sum = json!({
        "source": "sum", "metric_id": metric, "target": "900", "scope": "team", "unit_id": world.north,
    });
    let sum = make_active(&world.lead, and(world.kpi("Doanh số nhóm"), sum)).await;
    let part = json!({ "metric_id": metric, "parent_id": sum, "owner_id": world.an.person });
    let part = make(&world.lead, and(world.kpi("Doanh số của An"), part)).await;
    activate(&world.an, &part).await;
    check_in(&world.an, &part, "40", "2026-01-20").await;
    check_in(&world.an, &part, "70", "2026-02-10").await;
    let shown = put(&world.lead, &sum, json!({ "by": "equal", "reason": "Đều" })).await;
    assert_eq!((column(&shown, "target"), column(&shown, "value")), (vec!["300"; 3], vec!["40", "70", "–"]));
    assert_eq!(node(&world.an, &sum).await["planned"], "450", "half of February");
}

#[actix_web::test]
async fn a_season_is_that_of_the_same_months_a_year_before_and_exact() {
    let world = World::new().await;
    let metric = json!({
        "code": "won_value", "name": { "vi": "Doanh số" }, "unit": "currency", "direction": "increase", "decimals": 0,
        "measured_for": "person", "time_aggregation": "sum", "people_aggregation": "sum",
    });
    let metric = world.app.owner.post("/metrics", &metric).await.id();
    let goal = make(&world.an, and(world.kpi("Doanh số"), json!({ "metric_id": metric, "target": "100" }))).await;
    let team = json!({ "metric_id": metric, "target": "1000", "scope": "team", "unit_id": world.north });
    let team = make(&world.lead, and(world.kpi("Doanh số nhóm"), team)).await;
    let season = json!({ "by": "season" });
    assert_eq!(faults(&world.an, &goal, season.clone()).await, ["/by season_without_data"]);
    let one = |who: &Client, date: &str, value: &str| json!({ "metric": "won_value", "person_id": who.person, "date": date, "value": value, "source": "crm" });
    let items = [
        one(&world.an, "2025-01-05", "10"),
        one(&world.an, "2025-01-31", "10"),
        one(&world.an, "2025-03-02", "10"),
        one(&world.an, "2025-04-01", "99"),
        one(&world.lead, "2025-02-10", "10"),
    ];
    world.app.owner.post("/measurements", &json!({ "items": items, "atomic": true })).await.status(200);
    let shown = put(&world.an, &goal, season.clone()).await;
    assert_eq!(column(&shown, "target"), ["67", "0", "33"], "nothing in February, the rest in whole units");
    let shown = put(&world.lead, &team, season.clone()).await;
    assert_eq!(column(&shown, "target"), ["500", "250", "250"], "the team's is all of its people's");
    let lent = json!({
        "metric_id": metric, "target": "1000", "scope": "team", "unit_id": world.north, "owner_id": world.an.person,
    });
    let lent = make(&world.lead, and(world.kpi("Doanh số nhóm do An giữ"), lent)).await;
    let preview = format!("/goals/{lent}/target-plan/preview");
    world.lead.post(&preview, &season).await.ok();
    world.an.post(&preview, &season).await.problem(403, "forbidden");
    let none = json!({ "by": "season", "years_back": 2 });
    assert_eq!(faults(&world.an, &goal, none).await, ["/by season_without_data"]);
    let zero = json!({ "by": "season", "years_back": 0 });
    assert_eq!(faults(&world.an, &goal, zero).await, ["/years_back out_of_range"]);
    let lost = json!({ "items": [one(&world.an, "2025-02-01", "-5")] });
    world.app.owner.post("/measurements", &lost).await.status(200);
    assert_eq!(faults(&world.an, &goal, season.clone()).await, ["/by season_below_zero"]);
    let plain = make(&world.an, world.kpi("Không chỉ số")).await;
    assert_eq!(faults(&world.an, &plain, season).await, ["/by season_needs_metric"]);
}
