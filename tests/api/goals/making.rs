//! Making, changing and deleting goals.

use super::world::{World, activate, and, go, link, make, make_active, node};
use serde_json::{Value, json};

#[actix_web::test]
async fn an_objective_is_made_with_its_key_results_in_one_request() {
    let world = World::new().await;
    let body = and(
        world.objective("Giữ chân khách hàng"),
        json!({
            "description": "Vì doanh thu lặp lại",
            "key_results": [
                { "title": "Tỷ lệ rời bỏ", "direction": "at_most", "target": "3", "ceiling": 5, "weight": "2" },
                { "title": "Ra mắt cổng hỗ trợ", "direction": "milestone",
                  "steps": [{ "title": "Thiết kế" }, { "title": "Chạy thử", "weight": "3" }] },
            ],
        }),
    );
    let reply = world.an.post("/goals", &body).await;
    assert_eq!(reply.header("etag"), Some("\"v1\""));
    let location = reply.header("location").unwrap().to_owned();
    let made = reply.status(201);
    let id = made["id"].as_str().unwrap();
    assert_eq!(location, format!("/api/v1/goals/{id}"));
    assert_eq!((&made["state"], &made["source"]), (&json!("draft"), &json!("children")));
    assert_eq!((&made["scope"], &made["owner"]["id"]), (&json!("person"), &json!(world.an.person)));
    assert_eq!(made["unit"]["id"], json!(world.north));
    assert_eq!(made["child_count"], 2);
    let children = world.an.all(&format!("/goals?parent_id={id}&cycle_id={}", world.quarter)).await;
    let find = |title: &str| children.iter().find(|child| child["title"] == title).unwrap().clone();
    let churn = find("Tỷ lệ rời bỏ");
    assert_eq!((&churn["kind"], &churn["weight"], &churn["ceiling"]), (&json!("key_result"), &json!("2"), &json!("5")));
    assert_eq!(churn["owner"]["id"], json!(world.an.person));
    let steps = find("Ra mắt cổng hỗ trợ")["steps"].clone();
    assert_eq!((&steps[0]["id"], &steps[1]["id"]), (&json!("1"), &json!("2")));
    assert_eq!(steps[1]["weight"], "3");
}

#[actix_web::test]
async fn every_fault_of_a_goal_and_its_key_results_is_told_at_once_and_nothing_is_made() {
    let world = World::new().await;
    let nobody = "01900000-0000-7000-8000-000000000000";
    let body = and(
        world.objective("  "),
        json!({
            "owner_id": nobody,
            "scope": "team",
            "target": "5",
            "window": { "first": "2026-01-01", "last": "2026-04-01" },
            "parent_id": nobody,
            "links": [{ "parent_id": nobody }],
            "contributors": [world.an.person, world.an.person],
            "key_results": [
                { "title": "Doanh thu", "direction": "increase", "start": "10", "target": "10" },
                { "title": "Khiếu nại", "direction": "increase", "start": "0", "target": "0", "metric_id": nobody },
                { "title": "Độ trễ", "direction": "between", "lo": "5", "hi": "1", "tolerance": "0", "floor": "1" },
                { "title": "Tổng", "source": "sum", "direction": "decrease", "target": "1" },
                { "title": "Tự động", "source": "measurements", "direction": "at_least", "target": "1", "floor": "2" },
            ],
        }),
    );
    let faults = world.an.post("/goals", &body).await.faults();
    assert_eq!(
        faults,
        [
            "/contributors/1 duplicate",
            "/key_results/0/owner_id no_such_reference",
            "/key_results/0/target target_not_above_start",
            "/key_results/0/unit_id wrong_unit_for_scope",
            "/key_results/1/metric_id no_such_reference",
            "/key_results/1/owner_id no_such_reference",
            "/key_results/1/target target_not_above_start",
            "/key_results/1/unit_id wrong_unit_for_scope",
            "/key_results/2/floor not_with_direction",
            "/key_results/2/lo lo_above_hi",
            "/key_results/2/owner_id no_such_reference",
            "/key_results/2/tolerance not_positive",
            "/key_results/2/unit_id wrong_unit_for_scope",
            "/key_results/3/metric_id required",
            "/key_results/3/owner_id no_such_reference",
            "/key_results/3/start required",
            "/key_results/3/unit_id wrong_unit_for_scope",
            "/key_results/4/floor floor_above_target",
            "/key_results/4/metric_id required",
            "/key_results/4/owner_id no_such_reference",
            "/key_results/4/unit_id wrong_unit_for_scope",
            "/links/0/parent_id duplicate",
            "/links/0/parent_id no_such_reference",
            "/owner_id no_such_reference",
            "/parent_id no_such_reference",
            "/target not_with_source",
            "/title blank",
            "/unit_id required",
            "/unit_id wrong_unit_for_scope",
            "/window window_outside_cycle",
        ]
    );
    assert_eq!(world.hr.all(&format!("/goals?cycle_id={}", world.quarter)).await, Vec::<Value>::new());
}

