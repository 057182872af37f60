//! What was said of a goal, by whom, why, and from which day on; and the feed of what happened.

use super::{check_in, draft, goal, kpi, lead_on, link, node, titles};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// The fields that an entry says changed, as `field before after`.
fn changes(entry: &Value) -> Vec<String> {
    let changes = entry["changes"].as_array().expect("changes");
    changes.iter().map(|one| format!("{} {} {}", one["field"], one["before"], one["after"]).replace('"', "")).collect()
}

fn kinds(entries: &[Value]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry["kind"].as_str()).collect()
}

async fn activity(client: &Client, goal: &str) -> Vec<Value> {
    client.all(&format!("/goals/{goal}/activity?limit=3")).await
}

#[actix_web::test]
async fn every_version_tells_what_changed_who_why_and_from_which_day() {
    let app = TestApp::at("2026-01-10T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "visibility": "public" })).await;
    let leaf = draft(me, &cycle, "Leaf", kpi("10", None)).await;
    app.set_clock("2026-01-12T02:00:00Z");
    lead_on(me, &leaf, json!({ "to": "pending_approval" })).await;
    app.set_clock("2026-01-20T02:00:00Z");
    let change = json!({ "target": "20", "title": "Leaf, larger", "reason": "Thị trường lớn hơn" });
    me.patch(&format!("/goals/{leaf}"), &change).await.ok();
    link(me, &leaf, &top, "2").await;
    app.set_clock("2026-01-21T02:00:00Z");
    me.delete(&format!("/goals/{leaf}/links/{top}?reason=Nhầm")).await.status(204);

    let told = me.all(&format!("/goals/{leaf}/history?limit=2")).await;
    assert_eq!(told.len(), 5);
    let [gone, linked, changed, active, made] = &told[..] else { panic!("{told:?}") };
    assert_eq!(changes(gone), ["primary false null", "weight 2 null"]);
    assert_eq!((&gone["reason"], &gone["parent"]["title"]), (&json!("Nhầm"), &json!("Top")));
    assert_eq!(changes(linked), ["primary null false", "weight null 2"]);
    assert_eq!(changes(changed), ["target 10 20", "title Leaf Leaf, larger"]);
    assert_eq!(changed["changes"][0]["label"], "Target");
    let words = json!([changed["reason"], changed["holds_from"], changed["actor"]["name"], changed["version"]]);
    assert_eq!(words, json!(["Thị trường lớn hơn", "2026-01-20", "Trần Thị Chủ", 3]));
    assert_eq!(changes(active), ["state draft active"]);
    assert_eq!(active["holds_from"], "2026-01-01", "it speaks from its window's first day on");
    assert_eq!(made["holds_from"], "2026-01-10");
    assert!(changes(made).contains(&"target null 10".to_owned()));

    let above = me.get(&format!("/goals/{top}/history?sort=-newest")).await.ok();
    let last = above["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["child"]["title"], &last["parent"]), (&json!("Leaf, larger"), &Value::Null));
    let vietnamese = me.with("Accept-Language", "vi").get(&format!("/goals/{leaf}/history")).await.ok();
    assert_eq!(vietnamese["items"][2]["changes"][0]["label"], "Chỉ tiêu");
}

#[actix_web::test]
async fn one_feed_tells_all_that_happened_newest_first() {
    let app = TestApp::at("2026-02-01T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "2", "2026-02-01").await;
    me.patch(&format!("/goals/{leaf}"), &json!({ "target": "8", "reason": "Nhỏ hơn" })).await.ok();
    me.put(&format!("/goals/{leaf}/follow"), &json!({})).await.status(204);
    lead_on(me, &leaf, json!({ "to": "on_hold", "reason": "Chờ" })).await;
    let told = activity(me, &leaf).await;
    let expected = [
        "goal.held",
        "goal.followed",
        "goal.changed",
        "check_in.recorded",
        "goal.submitted",
        "goal.linked",
        "goal.created",
    ];
    assert_eq!(kinds(&told), expected);
    assert_eq!((&told[0]["reason"], &told[0]["actor"]["id"]), (&json!("Chờ"), &json!(me.person)));
    assert_eq!(told[2]["summary"], "Goal changed: Target 10 → 8");
    assert_eq!(told[3]["summary"], "Check-in: 2, 2026-02-01");
    assert_eq!(told[3]["check_in"]["value"], "2");
    let linked = told.iter().find(|entry| entry["kind"] == "goal.linked").unwrap();
    assert_eq!(linked["link"]["parent"]["title"], "Top");
    assert_eq!(linked["link"]["after"], json!({ "weight": "1", "primary": true }));
    let some =
        me.get(&format!("/goals/{leaf}/activity?kind=goal.held,check_in.recorded&include_total=true")).await.ok();
    assert_eq!(
        (kinds(some["items"].as_array().unwrap()), &some["total"]),
        (vec!["goal.held", "check_in.recorded"], &json!(2))
    );
    let mut oldest = me.all(&format!("/goals/{leaf}/activity?limit=2&sort=-newest")).await;
    oldest.reverse();
    assert_eq!(oldest, told);
    me.get(&format!("/goals/{leaf}/activity?kind=goal.lost")).await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn what_was_asked_for_and_decided_is_in_the_feed() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let settings = json!({ "cadence": "none", "approval_required": false, "change_approval": "manager" });
    let cycle = app.cycle("2026-01-01", "2026-03-31", settings).await;
    let rep = app.member("Sales Rep", &company, json!({})).await;
    let leaf = goal(&rep, &cycle, "Leaf", kpi("10", None)).await;
    let asked = rep.patch(&format!("/goals/{leaf}"), &json!({ "target": "5", "reason": "Quá cao" })).await.status(202);
    let request = asked["id"].as_str().unwrap();
    app.owner
        .post(&format!("/change-requests/{request}/decide"), &json!({ "approve": true, "note": "Được" }))
        .await
        .ok();
    let told = activity(&rep, &leaf).await;
    let entry = |kind: &str| told.iter().find(|entry| entry["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"));
    let decided = entry("change_request.decided");
    let words = json!([decided["change_request"]["state"], decided["change_request"]["note"], decided["summary"]]);
    assert_eq!(words, json!(["approved", "Được", "Change decided: Approved"]));
    assert_eq!(entry("change_request.made")["reason"], "Quá cao");
    assert_eq!(changes(entry("goal.changed")), ["target 10 5"]);
}

#[actix_web::test]
async fn a_reader_is_told_nothing_of_what_they_may_not_see() {
    let app = TestApp::new().await;
    let (me, cycle, company) = (&app.owner, app.quarter().await, app.company().await);
    let other = app.member("Other Person", &company, json!({})).await;
    let secret = json!({ "kind": "objective", "visibility": "restricted" });
    let secret = goal(me, &cycle, "Secret takeover", secret).await;
    let mut leaf = kpi("10", None);
    leaf["visibility"] = json!("public");
    let leaf = goal(me, &cycle, "Leaf", leaf).await;
    link(me, &leaf, &secret, "2").await;
    let said = json!({ "value": "3", "effective_date": "2026-02-10", "note": "Khách A hủy" });
    let first = me.post(&format!("/goals/{leaf}/check-ins"), &said).await.status(201);
    let first = first["check_in"]["id"].as_str().unwrap().to_owned();
    me.patch(&format!("/check-ins/{first}"), &json!({ "note": "Đã sửa" })).await.ok();
    let second = me.post(&format!("/goals/{leaf}/check-ins"), &json!({ "value": "4" })).await.status(201);
    let second = second["check_in"]["id"].as_str().unwrap().to_owned();
    me.delete(&format!("/check-ins/{second}?reason=Nhầm")).await.status(204);

    for place in ["history", "activity"] {
        let told = other.get(&format!("/goals/{leaf}/{place}")).await;
        assert_eq!(told.status.as_u16(), 200, "{}", told.text);
        for hidden in ["Secret takeover", secret.as_str(), second.as_str(), "Khách A hủy"] {
            assert!(!told.text.contains(hidden), "{place} tells {hidden}: {}", told.text);
        }
        other.get(&format!("/goals/{secret}/{place}")).await.problem(404, "not_found");
    }
    let seen = activity(&other, &leaf).await;
    assert_eq!(kinds(&seen)[..2], ["check_in.corrected", "check_in.recorded"]);
    assert_eq!((&seen[0]["changes"], &seen[1]["check_in"]["note"]), (&json!([]), &json!("Đã sửa")));
    let all = activity(me, &leaf).await;
    assert_eq!(kinds(&all)[..2], ["check_in.voided", "check_in.recorded"]);
    assert_eq!(all[0]["reason"], "Nhầm");
    assert!(all.iter().any(|entry| entry["link"]["parent"]["title"] == "Secret takeover"));
    assert_eq!(changes(&all[2]), ["note Khách A hủy Đã sửa"]);
}

#[actix_web::test]
async fn views_show_a_day_gone_by_as_it_was() {
    let app = TestApp::at("2026-02-10T02:00:00Z").await;
    let (me, cycle, company) = (&app.owner, app.quarter().await, app.company().await);
    let rep = app.member("Sales Rep", &company, json!({})).await;
    let mine = goal(&rep, &cycle, "Mine", kpi("10", None)).await;
    let shared = goal(me, &cycle, "Shared", json!({ "kind": "objective", "visibility": "public" })).await;
    check_in(&rep, &mine, "2", "2026-02-10").await;
    app.set_clock("2026-02-12T02:00:00Z");
    me.patch(&format!("/goals/{shared}"), &json!({ "contributors": [rep.person] })).await.ok();
    me.patch(&format!("/goals/{mine}"), &json!({ "owner_id": me.person })).await.ok();
    let day = async |path: &str, as_of: &str| rep.get(&format!("{path}?as_of={as_of}")).await.ok();
    let before = day("/me/goals", "2026-02-11").await;
    assert_eq!((&before["as_of"], titles(&before["owned"])), (&json!("2026-02-11"), vec!["Mine"]));
    assert_eq!((titles(&before["contributing"]).len(), &before["owned"][0]["progress"]), (0, &json!(0.2)));
    let today = rep.get("/me/goals").await.ok();
    assert_eq!((titles(&today["owned"]).len(), titles(&today["contributing"])), (0, vec!["Shared"]));
    let unit = day(&format!("/units/{company}/goals"), "2026-02-11").await;
    let rep_goals = unit["members"].as_array().unwrap().iter().find(|one| one["person"]["id"] == rep.person.as_str());
    assert_eq!(titles(&rep_goals.unwrap()["goals"]), ["Mine"]);
    assert_eq!((&unit["as_of"], &unit["counts"]["total"]), (&json!("2026-02-11"), &json!(2)));
    rep.get("/me/goals?as_of=2026-02-13").await.problem(422, "invalid_fields");
    app.set_clock("2026-05-01T02:00:00Z");
    for phase in ["review", "closed"] {
        me.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": phase })).await.ok();
    }
    assert_eq!(titles(&day("/me/goals", "2026-02-11").await["owned"]), ["Mine"], "its cycle is closed by now");
    assert_eq!(node(&rep, &mine).await["owner"]["id"], me.person.as_str());
}
