//! First run, sign-in, sessions, passwords.

use crate::support::{Client, PASSWORD, TestApp};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

fn setup(token: &str) -> Value {
    json!({
        "setup_token": token, "organization_name": "Kẻ Lạ", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "stranger@example.com", "password": PASSWORD, "display_name": "Người Lạ",
    })
}

#[actix_web::test]
async fn an_owned_instance_can_not_be_taken_again() {
    let app = TestApp::new().await;
    app.anonymous().post("/setup", &setup("whatever")).await.problem(409, "setup_done");
    // No password of a stranger's is judged for it either.
    let mut body = setup("whatever");
    body["password"] = json!("weak");
    app.anonymous().post("/setup", &body).await.problem(409, "setup_done");
    let token = goaltree::setup::token_if_unowned(&app.app.service).unwrap();
    assert_eq!(token, None);
}

#[actix_web::test]
async fn an_instance_is_taken_with_the_printed_token_alone_and_once() {
    let app = TestApp::unowned("2026-02-14T02:00:00Z");
    let token = goaltree::setup::token_if_unowned(&app.app.service).unwrap().unwrap();
    let second = goaltree::setup::token_if_unowned(&app.app.service).unwrap().unwrap();
    let anonymous = Client::anonymous(&app.url);
    anonymous.post("/setup", &setup("guessed")).await.problem(403, "wrong_setup_token");
    let tokens = anonymous.post("/setup", &setup(&token)).await.status(201);
    let me = Client::signed_in(&app.url, "stranger@example.com", &tokens).get("/me").await.ok();
    assert_eq!(me["person"]["role"], "owner");
    anonymous.post("/setup", &setup(&second)).await.problem(409, "setup_done");
}

#[actix_web::test]
async fn every_fault_of_a_setup_is_named_at_once() {
    let app = TestApp::unowned("2026-02-14T02:00:00Z");
    let body = json!({
        "setup_token": "x", "organization_name": " ", "time_zone": "Mars/Olympus", "locale": "vi",
        "email": "no address", "password": "short", "display_name": "", "currency": "dong",
    });
    let faults = Client::anonymous(&app.url).post("/setup", &body).await.faults();
    assert_eq!(
        faults,
        [
            "/currency bad_currency",
            "/display_name blank",
            "/email bad_email",
            "/organization_name blank",
            "/password weak_password",
            "/time_zone bad_time_zone",
        ]
    );
}

#[actix_web::test]
async fn strangers_found_organizations_only_where_the_instance_takes_them() {
    let app = TestApp::new().await;
    let mut body = setup("");
    body.as_object_mut().unwrap().remove("setup_token");
    app.anonymous().post("/organizations", &body).await.problem(403, "sign_up_closed");
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_email_are_answered_alike() {
    let app = TestApp::new().await;
    let anonymous = app.anonymous();
    let wrong = json!({ "email": "owner@example.com", "password": "not the password" });
    let unknown = json!({ "email": "nobody@example.com", "password": "not the password" });
    let mut wrong = anonymous.post("/auth/login", &wrong).await.problem(401, "wrong_credentials");
    let mut unknown = anonymous.post("/auth/login", &unknown).await.problem(401, "wrong_credentials");
    wrong["instance"] = Value::Null;
    unknown["instance"] = Value::Null;
    assert_eq!(wrong, unknown);
}

#[actix_web::test]
async fn the_case_of_an_email_address_does_not_count() {
    let app = TestApp::new().await;
    Client::sign_in(&app.url, "Owner@Example.COM", PASSWORD).await.get("/me").await.ok();
}

#[actix_web::test]
async fn an_access_token_ends_after_fifteen_minutes_and_a_refresh_goes_on() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let login = json!({ "email": "owner@example.com", "password": PASSWORD });
    let tokens = app.anonymous().post("/auth/login", &login).await.ok();
    assert_eq!(tokens["expires_in"], 900);
    let me = app.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    me.get("/me").await.ok();
    app.set_clock("2026-02-14T02:15:00Z");
    me.get("/me").await.problem(401, "invalid_token");
    let refreshed =
        app.anonymous().post("/auth/refresh", &json!({ "refresh_token": tokens["refresh_token"] })).await.ok();
    me.with_token(refreshed["access_token"].as_str().unwrap()).get("/me").await.ok();
}

