//! Splitting a target: exact, for whom one may make goals, all or nothing.

use crate::figures::{check_in, draft, goal, kpi, lead_on, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A company with a metric, a sum on top, and three sales people in a team with one lead.
struct Company {
    app: TestApp,
    cycle: String,
    metric: String,
    team: String,
    lead: Client,
    reps: Vec<String>,
    top: String,
}

impl Company {
    async fn new(target: &str) -> Self {
        let app = TestApp::new().await;
        let (company, cycle) = (app.company().await, app.quarter().await);
        let team = app.unit("team", "Sales team", &company).await;
        let lead = app.member("Lead Person", &team, json!({})).await;
        app.join(&lead, &team, "lead").await;
        let mut reps = Vec::new();
        for name in ["An", "Bình", "Chi"] {
            reps.push(app.person(name, &team, json!({})).await);
        }
        let metric = metric(&app.owner, "revenue", json!({ "decimals": 0 })).await;
        let mut top = kpi(target, None);
        for (field, value) in [("scope", "team"), ("unit_id", &team), ("source", "sum"), ("metric_id", &metric)] {
            top[field] = json!(value);
        }
        let top = goal(&app.owner, &cycle, "Revenue", top).await;
        Self { app, cycle, metric, team, lead, reps, top }
    }

    fn reps(&self) -> Vec<Value> {
        self.reps.iter().map(|rep| json!({ "owner_id": rep })).collect()
    }

    async fn split(&self, body: Value) -> Value {
        self.app.owner.post(&format!("/goals/{}/split", self.top), &body).await.ok()
    }

    async fn faults(&self, body: Value) -> Vec<String> {
        self.app.owner.post(&format!("/goals/{}/split", self.top), &body).await.faults()
    }
}

async fn metric(client: &Client, code: &str, more: Value) -> String {
    let mut body = json!({
        "code": code, "name": { "vi": code }, "unit": "number", "measured_for": "person",
        "time_aggregation": "sum", "people_aggregation": "sum",
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    client.post("/metrics", &body).await.id()
}

fn each<'a>(split: &'a Value, field: &str) -> Vec<&'a str> {
    split["children"].as_array().unwrap().iter().filter_map(|child| child[field].as_str()).collect()
}

#[actix_web::test]
async fn equal_parts_are_drafts_of_their_owners_and_exactly_the_target() {
    let company = Company::new("100").await;
    let made = company.split(json!({ "how": "equal", "parts": company.reps() })).await;
    let mut targets = each(&made, "target");
    targets.sort_unstable();
    assert_eq!(targets, ["33", "33", "34"]);
    assert_eq!(json!([made["preview"], made["allocated"], made["allocation_gap"]]), json!([false, "100", "0"]));
    assert_eq!(made["goal"]["source"], "sum", "it is not changed silently");
    let first = node(&company.app.owner, each(&made, "goal_id")[0]).await;
    let says = json!([first["state"], first["kind"], first["scope"], first["title"], first["owner"]["id"]]);
    assert_eq!(says, json!(["draft", "kpi", "person", "Revenue", company.reps[0]]));
    let place = json!([first["parent_id"], first["weight"], first["direction"], first["metric"]["id"]]);
    assert_eq!(place, json!([company.top, "1", "increase", company.metric]));
    for child in each(&made, "goal_id") {
        company
            .app
            .owner
            .patch(&format!("/goals/{child}"), &json!({ "owner_id": company.app.owner.person }))
            .await
            .ok();
        lead_on(&company.app.owner, child, json!({ "to": "pending_approval" })).await;
        check_in(&company.app.owner, child, "10", "2026-02-14").await;
    }
    let top = node(&company.app.owner, &company.top).await;
    assert_eq!(json!([top["value"], top["allocated"], top["allocation_gap"]]), json!(["30", "100", "0"]));
}

#[actix_web::test]
async fn a_preview_shows_the_same_and_stores_nothing() {
    let company = Company::new("10").await;
    let mut parts = company.reps();
    for (part, share) in parts.iter_mut().zip(["1", "2", "4"]) {
        part["share"] = json!(share);
    }
    parts[1]["title"] = json!("Bình's part");
    let body = json!({ "how": "shares", "parts": parts });
    let mut preview = body.clone();
    preview["preview"] = json!(true);
    let path = format!("/goals/{}/split", company.top);
    let shown = company.app.owner.post(&path, &preview).await.status(200);
    assert_eq!((each(&shown, "target"), each(&shown, "goal_id").len()), (vec!["1", "3", "6"], 0));
    assert_eq!(json!([shown["preview"], shown["allocation_gap"]]), json!([true, "0"]));
    assert_eq!(node(&company.app.owner, &company.top).await["child_count"], 0);
    let me = company.app.owner.with("Idempotency-Key", "split-once");
    let made = me.post(&path, &body).await.status(201);
    assert_eq!(each(&made, "target"), each(&shown, "target"));
    assert_eq!(each(&made, "title"), ["Revenue", "Bình's part", "Revenue"]);
    let again = me.post(&path, &body).await;
    assert_eq!(
        (again.header("idempotency-replayed"), each(&again.body, "goal_id")),
        (Some("true"), each(&made, "goal_id"))
    );
    let twice = company.split(json!({ "how": "equal", "parts": company.reps() })).await;
    assert_eq!(json!([twice["allocated"], twice["allocation_gap"]]), json!(["20", "-10"]), "drafts count here");
}

#[actix_web::test]
async fn a_target_goes_by_what_each_reached_in_the_cycle_before() {
    let company = Company::new("1000").await;
    let me = &company.app.owner;
    let settings = json!({ "cadence": "none", "approval_required": false });
    let before = company.app.cycle("2025-10-01", "2025-12-31", settings).await;
    for (rep, value) in company.reps.iter().zip(["100", "300"]) {
        let mut last = kpi("500", None);
        (last["metric_id"], last["title"]) = (json!(company.metric), json!("Last"));
        let last = goal(me, &before, "Last", last).await;
        check_in(me, &last, value, "2025-12-30").await;
        me.patch(&format!("/goals/{last}"), &json!({ "owner_id": rep })).await.ok();
    }
    let two = json!({ "how": "proportional", "parts": &company.reps()[..2], "preview": true });
    assert_eq!(each(&company.split(two).await, "target"), ["250", "750"]);
    let all = json!({ "how": "proportional", "parts": company.reps() });
    assert_eq!(company.faults(all).await, ["/parts/2 no_last_result"]);
    let named = json!({ "how": "proportional", "parts": &company.reps()[..2], "previous_cycle_id": company.top });
    assert_eq!(company.faults(named).await, ["/previous_cycle_id no_such_reference"]);
}

#[actix_web::test]
async fn what_is_rolled_up_into_another_goal_of_the_same_person_counts_once() {
    let company = Company::new("1000").await;
    let me = &company.app.owner;
    let settings = json!({ "cadence": "none", "approval_required": false });
    let before = company.app.cycle("2025-10-01", "2025-12-31", settings).await;
    let with_metric = |mut body: Value| {
        body["metric_id"] = json!(company.metric);
        body
    };
    let sum = json!({ "kind": "kpi", "source": "sum", "direction": "increase", "target": "500" });
    let sum = goal(me, &before, "Sum", with_metric(sum)).await;
    let part = goal(me, &before, "Part", with_metric(kpi("500", Some(&sum)))).await;
    let other = goal(me, &before, "Other", with_metric(kpi("500", None))).await;
    check_in(me, &part, "100", "2025-12-30").await;
    check_in(me, &other, "300", "2025-12-30").await;
    for (goal, rep) in [(&sum, 0), (&part, 0), (&other, 1)] {
        me.patch(&format!("/goals/{goal}"), &json!({ "owner_id": company.reps[rep] })).await.ok();
    }
    let two = json!({ "how": "proportional", "parts": &company.reps()[..2], "preview": true });
    assert_eq!(each(&company.split(two).await, "target"), ["250", "750"]);
}

#[actix_web::test]
async fn start_and_bounds_are_shared_out_with_the_target() {
    let company = Company::new("100").await;
    let me = &company.app.owner;
    let down =
        json!({ "kind": "kpi", "direction": "decrease", "start": "90", "target": "30.5", "metric_id": company.metric });
    let down = goal(me, &company.cycle, "Down", down).await;
    let body = json!({ "how": "equal", "parts": company.reps() });
    let made = me.post(&format!("/goals/{down}/split"), &body).await.status(201);
    assert_eq!(each(&made, "start"), ["30", "30", "30"]);
    let mut targets = each(&made, "target");
    targets.sort_unstable();
    assert_eq!(targets, ["10.1666", "10.1667", "10.1667"], "finer than the metric's decimals");
    let most = json!({ "kind": "kpi", "direction": "at_most", "target": "9", "ceiling": "12" });
    let most = goal(me, &company.cycle, "Complaints", most).await;
    let made = me.post(&format!("/goals/{most}/split"), &body).await.status(201);
    assert_eq!((each(&made, "target"), each(&made, "ceiling")), (vec!["3", "3", "3"], vec!["4", "4", "4"]));
}

#[actix_web::test]
async fn what_does_not_add_up_is_given_to_each_alike_or_refused() {
    let company = Company::new("100").await;
    let me = &company.app.owner;
    let average =
        metric(me, "deal_size", json!({ "people_aggregation": "average", "time_aggregation": "average" })).await;
    let mut size = kpi("50", None);
    size["metric_id"] = json!(average);
    let size = goal(me, &company.cycle, "Deal size", size).await;
    let path = format!("/goals/{size}/split");
    let equal = json!({ "how": "equal", "parts": company.reps() });
    assert_eq!(me.post(&path, &equal).await.faults(), ["/how not_additive"]);
    let same = json!({ "how": "same", "parts": company.reps() });
    assert_eq!(each(&me.post(&path, &same).await.status(201), "target"), ["50", "50", "50"]);
    let between = json!({ "kind": "kpi", "direction": "between", "lo": "1", "hi": "2" });
    let between = goal(me, &company.cycle, "Between", between).await;
    assert_eq!(me.post(&format!("/goals/{between}/split"), &equal).await.faults(), ["/how not_additive"]);
    let mean = goal(me, &company.cycle, "Mean", json!({ "kind": "objective" })).await;
    me.post(&format!("/goals/{mean}/split"), &equal).await.problem(409, "nothing_to_split");
    let tiny = draft(
        me,
        &company.cycle,
        "Tiny",
        json!({ "kind": "kpi", "direction": "increase", "target": "2", "metric_id": company.metric }),
    )
    .await;
    let refused = me.post(&format!("/goals/{tiny}/split"), &equal).await.faults();
    assert_eq!(refused.len(), 1, "one of three gets nothing of two: {refused:?}");
    assert_eq!(node(me, &tiny).await["child_count"], 0, "all or nothing");
}

#[actix_web::test]
async fn every_fault_is_told_at_its_part() {
    let company = Company::new("100").await;
    let nobody = "00000000-0000-7000-8000-000000000000";
    let body = json!({ "how": "shares", "parts": [
        { "owner_id": nobody, "share": "1" },
        { "owner_id": company.reps[0] },
        { "owner_id": company.reps[1], "share": "0" },
        { "unit_id": company.app.company().await, "share": "1" },
        { "share": "1" },
        { "owner_id": company.reps[0], "share": "2" },
    ]});
    let expected = [
        "/parts/0/owner_id no_such_reference",
        "/parts/1/share required",
        "/parts/2/share not_positive",
        "/parts/3/owner_id required",
        "/parts/4/owner_id required",
        "/parts/5 duplicate",
    ];
    assert_eq!(company.faults(body).await, expected);
    assert_eq!(company.faults(json!({ "how": "equal", "parts": [] })).await, ["/parts required"]);
    let share = json!({ "how": "equal", "parts": [{ "owner_id": company.reps[0], "share": "1" }] });
    assert_eq!(company.faults(share).await, ["/parts/0/share not_with_split"]);
    let title = json!({ "how": "equal", "parts": [{ "owner_id": company.reps[0], "title": " " }] });
    assert_eq!(company.faults(title).await, ["/parts/0/title blank"]);
    let many = vec![json!({ "owner_id": company.reps[0] }); 201];
    assert!(company.faults(json!({ "how": "equal", "parts": many })).await.contains(&"/parts too_many".to_owned()));
}

#[actix_web::test]
async fn only_who_may_edit_the_goal_and_make_the_others_splits_it() {
    let company = Company::new("100").await;
    let path = format!("/goals/{}/split", company.top);
    let team = json!({ "how": "equal", "parts": [{ "unit_id": company.team }] });
    let made = company.lead.post(&path, &team).await.status(201);
    let child = &made["children"][0];
    assert_eq!(json!([child["scope"], child["owner"]["id"]]), json!(["team", company.lead.person]), "its one lead's");
    let root = company.app.company().await;
    let outside = json!({ "how": "equal", "parts": [{ "unit_id": root, "owner_id": company.lead.person }] });
    company.lead.post(&path, &outside).await.problem(403, "forbidden");
    let other = company.app.member("Other Person", &root, json!({})).await;
    let own = json!({ "how": "equal", "parts": [{ "owner_id": other.person }] });
    let refused = other.post(&path, &own).await;
    assert!([403, 404].contains(&refused.status.as_u16()), "{}", refused.text);
    assert_eq!(node(&company.app.owner, &company.top).await["child_count"], 1);
}

#[actix_web::test]
async fn the_parts_of_what_is_not_for_all_are_not_for_all_either() {
    let company = Company::new("100").await;
    let path = format!("/goals/{}", company.top);
    company.app.owner.patch(&path, &json!({ "visibility": "restricted" })).await.ok();
    let split = company.split(json!({ "how": "equal", "parts": company.reps() })).await;
    let made = each(&split, "goal_id");
    assert_eq!(made.len(), 3);
    for id in made {
        assert_eq!(node(&company.app.owner, id).await["visibility"], "restricted");
    }
}
