//! The second factor, as its owner, a thief of the password and the operator meet it.

use crate::support::{Client, PASSWORD, Reply, TestApp};
use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use diesel::RunQueryDsl;
use goaltree::db::Scope;
use serde_json::{Value, json};

/// What an authenticator app shows at a moment.
fn app_shows(secret: &str, moment: &str) -> String {
    let value = |letter| u32::try_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap()).unwrap();
    let bits: Vec<u32> =
        secret.chars().map(value).flat_map(|five| (0..5).rev().map(move |at| five >> at & 1)).collect();
    let bytes: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| u8::try_from(byte.iter().fold(0, |all, bit| all << 1 | bit)).unwrap())
        .collect();
    let second = chrono::DateTime::parse_from_rfc3339(moment).unwrap().timestamp();
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes), &(second / 30).to_be_bytes());
    let tag = tag.as_ref();
    let start = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[start..start + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

async fn sign_in(app: &TestApp, code: Option<&str>) -> Reply {
    let body = json!({ "email": "owner@example.com", "password": PASSWORD, "totp_code": code });
    app.anonymous().post("/auth/login", &body).await
}

/// Turns the owner's second factor on at 02:00:00; the secret and the recovery codes.
async fn turned_on(app: &TestApp) -> (String, Vec<String>) {
    let started = app.owner.post("/me/totp", &json!({ "current_password": PASSWORD })).await.status(201);
    let secret = started["secret"].as_str().unwrap().to_owned();
    let code = app_shows(&secret, "2026-02-14T02:00:00Z");
    let on = app.owner.post("/me/totp/confirm", &json!({ "code": code })).await.ok();
    let codes = on["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
    (secret, codes.collect())
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_once_it_is_confirmed() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    assert_eq!(
        app.owner.get("/me/totp").await.ok(),
        json!({ "enabled": false, "enabled_at": null, "recovery_codes_left": 0 })
    );
    app.owner.post("/me/totp/confirm", &json!({ "code": "123456" })).await.problem(409, "totp_not_started");
    let wrong = app.owner.post("/me/totp", &json!({ "current_password": "a guess" })).await.faults();
    assert_eq!(wrong, ["/current_password wrong_password"]);
    let started = app.owner.post("/me/totp", &json!({ "current_password": PASSWORD })).await.status(201);
    let url = started["otpauth_url"].as_str().unwrap();
    assert!(url.starts_with("otpauth://totp/goaltree:owner@example.com?secret="), "{url}");
    sign_in(&app, None).await.ok();
    assert_eq!(
        app.owner.post("/me/totp/confirm", &json!({ "code": "12345" })).await.faults(),
        ["/code wrong_totp_code"]
    );
    let (secret, codes) = turned_on(&app).await;
    assert_ne!(started["secret"], secret.as_str());
    assert_eq!(codes.len(), 10);
    app.owner.post("/me/totp", &json!({ "current_password": PASSWORD })).await.problem(409, "totp_is_on");
    sign_in(&app, None).await.problem(401, "totp_required");
    // The code that confirmed it is used.
    sign_in(&app, Some(&app_shows(&secret, "2026-02-14T02:00:00Z"))).await.problem(401, "wrong_totp_code");
    let next = app_shows(&secret, "2026-02-14T02:00:30Z");
    let tokens = sign_in(&app, Some(&next)).await.ok();
    app.anonymous().with_token(tokens["access_token"].as_str().unwrap()).get("/me").await.ok();
    sign_in(&app, Some(&next)).await.problem(401, "wrong_totp_code");
}

#[actix_web::test]
async fn a_clock_may_be_half_a_minute_off_and_no_more() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let (secret, _) = turned_on(&app).await;
    app.set_clock("2026-02-14T02:10:00Z");
    for (shown, works) in [("02:08:30", false), ("02:11:00", false), ("02:09:30", true), ("02:10:30", true)] {
        let code = app_shows(&secret, &format!("2026-02-14T{shown}Z"));
        let status = sign_in(&app, Some(&code)).await.status.as_u16();
        assert_eq!(status == 200, works, "{shown}: {status}");
    }
}

#[actix_web::test]
async fn a_recovery_code_works_once() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let (_, codes) = turned_on(&app).await;
    sign_in(&app, Some(&codes[0].to_uppercase().replace('-', " "))).await.ok();
    sign_in(&app, Some(&codes[0])).await.problem(401, "wrong_totp_code");
    sign_in(&app, Some(&codes[1])).await.ok();
    assert_eq!(app.owner.get("/me/totp").await.ok()["recovery_codes_left"], 8);
}

#[actix_web::test]
async fn a_thief_of_the_password_cannot_guess_the_code() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    turned_on(&app).await;
    for _ in 0..20 {
        sign_in(&app, None).await.problem(401, "totp_required");
    }
    for guess in ["000000", "111111", "222222", "333333", "444444"] {
        sign_in(&app, Some(guess)).await.problem(401, "wrong_totp_code");
    }
    sign_in(&app, Some("555555")).await.problem(429, "too_many_attempts");
}