#[actix_web::test]
async fn a_direction_that_runs_backwards_is_refused_naming_the_one_that_fits() {
    let world = World::new().await;
    for (start, target, fits) in [("0", "0", "at_most"), ("99", "99", "at_least"), ("9", "5", "decrease")] {
        let body = and(world.kpi("Khiếu nại"), json!({ "start": start, "target": target }));
        let problem = world.an.post("/goals", &body).await.problem(422, "invalid_fields");
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains(fits), "{detail}");
    }
    let plan = json!([{ "date": "2026-03-31", "value": "1" }, { "date": "2026-02-01", "value": 2 }]);
    let faults = world.an.post("/goals", &and(world.kpi("Kế hoạch"), json!({ "target_plan": plan }))).await.faults();
    assert_eq!(faults, ["/target_plan/0/date plan_outside_window", "/target_plan/1/date plan_not_ascending"]);
}

#[actix_web::test]
async fn who_may_make_a_goal_follows_its_scope() {
    let world = World::new().await;
    let company = and(world.objective("Toàn công ty"), json!({ "scope": "company" }));
    let department = and(world.objective("Cả phòng"), json!({ "scope": "department", "unit_id": world.sales }));
    let team = and(world.objective("Cả nhóm"), json!({ "scope": "team", "unit_id": world.north }));
    let ans = and(world.objective("Của An"), json!({ "owner_id": world.an.person }));
    let table = [
        (&company, vec![&world.hr, &world.app.owner], vec![&world.head, &world.an]),
        (&department, vec![&world.hr, &world.head], vec![&world.lead, &world.an, &world.tech]),
        (&team, vec![&world.hr, &world.head, &world.lead], vec![&world.an, &world.tech]),
        (&ans, vec![&world.hr, &world.head, &world.lead, &world.an], vec![&world.tech]),
    ];
    for (body, may, may_not) in table {
        for client in may {
            client.post("/goals", body).await.status(201);
        }
        for client in may_not {
            client.post("/goals", body).await.problem(403, "forbidden");
        }
    }
}

#[actix_web::test]
async fn viewers_and_those_who_left_own_nothing() {
    let world = World::new().await;
    let viewer = world.app.person("Người Xem", &world.north, json!({ "role": "viewer" })).await;
    let gone = world.app.person("Người Cũ", &world.north, json!({})).await;
    world.app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();
    let body = and(world.kpi("Của ai"), json!({ "owner_id": viewer, "contributors": [gone], "watchers": [viewer] }));
    let faults = world.hr.post("/goals", &body).await.faults();
    assert_eq!(faults, ["/contributors/0 person_deactivated", "/owner_id viewer_cannot_act"]);
}

#[actix_web::test]
async fn a_goal_takes_its_direction_from_its_metric_and_its_visibility_from_its_unit() {
    let world = World::new().await;
    let metric = world.metric("revenue").await;
    world.app.owner.patch(&format!("/units/{}", world.sales), &json!({ "kpi_visibility": "internal" })).await.ok();
    let body = json!({
        "cycle_id": world.quarter, "kind": "kpi", "title": "Doanh thu", "metric_id": metric, "target": "1000000000",
    });
    let made = world.an.post("/goals", &body).await.ok();
    assert_eq!((&made["direction"], &made["visibility"]), (&json!("increase"), &json!("internal")));
    assert_eq!(made["metric"]["code"], "revenue");
    let objective = world.an.post("/goals", &world.objective("Mục tiêu")).await.ok();
    assert_eq!(objective["visibility"], "public");
}

