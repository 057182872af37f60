//! Real input: a CRM's deals become check-ins of the agents who won them, and the offices' and the company's figures
//! are those of the reference, quarter by quarter.

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

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use support::{Client, TestApp};

/// The last month of each quarter, by which its deals are checked in month by month.
const QUARTERS: [(&str, u32); 4] = [("2017-Q1", 3), ("2017-Q2", 6), ("2017-Q3", 9), ("2017-Q4", 12)];

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/crm-sales"));
    folder.exists().then_some(folder)
}

/// An agent with their manager and office.
struct Agent {
    name: String,
    manager: String,
    office: String,
}

fn agents(folder: &std::path::Path) -> Vec<Agent> {
    let mut rows = csv::Reader::from_path(folder.join("sales_teams.csv")).unwrap();
    let agent = |row: csv::StringRecord| Agent {
        name: row[0].to_owned(),
        manager: row[1].to_owned(),
        office: row[2].to_owned(),
    };
    rows.records().map(|row| agent(row.unwrap())).collect()
}

/// Won value by agent and month of 2017.
fn won(folder: &std::path::Path) -> BTreeMap<(String, u32), i64> {
    let mut won = BTreeMap::new();
    let mut rows = csv::Reader::from_path(folder.join("sales_pipeline.csv")).unwrap();
    for row in rows.records().map(Result::unwrap).filter(|row| &row[4] == "Won") {
        let closed: NaiveDate = row[6].parse().unwrap();
        assert_eq!(closed.year(), 2017);
        *won.entry((row[1].to_owned(), closed.month())).or_default() += row[7].parse::<i64>().unwrap();
    }
    won
}

/// The organization: offices, managers' teams, agents who sign in.
struct Company {
    app: TestApp,
    root: String,
    offices: BTreeMap<String, String>,
    teams: BTreeMap<String, String>,
    agents: BTreeMap<String, Client>,
    metric: String,
}

impl Company {
    async fn of(agents: &[Agent]) -> Self {
        let app = TestApp::at("2016-12-20T02:00:00Z").await;
        let root = app.company().await;
        let (mut offices, mut teams, mut clients) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for agent in agents {
            if !offices.contains_key(&agent.office) {
                let office = app.unit("department", &agent.office, &root).await;
                offices.insert(agent.office.clone(), office);
            }
            if !teams.contains_key(&agent.manager) {
                let team = app.unit("team", &agent.manager, &offices[&agent.office]).await;
                let manager = app.person(&agent.manager, &team, json!({})).await;
                app.owner.put(&format!("/units/{team}/members/{manager}"), &json!({ "role": "lead" })).await.ok();
                teams.insert(agent.manager.clone(), team);
            }
            let client = app.member(&agent.name, &teams[&agent.manager], json!({})).await;
            clients.insert(agent.name.clone(), client);
        }
        let metric = json!({
            "code": "won_value", "name": { "en": "Won value", "vi": "Giá trị thắng" }, "unit": "currency",
            "display_unit": "USD", "decimals": 0, "direction": "increase", "time_aggregation": "sum",
            "people_aggregation": "sum", "measured_for": "person",
        });
        let metric = app.owner.post("/metrics", &metric).await.id();
        Self { app, root, offices, teams, agents: clients, metric }
    }

    async fn goal(&self, cycle: &str, scope: &str, unit: &str, title: &str, more: Value) -> String {
        let mut body = json!({
            "cycle_id": cycle, "kind": "kpi", "scope": scope, "unit_id": unit, "title": title, "source": "sum",
            "metric_id": self.metric, "target": "1000000",
        });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.app.owner.post("/goals", &body).await.id()
    }
}

fn last_day(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2017, month, 1).unwrap() + chrono::Months::new(1) - chrono::Days::new(1)
}

