//! Cycles: their periods, what lies inside what, their settings, who may do what with them.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

mod goals;
mod phases;

/// What a cycle is answered as, in the words that these tests ask for.
fn days(cycle: &Value) -> (&str, &str) {
    (cycle["starts_on"].as_str().unwrap(), cycle["ends_on"].as_str().unwrap())
}

fn names(cycles: &Value) -> Vec<&str> {
    cycles.as_array().unwrap().iter().map(|cycle| cycle["name"].as_str().unwrap()).collect()
}

fn custom(name: &str, first: &str, last: &str) -> Value {
    json!({ "kind": "custom", "name": name, "starts_on": first, "ends_on": last })
}

fn inside(mut body: Value, parent: &str) -> Value {
    body["parent_id"] = json!(parent);
    body
}

fn period(kind: &str, first: &str, last: &str) -> Value {
    json!({ "kind": kind, "starts_on": first, "ends_on": last })
}

async fn make(client: &Client, body: Value) -> String {
    client.post("/cycles", &body).await.id()
}

async fn lead_to(client: &Client, cycle: &str, phases: &[&str]) {
    for phase in phases {
        let body = json!({ "to": phase, "reason": "Theo kế hoạch" });
        client.post(&format!("/cycles/{cycle}/phase"), &body).await.ok();
    }
}

#[actix_web::test]
async fn a_new_cycle_is_a_draft_called_after_its_period_in_the_organizations_language() {
    let app = TestApp::new().await;
    let body = period("quarter", "2026-01-01", "2026-03-31");
    let reply = app.owner.post("/cycles", &body).await;
    assert_eq!(reply.header("etag"), Some("\"v1\""));
    let location = reply.header("location").unwrap().to_owned();
    let made = reply.status(201);
    assert_eq!(made["name"], "Quý 1 2026");
    assert_eq!(made["phase"], "draft");
    assert_eq!(made["parent_id"], Value::Null);
    assert_eq!(made["forest_id"], made["id"]);
    assert_eq!((&made["days"], &made["elapsed_days"]), (&json!(90), &json!(45)));
    assert_eq!(made["next_phases"], json!(["planning"]));
    assert_eq!(app.owner.get(&location).await.ok(), made);
    app.owner.patch("/organization", &json!({ "locale": "en" })).await.ok();
    let english = app.owner.post("/cycles", &period("quarter", "2026-04-01", "2026-06-30")).await.ok();
    assert_eq!(english["name"], "Q2 2026");
    assert_eq!(english["elapsed_days"], 0);
    let named =
        json!({ "kind": "month", "name": " Tháng  bán hàng ", "starts_on": "2026-01-01", "ends_on": "2026-01-31" });
    let named = app.owner.post("/cycles", &named).await.ok();
    assert_eq!((&named["name"], &named["elapsed_days"]), (&json!("Tháng  bán hàng"), &json!(31)));
}

#[actix_web::test]
async fn a_year_is_made_with_all_its_cycles_at_once_and_they_cover_it() {
    let app = TestApp::new().await;
    let body = json!({ "year": 2026, "parts": ["month", "half", "quarter"], "settings": { "cadence": "week" } });
    let year = app.owner.post("/cycles/year", &body).await.status(201);
    assert_eq!((year["name"].as_str(), days(&year)), (Some("Năm 2026"), ("2026-01-01", "2026-12-31")));
    assert_eq!(year["enclosed"].as_array().unwrap().len(), 2 + 4 + 12);
    let all = app.owner.all("/cycles?limit=5").await;
    assert_eq!(all.len(), 19);
    assert!(all.iter().all(|cycle| cycle["phase"] == "draft" && cycle["settings"]["cadence"] == "week"));
    for (kind, parent, count) in [("half", "year", 2), ("quarter", "half", 4), ("month", "quarter", 12)] {
        let parts: Vec<_> = all.iter().filter(|cycle| cycle["kind"] == kind).collect();
        assert_eq!(parts.len(), count);
        assert_eq!((days(parts[0]).0, days(parts[count - 1]).1), ("2026-01-01", "2026-12-31"));
        let total: i64 = parts.iter().map(|part| part["days"].as_i64().unwrap()).sum();
        assert_eq!(total, 365, "{kind}s cover the year without a gap");
        for part in parts {
            assert_eq!(part["enclosing"].as_array().unwrap().last().unwrap()["kind"], parent);
            assert_eq!(part["forest_id"], year["id"]);
        }
    }
    let quarter = &app.owner.all("/cycles?kind=quarter").await[2];
    assert_eq!(names(&quarter["enclosing"]), ["Năm 2026", "Nửa cuối năm 2026"]);
    assert_eq!(names(&quarter["enclosed"]), ["Tháng 7/2026", "Tháng 8/2026", "Tháng 9/2026"]);
}

