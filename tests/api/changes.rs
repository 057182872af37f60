//! Every operation that changes something: it is told in the audit log with what was before and after, a repetition
//! with the same key does nothing more, and a stale version is refused. The operations are those of the API document:
//! one that is missing here fails the test.

use crate::support::{Client, PASSWORD, TestApp};
use goaltree::app::App;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a repetition with the same `Idempotency-Key` does.
#[derive(Clone, Copy, PartialEq)]
enum Again {
    /// The same answer, nothing more.
    Replayed,
    /// The operation has no key: it sets a state, or is about signing in.
    NoKey,
}

/// What `If-Match` with another version does.
#[derive(Clone, Copy, PartialEq)]
enum Stale {
    /// 412, nothing is changed.
    Refused,
    /// What is changed has no version.
    Unversioned,
    /// 412, and 428 without one: it must name the version, which is this one.
    Demanded(i64),
}

use Again::{NoKey, Replayed};
use Stale::{Demanded, Refused, Unversioned};

/// The operations that are about signing in and out: their events are held to in the tests of identity.
const SIGNING_IN: [&str; 10] = [
    "login",
    "logout",
    "refresh",
    "end_session",
    "reset_password",
    "change_password",
    "set_up",
    "start_totp",
    "confirm_totp",
    "disable_totp",
];

/// The operations that change nothing: they only reckon.
const RECKONING: [&str; 4] = ["simulate_cycle", "preview_target_plan", "validate_formula", "preview_formula"];

struct World {
    app: TestApp,
    done: BTreeSet<&'static str>,
    number: u32,
}

impl World {
    async fn log(&self) -> Vec<Value> {
        self.app.owner.get("/audit-log?limit=200").await.ok()["items"].as_array().unwrap().clone()
    }

    /// Does an operation as someone, and holds it to what is promised of all. Answers its body.
    async fn does(
        &mut self,
        operation: &'static str,
        who: &Client,
        call: (&str, String, Value),
        (again, stale): (Again, Stale),
        told: &[&str],
    ) -> Value {
        self.number += 1;
        self.done.insert(operation);
        let request = format!("step-{}", self.number);
        let who = who.with("X-Request-Id", &request).with("User-Agent", "steps/1.0");
        let (method, path, body) = (call.0.parse::<reqwest::Method>().unwrap(), call.1, call.2);
        let send = async |who: &Client| {
            let body = (!body.is_null()).then(|| body.to_string());
            who.send(method.clone(), &path, body).await
        };
        let before = self.log().await;
        let mut who = who;
        if stale != Unversioned {
            send(&who.with("If-Match", "\"v999999\"")).await.problem(412, "stale_version");
            assert_eq!(self.log().await, before, "{operation}: a refused change is told as done");
        }
        if let Demanded(version) = stale {
            send(&who).await.problem(428, "version_required");
            assert_eq!(self.log().await, before, "{operation}: a refused change is told as done");
            who = who.with("If-Match", format!("\"v{version}\""));
        }
        let who = if again == Replayed { who.with("Idempotency-Key", &request) } else { who };
        let first = send(&who).await;
        let (status, body) = (first.status, first.ok());
        let after = self.log().await;
        let new: Vec<_> = after.iter().take_while(|entry| before.first() != Some(entry)).collect();
        let kinds: BTreeSet<_> = new.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        for kind in told {
            assert!(kinds.contains(kind), "{operation} is told as {kinds:?}, not {kind}");
        }
        for entry in new {
            assert_eq!(entry["request_id"], request, "{operation}: {entry}");
            assert_eq!((&entry["address"], &entry["user_agent"]), (&json!("127.0.0.1"), &json!("steps/1.0")));
            assert!(entry["actor"]["name"].as_str().is_some_and(|name| !name.is_empty()), "{operation}: {entry}");
            assert!(entry["subject"]["label"].is_string(), "{operation}: {entry}");
            let is_told = !entry["before"].is_null() || !entry["after"].is_null();
            assert!(is_told, "{operation}: neither before nor after: {entry}");
        }
        if again == Replayed {
            let second = send(&who).await;
            assert_eq!(second.header("idempotency-replayed"), Some("true"), "{operation}");
            assert_eq!(second.status, status, "{operation}");
            assert_eq!(self.log().await, after, "{operation}: done twice");
        }
        body
    }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap_or_else(|| panic!("no id in {body}")).to_owned()
}

