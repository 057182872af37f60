//! A sales company: a KPI goal of the company, rolled up from two teams' goals, these from the goals of sellers who
//! check in.

use super::{Client, PASSWORD, TestApp};
use actix_web::rt;
use goaltree::figures::{ForestLimits, Forests, verify};
use serde_json::{Value, json};

/// The company with its goals, all active.
pub struct Sales {
    pub app: TestApp,
    /// The cycle.
    pub quarter: String,
    /// The company's goal: the sum of the teams'.
    pub company: String,
    /// The teams' goals: the sums of the goals under them.
    pub teams: [String; 2],
    /// Those who sell, each with a goal: 0 → 100, under the first team's.
    pub sellers: Vec<(Client, String)>,
}

/// What a goal stands at.
pub async fn value_of(reader: &Client, goal: &str) -> Value {
    reader.get(&format!("/goals/{goal}")).await.ok()["value"].clone()
}

/// Every figure in memory, and of a memory loaded anew, is what the plain evaluator gives, today and on days gone by.
pub fn verified(app: &TestApp) {
    let service = &app.app.service;
    let anew = Forests::new(ForestLimits { most_goals: 10_000 });
    for forests in [&*app.app.forests, &anew] {
        let found = verify(&service.db, &service.clock, forests).expect("it can be verified");
        assert!(found.differences.is_empty(), "{found}");
    }
}

/// Does something for each at the same time, and waits for all.
pub async fn at_once<T: 'static, F: Future<Output = T> + 'static>(tasks: impl IntoIterator<Item = F>) -> Vec<T> {
    let running: Vec<_> = tasks.into_iter().map(rt::spawn).collect();
    let mut done = Vec::new();
    for task in running {
        done.push(task.await.expect("a task ends well"));
    }
    done
}

impl Sales {
    /// The company with so many sellers.
    pub async fn with(sellers: usize) -> Self {
        let app = TestApp::new().await;
        let root = app.company().await;
        let quarter = app.quarter().await;
        let body = json!({ "code": "won_value", "name": { "en": "Won value", "vi": "Giá trị đơn thắng" }, "unit": "currency" });
        let metric = app.owner.post("/metrics", &body).await.id();
        let sum = json!({
            "cycle_id": quarter, "kind": "kpi", "source": "sum", "metric_id": metric, "direction": "increase",
            "target": "10000", "scope": "company", "title": "Doanh thu công ty",
        });
        let company = active(&app.owner, &app.owner, sum.clone()).await;
        let mut teams = Vec::new();
        for name in ["Miền Bắc", "Miền Nam"] {
            let unit = app.unit("team", name, &root).await;
            let mut body = sum.clone();
            (body["scope"], body["unit_id"], body["parent_id"]) = (json!("team"), json!(unit), json!(company));
            body["title"] = json!(format!("Doanh thu {name}"));
            teams.push((active(&app.owner, &app.owner, body).await, unit));
        }
        let [(north, unit), (south, _)]: [(String, String); 2] = teams.try_into().unwrap();
        let own = json!({
            "cycle_id": quarter, "kind": "kpi", "metric_id": metric, "target": "100", "scope": "person",
            "parent_id": north, "title": "Doanh thu cá nhân",
        });
        let people = sellers_of(&app, &unit, sellers).await;
        let owner = app.owner.clone();
        let goals = at_once(people.into_iter().map(|seller| {
            let (owner, mut body) = (owner.clone(), own.clone());
            async move {
                body["owner_id"] = json!(seller.person);
                let goal = active(&owner, &seller, body).await;
                (seller, goal)
            }
        }))
        .await;
        Self { app, quarter, company, teams: [north, south], sellers: goals }
    }
}

/// Someone makes a goal, and its owner commits to it.
pub async fn active(maker: &Client, owner: &Client, body: Value) -> String {
    let id = maker.post("/goals", &body).await.id();
    owner.post(&format!("/goals/{id}/transition"), &json!({ "to": "active" })).await.ok();
    id
}

/// So many members of a unit, each with an account.
async fn sellers_of(app: &TestApp, unit: &str, count: usize) -> Vec<Client> {
    let person = |index: usize| {
        let email = format!("seller{index}@example.com");
        json!({ "display_name": format!("Người bán {index}"), "unit_id": unit, "email": email })
    };
    joined(app, (0..count).map(person).collect()).await
}

/// Adds people who have an email address, and accepts their invitations for them.
pub async fn joined(app: &TestApp, people: Vec<Value>) -> Vec<Client> {
    let added = app.owner.post("/people/batch", &json!({ "items": people })).await.ok();
    let ids: Vec<_> = added["items"].as_array().unwrap().iter().map(|item| item["person"]["id"].clone()).collect();
    let invited = app.owner.post("/people/invitations", &json!({ "person_ids": ids })).await.ok();
    at_once(people.iter().zip(invited["items"].as_array().unwrap()).map(|(person, invitation)| {
        let (url, email) = (app.url.clone(), person["email"].as_str().unwrap().to_owned());
        let body = json!({ "token": invitation["token"], "password": PASSWORD });
        async move {
            let tokens = Client::anonymous(&url).post("/invitations/accept", &body).await.ok();
            Client::signed_in(&url, &email, &tokens)
        }
    }))
    .await
}
