//! Ways round an approval, round what a goal reached, and into what is hidden: all closed.

use super::world::{World, and, go, link, make, make_active, node};
use crate::support::Client;
use serde_json::{Value, json};

async fn governed() -> World {
    World::with(json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" })).await
}

async fn approving() -> World {
    World::with(json!({ "cadence": "none", "approval_required": true, "change_approval": "manager" })).await
}

async fn approve(client: &Client, request: &Value) -> crate::support::Reply {
    let path = format!("/change-requests/{}/decide", request["id"].as_str().unwrap());
    client.post(&path, &json!({ "approve": true })).await
}

#[actix_web::test]
async fn a_goal_on_hold_is_no_way_round_approval() {
    let world = governed().await;
    let top = make_active(&world.an, world.objective("Mục tiêu")).await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    go(&world.an, &id, "on_hold").await.ok();
    assert_eq!(world.an.patch(&path, &json!({ "target": "5" })).await.faults(), ["/reason required"]);
    let target = world.an.patch(&path, &json!({ "target": "5", "reason": "Khó" })).await.status(202);
    let weight = world.an.patch(&path, &json!({ "review_weight": "5" })).await.status(202);
    let linked = link(&world.an, &id, &top, json!({ "primary": true })).await.status(202);
    let cancelled = go(&world.an, &id, "cancelled").await.status(202);
    let held = node(&world.an, &id).await;
    assert_eq!((&held["target"], &held["parent_id"], &held["state"]), (&json!("100"), &Value::Null, &json!("on_hold")));
    for request in [&target, &weight, &linked, &cancelled] {
        approve(&world.lead, request).await.ok();
    }
    let done = node(&world.an, &id).await;
    assert_eq!((&done["target"], &done["parent_id"], &done["state"]), (&json!("5"), &json!(top), &json!("cancelled")));
}

#[actix_web::test]
async fn a_completed_goal_keeps_its_review_weight_and_its_measure() {
    let world = governed().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    let target = world.an.patch(&path, &json!({ "target": "5", "reason": "Khó" })).await.status(202);
    let cancelled = go(&world.an, &id, "cancelled").await.status(202);
    go(&world.an, &id, "completed").await.ok();
    let weight = world.an.patch(&path, &json!({ "review_weight": "50" })).await.status(202);
    approve(&world.lead, &target).await.problem(409, "goal_over");
    approve(&world.lead, &cancelled).await.problem(409, "change_outdated");
    approve(&world.lead, &weight).await.ok();
    let kept = node(&world.an, &id).await;
    assert_eq!((&kept["target"], &kept["state"]), (&json!("100"), &json!("completed")));
}

#[actix_web::test]
async fn nobody_approves_their_own_goal_by_lending_it_out() {
    let world = approving().await;
    let id = make(&world.lead, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    go(&world.lead, &id, "pending_approval").await.ok();
    let lent = world.lead.patch(&path, &json!({ "owner_id": world.an.person })).await.ok();
    assert_eq!(lent["state"], "draft");
    go(&world.lead, &id, "active").await.problem(409, "transition_refused");
    go(&world.lead, &id, "pending_approval").await.problem(403, "forbidden");
    go(&world.an, &id, "pending_approval").await.ok();
    let handed = json!({ "to": world.lead.person });
    world.hr.post(&format!("/people/{}/handover", world.an.person), &handed).await.ok();
    assert_eq!(node(&world.lead, &id).await["state"], "draft");
}

#[actix_web::test]
async fn an_owner_gives_an_agreed_goal_away_with_approval() {
    let world = governed().await;
    for state in ["active", "on_hold"] {
        let id = make_active(&world.lead, world.kpi("Doanh thu")).await;
        if state != "active" {
            go(&world.lead, &id, state).await.ok();
        }
        let away = json!({ "owner_id": world.an.person });
        let asked = world.lead.patch(&format!("/goals/{id}"), &away).await.status(202);
        assert_eq!(node(&world.lead, &id).await["owner"]["id"], json!(world.lead.person));
        approve(&world.head, &asked).await.ok();
        assert_eq!(node(&world.lead, &id).await["owner"]["id"], json!(world.an.person));
    }
}

#[actix_web::test]
async fn a_goal_does_not_move_out_of_a_completed_one_that_its_owner_no_longer_sees() {
    let world = World::new().await;
    let old = make_active(&world.hr, and(world.objective("Cũ"), json!({ "scope": "company" }))).await;
    let id = make_active(&world.an, and(world.kpi("Doanh thu"), json!({ "parent_id": old }))).await;
    link(&world.hr, &id, &old, json!({ "weight": "1" })).await.ok();
    let cascade = json!({ "to": "completed", "cascade": true });
    world.hr.post(&format!("/goals/{old}/transition"), &cascade).await.ok();
    world.hr.patch(&format!("/goals/{old}"), &json!({ "visibility": "restricted" })).await.ok();
    world.an.get(&format!("/goals/{old}")).await.problem(404, "not_found");
    let new = make_active(&world.an, world.objective("Mới")).await;
    link(&world.an, &id, &new, json!({ "primary": true, "replace": true })).await.problem(409, "parent_over");
    assert_eq!(node(&world.hr, &id).await["parent_id"], json!(old));
}

#[actix_web::test]
async fn a_change_request_names_no_hidden_goal_and_is_decided_all_the_same() {
    let world = governed().await;
    let hidden = make_active(&world.tech, world.objective("Kín")).await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let linked = link(&world.an, &id, &hidden, json!({ "primary": true })).await.status(202);
    assert_eq!(linked["change"]["parent_id"], json!(hidden));
    let hide = json!({ "visibility": "restricted" });
    world.hr.patch(&format!("/goals/{hidden}"), &hide).await.ok();
    for client in [&world.lead, &world.an] {
        let one = client.get(&format!("/change-requests/{}", linked["id"].as_str().unwrap())).await.ok();
        let all = client.all(&format!("/goals/{id}/change-requests")).await;
        for request in [&one, &all[0]] {
            assert_eq!(request["change"]["parent_id"], Value::Null);
            assert!(!request.to_string().contains(&hidden), "{request}");
        }
    }
    approve(&world.lead, &linked).await.ok();
    assert_eq!(world.hr.all(&format!("/goals?parent_id={hidden}")).await.len(), 1);
    world.hr.patch(&format!("/goals/{hidden}"), &json!({ "visibility": "public" })).await.ok();
    let away = world.an.delete(&format!("/goals/{id}/links/{hidden}")).await.status(202);
    world.hr.patch(&format!("/goals/{hidden}"), &hide).await.ok();
    let request = world.lead.get(&format!("/change-requests/{}", away["id"].as_str().unwrap())).await.ok();
    assert_eq!(request["change"], json!({ "what": "unlink", "before": null }));
    approve(&world.lead, &away).await.ok();
    assert_eq!(world.hr.all(&format!("/goals?parent_id={hidden}")).await.len(), 0);
}

#[actix_web::test]
async fn who_has_become_a_viewer_takes_nothing_back() {
    let world = governed().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let asked = world.an.patch(&format!("/goals/{id}"), &json!({ "review_weight": "5" })).await.status(202);
    world.app.owner.patch(&format!("/people/{}", world.an.person), &json!({ "role": "viewer" })).await.ok();
    let request = format!("/change-requests/{}", asked["id"].as_str().unwrap());
    world.an.post(&format!("{request}/withdraw"), &json!({})).await.problem(403, "forbidden");
    assert_eq!(world.an.get(&request).await.ok()["state"], "pending");
}

#[actix_web::test]
async fn naming_ones_own_subordinate_makes_no_goal_of_a_foreign_unit() {
    let world = World::new().await;
    let theirs = world.app.member("Trịnh Kỹ Thuật", &world.engineering, json!({})).await;
    for (scope, unit) in [("department", &world.sales), ("team", &world.north), ("company", &world.company)] {
        let body = json!({ "scope": scope, "unit_id": unit, "owner_id": theirs.person });
        let body = and(world.kpi("Của người khác"), body);
        world.tech.post("/goals", &body).await.problem(403, "forbidden");
    }
    let own = make(&world.tech, and(world.kpi("Của cấp dưới"), json!({ "owner_id": theirs.person }))).await;
    let moved = json!({ "scope": "team", "unit_id": world.north });
    world.tech.patch(&format!("/goals/{own}"), &moved).await.problem(403, "forbidden");
}
