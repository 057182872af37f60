//! Many goals at once, and handing them over.

use super::world::{World, make, make_active, node};
use serde_json::json;

#[actix_web::test]
async fn each_item_of_a_batch_has_its_own_outcome() {
    let world = World::new().await;
    let one = make(&world.an, world.kpi("Một")).await;
    let two = make_active(&world.an, world.kpi("Hai")).await;
    let nowhere = "01900000-0000-7000-8000-000000000000";
    let items = json!([
        { "goal_id": one, "transition": "pending_approval" },
        { "goal_id": two, "transition": "cancelled" },
        { "goal_id": nowhere, "transition": "active" },
        { "goal_id": two, "transition": "completed", "version": 1 },
        { "goal_id": two, "owner_id": world.tech.person },
        { "goal_id": two },
        { "goal_id": two, "transition": "completed" },
    ]);
    let done = world.an.post("/goals/batch", &json!({ "items": items })).await.ok();
    let outcomes: Vec<_> = done["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["status"].as_u64().unwrap(), item["problem"]["code"].as_str()))
        .collect();
    assert_eq!(
        outcomes,
        [
            (200, None),
            (422, Some("invalid_fields")),
            (404, Some("not_found")),
            (412, Some("stale_version")),
            (403, Some("forbidden")),
            (422, Some("invalid_fields")),
            (200, None),
        ]
    );
    assert_eq!(done["items"][0]["goal"]["state"], "active");
    assert_eq!(node(&world.an, &two).await["state"], "completed");
}

#[actix_web::test]
async fn an_atomic_batch_is_done_whole_or_not_at_all() {
    let world = World::new().await;
    let one = make(&world.an, world.kpi("Một")).await;
    let two = make(&world.an, world.kpi("Hai")).await;
    let items = json!([
        { "goal_id": one, "transition": "pending_approval" }, { "goal_id": two, "transition": "completed" },
    ]);
    let body = json!({ "items": items, "atomic": true });
    let problem = world.an.post("/goals/batch", &body).await.problem(409, "batch_refused");
    assert_eq!(problem["outcomes"][1]["problem"]["code"], "transition_refused");
    assert_eq!(node(&world.an, &one).await["state"], "draft");
}

#[actix_web::test]
async fn the_same_request_with_its_key_makes_one_goal() {
    let world = World::new().await;
    let once = world.an.with("Idempotency-Key", "goal-1");
    let first = once.post("/goals", &world.kpi("Một lần")).await.status(201);
    let again = once.post("/goals", &world.kpi("Một lần")).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.status(201)["id"], first["id"]);
    assert_eq!(world.an.all(&format!("/goals?cycle_id={}", world.quarter)).await.len(), 1);
}