#[actix_web::test]
async fn a_fiscal_year_from_april_runs_to_the_next_march() {
    let app = TestApp::new().await;
    app.owner.patch("/organization", &json!({ "fiscal_year_start": 4 })).await.ok();
    let year = app.owner.post("/cycles/year", &json!({ "year": 2027 })).await.ok();
    assert_eq!((year["name"].as_str(), days(&year)), (Some("Năm tài chính 2027/28"), ("2027-04-01", "2028-03-31")));
    let quarters = app.owner.all("/cycles?kind=quarter").await;
    let spans: Vec<_> = quarters.iter().map(days).collect();
    assert_eq!(
        spans,
        [
            ("2027-04-01", "2027-06-30"),
            ("2027-07-01", "2027-09-30"),
            ("2027-10-01", "2027-12-31"),
            ("2028-01-01", "2028-03-31"),
        ]
    );
    assert_eq!(quarters[3]["name"], "Quý 4 2027/28");
    assert_eq!(quarters[3]["days"], 91, "2028 is a leap year");
    let half = period("half", "2026-01-01", "2026-06-30");
    let calendar = app.owner.post("/cycles", &half).await.ok();
    assert_eq!(calendar["name"], "Nửa đầu năm 2026", "the calendar year's periods are periods too");
    let mut own = period("half", "2025-02-15", "2025-08-14");
    assert_eq!(app.owner.post("/cycles", &own).await.faults(), ["/name required"], "a period of no year has no name");
    own["name"] = json!("Nửa năm của dự án");
    app.owner.post("/cycles", &own).await.status(201);
}

#[actix_web::test]
async fn a_fiscal_year_from_february_has_february_in_its_first_quarter() {
    let app = TestApp::new().await;
    app.owner.patch("/organization", &json!({ "fiscal_year_start": 2, "locale": "en" })).await.ok();
    let body = json!({ "year": 2028, "parts": ["half", "month"] });
    let year = app.owner.post("/cycles/year", &body).await.ok();
    assert_eq!((year["name"].as_str(), days(&year)), (Some("FY 2028/29"), ("2028-02-01", "2029-01-31")));
    let months = app.owner.all("/cycles?kind=month").await;
    assert_eq!((months[0]["name"].as_str(), days(&months[0])), (Some("February 2028"), ("2028-02-01", "2028-02-29")));
    assert_eq!(months[11]["name"], "January 2029");
    assert_eq!(names(&months[11]["enclosing"]), ["FY 2028/29", "H2 2028/29"]);
    let quarter = app.owner.post("/cycles", &period("quarter", "2029-11-01", "2030-01-31")).await.ok();
    assert_eq!(quarter["name"], "Q4 2029/30");
}

