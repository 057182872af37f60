//! Who sees what of a review, and who does what with it.

use super::{
    act, by_manager, by_self, choose, kpi_at, managers_words, own_words, review_of, settings, to_review, world,
};
use crate::goals::world::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_review_is_there_for_the_person_the_line_above_and_hr_alone() {
    let (World { app, an, lead, head, hr, tech, north, quarter, .. }, review) = world().await;
    let peer = app.member("Trần Đồng Nghiệp", &north, json!({})).await;
    let path = format!("/reviews/{review}");
    let list = format!("/cycles/{quarter}/reviews");
    for seeing in [&an, &lead, &head, &hr, &app.owner] {
        seeing.get(&path).await.ok();
        assert_eq!(seeing.all(&list).await.len(), 1);
    }
    for blind in [&peer, &tech] {
        blind.get(&path).await.problem(404, "not_found");
        assert_eq!(blind.all(&list).await, Vec::<Value>::new());
        act(&app, blind, &review, "manager", managers_words()).await.problem(404, "not_found");
    }
    peer.get(&format!("/cycles/{quarter}/calibration")).await.problem(403, "forbidden");
    act(&app, &lead, &review, "self", own_words()).await.problem(403, "forbidden");
    act(&app, &an, &review, "manager", managers_words()).await.problem(403, "own_review");
}

#[actix_web::test]
async fn each_side_is_hidden_from_the_other_until_its_time() {
    let (World { app, an, lead, hr, .. }, review) = world().await;
    let path = format!("/reviews/{review}");
    act(&app, &an, &review, "self", own_words()).await.ok();
    for reviewer in [&lead, &hr] {
        let seen = reviewer.get(&path).await.ok();
        assert_eq!((&seen["self_review"], &seen["scores"]["self"]), (&Value::Null, &Value::Null));
    }
    act(&app, &an, &review, "self/submit", json!({})).await.ok();
    assert_eq!(lead.get(&path).await.ok()["scores"]["self"], "3");
    let part = json!({ "answers": managers_words()["answers"], "rating": "5", "comment": "Trên cả mong đợi" });
    by_manager(&app, &lead, &review, part).await;
    let own = an.get(&path).await.ok();
    for hidden in [&own["manager_review"], &own["manager_by"], &own["scores"]["manager"], &own["scores"]["final"]] {
        assert_eq!(*hidden, Value::Null);
    }
    assert!(!own.to_string().contains("Trên cả mong đợi"), "{own}");
    act(&app, &lead, &review, "share", json!({})).await.ok();
    let own = an.get(&path).await.ok();
    assert_eq!((&own["manager_review"]["comment"], &own["scores"]["final"]), (&json!("Trên cả mong đợi"), &json!("5")));
}

#[actix_web::test]
async fn a_template_may_show_each_side_from_the_beginning() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, an, lead, quarter, .. } = world;
    choose(&app, &quarter, json!({ "settings": settings(json!({ "self_hidden": false, "manager_hidden": false })) }))
        .await;
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &an).await;
    let path = format!("/reviews/{review}");
    act(&app, &an, &review, "self", own_words()).await.ok();
    assert_eq!(lead.get(&path).await.ok()["self_review"]["answers"][0]["question"], "achievements");
    act(&app, &an, &review, "self/submit", json!({})).await.ok();
    act(&app, &lead, &review, "manager", managers_words()).await.ok();
    let own = an.get(&path).await.ok();
    assert_eq!((&own["scores"]["manager"], &own["scores"]["final"]), (&json!("3"), &Value::Null));
}

