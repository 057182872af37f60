//! The demo company: believable, whole, the same for the same seed, and gone on with.

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

use goaltree::app::App;
use goaltree::db::Scope;
use goaltree::demo::{self, DemoAccount, DemoCompany, DemoError};
use goaltree::domain::words::Locale;
use goaltree::org::{self, NewOrganization};
use goaltree::{figures, identity};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use support::{Client, Database, TestApp, config};

const NOW: &str = "2026-11-24T03:30:00Z";
/// Shortly before midnight where the company is.
const LEAP_DAY: &str = "2028-02-29T16:00:00Z";

fn open(database: &Database, now: &str, seed: u64, reset: bool) -> Result<DemoCompany, DemoError> {
    demo::open(&config(&["--clock", now]), database.target(), seed, reset)
}

/// The demo, served, with its owner signed in.
struct Served {
    app: TestApp,
    owner: Client,
    accounts: Vec<DemoAccount>,
}

impl Served {
    async fn new(now: &str, seed: u64) -> Self {
        let database = Database::fresh();
        let company = open(&database, now, seed, false).unwrap_or_else(|error| panic!("{error}"));
        let DemoCompany { app, accounts, .. } = company;
        let app = TestApp::serving(app, database);
        let owner = sign_in(&app.url, &accounts[0]).await;
        Self { app, owner, accounts }
    }

    /// All goals of all cycles, as the owner sees them.
    async fn goals(&self) -> Vec<Value> {
        self.owner.all("/goals?limit=200").await
    }

    async fn goal(&self, title: &str) -> Value {
        let goals = self.goals().await;
        let found = goals.into_iter().find(|goal| goal["title"].as_str().unwrap().contains(title));
        found.unwrap_or_else(|| panic!("no goal {title}"))
    }

    async fn check_ins(&self, goal: &Value) -> Vec<Value> {
        let id = goal["id"].as_str().unwrap();
        self.owner.all(&format!("/goals/{id}/check-ins?limit=200&include_voided=true")).await
    }

    async fn cycle(&self, kind: &str, phase: &str) -> Value {
        let cycles = self.owner.all("/cycles").await;
        cycles.into_iter().find(|cycle| cycle["kind"] == kind && cycle["phase"] == phase).expect("a cycle")
    }
}

async fn sign_in(url: &str, account: &DemoAccount) -> Client {
    Client::sign_in(url, &account.email, &account.password).await
}

fn values<'a>(goals: &'a [Value], field: &str) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for goal in goals {
        match &goal[field] {
            Value::String(text) => *counts.entry(text.as_str()).or_default() += 1,
            Value::Array(several) => {
                several.iter().filter_map(Value::as_str).for_each(|text| *counts.entry(text).or_default() += 1);
            }
            _ => {}
        }
    }
    counts
}

fn has_all(counts: &BTreeMap<&str, usize>, wanted: &[&str]) {
    assert!(wanted.iter().all(|value| counts.contains_key(value)), "{wanted:?} of {counts:?}");
}

/// The same without ids, which differ from one company to the next.
fn without_ids(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, _)| *name != "id" && !name.ends_with("_id"));
            kept.map(|(name, value)| (name.clone(), without_ids(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_ids).collect(),
        other => other.clone(),
    }
}

#[actix_web::test]
async fn the_company_is_believable_with_a_true_history_and_five_sign_ins() {
    let served = Served::new(NOW, 1).await;
    it_is_a_believable_company(&served).await;
    its_history_has_what_happens_in_a_quarter(&served).await;
    its_sign_ins_are_who_they_are_said_to_be(&served).await;
}

async fn it_is_a_believable_company(served: &Served) {
    let people = served.owner.all("/people?limit=200").await;
    assert!((55..=65).contains(&people.len()), "{} people", people.len());
    let units = served.owner.all("/units?limit=200").await;
    assert_eq!(values(&units, "kind")["department"], 4);
    assert!(values(&units, "kind")["team"] >= 8);
    let metrics = served.owner.all("/metrics?limit=200").await;
    assert!(metrics.len() >= 10 && metrics.iter().all(|metric| metric["name"]["en"] != metric["name"]["vi"]));

    let goals = served.goals().await;
    assert!((140..=160).contains(&goals.len()), "{} goals", goals.len());
    has_all(&values(&goals, "scope"), &["company", "department", "team", "person"]);
    has_all(&values(&goals, "kind"), &["objective", "key_result", "kpi"]);
    has_all(&values(&goals, "commitment"), &["committed", "aspirational"]);
    has_all(&values(&goals, "visibility"), &["public", "internal", "restricted"]);
    let sources = ["check_ins", "sum", "average", "weighted_average", "min", "max", "children", "key_results"];
    has_all(&values(&goals, "source"), &sources);
    let directions = ["increase", "decrease", "at_least", "at_most", "between", "milestone"];
    has_all(&values(&goals, "direction"), &directions);
    let states = ["draft", "pending_approval", "active", "on_hold", "completed", "cancelled"];
    has_all(&values(&goals, "state"), &states);
    has_all(&values(&goals, "status"), &["no_data", "achieved", "on_track", "at_risk", "off_track"]);
    has_all(&values(&goals, "attention"), &["off_track", "at_risk", "stale", "no_data", "allocation_gap"]);
    has_all(&values(&goals, "confidence"), &["high", "medium", "low"]);
    let of_status = |status: &str| goals.iter().filter(|goal| goal["status"] == status).count();
    assert!(of_status("on_track") > goals.len() / 3 && of_status("off_track") >= 5, "most is well, some is not");
}