async fn organization(world: &mut World) -> (String, Client) {
    let owner = world.app.owner.clone();
    let company = world.app.company().await;
    let call = ("PATCH", "/organization".to_owned(), json!({ "name": "Tên mới" }));
    world.does("change_organization", &owner, call, (NoKey, Refused), &["organization.changed"]).await;
    let call = ("PATCH", "/me".to_owned(), json!({ "locale": "en" }));
    world.does("change_me", &owner, call, (NoKey, Refused), &["person.changed"]).await;
    let unit = json!({ "kind": "department", "name": "Kinh doanh", "code": "kd", "parent_id": company });
    let call = ("POST", "/units".to_owned(), unit);
    let unit = id(&world.does("create_unit", &owner, call, (Replayed, Unversioned), &["unit.added"]).await);
    let path = format!("/units/{unit}");
    let call = ("PATCH", path.clone(), json!({ "name": "Bán hàng" }));
    world.does("change_unit", &owner, call, (NoKey, Refused), &["unit.changed"]).await;
    let person = json!({ "display_name": "An", "unit_id": unit, "email": "an@example.com" });
    let call = ("POST", "/people".to_owned(), person);
    let an = id(&world.does("create_person", &owner, call, (Replayed, Unversioned), &["person.added"]).await);
    let items = json!({ "items": [{ "display_name": "Bình", "unit_id": unit }] });
    let call = ("POST", "/people/batch".to_owned(), items);
    world.does("create_people", &owner, call, (Replayed, Unversioned), &["person.added"]).await;
    let call = ("PATCH", format!("/people/{an}"), json!({ "job_title": "Trưởng nhóm" }));
    world.does("change_person", &owner, call, (NoKey, Refused), &["person.changed"]).await;
    let call = ("POST", "/people/invitations".to_owned(), json!({ "person_ids": [an] }));
    let invited = world.does("invite_people", &owner, call, (Replayed, Unversioned), &["person.invited"]).await;
    let body = json!({ "token": invited["items"][0]["token"], "password": PASSWORD });
    let call = ("POST", "/invitations/accept".to_owned(), body);
    let nobody = world.app.anonymous();
    let made = world.does("accept_invitation", &nobody, call, (NoKey, Unversioned), &["person.joined"]).await;
    let member = format!("{path}/members/{an}");
    let call = ("PUT", member.clone(), json!({ "role": "supervisor" }));
    world.does("place_member", &owner, call, (NoKey, Refused), &["unit.member_changed"]).await;
    let call = ("DELETE", member.clone(), Value::Null);
    world.does("remove_member", &owner, call, (NoKey, Refused), &["unit.member_changed"]).await;
    let handed = json!({ "lead_id": an, "delegate_id": owner.person, "rights": ["approve"], "first": "2026-02-14", "last": "2026-02-14" });
    owner.put(&member, &json!({ "role": "lead" })).await.ok();
    let call = ("POST", "/delegations".to_owned(), handed);
    let handed = world.does("create_delegation", &owner, call, (Replayed, Unversioned), &["delegation.added"]).await;
    let call = ("DELETE", format!("/delegations/{}", id(&handed)), Value::Null);
    world.does("end_delegation", &owner, call, (NoKey, Refused), &["delegation.ended"]).await;
    owner.delete(&member).await.status(204);
    let empty = json!({ "kind": "team", "name": "Trống", "code": "trong", "parent_id": unit });
    let empty = world.app.owner.post("/units", &empty).await.id();
    let call = ("DELETE", format!("/units/{empty}"), Value::Null);
    world.does("delete_unit", &owner, call, (NoKey, Refused), &["unit.removed"]).await;
    let new = json!({
        "organization_name": "Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "other@example.com", "password": PASSWORD, "display_name": "Khác",
    });
    let call = ("POST", "/organizations".to_owned(), new);
    world.does("sign_up", &nobody, call, (NoKey, Unversioned), &[]).await;
    (unit, Client::signed_in(&world.app.url, "an@example.com", &made))
}