#[actix_web::test]
async fn the_line_above_hr_and_a_delegate_may_take_over_but_nobody_reviews_themself() {
    let (World { app, an, lead, head, tech, quarter, .. }, review) = world().await;
    by_self(&app, &an, &review).await;
    act(&app, &tech, &review, "manager", managers_words()).await.problem(404, "not_found");
    let away = json!({ "delegate_id": tech.person, "rights": ["review"], "first": "2026-02-14", "last": "2026-02-20" });
    lead.post("/delegations", &away).await.ok();
    let mine = tech.get("/me/reviews?role=manager").await.ok();
    assert_eq!(mine["items"][0]["id"], json!(review));
    act(&app, &tech, &review, "manager", managers_words()).await.ok();
    let log = app.owner.get("/audit-log?kind=review.manager_written").await.ok();
    assert_eq!(log["items"][0]["delegate_of"]["id"], json!(lead.person));
    let taken = act(&app, &head, &review, "manager", managers_words()).await.ok();
    assert_eq!(taken["manager_by"]["id"], json!(head.person), "the skip-level lead takes over");
    act(&app, &head, &review, "manager/submit", json!({})).await.ok();
    let own = json!({ "person_id": app.owner.person, "reason": "Tôi" });
    app.owner.post(&format!("/cycles/{quarter}/reviews"), &own).await.problem(403, "own_review");
}

#[actix_web::test]
async fn who_has_no_manager_is_reviewed_by_hr_and_hr_sees_their_own_review_as_anyone_else() {
    let world = World::new().await;
    kpi_at(&world, &world.hr, "90", json!({})).await;
    let World { app, hr, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &hr).await;
    let seen = app.owner.get("/me/reviews?role=manager").await.ok();
    assert_eq!((&seen["items"][0]["person"]["id"], &seen["items"][0]["reviewer"]), (&json!(hr.person), &Value::Null));
    assert_eq!(hr.get("/me/reviews?role=manager").await.ok()["items"], json!([]));
    by_self(&app, &hr, &review).await;
    act(&app, &hr, &review, "manager", managers_words()).await.problem(403, "own_review");
    by_manager(&app, &app.owner, &review, managers_words()).await;
    let own = hr.get(&format!("/reviews/{review}")).await.ok();
    assert_eq!((&own["manager_review"], &own["scores"]["final"]), (&Value::Null, &Value::Null));
    assert_eq!(hr.get(&format!("/cycles/{quarter}/calibration")).await.ok()["items"], json!([]));
    for what in ["share", "return", "reopen", "exclude"] {
        act(&app, &hr, &review, what, json!({ "reason": "x" })).await.problem(403, "own_review");
    }
}