async fn its_history_has_what_happens_in_a_quarter(served: &Served) {
    let owner = &served.owner;

    let learned = served.check_ins(&served.goal("Xử lý 900 yêu cầu").await).await;
    assert!(learned.iter().any(|check_in| !check_in["voided_at"].is_null()), "one was voided");
    let corrected = served.check_ins(&served.goal("Gia Bảo").await).await;
    assert!(corrected.iter().any(|check_in| !check_in["corrected_at"].is_null()), "one was corrected");
    assert!(corrected.len() >= 6, "week after week");
    let spoken_for = served.check_ins(&served.goal("12 lớp đào tạo").await).await;
    assert!(spoken_for.iter().any(|check_in| check_in["on_behalf"] == true), "one was made on behalf");

    let waiting = served.goal("Cẩm Tú").await;
    let requests = owner.all(&format!("/goals/{}/change-requests", waiting["id"].as_str().unwrap())).await;
    assert_eq!((&requests[0]["state"], requests.len()), (&json!("pending"), 1));
    assert_eq!(served.goal("30.000 người dùng").await["target"], "26000");

    let story = served.goal("8 câu chuyện khách hàng").await;
    let detail = owner.get(&format!("/goals/{}", story["id"].as_str().unwrap())).await.ok();
    let links = detail["links_up"].as_array().unwrap();
    assert!(links.iter().any(|link| link["proposed_weight"] == "1" && link["weight"] == "0"), "{links:?}");
    assert!(links.len() >= 3, "it serves several goals");

    // The year's revenue is the quarter's so far, which is that of everyone who sells.
    let (year, quarter) = (served.goal("cả năm đạt 84 tỷ").await, served.goal("quý đạt 18 tỷ").await);
    assert_eq!(year["value"], quarter["value"]);
    assert_ne!(year["cycle_id"], quarter["cycle_id"]);

    let mut said = String::new();
    for title in ["Gia Bảo", "60 buổi", "p95 từ 820", "tồn đọng từ 260", "180 ứng viên", "Quang Huy"] {
        for check_in in served.check_ins(&served.goal(title).await).await {
            for field in ["note", "blockers", "next_steps"] {
                said.push_str(check_in[field].as_str().unwrap_or_default());
            }
            said.push_str(check_in["evidence"][0]["url"].as_str().unwrap_or_default());
        }
    }
    assert!(said.contains("ế hoạch") && said.contains(" the ") && said.contains("haidang.example"), "{said}");

    let verified = figures::verify(&served.app.app.service.db, &served.app.app.service.clock, &served.app.app.forests);
    assert_eq!(verified.unwrap().differences, []);
}

async fn its_sign_ins_are_who_they_are_said_to_be(served: &Served) {
    let roles: Vec<_> = served.accounts.iter().map(|account| account.role.to_string()).collect();
    assert_eq!(roles, ["owner", "admin", "member", "member", "member"]);
    let mut led = Vec::new();
    for account in &served.accounts {
        let client = sign_in(&served.app.url, account).await;
        let me = client.get("/me").await.ok();
        assert_eq!(me["person"]["role"], account.role.to_string());
        led.push(me["units_led"].as_array().map_or(0, Vec::len));
    }
    assert_eq!(led, [1, 1, 1, 1, 0], "company, HR's team, a department, a team, nothing");

    let employee = sign_in(&served.app.url, &served.accounts[4]).await;
    let seen: BTreeSet<_> = employee.all("/goals?limit=200").await.iter().map(|goal| goal["id"].to_string()).collect();
    let restricted = served.goal("Series A").await;
    assert!(!seen.contains(&restricted["id"].to_string()), "what is restricted is not for everyone");
    let own = served.goal("Gia Bảo").await["id"].as_str().unwrap().to_owned();
    let made = employee.post(&format!("/goals/{own}/check-ins"), &json!({ "increment": "1000000" })).await;
    assert!(made.status.is_success(), "{}", made.text);
}