#[actix_web::test]
async fn a_year_can_have_a_name_no_parts_and_is_refused_where_there_is_one_already() {
    let app = TestApp::new().await;
    let body = json!({ "year": 2026, "parts": [], "name": "Năm bản lề" });
    let year = app.owner.post("/cycles/year", &body).await.ok();
    assert_eq!((&year["name"], &year["enclosed"]), (&json!("Năm bản lề"), &json!([])));
    let problem = app.owner.post("/cycles/year", &json!({ "year": 2026 })).await.problem(409, "cycle_overlaps");
    assert_eq!(problem["cycles"], json!([{ "id": year["id"], "name": "Năm bản lề", "phase": "draft" }]));
    assert_eq!(app.owner.all("/cycles").await.len(), 1, "nothing of the refused year is left");
    let wrong = json!({ "year": 3000, "parts": ["half", "half"], "settings": { "weekday": 9 } });
    let faults = app.owner.post("/cycles/year", &wrong).await.faults();
    assert_eq!(faults, ["/parts/1 duplicate", "/settings/weekday out_of_range", "/year out_of_range"]);
    let unknown = app.owner.post("/cycles/year", &json!({ "year": 2027, "parts": ["week"] })).await;
    assert_eq!(unknown.faults(), ["/parts/0 wrong_type"]);
}

#[actix_web::test]
async fn a_key_makes_a_year_once() {
    let app = TestApp::new().await;
    let client = app.owner.with("Idempotency-Key", "year-2026");
    let first = client.post("/cycles/year", &json!({ "year": 2026 })).await.status(201);
    let again = client.post("/cycles/year", &json!({ "year": 2026 })).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.status(201), first);
    assert_eq!(app.owner.all("/cycles").await.len(), 5);
}

