//! Signing in under attack: guesses, copied refresh tokens, many at once; and what the organizations learn of it.

use crate::support::{Client, PASSWORD, Reply, TestApp, sales::at_once};
use diesel::RunQueryDsl;
use goaltree::db::Scope;
use goaltree::error::Code;
use goaltree::identity::Knock;
use serde_json::{Value, json};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

const PROXIED: [&str; 2] = ["--trusted-proxies", "127.0.0.1"];

async fn try_in(client: &Client, email: &str, password: &str) -> Reply {
    client.post("/auth/login", &json!({ "email": email, "password": password })).await
}

/// Whoever calls from an address.
fn from(app: &TestApp, address: &str) -> Client {
    app.anonymous().with("X-Forwarded-For", address)
}

#[derive(diesel::QueryableByName)]
struct Kind {
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
}

/// What was noted of a kind, over all organizations.
fn noted(app: &TestApp, kind: &str) -> usize {
    let all = || diesel::sql_query("SELECT kind FROM events ORDER BY id");
    let found: Vec<Kind> = app.app.service.db.read_now(Scope::System, |conn| Ok(all().load(conn)?)).unwrap();
    found.iter().filter(|event| event.kind == kind).count()
}

#[actix_web::test]
async fn guessing_is_slowed_down_alike_whether_or_not_there_is_an_account() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let anonymous = app.anonymous();
    let mut answers = Vec::new();
    for email in ["owner@example.com", "nobody@example.com"] {
        let mut own = Vec::new();
        for _ in 0..5 {
            own.push(try_in(&anonymous, email, "a wrong guess").await.problem(401, "wrong_credentials"));
        }
        let refused = try_in(&anonymous, email, "a wrong guess").await;
        assert_eq!(refused.header("retry-after"), Some("31"));
        own.push(refused.problem(429, "too_many_attempts"));
        for problem in &mut own {
            problem["instance"] = Value::Null;
        }
        answers.push(own);
    }
    assert_eq!(answers[0], answers[1]);
    // Not even the right password gets in while the wait lasts, or guessing would go on.
    try_in(&anonymous, "owner@example.com", PASSWORD).await.problem(429, "too_many_attempts");
    app.set_clock("2026-02-14T02:00:31Z");
    try_in(&anonymous, "owner@example.com", "a wrong guess").await.problem(401, "wrong_credentials");
    app.set_clock("2026-02-14T02:01:30Z");
    try_in(&anonymous, "owner@example.com", PASSWORD).await.problem(429, "too_many_attempts");
    app.set_clock("2026-02-14T02:01:32Z");
    try_in(&anonymous, "owner@example.com", PASSWORD).await.ok();
    for _ in 0..5 {
        try_in(&anonymous, "owner@example.com", "a wrong guess").await.problem(401, "wrong_credentials");
    }
}

#[actix_web::test]
async fn strangers_elsewhere_keep_nobody_from_their_account() {
    let app = TestApp::configured(&PROXIED).await;
    let home = from(&app, "192.0.2.1");
    try_in(&home, "owner@example.com", PASSWORD).await.ok();
    for address in ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5"] {
        try_in(&from(&app, address), "owner@example.com", "a guess").await.problem(401, "wrong_credentials");
    }
    let elsewhere = from(&app, "203.0.113.6");
    try_in(&elsewhere, "owner@example.com", PASSWORD).await.problem(429, "too_many_attempts");
    try_in(&home, "owner@example.com", PASSWORD).await.ok();
    app.owner.get("/me").await.ok();
    // What is let in at home lets nobody in elsewhere.
    try_in(&elsewhere, "owner@example.com", PASSWORD).await.problem(429, "too_many_attempts");
}

#[actix_web::test]
async fn an_address_that_guesses_at_many_accounts_is_slowed_down_and_no_other() {
    let app = TestApp::configured(&PROXIED).await;
    let guesser = from(&app, "2001:db8:5:6::1");
    for index in 0..100 {
        let email = format!("guess{index}@example.com");
        try_in(&guesser, &email, "a wrong guess").await.problem(401, "wrong_credentials");
    }
    let same_household = from(&app, "2001:db8:5:6:ffff::2");
    try_in(&same_household, "owner@example.com", PASSWORD).await.problem(429, "too_many_attempts");
    try_in(&from(&app, "2001:db8:5:7::1"), "owner@example.com", PASSWORD).await.ok();
}

