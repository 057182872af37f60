//! What reviews come to.

use super::{act, by_manager, by_self, choose, kpi_at, managers_words, review_of, settings, to_review};
use crate::goals::world::{World, make_active};
use serde_json::{Value, json};

#[actix_web::test]
async fn goals_are_scored_by_what_they_attained_and_those_that_do_not_count_say_why() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "110", json!({ "review_weight": "60" })).await;
    kpi_at(&world, &world.an, "50", json!({ "review_weight": "20" })).await;
    make_active(&world.an, crate::goals::world::and(world.kpi("Trống"), json!({ "review_weight": "20" }))).await;
    kpi_at(&world, &world.an, "90", json!({ "commitment": "aspirational", "review_weight": "50" })).await;
    kpi_at(&world, &world.an, "90", json!({ "review_weight": "0" })).await;
    let World { app, an, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let mine = an.get("/me/reviews?role=self").await.ok();
    let review = &mine["items"][0];
    let goals: Vec<_> = review["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| (goal["score"].clone(), goal["unscored"].clone()))
        .collect();
    assert_eq!(
        goals,
        [
            (json!("5"), Value::Null),
            (json!("1"), Value::Null),
            (Value::Null, json!("no_data")),
            (Value::Null, json!("aspirational")),
            (Value::Null, json!("weightless")),
        ]
    );
    // (5·60 + 1·20) / 80
    assert_eq!((&review["scores"]["computed"], &review["sections"][0]["computed"]), (&json!("4"), &json!("4")));
    assert_eq!(mine["cycles"][0]["template"]["scale"][4]["label"]["vi"], "Xuất sắc");
}

#[actix_web::test]
async fn what_a_review_is_scored_by_is_kept_when_the_manager_submits() {
    let world = World::new().await;
    let goal = kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, an, lead, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &an).await;
    let path = format!("/reviews/{review}");
    by_self(&app, &an, &review).await;
    an.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "100" })).await.ok();
    assert_eq!(lead.get(&path).await.ok()["scores"]["computed"], "4", "a late check-in counts");
    by_manager(&app, &lead, &review, managers_words()).await;
    an.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": "10" })).await.ok();
    let kept = lead.get(&path).await.ok();
    assert_eq!((&kept["scores"]["computed"], &kept["goals"][0]["value"]), (&json!("4"), &json!("100")));
    act(&app, &lead, &review, "return", json!({ "reason": "Số liệu đổi" })).await.ok();
    assert_eq!(lead.get(&path).await.ok()["scores"]["computed"], "1", "open again, it follows the figures");
}

#[actix_web::test]
async fn where_no_score_can_be_computed_the_manager_gives_one() {
    let world = World::new().await;
    make_active(&world.an, world.kpi("Trống")).await;
    let World { app, an, lead, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let review = review_of(&app, &quarter, &an).await;
    by_self(&app, &an, &review).await;
    act(&app, &lead, &review, "manager", managers_words()).await.ok();
    assert_eq!(act(&app, &lead, &review, "manager/submit", json!({})).await.faults(), ["/rating no_rating"]);
    let part = json!({ "answers": managers_words()["answers"], "rating": "3.5", "comment": "Chưa có số liệu" });
    by_manager(&app, &lead, &review, part).await;
    assert_eq!(lead.get(&format!("/reviews/{review}")).await.ok()["scores"]["final"], "3.5");
}

#[actix_web::test]
async fn a_years_review_takes_the_ratings_of_its_quarters() {
    let world = World::new().await;
    let World { app, an, lead, .. } = world;
    let year = json!({ "kind": "custom", "name": "Năm", "starts_on": "2026-01-01", "ends_on": "2026-12-31" });
    let year = app.owner.post("/cycles", &year).await.id();
    let mut quarters = Vec::new();
    for (first, last) in [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")] {
        let quarter =
            json!({ "kind": "custom", "name": first, "starts_on": first, "ends_on": last, "parent_id": year });
        quarters.push(app.owner.post("/cycles", &quarter).await.id());
    }
    for cycle in [&year, &quarters[0], &quarters[1]] {
        let everyone = json!({ "settings": settings(json!({ "people": "everyone" })) });
        if *cycle != year {
            choose(&app, cycle, everyone).await;
        }
        for to in ["planning", "active"] {
            app.owner.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": to })).await.ok();
        }
    }
    let section = |key: &str, kind: &str, more: Value| {
        crate::goals::world::and(json!({ "key": key, "kind": kind, "title": { "vi": key }, "weight": "1" }), more)
    };
    let sections = json!([
        section("quarters", "cycles", json!({ "cycle_weights": ["1", "3"] })),
        section("goals", "goals", json!({ "asked_in": ["self", "manager"] })),
    ]);
    let by_year = json!({ "sections": sections, "settings": settings(json!({ "people": "everyone" })) });
    choose(&app, &year, by_year).await;
    for (quarter, rating) in quarters.iter().zip(["2", "4"]) {
        to_review(&app, quarter).await;
        let review = review_of(&app, quarter, &an).await;
        by_self(&app, &an, &review).await;
        let part = json!({ "answers": managers_words()["answers"], "rating": rating, "comment": "Theo số liệu" });
        by_manager(&app, &lead, &review, part).await;
        act(&app, &lead, &review, "share", json!({})).await.ok();
    }
    to_review(&app, &year).await;
    let review = review_of(&app, &year, &an).await;
    let seen = an.get(&format!("/reviews/{review}")).await.ok();
    // (2·1 + 4·3) / 4
    assert_eq!((&seen["scores"]["computed"], &seen["sections"][0]["computed"]), (&json!("3.5"), &json!("3.5")));
    assert_eq!((&seen["cycles"][1]["rating"], &seen["cycles"][1]["weight"]), (&json!("4"), &json!("3")));
}
