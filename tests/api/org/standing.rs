//! Roles, managers, deactivation, invitations, handover.

use super::{items, texts};
use crate::support::{Client, PASSWORD, TestApp};
use serde_json::{Value, json};

fn person(client: &Client) -> String {
    format!("/people/{}", client.person)
}

#[actix_web::test]
async fn a_manager_loop_is_refused_naming_the_way_round() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("An", &company, json!({})).await;
    let binh = app.person("Bình", &company, json!({ "manager_id": an })).await;
    let chi = app.person("Chi", &company, json!({ "manager_id": binh })).await;
    let refused = app.owner.patch(&format!("/people/{an}"), &json!({ "manager_id": chi })).await;
    let problem = refused.problem(422, "invalid_fields");
    let fault = &problem["errors"][0];
    assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/manager_id"), &json!("manager_loop")));
    assert!(fault["detail"].as_str().unwrap().contains("An → Chi → Bình → An"), "{fault}");
    let own = app.owner.patch(&format!("/people/{an}"), &json!({ "manager_id": an })).await;
    assert_eq!(own.faults(), ["/manager_id manager_loop"]);
}

#[actix_web::test]
async fn a_deactivated_manager_is_refused() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let gone = app.person("Đã Nghỉ", &company, json!({})).await;
    app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();
    let below = json!({ "display_name": "An", "manager_id": gone });
    assert_eq!(app.owner.post("/people", &below).await.faults(), ["/manager_id person_deactivated"]);
    let an = app.person("An", &company, json!({})).await;
    let changed = app.owner.patch(&format!("/people/{an}"), &json!({ "manager_id": gone })).await;
    assert_eq!(changed.faults(), ["/manager_id person_deactivated"]);
}

#[actix_web::test]
async fn only_an_owner_gives_and_takes_the_roles_of_admins_and_owners() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let hr = app.member("Hoàng Nhân Sự", &company, json!({ "role": "admin" })).await;
    let other = app.member("Ngô Nhân Sự", &company, json!({ "role": "admin" })).await;
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    for role in ["admin", "owner"] {
        hr.patch(&person(&member), &json!({ "role": role })).await.problem(403, "forbidden");
        hr.post("/people", &json!({ "display_name": "Mới", "role": role })).await.problem(403, "forbidden");
    }
    hr.patch(&person(&other), &json!({ "role": "member" })).await.problem(403, "forbidden");
    hr.patch(&person(&other), &json!({ "active": false })).await.problem(403, "forbidden");
    hr.patch(&person(&app.owner), &json!({ "active": false })).await.problem(403, "forbidden");
    assert_eq!(hr.patch(&person(&member), &json!({ "role": "viewer" })).await.ok()["role"], "viewer");
    assert_eq!(app.owner.patch(&person(&other), &json!({ "role": "member" })).await.ok()["role"], "member");
    other.patch("/organization", &json!({ "name": "X" })).await.problem(403, "forbidden");
    let waiting = app.person("Chủ Mới", &company, json!({ "role": "owner", "email": "new@example.com" })).await;
    let invite = json!({ "person_ids": [waiting] });
    hr.post("/people/invitations", &invite).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn the_last_owner_stays() {
    let app = TestApp::new().await;
    let company = app.company().await;
    app.owner.patch(&person(&app.owner), &json!({ "role": "admin" })).await.problem(409, "last_owner");
    app.person("Chủ chưa vào", &company, json!({ "role": "owner" })).await;
    app.owner.patch(&person(&app.owner), &json!({ "role": "admin" })).await.problem(409, "last_owner");
    let second = app.member("Chủ Hai", &company, json!({ "role": "owner" })).await;
    app.owner.patch(&person(&app.owner), &json!({ "role": "member" })).await.ok();
    second.patch(&person(&second), &json!({ "role": "admin" })).await.problem(409, "last_owner");
}

