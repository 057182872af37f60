//! The organization, and what holds for its units and people alike: tenants apart, versions, keys.

mod batch;
mod people;
mod standing;
mod units;

use crate::support::{Client, PASSWORD, TestApp};
use serde_json::{Value, json};

/// One text of every item.
fn texts(items: &[Value], field: &str) -> Vec<String> {
    items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

/// The items of a page.
fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().expect("items")
}

#[actix_web::test]
async fn a_new_organization_has_the_settings_of_its_founding() {
    let app = TestApp::new().await;
    let found = app.owner.get("/organization").await.ok();
    assert_eq!(found["name"], "Công ty Thử Nghiệm");
    assert_eq!(found["time_zone"], "Asia/Ho_Chi_Minh");
    assert_eq!(found["currency"], "VND");
    assert_eq!(found["fiscal_year_start"], 1);
    assert_eq!(found["cycle_defaults"]["on_track_gap"], "0.1");
    let units = app.owner.get("/units").await.ok();
    assert_eq!(texts(items(&units), "kind"), ["company"]);
    assert_eq!(texts(items(&units), "name"), ["Công ty Thử Nghiệm"]);
}

#[actix_web::test]
async fn hr_changes_the_organization_and_everyone_else_reads_it() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Hoàng Nhân Sự", &company, json!({ "role": "admin" })).await;
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    let change = json!({
        "name": "Sao Mai", "fiscal_year_start": 4, "cycle_defaults": { "cadence": "week", "at_risk_gap": "0.3" },
    });
    member.patch("/organization", &change).await.problem(403, "forbidden");
    let changed = hr.patch("/organization", &change).await.ok();
    assert_eq!(changed["name"], "Sao Mai");
    assert_eq!(changed["cycle_defaults"]["cadence"], "week");
    assert_eq!(changed["cycle_defaults"]["on_track_gap"], "0.1", "what is left out stays");
    assert_eq!(member.get("/organization").await.ok(), changed);
}

#[actix_web::test]
async fn every_wrong_setting_is_named_at_once_and_nothing_changes() {
    let app = TestApp::new().await;
    let wrong = json!({
        "name": " ", "time_zone": "Hanoi", "currency": "dong", "fiscal_year_start": 13,
        "cycle_defaults": { "on_track_gap": "0.5", "weekday": 0 },
    });
    assert_eq!(
        app.owner.patch("/organization", &wrong).await.faults(),
        [
            "/currency bad_currency",
            "/cycle_defaults/at_risk_gap out_of_range",
            "/cycle_defaults/weekday out_of_range",
            "/fiscal_year_start out_of_range",
            "/name blank",
            "/time_zone bad_time_zone",
        ]
    );
    let misfits = json!({ "name": null, "locale": "fr", "colour": "red", "cycle_defaults": { "mark": null } });
    assert_eq!(
        app.owner.patch("/organization", &misfits).await.faults(),
        ["/colour unknown_field", "/cycle_defaults/mark not_nullable", "/locale wrong_type", "/name not_nullable"]
    );
    assert_eq!(app.owner.get("/organization").await.ok()["version"], 1);
}

#[actix_web::test]
async fn a_change_of_an_older_version_is_refused_with_the_present_one() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let person = app.person("Phạm Thị Dung", &company, json!({})).await;
    for path in ["/organization".to_owned(), format!("/units/{company}"), format!("/people/{person}")] {
        let name = if path.starts_with("/people") { "display_name" } else { "name" };
        let first = app.owner.get(&path).await;
        let seen = first.header("etag").expect("an entity tag").to_owned();
        app.owner.with("If-Match", &seen).patch(&path, &json!({ name: "Tên mới" })).await.ok();
        let stale = app.owner.with("If-Match", &seen).patch(&path, &json!({ name: "Tên khác" })).await;
        let problem = stale.problem(412, "stale_version");
        let now = app.owner.get(&path).await.ok();
        assert_eq!(now[name], "Tên mới", "{path}");
        assert_eq!(problem["current_version"], now["version"], "{path}");
    }
}

#[actix_web::test]
async fn the_same_post_with_the_same_key_makes_one_thing() {
    let app = TestApp::new().await;
    let body = json!({ "display_name": "Vũ Văn Em", "email": "em@example.com" });
    let once = app.owner.with("Idempotency-Key", "first").post("/people", &body).await;
    assert_eq!(once.header("idempotency-replayed"), None);
    let id = once.id();
    app.owner.patch(&format!("/people/{id}"), &json!({ "job_title": "Kế toán" })).await.ok();
    let again = app.owner.with("Idempotency-Key", "first").post("/people", &body).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let again = again.status(201);
    assert_eq!((&again["id"], &again["job_title"]), (&json!(id), &json!("Kế toán")), "it is answered as it is now");
    let other = json!({ "display_name": "Người khác" });
    app.owner.with("Idempotency-Key", "first").post("/people", &other).await.problem(422, "idempotency_key_reused");
    assert_eq!(app.owner.get("/people?include_total=true").await.ok()["total"], 2);
}

#[actix_web::test]
async fn one_organization_sees_nothing_of_another() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let company = app.company().await;
    let unit = app.unit("department", "Kinh doanh", &company).await;
    let person = app.person("Bùi Thị Hoa", &unit, json!({ "email": "hoa@example.com", "employee_code": "NV1" })).await;
    let founding = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": PASSWORD, "display_name": "Chủ Khác",
    });
    let tokens = app.anonymous().post("/organizations", &founding).await.ok();
    let other = Client::signed_in(&app.url, "other@example.com", &tokens);

    assert_eq!(other.get("/organization").await.ok()["name"], "Công ty Khác");
    assert_eq!(items(&other.get("/units").await.ok()).len(), 1);
    assert_eq!(texts(items(&other.get("/people?active=all").await.ok()), "display_name"), ["Chủ Khác"]);
    assert_eq!(other.get("/units/tree").await.ok()["units"].as_array().unwrap().len(), 1);
    assert!(items(&other.get(&format!("/people?ids={person}")).await.ok()).is_empty());
    for path in [format!("/units/{unit}"), format!("/people/{person}")] {
        other.get(&path).await.problem(404, "not_found");
        other.patch(&path, &json!({})).await.problem(404, "not_found");
    }
    other.delete(&format!("/units/{unit}")).await.problem(404, "not_found");
    let successor = json!({ "to": other.person });
    other.post(&format!("/people/{person}/handover"), &successor).await.problem(404, "not_found");
    let borrowed = json!({ "display_name": "X", "unit_id": unit, "manager_id": person });
    assert_eq!(
        other.post("/people", &borrowed).await.faults(),
        ["/manager_id no_such_reference", "/unit_id no_such_reference"]
    );
    let below = json!({ "kind": "team", "code": "T", "name": "T", "parent_id": unit });
    assert_eq!(other.post("/units", &below).await.faults(), ["/parent_id no_such_reference"]);
    let invited = json!({ "person_ids": [person] });
    assert_eq!(other.post("/people/invitations", &invited).await.faults(), ["/person_ids/0 no_such_reference"]);
    let same = json!({ "display_name": "Hoa khác", "email": "hoa@example.com", "employee_code": "NV1" });
    other.post("/people", &same).await.status(201);
}
