//! Goals for all members of a unit at once: exact together, drafts of their owners, nobody doubled.

use super::world::{World, and, go, make_active, node};
use crate::figures::check_in;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A department of two teams, with a metric that adds up and the department's goal of 1 000.
struct Company {
    world: World,
    metric: String,
    /// Works in the northern team without signing in.
    binh: String,
    top: String,
}

impl Company {
    async fn new() -> Self {
        let world = World::new().await;
        let binh = world.app.person("Bình", &world.north, json!({})).await;
        let metric = metric(&world.app, "revenue", json!({})).await;
        let top = json!({
            "scope": "department", "unit_id": world.sales, "source": "sum", "metric_id": metric, "target": "1000",
        });
        let top = make_active(&world.head, and(world.kpi("Doanh số khối"), top)).await;
        Self { world, metric, binh, top }
    }

    fn wish(&self, more: Value) -> Value {
        let wish = json!({
            "cycle_id": self.world.quarter, "unit_id": self.world.sales, "metric_id": self.metric,
            "parent_id": self.top, "by": "equal",
        });
        and(wish, more)
    }

    async fn made(&self, who: &Client, more: Value) -> Value {
        who.post("/goals/bulk", &self.wish(more)).await.status(200)
    }

    async fn faults(&self, more: Value) -> Vec<String> {
        self.world.head.post("/goals/bulk", &self.wish(more)).await.faults()
    }
}

async fn metric(app: &TestApp, code: &str, more: Value) -> String {
    let body = json!({
        "code": code, "name": { "vi": "Doanh thu" }, "unit": "currency", "direction": "increase", "decimals": 0,
        "measured_for": "person", "time_aggregation": "sum", "people_aggregation": "sum",
    });
    app.owner.post("/metrics", &and(body, more)).await.id()
}

/// A field of each member, by name.
fn each<'a>(out: &'a Value, field: &str) -> Vec<&'a str> {
    out["items"].as_array().unwrap().iter().map(|item| item[field].as_str().unwrap_or("–")).collect()
}

