//! The organization that the rows are about, and another one beside it.

use crate::callers::Caller;
use crate::policy::{Oracle, VISIBILITIES};
use crate::support::{Client, PASSWORD, TestApp};
use goaltree::domain::access::Actor;
use goaltree::domain::ids::{OrganizationId, PersonId, UnitId};
use goaltree::domain::words::{Participation, Scope, Visibility};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A goal that was made for the rows.
pub struct Made {
    pub id: String,
    pub title: String,
    pub visibility: Visibility,
}

/// A sales department with a northern team beside an engineering department; everyone signed in; another organization.
pub struct World {
    pub app: TestApp,
    pub clients: HashMap<Caller, Client>,
    pub oracle: Oracle,
    /// What is there from the start, by the names that the rows use.
    pub fixed: HashMap<&'static str, String>,
    /// What is made when a row needs it and made anew when a request has used it, with the visibility of its goal.
    pub fresh: HashMap<(String, Visibility), String>,
    /// Every goal that only some may see.
    pub goals: Vec<Made>,
    pub(crate) made: usize,
    /// The last year of cycles that was made.
    pub(crate) year: usize,
}

impl World {
    pub async fn new() -> Self {
        Self::on(TestApp::configured(&["--sign-up", "true"]).await, "").await
    }

    /// Another organization of the same instance, furnished alike.
    pub async fn beside(&self) -> Self {
        Self::on(self.app.beside(self.clients[&Caller::Foreign].clone()), " Khác").await
    }

    /// An owner's organization, in which everyone's name ends alike.
    async fn on(app: TestApp, suffix: &str) -> Self {
        let company = app.company().await;
        let sales = app.unit("department", "Kinh doanh", &company).await;
        let north = app.unit("team", "Nhóm miền Bắc", &sales).await;
        let tech = app.unit("department", "Kỹ thuật", &company).await;
        let expired = app.member(&format!("Hết Hạn{suffix}"), &north, json!({})).await;
        let outdated = expired.with_token(&expired.token());
        app.set_clock("2026-02-14T03:00:00Z");
        app.owner.get("/me").await.ok();
        let mut clients = HashMap::from([
            (Caller::Anonymous, app.anonymous()),
            (Caller::Expired, outdated),
            (Caller::Foreign, other_owner(&app, suffix).await),
            (Caller::Owner, app.owner.clone()),
        ]);
        for (caller, name, unit, role) in [
            (Caller::Deactivated, "Đã Nghỉ", &north, "member"),
            (Caller::Viewer, "Người Xem", &north, "viewer"),
            (Caller::Unrelated, "Người Ngoài", &tech, "member"),
            (Caller::Follower, "Người Theo Dõi", &tech, "member"),
            (Caller::Contributor, "Người Góp Sức", &tech, "member"),
            (Caller::Supervisor, "Người Giám Sát", &tech, "member"),
            (Caller::Delegate, "Người Thay", &tech, "member"),
            (Caller::GoalOwner, "Nguyễn Văn An", &north, "member"),
            (Caller::TeamLead, "Lê Thị Trưởng", &north, "member"),
            (Caller::DepartmentLead, "Hoàng Văn Đầu", &sales, "member"),
            (Caller::Hr, "Phạm Nhân Sự", &company, "admin"),
        ] {
            clients.insert(caller, app.member(&format!("{name}{suffix}"), unit, json!({ "role": role })).await);
        }
        app.join(&clients[&Caller::TeamLead], &north, "lead").await;
        app.join(&clients[&Caller::DepartmentLead], &sales, "lead").await;
        app.join(&clients[&Caller::Supervisor], &sales, "supervisor").await;
        let stands = json!({
            "delegate_id": clients[&Caller::Delegate].person, "rights": ["check_in", "approve", "review"], "first": "2026-02-14",
            "last": "2026-03-31",
        });
        let delegation = clients[&Caller::TeamLead].post("/delegations", &stands).await.id();
        let left = &clients[&Caller::Deactivated];
        app.owner.patch(&format!("/people/{}", left.person), &json!({ "active": false })).await.ok();
        let machines = [Caller::ReadToken, Caller::GoalsToken, Caller::MeasurementsToken, Caller::AdminToken];
        for (caller, scope) in machines.into_iter().filter_map(|caller| Some((caller, caller.scope()?))) {
            let made = app.owner.post("/api-tokens", &json!({ "name": scope, "scopes": [scope] })).await.ok();
            clients.insert(caller, app.owner.with_token(made["token"].as_str().unwrap()));
        }
        let fixed = HashMap::from([
            ("company", company),
            ("sales", sales),
            ("north", north),
            ("tech", tech),
            ("standing", delegation),
        ]);
        let oracle = oracle(&app, &clients, &fixed).await;
        let mut world =
            Self { app, clients, oracle, fixed, fresh: HashMap::new(), goals: Vec::new(), made: 0, year: 2030 };
        world.furnish().await;
        world
    }

