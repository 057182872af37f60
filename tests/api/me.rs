//! What someone who is signed in first wants to know.

use crate::support::TestApp;
use serde_json::{Value, json};

#[actix_web::test]
async fn me_says_who_i_am_what_i_lead_and_which_cycles_are_on() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let lead = app.member("Nguyễn Thị Trưởng", &sales, json!({ "job_title": "Trưởng phòng" })).await;
    app.join(&lead, &sales, "lead").await;
    let quarter = app.quarter().await;
    let me = lead.get("/me").await.ok();
    assert_eq!(me["person"]["display_name"], "Nguyễn Thị Trưởng");
    assert_eq!(me["person"]["role"], "member");
    assert_eq!(me["organization"]["today"], "2026-02-14");
    assert_eq!(me["units_led"][0]["id"], json!(sales));
    assert_eq!(me["current_cycles"][0]["id"], json!(quarter));
    assert_eq!(me["permissions"], json!(["place_members", "make_own_goals"]));
    let owner = app.owner.get("/me").await.ok();
    assert!(owner["permissions"].as_array().unwrap().contains(&json!("name_admins")));
}

#[actix_web::test]
async fn me_changes_my_own_settings_alone() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let member = app.member("Lê Văn Tôi", &company, json!({})).await;
    let me = member.patch("/me", &json!({ "locale": "en", "time_zone": "Europe/Paris" })).await.ok();
    assert_eq!((&me["person"]["locale"], &me["person"]["time_zone"]), (&json!("en"), &json!("Europe/Paris")));
    let me = member.patch("/me", &json!({ "time_zone": null })).await.ok();
    assert_eq!(me["person"]["time_zone"], "Asia/Ho_Chi_Minh");
    assert_eq!(member.patch("/me", &json!({ "role": "owner" })).await.faults(), ["/role unknown_field"]);
    assert_eq!(member.patch("/me", &json!({ "time_zone": "Nowhere" })).await.faults(), ["/time_zone bad_time_zone"]);
}

#[actix_web::test]
async fn me_counts_what_i_owe() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let company = app.company().await;
    let lead = app.member("Trần Văn Lý", &company, json!({})).await;
    app.join(&lead, &company, "lead").await;
    let member = app.member("Đỗ Thị Nợ", &company, json!({})).await;
    let settings = json!({ "cadence": "week", "weekday": 5, "approval_required": true });
    let cycle = app.cycle("2026-01-01", "2026-03-31", settings).await;
    let owed = async |client: &crate::support::Client| -> Value { client.get("/me").await.ok()["owed"].clone() };
    let body =
        json!({ "cycle_id": cycle, "kind": "kpi", "title": "Ký hợp đồng", "direction": "increase", "target": "10" });
    let goal = member.post("/goals", &body).await.id();
    assert_eq!(owed(&member).await, json!({ "check_ins": 0, "approvals": 0, "drafts": 1, "to_accept": 0 }));
    member.post(&format!("/goals/{goal}/transition"), &json!({ "to": "pending_approval" })).await.ok();
    assert_eq!(owed(&lead).await, json!({ "check_ins": 0, "approvals": 1, "drafts": 0, "to_accept": 0 }));
    lead.post(&format!("/goals/{goal}/transition"), &json!({ "to": "active" })).await.ok();
    assert_eq!(owed(&member).await, json!({ "check_ins": 1, "approvals": 0, "drafts": 0, "to_accept": 0 }));
    // A check-in covers the due day that comes next: Friday 20 February. The one after is the 27th.
    member.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "3" })).await.status(201);
    assert_eq!(owed(&member).await, json!({ "check_ins": 0, "approvals": 0, "drafts": 0, "to_accept": 0 }));
    app.set_clock("2026-02-27T02:00:00Z");
    assert_eq!(owed(&member).await, json!({ "check_ins": 1, "approvals": 0, "drafts": 0, "to_accept": 0 }));
}
