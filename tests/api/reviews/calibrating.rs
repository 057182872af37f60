//! Ratings beside each other.

use super::{act, by_manager, by_self, choose, kpi_at, managers_words, review_of, settings, to_review};
use crate::goals::world::World;
use crate::support::Client;
use serde_json::{Value, json};

/// Five people of the northern team, An among them, and the lead of engineering, rated in a cycle that calibrates.
async fn rated() -> (World, Vec<(Client, String)>) {
    let world = World::new().await;
    choose(&world.app, &world.quarter, json!({ "settings": settings(json!({ "calibration": true })) })).await;
    let mut people = vec![world.an.clone(), world.tech.clone()];
    for number in 1..=4 {
        people.push(world.app.member(&format!("Nhân viên {number}"), &world.north, json!({})).await);
    }
    for (person, value) in people.iter().zip(["90", "110", "90", "90", "110", "50"]) {
        kpi_at(&world, person, value, json!({})).await;
    }
    to_review(&world.app, &world.quarter).await;
    let mut reviews = Vec::new();
    for person in people {
        let review = review_of(&world.app, &world.quarter, &person).await;
        by_self(&world.app, &person, &review).await;
        let manager = if person.person == world.tech.person { &world.app.owner } else { &world.lead };
        by_manager(&world.app, manager, &review, managers_words()).await;
        reviews.push((person, review));
    }
    (world, reviews)
}