fn names(out: &Value) -> Vec<&str> {
    out["items"].as_array().unwrap().iter().map(|item| item["person"]["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn each_member_gets_a_draft_and_together_they_are_exactly_the_unit_s_target() {
    let company = Company::new().await;
    let world = &company.world;
    let made = company.made(&world.head, json!({ "total": "100" })).await;
    assert_eq!(names(&made), ["Bình", "Hoàng Văn Đầu", "Lê Thị Trưởng", "Nguyễn Văn An"]);
    assert_eq!((each(&made, "outcome"), each(&made, "target")), (vec!["made"; 4], vec!["25"; 4]));
    assert_eq!(json!([made["preview"], made["allocated"], made["allocation_gap"]]), json!([false, "100", "900"]));
    let an = each(&made, "goal_id")[3];
    let goal = node(&world.an, an).await;
    let says = json!([goal["state"], goal["kind"], goal["scope"], goal["owner"]["id"], goal["unit"]["id"]]);
    assert_eq!(says, json!(["draft", "kpi", "person", world.an.person, world.north]));
    let says = json!([goal["title"], goal["parent_id"], goal["weight"], goal["source"], goal["start"]]);
    assert_eq!(says, json!(["Doanh thu: Nguyễn Văn An", company.top, "1", "check_ins", "0"]));
    let owed = world.an.get("/me").await.ok()["owed"].clone();
    assert_eq!(json!([owed["drafts"], owed["to_accept"]]), json!([1, 1]), "it waits for its owner");
    let accepted = go(&world.an, an, "pending_approval").await.ok();
    assert_eq!(accepted["state"], "active");
    assert_eq!(world.an.get("/me").await.ok()["owed"]["to_accept"], 0);
    check_in(&world.an, an, "10", "2026-02-14").await;
    assert_eq!(node(&world.head, &company.top).await["value"], "10");
    let log = world.app.owner.get("/audit-log?limit=50").await.ok();
    let created =
        log["items"].as_array().unwrap().iter().find(|entry| entry["goal_id"] == an && entry["kind"] == "goal.created");
    let created = created.unwrap_or_else(|| panic!("not told: {log}"));
    assert_eq!(
        json!([created["after"]["owner_id"], created["actor"]["id"]]),
        json!([world.an.person, world.head.person])
    );
}

#[actix_web::test]
async fn who_has_one_is_told_and_gets_another_only_when_asked() {
    let company = Company::new().await;
    let world = &company.world;
    let first = company.made(&world.head, json!({})).await;
    assert_eq!(
        (each(&first, "target"), &first["allocation_gap"]),
        (vec!["250"; 4], &json!("0")),
        "the goal's own target"
    );
    world.app.person("Dũng", &world.north, json!({})).await;
    let again = company.made(&world.head, json!({})).await;
    assert_eq!(each(&again, "outcome"), ["has_one", "made", "has_one", "has_one", "has_one"]);
    assert_eq!(each(&again, "target"), ["250", "200", "250", "250", "250"], "shared out over all, who keep theirs");
    assert_eq!(each(&again, "goal_id")[0], each(&first, "goal_id")[0]);
    world.head.delete(&format!("/goals/{}", each(&again, "goal_id")[1])).await.status(204);
    let elsewhere = company.made(&world.head, json!({ "parent_id": null, "total": "100", "preview": true })).await;
    assert_eq!(each(&elsewhere, "outcome"), ["planned"; 5], "under another goal, or none, it is another goal");
    assert!(elsewhere["parent"].is_null());
    let twice = company.made(&world.head, json!({ "again": true })).await;
    assert_eq!(each(&twice, "outcome"), ["made"; 5]);
    assert_eq!(node(&world.head, &company.top).await["child_count"], 9);
}

#[actix_web::test]
async fn a_preview_shows_the_targets_and_stores_nothing() {
    let company = Company::new().await;
    let head = &company.world.head;
    let shown =
        company.made(head, json!({ "total": "10", "preview": true, "title": "{metric} của {name} ({unit})" })).await;
    assert_eq!(each(&shown, "outcome"), ["planned"; 4]);
    let mut targets = each(&shown, "target");
    targets.sort_unstable();
    assert_eq!(targets, ["2", "2", "3", "3"], "in whole units, exactly ten");
    assert_eq!(each(&shown, "title")[3], "Doanh thu của Nguyễn Văn An (Nhóm miền Bắc)");
    assert_eq!(json!([shown["preview"], each(&shown, "goal_id")[0], shown["allocated"]]), json!([true, "–", "10"]));
    assert_eq!(node(head, &company.top).await["child_count"], 0);
    assert_eq!(company.world.an.get("/me").await.ok()["owed"]["to_accept"], 0);
}

#[actix_web::test]
async fn members_are_those_at_home_and_those_who_work_there_as_far_as_asked() {
    let company = Company::new().await;
    let world = &company.world;
    let helper = world.app.member("Ông Trợ Giúp", &world.engineering, json!({})).await;
    world.app.join(&helper, &world.north, "member").await;
    world.app.person("Vũ Người Xem", &world.north, json!({ "role": "viewer" })).await;
    let shown = company.made(&world.head, json!({ "preview": true, "total": "100" })).await;
    assert_eq!(names(&shown)[3..], ["Nguyễn Văn An", "Ông Trợ Giúp", "Vũ Người Xem"]);
    assert_eq!(each(&shown, "outcome")[4..], ["planned", "viewer"]);
    assert_eq!(shown["items"][4]["unit"]["id"], json!(world.north), "where they work, not at home");
    let home = company.made(&world.head, json!({ "preview": true, "home_only": true })).await;
    assert!(!names(&home).contains(&"Ông Trợ Giúp"));
    let direct = company.made(&world.head, json!({ "preview": true, "unit_only": true })).await;
    assert_eq!(names(&direct), ["Hoàng Văn Đầu"]);
    let left_out = json!([{ "person_id": company.binh, "reason": "Nghỉ thai sản" }]);
    let without = company.made(&world.head, json!({ "left_out": left_out, "total": "400" })).await;
    assert_eq!(
        json!([without["items"][0]["outcome"], without["items"][0]["reason"]]),
        json!(["left_out", "Nghỉ thai sản"])
    );
    assert_eq!(each(&without, "target"), ["–", "100", "100", "100", "100", "–"]);
    let log = world.app.owner.get("/audit-log?kind=goals.made_for_unit").await.ok();
    assert_eq!(log["items"][0]["after"]["left_out"][0]["reason"], "Nghỉ thai sản");
    let nobody = json!([{ "person_id": world.head.person }]);
    assert_eq!(company.faults(json!({ "unit_only": true, "left_out": nobody })).await, ["/unit_id no_members"]);
}

#[actix_web::test]
async fn targets_are_each_ones_own_by_the_last_result_or_the_same() {
    let company = Company::new().await;
    let world = &company.world;
    let me = &world.app.owner;
    let settings = json!({ "cadence": "none", "approval_required": false });
    let before = world.app.cycle("2025-10-01", "2025-12-31", settings).await;
    for (owner, value) in [(&company.binh, "100"), (&world.an.person, "300")] {
        let last = and(world.kpi("Quý trước"), json!({ "cycle_id": before, "metric_id": company.metric }));
        let last = make_active(me, last).await;
        check_in(me, &last, value, "2025-12-30").await;
        me.patch(&format!("/goals/{last}"), &json!({ "owner_id": owner })).await.ok();
    }
    let north = json!({ "unit_id": world.north, "by": "proportional", "total": "1000" });
    assert_eq!(company.faults(north.clone()).await, ["/by member_without_result"], "the lead has none");
    let lead = json!([{ "person_id": world.lead.person }]);
    let north = and(north, json!({ "left_out": lead, "preview": true }));
    assert_eq!(each(&company.made(&world.lead, north).await, "target"), ["250", "–", "750"]);
    let own = json!([{ "person_id": company.binh, "target": "1" }, { "person_id": world.an.person, "target": "2.5" }]);
    let own = json!({ "unit_id": world.north, "by": "own", "targets": own, "left_out": lead });
    let made = company.made(&world.lead, own).await;
    assert_eq!(each(&made, "target"), ["1", "–", "2.5"]);
    let between =
        json!({ "unit_id": world.north, "by": "same", "direction": "between", "lo": "1", "hi": "2", "again": true });
    assert_eq!(each(&company.made(&world.lead, between).await, "outcome"), ["made"; 3]);
}

#[actix_web::test]
async fn under_a_goal_that_one_may_not_edit_the_links_are_proposals() {
    let company = Company::new().await;
    let world = &company.world;
    let made =
        company.made(&world.lead, json!({ "unit_id": world.north, "by": "same", "target": "5", "weight": "2" })).await;
    assert_eq!((each(&made, "weight"), each(&made, "proposed_weight")), (vec!["0"; 3], vec!["2"; 3]));
    let asked = world.head.get(&format!("/goals/{}/proposed-links", company.top)).await.ok();
    assert_eq!(asked["items"].as_array().unwrap().len(), 3);
    let path = "/goals/bulk";
    world.an.post(path, &company.wish(json!({ "by": "same", "target": "5" }))).await.problem(403, "forbidden");
    world.tech.post(path, &company.wish(json!({ "by": "same", "target": "5" }))).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn every_fault_is_told_once_and_nothing_is_made() {
    let company = Company::new().await;
    let world = &company.world;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let own = json!({
        "by": "own", "total": "3", "target": "2", "title": "{nmae}", "source": "sum", "unit_id": world.north,
        "targets": [
            { "person_id": nobody, "target": "1" }, { "person_id": company.binh, "target": "0" },
            { "person_id": world.an.person, "target": "1" }, { "person_id": world.an.person, "target": "2" },
        ],
        "left_out": [{ "person_id": world.tech.person }],
    });
    let told = company.faults(own).await;
    for fault in [
        "/source source_not_own",
        "/left_out/0/person_id not_a_member",
        "/total not_with_targets_by",
        "/target not_with_targets_by",
        "/targets/0/person_id not_a_member",
        "/targets/3/person_id duplicate",
        "/targets member_without_target",
        "/title unknown_placeholder",
    ] {
        assert_eq!(told.iter().filter(|one| *one == fault).count(), 1, "{fault} in {told:?}");
    }
    let zero = json!({ "by": "own", "unit_id": world.north, "left_out": [{ "person_id": world.lead.person }], "targets": [
        { "person_id": company.binh, "target": "0" }, { "person_id": world.an.person, "target": "1" },
    ]});
    assert_eq!(company.faults(zero).await, ["/targets/0/target target_not_above_start"]);
    assert_eq!(company.faults(json!({ "total": "0" })).await, ["/total target_not_above_start"]);
    assert_eq!(company.faults(json!({ "parent_id": null })).await, ["/total required"]);
    assert_eq!(company.faults(json!({ "by": "same" })).await, ["/target required"]);
    assert_eq!(company.faults(json!({ "cycle_id": nobody })).await, ["/cycle_id no_such_reference"]);
    assert_eq!(company.faults(json!({ "unit_id": nobody })).await, ["/unit_id no_such_reference"]);
    assert_eq!(
        company.faults(json!({ "metric_id": nobody, "direction": "increase" })).await,
        ["/metric_id no_such_reference"]
    );
    let gone = json!({ "parent_id": nobody, "total": "100" });
    assert_eq!(company.faults(gone).await, ["/parent_id no_such_reference"]);
    let mean = metric(&world.app, "deal_size", json!({ "people_aggregation": "average" })).await;
    assert_eq!(company.faults(json!({ "metric_id": mean })).await, ["/by not_additive"]);
    assert_eq!(node(&world.head, &company.top).await["child_count"], 0);
}