    /// The cycles, the metric, and the people by the names that the rows use.
    async fn furnish(&mut self) {
        let governed = json!({ "cadence": "none", "approval_required": true, "change_approval": "manager" });
        let quarter = self.app.quarter().await;
        let governed = self.app.cycle("2026-01-01", "2026-03-31", governed).await;
        let closed = self.app.cycle("2026-01-01", "2026-01-31", json!({ "cadence": "none" })).await;
        let enclosing = self.app.cycle("2026-01-01", "2026-12-31", json!({ "cadence": "none" })).await;
        let body = json!({ "kind": "custom", "name": "Kế hoạch", "starts_on": "2026-04-01", "ends_on": "2026-06-30" });
        let draft = self.owner().post("/cycles", &body).await.id();
        let metric = json!({ "code": "rev", "name": { "vi": "Doanh thu" }, "unit": "currency" });
        let metric = self.owner().post("/metrics", &metric).await.id();
        let measured = async |code: &str, of: &str| {
            let metric = json!({
                "code": code, "name": { "en": code }, "unit": "number", "measured_for": of, "time_aggregation": "sum",
                "people_aggregation": "sum",
            });
            self.owner().post("/metrics", &metric).await.id()
        };
        let (measured, of_units) = (measured("deals", "person").await, measured("leads", "unit").await);
        self.fixed.extend([
            ("measured", measured),
            ("measured_of_units", of_units),
            ("quarter", quarter),
            ("governed", governed),
            ("closed", closed),
            ("enclosing", enclosing),
            ("draft_cycle", draft),
            ("metric", metric),
        ]);
        for (name, caller) in [
            ("an", Caller::GoalOwner),
            ("unrelated", Caller::Unrelated),
            ("contributor", Caller::Contributor),
            ("owner", Caller::Owner),
            ("team_lead", Caller::TeamLead),
        ] {
            self.fixed.insert(name, self.clients[&caller].person.clone());
        }
        let secret = json!({
            "cycle_id": self.fixed["draft_cycle"], "kind": "objective", "title": "Chưa công bố", "scope": "company",
            "visibility": "public",
        });
        let secret = self.owner().post("/goals", &secret).await.id();
        self.fixed.insert("unpublished", secret);
    }

    pub fn owner(&self) -> Client {
        self.app.owner.clone()
    }

    pub fn client(&self, caller: Caller) -> &Client {
        &self.clients[&caller]
    }

    /// The goals that a caller may not see.
    pub fn hidden_from(&self, caller: Caller) -> impl Iterator<Item = &Made> {
        use goaltree::domain::access::Action::See;
        let sees: Vec<_> = VISIBILITIES.iter().copied().filter(|each| self.oracle.allows(caller, See, *each)).collect();
        self.goals.iter().filter(move |made| !sees.contains(&made.visibility))
    }
}

/// The owner of another organization.
async fn other_owner(app: &TestApp, suffix: &str) -> Client {
    let email = format!("foreign{}@example.com", suffix.len());
    let body = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": email, "password": PASSWORD, "display_name": "Chủ Khác",
    });
    let made = app.anonymous().post("/organizations", &body).await.ok();
    Client::signed_in(&app.url, &email, &made)
}

/// The policy with everyone as the service itself knows them.
async fn oracle(app: &TestApp, clients: &HashMap<Caller, Client>, fixed: &HashMap<&str, String>) -> Oracle {
    let me: Value = app.owner.get("/me").await.ok();
    let organization = OrganizationId(me["organization"]["id"].as_str().unwrap().parse().unwrap());
    let inside = clients.iter().filter(|(caller, _)| caller.is_inside() && caller.scope().is_none());
    let actors = inside.map(|(caller, client)| (*caller, actor(app, organization, &client.person))).collect();
    let person = |caller: Caller| PersonId(clients[&caller].person.parse().unwrap());
    let unit = |name: &str| UnitId(fixed[name].parse().unwrap());
    Oracle {
        actors,
        units: HashMap::from([
            (Scope::Company, unit("company")),
            (Scope::Department, unit("sales")),
            (Scope::Team, unit("north")),
            (Scope::Person, unit("north")),
        ]),
        owner: person(Caller::GoalOwner),
        people: vec![
            (person(Caller::Contributor), Participation::Contributor),
            (person(Caller::Follower), Participation::Follower),
        ],
    }
}

fn actor(app: &TestApp, organization: OrganizationId, person: &str) -> Actor {
    let person = PersonId(person.parse().unwrap());
    let (actor, _) = app.app.service.write_as(organization, person, "test", |tx| Ok(tx.actor.clone())).unwrap();
    actor
}