async fn cycles(world: &mut World) -> String {
    let owner = world.app.owner.clone();
    let call = ("POST", "/cycles/year".to_owned(), json!({ "year": 2027, "parts": ["half"] }));
    let year = world.does("create_cycle_year", &owner, call, (Replayed, Unversioned), &["cycle.created"]).await;
    let settings = json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" });
    let cycle = json!({
        "kind": "custom", "name": "Quý", "starts_on": "2026-01-01", "ends_on": "2026-03-31", "settings": settings,
    });
    let call = ("POST", "/cycles".to_owned(), cycle);
    let cycle = id(&world.does("create_cycle", &owner, call, (Replayed, Unversioned), &["cycle.created"]).await);
    let path = format!("/cycles/{cycle}");
    let call = ("PATCH", path.clone(), json!({ "name": "Quý I" }));
    world.does("update_cycle", &owner, call, (NoKey, Refused), &["cycle.updated"]).await;
    for to in ["planning", "active"] {
        let call = ("POST", format!("{path}/phase"), json!({ "to": to }));
        world.does("move_cycle_phase", &owner, call, (Replayed, Refused), &["cycle.phase_changed"]).await;
    }
    let half = owner.get("/cycles?limit=50").await.ok();
    let half = half["items"].as_array().unwrap().iter().find(|cycle| cycle["kind"] == "half").cloned();
    let half = half.unwrap_or_else(|| panic!("no half in {year}"));
    let call = ("DELETE", format!("/cycles/{}", id(&half)), Value::Null);
    world.does("delete_cycle", &owner, call, (NoKey, Refused), &["cycle.deleted"]).await;
    let metric = json!({ "code": "won", "name": { "en": "Won" }, "unit": "currency" });
    let call = ("POST", "/metrics".to_owned(), metric);
    let metric = id(&world.does("create_metric", &owner, call, (Replayed, Unversioned), &["metric.created"]).await);
    let call = ("POST", "/metrics/from-library".to_owned(), json!({ "codes": ["win_rate"] }));
    world.does("create_metrics_from_library", &owner, call, (Replayed, Unversioned), &["metric.created"]).await;
    let call = ("PATCH", format!("/metrics/{metric}"), json!({ "name": { "vi": "Đơn thắng" } }));
    world.does("update_metric", &owner, call, (NoKey, Refused), &["metric.updated"]).await;
    let call = ("DELETE", format!("/metrics/{metric}"), Value::Null);
    world.does("delete_metric", &owner, call, (NoKey, Refused), &["metric.deleted"]).await;
    cycle
}

fn kpi(cycle: &str, owner: &str, title: &str) -> Value {
    json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "person", "owner_id": owner, "title": title, "target": "100",
        "direction": "increase",
    })
}

async fn goals(world: &mut World, cycle: &str, an: &Client) {
    let owner = world.app.owner.clone();
    let call = ("POST", "/goals".to_owned(), kpi(cycle, &an.person, "Doanh thu"));
    let goal = id(&world.does("create_goal", an, call, (Replayed, Unversioned), &["goal.created"]).await);
    let path = format!("/goals/{goal}");
    let call = ("PATCH", path.clone(), json!({ "description": "Của tôi" }));
    world.does("update_goal", an, call, (NoKey, Refused), &["goal.changed"]).await;
    for (operation, method, kind) in
        [("follow_goal", "PUT", "goal.followed"), ("unfollow_goal", "DELETE", "goal.unfollowed")]
    {
        world
            .does(operation, &owner, (method, format!("{path}/follow"), Value::Null), (NoKey, Unversioned), &[kind])
            .await;
    }
    let call = ("POST", format!("{path}/transition"), json!({ "to": "active" }));
    world.does("transition_goal", an, call, (Replayed, Refused), &["goal.submitted"]).await;
    let top = owner.post("/goals", &kpi(cycle, &owner.person, "Công ty")).await.id();
    owner.post(&format!("/goals/{top}/transition"), &json!({ "to": "active" })).await.ok();
    let link = format!("{path}/links/{top}");
    let call = ("PUT", link.clone(), json!({ "weight": "2", "primary": true }));
    world.does("put_goal_link", &owner, call, (NoKey, Refused), &["goal.linked"]).await;
    let call = ("PUT", format!("/goals/{top}/child-weights"), json!([{ "goal_id": goal, "weight": "3" }]));
    world.does("put_child_weights", &owner, call, (NoKey, Refused), &["goal.link_changed"]).await;
    let call = ("DELETE", link, Value::Null);
    world.does("delete_goal_link", &owner, call, (NoKey, Refused), &["goal.unlinked"]).await;
    check_ins(world, &goal, an).await;
    requests(world, &goal, an).await;
    let draft = owner.post("/goals", &kpi(cycle, &owner.person, "Nháp")).await.id();
    let call = ("DELETE", format!("/goals/{draft}"), Value::Null);
    world.does("delete_goal", &owner, call, (NoKey, Refused), &["goal.deleted"]).await;
    let items = json!({ "items": [{ "goal_id": top, "transition": "cancelled", "reason": "Thôi" }] });
    let call = ("POST", "/goals/batch".to_owned(), items);
    world.does("batch_goals", &owner, call, (Replayed, Unversioned), &["goal.cancelled"]).await;
    let call = ("POST", format!("/people/{}/handover", an.person), json!({ "to": owner.person }));
    world.does("hand_over", &owner, call, (Replayed, Unversioned), &["goal.handed_over"]).await;
}