#[actix_web::test]
async fn a_deactivated_person_is_out_at_once_and_may_come_back() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.member("Nguyễn Thị An", &company, json!({})).await;
    an.get("/organization").await.ok();
    let shown = app.owner.patch(&person(&an), &json!({ "active": false })).await.ok();
    assert_eq!(shown["active"], false);
    assert!(shown["deactivated_at"].is_string());
    an.with_token(&an.token()).get("/organization").await.problem(401, "invalid_token");
    let credentials = json!({ "email": "nguyen.thi.an@example.com", "password": PASSWORD });
    app.anonymous().post("/auth/login", &credentials).await.problem(401, "wrong_credentials");

    app.owner.patch(&person(&an), &json!({ "active": true })).await.ok();
    an.with_token(&an.token()).get("/organization").await.problem(401, "invalid_token");
    let back = Client::sign_in(&app.url, "nguyen.thi.an@example.com", PASSWORD).await;
    back.get("/organization").await.ok();
    app.owner.patch(&person(&app.owner), &json!({ "active": false })).await.problem(409, "own_deactivation");
}

#[actix_web::test]
async fn an_invitation_works_once_and_a_newer_one_replaces_it() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("Nguyễn Thị An", &company, json!({ "email": "an@example.com" })).await;
    let body = json!({ "person_ids": [an] });
    let first = app.owner.post("/people/invitations", &body).await.status(201);
    let second = app.owner.post("/people/invitations", &body).await.status(201);
    assert_eq!(items(&second)[0]["expires_at"], "2026-02-21T02:00:00Z");
    let accept = |made: &Value| json!({ "token": items(made)[0]["token"], "password": PASSWORD });
    let anonymous = app.anonymous();
    anonymous.post("/invitations/accept", &accept(&first)).await.problem(409, "link_not_usable");
    let tokens = anonymous.post("/invitations/accept", &accept(&second)).await.ok();
    let client = Client::signed_in(&app.url, "an@example.com", &tokens);
    assert_eq!(client.get(&format!("/people/{an}")).await.ok()["has_account"], true);
    anonymous.post("/invitations/accept", &accept(&second)).await.problem(409, "link_not_usable");
}

#[actix_web::test]
async fn an_invitation_opens_nothing_once_address_or_role_are_others() {
    let app = TestApp::new().await;
    let company = app.company().await;
    for (name, change) in [
        ("Một", json!({ "email": "right@example.com" })),
        ("Hai", json!({ "role": "owner" })),
        ("Ba", json!({ "active": false })),
    ] {
        let email = format!("wrong.{}@example.com", goaltree::domain::text::fold(name));
        let invited = app.person(name, &company, json!({ "email": email })).await;
        let made = app.owner.post("/people/invitations", &json!({ "person_ids": [invited] })).await.status(201);
        let path = format!("/people/{invited}");
        app.owner.patch(&path, &json!({ "job_title": "Nhân viên" })).await.ok();
        app.owner.patch(&path, &change).await.ok();
        app.owner.patch(&path, &json!({ "active": true })).await.ok();
        let body = json!({ "token": items(&made)[0]["token"], "password": PASSWORD });
        app.anonymous().post("/invitations/accept", &body).await.problem(409, "link_not_usable");
        // The link that is made for them as they are now works.
        app.invite(&invited, &email).await.get("/me").await.ok();
    }
}

#[actix_web::test]
async fn whoever_has_an_account_elsewhere_joins_with_its_password() {
    let app = TestApp::configured(&["--sign-up", "true"]).await;
    let founding = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "both@example.com", "password": "another password", "display_name": "Chủ Khác",
    });
    app.anonymous().post("/organizations", &founding).await.ok();
    let company = app.company().await;
    let guest = app.person("Khách Mời", &company, json!({ "email": "Both@example.com" })).await;
    let made = app.owner.post("/people/invitations", &json!({ "person_ids": [guest] })).await.ok();
    let accept = |password: &str| json!({ "token": items(&made)[0]["token"], "password": password });
    let anonymous = app.anonymous();
    let wrong = anonymous.post("/invitations/accept", &accept(PASSWORD)).await;
    assert_eq!(wrong.faults(), ["/password wrong_password"], "knowing the link is not enough");
    anonymous.post("/invitations/accept", &accept("another password")).await.status(201);
    let credentials = json!({ "email": "both@example.com", "password": "another password" });
    let choice = anonymous.post("/auth/login", &credentials).await.problem(409, "choose_organization");
    assert_eq!(texts(choice["organizations"].as_array().unwrap(), "name"), ["Công ty Khác", "Công ty Thử Nghiệm"]);
}

