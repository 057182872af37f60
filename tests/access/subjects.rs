//! What requests are about: made when a row names it, made anew when a request has used it.

use crate::callers::Caller;
use crate::support::{Client, PASSWORD};
use crate::world::{Made, World};
use goaltree::domain::words::Visibility;
use reqwest::Method;
use serde_json::{Value, json};

impl World {
    /// A text with every `{{name}}` in it replaced by the id of what has that name.
    pub async fn filled(&mut self, text: &str, caller: Caller, visibility: Visibility) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let end = rest[at..].find("}}").expect("a name ends") + at;
            filled.push_str(&rest[..at]);
            filled.push_str(&self.subject(&rest[at + 2..end], caller, visibility).await);
            rest = &rest[end + 2..];
        }
        (filled + rest).replace("\"#", "").replace("#\"", "")
    }

    /// Forgets what a request may have used.
    pub fn used(&mut self) {
        self.fresh.clear();
    }

    async fn subject(&mut self, name: &str, caller: Caller, visibility: Visibility) -> String {
        if let Some(id) = self.fixed.get(name) {
            return id.clone();
        }
        let key = (name.to_owned(), visibility);
        if let Some(id) = self.fresh.get(&key) {
            return id.clone();
        }
        let id = Box::pin(self.make(name, caller, visibility)).await;
        // What is a caller's own is nobody else's.
        if !name.starts_with("my_") {
            self.fresh.insert(key, id.clone());
        }
        id
    }

    fn number(&mut self) -> usize {
        self.made += 1;
        self.made
    }

    async fn make(&mut self, name: &str, caller: Caller, visibility: Visibility) -> String {
        let number = self.number();
        let owner = self.owner();
        match name {
            "code" => format!("m{number}"),
            "email" => format!("new{number}.{}@example.com", &self.fixed["company"][24..]),
            // A number: what stands between the marks loses its quotes.
            "year" => {
                self.year += 1;
                format!("#{}#", self.year)
            }
            "draft" | "active" | "objective" | "pending" | "request" | "linked" | "check_in" => {
                self.goal(name, visibility).await
            }
            "own_goal" => {
                let unrelated = self.client(Caller::Unrelated);
                let mut body = self.kpi(&format!("Việc riêng {number}"), Visibility::Public);
                body["contributors"] = json!([]);
                body["followers"] = json!([]);
                started(unrelated, body).await
            }
            "public_objective" | "second_objective" => {
                let body = json!({
                    "cycle_id": self.fixed["quarter"], "kind": "objective", "title": format!("Chung {number}"),
                    "scope": "company", "visibility": "public",
                });
                started(&owner, body).await
            }
            "free_unit" => self.app.unit("team", &format!("Nhóm {number}"), &self.fixed["tech"]).await,
            "free_person" => {
                let email = format!("free{number}.{}@example.com", &self.fixed["company"][24..]);
                self.app.person(&format!("Rảnh {number}"), &self.fixed["tech"], json!({ "email": email })).await
            }
            "placed" | "placed_in_tech" => {
                let unit = &self.fixed[if name == "placed" { "north" } else { "tech" }];
                let person = self.app.person(&format!("Phụ {number}"), &self.fixed["company"], json!({})).await;
                let path = format!("/units/{unit}/members/{person}");
                owner.put(&path, &json!({ "role": "member" })).await.ok();
                person
            }
            "free_admin" => {
                let body = json!({ "email": format!("hr{number}.{}@example.com", &self.fixed["company"][24..]), "role": "admin" });
                self.app.person(&format!("Nhân sự {number}"), &self.fixed["tech"], body).await
            }
            "draft_cycle_free" | "planning_cycle" | "closed_cycle" => self.cycle(name, number).await,
            "free_metric" => {
                let body = json!({ "code": format!("k{number}"), "name": { "en": "Free" }, "unit": "number" });
                owner.post("/metrics", &body).await.id()
            }
            "measurement" | "unit_measurement" => {
                let mut body = json!({ "date": "2026-02-01", "value": "1", "source": "crm" });
                if name == "measurement" {
                    (body["metric"], body["person_id"]) = (json!("deals"), json!(self.fixed["an"]));
                } else {
                    (body["metric"], body["unit_id"]) = (json!("leads"), json!(self.fixed["north"]));
                }
                owner.post("/measurements", &body).await.id()
            }
            "invitation_token" | "reset_token" => {
                let email = format!("invited{number}.{}@example.com", &self.fixed["company"][24..]);
                let body = json!({ "email": email });
                let person = self.app.person(&format!("Mời {number}"), &self.fixed["tech"], body).await;
                let body = json!({ "person_ids": [person] });
                let invited = owner.post("/people/invitations", &body).await.ok();
                invited["items"][0]["token"].as_str().unwrap().to_owned()
            }
            "refresh_token" => {
                let body = json!({ "email": "owner@example.com", "password": PASSWORD });
                let tokens = self.app.anonymous().post("/auth/login", &body).await.ok();
                tokens["refresh_token"].as_str().unwrap().to_owned()
            }
            "review_cycle" => self.review("review_new", number).await.0,
            name if name.starts_with("goal_of_") => {
                let review = Box::pin(self.subject(&name["goal_of_".len()..], caller, visibility)).await;
                let goals = owner.get(&format!("/reviews/{review}")).await.ok()["goals"].take();
                goals[0]["id"].as_str().expect("a goal").to_owned()
            }
            name if name.starts_with("review_") && name != "review_template" => self.review(name, number).await.1,
            "review_template" => {
                owner.post("/review-templates", &json!({ "name": format!("Mẫu {number}") })).await.id()
            }
            "delegation" => {
                let stands = json!({
                    "delegate_id": self.client(Caller::Delegate).person, "rights": ["review"], "first": "2026-06-01",
                    "last": "2026-06-02",
                });
                self.client(Caller::TeamLead).post("/delegations", &stands).await.id()
            }
            "owners_token" => {
                let made = owner.post("/api-tokens", &json!({ "name": "Máy", "scopes": ["read"] })).await.ok();
                made["api_token"]["id"].as_str().unwrap().to_owned()
            }
            "owners_session" => session_of(&owner).await,
            "my_session" if caller.is_admitted() && caller.scope().is_none() => session_of(self.client(caller)).await,
            "my_session" => uuid::Uuid::nil().to_string(),
            _ => panic!("a row names {name}, which is nothing"),
        }
    }

    /// The goal owner's measure, with a contributor and a follower.
    pub fn kpi(&self, title: &str, visibility: Visibility) -> Value {
        json!({
            "cycle_id": self.fixed["quarter"], "kind": "kpi", "title": title, "direction": "increase", "target": "100",
            "visibility": visibility, "contributors": [self.clients[&Caller::Contributor].person],
            "followers": [self.clients[&Caller::Follower].person],
        })
    }

    async fn goal(&mut self, name: &str, visibility: Visibility) -> String {
        let title = format!("Kín {} {visibility}", self.made);
        let an = self.client(Caller::GoalOwner).clone();
        let mut body = self.kpi(&title, visibility);
        if name == "objective" {
            for gone in ["direction", "target"] {
                body.as_object_mut().unwrap().remove(gone);
            }
            body["kind"] = json!("objective");
        }
        if matches!(name, "pending" | "request") {
            body["cycle_id"] = json!(self.fixed["governed"]);
        }
        let id = an.post("/goals", &body).await.id();
        self.goals.push(Made { id: id.clone(), title, visibility });
        if name != "draft" {
            an.post(&format!("/goals/{id}/transition"), &json!({ "to": "pending_approval" })).await.ok();
        }
        match name {
            "request" => {
                let approved = json!({ "to": "active" });
                self.owner().post(&format!("/goals/{id}/transition"), &approved).await.ok();
                let change = json!({ "target": "50", "reason": "Khó" });
                let asked = an.patch(&format!("/goals/{id}"), &change).await.status(202);
                asked["id"].as_str().unwrap().to_owned()
            }
            "linked" => {
                let above = Box::pin(self.subject("public_objective", Caller::Owner, visibility)).await;
                an.put(&format!("/goals/{id}/links/{above}"), &json!({ "weight": "1" })).await.ok();
                id
            }
            "check_in" => {
                let said = an.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "1" })).await.ok();
                said["check_in"]["id"].as_str().unwrap().to_owned()
            }
            _ => id,
        }
    }

    /// A cycle in review with the goal owner's review at a step, and a goal of theirs. Each step changes it once: the
    /// version of `review_new` is 1, of `review_drafted` 2, and so on.
    async fn review(&mut self, name: &str, number: usize) -> (String, String) {
        let owner = self.owner();
        let an = self.client(Caller::GoalOwner).clone();
        let lead = self.client(Caller::TeamLead).clone();
        let settings = json!({ "cadence": "none", "approval_required": false });
        let cycle = self.app.cycle("2026-01-01", "2026-03-31", settings).await;
        let calibration = name == "review_to_calibrate";
        let sections = json!([
            { "key": "goals", "kind": "goals", "title": { "vi": "Mục tiêu" }, "weight": "1", "asked_in": ["self", "manager"] },
        ]);
        let settings = json!({
            "people": "with_goals", "self_hidden": true, "manager_hidden": true, "calibration": calibration, "deadlines": {},
        });
        let kept = if calibration { "calibrating_template" } else { "plain_template" };
        if !self.fixed.contains_key(kept) {
            let template = json!({ "name": kept, "sections": sections, "settings": settings });
            let template = owner.post("/review-templates", &template).await.id();
            self.fixed.insert(kept, template);
        }
        let template = self.fixed[kept].clone();
        owner.patch(&format!("/cycles/{cycle}/review-setup"), &json!({ "template_id": template })).await.ok();
        let goal = json!({
            "cycle_id": cycle, "kind": "kpi", "title": format!("Chấm {number}"), "direction": "increase", "target": "100",
            "visibility": "public",
        });
        let goal = started(&an, goal).await;
        an.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "90" })).await.ok();
        owner.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": "review" })).await.ok();
        let found = owner.get(&format!("/cycles/{cycle}/reviews")).await.ok();
        let review = found["items"][0]["id"].as_str().expect("a review").to_owned();
        let way: [(&Client, Method, &str); 5] = [
            (&an, Method::PUT, "self"),
            (&an, Method::POST, "self/submit"),
            (&lead, Method::PUT, "manager"),
            (&lead, Method::POST, "manager/submit"),
            (&lead, Method::POST, "share"),
        ];
        let steps = match name {
            "review_drafted" => 1,
            "review_submitted" => 2,
            "review_managed" => 3,
            "review_rated" | "review_to_calibrate" => 4,
            "review_shared" => 5,
            _ => 0,
        };
        for (version, (who, method, what)) in (1..).zip(way).take(steps) {
            let body = (method == Method::PUT).then(|| "{}".to_owned());
            let who = who.with("If-Match", format!("\"v{version}\""));
            who.send(method, &format!("/reviews/{review}/{what}"), body).await.ok();
        }
        (cycle, review)
    }

    async fn cycle(&mut self, name: &str, number: usize) -> String {
        let body = json!({
            "kind": "custom", "name": format!("Kỳ {number}"), "starts_on": "2026-05-01", "ends_on": "2026-05-31",
        });
        let id = self.owner().post("/cycles", &body).await.id();
        let phases: &[&str] = match name {
            "planning_cycle" => &["planning"],
            "closed_cycle" => &["planning", "active", "review", "closed"],
            _ => &[],
        };
        for phase in phases {
            self.owner().post(&format!("/cycles/{id}/phase"), &json!({ "to": phase })).await.ok();
        }
        id
    }
}

/// Makes a goal and submits it, where no approval is asked for.
async fn started(client: &Client, body: Value) -> String {
    let id = client.post("/goals", &body).await.id();
    client.post(&format!("/goals/{id}/transition"), &json!({ "to": "pending_approval" })).await.ok();
    id
}

async fn session_of(client: &Client) -> String {
    let sessions = client.get("/auth/sessions").await.ok();
    let mut all = sessions["items"].as_array().unwrap().iter();
    all.find(|session| session["current"] == true).expect("the current session")["id"].as_str().unwrap().to_owned()
}
