//! Measured goals: they move with each measurement, are corrected with it, and are explained by it.

mod feed;
mod making;
mod moving;
mod told;
mod verified;

use super::{goal, must_agree, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A sales department with two teams: An and Chi sell in the north under Trưởng, Bình in the south; HR measures won and
/// lost deals of people.
struct Sales {
    app: TestApp,
    cycle: String,
    department: String,
    north: String,
    lead: Client,
    an: Client,
    binh: Client,
    chi: Client,
    won: String,
    lost: String,
    win_rate: String,
}

impl Sales {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let company = app.company().await;
        let department = app.unit("department", "Kinh doanh", &company).await;
        let north = app.unit("team", "Miền Bắc", &department).await;
        let south = app.unit("team", "Miền Nam", &department).await;
        let lead = app.member("Lê Trưởng", &north, json!({})).await;
        app.join(&lead, &north, "lead").await;
        let an = app.member("Nguyễn An", &north, json!({})).await;
        let binh = app.member("Trần Bình", &south, json!({})).await;
        let chi = app.member("Lê Chi", &north, json!({})).await;
        let won = metric(&app, "won", json!({})).await;
        let lost = metric(&app, "lost", json!({})).await;
        let name = json!({ "en": "Win rate", "vi": "Tỷ lệ thắng" });
        let formula = json!({ "code": "win_rate", "name": name, "unit": "percent", "formula": "won / (won + lost)" });
        let win_rate = app.owner.post("/metrics", &formula).await.id();
        let cycle = app.quarter().await;
        Self { app, cycle, department, north, lead, an, binh, chi, won, lost, win_rate }
    }

    /// A measured goal on a metric, of the owner's: 0 → 100 in the department unless said.
    async fn goal(&self, title: &str, metric: &str, more: Value) -> String {
        let mut body = json!({
            "kind": "kpi", "source": "measurements", "metric_id": metric, "direction": "increase", "target": "100",
            "scope": "department", "unit_id": self.department,
        });
        for (key, value) in more.as_object().cloned().unwrap_or_default() {
            body[key] = value;
        }
        goal(&self.app.owner, &self.cycle, title, body).await
    }

    /// A person's own goal on won deals.
    async fn own(&self, person: &Client) -> String {
        self.own_for(person, json!({})).await
    }

    /// The same, saying more.
    async fn own_for(&self, person: &Client, more: Value) -> String {
        let mut body = json!({
            "cycle_id": self.cycle, "title": "Của tôi", "kind": "kpi", "source": "measurements", "metric_id": self.won,
            "direction": "increase", "target": "10", "scope": "person",
        });
        body["owner_id"] = json!(person.person);
        for (key, value) in more.as_object().cloned().unwrap_or_default() {
            body[key] = value;
        }
        let id = self.app.owner.post("/goals", &body).await.id();
        person.post(&format!("/goals/{id}/transition"), &json!({ "to": "active" })).await.ok();
        id
    }

    /// Measures a person, and answers the measurement's id.
    async fn measure(&self, metric: &str, person: &Client, on: &str, value: &str) -> String {
        let body = json!({ "metric": metric, "person_id": person.person, "date": on, "value": value, "source": "crm" });
        self.app.owner.post("/measurements", &body).await.id()
    }

    async fn value(&self, goal: &str) -> Value {
        node(&self.app.owner, goal).await["value"].clone()
    }
}

/// A metric that is measured for people and summed up.
async fn metric(app: &TestApp, code: &str, more: Value) -> String {
    let mut body = json!({
        "code": code, "name": { "en": format!("Deals {code}"), "vi": format!("Hợp đồng {code}") }, "unit": "count",
        "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "person",
    });
    for (key, value) in more.as_object().cloned().unwrap_or_default() {
        body[key] = value;
    }
    app.owner.post("/metrics", &body).await.id()
}