#[actix_web::test]
async fn an_invitation_asks_for_a_strong_password() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("Nguyễn Thị An", &company, json!({ "email": "an@example.com" })).await;
    let made = app.owner.post("/people/invitations", &json!({ "person_ids": [an] })).await.ok();
    for weak in ["short", "nguyen thi an"] {
        let accept = json!({ "token": items(&made)[0]["token"], "password": weak });
        let refused = app.anonymous().post("/invitations/accept", &accept).await;
        assert_eq!(refused.faults(), ["/password weak_password"], "{weak}");
    }
}

#[actix_web::test]
async fn an_invitation_ends_after_seven_days_and_with_deactivation() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("An", &company, json!({ "email": "an@example.com" })).await;
    let binh = app.person("Bình", &company, json!({ "email": "binh@example.com" })).await;
    let made = app.owner.post("/people/invitations", &json!({ "person_ids": [binh, an] })).await.ok();
    assert_eq!(texts(items(&made), "person_id"), [binh.as_str(), an.as_str()], "in the order asked");
    let accept = |index: usize| json!({ "token": items(&made)[index]["token"], "password": PASSWORD });
    app.owner.patch(&format!("/people/{an}"), &json!({ "active": false })).await.ok();
    app.anonymous().post("/invitations/accept", &accept(1)).await.problem(409, "link_not_usable");
    app.set_clock("2026-02-21T02:00:01Z");
    app.anonymous().post("/invitations/accept", &accept(0)).await.problem(409, "link_not_usable");
}

#[actix_web::test]
async fn people_who_can_not_be_invited_are_named_and_nobody_is_invited() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let good = app.person("An", &company, json!({ "email": "an@example.com" })).await;
    let mute = app.person("Bình", &company, json!({})).await;
    let gone = app.person("Chi", &company, json!({ "email": "chi@example.com" })).await;
    app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();
    let ids = json!({ "person_ids": [good, mute, gone, app.owner.person, good, uuid::Uuid::now_v7()] });
    assert_eq!(
        app.owner.post("/people/invitations", &ids).await.faults(),
        [
            "/person_ids/1 no_email",
            "/person_ids/2 person_deactivated",
            "/person_ids/3 already_joined",
            "/person_ids/4 duplicate",
            "/person_ids/5 no_such_reference",
        ]
    );
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    member.post("/people/invitations", &json!({ "person_ids": [good] })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_repeated_invitation_request_shows_no_secret_again() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("An", &company, json!({ "email": "an@example.com" })).await;
    let owner = app.owner.with("Idempotency-Key", "invite-1");
    let body = json!({ "person_ids": [an] });
    let first = owner.post("/people/invitations", &body).await.ok();
    let token = &items(&first)[0]["token"];
    assert!(token.is_string());
    let again = owner.post("/people/invitations", &body).await.ok();
    assert_eq!(items(&again)[0]["token"], Value::Null);
    let accept = json!({ "token": token, "password": PASSWORD });
    app.anonymous().post("/invitations/accept", &accept).await.ok();
}

#[actix_web::test]
async fn those_whom_someone_manages_are_handed_over() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let boss = app.person("Sếp", &company, json!({})).await;
    let leaving = app.person("Người Nghỉ", &company, json!({ "manager_id": boss })).await;
    let successor = app.person("Kế Nhiệm", &company, json!({ "manager_id": leaving })).await;
    let an = app.person("An", &company, json!({ "manager_id": leaving })).await;
    let binh = app.person("Bình", &company, json!({ "manager_id": an })).await;
    let path = format!("/people/{leaving}/handover");
    let handed = app.owner.post(&path, &json!({ "to": successor })).await.status(200);
    assert_eq!(handed["reports"], 2);
    for (person, manager) in [(&an, &successor), (&successor, &boss), (&binh, &an)] {
        assert_eq!(app.owner.get(&format!("/people/{person}")).await.ok()["manager"]["id"], json!(manager));
    }
    assert_eq!(app.owner.post(&path, &json!({ "to": an })).await.ok()["reports"], 0, "nothing is left");
}

