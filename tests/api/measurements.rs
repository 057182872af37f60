//! Measurements: recorded, replaced, corrected, removed, read.

mod amending;
mod batches;
mod homes;
mod listing;
mod recording;
mod sight;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A sales department with a northern team and its seller An, led by Trưởng; a southern team with Bình; metrics that are
/// measured for people and for units.
pub struct Sellers {
    pub app: TestApp,
    pub sales: String,
    pub north: String,
    pub south: String,
    pub lead: Client,
    pub an: Client,
    pub binh: Client,
    pub won: String,
}

impl Sellers {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let company = app.company().await;
        let sales = app.unit("department", "Kinh doanh", &company).await;
        let north = app.unit("team", "Miền Bắc", &sales).await;
        let south = app.unit("team", "Miền Nam", &sales).await;
        let lead = app.member("Lê Trưởng", &north, json!({})).await;
        app.join(&lead, &north, "lead").await;
        let an = app.member("Nguyễn An", &north, json!({ "employee_code": "NV-1" })).await;
        let binh = app.member("Trần Bình", &south, json!({ "employee_code": "NV-2" })).await;
        let won = metric(&app.owner, "won_value", json!({ "dimensions": ["product", "region"] })).await;
        metric(&app.owner, "leads", json!({ "measured_for": "unit" })).await;
        Self { app, sales, north, south, lead, an, binh, won }
    }

    /// A measurement of An.
    pub fn deal(&self, external_id: &str, value: &str, date: &str) -> Value {
        json!({
            "metric": "won_value", "person_id": self.an.person, "date": date, "value": value, "source": "crm",
            "external_id": external_id,
        })
    }

    /// Records a measurement as the owner.
    pub async fn record(&self, body: &Value) -> Value {
        self.app.owner.post("/measurements", body).await.ok()
    }

    /// Sends a batch as the owner.
    pub async fn batch(&self, items: &[Value]) -> Value {
        self.app.owner.post("/measurements", &json!({ "items": items })).await.status(200)
    }

    /// How many measurements the owner sees, the removed ones too.
    pub async fn count(&self) -> u64 {
        let all = self.app.owner.get("/measurements?include_removed=true&include_total=true&limit=1").await.ok();
        all["total"].as_u64().unwrap()
    }
}

/// A metric that is measured, for people unless said, and summed up.
pub async fn metric(owner: &Client, code: &str, more: Value) -> String {
    let mut body = json!({
        "code": code, "name": { "en": code, "vi": code }, "unit": "number", "time_aggregation": "sum",
        "people_aggregation": "sum", "measured_for": "person",
    });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    owner.post("/metrics", &body).await.id()
}

/// What the items of a batch came to.
pub fn outcomes(answer: &Value) -> Vec<String> {
    let outcome = |item: &Value| match item["outcome"].as_str() {
        Some(outcome) => outcome.to_owned(),
        None => item["problem"]["code"].as_str().unwrap().to_owned(),
    };
    answer["items"].as_array().unwrap().iter().map(outcome).collect()
}

/// A member of each entry of a list.
pub fn each(list: &[Value], member: &str) -> Vec<String> {
    list.iter().map(|entry| entry[member].as_str().unwrap_or_default().to_owned()).collect()
}