#[actix_web::test]
async fn tries_that_succeed_count_for_nothing() {
    let app = TestApp::new().await;
    let clients = (0..24).map(|_| app.anonymous());
    let answers = at_once(
        clients.map(|client| async move { try_in(&client, "owner@example.com", PASSWORD).await.status.as_u16() }),
    )
    .await;
    // Of one account's tries at the very same moment some have to wait; afterwards nothing is left of them.
    assert!(answers.iter().filter(|status| **status == 200).count() >= 5, "{answers:?}");
    for password in ["a guess", "a guess", "a guess", "a guess", PASSWORD, "a guess", PASSWORD] {
        let expected = if password == PASSWORD { 200 } else { 401 };
        try_in(&app.anonymous(), "owner@example.com", password).await.status(expected);
    }
}

#[actix_web::test]
async fn a_burst_of_guesses_is_counted_before_it_is_looked_at() {
    let app = TestApp::new().await;
    let clients = (0..24).map(|_| app.anonymous());
    let answers = at_once(
        clients.map(|client| async move { try_in(&client, "owner@example.com", "a guess").await.status.as_u16() }),
    )
    .await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 19, "{answers:?}");
}

#[actix_web::test]
async fn tries_are_counted_over_all_instances() {
    let app = TestApp::new().await;
    let (url, _second) = app.second();
    for client in [app.anonymous(), Client::anonymous(&url), app.anonymous(), Client::anonymous(&url), app.anonymous()]
    {
        try_in(&client, "owner@example.com", "a guess").await.problem(401, "wrong_credentials");
    }
    try_in(&Client::anonymous(&url), "owner@example.com", "a guess").await.problem(429, "too_many_attempts");
}

#[actix_web::test]
async fn made_up_links_and_setup_tokens_are_slowed_down_too() {
    let app = TestApp::new().await;
    let anonymous = app.anonymous();
    let body = json!({ "token": "made up", "password": PASSWORD });
    for path in ["/invitations/accept", "/auth/password-reset"].iter().cycle().take(100) {
        anonymous.post(path, &body).await.problem(409, "link_not_usable");
    }
    for path in ["/invitations/accept", "/auth/password-reset"] {
        anonymous.post(path, &body).await.problem(429, "too_many_attempts");
    }
}

#[actix_web::test]
async fn whoever_is_signed_in_cannot_guess_the_password_either() {
    let app = TestApp::new().await;
    let wrong = json!({ "current_password": "a guess", "new_password": "một mật khẩu mới" });
    for _ in 0..5 {
        assert_eq!(app.owner.post("/me/password", &wrong).await.faults(), ["/current_password wrong_password"]);
    }
    app.owner.post("/me/password", &wrong).await.problem(429, "too_many_attempts");
    // That is no way to keep the account's owner from signing in.
    try_in(&app.anonymous(), "owner@example.com", PASSWORD).await.ok();
}

#[actix_web::test]
async fn a_password_is_the_same_however_the_keyboard_composes_it() {
    let app = TestApp::new().await;
    let (composed, decomposed): (String, String) =
        ("một mật khẩu mới".nfc().collect(), "một mật khẩu mới".nfd().collect());
    assert_ne!(composed, decomposed);
    let body = json!({ "current_password": PASSWORD, "new_password": decomposed });
    app.owner.with_token(&app.owner.token()).post("/me/password", &body).await.status(204);
    for typed in [&composed, &decomposed] {
        try_in(&app.anonymous(), "owner@example.com", typed).await.ok();
    }
}

#[actix_web::test]
async fn leaked_passwords_and_those_made_of_names_are_refused() {
    let app = TestApp::new().await;
    for weak in ["password123", "1q2w3e4r5t6y", "congtythunghiem1", "owner@example.com", "tranthichu2026", "12/10/1990"]
    {
        let body = json!({ "current_password": PASSWORD, "new_password": weak });
        let faults = app.owner.post("/me/password", &body).await.faults();
        assert_eq!(faults, ["/new_password weak_password"], "{weak}");
    }
}

#[actix_web::test]
async fn two_answers_to_one_refresh_do_not_live_beside_each_other() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let anonymous = app.anonymous();
    let signed_in = try_in(&anonymous, "owner@example.com", PASSWORD).await.ok();
    let refresh = |tokens: &Value| json!({ "refresh_token": tokens["refresh_token"] });
    let first = anonymous.post("/auth/refresh", &refresh(&signed_in)).await.ok();
    let retried = anonymous.post("/auth/refresh", &refresh(&signed_in)).await.ok();
    assert_ne!(first["refresh_token"], retried["refresh_token"]);
    app.set_clock("2026-02-14T02:10:00Z");
    let next = anonymous.post("/auth/refresh", &refresh(&first)).await.ok();
    let me = anonymous.with_token(next["access_token"].as_str().unwrap());
    me.get("/me").await.ok();
    app.set_clock("2026-02-14T02:12:00Z");
    anonymous.post("/auth/refresh", &refresh(&retried)).await.problem(401, "invalid_refresh_token");
    me.get("/me").await.problem(401, "invalid_token");
    anonymous.post("/auth/refresh", &refresh(&next)).await.problem(401, "invalid_refresh_token");
    assert_eq!(noted(&app, "session.refresh_reused"), 1);
}

