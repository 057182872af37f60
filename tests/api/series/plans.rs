//! A series beside the plan of a measured goal.

use super::world::{World, each};
use serde_json::{Value, json};

async fn goal(world: &World, more: Value) -> String {
    let cycle = world.app.quarter().await;
    let mut body = json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "team", "unit_id": world.north, "title": "Chốt 90 đơn",
        "source": "measurements", "metric_id": world.won, "direction": "increase", "target": "90",
    });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    let id = world.app.owner.post("/goals", &body).await.id();
    world.app.owner.post(&format!("/goals/{id}/transition"), &json!({ "to": "active" })).await.ok();
    id
}

#[actix_web::test]
async fn the_points_carry_what_is_planned_and_reached_to_date() {
    let world = World::new().await;
    let plan = json!([{ "date": "2026-01-31", "value": "20" }, { "date": "2026-02-28", "value": "48" }]);
    let goal = goal(&world, json!({ "target_plan": plan })).await;
    world
        .measured(&[
            ("deals_won", &world.an, "2025-12-31", "9"),
            ("deals_won", &world.an, "2026-01-10", "15"),
            ("deals_won", &world.binh, "2026-02-10", "20"),
        ])
        .await;
    let drawn = world.series(&world.lead, &world.won, &format!("goal_id={goal}")).await;
    assert_eq!(
        json!([drawn["goal_id"], drawn["unit"]["id"], drawn["from"], drawn["to"]]),
        json!([goal, world.north, "2026-01-01", "2026-02-14"])
    );
    assert_eq!(each(&drawn, "value"), json!(["15", "20"]));
    assert_eq!(
        each(&drawn, "plan"),
        json!([
            { "planned_to_date": "20", "actual_to_date": "15", "planned": "20" },
            { "planned_to_date": "34", "actual_to_date": "35", "planned": "14" },
        ]),
        "half of February's 28 by the fourteenth"
    );
    let shown = world.lead.get(&format!("/goals/{goal}")).await.ok();
    assert_eq!(shown["value"], "35", "the goal's own figure is the same");
    let ahead = world.series(&world.lead, &world.won, &format!("goal_id={goal}&from=2025-12-01&to=2026-03-31")).await;
    assert_eq!(each(&ahead, "plan")[0], Value::Null, "December lies outside of the goal's window");
    assert_eq!(
        each(&ahead, "plan")[3],
        json!({ "planned_to_date": "90", "actual_to_date": null, "planned": "42" }),
        "March is yet to come"
    );
}

#[actix_web::test]
async fn a_goal_has_to_be_measured_by_the_metric_for_whom_is_asked_for() {
    let world = World::new().await;
    let team = goal(&world, json!({})).await;
    let typed = goal(&world, json!({ "source": "check_ins" })).await;
    let refused = async |metric: &str, query: &str| {
        world.app.owner.get(&format!("/metrics/{metric}/series?{query}")).await.faults()
    };
    assert_eq!(refused(&world.lost, &format!("goal_id={team}")).await, ["?goal_id goal_not_in_series"]);
    assert_eq!(refused(&world.won, &format!("goal_id={typed}")).await, ["?goal_id goal_not_in_series"]);
    let elsewhere = format!("goal_id={team}&unit_id={}", world.south);
    assert_eq!(refused(&world.won, &elsewhere).await, ["?goal_id goal_not_in_series"]);
    world
        .app
        .owner
        .get(&format!("/metrics/{}/series?goal_id={}", world.won, world.won))
        .await
        .problem(404, "not_found");
    let hidden = goal(&world, json!({ "visibility": "restricted" })).await;
    let path = format!("/metrics/{}/series?goal_id={hidden}", world.won);
    world.an.get(&path).await.problem(404, "not_found");
}
