//! The program as its operator uses it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::process::Command;
use support::{Client, Database, PASSWORD, Program};

fn goaltree() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goaltree"));
    command.env_remove("DATABASE_URL");
    command
}

fn failure(command: &mut Command) -> String {
    let done = command.output().unwrap();
    assert!(!done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[actix_web::test]
async fn a_first_start_prints_a_setup_token_that_takes_the_instance() {
    let database = Database::fresh();
    let program = Program::start(&database, &["serve"]);
    let token = program.setup_token();
    let body = json!({
        "setup_token": token, "organization_name": "Sao Mai", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "me@example.com", "password": PASSWORD, "display_name": "Tôi",
    });
    Client::anonymous(&program.url).post("/setup", &body).await.status(201);
    let url = program.url.clone();
    assert!(program.stop().success(), "SIGTERM stops it in order");
    let again = Program::start(&database, &["serve"]);
    assert_ne!(again.url, url);
    assert!(!again.printed().contains("setup token"), "{}", again.printed());
    Client::sign_in(&again.url, "me@example.com", PASSWORD).await.get("/me").await.ok();
}

#[actix_web::test]
async fn the_operator_lets_people_in() {
    let database = Database::fresh();
    let program = Program::start(&database, &["serve"]);
    let body = json!({
        "setup_token": program.setup_token(), "organization_name": "Sao Mai", "time_zone": "Asia/Ho_Chi_Minh",
        "locale": "vi", "email": "me@example.com", "password": PASSWORD, "display_name": "Tôi",
    });
    Client::anonymous(&program.url).post("/setup", &body).await.status(201);
    let mut arguments = vec!["user".to_owned(), "create".to_owned(), "hr@example.com".to_owned()];
    arguments.extend(["--name", "Lê Nhân Sự", "--role", "admin"].map(str::to_owned));
    arguments.extend(database.arguments());
    let done = goaltree().args(&arguments).output().unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{printed}");
    let token = printed.lines().nth(2).unwrap().trim();
    let body = json!({ "token": token, "password": PASSWORD });
    Client::anonymous(&program.url).post("/invitations/accept", &body).await.ok();
    let me = Client::sign_in(&program.url, "hr@example.com", PASSWORD).await.get("/me").await.ok();
    assert_eq!(me["person"]["role"], "admin");
    let again = failure(goaltree().args(&arguments));
    assert!(again.contains("/email"), "{again}");
}

#[actix_web::test]
async fn verify_finds_an_empty_instance_in_order() {
    let database = Database::fresh();
    if !database.is_postgres() {
        let nowhere = failure(goaltree().arg("verify").args(database.arguments()));
        assert!(nowhere.contains("there is no database"), "{nowhere}");
    }
    drop(Program::start(&database, &["serve"]));
    let done = goaltree().arg("verify").args(database.arguments()).output().unwrap();
    assert!(done.status.success());
    let printed = String::from_utf8(done.stdout).unwrap();
    assert_eq!(printed.trim(), "0 differences: 0 goals and days of 0 forests, 0 organizations");
}

#[test]
fn bad_settings_stop_the_start_with_one_sentence() {
    for (arguments, says) in [
        (vec!["--database-url", "mysql://x"], "postgres://"),
        (vec!["--log", "a=b=c"], "GOALTREE_LOG"),
        (vec!["--cors-origins", "example.com"], "--cors-origins"),
        (vec!["--cors-origins", "https://a.example.com/x"], "is no origin"),
        (vec!["--trusted-proxies", "10.0.0.0/8,nowhere"], "`nowhere` is no network"),
        (vec!["--public-url", "goals.example.com"], "GOALTREE_PUBLIC_URL"),
        (vec!["--listen", "nowhere"], "--listen"),
        (vec!["--clock", "yesterday"], "--clock"),
        (vec!["--connections", "0"], "--connections"),
    ] {
        let said = failure(goaltree().args(&arguments));
        assert!(said.contains(says), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn config_says_where_each_setting_came_from_and_keeps_secrets() {
    let done = goaltree()
        .args(["config", "--listen", "127.0.0.1:9999", "--database-url", "postgres://me:s3cret@db/goals"])
        .env("GOALTREE_LOG", "debug")
        .output()
        .unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    let line = |name: &str| printed.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{printed}"));
    assert!(line("listen").contains("127.0.0.1:9999") && line("listen").contains("flag"));
    assert!(line("log ").contains("debug") && line("log ").contains("environment"));
    assert!(line("workers").contains("default"));
    assert!(line("signing_key").contains("not set"));
    assert!(!printed.contains("s3cret"), "{printed}");
}

#[actix_web::test]
async fn healthcheck_asks_the_running_service() {
    let database = Database::fresh();
    let program = Program::start(&database, &["serve"]);
    let address = program.url.trim_start_matches("http://").to_owned();
    let done = goaltree().args(["healthcheck", "--listen", &address]).output().unwrap();
    assert!(done.status.success());
    drop(program);
    failure(goaltree().args(["healthcheck", "--listen", &address]));
}

#[actix_web::test]
async fn a_held_clock_is_said() {
    let database = Database::fresh();
    let program = Program::start(&database, &["serve", "--clock", "2026-02-14T02:00:00Z"]);
    let meta: Value = Client::anonymous(&program.url).get("/meta").await.ok();
    assert_eq!(meta["clock_held_at"], "2026-02-14T02:00:00Z");
}

/// Whatever goes with a secret, done rightly and wrongly: the secrets, and every answer in which they have no place.
async fn secret_life(program: &Program) -> (Vec<String>, Vec<String>) {
    let nobody = Client::anonymous(&program.url);
    let wrong = "wrong secret horse 2";
    let mut secrets = vec![PASSWORD.to_owned(), wrong.to_owned(), program.setup_token()];
    let body = json!({
        "setup_token": program.setup_token(), "organization_name": "Sao Mai", "time_zone": "Asia/Ho_Chi_Minh",
        "locale": "vi", "email": "me@example.com", "password": PASSWORD, "display_name": "Tôi",
    });
    let mut answers = vec![nobody.post("/setup", &json!({ "setup_token": wrong, "colour": wrong })).await.text];
    let made = nobody.post("/setup", &body).await.ok();
    let owner = Client::signed_in(&program.url, "me@example.com", &made);
    let renewed = nobody.post("/auth/refresh", &json!({ "refresh_token": made["refresh_token"] })).await.ok();
    let tree = owner.get("/units/tree").await.ok();
    let person = json!({ "display_name": "An", "unit_id": tree["units"][0]["id"], "email": "an@example.com" });
    let person = owner.post("/people", &person).await.id();
    let invited = owner.post("/people/invitations", &json!({ "person_ids": [person] })).await.ok();
    let invitation = &invited["items"][0]["token"];
    nobody.post("/invitations/accept", &json!({ "token": invitation, "password": PASSWORD })).await.ok();
    let machine = owner.post("/api-tokens", &json!({ "name": "CRM", "scopes": ["read"] })).await.ok();
    let shown =
        [&made["access_token"], &made["refresh_token"], &renewed["refresh_token"], invitation, &machine["token"]];
    secrets.extend(shown.map(|secret| secret.as_str().unwrap().to_owned()));
    for (path, body) in [
        ("/auth/login", json!({ "email": "me@example.com", "password": wrong })),
        ("/auth/login", json!({ "email": 5, "password": [wrong] })),
        ("/auth/login", json!({ "email": "me@example.com", "password": PASSWORD, "colour": wrong })),
        ("/auth/login", json!({ wrong: PASSWORD })),
        ("/auth/refresh", json!({ "refresh_token": wrong })),
        ("/auth/password-reset", json!({ "token": wrong, "password": PASSWORD })),
        ("/invitations/accept", json!({ "token": invitation, "password": PASSWORD })),
        ("/me/password", json!({ "current_password": wrong, "new_password": PASSWORD })),
    ] {
        answers.push(owner.post(path, &body).await.text.replace(&format!("/{wrong}"), ""));
    }
    for token in [wrong, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.secret", machine["token"].as_str().unwrap()] {
        answers.push(owner.with_token(token).get("/me/nothing").await.text);
        answers.push(owner.with_token(token).get("/organization").await.text);
    }
    answers.push(owner.get("/audit-log?limit=200").await.text);
    answers.push(owner.get("/audit-log/export?format=csv").await.text);
    answers.push(owner.get("/auth/sessions").await.text);
    answers.push(owner.get("/api-tokens").await.text);
    (secrets, answers)
}

#[actix_web::test]
async fn no_secret_is_ever_logged_nor_told_where_it_has_no_place() {
    let database = Database::fresh();
    let file = std::env::temp_dir().join(format!("goaltree_secrets_{}.log", std::process::id()));
    let program = Program::logging(&database, &file);
    let (secrets, answers) = secret_life(&program).await;
    assert!(program.stop().success());
    let logged = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(logged.lines().count() > 20, "the log is at work: {logged}");
    let parts = ["$argon2", "password_hash", "refresh_hash", "secret_hash"].map(str::to_owned);
    for secret in secrets.iter().chain(&parts) {
        assert!(secret.len() >= 7, "{secret}");
        assert!(!logged.contains(secret.as_str()), "`{secret}` is in the log");
        for answer in &answers {
            assert!(!answer.contains(secret.as_str()), "`{secret}` is in {answer}");
        }
    }
}

#[test]
fn the_operator_rotates_the_signing_keys_and_takes_second_factors_away() {
    let database = Database::fresh();
    drop(Program::start(&database, &["serve"]));
    let run = |arguments: &[&str]| {
        let done = goaltree().args(arguments).args(database.arguments()).output().unwrap();
        let errors = String::from_utf8(done.stderr).unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap() + &errors)
    };
    let (_, before) = run(&["keys", "list"]);
    assert_eq!((before.lines().count(), before.matches("signs").count()), (1, 1), "{before}");
    let (rotated, after) = run(&["keys", "rotate"]);
    assert!(rotated && after.lines().count() == 2, "{after}");
    assert_eq!((after.matches("retired").count(), after.matches("signs").count()), (1, 1), "{after}");
    assert!(after.lines().next().unwrap().starts_with(before.split_whitespace().next().unwrap()), "{after}");
    let (reset, said) = run(&["user", "reset-totp", "nobody@example.com"]);
    assert!(!reset && said.contains("goaltree: "), "{said}");
}

#[test]
fn a_short_encryption_key_stops_the_start() {
    let said = failure(goaltree().args(["serve", "--encryption-key", "too short"]));
    assert!(said.contains("at least 32 characters"), "{said}");
}
