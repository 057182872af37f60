//! Metrics that are computed: what a formula may be, what it makes of a metric, and what it fixes.

use super::{make, named};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

fn measured(code: &str, who: &str, dimensions: &[&str]) -> Value {
    json!({
        "code": code, "name": { "en": code }, "unit": "count", "time_aggregation": "sum", "people_aggregation": "sum",
        "measured_for": who, "dimensions": dimensions,
    })
}

fn computed(code: &str, formula: &str) -> Value {
    json!({ "code": code, "name": { "en": code }, "unit": "number", "formula": formula })
}

/// `won` and `lost` of people, `leads` of units.
async fn inputs(client: &Client) -> (String, String, String) {
    let won = make(client, measured("won", "person", &["product", "region", "source"])).await;
    let lost = make(client, measured("lost", "person", &["region", "product", "reason"])).await;
    let leads = make(client, measured("leads", "unit", &["source"])).await;
    (won, lost, leads)
}

fn path(id: &str) -> String {
    format!("/metrics/{id}")
}

#[actix_web::test]
async fn a_metric_is_computed_from_others() {
    let app = TestApp::new().await;
    inputs(&app.owner).await;
    let rate = app.owner.post("/metrics", &computed("win_rate", " won/( won+lost )*100 ")).await.ok();
    assert_eq!(rate["formula"], "won / (won + lost) * 100", "in its canonical form");
    assert_eq!((&rate["inputs"], &rate["measured_for"]), (&json!(["lost", "won"]), &Value::Null));
    assert_eq!(rate["dimensions"], json!(["product", "region"]), "those that all of its inputs have");
    assert_eq!(rate["measurable_for"], json!(["person", "unit"]));
    let share = app.owner.post("/metrics", &computed("share", "win_rate / leads + prev(won)")).await.ok();
    assert_eq!(share["measurable_for"], json!(["unit"]), "leads are measured for units alone");
    assert_eq!((&share["dimensions"], &share["inputs"]), (&json!([]), &json!(["leads", "win_rate", "won"])));
    let typed = app.owner.post("/metrics", &named("typed", "Typed", "Nhập tay")).await.ok();
    assert_eq!((&typed["formula"], &typed["measurable_for"]), (&Value::Null, &json!([])));
    let listed = app.owner.all("/metrics").await;
    let in_the_list = listed.iter().find(|metric| metric["code"] == "win_rate").unwrap();
    assert_eq!(in_the_list, &rate, "the list shows the same");
}

#[actix_web::test]
async fn every_fault_of_a_formula_is_told_with_its_place() {
    let app = TestApp::new().await;
    inputs(&app.owner).await;
    let wrong = json!({
        "code": "rate", "name": { "en": "x" }, "unit": "number", "formula": "wno / lsot",
        "progress_formula": "value / traget", "time_aggregation": "sum", "dimensions": ["region"], "empty_is_zero": true,
    });
    let reply = app.owner.post("/metrics", &wrong).await;
    let problem = reply.problem(422, "invalid_fields");
    let errors = problem["errors"].as_array().unwrap();
    let pointers: Vec<_> =
        errors.iter().map(|fault| (fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap())).collect();
    assert_eq!(
        pointers,
        [
            ("/time_aggregation", "not_with_formula"),
            ("/empty_is_zero", "not_with_formula"),
            ("/dimensions", "not_with_formula"),
            ("/formula", "bad_formula"),
            ("/formula", "bad_formula"),
            ("/progress_formula", "bad_formula"),
        ]
    );
    assert_eq!(errors[3]["detail"], "At character 1: There is no metric `wno`. Did you mean `won`?");
    let second = json!({
        "kind": "unknown_metric", "position": 6, "length": 4, "found": "lsot", "suggestion": "lost",
    });
    assert_eq!(errors[4]["formula"], second);
    assert_eq!(errors[5]["formula"]["suggestion"], "target");
    let vietnamese = app.owner.with("Accept-Language", "vi").post("/metrics", &computed("rate", "won +")).await;
    let problem = vietnamese.problem(422, "invalid_fields");
    assert_eq!(problem["errors"][0]["detail"], "Tại ký tự 6: Công thức còn thiếu ở cuối.");
    let refused = async |formula: &str| app.owner.post("/metrics", &computed("rate", formula)).await.faults();
    assert_eq!(refused("1 + 2").await, ["/formula formula_without_metric"]);
    assert_eq!(refused("").await, ["/formula bad_formula"]);
    assert_eq!(refused("value / won").await, ["/formula bad_formula"]);
    assert_eq!(refused(&format!("won{}", " ".repeat(2_000))).await, ["/formula bad_formula"]);
}

#[actix_web::test]
async fn a_loop_of_definitions_is_refused_by_name() {
    let app = TestApp::new().await;
    inputs(&app.owner).await;
    let own = app.owner.post("/metrics", &computed("own", "own + won")).await;
    let problem = own.problem(422, "invalid_fields");
    assert_eq!(problem["errors"][0]["code"], "formula_loop");
    assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("own → own"), "{problem}");
    let first = make(&app.owner, computed("first", "won * 2")).await;
    make(&app.owner, computed("second", "first + 1")).await;
    make(&app.owner, computed("third", "prev(second) + won")).await;
    let problem =
        app.owner.patch(&path(&first), &json!({ "formula": "third - 1" })).await.problem(422, "invalid_fields");
    let told = problem["errors"][0]["detail"].as_str().unwrap();
    for step in ["first → third", "third → second", "second → first"] {
        assert!(told.contains(step), "{told}");
    }
    for number in 0..20 {
        let before = if number == 0 { "won".to_owned() } else { format!("chain_{}", number - 1) };
        make(&app.owner, computed(&format!("chain_{number}"), &format!("{before} + 1"))).await;
    }
    let longer = app.owner.post("/metrics", &computed("too_far", "chain_19 + 1")).await;
    assert_eq!(longer.faults(), ["/formula formula_chain"]);
}

