//! What one sees after a change, and what refusals tell of what one does not see.

use crate::goals::world::{World, and, go, link, make, make_active, node};
use crate::support::Client;
use serde_json::{Value, json};

/// Someone who supervises the northern team, which lets them make and edit goals.
async fn supervisor(world: &World) -> Client {
    let watcher = world.app.member("Vũ Giám Sát", &world.engineering, json!({})).await;
    world.app.join(&watcher, &world.north, "supervisor").await;
    let switches = json!({ "supervisors_may_create": true, "supervisors_may_edit": true });
    world.hr.patch(&format!("/units/{}", world.north), &switches).await.ok();
    watcher
}

#[actix_web::test]
async fn nobody_writes_a_goal_out_of_their_own_sight() {
    let world = World::new().await;
    let watcher = supervisor(&world).await;
    let ans = json!({ "owner_id": world.an.person, "visibility": "restricted" });
    let secret = and(world.kpi("Kín"), ans);
    watcher.post("/goals", &secret).await.problem(409, "would_hide_from_you");
    assert_eq!(world.an.get("/goals?include_total=true").await.ok()["total"], 0, "nothing was made");
    let open = make(&watcher, and(world.kpi("Mở"), json!({ "owner_id": world.an.person }))).await;
    let path = format!("/goals/{open}");
    let hide = json!({ "visibility": "restricted" });
    watcher.patch(&path, &hide).await.problem(409, "would_hide_from_you");
    assert_eq!(node(&watcher, &open).await["visibility"], "public");
    let and_watch = json!({ "visibility": "restricted", "watchers": [watcher.person] });
    assert_eq!(watcher.patch(&path, &and_watch).await.ok()["visibility"], "restricted");
    watcher.patch(&path, &json!({ "watchers": [] })).await.problem(409, "would_hide_from_you");
    world.an.patch(&path, &json!({ "watchers": [] })).await.ok();
    watcher.get(&path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn an_item_of_a_batch_that_would_hide_its_goal_is_refused_alone() {
    let world = World::new().await;
    let to = world.app.member("Bùi Văn Ba", &world.north, json!({ "manager_id": world.lead.person })).await;
    let body = and(world.kpi("Kín"), json!({ "visibility": "restricted" }));
    let (own, other) = (make(&world.lead, body.clone()).await, make(&world.lead, world.kpi("Mở")).await);
    let give = |goal: &str| json!({ "goal_id": goal, "owner_id": to.person });
    let done = world.lead.post("/goals/batch", &json!({ "items": [give(&own), give(&other)] })).await.ok();
    assert_eq!((&done["items"][0]["status"], &done["items"][1]["status"]), (&json!(200), &json!(200)));
    let lent = make(&world.tech, body).await;
    let below = world.app.member("Mai Kỹ Thuật", &world.engineering, json!({ "manager_id": world.hr.person })).await;
    let away = world.app.member("Tạ Xa", &world.sales, json!({ "manager_id": world.tech.person })).await;
    for person in [&below, &away] {
        let items = json!({ "items": [{ "goal_id": lent, "owner_id": person.person }] });
        assert_eq!(
            world.tech.post("/goals/batch", &items).await.ok()["items"][0]["status"],
            200,
            "still in their line"
        );
    }
}

#[actix_web::test]
async fn a_follow_of_ones_own_choice_is_no_key_to_what_is_closed_later() {
    let world = World::new().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    for client in [&world.tech, &world.head] {
        client.put(&format!("{path}/follow"), &json!({})).await.status(204);
    }
    world.an.patch(&path, &json!({ "visibility": "internal" })).await.ok();
    world.tech.get(&path).await.problem(404, "not_found");
    assert_eq!(world.tech.get("/me/goals").await.ok()["following"], json!([]));
    let detail = node(&world.an, &id).await;
    let followers: Vec<_> = detail["followers"].as_array().unwrap().iter().map(|who| &who["id"]).collect();
    assert_eq!(followers, [&json!(world.head.person)], "the lead line sees it anyway, and follows it still");
    world.an.patch(&path, &json!({ "followers": [world.head.person, world.tech.person] })).await.ok();
    node(&world.tech, &id).await;
    world.an.patch(&path, &json!({ "title": "Doanh thu thuần" })).await.ok();
    node(&world.tech, &id).await;
    world.an.patch(&path, &json!({ "visibility": "restricted" })).await.ok();
    world.tech.get(&path).await.problem(404, "not_found");
    let asked_in = json!({ "visibility": "restricted", "followers": [world.tech.person] });
    world.an.patch(&path, &asked_in).await.ok();
    node(&world.tech, &id).await;
    assert_eq!(node(&world.an, &id).await["visibility"], "restricted");
}

#[actix_web::test]
async fn a_refusal_does_not_tell_how_many_hidden_goals_stand_in_the_way() {
    let world = World::new().await;
    let top = make_active(&world.an, world.objective("Mục tiêu")).await;
    let mut told = Vec::new();
    for title in ["Kín một", "Kín hai"] {
        let hidden = json!({ "visibility": "restricted", "parent_id": top, "weight": "1" });
        make_active(&world.lead, and(world.kpi(title), hidden)).await;
        let mut problem = go(&world.an, &top, "completed").await.problem(409, "goals_still_active");
        assert_eq!(problem["goals"], json!([]));
        problem["instance"] = Value::Null;
        told.push(problem);
    }
    assert_eq!(told[0], told[1], "one hidden goal or two: the same words");
    let draft = make(&world.an, world.objective("Nháp")).await;
    let mut told = Vec::new();
    for title in ["Kín ba", "Kín bốn"] {
        let hidden = json!({ "visibility": "restricted", "parent_id": draft });
        make(&world.lead, and(world.kpi(title), hidden)).await;
        let mut problem = world.an.delete(&format!("/goals/{draft}")).await.problem(409, "goals_linked_under");
        problem["instance"] = Value::Null;
        told.push(problem);
    }
    assert_eq!(told[0], told[1]);
}

#[actix_web::test]
async fn what_figures_hang_on_waits_for_approval_like_the_target() {
    let settings = json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" });
    let world = World::with(settings).await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    let changes = [
        json!({ "window": { "first": "2026-01-01", "last": "2026-02-28" } }),
        json!({ "target_plan": [{ "date": "2026-02-01", "value": "10" }], "reason": "Theo mùa" }),
        json!({ "commitment": "aspirational" }),
    ];
    for change in changes {
        world.an.patch(&path, &change).await.status(202);
    }
    let kept = node(&world.an, &id).await;
    assert_eq!((&kept["commitment"], &kept["window"]["last"]), (&json!("committed"), &json!("2026-03-31")));
    assert_eq!(kept["target_plan"], json!([]));
    world.lead.patch(&path, &json!({ "commitment": "aspirational" })).await.status(200);
}

#[actix_web::test]
async fn a_proposal_that_was_let_pass_names_whoever_asked() {
    let settings = json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" });
    let world = World::with(settings).await;
    let top = world.company_objective().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let asked = link(&world.an, &id, &top, json!({ "primary": true, "weight": "3" })).await.status(202);
    let decide = format!("/change-requests/{}/decide", asked["id"].as_str().unwrap());
    world.lead.post(&decide, &json!({ "approve": true })).await.ok();
    let proposed = &world.app.owner.all(&format!("/goals/{top}/proposed-links")).await[0];
    assert_eq!(proposed["proposed_by"]["id"], json!(world.an.person), "not the lead who only let it pass");
    assert_eq!((&proposed["proposed_weight"], &proposed["weight"]), (&json!("3"), &json!("0")));
}
