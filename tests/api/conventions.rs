//! What every address has in common: problems, languages, ids, bodies, lists, headers.

use crate::support::contract::Contract;
use crate::support::{Client, TestApp};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[actix_web::test]
async fn an_unknown_address_is_a_problem() {
    let app = TestApp::new().await;
    app.owner.get("/nothing/here").await.problem(404, "no_such_route");
    app.owner.get("/api/v2/goals").await.problem(404, "no_such_route");
}

#[actix_web::test]
async fn a_wrong_method_is_answered_with_those_that_are_right() {
    let app = TestApp::new().await;
    let reply = app.owner.delete("/units").await;
    assert_eq!(reply.header("allow"), Some("GET, POST"));
    reply.problem(405, "method_not_allowed");
    let reply = app.owner.post("/units/0190a000-0000-7000-8000-000000000000", &json!({})).await;
    assert_eq!(reply.header("allow"), Some("DELETE, GET, PATCH"));
    reply.problem(405, "method_not_allowed");
}

#[actix_web::test]
async fn an_id_that_is_none_is_malformed_and_an_unknown_one_is_not_found() {
    let app = TestApp::new().await;
    app.owner.get("/units/not-an-id").await.problem(400, "malformed_id");
    app.owner.get("/units/0190a000-0000-7000-8000-000000000000").await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_body_that_is_not_json_is_malformed_and_a_wrong_type_unsupported() {
    let app = TestApp::new().await;
    let send = |body: &'static str, content_type: &'static str| {
        let request = reqwest::Client::new()
            .post(format!("{}/api/v1/units", app.url))
            .bearer_auth(app.owner.token())
            .header("Content-Type", content_type)
            .body(body);
        async move {
            let reply = request.send().await.unwrap();
            (reply.status().as_u16(), reply.json::<Value>().await.unwrap()["code"].clone())
        }
    };
    assert_eq!(send("{\"name\": ", "application/json").await, (400, json!("malformed_body")));
    assert_eq!(send("name=x", "application/x-www-form-urlencoded").await, (415, json!("unsupported_media_type")));
    assert_eq!(send("[]", "application/json").await.0, 422);
    assert_eq!(send("[\"kd\", \"Kinh doanh\"]", "application/json").await.0, 422);
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::new().await;
    let body = json!({ "name": "x".repeat(3_000_000) });
    app.owner.post("/units", &body).await.problem(413, "body_too_large");
}

#[actix_web::test]
async fn unknown_fields_and_parameters_are_refused() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let body = json!({
        "name": "Kinh doanh", "code": "kd", "kind": "department", "parent_id": company, "colour": "red",
        "version": 7,
    });
    assert_eq!(app.owner.post("/units", &body).await.faults(), ["/colour unknown_field", "/version unknown_field"]);
    app.owner.get("/units?colour=red").await.problem(400, "malformed_query");
    for path in ["/me?x=1", "/meta?x=1", "/units/tree?x=1", "/organization?x=1", "/openapi.json?x=1"] {
        app.owner.get(path).await.problem(400, "malformed_query");
    }
    app.owner.get("/units?sort=colour").await.problem(400, "not_sortable");
    app.owner.get("/units?limit=0").await.problem(400, "malformed_query");
    app.owner.get("/units?limit=201").await.problem(400, "malformed_query");
    app.owner.get("/units?cursor=abc").await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn problems_speak_the_language_of_the_reader() {
    let app = TestApp::new().await;
    let vi = app.owner.with("Accept-Language", "vi-VN,vi;q=0.9,en;q=0.5");
    let reply = vi.get("/units/0190a000-0000-7000-8000-000000000000").await;
    assert_eq!(reply.header("content-language"), Some("vi"));
    assert_eq!(reply.problem(404, "not_found")["title"], "Không tìm thấy");
    let en = app.owner.with("Accept-Language", "fr, en;q=0.8, vi;q=0.2");
    let problem = en.get("/units/0190a000-0000-7000-8000-000000000000").await.problem(404, "not_found");
    assert_eq!(problem["title"], "Not found");
}

#[actix_web::test]
async fn a_request_keeps_its_id() {
    let app = TestApp::new().await;
    let reply = app.owner.with("X-Request-Id", "phone-42").get("/nothing").await;
    assert_eq!(reply.header("x-request-id"), Some("phone-42"));
    assert_eq!(reply.problem(404, "no_such_route")["instance"], "phone-42");
    let made = app.owner.get("/units").await;
    assert!(made.header("x-request-id").is_some_and(|id| !id.is_empty()));
}

#[actix_web::test]
async fn two_editors_do_not_overwrite_each_other() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let unit = app.unit("department", "Kinh doanh", &company).await;
    let path = format!("/units/{unit}");
    let read = app.owner.get(&path).await;
    let etag = read.header("etag").unwrap().to_owned();
    let version = read.ok()["version"].as_i64().unwrap();
    app.owner.with("If-Match", &etag).patch(&path, &json!({ "name": "Bán hàng" })).await.ok();
    let stale = app.owner.with("If-Match", &etag).patch(&path, &json!({ "name": "Sales" })).await;
    let problem = stale.problem(412, "stale_version");
    assert_eq!(problem["current_version"].as_i64(), Some(version + 1));
    assert_eq!(app.owner.get(&path).await.ok()["name"], "Bán hàng");
    app.owner.with("If-Match", "rubbish").patch(&path, &json!({})).await.problem(400, "malformed_header");
}