#[actix_web::test]
async fn whoever_waits_for_the_other_to_refresh_first_is_found_out_at_once() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let anonymous = app.anonymous();
    let signed_in = try_in(&anonymous, "owner@example.com", PASSWORD).await.ok();
    let refresh = |tokens: &Value| json!({ "refresh_token": tokens["refresh_token"] });
    let phones = anonymous.post("/auth/refresh", &refresh(&signed_in)).await.ok();
    let copied = anonymous.post("/auth/refresh", &refresh(&signed_in)).await.ok();
    app.set_clock("2026-02-14T02:14:00Z");
    anonymous.post("/auth/refresh", &refresh(&phones)).await.ok();
    app.set_clock("2026-02-14T02:14:01Z");
    anonymous.post("/auth/refresh", &refresh(&copied)).await.problem(401, "invalid_refresh_token");
    assert_eq!(noted(&app, "session.refresh_reused"), 1);
}

#[actix_web::test]
async fn a_made_up_refresh_token_ends_nobodys_session() {
    let app = TestApp::new().await;
    let signed_in = try_in(&app.anonymous(), "owner@example.com", PASSWORD).await.ok();
    let token = signed_in["refresh_token"].as_str().unwrap();
    let made_up = format!("{}.{}", token.split_once('.').unwrap().0, "A".repeat(43));
    let body = json!({ "refresh_token": made_up });
    app.anonymous().post("/auth/refresh", &body).await.problem(401, "invalid_refresh_token");
    app.anonymous().post("/auth/refresh", &json!({ "refresh_token": token })).await.ok();
}

#[actix_web::test]
async fn every_organization_of_an_account_learns_of_failures_and_nobody_of_strangers() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let company = app.company().await;
    let member = app.member("Lê Văn Hai", &company, json!({})).await;
    let other = second_organization(&app).await;
    join_with(&app, &other, "le.van.hai@example.com").await;
    let before = noted(&app, "sign_in.succeeded");
    for _ in 0..5 {
        try_in(&app.anonymous(), "le.van.hai@example.com", "a guess").await.problem(401, "wrong_credentials");
        try_in(&app.anonymous(), "nobody@example.com", "a guess").await.problem(401, "wrong_credentials");
    }
    assert_eq!(noted(&app, "sign_in.failed"), 10);
    assert_eq!(noted(&app, "sign_in.throttled"), 2);
    try_in(&app.anonymous(), "owner@example.com", PASSWORD).await.ok();
    assert_eq!(noted(&app, "sign_in.succeeded"), before + 1);
    member.post("/auth/logout", &json!({})).await.status(204);
    assert_eq!(noted(&app, "session.ended"), 1);
}

#[actix_web::test]
async fn an_organization_that_someone_left_learns_no_more_of_their_account() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let company = app.company().await;
    let member = app.member("Lê Văn Hai", &company, json!({})).await;
    let other = second_organization(&app).await;
    join_with(&app, &other, "le.van.hai@example.com").await;
    app.owner.patch(&format!("/people/{}", member.person), &json!({ "active": false })).await.ok();
    try_in(&app.anonymous(), "le.van.hai@example.com", "a guess").await.problem(401, "wrong_credentials");
    let heard = async |hr: &Client| {
        let log = hr.get("/audit-log?kind=sign_in.failed").await.ok();
        log["items"].as_array().unwrap().len()
    };
    assert_eq!((heard(&app.owner).await, heard(&other).await), (0, 1));
}

/// Another organization's owner.
async fn second_organization(app: &TestApp) -> Client {
    let body = json!({
        "organization_name": "Sao Hôm", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": PASSWORD, "display_name": "Chủ Khác",
    });
    let tokens = app.anonymous().post("/organizations", &body).await.status(201);
    Client::signed_in(&app.url, "other@example.com", &tokens)
}

/// Someone of an organization is invited; answers the secret of the link.
async fn invited(hr: &Client, email: &str) -> String {
    let tree = hr.get("/units/tree").await.ok();
    let body = json!({ "display_name": "Khách Mời", "email": email, "unit_id": tree["units"][0]["id"] });
    let person = hr.post("/people", &body).await.id();
    let invited = hr.post("/people/invitations", &json!({ "person_ids": [person] })).await.ok();
    invited["items"][0]["token"].as_str().unwrap().to_owned()
}