#[actix_web::test]
async fn a_key_results_place_is_under_an_objective() {
    let world = World::new().await;
    let kpi = make(&world.an, world.kpi("Doanh thu")).await;
    let key_result = and(world.kpi("Kết quả"), json!({ "kind": "key_result" }));
    let faults = world.an.post("/goals", &key_result).await.faults();
    assert_eq!(faults, ["/parent_id required"]);
    let faults = world.an.post("/goals", &and(key_result.clone(), json!({ "parent_id": kpi }))).await.faults();
    assert_eq!(faults, ["/parent_id key_result_needs_objective"]);
    let objective = make(&world.an, world.objective("Mục tiêu")).await;
    let made = world.an.post("/goals", &and(key_result, json!({ "parent_id": objective, "weight": "3" }))).await.ok();
    assert_eq!((&made["parent_id"], &made["weight"]), (&json!(objective), &json!("3")));
    let child = made["id"].as_str().unwrap();
    link(&world.an, child, &kpi, json!({ "primary": true, "replace": true }))
        .await
        .problem(409, "key_result_needs_objective");
    link(&world.an, child, &objective, json!({ "primary": false })).await.problem(409, "key_result_needs_objective");
    let gone = world.an.delete(&format!("/goals/{child}/links/{objective}")).await;
    gone.problem(409, "key_result_needs_objective");
    let faults = world.an.patch(&format!("/goals/{objective}"), &json!({ "kind": "kpi" })).await.faults();
    assert!(faults.contains(&"/kind key_result_needs_objective".to_owned()), "{faults:?}");
}