#[actix_web::test]
async fn inputs_are_measured_or_computed_and_in_use() {
    let app = TestApp::new().await;
    let (won, ..) = inputs(&app.owner).await;
    make(&app.owner, named("typed", "Typed", "Nhập tay")).await;
    let on_typed = app.owner.post("/metrics", &computed("rate", "typed / won")).await;
    assert_eq!(on_typed.faults(), ["/formula input_not_measured"]);
    let rate = make(&app.owner, computed("rate", "won / lost")).await;
    let problem = {
        let bare = json!({ "time_aggregation": null, "people_aggregation": null, "measured_for": null });
        app.owner.patch(&path(&won), &bare).await.problem(409, "metric_in_formulas")
    };
    assert!(problem["detail"].as_str().unwrap().contains("rate"), "{problem}");
    app.owner.delete(&path(&won)).await.problem(409, "metric_in_formulas");
    app.owner.patch(&path(&won), &json!({ "retired": true })).await.ok();
    let renamed = app.owner.patch(&path(&rate), &json!({ "decimals": 2 })).await.ok();
    assert_eq!(renamed["formula"], "won / lost", "a formula keeps a metric that was retired since");
    app.owner.patch(&path(&rate), &json!({ "formula": "won / (won + lost)" })).await.ok();
    let new = app.owner.post("/metrics", &computed("other", "won + lost")).await;
    assert_eq!(new.faults(), ["/formula input_retired"]);
    app.owner.delete(&path(&rate)).await.status(204);
    app.owner.delete(&path(&won)).await.status(204);
}

#[actix_web::test]
async fn a_measured_metric_becomes_a_computed_one_and_back() {
    let app = TestApp::new().await;
    let (won, ..) = inputs(&app.owner).await;
    let faults = app.owner.patch(&path(&won), &json!({ "formula": "lost * 2" })).await.faults();
    let kept = ["/dimensions", "/measured_for", "/people_aggregation", "/time_aggregation"];
    assert_eq!(faults, kept.map(|pointer| format!("{pointer} not_with_formula")));
    let computed = json!({
        "formula": "lost * 2", "time_aggregation": null, "people_aggregation": null, "measured_for": null,
        "dimensions": [],
    });
    let changed = app.owner.patch(&path(&won), &computed).await.ok();
    assert_eq!(
        (&changed["formula"], &changed["dimensions"]),
        (&json!("lost * 2"), &json!(["region", "product", "reason"]))
    );
    let typed = app.owner.patch(&path(&won), &json!({ "formula": null })).await.ok();
    assert_eq!((&typed["formula"], &typed["measurable_for"]), (&Value::Null, &json!([])));
}

#[actix_web::test]
async fn what_a_goal_is_computed_from_is_fixed_through_formulas() {
    let app = TestApp::new().await;
    let cycle = app.quarter().await;
    let (won, ..) = inputs(&app.owner).await;
    let rate = make(&app.owner, computed("rate", "won / lost")).await;
    let double = make(&app.owner, computed("double", "rate * 2")).await;
    let body = json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "company", "title": "Tỷ lệ", "metric_id": double, "target": "2",
    });
    let goal = app.owner.post("/goals", &body).await.id();
    app.owner.patch(&path(&won), &json!({ "time_aggregation": "max" })).await.ok();
    app.owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "active" })).await.ok();
    for (metric, change) in [
        (&won, json!({ "time_aggregation": "sum" })),
        (&rate, json!({ "formula": "lost / won" })),
        (&double, json!({ "formula": "rate * 3" })),
        (&double, json!({ "progress_formula": "value" })),
    ] {
        let problem = app.owner.patch(&path(metric), &change).await.problem(409, "metric_in_use");
        assert!(problem["detail"].as_str().unwrap().contains("(1)"), "{problem}");
    }
    let free = json!({ "progress_formula": "value / target", "unit": "number", "dimensions": [], "retired": true });
    app.owner.patch(&path(&won), &free).await.ok();
    let same = app.owner.patch(&path(&rate), &json!({ "formula": "won/lost" })).await.ok();
    assert_eq!(same["version"], 1, "the same formula in other words changes nothing");
}

#[actix_web::test]
async fn base_goals_notation_is_translated() {
    let app = TestApp::new().await;
    let body = json!({
        "code": "satisfaction", "name": { "en": "x" }, "unit": "score",
        "progress_formula": "$percent = ($value-$target)*100/$target",
    });
    let made = app.owner.post("/metrics", &body).await.ok();
    assert_eq!(made["progress_formula"], "(value - target) * 100 / target / 100");
    let path = path(made["id"].as_str().unwrap());
    let changed = app.owner.patch(&path, &json!({ "progress_formula": "$percent = $value - $initial" })).await.ok();
    assert_eq!(changed["progress_formula"], "(value - start) / 100");
    let faults = app.owner.patch(&path, &json!({ "progress_formula": "$value * 2" })).await.faults();
    assert_eq!(faults, ["/progress_formula bad_formula"]);
}
