//! Metrics: what defines them, what fixes them, who may do what with them.

mod formulas;
mod library;
mod trying;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

fn won_value() -> Value {
    json!({
        "code": "won_value", "name": { "en": "Won value", "vi": "Giá trị chốt" },
        "description": { "vi": "Tổng giá trị hợp đồng đã chốt" }, "unit": "currency", "display_unit": "VND",
        "direction": "increase", "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "person",
        "empty_is_zero": true,
    })
}

fn named(code: &str, en: &str, vi: &str) -> Value {
    json!({ "code": code, "name": { "en": en, "vi": vi }, "unit": "count" })
}

async fn make(client: &Client, body: Value) -> String {
    client.post("/metrics", &body).await.id()
}

async fn codes(client: &Client, path: &str) -> Vec<String> {
    client.all(path).await.iter().map(|metric| metric["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_metric_is_defined_once_for_everyone() {
    let app = TestApp::new().await;
    let reply = app.owner.post("/metrics", &won_value()).await;
    assert_eq!(reply.header("etag"), Some("\"v1\""));
    let location = reply.header("location").unwrap().to_owned();
    let made = reply.status(201);
    for (field, value) in won_value().as_object().unwrap() {
        if field != "description" {
            assert_eq!(&made[field], value, "{field}");
        }
    }
    assert_eq!(made["description"], json!({ "en": null, "vi": "Tổng giá trị hợp đồng đã chốt" }));
    assert_eq!((&made["decimals"], &made["retired"], &made["label"]), (&json!(0), &json!(false), &json!("Won value")));
    let viewer = app.member("Phạm Xem", &app.company().await, json!({ "role": "viewer" })).await;
    let seen = viewer.with("Accept-Language", "vi").get(&location).await.ok();
    assert_eq!(seen["label"], "Giá trị chốt");
    assert_eq!(seen["id"], made["id"]);
}

#[actix_web::test]
async fn a_metric_needs_little_and_a_name_in_one_language_serves_both() {
    let app = TestApp::new().await;
    let body = json!({ "code": "calls", "name": { "vi": "Cuộc gọi" }, "unit": "count" });
    let made = app.owner.post("/metrics", &body).await.ok();
    assert_eq!((&made["label"], &made["name"]), (&json!("Cuộc gọi"), &json!({ "en": null, "vi": "Cuộc gọi" })));
    assert_eq!((&made["direction"], &made["empty_is_zero"]), (&json!("increase"), &json!(false)));
    let path = format!("/metrics/{}", made["id"].as_str().unwrap());
    let both = app.owner.patch(&path, &json!({ "name": { "en": "Calls" } })).await.ok();
    assert_eq!((&both["label"], &both["name"]), (&json!("Calls"), &json!({ "en": "Calls", "vi": "Cuộc gọi" })));
    let english = app.owner.patch(&path, &json!({ "name": { "vi": null } })).await.ok();
    assert_eq!(english["name"], json!({ "en": "Calls", "vi": null }));
    assert_eq!(app.owner.patch(&path, &json!({ "name": { "en": null } })).await.faults(), ["/name blank"]);
}

#[actix_web::test]
async fn every_fault_of_a_metric_is_named_at_once() {
    let app = TestApp::new().await;
    let body = json!({
        "code": "Giá trị", "name": {}, "unit": "count", "direction": "milestone", "decimals": 5,
        "time_aggregation": "last", "people_aggregation": "sum", "empty_is_zero": true, "display_unit": "x".repeat(31),
    });
    assert_eq!(
        app.owner.post("/metrics", &body).await.faults(),
        [
            "/code bad_metric_code",
            "/decimals out_of_range",
            "/direction no_metric_direction",
            "/display_unit too_long",
            "/empty_is_zero empty_needs_sums",
            "/measured_for required",
            "/name blank",
        ]
    );
    for code in ["", "1st", "_x", "Won", "won-value", "won value"] {
        let faults = app.owner.post("/metrics", &named(code, "x", "x")).await.faults();
        assert_eq!(faults, ["/code bad_metric_code"], "{code}");
    }
    for code in ["min", "prev", "target"] {
        let faults = app.owner.post("/metrics", &named(code, "x", "x")).await.faults();
        assert_eq!(faults, ["/code reserved_metric_code"], "{code}");
    }
    let long = app.owner.post("/metrics", &named(&"a".repeat(51), "x", "x")).await.faults();
    assert_eq!(long, ["/code too_long"]);
    let half = json!({ "code": "x", "name": { "vi": "x" }, "unit": "count", "time_aggregation": "sum" });
    let needed = ["/measured_for required", "/people_aggregation required"];
    assert_eq!(app.owner.post("/metrics", &half).await.faults(), needed, "measured by half is not measured");
    let mut split = won_value();
    split["dimensions"] = json!(["product", "Kênh", "product"]);
    let faults = ["/dimensions/1 bad_dimension", "/dimensions/2 duplicate"];
    assert_eq!(app.owner.post("/metrics", &split).await.faults(), faults);
    split["dimensions"] = (0..11).map(|number| format!("d{number}")).collect();
    assert_eq!(app.owner.post("/metrics", &split).await.faults(), ["/dimensions too_many"]);
    let incomplete = json!({ "code": "x", "unit": "parsec" });
    assert_eq!(app.owner.post("/metrics", &incomplete).await.faults(), ["/name required", "/unit wrong_type"]);
}

#[actix_web::test]
async fn a_code_is_taken_once_and_for_good() {
    let app = TestApp::new().await;
    let id = make(&app.owner, won_value()).await;
    assert_eq!(app.owner.post("/metrics", &won_value()).await.faults(), ["/code taken"]);
    let renamed = app.owner.patch(&format!("/metrics/{id}"), &json!({ "code": "other" })).await;
    assert_eq!(renamed.faults(), ["/code unknown_field"]);
}

#[actix_web::test]
async fn an_unused_metric_changes_field_by_field() {
    let app = TestApp::new().await;
    let id = make(&app.owner, won_value()).await;
    let path = format!("/metrics/{id}");
    let change = json!({
        "unit": "number", "display_unit": null, "decimals": 2, "direction": "at_least", "measured_for": "unit",
        "description": { "en": "Sum of contracts" }, "people_aggregation": "average", "empty_is_zero": false,
        "dimensions": ["product"],
    });
    let changed = app.owner.patch(&path, &change).await.ok();
    assert_eq!(changed["version"], 2);
    assert_eq!((&changed["unit"], &changed["display_unit"]), (&json!("number"), &Value::Null));
    assert_eq!((&changed["decimals"], &changed["direction"]), (&json!(2), &json!("at_least")));
    assert_eq!((&changed["people_aggregation"], &changed["time_aggregation"]), (&json!("average"), &json!("sum")));
    assert_eq!((&changed["dimensions"], &changed["measurable_for"]), (&json!(["product"]), &json!(["unit"])));
    let description = json!({ "en": "Sum of contracts", "vi": "Tổng giá trị hợp đồng đã chốt" });
    assert_eq!(changed["description"], description);
    let faults = app.owner.patch(&path, &json!({ "unit": null, "empty_is_zero": true })).await.faults();
    assert_eq!(faults, ["/unit not_nullable"]);
    let faults = app.owner.patch(&path, &json!({ "empty_is_zero": true })).await.faults();
    assert_eq!(faults, ["/empty_is_zero empty_needs_sums"]);
    let unchanged = app.owner.patch(&path, &json!({ "decimals": 2 })).await.ok();
    assert_eq!(unchanged["version"], 2, "what says nothing new changes nothing");
}

#[actix_web::test]
async fn a_retired_metric_is_not_offered_but_found() {
    let app = TestApp::new().await;
    let old = make(&app.owner, named("old", "Old", "Cũ")).await;
    let new = make(&app.owner, named("new", "New", "Mới")).await;
    let path = format!("/metrics/{old}");
    let retired = app.owner.patch(&path, &json!({ "retired": true })).await.ok();
    assert_eq!(retired["retired"], true);
    assert!(retired["retired_at"].as_str().unwrap().starts_with("2026-02-14T02:00:00"));
    assert_eq!(codes(&app.owner, "/metrics").await, ["new"]);
    assert_eq!(codes(&app.owner, "/metrics?retired=true").await, ["old"]);
    assert_eq!(codes(&app.owner, &format!("/metrics?ids={old},{new}")).await, ["new", "old"]);
    let back = app.owner.patch(&path, &json!({ "retired": false })).await.ok();
    assert_eq!((&back["retired"], &back["retired_at"]), (&json!(false), &Value::Null));
}

#[actix_web::test]
async fn metrics_are_found_by_code_and_by_names_without_accents() {
    let app = TestApp::new().await;
    make(&app.owner, won_value()).await;
    make(&app.owner, named("deals", "Closed deals", "Hợp đồng")).await;
    make(&app.owner, named("arpu", "Zeal per user", "Ân tình mỗi khách")).await;
    assert_eq!(codes(&app.owner, "/metrics?limit=1").await, ["arpu", "deals", "won_value"]);
    assert_eq!(codes(&app.owner, "/metrics?sort=-code").await, ["won_value", "deals", "arpu"]);
    assert_eq!(codes(&app.owner, "/metrics?q=GIA%20TRI").await, ["won_value"]);
    assert_eq!(codes(&app.owner, "/metrics?q=hop%20dong").await, ["deals"]);
    assert_eq!(codes(&app.owner, "/metrics?q=won_").await, ["won_value"]);
    assert_eq!(codes(&app.owner, "/metrics?sort=name").await, ["deals", "won_value", "arpu"]);
    let vietnamese = app.owner.with("Accept-Language", "vi-VN");
    assert_eq!(codes(&vietnamese, "/metrics?sort=name").await, ["arpu", "won_value", "deals"]);
    assert_eq!(app.owner.get("/metrics?include_total=true&limit=2").await.ok()["total"], 3);
    let long = app.owner.get(&format!("/metrics?q={}", "a".repeat(201))).await;
    assert_eq!(long.faults(), ["?q too_long"]);
    app.owner.get("/metrics?unit=count").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn only_hr_defines_metrics() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Lê Thị Nhân Sự", &company, json!({ "role": "admin" })).await;
    let lead = app.member("Đỗ Trưởng", &company, json!({})).await;
    app.join(&lead, &company, "lead").await;
    let id = make(&hr, won_value()).await;
    let path = format!("/metrics/{id}");
    lead.get(&path).await.ok();
    lead.post("/metrics", &named("x", "x", "x")).await.problem(403, "forbidden");
    lead.patch(&path, &json!({ "decimals": 1 })).await.problem(403, "forbidden");
    lead.delete(&path).await.problem(403, "forbidden");
    app.anonymous().get(&path).await.problem(401, "sign_in_required");
    let unknown = "/metrics/00000000-0000-7000-8000-000000000000";
    lead.patch(unknown, &json!({})).await.problem(404, "not_found");
}

#[actix_web::test]
async fn an_unused_metric_is_deleted_at_its_version() {
    let app = TestApp::new().await;
    let id = make(&app.owner, won_value()).await;
    let path = format!("/metrics/{id}");
    app.owner.patch(&path, &json!({ "decimals": 1 })).await.ok();
    app.owner.with("If-Match", "\"v1\"").patch(&path, &json!({ "decimals": 2 })).await.problem(412, "stale_version");
    app.owner.with("If-Match", "\"v1\"").delete(&path).await.problem(412, "stale_version");
    app.owner.with("If-Match", "\"v2\"").delete(&path).await.status(204);
    app.owner.get(&path).await.problem(404, "not_found");
    make(&app.owner, won_value()).await;
}

#[actix_web::test]
async fn what_figures_depend_on_is_fixed_once_a_goal_past_draft_uses_the_metric() {
    let app = TestApp::new().await;
    let cycle = app.quarter().await;
    let id = make(&app.owner, won_value()).await;
    let path = format!("/metrics/{id}");
    let body = json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "company", "title": "Doanh số quý", "metric_id": id, "target": "100",
    });
    let goal = app.owner.post("/goals", &body).await.id();
    app.owner.delete(&path).await.problem(409, "metric_in_use");
    let loosened = app.owner.patch(&path, &json!({ "empty_is_zero": false })).await.ok();
    assert_eq!(loosened["empty_is_zero"], false, "a draft goal fixes nothing");
    app.owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "active" })).await.ok();
    for change in [
        json!({ "unit": "count" }),
        json!({ "time_aggregation": "last" }),
        json!({ "people_aggregation": "max" }),
        json!({ "measured_for": "unit" }),
        json!({ "progress_formula": "value / target" }),
        json!({ "time_aggregation": null, "people_aggregation": null, "measured_for": null }),
        json!({ "empty_is_zero": true }),
    ] {
        let problem = app.owner.patch(&path, &change).await.problem(409, "metric_in_use");
        assert!(problem["detail"].as_str().unwrap().contains("(1)"), "{problem}");
    }
    let shown = json!({ "name": { "en": "Closed value" }, "decimals": 2, "display_unit": "₫", "retired": true });
    app.owner.patch(&path, &shown).await.ok();
    let node = app.owner.get(&format!("/goals/{goal}")).await.ok();
    let metric = json!({ "name": "Closed value", "decimals": 2, "display_unit": "₫" });
    for (field, value) in metric.as_object().unwrap() {
        assert_eq!(&node["metric"][field], value, "the goal shows the metric as it is now: {node}");
    }
    app.owner.delete(&path).await.problem(409, "metric_in_use");
}