/// One quarter: goals at every level, check-ins at each month's end, the figures at the quarter's end.
async fn live(company: &Company, agents: &[Agent], won: &BTreeMap<(String, u32), i64>, last: u32, expected: &Value) {
    let (app, quarter) = (&company.app, expected["quarter"].as_str().unwrap());
    let (first, end) = (NaiveDate::from_ymd_opt(2017, last - 2, 1).unwrap(), last_day(last));
    app.set_clock(&format!("{first}T02:00:00Z"));
    let settings = json!({ "cadence": "none", "approval_required": false });
    let cycle = app.cycle(&first.to_string(), &end.to_string(), settings).await;
    let top = company.goal(&cycle, "company", &company.root, quarter, json!({})).await;
    let mut own = vec![top.clone()];
    let (mut offices, mut teams, mut goals) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (name, unit) in &company.offices {
        let goal = company.goal(&cycle, "department", unit, name, json!({ "parent_id": top })).await;
        offices.insert(name.clone(), goal.clone());
        own.push(goal);
    }
    for agent in agents {
        if !teams.contains_key(&agent.manager) {
            let (unit, parent) = (&company.teams[&agent.manager], &offices[&agent.office]);
            let goal = company.goal(&cycle, "team", unit, &agent.manager, json!({ "parent_id": parent })).await;
            teams.insert(agent.manager.clone(), goal.clone());
            own.push(goal);
        }
        let (unit, client) = (&company.teams[&agent.manager], &company.agents[&agent.name]);
        let more = json!({ "parent_id": teams[&agent.manager], "owner_id": client.person, "source": "check_ins" });
        let goal = company.goal(&cycle, "person", unit, &agent.name, more).await;
        client.post(&format!("/goals/{goal}/transition"), &json!({ "to": "pending_approval" })).await.ok();
        goals.insert(agent.name.clone(), goal);
    }
    for goal in &own {
        app.owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "pending_approval" })).await.ok();
    }
    for month in last - 2..=last {
        app.set_clock(&format!("{}T10:00:00Z", last_day(month)));
        for agent in agents {
            let Some(value) = won.get(&(agent.name.clone(), month)) else { continue };
            let path = format!("/goals/{}/check-ins", goals[&agent.name]);
            let body = json!({ "increment": value.to_string(), "note": format!("Closed in month {month}") });
            company.agents[&agent.name].post(&path, &body).await.status(201);
        }
    }
    let value = async |goal: &str| app.owner.get(&format!("/goals/{goal}")).await.ok()["value"].clone();
    assert_eq!(value(&top).await, expected["company"], "{quarter}");
    for (name, goal) in &offices {
        assert_eq!(value(goal).await, expected["offices"][name], "{quarter} {name}");
    }
}

/// `"2802496.0000"` as goaltree writes it.
fn shortest(reference: &Value) -> Value {
    json!(reference.as_str().unwrap().trim_end_matches('0').trim_end_matches('.'))
}

#[actix_web::test]
async fn offices_and_company_come_to_the_references_won_value_in_every_quarter() {
    let Some(folder) = folder() else {
        eprintln!("skipped: ../shared/data/crm-sales is not there");
        return;
    };
    let (agents, won) = (agents(&folder), won(&folder));
    let reference: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    assert_eq!(agents.len(), 35);
    let company = Company::of(&agents).await;
    for (quarter, last) in QUARTERS {
        let of = |scope: &Value| shortest(&scope["quarters"][quarter]["won_value"]);
        let offices = reference["offices"].as_object().unwrap();
        let expected = json!({
            "quarter": quarter,
            "company": of(&reference["company"]),
            "offices": offices.iter().map(|(name, office)| (name.clone(), of(office))).collect::<BTreeMap<_, _>>(),
        });
        live(&company, &agents, &won, last, &expected).await;
    }
    let service = &company.app.app.service;
    let verified = goaltree::figures::verify(&service.db, &service.clock, &company.app.app.forests).unwrap();
    assert!(verified.differences.is_empty(), "{verified}");
}
