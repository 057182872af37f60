//! The way of a review.

use super::{
    act, by_manager, by_self, choose, kpi_at, managers_words, own_words, review_of, settings, to_review, world,
};
use crate::goals::world::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_review_goes_from_the_person_over_the_manager_back_to_the_person() {
    let (World { app, an, lead, .. }, review) = world().await;
    let path = format!("/reviews/{review}");
    let first = an.get(&path).await.ok();
    assert_eq!((&first["step"], &first["can"]), (&json!("not_started"), &json!(["write_self"])));
    assert_eq!((&first["scores"]["computed"], &first["goals"][0]["score"]), (&json!("3"), &json!("3")));
    let written = act(&app, &an, &review, "self", own_words()).await.ok();
    assert_eq!((&written["step"], &written["can"]), (&json!("self_draft"), &json!(["write_self", "submit_self"])));
    assert_eq!(act(&app, &an, &review, "self/submit", json!({})).await.ok()["step"], "self_submitted");
    act(&app, &an, &review, "self", own_words()).await.problem(409, "review_step_forbids");
    let read = lead.get(&path).await.ok();
    assert_eq!(read["self_review"]["answers"][0]["text"], "Ký 12 hợp đồng");
    assert_eq!(read["can"], json!(["write_manager", "return"]));
    let draft = act(&app, &lead, &review, "manager", managers_words()).await.ok();
    assert_eq!((&draft["step"], &draft["scores"]["manager"]), (&json!("manager_draft"), &json!("3")));
    let done = act(&app, &lead, &review, "manager/submit", json!({})).await.ok();
    assert_eq!((&done["step"], &done["scores"]["final"]), (&json!("manager_submitted"), &json!("3")));
    let shared = act(&app, &lead, &review, "share", json!({})).await.ok();
    assert_eq!((&shared["step"], &shared["shared_by"]["id"]), (&json!("shared"), &json!(lead.person)));
    let seen = an.get(&path).await.ok();
    assert_eq!((&seen["scores"]["final"], &seen["can"]), (&json!("3"), &json!(["acknowledge"])));
    let word = json!({ "agree": false, "comment": "Thị trường khó" });
    let last = act(&app, &an, &review, "acknowledge", word.clone()).await.ok();
    assert_eq!(
        (&last["step"], &last["agreed"], &last["acknowledgement"]),
        (&json!("acknowledged"), &json!(false), &json!("Thị trường khó"))
    );
    act(&app, &an, &review, "acknowledge", word).await.problem(409, "review_step_forbids");
    act(&app, &lead, &review, "manager", managers_words()).await.problem(409, "review_step_forbids");
}

#[actix_web::test]
async fn every_write_names_the_version_that_it_changes() {
    let (World { app: _app, an, .. }, review) = world().await;
    let path = format!("/reviews/{review}/self");
    an.put(&path, &own_words()).await.problem(428, "version_required");
    an.with("If-Match", "*").put(&path, &own_words()).await.problem(428, "version_required");
    let stale = an.with("If-Match", "\"v7\"").put(&path, &own_words()).await.problem(412, "stale_version");
    assert_eq!(stale["current_version"], 1);
    let written = an.with("If-Match", "\"v1\"").put(&path, &own_words()).await;
    assert_eq!(written.header("etag"), Some("\"v2\""));
    an.with("If-Match", "\"v1\"").post(&format!("{path}/submit"), &json!({})).await.problem(412, "stale_version");
}

