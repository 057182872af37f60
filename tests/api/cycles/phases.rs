//! The phases of cycles: where they lead, who moves them, what is around and inside.

use super::{custom, inside, lead_to, make, names, period};
use crate::support::TestApp;
use serde_json::json;

#[actix_web::test]
async fn a_cycle_goes_from_draft_to_closed_and_back_with_a_reason() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Lê Thị Nhân Sự", &company, json!({ "role": "admin" })).await;
    let cycle = make(&hr, custom("Đợt 1", "2026-01-01", "2026-03-31")).await;
    let path = format!("/cycles/{cycle}/phase");
    let problem = hr.post(&path, &json!({ "to": "active" })).await.problem(409, "phase_not_next");
    assert_eq!(problem["next_phases"], json!(["planning"]));
    for (phase, next) in
        [("planning", json!(["active"])), ("active", json!(["review"])), ("review", json!(["closed", "active"]))]
    {
        let moved = hr.post(&path, &json!({ "to": phase })).await.ok();
        assert_eq!((&moved["phase"], &moved["next_phases"]), (&json!(phase), &next));
    }
    assert_eq!(hr.post(&path, &json!({ "to": "active" })).await.faults(), ["/reason required"]);
    assert_eq!(hr.post(&path, &json!({ "to": "active", "reason": "  " })).await.faults(), ["/reason required"]);
    hr.post(&path, &json!({ "to": "active", "reason": "Còn thiếu số liệu" })).await.ok();
    lead_to(&hr, &cycle, &["review", "closed"]).await;
    let closed = hr.get(&format!("/cycles/{cycle}")).await.ok();
    assert_eq!(closed["next_phases"], json!([]), "HR does not reopen");
    hr.post(&path, &json!({ "to": "review", "reason": "Sai" })).await.problem(403, "forbidden");
    assert_eq!(app.owner.post(&path, &json!({ "to": "review" })).await.faults(), ["/reason required"]);
    let reopened = app.owner.post(&path, &json!({ "to": "review", "reason": "Khiếu nại" })).await.ok();
    assert_eq!((&reopened["phase"], &reopened["version"]), (&json!("review"), &json!(8)));
    app.owner.post(&path, &json!({ "to": "draft", "reason": "x" })).await.problem(409, "phase_not_next");
}

#[actix_web::test]
async fn a_cycle_closes_after_those_inside_it_and_reopens_before_them() {
    let app = TestApp::new().await;
    let year = app.owner.post("/cycles/year", &json!({ "year": 2026, "parts": ["half"] })).await.ok();
    let year_id = year["id"].as_str().unwrap();
    let halves: Vec<&str> =
        year["enclosed"].as_array().unwrap().iter().map(|half| half["id"].as_str().unwrap()).collect();
    lead_to(&app.owner, year_id, &["planning", "active", "review"]).await;
    lead_to(&app.owner, halves[0], &["planning", "active", "review", "closed"]).await;
    let path = format!("/cycles/{year_id}/phase");
    let problem = app.owner.post(&path, &json!({ "to": "closed" })).await.problem(409, "enclosed_cycles_open");
    assert_eq!(names(&problem["cycles"]), ["Nửa cuối năm 2026"]);
    lead_to(&app.owner, halves[1], &["planning", "active", "review", "closed"]).await;
    lead_to(&app.owner, year_id, &["closed"]).await;
    let half = format!("/cycles/{}/phase", halves[0]);
    let reopen = json!({ "to": "review", "reason": "Sửa kết quả" });
    app.owner.post(&half, &reopen).await.problem(409, "enclosing_cycle_closed");
    lead_to(&app.owner, year_id, &["review"]).await;
    app.owner.post(&half, &reopen).await.ok();
}

#[actix_web::test]
async fn a_cycle_is_not_seen_before_the_one_around_it() {
    let app = TestApp::new().await;
    let year = make(&app.owner, period("year", "2026-01-01", "2026-12-31")).await;
    let quarter = make(&app.owner, inside(period("quarter", "2026-01-01", "2026-03-31"), &year)).await;
    let path = format!("/cycles/{quarter}/phase");
    app.owner.post(&path, &json!({ "to": "planning" })).await.problem(409, "enclosing_cycle_draft");
    lead_to(&app.owner, &year, &["planning"]).await;
    lead_to(&app.owner, &quarter, &["planning"]).await;
    let draft = make(&app.owner, custom("Khung", "2026-01-01", "2026-12-31")).await;
    let moved = app.owner.patch(&format!("/cycles/{quarter}"), &json!({ "parent_id": draft })).await;
    moved.problem(409, "enclosing_cycle_draft");
}

#[actix_web::test]
async fn nothing_changes_in_a_closed_cycle() {
    let app = TestApp::new().await;
    let cycle = make(&app.owner, custom("Đợt 1", "2026-01-01", "2026-03-31")).await;
    lead_to(&app.owner, &cycle, &["planning", "active", "review", "closed"]).await;
    let path = format!("/cycles/{cycle}");
    for change in
        [json!({ "name": "Khác" }), json!({ "settings": { "mark": "0.9" } }), json!({ "ends_on": "2026-04-30" })]
    {
        app.owner.patch(&path, &change).await.problem(409, "cycle_closed");
    }
    let within = inside(custom("Đợt con", "2026-01-01", "2026-02-01"), &cycle);
    app.owner.post("/cycles", &within).await.problem(409, "enclosing_cycle_closed");
    let other = make(&app.owner, custom("Đợt 2", "2026-01-01", "2026-02-01")).await;
    let moved = app.owner.patch(&format!("/cycles/{other}"), &json!({ "parent_id": cycle })).await;
    moved.problem(409, "enclosing_cycle_closed");
}
