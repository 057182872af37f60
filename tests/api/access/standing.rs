//! Owners, admins, and those who leave.

use crate::support::{Client, TestApp};
use serde_json::json;

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