/// A department's sum that is split into goals of its people, made for all of them, and planned.
async fn split(world: &mut World, cycle: &str, unit: &str, an: &Client) {
    let owner = world.app.owner.clone();
    let metric = json!({
        "code": "revenue", "name": { "en": "Revenue" }, "unit": "number", "measured_for": "person",
        "time_aggregation": "sum", "people_aggregation": "sum",
    });
    let metric = owner.post("/metrics", &metric).await.id();
    let sum = json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "department", "unit_id": unit, "owner_id": owner.person,
        "title": "Doanh thu phòng", "source": "sum", "metric_id": metric, "target": "100", "direction": "increase",
    });
    let sum = owner.post("/goals", &sum).await.id();
    let call = ("POST", format!("/goals/{sum}/split"), json!({ "how": "equal", "parts": [{ "owner_id": an.person }] }));
    world.does("split_goal", &owner, call, (Replayed, Unversioned), &["goal.created"]).await;
    let bulk = json!({
        "cycle_id": cycle, "unit_id": unit, "metric_id": metric, "parent_id": sum, "by": "equal", "again": true,
    });
    let told = ["goal.created", "goal.linked", "goals.made_for_unit"];
    let call = ("POST", "/goals/bulk".to_owned(), bulk);
    world.does("bulk_goals", &owner, call, (Replayed, Unversioned), &told).await;
    let path = format!("/goals/{sum}/target-plan");
    let call = ("PUT", path.clone(), json!({ "by": "equal", "reason": "Đều" }));
    world.does("put_target_plan", &owner, call, (NoKey, Refused), &["goal.changed"]).await;
    let call = ("DELETE", format!("{path}?reason=x"), Value::Null);
    world.does("delete_target_plan", &owner, call, (NoKey, Refused), &["goal.changed"]).await;
}

async fn check_ins(world: &mut World, goal: &str, an: &Client) {
    let call = ("POST", format!("/goals/{goal}/check-ins"), json!({ "value": "10" }));
    let made = world.does("create_check_in", an, call, (Replayed, Unversioned), &["check_in.recorded"]).await;
    let path = format!("/check-ins/{}", id(&made["check_in"]));
    let call = ("PATCH", path.clone(), json!({ "note": "Đã sửa" }));
    world.does("update_check_in", an, call, (NoKey, Refused), &["check_in.corrected"]).await;
    let call = ("DELETE", path, Value::Null);
    world.does("void_check_in", an, call, (NoKey, Refused), &["check_in.voided"]).await;
    let items = json!({ "items": [{ "goal_id": goal, "value": "20" }] });
    let call = ("POST", "/check-ins/batch".to_owned(), items);
    world.does("create_check_in_batch", an, call, (Replayed, Unversioned), &["check_in.recorded"]).await;
}

