//! The life of goals.

use super::world::{World, activate, and, go, link, make, make_active, node};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_goal_is_submitted_by_its_owner_and_approved_by_who_stands_above_them() {
    let world = World::with(json!({ "cadence": "none", "approval_required": true })).await;
    let id = make(&world.an, world.kpi("Doanh thu")).await;
    go(&world.lead, &id, "pending_approval").await.problem(403, "forbidden");
    let problem = go(&world.an, &id, "active").await.problem(409, "transition_refused");
    assert_eq!(problem["allowed"], json!(["pending_approval"]));
    assert_eq!(go(&world.an, &id, "pending_approval").await.ok()["state"], "pending_approval");
    go(&world.an, &id, "active").await.problem(403, "own_approval");
    go(&world.tech, &id, "active").await.problem(403, "forbidden");
    let path = format!("/goals/{id}/transition");
    let unsaid = world.lead.post(&path, &json!({ "to": "draft" })).await.faults();
    assert_eq!(unsaid, ["/reason required"]);
    assert_eq!(go(&world.lead, &id, "draft").await.ok()["state"], "draft");
    go(&world.an, &id, "pending_approval").await.ok();
    assert_eq!(go(&world.head, &id, "active").await.ok()["state"], "active");
    let own = make(&world.hr, world.kpi("Của nhân sự")).await;
    go(&world.hr, &own, "pending_approval").await.ok();
    go(&world.hr, &own, "active").await.problem(403, "own_approval");
    go(&world.app.owner, &own, "active").await.ok();
}

#[actix_web::test]
async fn a_goal_goes_only_where_its_life_leads() {
    let world = World::new().await;
    let states = ["draft", "pending_approval", "active", "on_hold", "completed", "cancelled"];
    let ways = [
        ("active", vec!["on_hold", "completed", "cancelled"]),
        ("on_hold", vec!["active", "cancelled"]),
        ("completed", vec!["active"]),
        ("cancelled", vec!["active"]),
    ];
    for (from, next) in ways {
        for to in states {
            let id = make_active(&world.an, world.kpi("Doanh thu")).await;
            if from != "active" {
                go(&world.an, &id, from).await.ok();
            }
            let reply = go(&world.an, &id, to).await;
            if next.contains(&to) {
                assert_eq!(reply.ok()["state"], to, "{from} to {to}");
            } else {
                reply.problem(409, "transition_refused");
            }
        }
    }
}

#[actix_web::test]
async fn giving_up_and_reopening_ask_for_the_reason() {
    let world = World::new().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}/transition");
    assert_eq!(world.an.post(&path, &json!({ "to": "cancelled", "reason": " " })).await.faults(), ["/reason required"]);
    world.an.post(&path, &json!({ "to": "completed" })).await.ok();
    world.an.patch(&format!("/goals/{id}"), &json!({ "target": "5" })).await.problem(409, "goal_over");
    assert_eq!(world.an.post(&path, &json!({ "to": "active" })).await.faults(), ["/reason required"]);
    let open = world.an.post(&path, &json!({ "to": "active", "reason": "Làm tiếp" })).await.ok();
    assert_eq!((&open["state"], &open["result"]), (&json!("active"), &Value::Null));
    world.an.post(&path, &json!({ "to": "mất" })).await.problem(422, "invalid_fields");
}

#[actix_web::test]
async fn a_rolled_up_goal_is_completed_after_what_counts_in_it_or_with_it() {
    let world = World::new().await;
    let top = make_active(&world.an, world.objective("Mục tiêu lớn")).await;
    let under = |parent: &str| json!({ "parent_id": parent });
    let middle = make_active(&world.an, and(world.objective("Mục tiêu giữa"), under(&top))).await;
    let leaf = make_active(&world.an, and(world.kpi("Doanh thu"), under(&middle))).await;
    let secret = make_active(
        &world.lead,
        and(world.kpi("Bí mật"), json!({ "visibility": "restricted", "parent_id": top, "weight": "1" })),
    )
    .await;
    let weightless = make_active(&world.an, and(world.kpi("Minh họa"), json!({ "parent_id": top, "weight": 0 }))).await;
    let path = format!("/goals/{top}/transition");
    let problem = world.an.post(&path, &json!({ "to": "completed" })).await.problem(409, "goals_still_active");
    assert_eq!(problem["goals"], json!([{ "id": middle, "title": "Mục tiêu giữa" }]));
    assert!(!problem.to_string().contains("Bí mật"));
    let cascade = json!({ "to": "completed", "cascade": true });
    let problem = world.an.post(&path, &cascade).await.problem(409, "goals_still_active");
    assert_eq!(problem["goals"], json!([]), "what is hidden is not named, and not completed for its owner");
    assert_eq!(node(&world.an, &leaf).await["state"], "active");
    assert_eq!(world.lead.post(&path, &cascade).await.ok()["state"], "completed");
    for id in [&middle, &leaf, &secret] {
        assert_eq!(node(&world.lead, id).await["state"], "completed");
    }
    assert_eq!(node(&world.an, &weightless).await["state"], "active");
    let problem = go(&world.an, &leaf, "active").await.problem(409, "completed_above");
    assert_eq!(problem["goals"][0]["id"], json!(middle));
    go(&world.an, &weightless, "on_hold").await.ok();
    link(&world.lead, &weightless, &top, json!({ "weight": "1" })).await.problem(409, "parent_over");
}

#[actix_web::test]
async fn review_weights_total_100_before_a_goal_is_submitted_where_the_cycle_demands_it() {
    let world =
        World::with(json!({ "cadence": "none", "approval_required": false, "review_weights_required": true })).await;
    let first = make(&world.an, and(world.kpi("Một"), json!({ "review_weight": "60" }))).await;
    let body = and(
        world.objective("Hai"),
        json!({ "review_weight": "30.5", "key_results": [{ "title": "KQ", "direction": "increase", "target": "1" }] }),
    );
    let second = make(&world.an, body).await;
    let problem = go(&world.an, &first, "pending_approval").await.problem(409, "review_weights_not_100");
    assert_eq!(problem["sum"], "90.5");
    world.an.patch(&format!("/goals/{second}"), &json!({ "review_weight": 40 })).await.ok();
    activate(&world.an, &first).await;
    activate(&world.an, &second).await;
}

#[actix_web::test]
async fn a_goal_approved_late_has_a_past_from_its_windows_first_day() {
    let world = World::new().await;
    let top = world.company_objective().await;
    let id = make(&world.app.owner, and(world.kpi("Doanh thu"), json!({ "scope": "company", "parent_id": top }))).await;
    activate(&world.app.owner, &id).await;
    let then = world.app.owner.get(&format!("/cycles/{}/tree?as_of=2026-01-05", world.quarter)).await;
    let tree = then.ok();
    let found = tree["nodes"].as_array().unwrap().iter().find(|node| node["id"] == json!(id));
    let found = found.unwrap_or_else(|| panic!("not there on 5 January: {tree}"));
    assert_eq!((&found["state"], &found["parent_id"]), (&json!("active"), &json!(top)));
}
