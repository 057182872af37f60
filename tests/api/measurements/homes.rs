//! A measurement keeps the unit that its person belonged to on its day.

use super::{Sellers, each, outcomes};
use serde_json::json;

#[actix_web::test]
async fn what_is_measured_counts_in_the_unit_of_its_day() {
    let team = Sellers::new().await;
    let path = format!("/people/{}", team.an.person);
    let owner = &team.app.owner;
    let early = team.record(&team.deal("early", "1", "2025-12-01")).await;
    assert_eq!(early["unit"]["id"], json!(team.north), "where they are first, they have always been");
    team.app.set_clock("2026-02-20T02:00:00Z");
    owner.patch(&path, &json!({ "unit_id": team.south })).await.ok();
    let answer = team.batch(&[team.deal("before", "1", "2026-02-19"), team.deal("after", "1", "2026-02-20")]).await;
    assert_eq!(outcomes(&answer), ["created", "created"]);
    let in_unit = async |unit: &str| {
        let mut found = each(&owner.all(&format!("/measurements?unit_id={unit}&sort=date")).await, "external_id");
        found.sort();
        found
    };
    assert_eq!(in_unit(&team.north).await, ["before", "early"]);
    assert_eq!(in_unit(&team.south).await, ["after"]);
    assert_eq!(in_unit(&team.sales).await, ["after", "before", "early"]);
    let moved = format!("/measurements/{}", early["id"].as_str().unwrap());
    let moved = owner.patch(&moved, &json!({ "date": "2026-02-20" })).await.ok();
    assert_eq!(moved["unit"]["id"], json!(team.south), "another day, another unit");
}

#[actix_web::test]
async fn moving_there_and_back_on_one_day_is_no_move() {
    let team = Sellers::new().await;
    let path = format!("/people/{}", team.an.person);
    let owner = &team.app.owner;
    team.app.set_clock("2026-02-20T02:00:00Z");
    owner.patch(&path, &json!({ "unit_id": team.south })).await.ok();
    let there = team.record(&team.deal("there", "1", "2026-02-20")).await;
    assert_eq!(there["unit"]["id"], json!(team.south));
    owner.patch(&path, &json!({ "unit_id": team.north })).await.ok();
    let back = team.record(&team.deal("back", "1", "2026-02-20")).await;
    assert_eq!(back["unit"]["id"], json!(team.north));
    let again = team.app.owner.post("/measurements", &team.deal("there", "1", "2026-02-20")).await.ok();
    assert_eq!((&again["version"], &again["unit"]["id"]), (&json!(1), &json!(team.south)), "what says the same stays");
}

#[actix_web::test]
async fn a_unit_that_was_measured_stays_while_one_that_was_only_lived_in_leaves_its_days_to_the_one_above() {
    let team = Sellers::new().await;
    let owner = &team.app.owner;
    let empty = team.app.unit("team", "Trống", &team.sales).await;
    let moved = team.app.person("Cường", &empty, json!({})).await;
    owner.patch(&format!("/people/{moved}"), &json!({ "unit_id": team.north })).await.ok();
    owner.delete(&format!("/units/{empty}")).await.status(204);
    let body =
        json!({ "metric": "won_value", "person_id": moved, "date": "2026-01-05", "value": "1", "source": "crm" });
    assert_eq!(team.record(&body).await["unit"]["id"], json!(team.sales), "the day before the move");
    let measured = team.app.unit("team", "Đã đo", &team.sales).await;
    let body = json!({ "metric": "leads", "unit_id": measured, "date": "2026-02-01", "value": "3", "source": "crm" });
    let made = team.record(&body).await;
    owner.delete(&format!("/measurements/{}", made["id"].as_str().unwrap())).await.status(204);
    owner.delete(&format!("/units/{measured}")).await.problem(409, "unit_measured");
    let untouched = team.app.unit("team", "Chưa dùng", &team.sales).await;
    owner.delete(&format!("/units/{untouched}")).await.status(204);
}
