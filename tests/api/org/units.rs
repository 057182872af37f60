//! The unit tree.

use super::{items, texts};
use crate::support::TestApp;
use serde_json::{Value, json};

fn node<'a>(tree: &'a Value, id: &str) -> &'a Value {
    tree["units"].as_array().unwrap().iter().find(|unit| unit["id"] == id).expect("the unit is in the tree")
}

#[actix_web::test]
async fn the_tree_shows_units_by_name_with_their_leads_and_counts() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let hanoi = app.unit("team", "Đội Hà Nội", &sales).await;
    app.unit("department", "Công nghệ", &company).await;
    let lead = app.member("Nguyễn Văn Bình", &sales, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    app.person("Trần Thị Chi", &hanoi, json!({})).await;
    let gone = app.person("Lê Văn Dũng", &hanoi, json!({})).await;
    app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();

    let reply = lead.get("/units/tree").await;
    let etag = reply.header("etag").unwrap().to_owned();
    let tree = reply.ok();
    let units = tree["units"].as_array().unwrap();
    assert_eq!(texts(units, "name"), ["Công ty Thử Nghiệm", "Công nghệ", "Kinh doanh", "Đội Hà Nội"]);
    let counts = |id: &str| {
        let unit = node(&tree, id);
        ["depth", "people", "people_in_all", "units", "units_in_all"].map(|field| unit[field].as_u64().unwrap())
    };
    assert_eq!(counts(&company), [0, 1, 3, 2, 3]);
    assert_eq!(counts(&sales), [1, 1, 2, 1, 1]);
    assert_eq!(counts(&hanoi), [2, 1, 1, 0, 0], "the deactivated are not counted");
    assert_eq!(node(&tree, &sales)["leads"], json!([{ "id": lead.person, "name": "Nguyễn Văn Bình" }]));

    assert_eq!(lead.with("If-None-Match", &etag).get("/units/tree").await.status, 304);
    app.person("Phạm Thị Em", &hanoi, json!({})).await;
    assert_eq!(lead.with("If-None-Match", &etag).get("/units/tree").await.status, 200);
}

#[actix_web::test]
async fn units_are_found_without_accents_and_filtered_by_kind_parent_and_id() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Phòng Kinh Doanh", &company).await;
    let team = app.unit("team", "Đội Đà Nẵng", &sales).await;
    for (query, expected) in [
        ("q=phong%20kinh".to_owned(), vec!["Phòng Kinh Doanh"]),
        ("q=doi-da".to_owned(), vec!["Đội Đà Nẵng"]),
        ("kind=team".to_owned(), vec!["Đội Đà Nẵng"]),
        (format!("parent_id={company}"), vec!["Phòng Kinh Doanh"]),
        (format!("ids={team},{company}"), vec!["Công ty Thử Nghiệm", "Đội Đà Nẵng"]),
        ("sort=-name".to_owned(), vec!["Phòng Kinh Doanh", "Đội Đà Nẵng", "Công ty Thử Nghiệm"]),
        ("sort=code".to_owned(), vec!["Công ty Thử Nghiệm", "Đội Đà Nẵng", "Phòng Kinh Doanh"]),
    ] {
        let page = app.owner.get(&format!("/units?{query}")).await.ok();
        assert_eq!(texts(items(&page), "name"), expected, "{query}");
    }
    app.owner.get("/units?colour=red").await.problem(400, "malformed_query");
    app.owner.get("/units?sort=colour").await.problem(400, "not_sortable");
}

#[actix_web::test]
async fn a_unit_moves_with_all_below_it_but_not_under_itself() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let north = app.unit("department", "Miền Bắc", &company).await;
    let hanoi = app.unit("department", "Hà Nội", &north).await;
    let team = app.unit("team", "Đội Một", &hanoi).await;
    let path = format!("/units/{north}");
    let problem = app.owner.patch(&path, &json!({ "parent_id": hanoi })).await.problem(409, "unit_under_itself");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("Miền Bắc → Hà Nội → Miền Bắc"), "{detail}");
    app.owner.patch(&path, &json!({ "parent_id": north })).await.problem(409, "unit_under_itself");
    app.owner.patch(&path, &json!({ "parent_id": team })).await.problem(409, "unit_under_itself");

    let south = app.unit("department", "Miền Nam", &company).await;
    app.owner.patch(&format!("/units/{hanoi}"), &json!({ "parent_id": south })).await.ok();
    let tree = app.owner.get("/units/tree").await.ok();
    assert_eq!(node(&tree, &hanoi)["parent_id"], json!(south));
    assert_eq!(node(&tree, &team)["depth"], 3);
}

