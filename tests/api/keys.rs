//! The keys that sign access tokens, as they rotate under a running service.

use crate::support::{Client, PASSWORD, TestApp};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use goaltree::db::Scope;
use goaltree::identity::{self, Kept};
use serde_json::{Value, json};
use std::time::Duration;

/// What the operator's command does.
fn rotate(app: &TestApp) -> Vec<Kept> {
    let service = &app.app.service;
    let rotated = service.db.write_now(Scope::System, |conn, _| {
        identity::rotate_keys(conn, &service.clock, &service.vault)?;
        Ok(identity::list_keys(conn)?)
    });
    rotated.unwrap()
}

/// The key that a token names.
fn key_of(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn after_a_rotation_old_tokens_hold_and_running_instances_take_those_of_the_new_key() {
    let app = TestApp::new().await;
    let old = app.owner.with_token(&app.owner.token());
    let keys = rotate(&app);
    assert_eq!(keys.len(), 2);
    old.get("/me").await.ok();
    // An instance that starts now signs with the new key; the one that ran before learns of it by the token.
    let (url, _second) = app.second();
    let new = Client::sign_in(&url, "owner@example.com", PASSWORD).await;
    assert_eq!(key_of(&new.token()), keys[1].id.to_string());
    actix_web::rt::time::sleep(Duration::from_millis(1_100)).await;
    new.at(&app.url).get("/me").await.ok();
    let tokens =
        app.anonymous().post("/auth/login", &json!({ "email": "owner@example.com", "password": PASSWORD })).await.ok();
    assert_eq!(key_of(tokens["access_token"].as_str().unwrap()), keys[1].id.to_string());
    old.get("/me").await.ok();
    old.at(&url).get("/me").await.ok();
}

#[actix_web::test]
async fn a_retired_key_is_dropped_once_its_tokens_have_ended() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let first = rotate(&app);
    app.set_clock("2026-02-14T02:10:00Z");
    assert_eq!(rotate(&app).len(), 3);
    app.set_clock("2026-02-14T02:16:00Z");
    let kept = rotate(&app);
    assert!(kept.iter().all(|key| key.id != first[0].id), "{kept:?}");
    assert_eq!(kept.iter().filter(|key| key.retired_at.is_none()).count(), 1);
}

#[actix_web::test]
async fn a_token_that_names_a_key_nobody_has_is_refused() {
    let app = TestApp::new().await;
    let token = app.owner.token();
    let (header, rest) = token.split_once('.').unwrap();
    let mut header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    for kid in ["01a20d52-7673-72e4-9d98-31307850b2be", "configured", "", "../../etc/passwd"] {
        header["kid"] = json!(kid);
        let forged = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()));
        app.owner.with_token(&forged).get("/me").await.problem(401, "invalid_token");
    }
    app.owner.get("/me").await.ok();
}
