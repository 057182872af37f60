//! Adding people in batches.

use super::items;
use crate::support::TestApp;
use serde_json::{Value, json};

fn statuses(batch: &Value) -> Vec<u64> {
    items(batch).iter().map(|item| item["status"].as_u64().unwrap()).collect()
}

fn faults(item: &Value) -> Vec<String> {
    let errors = item["problem"]["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|e| format!("{} {}", e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn a_whole_company_is_loaded_by_codes_in_any_order() {
    let app = TestApp::new().await;
    let company = app.company().await;
    app.unit("department", "Kinh doanh", &company).await;
    app.person("Giám đốc", &company, json!({ "employee_code": "NV-000" })).await;
    let batch = json!({ "items": [
        { "display_name": "An", "employee_code": "NV-1", "unit_code": "KINH-doanh", "manager_employee_code": "nv-2" },
        { "display_name": "Bình", "employee_code": "NV-2", "unit_code": "kinh-doanh", "manager_employee_code": "NV-000" },
        { "display_name": "Chi", "manager_employee_code": "NV-1" },
    ] });
    let made = app.owner.post("/people/batch", &batch).await.status(200);
    assert_eq!(statuses(&made), [201, 201, 201]);
    let people: Vec<_> = items(&made).iter().map(|item| &item["person"]).collect();
    assert_eq!(people[0]["manager"]["name"], "Bình");
    assert_eq!(people[1]["manager"]["name"], "Giám đốc");
    assert_eq!(people[2]["manager"]["name"], "An");
    assert_eq!(people[0]["unit"]["name"], "Kinh doanh");
    assert_eq!(people[2]["unit"]["name"], "Công ty Thử Nghiệm", "the company unless named");
}

#[actix_web::test]
async fn a_refused_item_takes_along_only_those_whose_manager_it_would_be() {
    let app = TestApp::new().await;
    let company = app.company().await;
    app.person("Có Rồi", &company, json!({ "email": "co@example.com" })).await;
    let batch = json!({ "items": [
        { "display_name": "Tốt", "email": "tot@example.com", "employee_code": "A" },
        { "display_name": "Trùng", "email": "CO@example.com", "employee_code": "B" },
        { "display_name": "Dưới Trùng", "employee_code": "C", "manager_employee_code": "B" },
        { "display_name": "Dưới nữa", "manager_employee_code": "C" },
        { "display_name": "Lặp", "email": "tot@example.com", "employee_code": "a" },
        { "display_name": "Lạc", "unit_code": "NOWHERE", "manager_employee_code": "NOBODY" },
        { "display_name": "Cũng tốt", "manager_employee_code": "A" },
    ] });
    let made = app.owner.post("/people/batch", &batch).await.ok();
    assert_eq!(statuses(&made), [201, 422, 422, 422, 422, 422, 201]);
    let found = |index: usize| faults(&items(&made)[index]);
    assert_eq!(found(1), ["/email taken"]);
    assert_eq!(found(2), ["/manager_employee_code no_such_reference"]);
    assert_eq!(found(3), ["/manager_employee_code no_such_reference"]);
    assert_eq!(found(4), ["/email duplicate", "/employee_code duplicate"]);
    assert_eq!(found(5), ["/unit_code no_such_reference", "/manager_employee_code no_such_reference"]);
    assert_eq!(app.owner.get("/people?include_total=true").await.ok()["total"], 4);
}

#[actix_web::test]
async fn people_of_a_batch_do_not_manage_each_other_in_a_ring() {
    let app = TestApp::new().await;
    let batch = json!({ "items": [
        { "display_name": "An", "employee_code": "1", "manager_employee_code": "2" },
        { "display_name": "Bình", "employee_code": "2", "manager_employee_code": "3" },
        { "display_name": "Chi", "employee_code": "3", "manager_employee_code": "1" },
        { "display_name": "Dưới", "manager_employee_code": "1" },
        { "display_name": "Tự quản", "employee_code": "5", "manager_employee_code": "5" },
    ] });
    let made = app.owner.with("Accept-Language", "vi").post("/people/batch", &batch).await.ok();
    assert_eq!(statuses(&made), [422; 5]);
    let detail = items(&made)[0]["problem"]["errors"][0]["detail"].as_str().unwrap();
    assert_eq!(detail, "Điều này khiến một người thành quản lý của chính mình: An → Bình → Chi → An.");
    assert_eq!(faults(&items(&made)[3]), ["/manager_employee_code no_such_reference"]);
}

#[actix_web::test]
async fn an_atomic_batch_is_added_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let mut batch = json!({ "atomic": true, "items": [{ "display_name": "An" }, { "display_name": " " }] });
    let made = app.owner.post("/people/batch", &batch).await.ok();
    assert_eq!(statuses(&made), [409, 422]);
    assert_eq!(items(&made)[0]["problem"]["code"], "batch_undone");
    assert_eq!(app.owner.get("/people?include_total=true").await.ok()["total"], 1);
    batch["items"][1]["display_name"] = json!("Bình");
    assert_eq!(statuses(&app.owner.post("/people/batch", &batch).await.ok()), [201, 201]);
}

#[actix_web::test]
async fn a_batch_has_at_most_500_items_and_is_for_hr() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let many: Vec<Value> = (0..501).map(|n| json!({ "display_name": format!("Người {n}") })).collect();
    let path = "/people/batch";
    assert_eq!(app.owner.post(path, &json!({ "items": many })).await.faults(), ["/items too_many"]);
    assert_eq!(app.owner.post(path, &json!({ "items": [] })).await.faults(), ["/items required"]);
    assert_eq!(statuses(&app.owner.post(path, &json!({ "items": many[..500] })).await.ok()), [201; 500]);
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    member.post(path, &json!({ "items": many[..1] })).await.problem(403, "forbidden");
    let hr = app.member("Hoàng Nhân Sự", &company, json!({ "role": "admin" })).await;
    let roles =
        json!({ "items": [{ "display_name": "A", "role": "owner" }, { "display_name": "B", "role": "viewer" }] });
    assert_eq!(statuses(&hr.post(path, &roles).await.ok()), [403, 201]);
}

#[actix_web::test]
async fn a_batch_sent_twice_with_one_key_is_added_once() {
    let app = TestApp::new().await;
    let batch = json!({ "items": [{ "display_name": "An" }, { "display_name": "" }] });
    let owner = app.owner.with("Idempotency-Key", "import-1");
    let first = owner.post("/people/batch", &batch).await.ok();
    let second = owner.post("/people/batch", &batch).await;
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(second.ok(), first);
    assert_eq!(app.owner.get("/people?include_total=true").await.ok()["total"], 2);
}
