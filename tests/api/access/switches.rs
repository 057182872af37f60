//! What units set for their goals, and inherit.

use crate::goals::world::{World, and, go, make};
use crate::support::Client;
use serde_json::{Value, json};

async fn set(world: &World, unit: &str, switches: Value) -> Value {
    world.hr.patch(&format!("/units/{unit}"), &switches).await.ok()
}

async fn delete(client: &Client, goal: &str) -> crate::support::Reply {
    client.delete(&format!("/goals/{goal}")).await
}

#[actix_web::test]
async fn what_a_unit_leaves_open_is_as_the_nearest_unit_above_says() {
    let world = World::new().await;
    let open = world.hr.get(&format!("/units/{}", world.north)).await.ok();
    assert_eq!(open["owners_may_edit"], Value::Null);
    let policy = json!({
        "supervisors_may_create": false, "supervisors_may_edit": false, "owners_may_edit": true,
        "owners_may_delete": true, "owners_may_edit_key_results": true, "okr_visibility": "public",
        "kpi_visibility": "public", "review_visibility": "restricted",
    });
    assert_eq!(open["policy"], policy);
    let of_sales = json!({ "owners_may_edit": false, "supervisors_may_create": true, "review_visibility": "internal" });
    set(&world, &world.company, json!({ "owners_may_delete": false, "kpi_visibility": "restricted" })).await;
    set(&world, &world.sales, of_sales).await;
    set(&world, &world.north, json!({ "owners_may_delete": true })).await;
    let now = world.hr.get(&format!("/units/{}", world.north)).await.ok();
    let mut expected = policy;
    expected["owners_may_edit"] = json!(false);
    expected["supervisors_may_create"] = json!(true);
    expected["review_visibility"] = json!("internal");
    expected["kpi_visibility"] = json!("restricted");
    assert_eq!(now["policy"], expected, "the nearest word holds, its own first");
    set(&world, &world.sales, json!({ "owners_may_edit": null })).await;
    let again = world.hr.get(&format!("/units/{}", world.north)).await.ok();
    assert_eq!(again["policy"]["owners_may_edit"], json!(true));
}

#[actix_web::test]
async fn a_department_that_keeps_owners_from_editing_keeps_those_of_its_teams_from_it() {
    let world = World::new().await;
    let id = make(&world.an, world.kpi("Doanh thu")).await;
    set(&world, &world.sales, json!({ "owners_may_edit": false })).await;
    let patch = json!({ "title": "Tên mới" });
    world.an.patch(&format!("/goals/{id}"), &patch).await.problem(403, "forbidden");
    go(&world.an, &id, "pending_approval").await.ok();
    go(&world.an, &id, "completed").await.problem(403, "forbidden");
    set(&world, &world.north, json!({ "owners_may_edit": true })).await;
    world.an.patch(&format!("/goals/{id}"), &patch).await.ok();
}

#[actix_web::test]
async fn owners_edit_and_delete_by_switches_of_their_own() {
    let world = World::new().await;
    let drafts = [make(&world.an, world.kpi("Một")).await, make(&world.an, world.kpi("Hai")).await];
    set(&world, &world.north, json!({ "owners_may_delete": false })).await;
    delete(&world.an, &drafts[0]).await.problem(403, "forbidden");
    world.an.patch(&format!("/goals/{}", drafts[0]), &json!({ "title": "Sửa" })).await.ok();
    set(&world, &world.north, json!({ "owners_may_delete": true, "owners_may_edit": false })).await;
    world.an.patch(&format!("/goals/{}", drafts[0]), &json!({ "title": "Nữa" })).await.problem(403, "forbidden");
    delete(&world.an, &drafts[0]).await.status(204);
    set(&world, &world.north, json!({ "owners_may_delete": false })).await;
    delete(&world.lead, &drafts[1]).await.status(204);
}

#[actix_web::test]
async fn key_results_are_neither_edited_nor_deleted_by_owners_where_the_unit_says_so() {
    let world = World::new().await;
    let key_result = json!({ "title": "Kết quả", "direction": "increase", "target": "10" });
    let objective = make(&world.an, and(world.objective("Mục tiêu"), json!({ "key_results": [key_result] }))).await;
    let child = world.an.all(&format!("/goals?parent_id={objective}")).await[0]["id"].as_str().unwrap().to_owned();
    set(&world, &world.north, json!({ "owners_may_edit_key_results": false })).await;
    delete(&world.an, &child).await.problem(403, "forbidden");
    world.an.patch(&format!("/goals/{child}"), &json!({ "title": "Sửa" })).await.problem(403, "forbidden");
    world.an.patch(&format!("/goals/{objective}"), &json!({ "title": "Sửa" })).await.ok();
    delete(&world.lead, &child).await.status(204);
}