#[actix_web::test]
async fn open_goals_are_handed_over_with_the_rest_or_left_out() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let cycle = app.quarter().await;
    let an = app.member("Nguyễn Thị An", &company, json!({})).await;
    let report = app.person("Cấp Dưới", &company, json!({ "manager_id": an.person })).await;
    let successor = app.member("Kế Nhiệm", &company, json!({})).await;
    let goal = |title: &str| {
        json!({
            "cycle_id": cycle, "kind": "objective", "scope": "person", "unit_id": company, "owner_id": an.person,
            "title": title,
        })
    };
    let open = app.owner.post("/goals", &goal("Đang mở")).await.id();
    let dropped = app.owner.post("/goals", &goal("Đã hủy")).await.id();
    let path = format!("/goals/{dropped}/transition");
    an.post(&path, &json!({ "to": "pending_approval" })).await.ok();
    app.owner.post(&path, &json!({ "to": "cancelled", "reason": "Không cần nữa" })).await.ok();

    let path = format!("/people/{}/handover", an.person);
    let left_out = json!({ "to": successor.person, "goals": false, "reports": false });
    let handed = app.owner.post(&path, &left_out).await.ok();
    assert_eq!((&handed["reports"], &handed["goal_ids"]), (&json!(0), &json!([])));
    let handed = app.owner.post(&path, &json!({ "to": successor.person })).await.ok();
    assert_eq!((&handed["reports"], &handed["goal_ids"]), (&json!(1), &json!([open])));
    let owner_of = async |goal: &str| app.owner.get(&format!("/goals/{goal}")).await.ok()["owner"]["id"].clone();
    assert_eq!(owner_of(&open).await, json!(successor.person));
    assert_eq!(owner_of(&dropped).await, json!(an.person), "what is over stays whose it was");
    assert_eq!(app.owner.get(&format!("/people/{report}")).await.ok()["manager"]["id"], json!(successor.person));
}

#[actix_web::test]
async fn a_handover_to_someone_below_gone_or_the_same_is_refused() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let leaving = app.person("Người Nghỉ", &company, json!({})).await;
    let an = app.person("An", &company, json!({ "manager_id": leaving })).await;
    let binh = app.person("Bình", &company, json!({ "manager_id": an })).await;
    let gone = app.person("Đã Nghỉ", &company, json!({})).await;
    app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();
    let path = format!("/people/{leaving}/handover");
    for (to, fault) in [
        (json!(binh), "/to manager_loop"),
        (json!(leaving), "/to duplicate"),
        (json!(gone), "/to person_deactivated"),
        (json!(uuid::Uuid::now_v7()), "/to no_such_reference"),
    ] {
        assert!(app.owner.post(&path, &json!({ "to": to })).await.faults().contains(&fault.to_owned()), "{fault}");
    }
    let member = app.member("Lê Nhân Viên", &company, json!({})).await;
    member.post(&path, &json!({ "to": an })).await.problem(403, "forbidden");
    assert_eq!(app.owner.get(&format!("/people/{an}")).await.ok()["manager"]["id"], json!(leaving));
}

#[actix_web::test]
async fn changes_at_once_come_one_after_the_other() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let an = app.person("An", &company, json!({})).await;
    let binh = app.person("Bình", &company, json!({})).await;
    let (path, body) = (|id: &str| format!("/people/{id}"), |id: &str| json!({ "manager_id": id }));
    let (over_an, over_binh) = (body(&binh), body(&an));
    let (path_an, path_binh) = (path(&an), path(&binh));
    let (first, second) = tokio::join!(app.owner.patch(&path_an, &over_an), app.owner.patch(&path_binh, &over_binh));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "one of them would close the loop");

    let adding = (0..24).map(|n| {
        let owner = app.owner.clone();
        actix_web::rt::spawn(async move {
            owner.post("/people", &json!({ "display_name": format!("Người {n}") })).await.status.as_u16()
        })
    });
    let adding: Vec<_> = adding.collect();
    for added in adding {
        assert_eq!(added.await.unwrap(), 201);
    }
}
