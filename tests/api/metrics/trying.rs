//! Formulas while they are written: what is wrong with them, what they are made of, what they come to.

use super::{make, named};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

async fn from_library(app: &TestApp, codes: &[&str]) {
    app.owner.post("/metrics/from-library", &json!({ "codes": codes })).await.ok();
}

async fn validated(client: &Client, body: Value) -> Value {
    client.post("/formulas/validate", &body).await.ok()
}

async fn previewed(client: &Client, formula: &str, values: Value) -> Value {
    client.post("/formulas/preview", &json!({ "kind": "metric", "formula": formula, "values": values })).await.ok()
}

#[actix_web::test]
async fn a_formula_is_checked_before_it_is_kept() {
    let app = TestApp::new().await;
    from_library(&app, &["win_rate", "cost_per_lead"]).await;
    let member = app.member("Đỗ Viết", &app.company().await, json!({})).await;
    let good =
        validated(&member, json!({ "kind": "metric", "formula": "prev(win_rate)*deals_won", "code": "new" })).await;
    assert_eq!((&good["valid"], &good["canonical"]), (&json!(true), &json!("prev(win_rate) * deals_won")));
    assert_eq!(good["inputs"][0]["name"], "deals_won");
    assert_eq!(
        (&good["inputs"][1]["name"], &good["inputs"][1]["label"]),
        (&json!("prev(win_rate)"), &json!("Win rate"))
    );
    assert_eq!(good["inputs"][1]["unit"], "percent");
    assert_eq!(good["measurable_for"], json!(["person", "unit"]));
    let mixed = validated(&member, json!({ "kind": "metric", "formula": "win_rate / leads" })).await;
    assert_eq!(mixed["measurable_for"], json!(["unit"]));
    assert_eq!(mixed["dimensions"].as_array().unwrap().len(), 4, "{mixed}");
    let wrong = json!({ "kind": "metric", "formula": "deals_wom / laeds", "code": "new" });
    let wrong = validated(&member.with("Accept-Language", "vi"), wrong).await;
    assert_eq!((&wrong["valid"], &wrong["canonical"]), (&json!(false), &Value::Null));
    let faults = json!([
        {
            "code": "unknown_metric", "position": 0, "length": 9, "suggestion": "deals_won",
            "detail": "Không có chỉ số `deals_wom`. Có phải ý bạn là `deals_won`?",
        },
        {
            "code": "unknown_metric", "position": 12, "length": 5, "suggestion": "leads",
            "detail": "Không có chỉ số `laeds`. Có phải ý bạn là `leads`?",
        },
    ]);
    assert_eq!(wrong["faults"], faults);
    let looped = validated(&member, json!({ "kind": "metric", "formula": "win_rate * 2", "code": "deals_won" })).await;
    assert_eq!((&looped["valid"], &looped["canonical"]), (&json!(false), &json!("win_rate * 2")));
    assert_eq!(
        (&looped["faults"][0]["code"], &looped["faults"][0]["position"]),
        (&json!("formula_loop"), &Value::Null)
    );
    let reserved =
        member.post("/formulas/validate", &json!({ "kind": "metric", "formula": "leads", "code": "min" })).await;
    assert_eq!(reserved.faults(), ["/code reserved_metric_code"]);
    assert_eq!(app.owner.all("/metrics").await.len(), 6, "nothing is kept");
}

#[actix_web::test]
async fn a_progress_formula_is_checked_and_translated() {
    let app = TestApp::new().await;
    let brought = json!({ "kind": "progress", "formula": "$percent = ($value-$target)*100/$target" });
    let verdict = validated(&app.owner, brought).await;
    assert_eq!((&verdict["valid"], &verdict["translated"]), (&json!(true), &json!(true)));
    assert_eq!(verdict["canonical"], "(value - target) * 100 / target / 100");
    let names: Vec<&str> =
        verdict["inputs"].as_array().unwrap().iter().map(|input| input["name"].as_str().unwrap()).collect();
    assert_eq!((names, &verdict["inputs"][0]["metric_id"]), (vec!["value", "target"], &Value::Null));
    let own = validated(&app.owner, json!({ "kind": "progress", "formula": "value/target" })).await;
    assert_eq!((&own["translated"], &own["measurable_for"]), (&json!(false), &json!([])));
    let metric = validated(&app.owner, json!({ "kind": "progress", "formula": "revenue / target" })).await;
    assert_eq!(metric["faults"][0]["code"], "not_in_progress_formulas");
    let try_it = json!({
        "kind": "progress", "formula": "(value - start) / (target - start)", "values": { "value": "150", "target": "100", "start": "0" },
    });
    let tried = app.owner.post("/formulas/preview", &try_it).await.ok();
    assert_eq!((&tried["attainment"], &tried["progress"], &tried["value"]), (&json!(1.5), &json!(1.0), &Value::Null));
    let without = json!({ "kind": "progress", "formula": "value / target", "values": { "value": "150" } });
    let tried = app.owner.post("/formulas/preview", &without).await.ok();
    assert_eq!((&tried["attainment"], &tried["reason"]["part"]), (&Value::Null, &json!("target")));
}

