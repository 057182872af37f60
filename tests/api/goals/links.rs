//! Links, their weights, and who gives them.

use super::world::{World, activate, and, link, make, make_active, node};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_link_under_a_goal_that_one_may_not_edit_is_a_proposal_and_weighs_nothing_until_accepted() {
    let world = World::new().await;
    let top = world.company_objective().await;
    let id = make_active(&world.an, and(world.kpi("Doanh thu"), json!({ "parent_id": top, "weight": "5" }))).await;
    world.an.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "50" })).await.ok();
    assert_eq!(node(&world.an, &id).await["weight"], "0");
    assert_eq!(node(&world.an, &top).await["progress"], Value::Null);
    let proposals = world.app.owner.all(&format!("/goals/{top}/proposed-links")).await;
    assert_eq!(proposals.len(), 1);
    assert_eq!((&proposals[0]["goal_id"], &proposals[0]["proposed_weight"]), (&json!(id), &json!("5")));
    assert_eq!(proposals[0]["proposed_by"]["name"], "Nguyễn Văn An");
    link(&world.an, &id, &top, json!({ "weight": "9" })).await.ok();
    assert_eq!(node(&world.an, &top).await["progress"], Value::Null);
    link(&world.tech, &id, &top, json!({ "weight": "1" })).await.problem(403, "forbidden");
    assert_eq!(link(&world.hr, &id, &top, json!({ "weight": "2" })).await.ok()["weight"], "2");
    assert_eq!(node(&world.an, &top).await["progress"], 0.5);
    assert_eq!(world.hr.all(&format!("/goals/{top}/proposed-links")).await, Vec::<Value>::new());
}

#[actix_web::test]
async fn many_weights_are_set_at_once_or_none() {
    let world = World::new().await;
    let top =
        make_active(&world.lead, and(world.objective("Nhóm"), json!({ "scope": "team", "unit_id": world.north })))
            .await;
    let under = json!({ "parent_id": top });
    let one = make_active(&world.an, and(world.kpi("Một"), under.clone())).await;
    let two = make_active(&world.an, and(world.kpi("Hai"), under)).await;
    let other = make(&world.an, world.kpi("Khác")).await;
    let path = format!("/goals/{top}/child-weights");
    let wrong = json!([
        { "goal_id": one, "weight": "3" }, { "goal_id": other, "weight": "1" }, { "goal_id": one, "weight": "1" },
    ]);
    let faults = world.lead.put(&path, &wrong).await.faults();
    assert_eq!(faults, ["/1/goal_id no_such_reference", "/2/goal_id duplicate"]);
    assert_eq!(node(&world.an, &one).await["weight"], "0");
    let right = json!([{ "goal_id": one, "weight": "3" }, { "goal_id": two, "weight": 0.5 }]);
    world.an.put(&path, &right).await.problem(403, "forbidden");
    world.lead.put(&path, &right).await.ok();
    assert_eq!(node(&world.an, &one).await["weight"], "3");
    assert_eq!(node(&world.an, &two).await["weight"], "0.5");
}

#[actix_web::test]
async fn a_loop_is_refused_by_naming_it() {
    let world = World::new().await;
    let top = make(&world.an, world.objective("Trên")).await;
    let middle = make(&world.an, and(world.objective("Giữa"), json!({ "parent_id": top }))).await;
    let bottom = make(&world.an, and(world.objective("Dưới"), json!({ "parent_id": middle }))).await;
    let problem = link(&world.an, &top, &bottom, json!({})).await.problem(409, "goal_loop");
    assert!(problem["detail"].as_str().unwrap().contains("Trên → Dưới → Giữa → Trên"), "{problem}");
    link(&world.an, &top, &top, json!({})).await.problem(409, "goal_loop");
    world.lead.patch(&format!("/goals/{middle}"), &json!({ "visibility": "restricted" })).await.ok();
    let top_of_tech = json!({ "owner_id": world.tech.person, "unit_id": world.engineering });
    world.hr.patch(&format!("/goals/{top}"), &top_of_tech).await.ok();
    let problem = link(&world.tech, &top, &bottom, json!({})).await.problem(409, "goal_loop");
    assert!(!problem.to_string().contains("Giữa"), "{problem}");
}

#[actix_web::test]
async fn a_second_primary_link_is_refused_by_naming_the_first_unless_the_goal_moves() {
    let world = World::new().await;
    let old = make(&world.an, world.objective("Chỗ cũ")).await;
    let new = make(&world.an, world.objective("Chỗ mới")).await;
    let id = make(&world.an, and(world.kpi("Doanh thu"), json!({ "parent_id": old }))).await;
    let problem = link(&world.an, &id, &new, json!({ "primary": true })).await.problem(409, "second_primary_link");
    assert!(problem["detail"].as_str().unwrap().contains("Chỗ cũ"));
    assert_eq!(problem["goals"][0]["id"], json!(old));
    assert_eq!(link(&world.an, &id, &new, json!({ "weight": "2" })).await.ok()["parent_id"], json!(old));
    let moved = link(&world.an, &id, &new, json!({ "primary": true, "replace": true })).await.ok();
    assert_eq!((&moved["parent_id"], &moved["weight"]), (&json!(new), &json!("2")));
    assert_eq!(node(&world.an, &old).await["child_count"], 0);
    world.an.delete(&format!("/goals/{id}/links/{old}")).await.problem(404, "not_found");
    world.an.delete(&format!("/goals/{id}/links/{new}")).await.status(204);
    assert_eq!(node(&world.an, &id).await["parent_id"], Value::Null);
}