#[actix_web::test]
async fn the_company_unit_is_one_and_stays() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let second = json!({ "kind": "company", "code": "X", "name": "Công ty Hai" });
    app.owner.post("/units", &second).await.problem(409, "second_company_unit");
    let sales = app.unit("department", "Kinh doanh", &company).await;
    app.owner
        .patch(&format!("/units/{sales}"), &json!({ "kind": "company" }))
        .await
        .problem(409, "second_company_unit");
    let path = format!("/units/{company}");
    app.owner.patch(&path, &json!({ "parent_id": sales })).await.problem(409, "company_unit_stays");
    app.owner.patch(&path, &json!({ "kind": "team" })).await.problem(409, "company_unit_stays");
    app.owner.delete(&path).await.problem(409, "company_unit_stays");
    let renamed = app.owner.patch(&path, &json!({ "name": "Sao Mai", "kind": "company" })).await.ok();
    assert_eq!(renamed["name"], "Sao Mai");
}

#[actix_web::test]
async fn kinds_fit_the_unit_above_and_those_below() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let team = app.unit("team", "Đội", &company).await;
    let department = json!({ "kind": "department", "code": "D", "name": "D", "parent_id": team });
    assert_eq!(app.owner.post("/units", &department).await.faults(), ["/parent_id wrong_unit_parent"]);
    app.unit("team", "Đội trong đội", &team).await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    app.unit("department", "Kinh doanh Bắc", &sales).await;
    let to_team = app.owner.patch(&format!("/units/{sales}"), &json!({ "kind": "team" })).await;
    assert_eq!(to_team.faults(), ["/kind wrong_unit_parent"], "a department lies in it");
    let moved = app.owner.patch(&format!("/units/{sales}"), &json!({ "parent_id": team })).await;
    assert_eq!(moved.faults(), ["/parent_id wrong_unit_parent"]);
}

#[actix_web::test]
async fn a_code_is_unique_whatever_its_case_and_accents() {
    let app = TestApp::new().await;
    let make = |code: &str, name: &str| json!({ "kind": "team", "code": code, "name": name });
    app.owner.post("/units", &make("ĐỘI-1", "Một")).await.status(201);
    assert_eq!(app.owner.post("/units", &make("doi-1", "Hai")).await.faults(), ["/code taken"]);
    assert_eq!(app.owner.post("/units", &make("a b", " ")).await.faults(), ["/code bad_code", "/name blank"]);
    let missing = app.owner.post("/units", &json!({ "kind": "team", "version": 3 })).await.faults();
    assert_eq!(missing, ["/code required", "/name required", "/version unknown_field"]);
}

#[actix_web::test]
async fn units_go_twenty_levels_deep() {
    let app = TestApp::new().await;
    let mut above = app.company().await;
    let mut second = String::new();
    for level in 2..=20 {
        above = app.unit("team", &format!("Cấp {level}"), &above).await;
        if level == 2 {
            second.clone_from(&above);
        }
    }
    let deeper = json!({ "kind": "team", "code": "X", "name": "Cấp 21", "parent_id": above });
    assert_eq!(app.owner.post("/units", &deeper).await.faults(), ["/parent_id too_deep"]);
    let company = app.company().await;
    let other = app.unit("team", "Bên cạnh", &company).await;
    let moved = app.owner.patch(&format!("/units/{second}"), &json!({ "parent_id": other })).await;
    assert_eq!(moved.faults(), ["/parent_id too_deep"], "what lies below moves along");
}

