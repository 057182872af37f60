//! Leads who are away, and those who stand for them.

use crate::goals::world::{World, and, go, make, node};
use crate::support::Client;
use diesel::RunQueryDsl;
use goaltree::db::Scope;
use serde_json::{Value, json};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

/// A company whose goals are approved, and whose lead of the northern team hands rights to the head of engineering
/// from 14 to 20 February.
async fn away(rights: &[&str]) -> (World, String) {
    let settings = json!({ "cadence": "none", "approval_required": true, "change_approval": "manager" });
    let world = World::with(settings).await;
    let given = hand(&world.lead, &world.tech, rights, ("2026-02-14", "2026-02-20")).await.id();
    (world, given)
}

async fn hand(lead: &Client, to: &Client, rights: &[&str], (first, last): (&str, &str)) -> crate::support::Reply {
    let body = json!({ "delegate_id": to.person, "rights": rights, "first": first, "last": last, "note": "Nghỉ phép" });
    lead.post("/delegations", &body).await
}

/// A restricted goal of An's that waits for approval.
async fn submitted(world: &World) -> String {
    let id = make(&world.an, and(world.kpi("Doanh thu"), json!({ "visibility": "restricted" }))).await;
    go(&world.an, &id, "pending_approval").await.ok();
    id
}

async fn rule(client: &Client, goal: &str, action: &str) -> Value {
    let all = client.get(&format!("/goals/{goal}/permissions")).await.ok();
    all["items"].as_array().unwrap().iter().find(|item| item["action"] == action).unwrap().clone()
}

#[actix_web::test]
async fn a_delegate_approves_for_the_lead_and_is_named_as_such() {
    let (world, _) = away(&["approve"]).await;
    let id = submitted(&world).await;
    let may = rule(&world.tech, &id, "approve").await;
    assert_eq!((&may["rule"], &may["now"]), (&json!("delegate"), &json!(true)));
    assert_eq!(may["delegate_of"]["id"], json!(world.lead.person));
    assert_eq!(rule(&world.tech, &id, "check_in").await["why_not"], "no_relation", "that was not handed on");
    assert_eq!(world.tech.get("/me").await.ok()["owed"]["approvals"], 1);
    assert_eq!(go(&world.tech, &id, "active").await.ok()["state"], "active");
    let target = json!({ "target": "80", "reason": "Thị trường xấu" });
    let asked = world.an.patch(&format!("/goals/{id}"), &target).await.status(202);
    let request = format!("/change-requests/{}", asked["id"].as_str().unwrap());
    let decided = world.tech.post(&format!("{request}/decide"), &json!({ "approve": true })).await.ok();
    assert_eq!(decided["decided_by"]["id"], json!(world.tech.person));
    assert_eq!(decided["delegate_of"]["id"], json!(world.lead.person));
    assert_eq!(node(&world.an, &id).await["target"], "80");
    world.tech.patch(&format!("/goals/{id}"), &json!({ "title": "Khác" })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn events_and_versions_name_the_lead_for_whom_a_delegate_acted() {
    let (world, _) = away(&["approve", "check_in"]).await;
    let id = submitted(&world).await;
    go(&world.tech, &id, "active").await.ok();
    let said = world.tech.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "5" })).await.ok();
    assert_eq!(said["check_in"]["on_behalf"], true);
    assert_eq!(said["check_in"]["delegate_of"]["id"], json!(world.lead.person));
    world.an.post(&format!("/goals/{id}/check-ins"), &json!({ "value": "6" })).await.ok();
    let named = |table: &str, what: &str| {
        let sql = format!("SELECT count(*) AS count FROM {table} WHERE delegate_of IS NOT NULL AND {what}");
        let count = world
            .app
            .app
            .service
            .db
            .read_now(Scope::System, |conn| Ok(diesel::sql_query(&sql).get_result::<Count>(conn)?.count));
        count.unwrap()
    };
    assert_eq!(named("events", "kind = 'goal.approved'"), 1);
    assert_eq!(named("events", "kind = 'check_in.recorded'"), 1, "not the owner's own");
    assert_eq!(named("events", "kind NOT IN ('goal.approved', 'check_in.recorded')"), 0);
    assert_eq!((named("goal_versions", "version > 0"), named("check_ins", "on_behalf")), (1, 1));
}