#[actix_web::test]
async fn a_formula_is_tried_on_values_that_are_made_up() {
    let app = TestApp::new().await;
    from_library(&app, &["clv", "churn_rate", "revenue_growth_rate"]).await;
    let growth = "(revenue - prev(revenue)) / prev(revenue) * 100";
    let tried = previewed(&app.owner, growth, json!({ "revenue": "1000", "prev(revenue)": "800" })).await;
    assert_eq!((&tried["value"], &tried["reason"]), (&json!("25"), &Value::Null));
    let alone = previewed(&app.owner, growth, json!({ "revenue": "1000" })).await;
    assert_eq!((&alone["value"], &alone["reason"]["code"]), (&Value::Null, &json!("missing")));
    assert_eq!(alone["reason"]["part"], "prev(revenue)");
    let values = json!({
        "revenue": "1000", "cost_of_goods": "600", "customers_end": "105", "customers_new": "10", "customers_lost": "5",
        "mrr_end": "1050",
    });
    let library = app.owner.all("/metric-library?q=clv&sort=code").await;
    let clv = library.iter().find(|metric| metric["code"] == "clv").unwrap()["formula"].as_str().unwrap().to_owned();
    assert_eq!(previewed(&app.owner, &clv, values.clone()).await["value"], "80");
    let mut kept = values;
    kept["customers_lost"] = json!("0");
    let none = previewed(&app.owner.with("Accept-Language", "vi"), &clv, kept).await;
    assert_eq!((&none["value"], &none["reason"]["code"]), (&Value::Null, &json!("division_by_zero")));
    assert_eq!(
        (&none["reason"]["part"], &none["reason"]["detail"]),
        (&json!("customers_lost"), &json!("Phép chia cho 0"))
    );
}

#[actix_web::test]
async fn what_an_input_is_computed_from_may_be_given_in_its_place() {
    let app = TestApp::new().await;
    from_library(&app, &["win_rate", "leads"]).await;
    make(&app.owner, named("typed", "Typed", "Nhập tay")).await;
    let formula = "win_rate - prev(win_rate)";
    let by_parts = json!({ "deals_won": "20", "deals_lost": "30", "prev(deals_won)": "10", "prev(deals_lost)": "30" });
    let tried = previewed(&app.owner, formula, by_parts).await;
    assert_eq!(tried["value"], "15");
    let steps: Vec<(&str, &str)> = tried["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["name"].as_str().unwrap(), step["value"].as_str().unwrap()))
        .collect();
    assert_eq!(
        steps,
        [
            ("deals_won", "20"),
            ("deals_lost", "30"),
            ("win_rate", "40"),
            ("prev(deals_won)", "10"),
            ("prev(deals_lost)", "30"),
            ("prev(win_rate)", "25"),
        ]
    );
    let given = previewed(&app.owner, formula, json!({ "win_rate": "41.5", "prev(win_rate)": "40" })).await;
    assert_eq!((&given["value"], given["steps"].as_array().unwrap().len()), (&json!("1.5"), 2));
    assert_eq!((&given["steps"][0]["given"], &given["steps"][0]["formula"]), (&json!(true), &Value::Null));
    let zero = previewed(&app.owner, "win_rate", json!({ "deals_won": "0", "deals_lost": "0" })).await;
    assert_eq!((&zero["value"], &zero["reason"]["code"]), (&Value::Null, &json!("missing")));
    assert_eq!(zero["steps"][2]["reason"], "It would divide by zero");
    let strange = json!({ "kind": "metric", "formula": "win_rate", "values": { "leads": "1", "prev(win_rate)": "1", "a/b": "2" } });
    let strange = app.owner.post("/formulas/preview", &strange).await;
    let expected = ["/values/a~1b not_an_input", "/values/leads not_an_input", "/values/prev(win_rate) not_an_input"];
    assert_eq!(strange.faults(), expected);
    let wrong = json!({ "kind": "metric", "formula": "typed + 1 +", "values": {} });
    assert_eq!(app.owner.post("/formulas/preview", &wrong).await.faults(), ["/formula bad_formula"]);
}
