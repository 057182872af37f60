//! A small company that sells, with what was measured of it.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A sales department with a northern and a southern team beside an engineering department.
pub struct World {
    pub app: TestApp,
    pub company: String,
    pub sales: String,
    pub north: String,
    pub south: String,
    /// Leads sales.
    pub head: Client,
    /// Leads the northern team.
    pub lead: Client,
    /// Works in the northern team.
    pub an: Client,
    /// Works in the northern team.
    pub binh: Client,
    /// Works in the southern team.
    pub chi: Client,
    /// Works in engineering.
    pub dung: Client,
    /// Deals won and lost, and their value: summed over time and people.
    pub won: String,
    pub lost: String,
    pub value: String,
    /// Won of all that were closed, in percent.
    pub rate: String,
}

impl World {
    /// The company on the fourteenth of February 2026, with nothing measured.
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let company = app.company().await;
        let sales = app.unit("department", "Kinh doanh", &company).await;
        let north = app.unit("team", "Nhóm miền Bắc", &sales).await;
        let south = app.unit("team", "Nhóm miền Nam", &sales).await;
        let tech = app.unit("department", "Kỹ thuật", &company).await;
        let head = app.member("Hoàng Văn Đầu", &sales, json!({})).await;
        let lead = app.member("Lê Thị Trưởng", &north, json!({})).await;
        let an = app.member("Nguyễn Văn An", &north, json!({})).await;
        let binh = app.member("Trần Văn Bình", &north, json!({})).await;
        let chi = app.member("Phạm Thị Chi", &south, json!({})).await;
        let dung = app.member("Đỗ Văn Dũng", &tech, json!({})).await;
        app.join(&head, &sales, "lead").await;
        app.join(&lead, &north, "lead").await;
        let won = metric(&app, "deals_won", sums(json!({ "dimensions": ["product", "region"] }))).await;
        let lost = metric(&app, "deals_lost", sums(json!({ "dimensions": ["product"] }))).await;
        let value = metric(&app, "won_value", sums(json!({ "dimensions": ["product"] }))).await;
        let formula = json!({ "unit": "percent", "formula": "deals_won / (deals_won + deals_lost) * 100" });
        let rate = metric(&app, "win_rate", formula).await;
        Self { app, company, sales, north, south, head, lead, an, binh, chi, dung, won, lost, value, rate }
    }

    /// Records what was measured of people: metric, whom, the day, the value.
    pub async fn measured(&self, rows: &[(&str, &Client, &str, &str)]) {
        let item = |(metric, person, date, value): &(&str, &Client, &str, &str)| json!({ "metric": metric, "person_id": person.person, "date": date, "value": value, "source": "crm" });
        self.record(rows.iter().map(item).collect()).await;
    }

    /// Records measurements.
    pub async fn record(&self, items: Vec<Value>) {
        let taken = self.app.owner.post("/measurements", &json!({ "items": items })).await.ok();
        assert_eq!(taken["refused"], 0, "{taken}");
    }

    pub async fn series(&self, reader: &Client, metric: &str, query: &str) -> Value {
        reader.get(&format!("/metrics/{metric}/series?{query}")).await.ok()
    }

    /// The company's ranking rule.
    pub async fn rank_for(&self, ranking: &str) {
        self.app.owner.patch("/organization", &json!({ "ranking_visibility": ranking })).await.ok();
    }
}

/// A metric that is summed over time and people.
pub fn sums(more: Value) -> Value {
    let mut body = json!({
        "unit": "count", "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "person",
    });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

pub async fn metric(app: &TestApp, code: &str, mut body: Value) -> String {
    body["code"] = json!(code);
    body["name"] = json!({ "en": code });
    app.owner.post("/metrics", &body).await.id()
}

/// One field of every point.
pub fn each(figures: &Value, field: &str) -> Value {
    figures["points"].as_array().expect("points").iter().map(|point| point[field].clone()).collect()
}

/// Of every group its rank, name and total.
pub fn ranked(series: &Value) -> Value {
    let groups = series["groups"].as_array().expect("groups").iter();
    let name = |group: &Value| {
        let named = [&group["person"]["name"], &group["unit"]["name"], &group["dimension_value"]];
        named.into_iter().find(|name| !name.is_null()).cloned().unwrap_or_default()
    };
    groups.map(|group| json!([group["rank"], name(group), group["total"]["value"]])).collect()
}
