//! What if.

use super::{check_in, goal, kpi, lead_on, link, must_agree, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

async fn ask(client: &Client, cycle: &str, body: Value) -> Value {
    client.post(&format!("/cycles/{cycle}/simulate"), &body).await.ok()
}

/// The goals that would move, each with a figure before and after.
fn moved(found: &Value, figure: &str) -> Vec<Value> {
    let all = found["moved"].as_array().unwrap();
    all.iter().map(|one| json!([one["title"], one["before"][figure], one["after"][figure]])).collect()
}

fn titled<'a>(found: &'a Value, title: &str) -> &'a Value {
    let nodes = found["nodes"].as_array().unwrap();
    nodes.iter().find(|node| node["title"] == title).unwrap_or_else(|| panic!("no {title} in {found}"))
}

#[actix_web::test]
async fn the_tree_is_shown_as_it_would_be_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company" })).await;
    let a = goal(me, &cycle, "A", kpi("10", Some(&top))).await;
    let b = goal(me, &cycle, "B", kpi("10", Some(&top))).await;
    check_in(me, &a, "2", "2026-02-01").await;
    let before = (node(me, &top).await, node(me, &a).await);
    let found = ask(me, &cycle, json!({ "values": { &a: "8" }, "targets": { &b: "5", &a: "16" } })).await;
    let all = moved(&found, "progress");
    assert!(all.contains(&json!(["A", 0.2, 0.5])) && all.contains(&json!(["B", 0.0, 0.0])), "{all:?}");
    assert_eq!(moved(&found, "progress").last().unwrap(), &json!(["Top", 0.1, 0.25]));
    assert_eq!((&titled(&found, "A")["value"], &titled(&found, "A")["target"]), (&json!("8"), &json!("16")));
    assert_eq!(titled(&found, "Top")["progress"], 0.25);
    assert_eq!((&found["kept_back"], &found["as_of"]), (&json!([]), &json!("2026-02-14")));
    assert_eq!((node(me, &top).await, node(me, &a).await), before, "nothing is stored");
    let past =
        me.post(&format!("/cycles/{cycle}/simulate?as_of=2026-01-31"), &json!({ "values": { &a: "10" } })).await.ok();
    assert_eq!(moved(&past, "progress"), [json!(["A", 0.0, 1.0]), json!(["Top", 0.0, 0.5])]);
    let same = ask(me, &cycle, json!({})).await;
    assert_eq!((&same["moved"], same["nodes"].as_array().map(Vec::len)), (&json!([]), Some(3)));
    must_agree(&app);
}

#[actix_web::test]
async fn what_can_not_be_replaced_is_refused_with_every_fault_at_once() {
    let app = TestApp::new().await;
    let (company, cycle) = (app.company().await, app.quarter().await);
    let me = &app.owner;
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company", "visibility": "public" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    let steps = json!([{ "id": "a", "title": "A" }]);
    let launch = goal(me, &cycle, "Launch", json!({ "kind": "kpi", "direction": "milestone", "steps": steps })).await;
    let body = json!({
        "values": { &top: "1", &launch: "1", uuid::Uuid::nil().to_string(): "1" },
        "targets": { &leaf: "-1", &launch: "3", &top: "4" },
        "completed_steps": { &launch: ["z"], &leaf: [] },
    });
    let faults = me.post(&format!("/cycles/{cycle}/simulate"), &body).await.faults();
    let mut expected = vec![
        format!("/completed_steps/{launch}/0 unknown_step"),
        format!("/completed_steps/{leaf} checked_in_by_value"),
        format!("/targets/{leaf} target_not_above_start"),
        format!("/targets/{launch} not_with_direction"),
        format!("/targets/{top} not_with_source"),
        format!("/values/{} no_such_reference", uuid::Uuid::nil()),
        format!("/values/{launch} checked_in_by_steps"),
        format!("/values/{top} value_not_its_own"),
    ];
    expected.sort();
    assert_eq!(faults, expected);
    let done = ask(me, &cycle, json!({ "completed_steps": { &launch: ["a"] } })).await;
    assert_eq!(moved(&done, "progress"), [json!(["Launch", 0.0, 1.0])]);
    assert_eq!(titled(&done, "Launch")["steps"][0]["complete"], true);

    let team = app.unit("team", "Other team", &company).await;
    let other = app.member("Other Person", &team, json!({})).await;
    let mut secret = kpi("10", None);
    secret["visibility"] = json!("restricted");
    let secret = goal(me, &cycle, "Secret", secret).await;
    let refused = other.post(&format!("/cycles/{cycle}/simulate"), &json!({ "values": { &secret: "1" } })).await;
    assert_eq!(refused.faults(), [format!("/values/{secret} no_such_reference")]);
    let many: serde_json::Map<_, _> = (0..201).map(|n| (uuid::Uuid::from_u128(n).to_string(), json!("1"))).collect();
    let refused =
        me.post(&format!("/cycles/{cycle}/simulate"), &json!({ "values": many })).await.problem(422, "invalid_fields");
    assert_eq!((&refused["errors"][0]["code"], &refused["errors"][0]["pointer"]), (&json!("too_many"), &json!("")));
}