#[actix_web::test]
async fn the_distribution_shows_how_ratings_lie_on_the_scale_unit_by_unit() {
    let (World { app: _app, hr, head, north, engineering, quarter, .. }, _) = rated().await;
    let path = format!("/cycles/{quarter}/calibration");
    let all = hr.get(&format!("{path}?sort=-rating&include_total=true")).await.ok();
    assert_eq!(all["distribution"], json!({ "rated": 6, "counts": [1, 0, 3, 0, 2] }));
    assert_eq!(all["whole"], all["distribution"]);
    let units: Vec<_> = all["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| (unit["unit"]["id"].clone(), unit["distribution"]["rated"].clone()))
        .collect();
    assert_eq!(units, [(json!(engineering), json!(1)), (json!(north), json!(5))]);
    let ratings: Vec<_> = all["items"].as_array().unwrap().iter().map(|item| item["final"].clone()).collect();
    assert_eq!(ratings, ["5", "5", "3", "3", "3", "1"]);
    assert_eq!(
        (&all["total"], &all["items"][0]["computed"], &all["items"][0]["self"]),
        (&json!(6), &json!("5"), &json!("5"))
    );
    let part = head.get(&path).await.ok();
    assert_eq!(part["distribution"]["rated"], 5, "a lead sees their part");
    assert_eq!(part["whole"], Value::Null, "the one beside it would be told by subtraction");
    assert_eq!(hr.get(&format!("{path}?unit_id={engineering}")).await.ok()["distribution"]["rated"], 1);
}

#[actix_web::test]
async fn ratings_move_with_a_reason_and_every_layer_is_kept() {
    let (World { app, an, lead, head, hr, .. }, reviews) = rated().await;
    let review = &reviews[0].1;
    let move_to = |rating: &str| json!({ "rating": rating, "reason": "So với nhóm" });
    act(&app, &lead, review, "calibration", move_to("4")).await.problem(403, "forbidden");
    assert_eq!(act(&app, &head, review, "calibration", json!({ "rating": "4" })).await.faults(), ["/reason required"]);
    let far = json!({ "rating": "5.5", "reason": "x" });
    assert_eq!(act(&app, &head, review, "calibration", far).await.faults(), ["/rating out_of_range"]);
    let moved = act(&app, &head, review, "calibration", move_to("4")).await.ok();
    assert_eq!(moved["step"], "calibration");
    let moved = act(&app, &hr, review, "calibration", move_to("3.5")).await.ok();
    let layers = json!({ "computed": "3", "self": "3", "manager": "3", "calibrated": "3.5", "final": "3.5" });
    assert_eq!(moved["scores"], layers);
    let moves: Vec<_> = moved["calibrations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["from"].clone(), one["to"].clone(), one["by"]["id"].clone()))
        .collect();
    assert_eq!(moves, [(json!("3"), json!("4"), json!(head.person)), (json!("4"), json!("3.5"), json!(hr.person))]);
    let own = an.get(&format!("/reviews/{review}")).await.ok();
    assert_eq!((&own["scores"]["calibrated"], &own["calibrations"]), (&Value::Null, &json!([])));
    act(&app, &lead, review, "share", json!({})).await.problem(403, "forbidden");
    act(&app, &hr, review, "share", json!({})).await.ok();
    act(&app, &hr, review, "calibration", move_to("1")).await.problem(409, "review_step_forbids");
    assert_eq!(an.get(&format!("/reviews/{review}")).await.ok()["scores"]["final"], "3.5");
    let confirmed = act(&app, &hr, &reviews[2].1, "calibration", json!({})).await.ok();
    assert_eq!(
        (&confirmed["scores"]["calibrated"], &confirmed["calibrations"][0]["reason"]),
        (&json!("3"), &Value::Null)
    );
    act(&app, &hr, &reviews[2].1, "return", json!({ "reason": "Xem lại" })).await.ok();
    let again = act(&app, &lead, &reviews[2].1, "manager/submit", json!({})).await.ok();
    assert_eq!((&again["scores"]["calibrated"], again["calibrations"].as_array().unwrap().len()), (&Value::Null, 1));
}

#[actix_web::test]
async fn without_calibration_nobody_calibrates() {
    let (World { app, hr, an, lead, .. }, review) = super::world().await;
    by_self(&app, &an, &review).await;
    by_manager(&app, &lead, &review, managers_words()).await;
    act(&app, &hr, &review, "calibration", json!({})).await.problem(409, "review_step_forbids");
}

#[actix_web::test]
async fn a_rating_stands_beside_that_of_the_cycle_before() {
    let (World { app, hr, an, lead, quarter, .. }, review) = super::world().await;
    by_self(&app, &an, &review).await;
    by_manager(&app, &lead, &review, managers_words()).await;
    act(&app, &lead, &review, "share", json!({})).await.ok();
    let next = app.cycle("2026-04-01", "2026-06-30", json!({ "cadence": "none" })).await;
    choose(&app, &next, json!({ "settings": settings(json!({ "people": "everyone" })) })).await;
    to_review(&app, &next).await;
    let review = review_of(&app, &next, &an).await;
    by_self(&app, &an, &review).await;
    let part = json!({ "answers": managers_words()["answers"], "rating": "4", "comment": "Tiến bộ" });
    by_manager(&app, &lead, &review, part).await;
    let compared = hr.get(&format!("/cycles/{next}/calibration")).await.ok();
    let last = &compared["items"][0]["last"];
    assert_eq!((&last["cycle_id"], &last["rating"]), (&json!(quarter), &json!("3")));
}

#[actix_web::test]
async fn no_distribution_tells_someone_their_own_rating_by_subtraction() {
    let (World { app, hr, head, engineering, quarter, .. }, _) = rated().await;
    let added = json!({ "person_id": hr.person, "reason": "Cả nhân sự" });
    let own = app.owner.post(&format!("/cycles/{quarter}/reviews"), &added).await.status(201);
    let own = own["id"].as_str().unwrap();
    by_self(&app, &hr, own).await;
    let part = json!({ "answers": managers_words()["answers"], "rating": "2", "comment": "Còn chậm" });
    by_manager(&app, &app.owner, own, part).await;
    let path = format!("/cycles/{quarter}/calibration");
    let without_own = json!({ "rated": 6, "counts": [1, 0, 3, 0, 2] });
    for filter in ["", &format!("?unit_id={engineering}")] {
        assert_eq!(hr.get(&format!("{path}{filter}")).await.ok()["whole"], without_own, "{filter}");
    }
    let all = app.owner.get(&path).await.ok();
    assert_eq!(all["whole"], json!({ "rated": 7, "counts": [1, 1, 3, 0, 2] }), "who is not rated sees all");
    let none = head.get(&format!("{path}?unit_id={engineering}")).await.ok();
    assert_eq!((&none["distribution"]["rated"], &none["whole"]), (&json!(0), &Value::Null), "two are not theirs");
}

#[actix_web::test]
async fn who_wrote_a_rating_does_not_calibrate_it_though_another_submits_it() {
    let (World { app, lead, head, hr, .. }, reviews) = rated().await;
    let (written, submitted) = (&reviews[0].1, &reviews[2].1);
    for review in [written, submitted] {
        act(&app, &hr, review, "return", json!({ "reason": "Xem lại" })).await.ok();
    }
    act(&app, &head, written, "manager", managers_words()).await.ok();
    let by_lead = act(&app, &lead, written, "manager/submit", json!({})).await.ok();
    assert_eq!(by_lead["manager_by"]["id"], json!(head.person), "who wrote it last");
    act(&app, &head, submitted, "manager/submit", json!({})).await.ok();
    for review in [written, submitted] {
        for rater in [&head, &lead] {
            let can = rater.get(&format!("/reviews/{review}")).await.ok()["can"].clone();
            assert!(!can.as_array().unwrap().contains(&json!("calibrate")), "{can}");
            act(&app, rater, review, "calibration", json!({})).await.problem(403, "forbidden");
        }
        act(&app, &hr, review, "calibration", json!({})).await.ok();
    }
}