#[actix_web::test]
async fn the_same_request_sent_twice_does_its_thing_once() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let body = json!({ "name": "Kinh doanh", "code": "kd", "kind": "department", "parent_id": company });
    let keyed = app.owner.with("Idempotency-Key", "abc-1");
    let first = keyed.post("/units", &body).await;
    assert_eq!(first.header("idempotency-replayed"), None);
    let first = first.status(201);
    app.owner.patch(&format!("/units/{}", first["id"].as_str().unwrap()), &json!({ "name": "Bán hàng" })).await.ok();
    let again = keyed.post("/units", &body).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let again = again.status(201);
    assert_eq!(again["id"], first["id"]);
    assert_eq!(again["name"], "Bán hàng", "the thing is answered as it is now");
    let other = json!({ "name": "Khác", "code": "k", "kind": "department", "parent_id": company });
    keyed.post("/units", &other).await.problem(422, "idempotency_key_reused");
    let units = app.owner.get("/units?include_total=true").await.ok();
    assert_eq!(units["total"], 2);
}

#[actix_web::test]
async fn many_at_once_with_one_key_make_one_thing() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let body = json!({ "name": "Kinh doanh", "code": "kd", "kind": "department", "parent_id": company });
    let keyed = app.owner.with("Idempotency-Key", "abc-2");
    let sends = (0..8).map(|_| {
        let (keyed, body) = (keyed.clone(), body.clone());
        actix_web::rt::spawn(async move { keyed.post("/units", &body).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        statuses.push(send.await.unwrap());
    }
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&201));
    let units = app.owner.get("/units?include_total=true").await.ok();
    assert_eq!(units["total"], 2);
}

#[actix_web::test]
async fn meta_names_every_word_and_code() {
    let app = TestApp::new().await;
    let meta = Client::anonymous(&app.url).get("/meta").await.ok();
    assert_eq!(
        meta["enums"]["state"][2],
        json!({
            "value": "active", "label": { "en": "Active", "vi": "Đang thực hiện" }, "order": 2,
        })
    );
    let codes: Vec<_> = meta["error_codes"].as_array().unwrap().iter().map(|code| code["code"].clone()).collect();
    assert!(codes.contains(&json!("not_found")) && codes.contains(&json!("stale_version")));
    assert_eq!(meta["limits"]["page"], 200);
    assert_eq!(meta["clock_held_at"], "2026-02-14T02:00:00Z");
}

#[actix_web::test]
async fn the_service_says_that_it_lives_and_is_ready() {
    let app = TestApp::new().await;
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(app.anonymous().get(path).await.ok(), json!({ "status": "ok" }));
    }
}

#[actix_web::test]
async fn the_documentation_needs_nothing_from_outside() {
    let app = TestApp::new().await;
    let page = app.anonymous().get("/docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("https://"), "{}", page.text);
    let document = app.anonymous().get("/api/v1/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(app.anonymous().get("/docs/problems").await.status, 200);
}

#[actix_web::test]
async fn browsers_of_other_origins_are_let_in_by_configuration_alone() {
    let app = TestApp::new().await;
    let reply = app.anonymous().with("Origin", "https://evil.example").get("/meta").await;
    assert_eq!(reply.header("access-control-allow-origin"), None);
    let app = TestApp::configured(&["--cors-origins", "https://goals.example.com"]).await;
    let reply = app.anonymous().with("Origin", "https://goals.example.com").get("/meta").await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("https://goals.example.com"));
    let reply = app.anonymous().with("Origin", "https://evil.example").get("/meta").await;
    assert_eq!(reply.header("access-control-allow-origin"), None);
}

/// Every answer to every test is held to the document; this shows that it would be noticed.
#[test]
fn an_answer_that_is_not_as_documented_is_noticed() {
    let contract = Contract::current();
    let tree = contract.operation("GET", "/api/v1/units/tree").expect("the unit tree");
    let faults = |status: StatusCode, content: &str, text: &str| contract.faults(tree, status, Some(content), text);
    let ok = |text: &str| faults(StatusCode::OK, "application/json", text);
    let unit = json!({
        "id": "0190a000-0000-7000-8000-000000000000", "kind": "company", "name": "A", "leads": [], "people_count": 1,
    });
    let with = |name: &str, value: Value| {
        let mut unit = unit.clone();
        unit[name] = value;
        ok(&json!({ "units": [unit] }).to_string())
    };
    assert_eq!(ok(r#"{"units": []}"#), [""; 0]);
    assert_eq!(ok(r#"{"units": [], "secret": 1}"#), ["/: `secret` is not in the document"]);
    assert_eq!(ok("{}"), ["/: `units` is missing"]);
    assert!(with("colour", json!("red")).contains(&"/units/0: `colour` is not in the document".to_owned()));
    assert!(with("id", json!("7")).iter().any(|fault| fault.starts_with("/units/0/id: ")));
    assert!(with("kind", json!("tribe")).iter().any(|fault| fault.starts_with("/units/0/kind: ")));
    assert_eq!(faults(StatusCode::IM_A_TEAPOT, "application/json", "{}").len(), 1);
    assert_eq!(faults(StatusCode::OK, "text/html", "<p>").len(), 1);
    assert_eq!(faults(StatusCode::NOT_MODIFIED, "application/json", "{}").len(), 1);
}
