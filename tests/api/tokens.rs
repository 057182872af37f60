//! API tokens: machines act as the person who made their token, for what it was made for.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::time::Duration;

/// Makes a token for someone; answers its id and a machine that carries it.
async fn machine(maker: &Client, scopes: &[&str]) -> (String, Client) {
    let made = maker.post("/api-tokens", &json!({ "name": "CRM", "scopes": scopes })).await.status(201);
    let client = maker.with_token(made["token"].as_str().unwrap());
    (made["api_token"]["id"].as_str().unwrap().to_owned(), client)
}

async fn listed(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).await.ok()["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_token_does_what_it_was_made_for_and_nothing_else() {
    let app = TestApp::new().await;
    let (_, reader) = machine(&app.owner, &["read"]).await;
    let (_, writer) = machine(&app.owner, &["goals:write"]).await;
    let (_, admin) = machine(&app.owner, &["admin"]).await;
    assert_eq!(reader.get("/me").await.ok()["person"]["id"], app.owner.person.as_str());
    reader.get("/people").await.ok();
    writer.get("/people").await.problem(403, "insufficient_scope");
    let cycle = app.quarter().await;
    let goal = json!({ "cycle_id": cycle, "kind": "objective", "scope": "company", "title": "Dẫn đầu" });
    let refused = reader.post("/goals", &goal).await.problem(403, "insufficient_scope");
    assert!(refused["detail"].as_str().unwrap().contains("goals:write"), "{refused}");
    writer.post("/goals", &goal).await.status(201);
    let metric = json!({ "code": "leads", "name": { "en": "Leads" }, "unit": "number" });
    writer.post("/metrics", &metric).await.problem(403, "insufficient_scope");
    admin.post("/metrics", &metric).await.status(201);
    admin.get("/metrics").await.problem(403, "insufficient_scope");
}

#[actix_web::test]
async fn what_lets_people_in_is_closed_to_every_token() {
    let app = TestApp::new().await;
    let (id, machine) = machine(&app.owner, &["read", "goals:write", "measurements:write", "admin"]).await;
    machine.get("/api-tokens").await.problem(403, "session_required");
    let body = json!({ "name": "more", "scopes": ["read"] });
    machine.post("/api-tokens", &body).await.problem(403, "session_required");
    machine.delete(&format!("/api-tokens/{id}")).await.problem(403, "session_required");
    machine.get("/auth/sessions").await.problem(403, "session_required");
    machine.post("/auth/logout", &json!({})).await.problem(403, "session_required");
    machine.patch("/me", &json!({ "locale": "en" })).await.problem(403, "session_required");
    let password = json!({ "current_password": "x", "new_password": "một mật khẩu mới" });
    machine.post("/me/password", &password).await.problem(403, "session_required");
    machine.get("/me").await.ok();
}

#[actix_web::test]
async fn a_token_can_never_do_more_than_its_maker() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let member = app.member("Lê Văn Khác", &company, json!({})).await;
    let viewer = app.member("Trần Thị Xem", &company, json!({ "role": "viewer" })).await;
    let admin = app.member("Võ Nhân Sự", &company, json!({ "role": "admin" })).await;
    let all = json!({ "name": "x", "scopes": ["read", "goals:write", "measurements:write", "admin"] });
    assert_eq!(member.post("/api-tokens", &all).await.faults(), ["/scopes/3 scope_not_yours"]);
    assert_eq!(
        viewer.post("/api-tokens", &all).await.faults(),
        ["/scopes/1 scope_not_yours", "/scopes/2 scope_not_yours", "/scopes/3 scope_not_yours"]
    );
    let (_, hr) = machine(&admin, &["admin"]).await;
    let unit = json!({ "kind": "team", "name": "Đội A", "code": "a", "parent_id": company });
    hr.post("/units", &unit).await.status(201);
    app.owner.patch(&format!("/people/{}", admin.person), &json!({ "role": "member" })).await.ok();
    let unit = json!({ "kind": "team", "name": "Đội B", "code": "b", "parent_id": company });
    hr.post("/units", &unit).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_token_is_dead_at_once_when_revoked_ended_or_its_maker_deactivated() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let company = app.company().await;
    let member = app.member("Lê Văn Khác", &company, json!({})).await;
    let (id, revoked) = machine(&member, &["read"]).await;
    let (_, orphaned) = machine(&member, &["read"]).await;
    let body = json!({ "name": "short", "scopes": ["read"], "expires_at": "2026-02-14T03:00:00Z" });
    let made = member.post("/api-tokens", &body).await.status(201);
    let short = member.with_token(made["token"].as_str().unwrap());
    for machine in [&revoked, &orphaned, &short] {
        machine.get("/me").await.ok();
    }
    member.delete(&format!("/api-tokens/{id}")).await.status(204);
    revoked.get("/me").await.problem(401, "invalid_token");
    member.delete(&format!("/api-tokens/{id}")).await.problem(404, "not_found");
    app.set_clock("2026-02-14T03:00:00Z");
    short.get("/me").await.problem(401, "invalid_token");
    app.owner.patch(&format!("/people/{}", member.person), &json!({ "active": false })).await.ok();
    orphaned.get("/me").await.problem(401, "invalid_token");
    // Nor does a forgotten one work again when its maker comes back.
    app.owner.patch(&format!("/people/{}", member.person), &json!({ "active": true })).await.ok();
    orphaned.get("/me").await.problem(401, "invalid_token");
}

