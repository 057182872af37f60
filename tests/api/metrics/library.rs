//! The library of standard metrics: found, taken with all that it needs, never twice.

use super::{make, named};
use crate::support::TestApp;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn column(items: &[Value], field: &str) -> Vec<String> {
    items.iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn the_library_is_listed_group_by_group_and_found_in_both_languages() {
    let app = TestApp::new().await;
    let all = app.owner.all("/metric-library?limit=50").await;
    assert_eq!(all.len(), 112);
    let mut groups = column(&all, "group");
    groups.dedup();
    assert_eq!(groups, ["activity", "pipeline", "revenue", "cost", "customer", "subscription"]);
    let found = app.owner.all("/metric-library?article=B4").await;
    assert_eq!(column(&found, "code"), ["cac", "clv_to_cac"]);
    let found = app.owner.all("/metric-library?group=cost&sort=code").await;
    assert!(column(&found, "code").is_sorted());
    assert!(found.iter().all(|metric| metric["group"] == "cost"));
    let found = app.owner.all("/metric-library?q=ty%20le%20thang").await;
    assert_eq!(column(&found, "code"), ["win_rate", "sales_velocity"], "by its name, and by its description");
    let vietnamese = app.owner.with("Accept-Language", "vi").all("/metric-library?q=win_rate").await;
    assert_eq!(vietnamese[0]["label"], "Tỷ lệ thắng");
    assert_eq!((&found[0]["inputs"], &found[0]["article"]), (&json!(["deals_lost", "deals_won"]), &json!(["11"])));
    assert!(app.owner.all("/metric-library?article=20").await.is_empty());
    app.owner.get("/metric-library?group=nothing").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn a_chosen_metric_comes_with_all_that_it_is_computed_from() {
    let app = TestApp::new().await;
    app.owner.patch("/organization", &json!({ "currency": "USD", "locale": "vi" })).await.ok();
    make(&app.owner, named("own", "Own", "Riêng")).await;
    let taken = app.owner.post("/metrics/from-library", &json!({ "codes": ["win_rate", "avg_deal_size"] })).await.ok();
    let items = taken["items"].as_array().unwrap();
    let outcomes: BTreeMap<&str, (&str, bool)> = items
        .iter()
        .map(|item| {
            let chosen = item["chosen"].as_bool().unwrap();
            (item["code"].as_str().unwrap(), (item["outcome"].as_str().unwrap(), chosen))
        })
        .collect();
    let expected = [
        ("avg_deal_size", ("added", true)),
        ("deals_lost", ("added", false)),
        ("deals_won", ("added", false)),
        ("deals_won_value", ("added", false)),
        ("win_rate", ("added", true)),
    ];
    assert_eq!(outcomes, expected.into());
    let metric = |code: &str| items.iter().find(|item| item["code"] == code).unwrap()["metric"].clone();
    let size = metric("avg_deal_size");
    assert_eq!(size["formula"], "deals_won_value / deals_won");
    assert_eq!((&size["display_unit"], &size["measurable_for"]), (&json!("USD"), &json!(["person", "unit"])));
    assert_eq!(size["library"], json!({ "code": "avg_deal_size", "article": ["12"], "group": "revenue" }));
    assert_eq!(metric("deals_won")["display_unit"], "giao dịch", "units speak the organization's language");
    assert_eq!(metric("deals_won")["empty_is_zero"], true);
    let again = app.owner.post("/metrics/from-library", &json!({ "codes": ["win_rate", "quote_to_close"] })).await.ok();
    let outcomes: Vec<(&str, &str)> = again["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["code"].as_str().unwrap(), item["outcome"].as_str().unwrap()))
        .collect();
    for expected in [("win_rate", "present"), ("deals_won", "present"), ("quote_to_close", "added")] {
        assert!(outcomes.contains(&expected), "{outcomes:?}");
    }
    assert_eq!(app.owner.all("/metrics").await.len(), 8);
    let listed = app.owner.all("/metric-library?q=win_rate").await;
    assert_eq!((&listed[0]["metric_id"], &listed[0]["code_taken"]), (&metric("win_rate")["id"], &json!(false)));
}

#[actix_web::test]
async fn what_can_not_be_taken_is_named_and_nothing_is_added() {
    let app = TestApp::new().await;
    make(&app.owner, named("deals_won", "Own", "Riêng")).await;
    let codes = json!({ "codes": ["calls", "nothing", "win_rate"] });
    let reply = app.owner.post("/metrics/from-library", &codes).await;
    let problem = reply.problem(422, "invalid_fields");
    let errors = problem["errors"].as_array().unwrap();
    assert_eq!(column(errors, "pointer"), ["/codes/1", "/codes/2"]);
    assert_eq!(column(errors, "code"), ["no_such_reference", "library_code_taken"]);
    assert!(errors[1]["detail"].as_str().unwrap().contains("deals_won"), "{problem}");
    assert_eq!(app.owner.all("/metrics").await.len(), 1);
    let listed = app.owner.all("/metric-library?q=deals_won&sort=code").await;
    let own = listed.iter().find(|metric| metric["code"] == "deals_won").unwrap();
    assert_eq!((&own["metric_id"], &own["code_taken"]), (&Value::Null, &json!(true)));
    assert_eq!(app.owner.post("/metrics/from-library", &json!({ "codes": [] })).await.faults(), ["/codes blank"]);
    let calls = app.owner.post("/metrics/from-library", &json!({ "codes": ["calls"] })).await.ok();
    let path = format!("/metrics/{}", calls["items"][0]["metric"]["id"].as_str().unwrap());
    app.owner.patch(&path, &json!({ "retired": true })).await.ok();
    let needing = app.owner.post("/metrics/from-library", &json!({ "codes": ["calls", "calls_per_rep"] })).await;
    assert_eq!(needing.faults(), ["/codes/1 input_retired"]);
    let hr_only = app.member("Đỗ Trưởng", &app.company().await, json!({})).await;
    hr_only.get("/metric-library").await.ok();
    hr_only.post("/metrics/from-library", &json!({ "codes": ["emails"] })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn the_whole_library_can_be_taken_at_once() {
    let app = TestApp::new().await;
    let codes = column(&app.owner.all("/metric-library").await, "code");
    let taken = app.owner.post("/metrics/from-library", &json!({ "codes": codes })).await.ok();
    assert!(taken["items"].as_array().unwrap().iter().all(|item| item["outcome"] == "added" && item["chosen"] == true));
    let listed = app.owner.all("/metric-library").await;
    assert!(listed.iter().all(|metric| metric["metric_id"].is_string()));
    for metric in app.owner.all("/metrics").await {
        assert_ne!(metric["measurable_for"], json!([]), "{metric}");
    }
}