#[actix_web::test]
async fn the_same_seed_makes_the_same_company_and_only_days_follow_the_day() {
    let (one, other) = (Served::new(NOW, 7).await, Served::new(NOW, 7).await);
    let later = Served::new(LEAP_DAY, 7).await;
    let tree = async |served: &Served| {
        let cycle = served.cycle("quarter", "active").await;
        let path = format!("/cycles/{}/tree?depth=50&limit=1000", cycle["id"].as_str().unwrap());
        without_ids(&served.owner.get(&path).await.ok())
    };
    let words = async |served: &Served| {
        let told = served.check_ins(&served.goal("Kim Ngân").await).await;
        told.iter().map(|check_in| json!([check_in["value"], check_in["note"]])).collect::<Vec<_>>()
    };
    assert_eq!(tree(&one).await, tree(&other).await);
    assert_eq!(words(&one).await, words(&other).await);
    assert_eq!(words(&one).await, words(&later).await);
    let figures = async |served: &Served| {
        let goals = served.goals().await;
        goals
            .iter()
            .map(|goal| json!([goal["title"], goal["state"], goal["value"], goal["progress"]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(figures(&one).await, figures(&later).await);
    the_quarter_is_two_thirds_gone(&one, "2026-11-24").await;
    the_quarter_is_two_thirds_gone(&later, "2028-02-29").await;
}

/// Every other day of several years is tested where the days are made.
async fn the_quarter_is_two_thirds_gone(served: &Served, today: &str) {
    let (year, quarter) = (served.cycle("year", "active").await, served.cycle("quarter", "active").await);
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let (first, last) = (day(quarter["starts_on"].as_str().unwrap()), day(quarter["ends_on"].as_str().unwrap()));
    let (gone, days) = ((day(today) - first).num_days() + 1, (last - first).num_days() + 1);
    assert!(gone * 100 >= days * 60 && gone * 100 <= days * 72, "{gone} of {days} days");
    assert_eq!(quarter["parent_id"], year["id"]);
    assert_eq!(served.owner.all("/cycles").await.iter().filter(|cycle| cycle["kind"] == "quarter").count(), 4);
}

#[actix_web::test]
async fn an_existing_demo_is_gone_on_with_and_made_anew_only_when_asked() {
    let database = Database::fresh();
    let first = open(&database, NOW, 1, false).unwrap();
    let accounts = first.accounts.clone();
    let app = TestApp::serving(first.app.clone(), database);
    let client = sign_in(&app.url, &accounts[4]).await;
    let goals = client.all("/goals?limit=200&q=Gia%20Bảo").await;
    let id = goals[0]["id"].as_str().unwrap();
    client.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "1500000000" })).await.ok();

    let again = open(app.database(), NOW, 2, false).unwrap();
    assert_eq!(again.accounts, accounts, "the sign-ins stay");
    assert_eq!(client.get(&format!("/goals/{id}")).await.ok()["value"], "1500000000");
    drop(again);

    let anew = open(app.database(), NOW, 1, true);
    if app.database().is_postgres() {
        assert!(matches!(anew, Err(DemoError::NotEmptied)));
    } else {
        let anew = anew.unwrap();
        assert_ne!(anew.accounts, accounts, "other accounts, other passwords");
    }
}

#[actix_web::test]
async fn someone_s_own_database_is_left_alone() {
    let own = TestApp::new().await;
    for reset in [false, true] {
        let refused = open(own.database(), NOW, 1, reset);
        assert!(matches!(refused, Err(DemoError::NotTheDemo)), "{refused:?}");
    }
    assert_eq!(own.owner.get("/me").await.ok()["organization"]["name"], "Công ty Thử Nghiệm");
}

#[test]
fn a_demo_that_was_not_loaded_to_its_end_says_so() {
    let database = Database::fresh();
    let app = App::open(&config(&["--clock", NOW]), database.target()).unwrap();
    let email = "tran.quoc.khanh@haidang.example".to_owned();
    let clock = &app.service.clock;
    let begun = app.service.db.write_now(Scope::System, |conn, _| {
        let account = identity::create_account(conn, clock.new_id(), &email, None, clock.now())?;
        let new = NewOrganization {
            name: "Hải Đăng".to_owned(),
            time_zone: chrono_tz::Tz::Asia__Ho_Chi_Minh,
            locale: Locale::Vi,
            currency: None,
            account,
            owner_name: "Trần Quốc Khánh".to_owned(),
            owner_email: email.clone(),
        };
        org::found(conn, clock, &std::sync::Arc::default(), &new)
    });
    begun.unwrap();
    assert!(matches!(open(&database, NOW, 1, false), Err(DemoError::Unfinished)));
}

#[test]
fn the_program_prints_one_line_of_json_for_scripts() {
    let database = Database::fresh();
    let mut program = Command::new(env!("CARGO_BIN_EXE_goaltree"))
        .args(["demo", "--json", "--listen", "127.0.0.1:0", "--log", "error", "--clock", NOW])
        .args(database.arguments())
        .env_remove("DATABASE_URL")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    program.kill().unwrap();
    program.wait().unwrap();
    let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&said), ["accounts", "docs_url", "url"]);
    assert_eq!(said["docs_url"].as_str().unwrap(), format!("{}/docs", said["url"].as_str().unwrap()));
    assert_eq!(said["accounts"].as_array().unwrap().len(), 5);
    assert_eq!(names(&said["accounts"][0]), ["email", "password", "role", "title"]);
}
