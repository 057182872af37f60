//! Every feed shows what the policy lets its reader see, and nothing else: over organizations thrown by dice that fall
//! the same way on every run.

use crate::support::{Client, TestApp};
use goaltree::domain::access::{self, Action, Actor, GoalAccess};
use goaltree::domain::ids::PersonId;
use goaltree::domain::words::{Participation, Word};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Dice (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

struct Company {
    app: TestApp,
    cycle: String,
    units: Vec<String>,
    people: Vec<Client>,
    goals: Vec<String>,
}

impl Company {
    async fn thrown(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let app = TestApp::new().await;
        let company = app.company().await;
        let (sales, tech) =
            (app.unit("department", "Sales", &company).await, app.unit("department", "Tech", &company).await);
        let units = vec![
            app.unit("team", "North", &sales).await,
            app.unit("team", "South", &sales).await,
            company,
            sales,
            tech,
        ];
        let mut people = Vec::new();
        for number in 0..8 {
            let role = ["member", "member", "member", "viewer", "admin"][if number < 5 { number } else { 0 }];
            let unit = dice.one(&units).clone();
            people.push(app.member(&format!("Person {number}"), &unit, json!({ "role": role })).await);
        }
        for unit in &units {
            for role in ["lead", "supervisor"] {
                app.join(dice.one(&people), unit, role).await;
            }
            let switches = json!({ "supervisors_may_edit": dice.below(2) == 0, "owners_may_edit": dice.below(3) > 0 });
            app.owner.patch(&format!("/units/{unit}"), &switches).await.ok();
        }
        let cycle = app.quarter().await;
        let mut company = Self { app, cycle, units, people, goals: Vec::new() };
        for number in 0..12 {
            company.throw_goal(&mut dice, number).await;
        }
        company.throw_delegations(&mut dice).await;
        company
    }

    async fn throw_goal(&mut self, dice: &mut Dice, number: usize) {
        // The fourth only looks on.
        let able: Vec<&Client> =
            self.people.iter().enumerate().filter(|(at, _)| *at != 3).map(|(_, who)| who).collect();
        let place = match dice.below(3) {
            0 => json!({ "scope": "person" }),
            1 => json!({ "scope": "team", "unit_id": self.units[dice.below(2)] }),
            _ => json!({ "scope": "department", "unit_id": self.units[3 + dice.below(2)] }),
        };
        let mut body = json!({
            "cycle_id": self.cycle, "kind": "objective", "title": format!("Mục tiêu {number}"),
            "owner_id": dice.one(&able).person, "scope": place["scope"], "unit_id": place["unit_id"],
            "visibility": dice.one(&["public", "internal", "internal", "restricted", "restricted"]),
        });
        if dice.below(2) == 0 {
            body["contributors"] = json!([dice.one(&able).person]);
        }
        for how in ["followers", "watchers"] {
            if dice.below(3) == 0 {
                body[how] = json!([dice.one(&self.people).person]);
            }
        }
        if !self.goals.is_empty() && dice.below(2) == 0 {
            body["parent_id"] = json!(dice.one(&self.goals));
        }
        self.goals.push(self.app.owner.post("/goals", &body).await.id());
    }

    async fn throw_delegations(&self, dice: &mut Dice) {
        for _ in 0..6 {
            let rights = dice.one(&[json!(["approve"]), json!(["check_in"]), json!(["review", "approve"])]).clone();
            let (lead, delegate) = (&dice.one(&self.people).person, &dice.one(&self.people).person);
            let first = dice.one(&["2026-02-10", "2026-02-14", "2026-02-15"]);
            let body = json!({ "lead_id": lead, "delegate_id": delegate, "rights": rights, "first": first, "last": "2026-02-20" });
            // Some lead nobody, some are the delegate themself: that is refused, and well so.
            self.app.owner.post("/delegations", &body).await;
        }
    }

    /// Someone as the service itself knows them.
    async fn actor(&self, client: &Client) -> Actor {
        let organization = self.app.owner.get("/organization").await.ok();
        let id = |text: &Value| text.as_str().unwrap().parse::<uuid::Uuid>().unwrap();
        let person = PersonId(client.person.parse().unwrap());
        self.app.app.service.read_as(id(&organization["id"]).into(), person, |tx| Ok(tx.actor.clone())).unwrap()
    }
}

fn ids<'a>(items: impl IntoIterator<Item = &'a Value>) -> BTreeSet<String> {
    items.into_iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// What the policy says of a goal, from what HR sees of it.
fn decide<T>(goal: &Value, ask: impl FnOnce(&GoalAccess<'_>) -> T) -> T {
    let word = |name: &str| goal[name].as_str().unwrap();
    let id = |of: &Value| of["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    let part = |name: &str, how| {
        goal[name].as_array().unwrap().iter().map(move |one| (PersonId(id(one)), how)).collect::<Vec<_>>()
    };
    let people = [
        part("contributors", Participation::Contributor),
        part("followers", Participation::Follower),
        part("watchers", Participation::Watcher),
    ]
    .concat();
    ask(&GoalAccess {
        kind: Word::parse(word("kind")).unwrap(),
        unit: id(&goal["unit"]).into(),
        owner: id(&goal["owner"]).into(),
        visibility: Word::parse(word("visibility")).unwrap(),
        people: &people,
    })
}

/// The goals that someone finds by each feed; they are the same.
async fn found(company: &Company, client: &Client) -> BTreeSet<String> {
    let cycle = &company.cycle;
    let listed = ids(&client.all(&format!("/goals?cycle_id={cycle}")).await);
    let tree = client.get(&format!("/cycles/{cycle}/tree?depth=50")).await.ok();
    assert_eq!(ids(tree["nodes"].as_array().unwrap()), listed, "the tree");
    let looked_up = client.get("/lookup?types=goal&q=muc&limit=50").await.ok();
    assert_eq!(ids(looked_up["items"].as_array().unwrap()), listed, "the look-up");
    let total = client.get(&format!("/goals?cycle_id={cycle}&include_total=true&limit=1")).await.ok();
    assert_eq!(total["total"], json!(listed.len()), "the count");
    for node in tree["nodes"].as_array().unwrap() {
        let parent = node["parent_id"].as_str().is_none_or(|parent| listed.contains(parent));
        assert!(parent, "a node hangs on a hidden goal: {node}");
    }
    for link in tree["links"].as_array().unwrap() {
        assert!([&link["child_id"], &link["parent_id"]].iter().all(|end| listed.contains(end.as_str().unwrap())));
    }
    for unit in &company.units {
        let overview = client.get(&format!("/units/{unit}/goals?cycle_id={cycle}")).await.ok();
        let members = overview["members"].as_array().unwrap().iter().flat_map(|one| one["goals"].as_array().unwrap());
        let shown = ids(overview["goals"].as_array().unwrap().iter().chain(members));
        assert!(shown.is_subset(&listed), "a unit's overview");
    }
    listed
}

/// Each goal alone: there for those who see it, with what they may do as the policy says.
async fn check_each(company: &Company, client: &Client, listed: &BTreeSet<String>) {
    let actor = company.actor(client).await;
    for id in &company.goals {
        let path = format!("/goals/{id}");
        let whole = company.app.owner.get(&path).await.ok();
        let seen = decide(&whole, |goal| access::allows(&actor, Action::See, goal).is_some());
        assert_eq!(listed.contains(id), seen, "{} and {whole}", client.person);
        let (alone, may) = (client.get(&path).await, client.get(&format!("{path}/permissions")).await);
        if !seen {
            alone.problem(404, "not_found");
            may.problem(404, "not_found");
            continue;
        }
        let (alone, may) = (alone.ok(), may.ok());
        let items = may["items"].as_array().unwrap();
        let those = |which: &str| {
            items.iter().filter(|item| item[which] == true).map(|item| &item["action"]).collect::<Vec<_>>()
        };
        assert_eq!(json!(those("now")), alone["can"], "can and permissions come from one function");
        let allowed = decide(&whole, |goal| access::permissions(&actor, goal));
        let allowed: Vec<_> = allowed.into_iter().map(|(action, rule)| json!([action, rule])).collect();
        let answered = items.iter().filter(|item| item["allowed"] == true);
        let answered: Vec<_> = answered.map(|item| json!([item["action"], item["rule"]])).collect();
        assert_eq!(answered, allowed);
        for item in items {
            assert_eq!(item["now"] == true, item["why_not"].is_null(), "{item}");
            assert_eq!(item["rule"] == "delegate", !item["delegate_of"].is_null(), "{item}");
        }
    }
}

#[actix_web::test]
async fn every_feed_shows_what_the_policy_lets_its_reader_see_and_nothing_else() {
    for seed in [7, 2026] {
        let company = Company::thrown(seed).await;
        let mut hidden = 0;
        for client in company.people.iter().chain([&company.app.owner]) {
            let listed = found(&company, client).await;
            hidden += company.goals.len() - listed.len();
            check_each(&company, client, &listed).await;
        }
        assert!(hidden > 10, "the dice hid too little to tell anything: {hidden}");
    }
}

#[actix_web::test]
async fn another_organizations_owner_finds_nothing() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let cycle = app.quarter().await;
    let body = json!({ "cycle_id": cycle, "kind": "objective", "title": "Công khai", "visibility": "public" });
    let id = app.owner.post("/goals", &body).await.id();
    let founding = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": "correct horse battery", "display_name": "Chủ Khác",
    });
    app.anonymous().post("/organizations", &founding).await.ok();
    let other = Client::sign_in(&app.url, "other@example.com", "correct horse battery").await;
    assert_eq!(other.all("/goals").await.len(), 0);
    for path in ["", "/permissions", "/check-ins", "/change-requests"] {
        other.get(&format!("/goals/{id}{path}")).await.problem(404, "not_found");
    }
    other.get(&format!("/cycles/{cycle}/tree")).await.problem(404, "not_found");
    assert_eq!(other.get("/lookup?q=cong").await.ok()["items"].to_string().matches(&id).count(), 0);
}