/// A goal that only those who take part see.
async fn secret(me: &Client, cycle: &str, title: &str, mut body: Value) -> String {
    body["visibility"] = json!("restricted");
    goal(me, cycle, title, body).await
}

#[actix_web::test]
async fn moving_what_one_sees_gives_nothing_hidden_away() {
    let app = TestApp::new().await;
    let (company, cycle, me) = (app.company().await, app.quarter().await, &app.owner);
    let team = app.unit("team", "Other team", &company).await;
    let other = app.member("Other Person", &team, json!({})).await;
    let metric = json!({ "code": "revenue", "name": { "vi": "Doanh thu" }, "unit": "currency" });
    let metric = me.post("/metrics", &metric).await.id();
    let rollup = |source: &str, parent: Option<&str>| {
        json!({
            "kind": "kpi", "scope": "company", "source": source, "metric_id": metric, "direction": "increase",
            "target": "100", "visibility": "public", "parent_id": parent,
        })
    };
    let objective = |parent: Option<&str>| json!({ "kind": "objective", "scope": "company", "visibility": "public", "parent_id": parent });
    let leaf = |parent: &str| {
        let mut body = kpi("100", Some(parent));
        (body["metric_id"], body["visibility"]) = (json!(metric), json!("public"));
        body
    };
    let top = goal(me, &cycle, "Top", objective(None)).await;
    let mean = goal(me, &cycle, "Mean", objective(Some(&top))).await;
    let sum = goal(me, &cycle, "Sum", rollup("sum", None)).await;
    let least = goal(me, &cycle, "Least", rollup("min", None)).await;
    let mut leaves = Vec::new();
    for (title, above) in [("In mean", &mean), ("In sum", &sum), ("In least", &least)] {
        let id = goal(me, &cycle, title, leaf(above)).await;
        check_in(me, &id, "50", "2026-02-01").await;
        let hidden = secret(me, &cycle, &format!("Secret {title}"), leaf(above)).await;
        check_in(me, &hidden, "60", "2026-02-01").await;
        leaves.push(id);
    }
    let values: serde_json::Map<_, _> = leaves.iter().map(|goal| (goal.clone(), json!("90"))).collect();
    let found = ask(&other, &cycle, json!({ "values": values })).await;
    let mut kept_back: Vec<_> = found["kept_back"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    kept_back.sort_unstable();
    let mut expected = [top.as_str(), mean.as_str(), least.as_str()];
    expected.sort_unstable();
    assert_eq!(kept_back, expected, "a sum moves by what is added, which tells nothing");
    assert_eq!(titled(&found, "Sum")["value"], "150");
    assert_eq!(titled(&found, "Mean")["progress"], node(&other, &mean).await["progress"], "it stands as it is");
    assert!(!found.to_string().contains("Secret"), "{found}");
    let whole = ask(me, &cycle, json!({ "values": values })).await;
    assert_eq!((&whole["kept_back"], &titled(&whole, "Least")["value"]), (&json!([]), &json!("60")));

    // Two hidden ones hide each other in a mean.
    let second = secret(me, &cycle, "Secret second", leaf(&mean)).await;
    check_in(me, &second, "30", "2026-02-01").await;
    let found = ask(&other, &cycle, json!({ "values": { &leaves[0]: "90" } })).await;
    assert_eq!(found["kept_back"], json!([]));
    assert_eq!(titled(&found, "Mean")["progress"], 0.6);
    // What is moved through a hidden goal is not told.
    let between = secret(me, &cycle, "Secret between", json!({ "kind": "objective", "parent_id": top })).await;
    link(me, &leaves[1], &between, "1").await;
    let found = ask(&other, &cycle, json!({ "values": { &leaves[1]: "90" } })).await;
    assert_eq!(found["kept_back"], json!([top]));
    lead_on(me, &between, json!({ "to": "cancelled", "reason": "Thôi" })).await;
}
