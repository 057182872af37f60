//! Figures as of a day, and the day that goes by.

use super::{check_in, goal, kpi, lead_on, link, must_agree, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

async fn on(client: &Client, goal: &str, day: &str) -> Value {
    client.get(&format!("/goals/{goal}?as_of={day}")).await.ok()
}

#[actix_web::test]
async fn a_past_day_has_the_values_targets_and_links_that_stood_at_its_end() {
    let app = TestApp::at("2026-01-12T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    let late = goal(me, &cycle, "Late", kpi("10", None)).await;
    check_in(me, &leaf, "2", "2026-01-05").await;
    check_in(me, &leaf, "4", "2026-01-12").await;
    check_in(me, &late, "10", "2026-01-12").await;
    app.set_clock("2026-01-20T02:00:00Z");
    link(me, &late, &top, "1").await;
    let change = json!({ "target": "20", "title": "Leaf, larger", "reason": "Thị trường lớn hơn" });
    me.patch(&format!("/goals/{leaf}"), &change).await.ok();
    app.set_clock("2026-02-14T02:00:00Z");

    let progress = async |day: &str| on(me, &top, day).await["progress"].clone();
    assert_eq!(progress("2026-01-04").await, 0.0, "active from its window's first day on");
    assert_eq!(progress("2026-01-05").await, 0.2);
    assert_eq!(progress("2026-01-12").await, 0.4);
    assert_eq!(progress("2026-01-19").await, 0.4);
    assert_eq!(progress("2026-01-20").await, 0.6, "(4/20 + 10/10)/2");
    assert_eq!(node(me, &top).await["progress"], 0.6);
    let before = on(me, &leaf, "2026-01-19").await;
    assert_eq!((&before["target"], &before["title"]), (&json!("10"), &json!("Leaf")));
    assert_eq!((&before["as_of"], &before["can"]), (&json!("2026-01-19"), &json!(["see"])));
    assert_eq!(on(me, &leaf, "2026-02-14").await["target"], "20", "today may be named");
    let tree = me.get(&format!("/cycles/{cycle}/tree?as_of=2026-01-19")).await.ok();
    assert_eq!((&tree["as_of"], tree["links"].as_array().map(Vec::len)), (&json!("2026-01-19"), Some(1)));
    me.get(&format!("/goals/{leaf}?as_of=2026-02-15")).await.problem(422, "invalid_fields");
    must_agree(&app);
}

#[actix_web::test]
async fn a_day_before_the_calendar_begins_is_refused_on_every_database() {
    let app = TestApp::new().await;
    let (me, cycle, company) = (&app.owner, app.quarter().await, app.company().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    let paths = [
        format!("/goals/{leaf}"),
        format!("/goals/{leaf}/ancestors"),
        format!("/goals?cycle_id={cycle}"),
        format!("/cycles/{cycle}/tree"),
        "/me/goals".to_owned(),
        format!("/units/{company}/goals"),
    ];
    for path in paths {
        let sign = if path.contains('?') { '&' } else { '?' };
        for day in ["-9999-01-01", "-262142-01-01", "0000-12-31"] {
            let refused = me.get(&format!("{path}{sign}as_of={day}")).await;
            assert_eq!(refused.faults(), ["?as_of out_of_range"], "{path} {day}");
        }
    }
    me.get(&format!("/goals/{leaf}?as_of=0001-01-01")).await.problem(404, "not_found");
    assert_eq!(me.get(&format!("/cycles/{cycle}/tree?as_of=0001-01-01")).await.ok()["nodes"], json!([]));
}

#[actix_web::test]
async fn what_is_entered_or_voided_later_changes_the_past_days_that_it_touches() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    check_in(me, &leaf, "2", "2026-02-01").await;
    assert_eq!(on(me, &leaf, "2026-02-08").await["progress"], 0.2);
    let entered = json!({ "value": "5", "effective_date": "2026-02-05" });
    let entered = me.post(&format!("/goals/{leaf}/check-ins"), &entered).await.status(201);
    assert_eq!(on(me, &leaf, "2026-02-08").await["progress"], 0.5);
    assert_eq!(on(me, &leaf, "2026-02-04").await["progress"], 0.2);
    let id = entered["check_in"]["id"].as_str().unwrap();
    me.delete(&format!("/check-ins/{id}?reason=typo")).await.status(204);
    assert_eq!(on(me, &leaf, "2026-02-08").await["progress"], 0.2);
}

#[actix_web::test]
async fn change_7d_is_the_progress_made_in_a_week() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    check_in(me, &leaf, "2", "2026-02-07").await;
    check_in(me, &leaf, "5", "2026-02-08").await;
    assert_eq!(node(me, &leaf).await["change_7d"], 0.3);
    app.set_clock("2026-02-15T02:00:00Z");
    assert_eq!(node(me, &leaf).await["change_7d"], 0.0);
    check_in(me, &leaf, "1", "2026-02-15").await;
    assert_eq!(node(me, &leaf).await["change_7d"], -0.4);
}

#[actix_web::test]
async fn a_goal_that_nobody_touches_goes_off_track_by_itself() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    check_in(me, &leaf, "5", "2026-02-14").await;
    let status = async || node(me, &leaf).await["status"].clone();
    assert_eq!(status().await, "on_track");
    app.set_clock("2026-02-27T16:59:00Z");
    assert_eq!(status().await, "at_risk", "the 58th of 90 days");
    app.set_clock("2026-03-31T16:59:59Z");
    let last = node(me, &leaf).await;
    assert_eq!((&last["status"], &last["result"]), (&json!("off_track"), &json!("missed")));
}

#[actix_web::test]
async fn the_day_turns_at_midnight_of_the_organization() {
    let app = TestApp::at("2026-02-14T16:59:59Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    let expected = async || node(me, &leaf).await["expected"].clone();
    assert_eq!(expected().await, 0.5);
    app.set_clock("2026-02-14T17:00:00Z");
    assert_eq!(expected().await, 0.5111, "46/90");
}

#[actix_web::test]
async fn a_completed_goal_keeps_what_it_reached_and_a_reopened_one_goes_on() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "8", "2026-02-14").await;
    lead_on(me, &leaf, json!({ "to": "completed" })).await;
    let done = node(me, &leaf).await;
    assert_eq!(
        (&done["state"], &done["result"], &done["completed_on"]),
        (&json!("completed"), &json!("partly"), &json!("2026-02-14"))
    );
    app.set_clock("2026-02-20T02:00:00Z");
    lead_on(me, &leaf, json!({ "to": "active", "reason": "Chưa xong" })).await;
    assert_eq!(node(me, &top).await["progress"], 0.8);
    assert_eq!(on(me, &leaf, "2026-02-19").await["state"], "completed");
    must_agree(&app);
}