#[actix_web::test]
async fn it_is_turned_off_with_password_and_code_or_by_the_operator() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let off = |password: &str, code: &str| json!({ "current_password": password, "code": code }).to_string();
    let delete = async |body: String| app.owner.send(reqwest::Method::DELETE, "/me/totp", Some(body)).await;
    delete(off(PASSWORD, "123456")).await.problem(409, "totp_is_off");
    let (secret, codes) = turned_on(&app).await;
    assert_eq!(delete(off("a guess", &codes[0])).await.faults(), ["/current_password wrong_password"]);
    assert_eq!(delete(off(PASSWORD, "000000")).await.faults(), ["/code wrong_totp_code"]);
    assert_eq!(delete(off(PASSWORD, " ")).await.faults(), ["/code totp_required"]);
    delete(off(PASSWORD, &app_shows(&secret, "2026-02-14T02:00:30Z"))).await.status(204);
    sign_in(&app, None).await.ok();
    turned_on(&app).await;
    sign_in(&app, None).await.problem(401, "totp_required");
    assert!(goaltree::setup::reset_totp(&app.app.service, "owner@example.com").unwrap());
    assert!(!goaltree::setup::reset_totp(&app.app.service, "owner@example.com").unwrap());
    sign_in(&app, None).await.ok();
}

#[actix_web::test]
async fn a_reset_password_does_not_get_round_it() {
    let app = TestApp::at("2026-02-14T02:00:00Z").await;
    let (_, codes) = turned_on(&app).await;
    let token = goaltree::setup::reset_password(&app.app.service, "owner@example.com").unwrap();
    app.anonymous().post("/auth/password-reset", &json!({ "token": token, "password": PASSWORD })).await.status(204);
    sign_in(&app, None).await.problem(401, "totp_required");
    sign_in(&app, Some(&codes[3])).await.ok();
}

#[actix_web::test]
async fn an_invitation_does_not_get_round_it() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let (_, codes) = turned_on(&app).await;
    let body = json!({
        "organization_name": "Sao Hôm", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": PASSWORD, "display_name": "Chủ Khác",
    });
    let tokens = app.anonymous().post("/organizations", &body).await.status(201);
    let hr = Client::signed_in(&app.url, "other@example.com", &tokens);
    let unit = hr.get("/units/tree").await.ok()["units"][0]["id"].clone();
    let body = json!({ "display_name": "Khách", "email": "owner@example.com", "unit_id": unit });
    let person = hr.post("/people", &body).await.id();
    let invited = hr.post("/people/invitations", &json!({ "person_ids": [person] })).await.ok();
    let mut body = json!({ "token": invited["items"][0]["token"], "password": PASSWORD });
    app.anonymous().post("/invitations/accept", &body).await.problem(401, "totp_required");
    body["totp_code"] = json!(codes[5]);
    app.anonymous().post("/invitations/accept", &body).await.status(201);
    // Now there is a choice of organizations; asking for it uses no code up.
    sign_in(&app, None).await.problem(401, "totp_required");
    sign_in(&app, Some(&codes[6])).await.problem(409, "choose_organization");
    let me = hr.get("/me").await.ok();
    let body = json!({
        "email": "owner@example.com", "password": PASSWORD, "totp_code": codes[6],
        "organization": me["organization"]["id"],
    });
    app.anonymous().post("/auth/login", &body).await.ok();
}

#[derive(diesel::QueryableByName)]
struct Secret {
    #[diesel(sql_type = diesel::sql_types::Text)]
    secret: String,
}

fn secrets(app: &TestApp, table: &str) -> Vec<String> {
    let query = || diesel::sql_query(format!("SELECT secret FROM {table}"));
    let found: Vec<Secret> = app.app.service.db.read_now(Scope::System, |conn| Ok(query().load(conn)?)).unwrap();
    found.into_iter().map(|row| row.secret).collect()
}

#[actix_web::test]
async fn secrets_lie_encrypted_where_the_operator_gives_a_key() {
    let key = "a key that is kept outside of the database";
    let app = TestApp::configured(&["--encryption-key", key]).await;
    let started = app.owner.post("/me/totp", &json!({ "current_password": PASSWORD })).await.status(201);
    let code = app_shows(started["secret"].as_str().unwrap(), "2026-02-14T02:00:00Z");
    let on: Value = app.owner.post("/me/totp/confirm", &json!({ "code": code })).await.ok();
    assert_eq!(on["recovery_codes"].as_array().unwrap().len(), 10);
    let kept = [secrets(&app, "account_totp"), secrets(&app, "signing_keys")].concat();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|secret| secret.starts_with("sealed:")), "{kept:?}");
}