#[actix_web::test]
async fn a_patch_changes_what_it_names_and_empties_what_is_null() {
    let world = World::new().await;
    let id = make(&world.an, and(world.kpi("Doanh thu"), json!({ "description": "Quý một", "start": "5" }))).await;
    let path = format!("/goals/{id}");
    let patch = json!({ "title": "Doanh thu miền Bắc", "description": null, "start": null, "target": 200 });
    let reply = world.an.with("If-Match", "\"v1\"").patch(&path, &patch).await;
    assert_eq!(reply.header("etag"), Some("\"v2\""));
    let changed = reply.ok();
    assert_eq!((&changed["title"], &changed["target"]), (&json!("Doanh thu miền Bắc"), &json!("200")));
    assert_eq!(changed["start"], "0");
    let stale = world.an.with("If-Match", "\"v1\"").patch(&path, &patch).await.problem(412, "stale_version");
    assert_eq!(stale["current_version"], 2);
    assert_eq!(world.an.patch(&path, &json!({ "title": "Doanh thu miền Bắc" })).await.ok()["version"], 2);
    let faults = world.an.patch(&path, &json!({ "title": null, "state": "active", "target": "x" })).await.faults();
    assert_eq!(faults, ["/state unknown_field", "/target wrong_type", "/title not_nullable"]);
    world.tech.patch(&path, &patch).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn kind_source_direction_and_metric_are_fixed_once_active_and_a_new_target_asks_for_the_reason() {
    let world = World::new().await;
    let metric = world.metric("deals").await;
    let id = make(&world.an, world.kpi("Hợp đồng")).await;
    let path = format!("/goals/{id}");
    world.an.patch(&path, &json!({ "metric_id": metric, "kind": "objective", "source": "check_ins" })).await.ok();
    activate(&world.an, &id).await;
    let patch = json!({ "metric_id": null, "kind": "kpi", "source": "children", "direction": null, "target": null });
    let faults = world.an.patch(&path, &patch).await.faults();
    assert_eq!(
        faults,
        [
            "/direction fixed_once_active",
            "/kind fixed_once_active",
            "/metric_id fixed_once_active",
            "/reason required",
            "/source fixed_once_active"
        ]
    );
    let faults = world.an.patch(&path, &json!({ "target": "120" })).await.faults();
    assert_eq!(faults, ["/reason required"]);
    let changed = world.an.patch(&path, &json!({ "target": "120", "reason": "Thị trường tốt hơn" })).await.ok();
    assert_eq!(changed["target"], "120");
    let renamed = world.an.patch(&path, &json!({ "title": "Hợp đồng mới" })).await.ok();
    assert_eq!(renamed["title"], "Hợp đồng mới");
}

#[actix_web::test]
async fn a_goal_goes_to_another_owner_or_unit_by_those_who_might_have_made_it_there() {
    let world = World::new().await;
    let id = make(&world.an, world.kpi("Doanh thu")).await;
    let path = format!("/goals/{id}");
    let to_tech = json!({ "owner_id": world.tech.person, "unit_id": world.engineering });
    world.an.patch(&path, &to_tech).await.problem(403, "forbidden");
    let to_company = json!({ "scope": "company", "unit_id": world.company });
    world.an.patch(&path, &to_company).await.problem(403, "forbidden");
    let handed = world.lead.patch(&path, &json!({ "owner_id": world.lead.person })).await.ok();
    assert_eq!(handed["owner"]["id"], json!(world.lead.person));
    world.hr.patch(&path, &to_tech).await.ok();
}

#[actix_web::test]
async fn an_owner_edits_only_where_their_unit_lets_them() {
    let world = World::new().await;
    let objective = and(
        world.objective("Mục tiêu"),
        json!({ "key_results": [{ "title": "Kết quả", "direction": "increase", "target": "10" }] }),
    );
    let id = make(&world.an, objective).await;
    let unit = format!("/units/{}", world.north);
    world.app.owner.patch(&unit, &json!({ "owners_may_edit_key_results": false })).await.ok();
    let child = world.an.all(&format!("/goals?parent_id={id}")).await[0]["id"].as_str().unwrap().to_owned();
    let patch = json!({ "title": "Tên mới" });
    world.an.patch(&format!("/goals/{child}"), &patch).await.problem(403, "forbidden");
    world.an.patch(&format!("/goals/{id}"), &patch).await.ok();
    world.app.owner.patch(&unit, &json!({ "owners_may_edit": false })).await.ok();
    world.an.patch(&format!("/goals/{id}"), &patch).await.problem(403, "forbidden");
    world.lead.patch(&format!("/goals/{id}"), &patch).await.ok();
}

#[actix_web::test]
async fn drafts_are_deleted_and_all_else_but_hrs_mistakes_is_not() {
    let world = World::new().await;
    let parent = make(&world.an, world.objective("Mục tiêu")).await;
    let child = make(&world.an, and(world.kpi("Doanh thu"), json!({ "parent_id": parent }))).await;
    world.tech.delete(&format!("/goals/{child}")).await.problem(403, "forbidden");
    let problem = world.an.delete(&format!("/goals/{parent}")).await.problem(409, "goals_linked_under");
    assert_eq!(problem["goals"][0]["title"], "Doanh thu");
    world.an.delete(&format!("/goals/{child}")).await.status(204);
    world.an.get(&format!("/goals/{child}")).await.problem(404, "not_found");
    activate(&world.an, &parent).await;
    world.an.delete(&format!("/goals/{parent}")).await.problem(409, "not_a_draft");
    world.hr.delete(&format!("/goals/{parent}")).await.status(204);
    let checked_in = make_active(&world.an, world.kpi("Đã check-in")).await;
    world.an.post(&format!("/goals/{checked_in}/check-ins"), &json!({ "value": "5" })).await.ok();
    world.hr.delete(&format!("/goals/{checked_in}")).await.problem(409, "still_in_use");
}

#[actix_web::test]
async fn goals_obey_the_phase_of_their_cycle() {
    let world = World::new().await;
    let cycle = |first: &str, last: &str| json!({ "kind": "custom", "name": "Kỳ", "starts_on": first, "ends_on": last, "settings": { "approval_required": false, "cadence": "none" } });
    let id = world.hr.post("/cycles", &cycle("2026-01-01", "2026-02-10")).await.id();
    let body = and(world.kpi("Doanh thu"), json!({ "cycle_id": id }));
    assert_eq!(world.an.post("/goals", &body).await.faults(), ["/cycle_id no_such_reference"]);
    let hrs = make(&world.hr, body.clone()).await;
    world.an.get(&format!("/goals/{hrs}")).await.problem(404, "not_found");
    let lead_to = async |phase: &str| {
        world.app.owner.post(&format!("/cycles/{id}/phase"), &json!({ "to": phase, "reason": "Kế hoạch" })).await.ok();
    };
    lead_to("planning").await;
    let ans = make_active(&world.an, body.clone()).await;
    lead_to("active").await;
    make(&world.an, body.clone()).await;
    lead_to("review").await;
    world.an.post("/goals", &body).await.problem(409, "phase_forbids");
    let patch = json!({ "title": "Khác" });
    let problem = world.an.patch(&format!("/goals/{ans}"), &patch).await.problem(409, "phase_forbids");
    assert!(problem["detail"].as_str().unwrap().contains("Review"), "{problem}");
    world.hr.patch(&format!("/goals/{ans}"), &patch).await.ok();
    go(&world.an, &ans, "on_hold").await.problem(409, "phase_forbids");
    lead_to("closed").await;
    world.hr.patch(&format!("/goals/{ans}"), &json!({ "title": "Nữa" })).await.problem(409, "phase_forbids");
    assert_eq!(node(&world.an, &ans).await["title"], "Khác");
}

#[actix_web::test]
async fn those_who_take_part_are_named_and_everyone_may_follow_what_they_see() {
    let world = World::new().await;
    let body = and(world.kpi("Kín"), json!({ "visibility": "restricted", "watchers": [world.head.person] }));
    let id = make(&world.an, body).await;
    let path = format!("/goals/{id}");
    world.tech.get(&path).await.problem(404, "not_found");
    world.tech.put(&format!("{path}/follow"), &json!({})).await.problem(404, "not_found");
    let changed = world.an.patch(&path, &json!({ "followers": [world.tech.person] })).await.ok();
    assert_eq!(changed["version"], 2);
    world.tech.get(&path).await.ok();
    world.tech.delete(&format!("{path}/follow")).await.status(204);
    world.tech.get(&path).await.problem(404, "not_found");
    world.lead.put(&format!("{path}/follow"), &json!({})).await.status(204);
    world.lead.put(&format!("{path}/follow"), &json!({})).await.status(204);
    assert_eq!(node(&world.an, &id).await["version"], 2);
}

#[actix_web::test]
async fn a_retired_metric_stays_with_its_goals_and_is_not_taken_anew() {
    let world = World::new().await;
    let metric = world.metric("revenue").await;
    let body = and(world.kpi("Doanh thu"), json!({ "metric_id": metric }));
    let id = make(&world.an, body.clone()).await;
    world.hr.patch(&format!("/metrics/{metric}"), &json!({ "retired": true })).await.ok();
    assert_eq!(world.an.post("/goals", &body).await.faults(), ["/metric_id metric_retired"]);
    world.an.patch(&format!("/goals/{id}"), &json!({ "title": "Doanh thu thuần" })).await.ok();
}

#[actix_web::test]
async fn supervisors_make_and_edit_goals_where_the_unit_lets_them() {
    let world = World::new().await;
    let watcher = world.app.member("Vũ Giám Sát", &world.engineering, json!({})).await;
    world.app.join(&watcher, &world.north, "supervisor").await;
    let ans = and(world.kpi("Của An"), json!({ "owner_id": world.an.person }));
    watcher.post("/goals", &ans).await.problem(403, "forbidden");
    let unit = format!("/units/{}", world.north);
    world.app.owner.patch(&unit, &json!({ "supervisors_may_create": true })).await.ok();
    let id = make(&watcher, ans.clone()).await;
    let target = json!({ "target": "50" });
    watcher.patch(&format!("/goals/{id}"), &target).await.problem(403, "forbidden");
    let edit_alone = json!({ "supervisors_may_create": null, "supervisors_may_edit": true });
    world.app.owner.patch(&unit, &edit_alone).await.ok();
    watcher.patch(&format!("/goals/{id}"), &target).await.ok();
    watcher.post("/goals", &ans).await.problem(403, "forbidden");
    world.app.owner.patch(&unit, &json!({ "supervisors_may_create": true })).await.ok();
    let company = and(world.objective("Công ty"), json!({ "scope": "company" }));
    watcher.post("/goals", &company).await.problem(403, "forbidden");
}