async fn join_with(app: &TestApp, hr: &Client, email: &str) {
    let body = json!({ "token": invited(hr, email).await, "password": PASSWORD });
    app.anonymous().post("/invitations/accept", &body).await.status(201);
}

#[actix_web::test]
async fn whoever_takes_anothers_address_in_one_organization_gets_into_no_other_by_it() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    // HR of one organization invites someone else's address and uses the link themself.
    let squatter = second_organization(&app).await;
    let body = json!({ "token": invited(&squatter, "victim@example.com").await, "password": "squatters own words" });
    let squatted = app.anonymous().post("/invitations/accept", &body).await.status(201);
    let squatted = Client::signed_in(&app.url, "", &squatted);
    // The other organization invites the human whose address it is. The squatter has no link, and their account is
    // nobody there.
    let link = invited(&app.owner, "victim@example.com").await;
    let me = app.owner.get("/me").await.ok();
    let credentials = json!({
        "email": "victim@example.com", "password": "squatters own words", "organization": me["organization"]["id"],
    });
    app.anonymous().post("/auth/login", &credentials).await.problem(401, "wrong_credentials");
    // The link alone does not take the account over either: its password is asked for.
    let body = json!({ "token": link, "password": "words of the victim" });
    assert_eq!(app.anonymous().post("/invitations/accept", &body).await.faults(), ["/password wrong_password"]);
    // The operator gives the address back to whom it belongs; the squatter is out, and the victim joins.
    let reset = goaltree::setup::reset_password(&app.app.service, "victim@example.com").unwrap();
    let new = json!({ "token": reset, "password": "words of the victim" });
    app.anonymous().post("/auth/password-reset", &new).await.status(204);
    squatted.get("/me").await.problem(401, "invalid_token");
    let joined = app.anonymous().post("/invitations/accept", &body).await.status(201);
    assert_eq!(joined["organization_id"], me["organization"]["id"]);
    try_in(&app.anonymous(), "victim@example.com", "squatters own words").await.problem(401, "wrong_credentials");
}

#[actix_web::test]
async fn an_invitation_opens_no_account_that_was_there_before_it() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let company = app.company().await;
    let member = app.member("Lê Văn Hai", &company, json!({})).await;
    // HR of another organization invites the member's address and keeps the link.
    let hr = second_organization(&app).await;
    let link = invited(&hr, "le.van.hai@example.com").await;
    let body = json!({ "token": link, "password": "words of that hr" });
    for _ in 0..5 {
        assert_eq!(app.anonymous().post("/invitations/accept", &body).await.faults(), ["/password wrong_password"]);
    }
    app.anonymous().post("/invitations/accept", &body).await.problem(429, "too_many_attempts");
    member.with_token(&member.token()).get("/me").await.ok();
    assert_eq!(noted(&app, "sign_in.failed"), 5);
}

#[actix_web::test]
async fn a_sign_in_under_way_does_not_outlive_the_password_that_it_came_with() {
    let app = TestApp::new().await;
    let service = &app.app.service;
    let knock = Knock::at_email(service, "owner@example.com".to_owned(), Arc::default()).await.unwrap();
    assert!(knock.with_password(service, PASSWORD.to_owned()).await.unwrap().is_some());
    // Before it goes in, every session is ended by a new password.
    let reset = goaltree::setup::reset_password(service, "owner@example.com").unwrap();
    let new = json!({ "token": reset, "password": "another long password" });
    app.anonymous().post("/auth/password-reset", &new).await.status(204);
    let entered = knock.enter(service, None, |_, _, _| Ok(())).await;
    assert_eq!(entered.unwrap_err().code(), Code::Busy);
    try_in(&app.anonymous(), "owner@example.com", PASSWORD).await.problem(401, "wrong_credentials");
}

#[actix_web::test]
async fn a_newer_reset_link_ends_the_earlier_one() {
    let app = TestApp::new().await;
    let earlier = goaltree::setup::reset_password(&app.app.service, "owner@example.com").unwrap();
    let newer = goaltree::setup::reset_password(&app.app.service, "owner@example.com").unwrap();
    let body = |token: &str| json!({ "token": token, "password": "another long password" });
    app.anonymous().post("/auth/password-reset", &body(&earlier)).await.problem(409, "link_not_usable");
    app.anonymous().post("/auth/password-reset", &body(&newer)).await.status(204);
    assert_eq!(noted(&app, "password.reset"), 1);
    // Who could set it is in the log as well, and by which way they came.
    let owner = Client::sign_in(&app.url, "owner@example.com", "another long password").await;
    let log = owner.get("/audit-log?kind=password.link_made").await.ok();
    assert_eq!((log["items"].as_array().unwrap().len(), &log["items"][0]["via"]), (2, &json!("operator")));
}
