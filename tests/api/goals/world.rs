//! A small company to set goals in.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A sales department with a northern team beside an engineering department, and a quarter that is under way.
pub struct World {
    pub app: TestApp,
    pub company: String,
    pub sales: String,
    pub north: String,
    pub engineering: String,
    /// HR.
    pub hr: Client,
    /// Leads sales.
    pub head: Client,
    /// Leads the northern team.
    pub lead: Client,
    /// Works in the northern team.
    pub an: Client,
    /// Leads engineering.
    pub tech: Client,
    pub quarter: String,
}

impl World {
    pub async fn new() -> Self {
        Self::with(json!({ "cadence": "none", "approval_required": false })).await
    }

    /// One whose quarter has these settings.
    pub async fn with(settings: Value) -> Self {
        let app = TestApp::new().await;
        let company = app.company().await;
        let sales = app.unit("department", "Kinh doanh", &company).await;
        let north = app.unit("team", "Nhóm miền Bắc", &sales).await;
        let engineering = app.unit("department", "Kỹ thuật", &company).await;
        let hr = app.member("Phạm Nhân Sự", &company, json!({ "role": "admin" })).await;
        let head = app.member("Hoàng Văn Đầu", &sales, json!({})).await;
        let lead = app.member("Lê Thị Trưởng", &north, json!({})).await;
        let an = app.member("Nguyễn Văn An", &north, json!({})).await;
        let tech = app.member("Đỗ Kỹ Sư", &engineering, json!({})).await;
        app.join(&head, &sales, "lead").await;
        app.join(&lead, &north, "lead").await;
        app.join(&tech, &engineering, "lead").await;
        let quarter = app.cycle("2026-01-01", "2026-03-31", settings).await;
        Self { app, company, sales, north, engineering, hr, head, lead, an, tech, quarter }
    }

    /// An objective of someone's own.
    pub fn objective(&self, title: &str) -> Value {
        json!({ "cycle_id": self.quarter, "kind": "objective", "title": title })
    }

    /// A KPI goal of someone's own, from 0 to 100.
    pub fn kpi(&self, title: &str) -> Value {
        json!({ "cycle_id": self.quarter, "kind": "kpi", "title": title, "direction": "increase", "target": "100" })
    }

    /// The company's objective, active, owned by its owner.
    pub async fn company_objective(&self) -> String {
        let id = make(&self.app.owner, and(self.objective("Dẫn đầu thị trường"), json!({ "scope": "company" }))).await;
        activate(&self.app.owner, &id).await;
        id
    }

    /// A metric with a code.
    pub async fn metric(&self, code: &str) -> String {
        let body = json!({ "code": code, "name": { "vi": "Doanh thu" }, "unit": "currency", "direction": "increase" });
        self.app.owner.post("/metrics", &body).await.id()
    }
}

/// A body with more in it.
pub fn and(mut body: Value, more: Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

/// Makes a goal.
pub async fn make(client: &Client, body: Value) -> String {
    client.post("/goals", &body).await.id()
}

/// Takes a goal to a state.
pub async fn go(client: &Client, goal: &str, to: &str) -> crate::support::Reply {
    let body = json!({ "to": to, "reason": "Theo kế hoạch" });
    client.post(&format!("/goals/{goal}/transition"), &body).await
}

/// Submits a goal in a cycle that asks for no approval.
pub async fn activate(owner: &Client, goal: &str) {
    let active = go(owner, goal, "pending_approval").await.ok();
    assert_eq!(active["state"], "active");
}

/// Makes a goal that is active at once.
pub async fn make_active(owner: &Client, body: Value) -> String {
    let id = make(owner, body).await;
    activate(owner, &id).await;
    id
}

/// Links a goal under another.
pub async fn link(client: &Client, child: &str, parent: &str, body: Value) -> crate::support::Reply {
    client.put(&format!("/goals/{child}/links/{parent}"), &body).await
}

/// A goal as someone sees it.
pub async fn node(client: &Client, goal: &str) -> Value {
    client.get(&format!("/goals/{goal}")).await.ok()
}