#[actix_web::test]
async fn tokens_are_listed_without_their_secret_by_their_maker_and_by_hr() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let member = app.member("Lê Văn Khác", &company, json!({})).await;
    let other = app.member("Phạm Thị Kia", &company, json!({})).await;
    let (id, client) = machine(&member, &["read"]).await;
    let mine = listed(&member, "/api-tokens").await;
    assert_eq!(mine.len(), 1);
    assert_eq!((&mine[0]["id"], &mine[0]["last_used_at"]), (&json!(id), &Value::Null));
    let prefix = mine[0]["prefix"].as_str().unwrap();
    assert!(prefix.starts_with("gt_") && client.token().starts_with(prefix), "{prefix}");
    assert!(!mine[0].to_string().contains(&client.token()[prefix.len()..]), "{}", mine[0]);
    assert!(listed(&other, "/api-tokens").await.is_empty());
    other.get("/api-tokens?everyone=true").await.problem(403, "forbidden");
    other.get(&format!("/api-tokens?person_id={}", member.person)).await.problem(403, "forbidden");
    other.delete(&format!("/api-tokens/{id}")).await.problem(404, "not_found");
    assert_eq!(listed(&app.owner, "/api-tokens?everyone=true").await.len(), 1);
    assert_eq!(listed(&app.owner, &format!("/api-tokens?person_id={}", member.person)).await.len(), 1);
    assert!(listed(&app.owner, "/api-tokens").await.is_empty());
    app.owner.delete(&format!("/api-tokens/{id}")).await.status(204);
    client.get("/me").await.problem(401, "invalid_token");
    assert!(listed(&member, "/api-tokens").await.is_empty());
}

#[actix_web::test]
async fn when_a_token_was_last_used_is_known_to_the_minute() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let (_, machine) = machine(&app.owner, &["read"]).await;
    for moment in ["2026-02-14T02:05:00Z", "2026-02-14T02:07:30Z"] {
        app.set_clock(moment);
        machine.get("/me").await.ok();
        let mut last = Value::Null;
        for _ in 0..200 {
            last = listed(&app.owner, "/api-tokens").await[0]["last_used_at"].clone();
            if last == json!(moment) {
                break;
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(last, json!(moment));
    }
}

#[actix_web::test]
async fn every_fault_of_a_token_to_be_is_named() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let body = json!({ "name": " ", "scopes": ["read", "read"], "expires_at": "2026-02-14T02:00:00Z" });
    let faults = app.owner.post("/api-tokens", &body).await.faults();
    assert_eq!(faults, ["/expires_at in_the_past", "/name blank", "/scopes/1 duplicate"]);
    let body = json!({ "name": "x", "scopes": [], "more": 1 });
    assert_eq!(app.owner.post("/api-tokens", &body).await.faults(), ["/more unknown_field"]);
    let body = json!({ "name": "x", "scopes": [] });
    assert_eq!(app.owner.post("/api-tokens", &body).await.faults(), ["/scopes required"]);
}

#[actix_web::test]
async fn a_token_whose_text_was_changed_is_refused() {
    let app = TestApp::new().await;
    let (_, machine) = machine(&app.owner, &["read"]).await;
    let text = machine.token();
    let last = if text.ends_with('A') { "E" } else { "A" };
    let changed = [
        format!("{}{last}", &text[..text.len() - 1]),
        text[..text.len() - 2].to_owned(),
        format!("{}{}", &text[..40], "A".repeat(text.len() - 40)),
        "gt_".to_owned(),
        format!("gt_{}", "!".repeat(107)),
    ];
    for forged in changed {
        machine.with_token(&forged).get("/me").await.problem(401, "invalid_token");
    }
}

#[actix_web::test]
async fn a_repeated_request_makes_one_token_and_shows_it_once() {
    let app = TestApp::new().await;
    let body = json!({ "name": "CRM", "scopes": ["read"] });
    let once = app.owner.with("Idempotency-Key", "tok-1");
    let first = once.post("/api-tokens", &body).await.status(201);
    let again = once.post("/api-tokens", &body).await.status(201);
    assert!(first["token"].is_string());
    assert_eq!((&again["token"], &again["api_token"]), (&Value::Null, &first["api_token"]));
    assert_eq!(listed(&app.owner, "/api-tokens").await.len(), 1);
}

#[actix_web::test]
async fn a_person_has_so_many_tokens_at_most() {
    let app = TestApp::new().await;
    let body = json!({ "name": "CRM", "scopes": ["read"] });
    for _ in 0..50 {
        app.owner.post("/api-tokens", &body).await.status(201);
    }
    app.owner.post("/api-tokens", &body).await.problem(409, "too_many_tokens");
    let id = listed(&app.owner, "/api-tokens").await[0]["id"].as_str().unwrap().to_owned();
    app.owner.delete(&format!("/api-tokens/{id}")).await.status(204);
    app.owner.post("/api-tokens", &body).await.status(201);
}

#[actix_web::test]
async fn a_token_of_one_organization_opens_nothing_of_another() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let body = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": crate::support::PASSWORD, "display_name": "Chủ Khác",
    });
    let tokens = app.anonymous().post("/organizations", &body).await.status(201);
    let other = Client::signed_in(&app.url, "other@example.com", &tokens);
    let (id, machine) = machine(&other, &["read", "admin"]).await;
    machine.get(&format!("/people/{}", app.owner.person)).await.problem(404, "not_found");
    app.owner.delete(&format!("/api-tokens/{id}")).await.problem(404, "not_found");
    machine.get("/me").await.ok();
}