#[actix_web::test]
async fn links_cross_departments_and_reach_from_a_quarter_to_its_year_but_not_out_of_the_forest() {
    let world = World::new().await;
    let settings = json!({ "approval_required": false, "cadence": "none" });
    let body = json!({ "year": 2027, "parts": ["quarter"], "settings": settings });
    let year = world.hr.post("/cycles/year", &body).await.ok();
    let (year, quarter) = (year["id"].as_str().unwrap(), year["enclosed"][0]["id"].as_str().unwrap());
    for id in [year, quarter] {
        world.hr.post(&format!("/cycles/{id}/phase"), &json!({ "to": "planning" })).await.ok();
    }
    let of = |cycle: &str, title: &str| and(world.objective(title), json!({ "cycle_id": cycle }));
    let long = make(&world.tech, of(year, "Cả năm")).await;
    let short = make(&world.an, of(quarter, "Một quý")).await;
    let outside = make(&world.an, world.objective("Năm trước")).await;
    assert_eq!(link(&world.an, &short, &long, json!({ "primary": true })).await.ok()["weight"], "0");
    let problem = link(&world.an, &outside, &long, json!({})).await.problem(409, "link_outside_forest");
    assert!(problem["detail"].as_str().unwrap().contains("Cả năm"));
    link(&world.tech, &long, &outside, json!({})).await.problem(409, "link_outside_forest");
    let another = make(&world.tech, of(year, "Cả năm nữa")).await;
    link(&world.tech, &another, &short, json!({})).await.problem(409, "parent_cycle_inside");
    let body = and(of(quarter, "Từ đầu"), json!({ "parent_id": outside }));
    assert_eq!(world.an.post("/goals", &body).await.faults(), ["/parent_id link_outside_forest"]);
}

#[actix_web::test]
async fn a_further_link_does_not_become_a_value_in_a_sum_without_its_editor() {
    let world = World::new().await;
    let metric = world.metric("revenue").await;
    let of_metric = json!({ "metric_id": metric });
    let sum = and(world.kpi("Tổng doanh thu"), json!({ "scope": "company", "source": "sum", "metric_id": metric }));
    let sum = make_active(&world.app.owner, sum).await;
    let id = make_active(&world.an, and(world.kpi("Doanh thu"), of_metric)).await;
    world.an.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "40" })).await.ok();
    link(&world.an, &id, &sum, json!({})).await.ok();
    link(&world.app.owner, &id, &sum, json!({ "weight": "1" })).await.ok();
    assert_eq!(node(&world.an, &sum).await["value"], "0");
    link(&world.an, &id, &sum, json!({ "primary": true })).await.ok();
    assert_eq!(node(&world.an, &sum).await["value"], "0", "it is a proposal again");
    link(&world.app.owner, &id, &sum, json!({ "weight": "1" })).await.ok();
    assert_eq!(node(&world.an, &sum).await["value"], "40");
}

#[actix_web::test]
async fn the_editor_above_may_throw_a_link_out_and_nobody_else_may() {
    let world = World::new().await;
    let top = world.company_objective().await;
    let id = make(&world.an, and(world.kpi("Doanh thu"), json!({ "parent_id": top }))).await;
    let path = format!("/goals/{id}/links/{top}");
    world.tech.delete(&path).await.problem(403, "forbidden");
    world.app.owner.delete(&path).await.status(204);
}

#[actix_web::test]
async fn pickers_offer_what_may_be_served_the_nearest_first_and_find_it_without_accents() {
    let world = World::new().await;
    let company = world.company_objective().await;
    let team =
        make(&world.lead, and(world.objective("Mục tiêu nhóm"), json!({ "scope": "team", "unit_id": world.north })))
            .await;
    let far = make(&world.tech, world.objective("Mục tiêu kỹ thuật")).await;
    let hidden = and(world.objective("Mục tiêu kín"), json!({ "visibility": "restricted" }));
    make(&world.tech, hidden).await;
    let mine = make(&world.an, world.objective("Mục tiêu của An")).await;
    make(&world.an, and(world.objective("Mục tiêu con"), json!({ "parent_id": mine }))).await;
    let path = format!("/goals/{mine}/parent-candidates");
    let ids = |found: Vec<Value>| found.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(world.an.all(&format!("{path}?limit=1")).await), [team.as_str(), &company, &far]);
    assert_eq!(ids(world.an.all(&format!("{path}?q=muc%20tieu")).await), [team.as_str(), &far]);
    world.an.get(&format!("{path}?what=x")).await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn a_link_obeys_the_version_that_its_editor_knows() {
    let world = World::new().await;
    let top = make(&world.an, world.objective("Trên")).await;
    let id = make(&world.an, world.kpi("Dưới")).await;
    let knowing = world.an.with("If-Match", "\"v1\"");
    link(&knowing, &id, &top, json!({ "primary": true })).await.ok();
    link(&knowing, &id, &top, json!({ "weight": "2" })).await.problem(412, "stale_version");
    activate(&world.an, &id).await;
}

#[actix_web::test]
async fn goals_lie_at_most_fifty_levels_deep() {
    let world = World::new().await;
    let mut parent = make(&world.an, world.objective("Gốc")).await;
    for _ in 1..50 {
        parent = make(&world.an, and(world.objective("Cấp dưới"), json!({ "parent_id": parent }))).await;
    }
    let one_more = and(world.objective("Quá sâu"), json!({ "parent_id": parent }));
    assert_eq!(world.an.post("/goals", &one_more).await.faults(), ["/parent_id too_deep"]);
    let alone = make(&world.an, world.objective("Một mình")).await;
    link(&world.an, &alone, &parent, json!({})).await.problem(422, "too_deep");
}
