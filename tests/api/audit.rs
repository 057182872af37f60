//! The audit log: who, what, when, from where, before and after.

use crate::support::TestApp;
use serde_json::{Value, json};

async fn department(app: &TestApp) -> String {
    let company = app.company().await;
    app.unit("department", "Kinh doanh", &company).await
}

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_change_is_told_with_who_when_from_where_before_and_after() {
    let app = TestApp::configured(&["--trusted-proxies", "127.0.0.0/8"]).await;
    let unit = department(&app).await;
    let phone = app.owner.with("X-Request-Id", "phone-7").with("User-Agent", "okr-phone/1.0");
    let phone = phone.with("X-Forwarded-For", "198.51.100.99, 203.0.113.9");
    phone.patch(&format!("/units/{unit}"), &json!({ "name": "Bán hàng" })).await.ok();
    let page = app.owner.get("/audit-log?limit=1").await.ok();
    let entry = &page["items"][0];
    assert_eq!(entry["kind"], "unit.changed");
    assert_eq!(entry["at"], "2026-02-14T02:00:00Z");
    assert_eq!(entry["actor"], json!({ "id": app.owner.person, "name": "Trần Thị Chủ" }));
    assert_eq!(entry["via"], "session");
    let session = app.owner.get("/auth/sessions").await.ok()["items"][0]["id"].clone();
    assert_eq!(entry["via_id"], session);
    assert_eq!(entry["subject"], json!({ "kind": "unit", "id": unit, "label": "Bán hàng" }));
    assert_eq!((&entry["before"]["name"], &entry["after"]["name"]), (&json!("Kinh doanh"), &json!("Bán hàng")));
    assert_eq!(entry["address"], "203.0.113.9", "what the client wrote itself counts for nothing");
    assert_eq!((&entry["user_agent"], &entry["request_id"]), (&json!("okr-phone/1.0"), &json!("phone-7")));
}

#[actix_web::test]
async fn it_is_there_for_hr_alone() {
    let app = TestApp::new().await;
    let unit = department(&app).await;
    let hr = app.member("Nhân Sự", &unit, json!({ "role": "admin" })).await;
    let lead = app.member("Trưởng Phòng", &unit, json!({})).await;
    app.join(&lead, &unit, "lead").await;
    let viewer = app.member("Người Xem", &unit, json!({ "role": "viewer" })).await;
    hr.get("/audit-log").await.ok();
    for other in [&lead, &viewer] {
        other.get("/audit-log").await.problem(403, "forbidden");
        other.get("/audit-log/export").await.problem(403, "forbidden");
    }
    app.anonymous().get("/audit-log/export").await.problem(401, "sign_in_required");
}

#[actix_web::test]
async fn pages_hold_every_entry_once_the_newest_first_though_more_happens_meanwhile() {
    let app = TestApp::new().await;
    let unit = department(&app).await;
    for number in 0..5 {
        app.owner.patch(&format!("/units/{unit}"), &json!({ "name": format!("Tên {number}") })).await.ok();
    }
    let whole: Vec<Value> = app.owner.get("/audit-log?limit=200").await.ok()["items"].as_array().unwrap().clone();
    let mut paged = Vec::new();
    let mut next = "/audit-log?limit=2".to_owned();
    loop {
        let page = app.owner.get(&next).await.ok();
        paged.extend(page["items"].as_array().unwrap().clone());
        app.owner.patch(&format!("/units/{unit}"), &json!({ "name": format!("Mới {}", paged.len()) })).await.ok();
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("/audit-log?limit=2&cursor={cursor}");
    }
    assert_eq!(paged, whole);
    let mut ids: Vec<_> = whole.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|a, b| a > b), "{ids:?}");
    ids.dedup();
    assert_eq!(ids.len(), whole.len());
    assert_eq!(kinds(&json!({ "items": whole })).last(), Some(&"organization.founded"));
}

#[actix_web::test]
async fn filters_take_what_they_say() {
    let app = TestApp::new().await;
    let unit = department(&app).await;
    let hr = app.member("Nhân Sự", &unit, json!({ "role": "admin" })).await;
    app.set_clock("2026-02-15T16:59:00Z");
    hr.patch(&format!("/units/{unit}"), &json!({ "name": "Bán hàng" })).await.ok();
    app.set_clock("2026-02-15T17:00:00Z");
    hr.patch(&format!("/units/{unit}"), &json!({ "name": "Sales" })).await.ok();
    let count = async |query: &str| {
        let page = app.owner.get(&format!("/audit-log?include_total=true&limit=200&{query}")).await.ok();
        assert_eq!(page["total"].as_u64().unwrap(), page["items"].as_array().unwrap().len() as u64, "{query}");
        page["total"].as_u64().unwrap()
    };
    assert_eq!(count("kind=unit.changed").await, 2);
    assert_eq!(count(&format!("subject_id={unit}")).await, 3);
    assert_eq!(count(&format!("subject_id={unit}&kind=unit")).await, 3);
    assert_eq!(count("kind=uni").await, 0, "a part of a word is no beginning");
    assert_eq!(count(&format!("kind=unit&actor_id={}", hr.person)).await, 2);
    // The day ends at five in the afternoon of UTC.
    assert_eq!(count("kind=unit.changed&to=2026-02-15").await, 1);
    assert_eq!(count("kind=unit.changed&from=2026-02-16").await, 1);
    assert_eq!(count("kind=unit.changed&from=2026-02-15&to=2026-02-16").await, 2);
    assert_eq!(count("via=operator").await, 0);
    app.owner.get("/audit-log?kind=%25").await.problem(422, "invalid_fields");
    app.owner.get("/audit-log?from=2026-02-16&to=2026-02-15").await.problem(422, "invalid_fields");
    app.owner.get("/audit-log?actor=x").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn another_organization_is_not_in_it() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let body = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": crate::support::PASSWORD, "display_name": "Người Khác",
    });
    app.anonymous().post("/organizations", &body).await.ok();
    let log = app.owner.get("/audit-log?limit=200").await.text;
    assert!(!log.contains("Khác") && !log.contains("other@example.com"), "{log}");
}

#[actix_web::test]
async fn the_export_holds_all_and_no_formula() {
    let app = TestApp::new().await;
    let unit = department(&app).await;
    app.owner.patch(&format!("/units/{unit}"), &json!({ "name": "=HYPERLINK(\"http://evil\")" })).await.ok();
    for number in 0..600 {
        app.owner.patch(&format!("/units/{unit}"), &json!({ "name": format!("Tên, số {number}") })).await.ok();
    }
    let reply = app.owner.get("/audit-log/export?format=csv&kind=unit").await;
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(reply.header("content-disposition").unwrap().contains("audit-log.csv"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let text = reply.text.strip_prefix('\u{feff}').unwrap_or(&reply.text).to_owned();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let columns = rows.headers().unwrap().clone();
    let subject = columns.iter().position(|column| column == "subject").unwrap();
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 603, "the company, the department, and its names");
    assert_eq!(&rows[0][subject], "Tên, số 599");
    assert_eq!(&rows[600][subject], "'=HYPERLINK(\"http://evil\")");
    let lines = app.owner.get("/audit-log/export?format=ndjson&kind=unit").await;
    assert_eq!(lines.header("content-type"), Some("application/x-ndjson"));
    let entries: Vec<Value> = lines.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 603);
    let listed = app.owner.get("/audit-log?kind=unit&limit=200").await.ok();
    assert_eq!(entries[..200], listed["items"].as_array().unwrap()[..]);
    app.owner.get("/audit-log/export?format=xlsx").await.problem(400, "malformed_query");
}