async fn requests(world: &mut World, goal: &str, an: &Client) {
    let owner = world.app.owner.clone();
    let ask = async |target: &str| {
        let patch = json!({ "target": target, "reason": "Khó quá" });
        let asked = an.patch(&format!("/goals/{goal}"), &patch).await.status(202);
        format!("/change-requests/{}", id(&asked))
    };
    let (first, second) = (ask("80").await, ask("70").await);
    let call = ("POST", format!("{first}/decide"), json!({ "approve": true }));
    let told = ["change_request.decided", "goal.changed"];
    world.does("decide_change_request", &owner, call, (Replayed, Refused), &told).await;
    let call = ("POST", format!("{second}/withdraw"), json!({}));
    world.does("withdraw_change_request", an, call, (Replayed, Refused), &["change_request.decided"]).await;
}

/// Reviews of the cycle: An's, and one of somebody who is left out.
async fn reviews(world: &mut World, cycle: &str, an: &Client) {
    let owner = world.app.owner.clone();
    let section = json!({ "key": "goals", "kind": "goals", "title": { "vi": "Mục tiêu" }, "weight": "1" });
    let settings = json!({ "people": "with_goals", "self_hidden": true, "manager_hidden": true, "calibration": true });
    let question = json!({
        "key": "words", "kind": "questions", "title": { "vi": "Lời" }, "asked_in": ["self", "manager"],
        "questions": [{ "key": "word", "kind": "text", "text": { "vi": "Gì?" } }],
    });
    let template = json!({ "name": "Mẫu", "sections": [section, question], "settings": settings });
    let call = ("POST", "/review-templates".to_owned(), template);
    let told = &["review_template.created"];
    let template = id(&world.does("create_review_template", &owner, call, (Replayed, Unversioned), told).await);
    let call = ("PATCH", format!("/review-templates/{template}"), json!({ "name": "Mẫu quý" }));
    world.does("update_review_template", &owner, call, (NoKey, Refused), &["review_template.changed"]).await;
    let call = ("PATCH", format!("/cycles/{cycle}/review-setup"), json!({ "template_id": template }));
    world.does("change_review_setup", &owner, call, (NoKey, Refused), &["cycle.reviews_set_up"]).await;
    owner.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": "review" })).await.ok();
    let people = owner.get("/people?q=binh").await.ok();
    let other = people["items"][0]["id"].as_str().unwrap();
    let mut added = Vec::new();
    for person in [&an.person, other] {
        let call = ("POST", format!("/cycles/{cycle}/reviews"), json!({ "person_id": person, "reason": "Thêm" }));
        added.push(id(&world.does("add_review", &owner, call, (Replayed, Unversioned), &["review.opened"]).await));
    }
    let call = ("POST", format!("/reviews/{}/exclude", added[1]), json!({ "reason": "Nghỉ" }));
    world.does("exclude_review", &owner, call, (Replayed, Demanded(1)), &["review.excluded"]).await;
    review_steps(world, &added[0], an).await;
}

async fn review_steps(world: &mut World, review: &str, an: &Client) {
    let owner = world.app.owner.clone();
    let at = |what: &str| format!("/reviews/{review}/{what}");
    let again = async |who: &Client, version: i64, what: &str, body: Value| {
        let who = who.with("If-Match", format!("\"v{version}\""));
        who.send(reqwest::Method::POST, &at(what), (!body.is_null()).then(|| body.to_string())).await.ok();
    };
    let why = json!({ "reason": "Xem lại" });
    let call = ("PUT", at("self"), json!({ "comment": "Ổn" }));
    world.does("put_self_review", an, call, (NoKey, Demanded(1)), &["review.self_written"]).await;
    let call = ("POST", at("self/submit"), Value::Null);
    world.does("submit_self_review", an, call, (Replayed, Demanded(2)), &["review.self_submitted"]).await;
    let call = ("POST", at("return"), why.clone());
    world.does("return_review", &owner, call, (Replayed, Demanded(3)), &["review.returned"]).await;
    again(an, 4, "self/submit", Value::Null).await;
    let part = json!({ "rating": "3", "comment": "Đạt" });
    let call = ("PUT", at("manager"), part.clone());
    world.does("put_manager_review", &owner, call, (NoKey, Demanded(5)), &["review.manager_written"]).await;
    let items = json!({ "items": [{ "review_id": review, "version": 6, "part": part }] });
    let call = ("PUT", "/reviews/batch".to_owned(), items);
    world.does("put_review_batch", &owner, call, (NoKey, Unversioned), &["review.manager_written"]).await;
    let items = json!({ "items": [{ "review_id": review, "version": 7 }] });
    let call = ("POST", "/reviews/batch/submit".to_owned(), items);
    world.does("submit_review_batch", &owner, call, (Replayed, Unversioned), &["review.manager_submitted"]).await;
    again(&owner, 8, "return", why.clone()).await;
    let call = ("POST", at("manager/submit"), Value::Null);
    world.does("submit_manager_review", &owner, call, (Replayed, Demanded(9)), &["review.manager_submitted"]).await;
    let call = ("PUT", at("calibration"), json!({ "rating": "4", "reason": "So với nhóm" }));
    world.does("put_review_calibration", &owner, call, (NoKey, Demanded(10)), &["review.calibrated"]).await;
    let call = ("POST", at("share"), Value::Null);
    world.does("share_review", &owner, call, (Replayed, Demanded(11)), &["review.shared"]).await;
    let call = ("POST", at("reopen"), why);
    world.does("reopen_review", &owner, call, (Replayed, Demanded(12)), &["review.reopened"]).await;
    again(&owner, 13, "share", Value::Null).await;
    let call = ("POST", at("acknowledge"), json!({ "agree": true }));
    world.does("acknowledge_review", an, call, (Replayed, Demanded(14)), &["review.acknowledged"]).await;
}

