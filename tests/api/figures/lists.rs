//! Lists, views and look-up.

use super::{check_in, draft, goal, kpi, lead_on, titles};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

async fn listed(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/goals?{query}")).await.ok();
    titles(&page["items"]).into_iter().map(str::to_owned).collect()
}

fn hits(found: &Value) -> Vec<(&str, &str)> {
    let items = found["items"].as_array().unwrap();
    items.iter().map(|hit| (hit["type"].as_str().unwrap(), hit["label"].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn muc_tieu_finds_mục_tiêu_in_lists_trees_and_pickers() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    goal(me, &cycle, "Mục tiêu Đà Nẵng", kpi("10", None)).await;
    goal(me, &cycle, "Các MỤC TIÊU khác", kpi("10", None)).await;
    goal(me, &cycle, "Tiêu chí và mục đích", kpi("10", None)).await;
    goal(me, &cycle, "Doanh thu", kpi("10", None)).await;
    let words = ["Mục tiêu Đà Nẵng", "Các MỤC TIÊU khác", "Tiêu chí và mục đích"];
    assert_eq!(listed(me, "q=muc+tieu").await, words);
    assert_eq!(listed(me, "q=DA+NANG").await, ["Mục tiêu Đà Nẵng"]);
    let tree = me.get(&format!("/cycles/{cycle}/tree?q=m%E1%BB%A5c%20ti%C3%AAu")).await.ok();
    assert_eq!(titles(&tree["nodes"]), words);
    let found = me.get("/lookup?types=goal&q=muc%20tieu").await.ok();
    assert_eq!(hits(&found), words.map(|title| ("goal", title)), "best match first");
}

#[actix_web::test]
async fn pickers_find_people_units_metrics_and_cycles() {
    let app = TestApp::new().await;
    let (me, company, cycle) = (&app.owner, app.company().await, app.quarter().await);
    let unit = app.unit("department", "Nguyên liệu", &company).await;
    app.person("Nguyễn Văn An", &unit, json!({ "job_title": "Trưởng nhóm" })).await;
    app.person("Lê Thị Nguyệt", &unit, json!({})).await;
    app.person("Phạm 100% Bình", &unit, json!({})).await;
    let metric =
        json!({ "code": "won_value", "name": { "en": "Won value", "vi": "Giá trị thắng" }, "unit": "currency" });
    me.post("/metrics", &metric).await.id();

    let found = me.get("/lookup?q=nguy").await.ok();
    let expected = [("person", "Nguyễn Văn An"), ("person", "Lê Thị Nguyệt"), ("unit", "Nguyên liệu")];
    assert_eq!(hits(&found), expected);
    assert_eq!(found["items"][0]["hint"], "Trưởng nhóm · Nguyên liệu");
    assert_eq!(hits(&me.get("/lookup?types=person&q=100%25").await.ok()), [("person", "Phạm 100% Bình")]);
    let vi = me.with("Accept-Language", "vi").get("/lookup?types=metric&q=gia+tri").await.ok();
    assert_eq!(hits(&vi), [("metric", "Giá trị thắng")]);
    assert_eq!(hits(&me.get("/lookup?types=metric&q=won_v").await.ok()), [("metric", "Won value")]);
    let cycles = me.get("/lookup?types=cycle&q=2026").await.ok();
    assert_eq!(cycles["items"][0]["id"], json!(cycle));
    assert_eq!(me.get("/lookup?types=person&limit=2").await.ok()["items"].as_array().map(Vec::len), Some(2));
    me.get("/lookup?types=planet").await.problem(400, "malformed_query");
    me.get(&format!("/lookup?q={}", "x".repeat(201))).await.problem(422, "invalid_fields");
    me.get("/lookup?limit=51").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn goals_are_filtered_by_each_of_their_sides() {
    let app = TestApp::new().await;
    let (me, company, cycle) = (&app.owner, app.company().await, app.quarter().await);
    let sales = app.unit("department", "Sales", &company).await;
    let team = app.unit("team", "Team", &sales).await;
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company" })).await;
    let of_sales = json!({ "kind": "objective", "scope": "department", "unit_id": sales, "parent_id": top });
    goal(me, &cycle, "Sales", of_sales).await;
    let of_team = json!({
        "kind": "kpi", "scope": "team", "unit_id": team, "target": "10", "direction": "increase",
        "commitment": "aspirational",
    });
    let of_team = goal(me, &cycle, "Team", of_team).await;
    let given_up = goal(me, &cycle, "Given up", kpi("10", None)).await;
    lead_on(me, &given_up, json!({ "to": "cancelled", "reason": "x" })).await;
    draft(me, &cycle, "Draft", kpi("10", None)).await;
    check_in(me, &of_team, "1", "2026-02-14").await;

    let all = ["Top", "Sales", "Team", "Given up", "Draft"];
    assert_eq!(listed(me, &format!("cycle_id={cycle}")).await, all, "nothing is left out unless asked");
    assert_eq!(listed(me, &format!("unit_id={sales}")).await, ["Sales", "Team"]);
    assert_eq!(listed(me, &format!("unit_id={sales}&unit_only=true")).await, ["Sales"]);
    assert_eq!(listed(me, "kind=kpi&state=active,cancelled").await, ["Team", "Given up"]);
    assert_eq!(listed(me, "scope=company,team").await, ["Top", "Team"]);
    assert_eq!(listed(me, "status=off_track").await, ["Team"]);
    assert_eq!(listed(me, "attention=off_track,stale").await, ["Team"]);
    assert_eq!(listed(me, "commitment=aspirational").await, ["Team"]);
    assert_eq!(listed(me, &format!("parent_id={top}")).await, ["Sales"]);
    assert_eq!(listed(me, &format!("ids={of_team},{top}")).await, ["Top", "Team"]);
    assert_eq!(listed(me, &format!("owner_id={}", me.person)).await, all);
    assert_eq!(listed(me, &format!("owner_id={sales}")).await, Vec::<String>::new());
    assert_eq!(listed(me, "as_of=2026-02-13").await, ["Top", "Sales", "Team", "Given up"], "drafts begin today");
    for wrong in ["kind=planet", "colour=red", "status=on_track,", "sort=colour", "limit=0"] {
        let answer = me.get(&format!("/goals?{wrong}")).await;
        let expected = if wrong.starts_with("status") { 200 } else { 400 };
        assert_eq!(answer.status.as_u16(), expected, "{wrong}: {}", answer.text);
    }
}

#[actix_web::test]
async fn lists_are_sorted_and_paged_stably() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    for (title, value) in [("b", "5"), ("á", "9"), ("C", "5"), ("d", "1"), ("e", "5")] {
        let id = goal(me, &cycle, title, kpi("10", None)).await;
        check_in(me, &id, value, "2026-02-14").await;
    }
    for (sort, expected) in [
        ("created", ["b", "á", "C", "d", "e"]),
        ("-created", ["e", "d", "C", "á", "b"]),
        ("title", ["á", "b", "C", "d", "e"]),
        ("progress", ["d", "b", "C", "e", "á"]),
        ("-status", ["d", "e", "C", "á", "b"]),
    ] {
        let paged = me.all(&format!("/goals?sort={sort}&limit=2")).await;
        assert_eq!(titles(&Value::Array(paged)), expected, "{sort}");
    }
}

#[actix_web::test]
async fn my_goals_are_those_that_i_own_contribute_to_and_follow_and_my_units() {
    let app = TestApp::new().await;
    let (company, cycle) = (app.company().await, app.quarter().await);
    let team = app.unit("team", "Team", &company).await;
    let an = app.member("An Person", &team, json!({})).await;
    let me = &app.owner;
    goal(&an, &cycle, "Own", kpi("10", None)).await;
    let mut with_an = kpi("10", None);
    with_an["contributors"] = json!([an.person]);
    goal(me, &cycle, "Contributed", with_an).await;
    let followed = goal(me, &cycle, "Followed", kpi("10", None)).await;
    an.put(&format!("/goals/{followed}/follow"), &json!({})).await.status(204);
    goal(me, &cycle, "Elsewhere", kpi("10", None)).await;
    let of_team = json!({ "kind": "objective", "scope": "team", "unit_id": team });
    goal(me, &cycle, "Team's", of_team).await;

    let mine = an.get("/me/goals").await.ok();
    assert_eq!(mine["cycles"][0]["id"], json!(cycle), "the active cycle that today lies in");
    assert_eq!(titles(&mine["owned"]), ["Own"]);
    assert_eq!(titles(&mine["contributing"]), ["Contributed"]);
    assert_eq!(titles(&mine["following"]), ["Followed"]);
    assert_eq!(titles(&mine["units"][0]["goals"]), ["Team's"]);
    let own = &mine["owned"][0]["can"];
    let can = ["see", "view_history", "comment", "link", "weigh", "edit", "hold", "complete", "cancel", "check_in"];
    assert_eq!(own, &json!(can));
    app.set_clock("2026-05-01T02:00:00Z");
    assert_eq!(an.get("/me/goals").await.ok()["owned"], json!([]), "no active cycle holds this day");
    assert_eq!(titles(&an.get(&format!("/me/goals?cycle_id={cycle}")).await.ok()["owned"]), ["Own"]);
}

#[actix_web::test]
async fn a_units_overview_has_its_goals_its_members_goals_and_counts() {
    let app = TestApp::new().await;
    let (company, cycle) = (app.company().await, app.quarter().await);
    let team = app.unit("team", "Team", &company).await;
    let an = app.member("An Person", &team, json!({})).await;
    app.person("Bình Person", &team, json!({})).await;
    let me = &app.owner;
    let of_team = json!({ "kind": "kpi", "scope": "team", "unit_id": team, "target": "10", "direction": "increase" });
    let of_team = goal(me, &cycle, "Team's", of_team).await;
    let own = goal(&an, &cycle, "An's", kpi("10", None)).await;
    let mut hidden = kpi("10", None);
    hidden["visibility"] = json!("restricted");
    goal(&an, &cycle, "An's own", hidden).await;
    check_in(me, &of_team, "6", "2026-02-14").await;
    check_in(&an, &own, "1", "2026-02-14").await;

    let view = me.get(&format!("/units/{team}/goals")).await.ok();
    assert_eq!(titles(&view["goals"]), ["Team's"]);
    let members: Vec<_> = view["members"].as_array().unwrap().iter().collect();
    assert_eq!(members.len(), 2);
    assert_eq!(members[0]["person"]["name"], "An Person");
    assert_eq!(titles(&members[0]["goals"]), ["An's", "An's own"]);
    assert_eq!(members[1]["goals"], json!([]));
    assert_eq!(view["counts"]["total"], 3);
    let count = |list: &str, name: &str, value: &str| {
        let counts = view["counts"][list].as_array().unwrap();
        counts.iter().find(|one| one[name] == value).map(|one| one["count"].clone()).unwrap()
    };
    assert_eq!(count("by_status", "status", "on_track"), 1);
    assert_eq!(count("by_status", "status", "off_track"), 1);
    assert_eq!(count("by_status", "status", "no_data"), 1);
    assert_eq!(count("by_attention", "attention", "off_track"), 1);
    assert_eq!(count("by_state", "state", "active"), 3);
    let outsider = app.member("Outsider", &company, json!({})).await;
    let seen = outsider.get(&format!("/units/{team}/goals")).await.ok();
    assert_eq!(seen["counts"]["total"], 2, "counts count only the visible");
}

#[actix_web::test]
async fn goals_of_closed_cycles_are_listed_where_they_are_asked_for() {
    let app = TestApp::new().await;
    let (me, open) = (&app.owner, app.quarter().await);
    let closed = app.cycle("2025-10-01", "2025-12-31", json!({ "approval_required": false, "cadence": "none" })).await;
    let old = goal(me, &closed, "Old", kpi("10", None)).await;
    goal(me, &open, "New", kpi("10", None)).await;
    for phase in ["review", "closed"] {
        me.post(&format!("/cycles/{closed}/phase"), &json!({ "to": phase })).await.ok();
    }
    assert_eq!(listed(me, "").await, ["New"]);
    assert_eq!(listed(me, &format!("cycle_id={closed}")).await, ["Old"]);
    assert_eq!(listed(me, &format!("ids={old}")).await, ["Old"]);
}
