//! Owners, admins, and those who leave.

use crate::goals::world::{World, and, go, make, make_active, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn person(client: &Client) -> String {
    format!("/people/{}", client.person)
}

#[actix_web::test]
async fn an_admin_does_not_touch_what_an_owners_account_hangs_on() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Hoàng Nhân Sự", &company, json!({ "role": "admin" })).await;
    let changes = [
        json!({ "email": "mine@example.com" }),
        json!({ "email": null }),
        json!({ "manager_id": hr.person }),
        json!({ "role": "member" }),
        json!({ "active": false }),
    ];
    for change in &changes {
        hr.patch(&person(&app.owner), change).await.problem(403, "forbidden");
    }
    let same = json!({ "email": "owner@example.com", "job_title": "Giám đốc" });
    assert_eq!(hr.patch(&person(&app.owner), &same).await.ok()["job_title"], "Giám đốc");
    let second = app.member("Chủ Hai", &company, json!({ "role": "owner" })).await;
    second.patch(&person(&app.owner), &changes[2]).await.ok();
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    hr.patch(&person(&member), &changes[2]).await.ok();
}

#[actix_web::test]
async fn two_owners_who_demote_each_other_at_once_leave_one() {
    let app = TestApp::new().await;
    let company = app.company().await;
    for round in 0..4 {
        let other = app.member(&format!("Chủ Khác {round}"), &company, json!({ "role": "owner" })).await;
        let demote = json!({ "role": "member" });
        let (mine, theirs) = (person(&other), person(&app.owner));
        let (first, second) = tokio::join!(app.owner.patch(&mine, &demote), other.patch(&theirs, &demote));
        let done = [&first, &second].into_iter().filter(|reply| reply.status.is_success()).count();
        assert_eq!(done, 1, "{} {} / {} {}", first.status, first.text, second.status, second.text);
        let (winner, loser) = if first.status.is_success() { (&app.owner, &other) } else { (&other, &app.owner) };
        winner.patch(&person(winner), &demote).await.problem(409, "last_owner");
        winner.patch(&person(loser), &json!({ "role": "owner" })).await.ok();
        app.owner.patch(&person(&other), &demote).await.ok();
    }
}

#[actix_web::test]
async fn no_request_of_a_deactivated_person_is_done_once_that_is_answered() {
    let world = World::new().await;
    let id = make_active(&world.an, world.kpi("Doanh thu")).await;
    let over = Arc::new(AtomicBool::new(false));
    let storm = (0..6).map(|_| {
        let (an, over, path) = (world.an.clone(), Arc::clone(&over), format!("/goals/{id}/check-ins"));
        let an = an.with_token(&an.token());
        actix_web::rt::spawn(async move {
            let mut done = 0;
            loop {
                let was_over = over.load(Ordering::SeqCst);
                let reply = an.post(&path, &json!({ "increment": "1" })).await;
                if !reply.status.is_success() {
                    reply.problem(401, "invalid_token");
                    return done;
                }
                assert!(!was_over, "a check-in was taken after its author was out");
                done += 1;
            }
        })
    });
    let storm: Vec<_> = storm.collect();
    actix_web::rt::time::sleep(std::time::Duration::from_millis(150)).await;
    world.hr.patch(&person(&world.an), &json!({ "active": false })).await.ok();
    over.store(true, Ordering::SeqCst);
    let mut done = 0;
    for one in storm {
        done += one.await.unwrap();
    }
    let goal = node(&world.hr, &id).await;
    let there: i32 = goal["value"].as_str().unwrap().parse().unwrap();
    assert!((done..=done + 6).contains(&there), "{there} are there of {done} that were answered before they were out");
    assert_eq!(goal["owner"]["id"], json!(world.an.person), "their goals stay");
    let handed = world.hr.post(&format!("{}/handover", person(&world.an)), &json!({ "to": world.lead.person })).await;
    assert_eq!(handed.ok()["goal_ids"], json!([id]));
}

#[actix_web::test]
async fn a_handover_names_all_that_changed_hands() {
    let world = World::with(json!({ "cadence": "none", "approval_required": true })).await;
    let next = world.app.member("Trần Kế Nhiệm", &world.sales, json!({})).await;
    let own = make(&world.lead, world.kpi("Của trưởng nhóm")).await;
    let helped = make(&world.an, and(world.kpi("Của An"), json!({ "contributors": [world.lead.person] }))).await;
    go(&world.an, &helped, "pending_approval").await.ok();
    let theirs = json!({ "owner_id": next.person, "contributors": [world.lead.person, next.person] });
    let theirs = make(&world.hr, and(world.kpi("Của người kế nhiệm"), theirs)).await;
    let report = world.app.person("Cấp Dưới", &world.north, json!({ "manager_id": world.lead.person })).await;
    assert_eq!(world.lead.get("/me").await.ok()["owed"]["approvals"], 1);
    let path = format!("/people/{}/handover", world.lead.person);
    let handed = world.hr.post(&path, &json!({ "to": next.person })).await.ok();
    let expected = json!({
        "reports": 1, "goal_ids": [own], "contributing_goal_ids": [helped, theirs], "unit_ids": [world.north],
        "approval_goal_ids": [helped],
    });
    assert_eq!(handed, expected);
    let unit = world.hr.get(&format!("/units/{}", world.north)).await.ok();
    assert_eq!(
        unit["leads"].as_array().unwrap().iter().map(|lead| &lead["id"]).collect::<Vec<_>>(),
        [&json!(next.person)]
    );
    let contributors =
        |goal: Value| goal["contributors"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
    assert_eq!(contributors(node(&world.hr, &helped).await), [json!(next.person)]);
    assert_eq!(contributors(node(&world.hr, &theirs).await), Vec::<Value>::new(), "nobody contributes to their own");
    assert_eq!(world.hr.get(&format!("/people/{report}")).await.ok()["manager"]["id"], json!(next.person));
    assert_eq!(next.get("/me").await.ok()["owed"]["approvals"], 1);
    assert_eq!(go(&next, &helped, "active").await.ok()["state"], "active");
    let nothing =
        json!({ "reports": 0, "goal_ids": [], "contributing_goal_ids": [], "unit_ids": [], "approval_goal_ids": [] });
    assert_eq!(world.hr.post(&path, &json!({ "to": next.person })).await.ok(), nothing, "nothing is left");
}

#[actix_web::test]
async fn an_admin_hands_no_owner_to_another_manager() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Hoàng Nhân Sự", &company, json!({ "role": "admin" })).await;
    let (from, to) = (app.person("Từ", &company, json!({})).await, app.person("Đến", &company, json!({})).await);
    app.owner.patch(&person(&app.owner), &json!({ "manager_id": from })).await.ok();
    let path = format!("/people/{from}/handover");
    assert_eq!(hr.post(&path, &json!({ "to": to })).await.ok()["reports"], 0);
    assert_eq!(app.owner.post(&path, &json!({ "to": to })).await.ok()["reports"], 1);
}