async fn tokens(world: &mut World) {
    let owner = world.app.owner.clone();
    let call = ("POST", "/api-tokens".to_owned(), json!({ "name": "CRM", "scopes": ["read"] }));
    let made = world.does("create_api_token", &owner, call, (Replayed, Unversioned), &["api_token.created"]).await;
    let call = ("DELETE", format!("/api-tokens/{}", id(&made["api_token"])), Value::Null);
    world.does("revoke_api_token", &owner, call, (NoKey, Unversioned), &["api_token.revoked"]).await;
}

async fn measurements(world: &mut World) {
    let owner = world.app.owner.clone();
    let metric = json!({
        "code": "calls", "name": { "en": "Calls" }, "unit": "count", "measured_for": "unit",
        "time_aggregation": "sum", "people_aggregation": "sum",
    });
    owner.post("/metrics", &metric).await.ok();
    let company = world.app.company().await;
    let body = json!({ "metric": "calls", "unit_id": company, "date": "2026-02-01", "value": "5", "source": "pbx" });
    let call = ("POST", "/measurements".to_owned(), json!({ "items": [body] }));
    world.does("record_measurements", &owner, call, (Replayed, Unversioned), &["measurements.recorded"]).await;
    let call = ("POST", "/measurements".to_owned(), body);
    let made =
        world.does("record_measurements", &owner, call, (Replayed, Unversioned), &["measurements.recorded"]).await;
    let path = format!("/measurements/{}", id(&made));
    let call = ("PATCH", path.clone(), json!({ "value": "6" }));
    world.does("update_measurement", &owner, call, (NoKey, Refused), &["measurement.corrected"]).await;
    let call = ("DELETE", path, Value::Null);
    world.does("remove_measurement", &owner, call, (NoKey, Refused), &["measurement.removed"]).await;
}

/// Every operation of the document that may change something.
fn operations() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&App::document().to_pretty_json().unwrap()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let methods = items.flat_map(|item| item.as_object().unwrap());
    methods
        .filter(|(method, _)| *method != "get")
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn every_change_is_told_done_once_and_never_over_anothers() {
    let mut world = World {
        app: TestApp::configured(&["--sign-up", "true"]).await,
        done: SIGNING_IN.into_iter().chain(RECKONING).collect(),
        number: 0,
    };
    let (unit, an) = organization(&mut world).await;
    let cycle = cycles(&mut world).await;
    split(&mut world, &cycle, &unit, &an).await;
    goals(&mut world, &cycle, &an).await;
    measurements(&mut world).await;
    reviews(&mut world, &cycle, &an).await;
    tokens(&mut world).await;
    let done: BTreeSet<String> = world.done.iter().map(|operation| (*operation).to_owned()).collect();
    let missing: Vec<_> = operations().difference(&done).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "operations that nobody holds to what is promised of all");
}