#[actix_web::test]
async fn a_delegate_acts_from_the_first_day_to_the_last_in_the_organizations_time_zone() {
    let (world, _) = away(&["approve"]).await;
    let id = submitted(&world).await;
    world.tech.get(&format!("/goals/{id}")).await.ok();
    world.app.set_clock("2026-02-20T16:59:59Z");
    assert_eq!(rule(&world.tech, &id, "approve").await["now"], true, "the last second of the last day");
    world.app.set_clock("2026-02-20T17:00:00Z");
    world.tech.get(&format!("/goals/{id}")).await.problem(404, "not_found");
    go(&world.tech, &id, "active").await.problem(404, "not_found");
    let over = world.tech.get("/delegations?state=over").await.ok();
    assert_eq!(over["items"][0]["lead"]["id"], json!(world.lead.person), "what is over stays in the list");
}

#[actix_web::test]
async fn a_delegation_ends_at_once_and_stays_for_the_record() {
    let (world, given) = away(&["approve"]).await;
    let id = submitted(&world).await;
    let path = format!("/delegations/{given}");
    for client in [&world.head, &world.an] {
        client.get(&path).await.problem(404, "not_found");
        client.delete(&path).await.problem(404, "not_found");
    }
    world.lead.with("If-Match", "\"v7\"").delete(&path).await.problem(412, "stale_version");
    world.lead.delete(&path).await.status(204);
    go(&world.tech, &id, "active").await.problem(404, "not_found");
    let shown = world.tech.get(&path).await.ok();
    assert_eq!((&shown["state"], &shown["version"]), (&json!("over"), &json!(2)));
    assert_eq!(shown["ended_by"]["id"], json!(world.lead.person));
    world.lead.delete(&path).await.problem(409, "delegation_over");
    let again = hand(&world.lead, &world.tech, &["approve"], ("2026-02-14", "2026-02-14")).await.id();
    world.tech.delete(&format!("/delegations/{again}")).await.status(204);
    assert_eq!(world.hr.get("/delegations?include_total=true").await.ok()["total"], 2, "HR sees all");
    assert_eq!(world.head.all("/delegations").await.len(), 0);
}

#[actix_web::test]
async fn what_was_handed_on_is_neither_handed_further_nor_used_for_ones_own() {
    let (world, _) = away(&["approve", "check_in", "review"]).await;
    let id = submitted(&world).await;
    let third = world.app.member("Người Thứ Ba", &world.engineering, json!({})).await;
    hand(&world.tech, &third, &["approve"], ("2026-02-14", "2026-02-20")).await.status(201);
    third.get(&format!("/goals/{id}")).await.problem(404, "not_found");
    let own = make(&world.tech, world.kpi("Của tôi")).await;
    go(&world.tech, &own, "pending_approval").await.ok();
    go(&world.tech, &own, "active").await.problem(403, "own_approval");
    let leads = make(&world.lead, world.kpi("Của trưởng nhóm")).await;
    go(&world.lead, &leads, "pending_approval").await.ok();
    go(&world.tech, &leads, "active").await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_delegation_that_can_not_be_is_refused_with_all_its_faults() {
    let world = World::new().await;
    let looker = world.app.member("Người Xem", &world.sales, json!({ "role": "viewer" })).await;
    let body = json!({
        "lead_id": world.an.person, "delegate_id": looker.person, "rights": ["approve", "approve"],
        "first": "2026-02-13", "last": "2026-02-01",
    });
    let faults = world.hr.post("/delegations", &body).await.faults();
    assert_eq!(
        faults,
        ["/delegate_id viewer_as_delegate", "/last dates_reversed", "/lead_id leads_nobody", "/rights/1 duplicate"]
    );
    let cases = [
        (json!({ "delegate_id": world.lead.person }), "/delegate_id own_delegate"),
        (json!({ "delegate_id": uuid::Uuid::now_v7() }), "/delegate_id no_such_reference"),
        (json!({ "first": "2026-02-01", "last": "2026-02-13" }), "/last in_the_past"),
        (json!({ "last": "2027-02-15" }), "/last too_many_days"),
        (json!({ "rights": [] }), "/rights required"),
    ];
    let good =
        json!({ "delegate_id": world.tech.person, "rights": ["review"], "first": "2026-02-14", "last": "2026-02-14" });
    for (more, fault) in cases {
        assert_eq!(world.lead.post("/delegations", &and(good.clone(), more)).await.faults(), [fault]);
    }
    let others = and(good.clone(), json!({ "lead_id": world.head.person }));
    world.lead.post("/delegations", &others).await.problem(403, "forbidden");
    let made = world.hr.post("/delegations", &others).await.ok();
    assert_eq!((&made["state"], &made["rights"]), (&json!("running"), &json!(["review"])));
    assert_eq!(made["created_by"]["id"], json!(world.hr.person));
}