#[actix_web::test]
async fn what_is_required_is_asked_for_when_it_is_submitted() {
    let (World { app, an, lead, .. }, review) = world().await;
    act(&app, &an, &review, "self", json!({})).await.ok();
    let lacking = act(&app, &an, &review, "self/submit", json!({})).await.faults();
    assert_eq!(lacking, ["/answers/achievements required"]);
    by_self(&app, &an, &review).await;
    let goal = app.owner.get(&format!("/reviews/{review}")).await.ok()["goals"][0]["id"].clone();
    let part = json!({ "goals": [{ "goal_id": goal, "score": "4" }], "rating": "2" });
    act(&app, &lead, &review, "manager", part).await.ok();
    let lacking = act(&app, &lead, &review, "manager/submit", json!({})).await.faults();
    let goal_comment = format!("/goals/{}/comment comment_required", goal.as_str().unwrap());
    assert_eq!(lacking, ["/answers/strengths required", "/comment comment_required", &goal_comment]);
    let part = json!({
        "goals": [{ "goal_id": goal, "score": "4", "comment": "Quý khó" }], "rating": "2", "comment": "Chậm báo cáo",
        "answers": [{ "question": "strengths", "text": "Bền bỉ" }],
    });
    by_manager(&app, &lead, &review, part).await;
    let done = lead.get(&format!("/reviews/{review}")).await.ok();
    let scores = json!({ "computed": "3", "self": "3", "manager": "2", "calibrated": null, "final": "2" });
    assert_eq!(done["scores"], scores);
    assert_eq!(done["sections"][0]["manager"], "4");
}

#[actix_web::test]
async fn a_part_says_nothing_that_is_not_asked() {
    let (World { app, an, .. }, review) = world().await;
    let part = json!({
        "goals": [{ "goal_id": "018f0000-0000-7000-8000-000000000000" }],
        "answers": [
            { "question": "nothing" }, { "question": "strengths", "text": "x" },
            { "question": "support", "rating": "3" }, { "question": "support", "text": "x" },
        ],
        "rating": "6", "comment": "x".repeat(5_001),
    });
    let faults = act(&app, &an, &review, "self", part).await.faults();
    assert_eq!(
        faults,
        [
            "/answers/0/question no_such_reference",
            "/answers/1/question not_asked_of_them",
            "/answers/2/rating not_of_this_kind",
            "/answers/3/question duplicate",
            "/comment too_long",
            "/goals/0/goal_id no_such_reference",
            "/rating out_of_range",
        ]
    );
}

