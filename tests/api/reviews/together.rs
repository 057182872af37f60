//! Many reviews at once.

use super::{by_self, kpi_at, managers_words, review_of, to_review};
use crate::goals::world::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_manager_reviews_eight_people_in_three_calls() {
    let world = World::new().await;
    let mut people = Vec::new();
    for number in 1..=8 {
        let person = world.app.member(&format!("Nhân viên {number}"), &world.north, json!({})).await;
        kpi_at(&world, &person, &format!("{}", 40 + 10 * number), json!({})).await;
        people.push(person);
    }
    let World { app, lead, quarter, .. } = world;
    to_review(&app, &quarter).await;
    for person in &people {
        by_self(&app, person, &review_of(&app, &quarter, person).await).await;
    }
    let mine = lead.get("/me/reviews?role=manager").await.ok();
    let items = mine["items"].as_array().unwrap();
    assert_eq!((items.len(), mine["cycles"].as_array().unwrap().len()), (8, 1));
    for item in items {
        assert_eq!(item["can"], json!(["write_manager", "return"]), "{item}");
        assert!(
            !item["goals"][0]["score"].is_null()
                && !item["scores"]["self"].is_null()
                && !item["deadlines"][0]["due_on"].is_null()
        );
    }
    let parts: Vec<_> = items
        .iter()
        .map(|item| json!({ "review_id": item["id"], "version": item["version"], "part": managers_words() }))
        .collect();
    let written = lead.put("/reviews/batch", &json!({ "items": parts })).await.ok();
    let versions = written["items"].as_array().unwrap().iter().map(|outcome| {
        assert_eq!(
            (&outcome["status"], &outcome["review"]["step"]),
            (&json!(200), &json!("manager_draft")),
            "{outcome}"
        );
        json!({ "review_id": outcome["review_id"], "version": outcome["review"]["version"] })
    });
    let versions: Vec<_> = versions.collect();
    let done = lead.post("/reviews/batch/submit", &json!({ "items": versions, "atomic": true })).await.ok();
    let ratings: Vec<_> =
        done["items"].as_array().unwrap().iter().map(|one| one["review"]["scores"]["final"].clone()).collect();
    assert_eq!(ratings, ["1", "2", "2", "3", "3", "4", "5", "5"]);
}

#[actix_web::test]
async fn each_item_of_a_batch_stands_for_itself_unless_all_are_to_be_done() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    kpi_at(&world, &world.tech, "90", json!({})).await;
    let World { app, lead, an, tech, quarter, .. } = world;
    to_review(&app, &quarter).await;
    let (own, other) = (review_of(&app, &quarter, &an).await, review_of(&app, &quarter, &tech).await);
    by_self(&app, &an, &own).await;
    let item =
        |review: &str, version: Value| json!({ "review_id": review, "version": version, "part": managers_words() });
    let unversioned = json!({ "review_id": own, "part": managers_words() });
    let outcomes = lead.put("/reviews/batch", &json!({ "items": [unversioned, item(&other, json!(1))] })).await.ok();
    assert_eq!((&outcomes["items"][0]["status"], &outcomes["items"][1]["status"]), (&json!(428), &json!(404)));
    let both = json!({ "items": [item(&own, json!(3)), item(&other, json!(1))], "atomic": true });
    let refused = lead.put("/reviews/batch", &both).await.problem(409, "batch_refused");
    assert_eq!(
        (&refused["outcomes"][0]["problem"], &refused["outcomes"][1]["problem"]["status"]),
        (&Value::Null, &json!(404))
    );
    assert_eq!(lead.get(&format!("/reviews/{own}")).await.ok()["step"], "self_submitted");
    let twice = json!({ "items": [item(&own, json!(3)), item(&own, json!(4))] });
    assert_eq!(lead.put("/reviews/batch", &twice).await.faults(), ["/items/1/review_id duplicate"]);
    let outcomes =
        lead.put("/reviews/batch", &json!({ "items": [item(&own, json!(3)), item(&other, json!(1))] })).await.ok();
    assert_eq!((&outcomes["items"][0]["status"], &outcomes["items"][1]["status"]), (&json!(200), &json!(404)));
    let stale = json!({ "items": [{ "review_id": own, "version": 3 }] });
    let outcomes = lead.post("/reviews/batch/submit", &stale).await.ok();
    assert_eq!(
        (&outcomes["items"][0]["status"], &outcomes["items"][0]["problem"]["current_version"]),
        (&json!(412), &json!(4))
    );
}