#[actix_web::test]
async fn a_year_that_eight_ask_for_at_once_is_made_once() {
    let app = TestApp::new().await;
    let asked = (0..8).map(|_| {
        let owner = app.owner.clone();
        actix_web::rt::spawn(async move { owner.post("/cycles/year", &json!({ "year": 2026 })).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for one in asked.collect::<Vec<_>>() {
        statuses.push(one.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(app.owner.all("/cycles").await.len(), 5);
}

#[actix_web::test]
async fn every_fault_of_a_cycle_is_named_at_once() {
    let app = TestApp::new().await;
    let settings = json!({
        "on_track_gap": "0.5", "at_risk_gap": "0.4", "mark": "0", "aspirational_mark": "1.1", "partly_share": "0",
        "weekday": 0, "day_of_month": 32, "grace_days": 40,
    });
    let body = json!({
        "kind": "custom", "starts_on": "2026-03-01", "ends_on": "2026-02-01", "settings": settings,
        "parent_id": "00000000-0000-7000-8000-000000000000",
    });
    assert_eq!(
        app.owner.post("/cycles", &body).await.faults(),
        [
            "/ends_on dates_reversed",
            "/name required",
            "/parent_id no_such_reference",
            "/settings/aspirational_mark out_of_range",
            "/settings/at_risk_gap out_of_range",
            "/settings/day_of_month out_of_range",
            "/settings/grace_days out_of_range",
            "/settings/mark out_of_range",
            "/settings/partly_share out_of_range",
            "/settings/weekday out_of_range",
        ]
    );
    let long = custom("Dài", "2026-01-01", "2031-01-01");
    assert_eq!(app.owner.post("/cycles", &long).await.faults(), ["/ends_on cycle_too_long"]);
    let old = custom("Xưa", "1900-01-01", "1900-02-01");
    let faults = app.owner.post("/cycles", &old).await.faults();
    assert_eq!(faults, ["/ends_on out_of_range", "/starts_on out_of_range"]);
    let short = period("quarter", "2026-01-01", "2026-03-30");
    assert_eq!(app.owner.post("/cycles", &short).await.faults(), ["/ends_on not_a_period"]);
    let extra = json!({ "kind": "year", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "phase": "active" });
    assert_eq!(app.owner.post("/cycles", &extra).await.faults(), ["/phase unknown_field"]);
    assert_eq!(app.owner.all("/cycles").await.len(), 0);
}

#[actix_web::test]
async fn a_cycle_lies_within_the_days_of_the_one_around_it() {
    let app = TestApp::new().await;
    let year = make(&app.owner, period("year", "2026-01-01", "2026-12-31")).await;
    let body = inside(custom("Chiến dịch", "2025-12-01", "2027-01-31"), &year);
    let faults = app.owner.post("/cycles", &body).await.faults();
    assert_eq!(faults, ["/ends_on outside_enclosing_cycle", "/starts_on outside_enclosing_cycle"]);
    let campaign = make(&app.owner, inside(custom("Chiến dịch", "2026-03-10", "2026-05-20"), &year)).await;
    let shorter = json!({ "kind": "custom", "ends_on": "2026-05-01" });
    let shrunk = app.owner.patch(&format!("/cycles/{year}"), &shorter).await;
    let problem = shrunk.problem(409, "enclosed_cycles_outside");
    assert_eq!(problem["cycles"][0]["id"], campaign.as_str());
    let fits = json!({ "kind": "custom", "ends_on": "2026-05-31" });
    assert_eq!(app.owner.patch(&format!("/cycles/{year}"), &fits).await.ok()["ends_on"], "2026-05-31");
}

#[actix_web::test]
async fn no_two_cycles_of_a_kind_lie_side_by_side_over_the_same_days() {
    let app = TestApp::new().await;
    let year = make(&app.owner, period("year", "2026-01-01", "2026-12-31")).await;
    let quarter = period("quarter", "2026-01-01", "2026-03-31");
    make(&app.owner, quarter.clone()).await;
    make(&app.owner, inside(quarter.clone(), &year)).await;
    app.owner.post("/cycles", &inside(quarter.clone(), &year)).await.problem(409, "cycle_overlaps");
    app.owner.post("/cycles", &quarter).await.problem(409, "cycle_overlaps");
    let next = make(&app.owner, inside(period("quarter", "2026-04-01", "2026-06-30"), &year)).await;
    let moved = json!({ "starts_on": "2026-01-01", "ends_on": "2026-03-31" });
    app.owner.patch(&format!("/cycles/{next}"), &moved).await.problem(409, "cycle_overlaps");
    make(&app.owner, inside(custom("Khối A", "2026-02-01", "2026-04-30"), &year)).await;
    make(&app.owner, inside(custom("Khối B", "2026-03-01", "2026-05-31"), &year)).await;
}

#[actix_web::test]
async fn at_most_five_cycles_lie_inside_each_other() {
    let app = TestApp::new().await;
    let mut around = make(&app.owner, custom("Cấp 1", "2026-01-01", "2026-12-31")).await;
    let outermost = around.clone();
    for level in 2..=5 {
        let body = inside(custom(&format!("Cấp {level}"), "2026-01-01", "2026-12-31"), &around);
        around = make(&app.owner, body).await;
    }
    let sixth = inside(custom("Cấp 6", "2026-01-01", "2026-12-31"), &around);
    assert_eq!(app.owner.post("/cycles", &sixth).await.faults(), ["/parent_id cycles_too_deep"]);
    let other = make(&app.owner, custom("Bao quanh", "2026-01-01", "2026-12-31")).await;
    let deeper = app.owner.patch(&format!("/cycles/{outermost}"), &json!({ "parent_id": other })).await;
    assert_eq!(deeper.faults(), ["/parent_id cycles_too_deep"]);
    let into_itself = app.owner.patch(&format!("/cycles/{outermost}"), &json!({ "parent_id": around })).await;
    into_itself.problem(409, "cycle_inside_itself");
    let into_own = app.owner.patch(&format!("/cycles/{outermost}"), &json!({ "parent_id": outermost })).await;
    into_own.problem(409, "cycle_inside_itself");
}

#[actix_web::test]
async fn a_cycle_moves_with_all_that_is_inside_it() {
    let app = TestApp::new().await;
    let year = make(&app.owner, period("year", "2026-01-01", "2026-12-31")).await;
    let half = make(&app.owner, period("half", "2026-01-01", "2026-06-30")).await;
    let quarter = make(&app.owner, inside(period("quarter", "2026-01-01", "2026-03-31"), &half)).await;
    let month = make(&app.owner, inside(period("month", "2026-02-01", "2026-02-28"), &quarter)).await;
    let path = format!("/cycles/{half}");
    let moved = app.owner.patch(&path, &json!({ "parent_id": year })).await.ok();
    assert_eq!((&moved["forest_id"], &moved["parent_id"]), (&json!(year), &json!(year)));
    let innermost = app.owner.get(&format!("/cycles/{month}")).await.ok();
    assert_eq!(innermost["forest_id"], year.as_str());
    assert_eq!(innermost["enclosing"].as_array().unwrap().len(), 3);
    assert_eq!(app.owner.all(&format!("/cycles?forest_id={year}")).await.len(), 4);
    let out = app.owner.patch(&path, &json!({ "parent_id": null })).await.ok();
    assert_eq!((&out["forest_id"], &out["parent_id"]), (&json!(half), &Value::Null));
    assert_eq!(app.owner.all(&format!("/cycles?forest_id={half}")).await.len(), 3);
    // What left and what was left can still be changed: both forests are there.
    lead_to(&app.owner, &half, &["planning"]).await;
    lead_to(&app.owner, &year, &["planning"]).await;
    let quarter_moved = app.owner.patch(&format!("/cycles/{quarter}"), &json!({ "parent_id": year })).await.ok();
    assert_eq!(quarter_moved["forest_id"], year.as_str());
}

#[actix_web::test]
async fn settings_come_from_the_organization_and_change_one_by_one() {
    let app = TestApp::new().await;
    let defaults = json!({ "cycle_defaults": { "cadence": "month", "day_of_month": 5 } });
    app.owner.patch("/organization", &defaults).await.ok();
    let mut body = custom("Đợt 1", "2026-01-01", "2026-03-31");
    body["settings"] = json!({ "grace_days": 3, "change_approval": "hr" });
    let made = app.owner.post("/cycles", &body).await.ok();
    assert_eq!(
        made["settings"],
        json!({
            "on_track_gap": "0.1", "at_risk_gap": "0.25", "cadence": "month", "weekday": 5, "day_of_month": 5,
            "grace_days": 3, "mark": "1", "aspirational_mark": "0.7", "partly_share": "0.7",
            "approval_required": true, "change_approval": "hr", "review_weights_required": false,
        })
    );
    let path = format!("/cycles/{}", made["id"].as_str().unwrap());
    let changed = app.owner.patch(&path, &json!({ "settings": { "on_track_gap": 0.2, "cadence": "none" } })).await.ok();
    let mut expected = made["settings"].clone();
    expected["on_track_gap"] = json!("0.2");
    expected["cadence"] = json!("none");
    assert_eq!(changed["settings"], expected);
    let faults =
        app.owner.patch(&path, &json!({ "settings": { "at_risk_gap": "0.1", "mark": null, "x": 1 } })).await.faults();
    assert_eq!(faults, ["/settings/mark not_nullable", "/settings/x unknown_field"]);
    let faults = app.owner.patch(&path, &json!({ "settings": { "at_risk_gap": "0.1" } })).await.faults();
    assert_eq!(faults, ["/settings/at_risk_gap out_of_range"], "the other gap counts, though it is not in the patch");
}

#[actix_web::test]
async fn drafts_are_there_for_hr_alone_and_changes_are_hrs() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let member = app.member("Nguyễn Văn An", &company, json!({})).await;
    let viewer = app.member("Phạm Xem", &company, json!({ "role": "viewer" })).await;
    let draft = make(&app.owner, custom("Nháp", "2026-04-01", "2026-06-30")).await;
    let shown = app.quarter().await;
    for client in [&member, &viewer] {
        client.get(&format!("/cycles/{draft}")).await.problem(404, "not_found");
        client.patch(&format!("/cycles/{draft}"), &json!({ "name": "x" })).await.problem(404, "not_found");
        client.delete(&format!("/cycles/{draft}")).await.problem(404, "not_found");
        client.post(&format!("/cycles/{draft}/phase"), &json!({ "to": "planning" })).await.problem(404, "not_found");
        let listed = client.get("/cycles?include_total=true").await.ok();
        assert_eq!((&listed["total"], &listed["items"][0]["id"]), (&json!(1), &json!(shown)));
        assert_eq!(client.get(&format!("/cycles/{shown}")).await.ok()["next_phases"], json!([]));
        client.patch(&format!("/cycles/{shown}"), &json!({ "name": "x" })).await.problem(403, "forbidden");
        client.delete(&format!("/cycles/{shown}")).await.problem(403, "forbidden");
        client.post(&format!("/cycles/{shown}/phase"), &json!({ "to": "review" })).await.problem(403, "forbidden");
        client.post("/cycles", &custom("x", "2026-01-01", "2026-01-02")).await.problem(403, "forbidden");
        client.post("/cycles/year", &json!({ "year": 2026 })).await.problem(403, "forbidden");
    }
    let as_parent = app.owner.post("/cycles", &inside(custom("x", "2026-04-01", "2026-04-02"), &draft)).await;
    as_parent.status(201);
}

#[actix_web::test]
async fn cycles_are_listed_by_day_kind_phase_place_and_text() {
    let app = TestApp::new().await;
    let year = app.owner.post("/cycles/year", &json!({ "year": 2026 })).await.ok();
    let year_id = year["id"].as_str().unwrap();
    lead_to(&app.owner, year_id, &["planning"]).await;
    let listed = |query: String| {
        let owner = app.owner.clone();
        async move {
            let all = owner.all(&format!("/cycles?{query}")).await;
            all.iter().map(|cycle| cycle["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    let quarters = ["Quý 1 2026", "Quý 2 2026", "Quý 3 2026", "Quý 4 2026"];
    assert_eq!(listed("on=2026-02-14".to_owned()).await, ["Năm 2026", "Quý 1 2026"]);
    assert_eq!(listed("on=2027-01-01".to_owned()).await, Vec::<String>::new());
    assert_eq!(listed(format!("parent_id={year_id}")).await, quarters);
    assert_eq!(listed("phase=planning".to_owned()).await, ["Năm 2026"]);
    assert_eq!(
        listed("kind=quarter&sort=-starts_on&limit=3".to_owned()).await,
        quarters.map(str::to_owned).into_iter().rev().collect::<Vec<_>>()
    );
    assert_eq!(listed("q=QUY%202".to_owned()).await, ["Quý 2 2026"]);
    assert_eq!(listed("sort=-name".to_owned()).await.last().unwrap(), "Năm 2026");
    let ids = format!("ids={year_id},{}", year["enclosed"][3]["id"].as_str().unwrap());
    assert_eq!(listed(ids).await, ["Năm 2026", "Quý 4 2026"]);
    app.owner.get("/cycles?colour=red").await.problem(400, "malformed_query");
    app.owner.get("/cycles?sort=phase").await.problem(400, "not_sortable");
    app.owner.get("/cycles?phase=asleep").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn a_change_of_another_version_is_refused() {
    let app = TestApp::new().await;
    let cycle = make(&app.owner, custom("Đợt 1", "2026-01-01", "2026-03-31")).await;
    let path = format!("/cycles/{cycle}");
    let renamed = app.owner.patch(&path, &json!({ "name": "Đợt một" })).await.ok();
    assert_eq!(renamed["version"], 2);
    let stale = app.owner.with("If-Match", "\"v1\"");
    assert_eq!(
        stale.patch(&path, &json!({ "name": "Khác" })).await.problem(412, "stale_version")["current_version"],
        2
    );
    stale.delete(&path).await.problem(412, "stale_version");
    app.owner.with("If-Match", "\"v2\"").delete(&path).await.status(204);
    app.owner.get(&path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_cycle_with_cycles_inside_is_not_deleted() {
    let app = TestApp::new().await;
    let year = app.owner.post("/cycles/year", &json!({ "year": 2026, "parts": ["half"] })).await.ok();
    let path = format!("/cycles/{}", year["id"].as_str().unwrap());
    let problem = app.owner.delete(&path).await.problem(409, "cycle_has_cycles");
    assert_eq!(names(&problem["cycles"]), ["Nửa đầu năm 2026", "Nửa cuối năm 2026"]);
    for half in year["enclosed"].as_array().unwrap() {
        app.owner.delete(&format!("/cycles/{}", half["id"].as_str().unwrap())).await.status(204);
    }
    app.owner.delete(&path).await.status(204);
    assert_eq!(app.owner.all("/cycles").await.len(), 0);
}
