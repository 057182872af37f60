//! Several people at the same goals at once.

use super::world::{World, link, make, node};
use serde_json::{Value, json};

#[actix_web::test]
async fn two_who_move_at_once_never_close_a_loop() {
    let world = World::new().await;
    for _ in 0..8 {
        let one = make(&world.an, world.objective("Một")).await;
        let two = make(&world.an, world.objective("Hai")).await;
        let body = || json!({ "primary": true });
        let (first, second) = tokio::join!(link(&world.an, &one, &two, body()), link(&world.an, &two, &one, body()));
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[actix_web::test]
async fn two_editors_with_the_same_version_never_overwrite_each_other() {
    let world = World::new().await;
    let id = make(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    let knowing = (world.an.with("If-Match", "\"v1\""), world.lead.with("If-Match", "\"v1\""));
    let (ans, leads) = (json!({ "title": "Của An" }), json!({ "title": "Của Trưởng" }));
    let (first, second) = tokio::join!(knowing.0.patch(&path, &ans), knowing.1.patch(&path, &leads));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    assert_eq!(node(&world.an, &id).await["version"], 2);
}

#[actix_web::test]
async fn goals_are_handed_over_to_whoever_comes_next() {
    let world = World::new().await;
    let one = make(&world.an, world.kpi("Một")).await;
    let to = json!({ "to": world.lead.person });
    world.hr.post(&format!("/people/{}/handover", world.an.person), &to).await.ok();
    assert_eq!(node(&world.an, &one).await["owner"]["id"], json!(world.lead.person));
    assert_ne!(node(&world.an, &one).await["owner"], Value::Null);
}