#[actix_web::test]
async fn what_was_measured_stays_whose_it_is_and_by_what_it_is_split() {
    let app = TestApp::new().await;
    let mut body = won_value();
    body["dimensions"] = json!(["product", "region"]);
    let id = make(&app.owner, body).await;
    let path = format!("/metrics/{id}");
    app.owner.patch(&path, &json!({ "dimensions": ["region"] })).await.ok();
    let an = app.member("Nguyễn An", &app.company().await, json!({})).await;
    let measurement = json!({
        "metric": "won_value", "person_id": an.person, "date": "2026-02-10", "value": "5", "source": "crm",
        "dimensions": { "region": "Bắc" },
    });
    let measured = app.owner.post("/measurements", &measurement).await.ok();
    for change in [
        json!({ "measured_for": "unit" }),
        json!({ "dimensions": ["product"] }),
        json!({ "time_aggregation": null, "people_aggregation": null, "measured_for": null, "empty_is_zero": false }),
    ] {
        let problem = app.owner.patch(&path, &change).await.problem(409, "metric_measured");
        assert!(problem["detail"].as_str().unwrap().contains("(1)"), "{problem}");
    }
    app.owner
        .patch(
            &path,
            &json!({ "dimensions": ["product", "region"], "time_aggregation": "max", "empty_is_zero": false }),
        )
        .await
        .ok();
    app.owner.delete(&path).await.problem(409, "metric_measured");
    let id = measured["id"].as_str().unwrap();
    app.owner.delete(&format!("/measurements/{id}")).await.status(204);
    app.owner.delete(&path).await.problem(409, "metric_measured");
}
