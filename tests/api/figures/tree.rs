//! A cycle's tree.

use super::{check_in, goal, kpi, lead_on, link, titles};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

fn objective(parent: Option<&str>) -> Value {
    json!({ "kind": "objective", "parent_id": parent })
}

/// Titles with depth, as the tree lists them.
fn shape(tree: &Value) -> Vec<(String, u64)> {
    let nodes = tree["nodes"].as_array().unwrap();
    nodes.iter().map(|node| (node["title"].as_str().unwrap().to_owned(), node["depth"].as_u64().unwrap())).collect()
}

fn is_shape(tree: &Value, expected: &[(&str, u64)]) {
    let expected: Vec<_> = expected.iter().map(|(title, depth)| ((*title).to_owned(), *depth)).collect();
    assert_eq!(shape(tree), expected);
}

/// A → B → C → D in a cycle, with E beside B; answers A.
async fn five(me: &Client, cycle: &str) -> String {
    let a = goal(me, cycle, "A", objective(None)).await;
    let b = goal(me, cycle, "B", objective(Some(&a))).await;
    goal(me, cycle, "E", kpi("10", Some(&a))).await;
    let c = goal(me, cycle, "C", objective(Some(&b))).await;
    goal(me, cycle, "D", kpi("10", Some(&c))).await;
    a
}

#[actix_web::test]
async fn a_tree_is_flat_depth_first_three_levels_deep_unless_asked() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let a = five(me, &cycle).await;
    let tree = me.get(&format!("/cycles/{cycle}/tree")).await.ok();
    is_shape(&tree, &[("A", 0), ("B", 1), ("C", 2), ("E", 1)]);
    assert_eq!(tree["cycle"]["id"], json!(cycle));
    assert_eq!(tree["as_of"], "2026-02-14");
    assert_eq!(tree["nodes"][0]["child_count"], 2);
    assert_eq!(tree["nodes"][2]["child_count"], 1, "C holds D, which is deeper");
    assert_eq!(tree["nodes"][1]["parent_id"], json!(a));
    assert_eq!(tree["links"].as_array().map(Vec::len), Some(3));
    is_shape(&me.get(&format!("/cycles/{cycle}/tree?depth=1")).await.ok(), &[("A", 0)]);
    let c = tree["nodes"][2]["id"].as_str().unwrap();
    is_shape(&me.get(&format!("/cycles/{cycle}/tree?root_id={c}")).await.ok(), &[("C", 0), ("D", 1)]);
    me.get(&format!("/cycles/{cycle}/tree?depth=0")).await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn with_a_filter_the_goals_above_what_is_found_come_along_unmatched() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    five(me, &cycle).await;
    let tree = me.get(&format!("/cycles/{cycle}/tree?q=d")).await.ok();
    is_shape(&tree, &[("A", 0), ("B", 1), ("C", 2), ("D", 3)]);
    let matched: Vec<_> = tree["nodes"].as_array().unwrap().iter().map(|node| &node["matched"]).collect();
    assert_eq!(matched, [false, false, false, true]);
    let none = me.get(&format!("/cycles/{cycle}/tree?status=achieved")).await.ok();
    assert_eq!(none["nodes"], json!([]));
}

#[actix_web::test]
async fn the_pages_of_a_tree_hold_every_goal_once() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    five(me, &cycle).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = me.get(&format!("/cycles/{cycle}/tree?depth=9&limit=2{cursor}")).await.ok();
        seen.extend(shape(&page));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let whole = me.get(&format!("/cycles/{cycle}/tree?depth=9")).await.ok();
    assert_eq!(seen, shape(&whole));
    assert_eq!(seen.len(), 5);
    me.get(&format!("/cycles/{cycle}/tree?cursor=x")).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn an_unchanged_tree_is_answered_without_a_body_and_a_changed_one_anew() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    let path = format!("/cycles/{cycle}/tree");
    let first = me.get(&path).await;
    let etag = first.header("etag").unwrap().to_owned();
    let again = me.with("If-None-Match", &etag).get(&path).await;
    assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""));
    assert_eq!(me.with("If-None-Match", &etag).get(&format!("{path}?depth=2")).await.status.as_u16(), 200);
    assert_eq!(me.with("If-None-Match", &etag).with("Accept-Language", "vi").get(&path).await.status.as_u16(), 200);

    check_in(me, &leaf, "5", "2026-02-14").await;
    let changed = me.with("If-None-Match", &etag).get(&path).await;
    assert_ne!(changed.header("etag"), Some(etag.as_str()));
    assert_eq!(changed.ok()["nodes"][0]["progress"], 0.5);
    app.set_clock("2026-02-15T02:00:00Z");
    let etag = me.get(&path).await.header("etag").unwrap().to_owned();
    app.set_clock("2026-02-16T02:00:00Z");
    assert_eq!(me.with("If-None-Match", &etag).get(&path).await.status.as_u16(), 200, "another day");
}

#[actix_web::test]
async fn a_year_holds_its_quarters_goals_and_a_quarter_names_the_parent_outside() {
    let app = TestApp::new().await;
    let me = &app.owner;
    let settings = json!({ "cadence": "none", "approval_required": false });
    let year = app.cycle("2026-01-01", "2026-12-31", settings.clone()).await;
    let body = json!({
        "kind": "custom", "name": "Q1", "starts_on": "2026-01-01", "ends_on": "2026-03-31", "parent_id": year,
        "settings": settings,
    });
    let quarter = me.post("/cycles", &body).await.id();
    for phase in ["planning", "active"] {
        me.post(&format!("/cycles/{quarter}/phase"), &json!({ "to": phase })).await.ok();
    }
    let of_year = goal(me, &year, "Of the year", objective(None)).await;
    let of_quarter = goal(me, &quarter, "Of the quarter", objective(Some(&of_year))).await;
    goal(me, &quarter, "Leaf", kpi("10", Some(&of_quarter))).await;
    goal(me, &quarter, "Alone", kpi("10", None)).await;

    let tree = me.get(&format!("/cycles/{year}/tree")).await.ok();
    is_shape(&tree, &[("Of the year", 0), ("Of the quarter", 1), ("Leaf", 2)]);
    let tree = me.get(&format!("/cycles/{quarter}/tree")).await.ok();
    is_shape(&tree, &[("Of the quarter", 0), ("Leaf", 1), ("Alone", 0)]);
    let outside = &tree["nodes"][0]["parent_outside"];
    assert_eq!((&outside["id"], &outside["title"]), (&json!(of_year), &json!("Of the year")));
    assert_eq!(tree["nodes"][1]["parent_outside"], Value::Null);
}

#[actix_web::test]
async fn cross_links_are_listed_with_their_weights() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let a = goal(me, &cycle, "A", objective(None)).await;
    let b = goal(me, &cycle, "B", objective(None)).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&a))).await;
    link(me, &leaf, &b, "2.5").await;
    let tree = me.get(&format!("/cycles/{cycle}/tree")).await.ok();
    assert_eq!(titles(&tree["nodes"]), ["A", "Leaf", "B"], "once, under its primary parent");
    let links = tree["links"].as_array().unwrap();
    let cross = links.iter().find(|link| link["parent_id"] == json!(b)).unwrap();
    assert_eq!(cross, &json!({ "child_id": leaf, "parent_id": b, "weight": "2.5", "primary": false }));
    lead_on(me, &leaf, json!({ "to": "on_hold" })).await;
    let detail = me.get(&format!("/goals/{b}")).await.ok();
    assert_eq!(detail["links_down"][0]["state"], "on_hold");
    assert_eq!(detail["progress"], Value::Null, "what is on hold contributes nothing");
}
