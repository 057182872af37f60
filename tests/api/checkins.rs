//! Check-ins: what is said, who may say it, when, and what it moves.

mod amending;
mod batches;
mod saying;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A team in a quarter that is under way, with someone who sells, someone who helps, and someone who leads.
struct Team {
    app: TestApp,
    quarter: String,
    lead: Client,
    seller: Client,
    helper: Client,
    stranger: Client,
}

impl Team {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let company = app.company().await;
        let unit = app.unit("team", "Bán hàng Miền Nam", &company).await;
        let elsewhere = app.unit("team", "Kế toán", &company).await;
        let lead = app.member("Lê Văn Trưởng", &unit, json!({})).await;
        app.join(&lead, &unit, "lead").await;
        let seller = app.member("Phạm Thị Bán", &unit, json!({})).await;
        let helper = app.member("Đỗ Văn Giúp", &unit, json!({})).await;
        let stranger = app.member("Vũ Thị Lạ", &elsewhere, json!({})).await;
        let quarter = app.quarter().await;
        Self { app, quarter, lead, seller, helper, stranger }
    }

    /// An active KPI goal of the seller's, 0 → 100 unless it says otherwise.
    async fn goal(&self, more: Value) -> String {
        let id = self.draft(more).await;
        self.seller.post(&format!("/goals/{id}/transition"), &json!({ "to": "active" })).await.ok();
        id
    }

    async fn draft(&self, more: Value) -> String {
        let mut body = json!({
            "cycle_id": self.quarter, "kind": "kpi", "title": "Doanh thu quý", "scope": "person",
            "owner_id": self.seller.person, "contributors": [self.helper.person],
        });
        if more["direction"].is_null() && more["source"].is_null() {
            (body["direction"], body["target"]) = (json!("increase"), json!("100"));
        }
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        self.app.owner.post("/goals", &body).await.id()
    }

    /// The seller checks in.
    async fn says(&self, goal: &str, what: Value) -> Value {
        self.seller.check_in(goal, &what).await.status(201)
    }

    /// The goal's value and progress as anyone sees them now.
    async fn stands(&self, goal: &str) -> (Value, Value) {
        let node = self.app.owner.get(&format!("/goals/{goal}")).await.ok();
        (node["value"].clone(), node["progress"].clone())
    }
}

impl Client {
    async fn check_in(&self, goal: &str, what: &Value) -> crate::support::Reply {
        self.post(&format!("/goals/{goal}/check-ins"), what).await
    }
}

/// The id of the check-in that an answer holds.
fn check_in_of(answer: &Value) -> String {
    answer["check_in"]["id"].as_str().unwrap_or_else(|| panic!("no check-in in {answer}")).to_owned()
}

fn path(check_in: &str) -> String {
    format!("/check-ins/{check_in}")
}
