//! What one person was given, used by another: cursors, keys of repeated requests, versions, tags.

use crate::callers::Caller::{GoalOwner, Hr, Unrelated};
use crate::world::World;
use goaltree::domain::words::Visibility::{Public, Restricted};
use serde_json::json;

#[actix_web::test]
async fn a_cursor_of_someone_who_sees_more_shows_no_more() {
    let mut world = World::new().await;
    for _ in 0..3 {
        world.used();
        world.filled("{{active}} {{objective}}", Hr, Restricted).await;
    }
    let (hr, unrelated) = (world.client(Hr), world.client(Unrelated));
    let mut path = "/goals?limit=1".to_owned();
    loop {
        let page = hr.get(&path).await.ok();
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        let theirs = unrelated.get(&format!("/goals?limit=200&cursor={cursor}")).await;
        assert!(!theirs.text.contains("Kín"), "{}", theirs.text);
        path = format!("/goals?limit=1&cursor={cursor}");
    }
}

#[actix_web::test]
async fn a_key_of_a_repeated_request_is_of_one_person_alone() {
    let mut world = World::new().await;
    let hidden = world.filled("{{active}}", Hr, Restricted).await;
    let path = format!("/goals/{hidden}/check-ins");
    let body = json!({ "value": "12" });
    let first = world.client(GoalOwner).with("Idempotency-Key", "k1").post(&path, &body).await;
    first.status(201);
    let other = world.client(Unrelated).with("Idempotency-Key", "k1").post(&path, &body).await;
    assert!(other.header("idempotency-replayed").is_none());
    other.problem(404, "not_found");
    let foreign = world.client(crate::callers::Caller::Foreign).with("Idempotency-Key", "k1").post(&path, &body).await;
    foreign.problem(404, "not_found");
}

/// A repeated request is answered as things are now: who has lost sight of a goal meanwhile is not shown it again.
#[actix_web::test]
async fn a_repeated_request_shows_nothing_that_was_hidden_since() {
    let mut world = World::new().await;
    let goal = world.filled("{{active}}", Hr, Public).await;
    let own = world.filled("{{own_goal}}", Hr, Public).await;
    let link = json!({ "items": [{ "goal_id": own, "value": "5" }] });
    let unrelated = world.client(Unrelated).with("Idempotency-Key", "k2");
    unrelated.put(&format!("/goals/{own}/links/{goal}"), &json!({ "weight": "1" })).await;
    unrelated.post("/check-ins/batch", &link).await.ok();
    let hide = json!({ "visibility": "restricted" });
    world.client(Hr).patch(&format!("/goals/{goal}"), &hide).await.ok();
    let again = unrelated.post("/check-ins/batch", &link).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert!(!again.text.contains(&goal), "{}", again.text);
}

#[actix_web::test]
async fn guessing_the_version_of_a_hidden_goal_tells_nothing() {
    let mut world = World::new().await;
    let goal = world.filled("{{active}}", Hr, Restricted).await;
    let path = format!("/goals/{goal}");
    let version = world.client(Hr).get(&path).await.ok()["version"].clone();
    for guess in [version.to_string(), "999".to_owned()] {
        let unrelated = world.client(Unrelated).with("If-Match", format!("\"{guess}\""));
        unrelated.patch(&path, &json!({ "title": "Của tôi" })).await.problem(404, "not_found");
        unrelated.delete(&path).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_tag_of_someone_elses_tree_is_no_tag_of_ones_own() {
    let mut world = World::new().await;
    world.filled("{{active}}", Hr, Restricted).await;
    let path = format!("/cycles/{}/tree", world.fixed["quarter"]);
    let tag = world.client(Hr).get(&path).await.header("etag").expect("a tag").to_owned();
    let unrelated = world.client(Unrelated).with("If-None-Match", &tag).get(&path).await;
    assert_ne!(unrelated.header("etag"), Some(tag.as_str()));
    assert!(!unrelated.status(200).to_string().contains("Kín"));
}

/// Whoever may not edit a goal does not move it by linking to it, weighing, or making a goal under it.
#[actix_web::test]
async fn links_under_a_goal_that_one_may_not_edit_do_not_move_it() {
    let mut world = World::new().await;
    let top = world.filled("{{public_objective}}", Hr, Public).await;
    let linked = world.filled("{{linked}}", Hr, Public).await;
    let hr = world.client(Hr).clone();
    hr.put(&format!("/goals/{linked}/links/{top}"), &json!({ "weight": "1" })).await.ok();
    let progress = |client: crate::support::Client| {
        let path = format!("/goals/{top}");
        async move { client.get(&path).await.ok()["progress"].clone() }
    };
    world.client(GoalOwner).post(&format!("/goals/{linked}/check-ins"), &json!({ "value": "10" })).await.ok();
    let before = progress(hr.clone()).await;
    assert_eq!(before, 0.1);
    let unrelated = world.client(Unrelated).clone();
    let own = world.filled("{{own_goal}}", Hr, Public).await;
    unrelated.post(&format!("/goals/{own}/check-ins"), &json!({ "value": "100" })).await.ok();
    for body in
        [json!({ "weight": "1000000" }), json!({ "weight": "1000000", "primary": true }), json!({ "primary": true })]
    {
        unrelated.put(&format!("/goals/{own}/links/{top}"), &body).await.ok();
        assert_eq!(progress(hr.clone()).await, before, "{body}");
    }
    let path = format!("/goals/{top}/child-weights");
    let weights = json!([{ "goal_id": own, "weight": "1000000" }]);
    unrelated.put(&path, &weights).await.problem(403, "forbidden");
    let cycle = &world.fixed["quarter"];
    let made = json!({
        "cycle_id": cycle, "kind": "kpi", "title": "Chen vào", "direction": "increase", "target": "1", "parent_id": top,
        "weight": "1000000",
    });
    let made = unrelated.post("/goals", &made).await.id();
    let go = json!({ "to": "pending_approval" });
    unrelated.post(&format!("/goals/{made}/transition"), &go).await.ok();
    unrelated.post(&format!("/goals/{made}/check-ins"), &json!({ "value": "1" })).await.ok();
    assert_eq!(progress(hr).await, before);
}