#[actix_web::test]
async fn a_unit_may_open_what_reviews_came_to_once_they_are_shared() {
    let (World { app, an, lead, hr, north, tech, .. }, review) = world().await;
    let peer = app.member("Trần Đồng Nghiệp", &north, json!({})).await;
    hr.patch(&format!("/units/{north}"), &json!({ "review_visibility": "internal" })).await.ok();
    let path = format!("/reviews/{review}");
    by_self(&app, &an, &review).await;
    by_manager(&app, &lead, &review, managers_words()).await;
    peer.get(&path).await.problem(404, "not_found");
    act(&app, &lead, &review, "share", json!({})).await.ok();
    tech.get(&path).await.problem(404, "not_found");
    let seen = peer.get(&path).await.ok();
    assert_eq!(
        seen["scores"],
        json!({ "computed": null, "self": null, "manager": null, "calibrated": null, "final": "3" })
    );
    for empty in [&seen["goals"], &seen["can"], &seen["deadlines"], &seen["sections"]] {
        assert_eq!(*empty, json!([]));
    }
    assert_eq!(
        (&seen["self_review"], &seen["manager_review"], &seen["shared_by"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
}

#[actix_web::test]
async fn hr_adds_people_and_leaves_people_out_with_a_reason() {
    let (World { app, an, lead, head, hr, quarter, .. }, review) = world().await;
    let reviews = format!("/cycles/{quarter}/reviews");
    let add = |person: &str, reason: &str| json!({ "person_id": person, "reason": reason });
    lead.post(&reviews, &add(&head.person, "x")).await.problem(403, "forbidden");
    assert_eq!(hr.post(&reviews, &add(&head.person, " ")).await.faults(), ["/reason required"]);
    assert_eq!(hr.post(&reviews, &add(&an.person, "x")).await.faults(), ["/person_id taken"]);
    let added = hr.post(&reviews, &add(&head.person, "Chuyển phòng")).await.status(201);
    assert_eq!((&added["added_reason"], &added["goals"]), (&json!("Chuyển phòng"), &json!([])));
    act(&app, &lead, &review, "exclude", json!({ "reason": "x" })).await.problem(403, "forbidden");
    let out = act(&app, &hr, &review, "exclude", json!({ "reason": "Nghỉ thai sản" })).await.ok();
    assert_eq!((&out["excluded_reason"], &out["can"]), (&json!("Nghỉ thai sản"), &json!([])));
    an.get(&format!("/reviews/{review}")).await.problem(404, "not_found");
    lead.get(&format!("/reviews/{review}")).await.problem(404, "not_found");
    assert_eq!(hr.all(&format!("{reviews}?excluded=true")).await.len(), 1);
    act(&app, &hr, &review, "manager", managers_words()).await.problem(409, "review_excluded");
    assert_eq!(hr.post(&reviews, &add(&an.person, "Đã trở lại")).await.status(201)["id"], json!(review));
    an.get(&format!("/reviews/{review}")).await.ok();
}

#[actix_web::test]
async fn a_self_review_that_was_never_handed_in_stays_hidden_when_the_manager_goes_on() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, an, lead, hr, quarter, .. } = world;
    choose(&app, &quarter, json!({ "settings": settings(json!({ "deadlines": { "self_submitted": 2 } })) })).await;
    app.set_clock("2026-04-01T02:00:00Z");
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &an).await;
    let path = format!("/reviews/{review}");
    act(&app, &an, &review, "self", own_words()).await.ok();
    app.set_clock("2026-04-04T02:00:00Z");
    let hidden = async || {
        for reviewer in [&lead, &hr] {
            let seen = reviewer.get(&path).await.ok();
            let own = (&seen["self_review"], &seen["scores"]["self"], &seen["sections"][0]["self"]);
            assert_eq!(own, (&Value::Null, &Value::Null, &Value::Null), "{}", seen["step"]);
            assert!(!seen.to_string().contains("hợp đồng"), "{seen}");
        }
    };
    act(&app, &lead, &review, "manager", managers_words()).await.ok();
    hidden().await;
    act(&app, &lead, &review, "manager/submit", json!({})).await.ok();
    hidden().await;
    act(&app, &lead, &review, "share", json!({})).await.ok();
    hidden().await;
    assert_eq!(an.get(&path).await.ok()["self_review"]["answers"][0]["text"], "Ký 12 hợp đồng");
}

#[actix_web::test]
async fn the_log_does_not_tell_hr_why_the_rating_of_their_own_review_was_returned() {
    let world = World::new().await;
    kpi_at(&world, &world.hr, "90", json!({})).await;
    let World { app, hr, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &hr).await;
    by_self(&app, &hr, &review).await;
    act(&app, &app.owner, &review, "return", json!({ "reason": "Thiếu số liệu" })).await.ok();
    by_self(&app, &hr, &review).await;
    by_manager(&app, &app.owner, &review, managers_words()).await;
    let back = act(&app, &app.owner, &review, "return", json!({ "reason": "Điểm quá cao" })).await.ok();
    assert_eq!(back["returned_reason"], "Điểm quá cao", "who reviews knows it");
    let log = hr.get("/audit-log?kind=review.returned").await.ok();
    let told: Vec<_> = log["items"].as_array().unwrap().iter().map(|entry| entry["after"].clone()).collect();
    let of_the_rating = json!({ "step": "manager_draft", "excluded": false });
    let of_their_own = json!({ "step": "self_draft", "excluded": false, "reason": "Thiếu số liệu" });
    assert_eq!(told, [of_the_rating, of_their_own]);
}