#[actix_web::test]
async fn a_refresh_token_used_twice_ends_the_session() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let login = json!({ "email": "owner@example.com", "password": PASSWORD });
    let first = app.anonymous().post("/auth/login", &login).await.ok();
    let body = json!({ "refresh_token": first["refresh_token"] });
    let second = app.anonymous().post("/auth/refresh", &body).await.ok();
    // A phone that lost the answer tries again within half a minute.
    app.set_clock("2026-02-14T02:00:20Z");
    let third = app.anonymous().post("/auth/refresh", &body).await.ok();
    let live = app.anonymous().with_token(third["access_token"].as_str().unwrap());
    live.get("/me").await.ok();
    app.set_clock("2026-02-14T02:01:00Z");
    app.anonymous().post("/auth/refresh", &body).await.problem(401, "invalid_refresh_token");
    live.get("/me").await.problem(401, "invalid_token");
    let body = json!({ "refresh_token": second["refresh_token"] });
    app.anonymous().post("/auth/refresh", &body).await.problem(401, "invalid_refresh_token");
}

#[actix_web::test]
async fn signing_out_ends_the_access_token_at_once() {
    let app = TestApp::new().await;
    let client = Client::sign_in(&app.url, "owner@example.com", PASSWORD).await;
    client.post("/auth/logout", &json!({})).await.status(204);
    client.with_token(&client.token()).get("/me").await.problem(401, "invalid_token");
    app.owner.get("/me").await.ok();
}

#[actix_web::test]
async fn sessions_are_listed_and_ended_by_their_person_alone() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let other = app.member("Lê Văn Khác", &company, json!({})).await;
    let phone = Client::sign_in(&app.url, "owner@example.com", PASSWORD).await;
    let sessions = app.owner.get("/auth/sessions").await.ok();
    assert_eq!(sessions["items"].as_array().unwrap().len(), 2);
    let not_mine = sessions["items"].as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    let path = format!("/auth/sessions/{}", not_mine["id"].as_str().unwrap());
    other.delete(&path).await.problem(404, "not_found");
    app.owner.delete(&path).await.status(204);
    phone.with_token(&phone.token()).get("/me").await.problem(401, "invalid_token");
}

#[actix_web::test]
async fn a_changed_password_signs_out_everywhere() {
    let app = TestApp::new().await;
    let body = json!({ "current_password": "wrong", "new_password": "short" });
    let faults = app.owner.post("/me/password", &body).await.faults();
    assert_eq!(faults, ["/current_password wrong_password", "/new_password weak_password"]);
    let body = json!({ "current_password": PASSWORD, "new_password": "một mật khẩu mới" });
    let before = app.owner.with_token(&app.owner.token());
    before.post("/me/password", &body).await.status(204);
    before.get("/me").await.problem(401, "invalid_token");
    Client::sign_in(&app.url, "owner@example.com", "một mật khẩu mới").await.get("/me").await.ok();
}

#[actix_web::test]
async fn the_operator_resets_a_password_by_a_link_that_works_once() {
    let app = TestApp::new().await;
    let token = goaltree::setup::reset_password(&app.app.service, "owner@example.com").unwrap();
    let body = json!({ "token": token, "password": "another long password" });
    app.anonymous().post("/auth/password-reset", &body).await.status(204);
    app.anonymous().post("/auth/password-reset", &body).await.problem(409, "link_not_usable");
    Client::sign_in(&app.url, "owner@example.com", "another long password").await.get("/me").await.ok();
}

#[actix_web::test]
async fn forged_tokens_are_refused() {
    let app = TestApp::new().await;
    let token = app.owner.token();
    let parts: Vec<_> = token.split('.').collect();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let mut other = claims.clone();
    other["sub"] = json!("00000000-0000-7000-8000-000000000000");
    let unsigned = format!("{}.{}.", encode(&json!({ "alg": "none", "typ": "JWT" })), parts[1]);
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[0]).unwrap()).unwrap();
    let mut symmetric = header.clone();
    symmetric["alg"] = json!("HS256");
    for forged in [
        unsigned,
        format!("{}.{}.{}", parts[0], encode(&other), parts[2]),
        format!("{}.{}.{}", encode(&symmetric), parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][1..]),
        "not-a-token".to_owned(),
    ] {
        app.anonymous().with_token(&forged).get("/me").await.problem(401, "invalid_token");
    }
    let reply = app.anonymous().get("/me").await;
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    reply.problem(401, "sign_in_required");
}

#[actix_web::test]
async fn a_deactivated_person_is_refused_at_the_next_request() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let member = app.member("Phạm Thị Đi", &company, json!({})).await;
    member.get("/me").await.ok();
    app.owner.patch(&format!("/people/{}", member.person), &json!({ "active": false })).await.ok();
    member.with_token(&member.token()).get("/me").await.problem(401, "invalid_token");
    let login = json!({ "email": "pham.thi.di@example.com", "password": PASSWORD });
    app.anonymous().post("/auth/login", &login).await.problem(401, "wrong_credentials");
}

#[actix_web::test]
async fn keys_made_at_the_first_start_hold_over_restarts() {
    let app = TestApp::new().await;
    let (url, _second) = app.second();
    app.owner.at(&url).get("/me").await.ok();
}
