//! Figures through HTTP: exact, as one may see them, on any day.

mod as_of;
mod explain;
mod hidden;
mod history;
mod lists;
mod measured;
mod memory;
mod simulate;
mod tree;
mod trend;
mod verify;
mod worked_example;

use crate::support::{Client, TestApp};
use goaltree::figures::{ForestLimits, Forests, verify};
use serde_json::{Value, json};

/// Makes a goal of a cycle, with what is said of it beside.
pub(crate) async fn draft(client: &Client, cycle: &str, title: &str, more: Value) -> String {
    let mut body = json!({ "cycle_id": cycle, "title": title });
    for (key, value) in more.as_object().cloned().unwrap_or_default() {
        body[key] = value;
    }
    client.post("/goals", &body).await.id()
}

/// Makes a goal, and makes it active: the client owns it, and the cycle asks for no approval.
pub(crate) async fn goal(client: &Client, cycle: &str, title: &str, more: Value) -> String {
    let id = draft(client, cycle, title, more).await;
    let active = lead_on(client, &id, json!({ "to": "pending_approval" })).await;
    assert_eq!(active["state"], "active", "{active}");
    id
}

/// A KPI goal from 0 up to a target, checked in by its owner.
pub(crate) fn kpi(target: &str, parent: Option<&str>) -> Value {
    json!({ "kind": "kpi", "direction": "increase", "target": target, "parent_id": parent })
}

pub(crate) async fn lead_on(client: &Client, goal: &str, body: Value) -> Value {
    client.post(&format!("/goals/{goal}/transition"), &body).await.ok()
}

pub(crate) async fn check_in(client: &Client, goal: &str, value: &str, day: &str) {
    let body = json!({ "value": value, "effective_date": day });
    client.post(&format!("/goals/{goal}/check-ins"), &body).await.status(201);
}

pub(crate) async fn link(client: &Client, child: &str, parent: &str, weight: &str) {
    client.put(&format!("/goals/{child}/links/{parent}"), &json!({ "weight": weight, "primary": false })).await.ok();
}

/// The goal as it is.
pub(crate) async fn node(client: &Client, goal: &str) -> Value {
    client.get(&format!("/goals/{goal}")).await.ok()
}

/// The titles of goals, in their order.
pub(crate) fn titles(goals: &Value) -> Vec<&str> {
    goals.as_array().into_iter().flatten().filter_map(|goal| goal["title"].as_str()).collect()
}

/// Every figure that is served, and every figure of a memory that is loaded anew, is what the plain evaluator gives.
pub(crate) fn must_agree(app: &TestApp) {
    let service = &app.app.service;
    for forests in [&*app.app.forests, &Forests::new(ForestLimits { most_goals: 10_000 })] {
        let found = verify(&service.db, &service.clock, forests).expect("it can be verified");
        assert!(found.differences.is_empty(), "{found}");
    }
}