#[actix_web::test]
async fn a_unit_that_holds_something_is_not_deleted() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let team = app.unit("team", "Đội Một", &sales).await;
    let person = app.person("Nguyễn Thị An", &sales, json!({})).await;
    let supervisor = app.owner.clone();
    app.join(&supervisor, &sales, "supervisor").await;
    let path = format!("/units/{sales}");
    let problem = app.owner.delete(&path).await.problem(409, "unit_not_empty");
    assert_eq!(problem["holds"], json!({ "units": 1, "people": 2, "goals": 0 }));

    app.owner.delete(&format!("/units/{team}")).await.status(204);
    app.owner.patch(&format!("/people/{person}"), &json!({ "unit_id": company })).await.ok();
    app.owner.delete(&format!("/units/{sales}/members/{}", supervisor.person)).await.status(204);
    let version = app.owner.get(&path).await.ok()["version"].as_i64().unwrap();
    app.owner.with("If-Match", format!("\"v{}\"", version - 1)).delete(&path).await.problem(412, "stale_version");
    app.owner.with("If-Match", format!("\"v{version}\"")).delete(&path).await.status(204);
    app.owner.get(&path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn units_are_changed_by_hr_alone() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let lead = app.member("Nguyễn Văn Trưởng", &sales, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    let body = json!({ "kind": "team", "code": "T", "name": "T", "parent_id": sales });
    lead.post("/units", &body).await.problem(403, "forbidden");
    lead.patch(&format!("/units/{sales}"), &json!({ "name": "Của tôi" })).await.problem(403, "forbidden");
    lead.delete(&format!("/units/{sales}")).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn leads_place_members_in_their_own_units_and_below_but_name_no_leads() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let team = app.unit("team", "Đội Một", &sales).await;
    let elsewhere = app.unit("department", "Công nghệ", &company).await;
    let lead = app.member("Nguyễn Văn Trưởng", &sales, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    let person = app.member("Trần Thị Chi", &elsewhere, json!({})).await;
    let place = |unit: &str| format!("/units/{unit}/members/{}", person.person);

    for unit in [&sales, &team] {
        let placed = lead.put(&place(unit), &json!({ "role": "member" })).await.ok();
        assert_eq!(placed["members"], json!([{ "id": person.person, "name": "Trần Thị Chi" }]));
        lead.put(&place(unit), &json!({ "role": "supervisor" })).await.ok();
        lead.put(&place(unit), &json!({ "role": "lead" })).await.problem(403, "forbidden");
    }
    lead.put(&place(&elsewhere), &json!({ "role": "member" })).await.problem(403, "forbidden");
    person.put(&place(&sales), &json!({ "role": "member" })).await.problem(403, "forbidden");
    let own = format!("/units/{sales}/members/{}", lead.person);
    lead.delete(&own).await.problem(403, "forbidden");

    let shown = person.get(&format!("/people/{}", person.person)).await.ok();
    let places: Vec<_> = shown["memberships"].as_array().unwrap().iter().map(|one| &one["unit"]["name"]).collect();
    assert_eq!(places, ["Kinh doanh", "Đội Một"]);
    lead.delete(&place(&team)).await.status(204);
    lead.delete(&place(&team)).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_place_in_a_unit_moves_the_units_version() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let person = app.person("Trần Thị Chi", &company, json!({})).await;
    let team = app.unit("team", "Đội Một", &company).await;
    let place = format!("/units/{team}/members/{person}");
    let first = app.owner.get(&format!("/units/{team}")).await.header("etag").unwrap().to_owned();
    let role = json!({ "role": "member" });
    app.owner.with("If-Match", &first).put(&place, &role).await.ok();
    app.owner.with("If-Match", &first).put(&place, &json!({ "role": "lead" })).await.problem(412, "stale_version");
    let again = app.owner.put(&place, &role).await.ok();
    assert_eq!(again["version"], 2, "the same place again changes nothing");
    app.owner.patch(&format!("/people/{person}"), &json!({ "active": false })).await.ok();
    app.owner.put(&place, &json!({ "role": "lead" })).await.problem(422, "person_deactivated");
    let nobody = uuid::Uuid::now_v7();
    app.owner.put(&format!("/units/{team}/members/{nobody}"), &role).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_unit_with_goals_is_not_deleted_and_shows_their_number() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let cycle = app.quarter().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let goal = json!({
        "cycle_id": cycle, "kind": "objective", "scope": "department", "unit_id": sales,
        "owner_id": app.owner.person, "title": "Thắng miền Bắc",
    });
    app.owner.post("/goals", &goal).await.status(201);
    let problem = app.owner.delete(&format!("/units/{sales}")).await.problem(409, "unit_not_empty");
    assert_eq!(problem["holds"], json!({ "units": 0, "people": 0, "goals": 1 }));
}

#[actix_web::test]
async fn goals_are_seen_from_where_their_unit_lies_now() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let cycle = app.quarter().await;
    let north = app.unit("department", "Miền Bắc", &company).await;
    let south = app.unit("department", "Miền Nam", &company).await;
    let team = app.unit("team", "Đội Một", &north).await;
    let lead = app.member("Nguyễn Văn Trưởng", &south, json!({})).await;
    app.join(&lead, &south, "lead").await;
    let goal = json!({
        "cycle_id": cycle, "kind": "objective", "scope": "team", "unit_id": team, "owner_id": app.owner.person,
        "title": "Việc riêng của đội", "visibility": "restricted",
    });
    let id = app.owner.post("/goals", &goal).await.id();
    let path = format!("/goals/{id}");
    lead.get(&path).await.problem(404, "not_found");
    app.owner.patch(&format!("/units/{team}"), &json!({ "parent_id": south })).await.ok();
    assert_eq!(lead.get(&path).await.ok()["title"], "Việc riêng của đội");
    let below = lead.get(&format!("/goals?cycle_id={cycle}&unit_id={south}")).await.ok();
    assert_eq!(texts(items(&below), "id"), [id.as_str()]);
}
