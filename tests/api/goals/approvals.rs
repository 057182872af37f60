//! Changes of a commitment that wait for approval.

use super::world::{World, and, go, link, make_active, node};
use serde_json::{Value, json};

async fn world(change_approval: &str) -> World {
    World::with(json!({ "cadence": "none", "approval_required": false, "change_approval": change_approval })).await
}

#[actix_web::test]
async fn an_owners_new_target_waits_with_all_that_comes_with_it_and_holds_when_approved() {
    let world = world("manager").await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    world.an.patch(&path, &json!({ "title": "Doanh thu Bắc" })).await.status(200);
    let patch = json!({ "target": "80", "description": "Ít hơn", "reason": "Thị trường xấu" });
    let asked = world.an.patch(&path, &patch).await.status(202);
    assert_eq!(asked["state"], "pending");
    assert_eq!(asked["change"]["after"], json!({ "target": "80", "description": "Ít hơn" }));
    assert_eq!(asked["change"]["before"]["target"], "100");
    assert_eq!(node(&world.an, &id).await["target"], "100");
    let request = format!("/change-requests/{}", asked["id"].as_str().unwrap());
    let decide = format!("{request}/decide");
    world.an.post(&decide, &json!({ "approve": true })).await.problem(403, "own_approval");
    world.tech.post(&decide, &json!({ "approve": true })).await.problem(403, "forbidden");
    let decided = world.lead.post(&decide, &json!({ "approve": true, "note": "Đồng ý" })).await.ok();
    assert_eq!((&decided["state"], &decided["note"]), (&json!("approved"), &json!("Đồng ý")));
    assert_eq!(decided["decided_by"]["name"], "Lê Thị Trưởng");
    assert_eq!(node(&world.an, &id).await["target"], "80");
    world.lead.post(&decide, &json!({ "approve": true })).await.problem(409, "change_decided");
    assert_eq!(world.an.all(&format!("{path}/change-requests")).await.len(), 1);
    let others = world.lead.patch(&path, &json!({ "target": "90", "reason": "Điều chỉnh" })).await.status(200);
    assert_eq!(others["target"], "90", "the lead line's own changes hold at once");
}

#[actix_web::test]
async fn where_hr_approves_the_manager_does_not() {
    let world = world("hr").await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let asked = go(&world.an, &id, "cancelled").await.status(202);
    assert_eq!(asked["change"]["what"], "cancel");
    let decide = format!("/change-requests/{}/decide", asked["id"].as_str().unwrap());
    world.lead.post(&decide, &json!({ "approve": true })).await.problem(403, "forbidden");
    world.hr.post(&decide, &json!({ "approve": true })).await.ok();
    assert_eq!(node(&world.an, &id).await["state"], "cancelled");
}

#[actix_web::test]
async fn a_request_is_refused_or_taken_back_and_changes_nothing() {
    let world = world("manager").await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let patch = json!({ "target": "80", "reason": "Khó quá" });
    let mut requests = Vec::new();
    for _ in 0..2 {
        let asked = world.an.patch(&format!("/goals/{id}"), &patch).await.status(202);
        requests.push(format!("/change-requests/{}", asked["id"].as_str().unwrap()));
    }
    let refused = world.lead.post(&format!("{}/decide", requests[0]), &json!({ "approve": false })).await.ok();
    assert_eq!(refused["state"], "refused");
    world.lead.post(&format!("{}/withdraw", requests[1]), &json!({})).await.problem(403, "forbidden");
    let withdrawn = world.an.post(&format!("{}/withdraw", requests[1]), &json!({})).await.ok();
    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(node(&world.an, &id).await["target"], "100");
}

#[actix_web::test]
async fn what_changed_meanwhile_makes_a_request_outdated() {
    let world = world("manager").await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let patch = |target: &str| json!({ "target": target, "reason": "Khó quá" });
    let asked = world.an.patch(&format!("/goals/{id}"), &patch("80")).await.status(202);
    let decide = format!("/change-requests/{}/decide", asked["id"].as_str().unwrap());
    world.lead.patch(&format!("/goals/{id}"), &json!({ "title": "Tên khác" })).await.ok();
    world.lead.patch(&format!("/goals/{id}"), &patch("95")).await.ok();
    world.lead.post(&decide, &json!({ "approve": true })).await.problem(409, "change_outdated");
    world.lead.patch(&format!("/goals/{id}"), &patch("100")).await.ok();
    world.lead.post(&decide, &json!({ "approve": true })).await.ok();
    let goal = node(&world.an, &id).await;
    assert_eq!((&goal["target"], &goal["title"]), (&json!("80"), &json!("Tên khác")));
}

#[actix_web::test]
async fn an_owners_move_waits_too_and_what_is_linked_stays_a_proposal() {
    let world = world("manager").await;
    let top = world.company_objective().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let asked = link(&world.an, &id, &top, json!({ "primary": true, "weight": "2" })).await.status(202);
    assert_eq!(node(&world.an, &id).await["parent_id"], Value::Null);
    let decide = format!("/change-requests/{}/decide", asked["id"].as_str().unwrap());
    world.lead.post(&decide, &json!({ "approve": true })).await.ok();
    let moved = node(&world.an, &id).await;
    assert_eq!((&moved["parent_id"], &moved["weight"]), (&json!(top), &json!("0")));
    let same = link(&world.an, &id, &top, json!({ "primary": true })).await;
    same.status(200);
    let removed = world.an.delete(&format!("/goals/{id}/links/{top}")).await.status(202);
    let decide = format!("/change-requests/{}/decide", removed["id"].as_str().unwrap());
    world.hr.post(&decide, &json!({ "approve": true })).await.ok();
    assert_eq!(node(&world.an, &id).await["parent_id"], Value::Null);
}

#[actix_web::test]
async fn drafts_and_hrs_own_goals_do_not_wait() {
    let world = world("hr").await;
    let draft = world.an.post("/goals", &world.kpi("Bản nháp")).await.id();
    world.an.patch(&format!("/goals/{draft}"), &json!({ "target": "5" })).await.status(200);
    let own = make_active(&world.hr, world.kpi("Của nhân sự")).await;
    world.hr.patch(&format!("/goals/{own}"), &json!({ "target": "5", "reason": "Đổi" })).await.status(200);
    let teams = and(world.kpi("Nhóm"), json!({ "scope": "team", "unit_id": world.north }));
    let teams = make_active(&world.lead, teams).await;
    let leads_own = world.lead.patch(&format!("/goals/{teams}"), &json!({ "target": "5", "reason": "Đổi" })).await;
    leads_own.status(202);
}
