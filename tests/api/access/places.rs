//! A person's goal lies in a unit of its owner: nobody takes the rules of another unit.

use crate::goals::world::{World, and, make, node};
use serde_json::{Value, json};

#[actix_web::test]
async fn nobody_takes_the_switches_of_a_unit_that_is_not_theirs() {
    let world = World::new().await;
    world.hr.patch(&format!("/units/{}", world.north), &json!({ "owners_may_edit": false })).await.ok();
    let elsewhere = and(world.kpi("Nơi khác"), json!({ "unit_id": world.engineering }));
    assert_eq!(world.an.post("/goals", &elsewhere).await.faults(), ["/unit_id not_owners_unit"]);
    let above = and(world.kpi("Cấp trên"), json!({ "unit_id": world.sales }));
    assert_eq!(world.an.post("/goals", &above).await.faults(), ["/unit_id not_owners_unit"]);
    let id = make(&world.an, world.kpi("Doanh thu")).await;
    let moved = world.hr.patch(&format!("/goals/{id}"), &json!({ "unit_id": world.engineering })).await;
    assert_eq!(moved.faults(), ["/unit_id not_owners_unit"]);
    world.app.join(&world.an, &world.engineering, "member").await;
    assert_eq!(node(&world.an, &make(&world.an, elsewhere).await).await["unit"]["id"], json!(world.engineering));
}

#[actix_web::test]
async fn a_persons_goal_goes_home_with_its_new_owner() {
    let world = World::new().await;
    let goals = [make(&world.an, world.kpi("Một")).await, make(&world.an, world.kpi("Hai")).await];
    let tech = &world.tech.person;
    let batch = json!({ "items": [{ "goal_id": goals[0], "owner_id": tech }] });
    let done = world.hr.post("/goals/batch", &batch).await.ok();
    assert_eq!(done["items"][0]["goal"]["unit"]["id"], json!(world.engineering), "{done}");
    let stay = json!({ "owner_id": tech, "unit_id": world.north });
    let refused = world.hr.patch(&format!("/goals/{}", goals[1]), &stay).await;
    assert_eq!(refused.faults(), ["/unit_id not_owners_unit"]);
    world.hr.post(&format!("/people/{}/handover", world.an.person), &json!({ "to": tech })).await.ok();
    assert_eq!(node(&world.hr, &goals[1]).await["unit"]["id"], json!(world.engineering));
    let team = json!({ "scope": "team", "unit_id": world.north, "owner_id": world.lead.person });
    let teams = make(&world.lead, and(world.kpi("Của nhóm"), team)).await;
    let handed = world.hr.patch(&format!("/goals/{teams}"), &json!({ "owner_id": tech })).await.ok();
    assert_eq!(handed["unit"]["id"], json!(world.north), "the team's goal stays the team's");
}

#[actix_web::test]
async fn a_key_result_of_someone_else_lies_in_a_unit_of_theirs() {
    let world = World::new().await;
    let key_result =
        json!({ "title": "Hỗ trợ", "direction": "increase", "target": "10", "owner_id": world.tech.person });
    let objective = make(&world.hr, and(world.objective("Chung"), json!({ "key_results": [key_result] }))).await;
    let child = &world.hr.all(&format!("/goals?parent_id={objective}")).await[0];
    assert_eq!(child["unit"]["id"], json!(world.engineering));
    assert_ne!(child["unit"], Value::Null);
}
