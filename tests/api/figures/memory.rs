//! The forests in memory move forward with what is committed, and with nothing else.

use super::{check_in, draft, goal, kpi, lead_on, must_agree, node, titles};
use crate::support::TestApp;
use serde_json::{Value, json};

#[actix_web::test]
async fn every_change_is_in_the_very_next_read() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let progress = async || node(me, &top).await["progress"].clone();
    assert_eq!(progress().await, Value::Null);
    let a = goal(me, &cycle, "A", kpi("10", Some(&top))).await;
    assert_eq!(progress().await, 0.0);
    check_in(me, &a, "5", "2026-02-14").await;
    assert_eq!(progress().await, 0.5);
    let b = goal(me, &cycle, "B", kpi("10", Some(&top))).await;
    assert_eq!(progress().await, 0.25);
    me.put(&format!("/goals/{a}/links/{top}"), &json!({ "weight": "3", "primary": true })).await.ok();
    assert_eq!(progress().await, 0.375);
    lead_on(me, &b, json!({ "to": "on_hold" })).await;
    assert_eq!(progress().await, 0.5);
    let c = draft(me, &cycle, "C", kpi("10", Some(&top))).await;
    me.delete(&format!("/goals/{c}")).await.status(204);
    me.get(&format!("/goals/{c}")).await.problem(404, "not_found");
    me.patch(&format!("/goals/{a}"), &json!({ "target": "20", "reason": "Tăng" })).await.ok();
    assert_eq!(progress().await, 0.25);
    must_agree(&app);
}

#[actix_web::test]
async fn a_cycles_settings_move_every_goal_of_it() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    check_in(me, &leaf, "3", "2026-02-14").await;
    assert_eq!(node(me, &leaf).await["status"], "at_risk");
    me.patch(&format!("/cycles/{cycle}"), &json!({ "settings": { "on_track_gap": "0.2" } })).await.ok();
    assert_eq!(node(me, &leaf).await["status"], "on_track");
    must_agree(&app);
}

#[actix_web::test]
async fn names_of_people_units_and_metrics_are_as_they_are_now() {
    let app = TestApp::new().await;
    let (me, company, cycle) = (&app.owner, app.company().await, app.quarter().await);
    let metric = json!({ "code": "deals", "name": { "en": "Deals", "vi": "Giao dịch" }, "unit": "count" });
    let metric = me.post("/metrics", &metric).await.id();
    let mut body = kpi("10", None);
    body["metric_id"] = json!(metric);
    let leaf = goal(me, &cycle, "Leaf", body).await;
    assert_eq!(node(me, &leaf).await["metric"]["name"], "Deals");
    assert_eq!(node(&me.with("Accept-Language", "vi"), &leaf).await["metric"]["name"], "Giao dịch");
    let path = format!("/cycles/{cycle}/tree");
    let etag = me.get(&path).await.header("etag").unwrap().to_owned();
    me.patch(&format!("/metrics/{metric}"), &json!({ "name": { "en": "Closed deals" } })).await.ok();
    let tree = me.with("If-None-Match", &etag).get(&path).await.ok();
    assert_eq!(tree["nodes"][0]["metric"]["name"], "Closed deals");
    let etag = me.get(&path).await.header("etag").unwrap().to_owned();
    me.patch(&format!("/units/{company}"), &json!({ "name": "Công ty Mới" })).await.ok();
    let tree = me.with("If-None-Match", &etag).get(&path).await.ok();
    assert_eq!(tree["nodes"][0]["unit"]["name"], "Công ty Mới");
}

#[actix_web::test]
async fn a_check_in_answered_by_one_service_is_in_the_next_read_of_another() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("100", Some(&top))).await;
    let (url, _running) = app.second();
    let there = me.at(&url);
    for value in 1..=20 {
        let (writer, reader) = if value % 2 == 0 { (me, &there) } else { (&there, me) };
        writer.post(&format!("/goals/{leaf}/check-ins"), &json!({ "increment": "1" })).await.status(201);
        let seen = node(reader, &top).await["progress"].as_f64().unwrap();
        assert!((seen - f64::from(value) / 100.0).abs() < 1e-9, "{seen} after {value}");
    }
}

#[actix_web::test]
async fn many_readers_of_a_forest_that_is_not_there_yet_all_get_it() {
    let app = TestApp::configured(&["--goals-in-memory", "1"]).await;
    let (me, first) = (&app.owner, app.quarter().await);
    let second = app.cycle("2026-01-01", "2026-06-30", json!({ "approval_required": false })).await;
    goal(me, &first, "In the first", kpi("10", None)).await;
    goal(me, &second, "In the second", kpi("10", None)).await;
    let asked = (0..24).map(|n| {
        let (me, cycle) = (me.clone(), if n % 2 == 0 { first.clone() } else { second.clone() });
        actix_web::rt::spawn(async move { me.get(&format!("/cycles/{cycle}/tree")).await.ok() })
    });
    for (n, answer) in asked.collect::<Vec<_>>().into_iter().enumerate() {
        let tree = answer.await.unwrap();
        assert_eq!(titles(&tree["nodes"]), [if n % 2 == 0 { "In the first" } else { "In the second" }]);
    }
    assert_eq!(titles(&me.get("/goals").await.ok()["items"]), ["In the first", "In the second"]);
}

#[actix_web::test]
async fn a_cycle_that_lay_in_another_for_a_while_is_remembered_as_it_is() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let year = app.cycle("2026-01-01", "2026-12-31", json!({ "approval_required": false })).await;
    let path = format!("/cycles/{cycle}/tree");
    for name in ["Một", "Hai", "Ba"] {
        me.patch(&format!("/cycles/{cycle}"), &json!({ "name": name })).await.ok();
    }
    assert_eq!(me.get(&path).await.ok()["nodes"], json!([]));
    for parent in [json!(year), Value::Null] {
        me.patch(&format!("/cycles/{cycle}"), &json!({ "parent_id": parent })).await.ok();
    }
    goal(me, &cycle, "Leaf", kpi("10", None)).await;
    assert_eq!(titles(&me.get(&path).await.ok()["nodes"]), ["Leaf"]);
}

#[actix_web::test]
async fn figures_stay_right_while_many_check_in_and_goals_move_above_them() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let [left, right] = [
        goal(me, &cycle, "Left", json!({ "kind": "objective" })).await,
        goal(me, &cycle, "Right", json!({ "kind": "objective" })).await,
    ];
    let mut leaves = Vec::new();
    for n in 0..8 {
        leaves.push(goal(me, &cycle, &format!("Leaf {n}"), kpi("10", Some(&left))).await);
    }
    let mut running = Vec::new();
    for (n, leaf) in leaves.iter().cloned().enumerate() {
        let (me, left, right) = (me.clone(), left.clone(), right.clone());
        running.push(actix_web::rt::spawn(async move {
            for round in 0..6 {
                let body = json!({ "increment": "1" });
                me.post(&format!("/goals/{leaf}/check-ins"), &body).await.status(201);
                let parent = if (n + round) % 2 == 0 { &right } else { &left };
                let move_there = json!({ "weight": "1", "primary": true, "replace": true });
                me.put(&format!("/goals/{leaf}/links/{parent}"), &move_there).await.ok();
                node(&me, &left).await;
            }
        }));
    }
    for one in running {
        one.await.unwrap();
    }
    for leaf in &leaves {
        assert_eq!(node(me, leaf).await["value"], "6");
    }
    must_agree(&app);
}