#[actix_web::test]
async fn a_review_is_returned_with_a_reason_and_reopened_by_hr() {
    let (World { app, an, lead, hr, .. }, review) = world().await;
    by_self(&app, &an, &review).await;
    assert_eq!(act(&app, &lead, &review, "return", json!({ "reason": " " })).await.faults(), ["/reason required"]);
    act(&app, &an, &review, "return", json!({ "reason": "x" })).await.problem(403, "own_review");
    let back = act(&app, &lead, &review, "return", json!({ "reason": "Thiếu số liệu" })).await.ok();
    assert_eq!((&back["step"], &back["self_review"]), (&json!("self_draft"), &Value::Null));
    let own = an.get(&format!("/reviews/{review}")).await.ok();
    assert_eq!((&own["returned_reason"], &own["scores"]["self"]), (&json!("Thiếu số liệu"), &json!("3")));
    by_self(&app, &an, &review).await;
    by_manager(&app, &lead, &review, managers_words()).await;
    let back = act(&app, &hr, &review, "return", json!({ "reason": "Xem lại" })).await.ok();
    assert_eq!((&back["step"], &back["scores"]["final"]), (&json!("manager_draft"), &Value::Null));
    act(&app, &lead, &review, "manager/submit", json!({})).await.ok();
    act(&app, &lead, &review, "share", json!({})).await.ok();
    act(&app, &an, &review, "acknowledge", json!({ "agree": true })).await.ok();
    let why = json!({ "reason": "Khiếu nại" });
    act(&app, &lead, &review, "reopen", why.clone()).await.problem(403, "forbidden");
    let open = act(&app, &hr, &review, "reopen", why).await.ok();
    assert_eq!((&open["step"], &open["agreed"]), (&json!("manager_submitted"), &Value::Null));
    let own = an.get(&format!("/reviews/{review}")).await.ok();
    assert_eq!(
        (&own["manager_review"], &own["scores"]["final"], &own["returned_reason"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let log = app.owner.get("/audit-log?kind=review.reopened").await.ok();
    assert_eq!(
        (&log["items"][0]["after"]["reason"], &log["items"][0]["before"]["step"]),
        (&json!("Khiếu nại"), &json!("acknowledged"))
    );
}

#[actix_web::test]
async fn reviews_go_on_while_their_cycle_is_in_review_and_come_back_with_it() {
    let (World { app, an, quarter, .. }, review) = world().await;
    act(&app, &an, &review, "self", own_words()).await.ok();
    let phase = format!("/cycles/{quarter}/phase");
    app.owner.post(&phase, &json!({ "to": "active", "reason": "Còn thiếu" })).await.ok();
    act(&app, &an, &review, "self/submit", json!({})).await.problem(409, "not_in_review");
    assert_eq!(an.get(&format!("/reviews/{review}")).await.ok()["can"], json!([]));
    to_review(&app, &quarter).await;
    act(&app, &an, &review, "self/submit", json!({})).await.ok();
    assert_eq!(app.owner.all(&format!("/cycles/{quarter}/reviews")).await.len(), 1);
    app.owner.post(&phase, &json!({ "to": "closed" })).await.ok();
    assert_eq!(an.get(&format!("/reviews/{review}")).await.ok()["step"], "self_submitted");
}

#[actix_web::test]
async fn who_is_late_is_shown_and_holds_up_nobody() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, an, lead, quarter, .. } = world;
    let deadlines = json!({ "self_submitted": 2, "manager_submitted": 4 });
    choose(&app, &quarter, json!({ "settings": settings(json!({ "deadlines": deadlines })) })).await;
    app.set_clock("2026-04-01T02:00:00Z");
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &an).await;
    let path = format!("/reviews/{review}");
    let deadline = json!([
        { "step": "self_submitted", "due_on": "2026-04-03", "done_on": null, "late": false },
        { "step": "manager_submitted", "due_on": "2026-04-05", "done_on": null, "late": false },
    ]);
    assert_eq!(an.get(&path).await.ok()["deadlines"], deadline);
    // The last moment of the third in Ho Chi Minh City, and the first of the fourth.
    app.set_clock("2026-04-03T16:59:59Z");
    act(&app, &lead, &review, "manager", managers_words()).await.problem(409, "review_step_forbids");
    app.set_clock("2026-04-03T17:00:00Z");
    assert_eq!(an.get(&path).await.ok()["deadlines"][0]["late"], true);
    assert_eq!(app.owner.all(&format!("/cycles/{quarter}/reviews?late=true")).await.len(), 1);
    by_manager(&app, &lead, &review, managers_words()).await;
    let done = lead.get(&path).await.ok();
    assert_eq!(
        (&done["deadlines"][1]["done_on"], &done["deadlines"][1]["late"]),
        (&json!("2026-04-04"), &json!(false))
    );
    let later = json!({ "deadlines": { "self_submitted": "2026-04-10" } });
    app.owner.patch(&format!("/cycles/{quarter}/review-setup"), &later).await.ok();
    assert_eq!(an.get(&path).await.ok()["deadlines"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn every_step_is_told() {
    let (World { app, an, lead, .. }, review) = world().await;
    by_self(&app, &an, &review).await;
    by_manager(&app, &lead, &review, managers_words()).await;
    act(&app, &lead, &review, "share", json!({})).await.ok();
    act(&app, &an, &review, "acknowledge", json!({ "agree": true })).await.ok();
    let log = app.owner.all("/audit-log").await;
    let told: Vec<_> = log
        .iter()
        .rev()
        .filter(|entry| entry["subject"]["id"] == json!(review))
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "review.opened",
            "review.self_written",
            "review.self_submitted",
            "review.manager_written",
            "review.manager_submitted",
            "review.shared",
            "review.acknowledged",
        ]
    );
    let text = serde_json::to_string(&log).unwrap();
    assert!(!text.contains("Bền bỉ") && !text.contains("hợp đồng"), "the log tells what was written");
}
