//! Templates of reviews, and how cycles choose them.

use super::{choose, kpi_at, settings, to_review};
use crate::goals::world::World;
use crate::support::TestApp;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_template_begins_as_the_standard_one_and_is_hrs_to_change() {
    let world = World::new().await;
    let made = world.hr.post("/review-templates", &json!({ "name": " Mẫu quý " })).await.status(201);
    assert_eq!((&made["name"], &made["version"]), (&json!("Mẫu quý"), &json!(1)));
    assert_eq!(made["template"]["scale"].as_array().unwrap().len(), 5);
    let path = format!("/review-templates/{}", made["id"].as_str().unwrap());
    let standard = world.an.get(&format!("/cycles/{}/review-setup", world.quarter)).await.ok();
    assert_eq!((&standard["template"], &standard["template_id"]), (&made["template"], &Value::Null));
    world.lead.get(&path).await.problem(403, "forbidden");
    world.lead.post("/review-templates", &json!({ "name": "x" })).await.problem(403, "forbidden");
    let changed = world.hr.patch(&path, &json!({ "settings": settings(json!({ "calibration": true })) })).await.ok();
    assert_eq!((&changed["version"], &changed["template"]["settings"]["calibration"]), (&json!(2), &json!(true)));
    assert_eq!(world.hr.all("/review-templates?q=mau").await.len(), 1);
    world.hr.patch(&path, &json!({ "archived": true })).await.ok();
    assert_eq!(world.hr.all("/review-templates?archived=false").await.len(), 0);
    let setup = format!("/cycles/{}/review-setup", world.quarter);
    let refused = world.hr.patch(&setup, &json!({ "template_id": made["id"] })).await.faults();
    assert_eq!(refused, ["/template_id review_template_archived"]);
}

#[actix_web::test]
async fn every_fault_of_a_template_is_named() {
    let app = TestApp::new().await;
    let text = json!({ "vi": "Câu hỏi" });
    let template = json!({
        "name": " ",
        "scale": [{ "score": "2", "label": { "vi": "Cao" } }, { "score": "1", "label": {} }],
        "sections": [
            { "key": "Goals", "title": text, "kind": "goals", "questions": [{ "key": "a", "text": text, "kind": "text" }] },
            { "key": "b", "title": text, "kind": "goals", "cycle_weights": ["1"] },
            { "key": "b", "title": text, "kind": "questions", "asked_in": ["self", "self"], "questions": [
                { "key": "a", "text": text, "kind": "choice", "required_in": ["manager"] },
                { "key": "c", "text": text, "kind": "rating", "choices": [{ "key": "x", "label": text }] },
            ] },
            { "key": "d", "title": text, "kind": "cycles", "asked_in": ["manager"] },
        ],
        "scoring": {
            "map": { "how": "table", "bands": [{ "from": "0.5", "score": "1" }, { "score": "9" }, { "from": "0.1", "score": "1" }] },
            "cap": "0", "minimum_share": "1.5",
        },
        "settings": settings(json!({ "deadlines": { "shared": 400 } })),
    });
    let faults = app.owner.post("/review-templates", &template).await.faults();
    for fault in [
        "/name blank",
        "/scale/1/label required",
        "/scale/1/score not_ascending",
        "/scoring/cap out_of_range",
        "/scoring/map/bands/0 band_start",
        "/scoring/map/bands/1 band_start",
        "/scoring/minimum_share out_of_range",
        "/sections/0/key bad_key",
        "/sections/0/questions not_of_this_kind",
        "/sections/1/cycle_weights not_of_this_kind",
        "/sections/1/kind section_twice",
        "/sections/2/asked_in/1 duplicate",
        "/sections/2/key duplicate",
        "/sections/2/questions/0/choices too_few",
        "/sections/2/questions/0/key duplicate",
        "/sections/2/questions/0/required_in not_asked_of_them",
        "/sections/2/questions/1/choices not_of_this_kind",
        "/sections/3/asked_in not_of_this_kind",
        "/settings/deadlines/shared out_of_range",
    ] {
        assert!(faults.iter().any(|found| found == fault), "{fault} is not among {faults:#?}");
    }
    let weightless = json!({ "key": "goals", "kind": "goals", "title": text, "weight": "0" });
    let faults =
        app.owner.post("/review-templates", &json!({ "name": "Trống", "sections": [weightless] })).await.faults();
    assert_eq!(faults, ["/sections nothing_counts"]);
    let line = json!({
        "name": "Đường",
        "scoring": { "map": { "how": "line", "points": [{ "attainment": "1", "score": "1" }, { "attainment": "0.5", "score": "6" }] }, "minimum_share": "0" },
    });
    let faults = app.owner.post("/review-templates", &line).await.faults();
    assert_eq!(faults, ["/scoring/map/points/1/attainment not_ascending", "/scoring/map/points/1/score out_of_range"]);
}

#[actix_web::test]
async fn a_cycle_keeps_its_template_from_the_day_on_which_its_reviews_began() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, an, hr, lead, quarter, .. } = world;
    let line = json!({
        "map": { "how": "line", "points": [{ "attainment": "0", "score": "1" }, { "attainment": "1", "score": "5" }] },
        "minimum_share": "0.5",
    });
    let template = choose(&app, &quarter, json!({ "scoring": line })).await;
    let setup = format!("/cycles/{quarter}/review-setup");
    lead.patch(&setup, &json!({ "template_id": null })).await.problem(403, "forbidden");
    assert_eq!(an.get(&setup).await.ok()["began_at"], Value::Null);
    to_review(&app, &quarter).await;
    let before = an.get(&setup).await.ok();
    assert_eq!((&before["template_id"], &before["template_version"]), (&json!(template), &json!(1)));
    let path = format!("/review-templates/{template}");
    hr.patch(
        &path,
        &json!({ "scale": [{ "score": "1", "label": { "vi": "Thấp" } }, { "score": "5", "label": { "vi": "Cao" } }] }),
    )
    .await
    .ok();
    let after = an.get(&setup).await.ok();
    assert_eq!((&after["template"], &after["template_version"]), (&before["template"], &json!(1)));
    hr.patch(&setup, &json!({ "template_id": null })).await.problem(409, "reviews_began");
    let mine = an.get("/me/reviews?role=self").await.ok();
    assert_eq!(mine["items"][0]["scores"]["computed"], "4.6", "1 + 0.9·4");
}

#[actix_web::test]
async fn a_template_says_who_is_reviewed() {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    let World { app, quarter, north, an, .. } = world;
    app.member("Người Xem", &north, json!({ "role": "viewer" })).await;
    let others = app.cycle("2026-04-01", "2026-06-30", json!({ "cadence": "none" })).await;
    choose(&app, &others, json!({ "settings": settings(json!({ "people": "everyone" })) })).await;
    for cycle in [&quarter, &others] {
        to_review(&app, cycle).await;
    }
    let people = async |cycle: &str| {
        let reviews = app.owner.all(&format!("/cycles/{cycle}/reviews")).await;
        reviews.iter().map(|review| review["person"]["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(people(&quarter).await, [json!(an.person)]);
    assert_eq!(people(&others).await.len(), 6, "the owner, HR, three leads and An; viewers look on");
}
