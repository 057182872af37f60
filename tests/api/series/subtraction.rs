//! What is shown together never tells, by subtraction, what a single colleague reached.

use super::world::{World, each, ranked};
use crate::support::Client;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_was_reached_to_date_is_told_only_where_every_point_is() {
    let world = World::new().await;
    let cycle = world.app.quarter().await;
    let goal = json!({
        "cycle_id": cycle, "kind": "kpi", "scope": "company", "unit_id": world.company, "title": "Chốt 90 đơn",
        "source": "measurements", "metric_id": world.won, "direction": "increase", "target": "90",
    });
    let goal = world.app.owner.post("/goals", &goal).await.id();
    world.app.owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "active" })).await.ok();
    world
        .measured(&[
            ("deals_won", &world.an, "2026-01-10", "3"),
            ("deals_won", &world.chi, "2026-01-10", "1"),
            ("deals_won", &world.binh, "2026-02-10", "5"),
        ])
        .await;
    let reached = async |reader: &Client, query: &str| -> Value {
        let drawn = world.series(reader, &world.won, &format!("goal_id={goal}{query}")).await;
        each(&drawn, "plan").as_array().unwrap().iter().map(|plan| plan["actual_to_date"].clone()).collect()
    };
    assert_eq!(reached(&world.dung, "").await, json!([null, null]), "9 less 4 are Bình's February");
    assert_eq!(reached(&world.app.owner, "").await, json!(["4", "9"]));
    world.measured(&[("deals_won", &world.chi, "2026-02-10", "2")]).await;
    assert_eq!(reached(&world.dung, "").await, json!(["4", "11"]));
    assert_eq!(reached(&world.dung, "&from=2026-02-01").await, json!([null]), "less February it would tell January");
    assert_eq!(reached(&world.app.owner, "&from=2026-02-01").await, json!(["11"]));
}

#[actix_web::test]
async fn the_year_to_date_less_the_total_tells_nobody() {
    let world = World::new().await;
    world
        .measured(&[
            ("deals_won", &world.binh, "2026-01-10", "5"),
            ("deals_won", &world.an, "2026-02-10", "3"),
            ("deals_won", &world.chi, "2026-02-10", "1"),
            ("deals_won", &world.an, "2025-02-10", "1"),
            ("deals_won", &world.chi, "2025-02-10", "1"),
        ])
        .await;
    let told = async |reader: &Client, query: &str| -> Value {
        let drawn = world.series(reader, &world.won, query).await;
        let value = |span: &str| drawn[span]["value"].clone();
        json!([value("total"), value("year_to_date"), value("year_before"), drawn["change"]["difference"]])
    };
    assert_eq!(told(&world.dung, "from=2026-02-01").await, json!(["4", null, null, null]), "9 less 4 are Bình's");
    assert_eq!(told(&world.app.owner, "from=2026-02-01").await, json!(["4", "9", "2", "7"]));
    assert_eq!(told(&world.dung, "").await, json!(["9", "9", "2", "7"]), "the year from its beginning is the total");
    let company = async |query: &str| world.series(&world.dung, &world.won, &format!("group_by=unit&{query}")).await;
    let grouped = company("from=2026-02-01").await;
    for group in grouped["groups"].as_array().unwrap() {
        assert_eq!(group["year_to_date"]["value"], Value::Null, "{group}");
    }
}

/// Deals of January, each with its product.
async fn sold(world: &World, deals: &[(&Client, &str)]) {
    let deal = |(person, product): &(&Client, &str)| {
        json!({
            "metric": "deals_won", "person_id": person.person, "date": "2026-01-10", "value": "1", "source": "crm",
            "dimensions": { "product": product },
        })
    };
    world.record(deals.iter().map(deal).collect()).await;
}

#[actix_web::test]
async fn groups_shown_by_turns_tell_no_more_than_all_at_once() {
    let world = World::new().await;
    let (an, binh, chi, head) = (&world.an, &world.binh, &world.chi, &world.head);
    sold(&world, &[(an, "a"), (binh, "a"), (binh, "b"), (chi, "c"), (head, "c")]).await;
    let drawn = async |reader: &Client, query: &str| {
        ranked(&world.series(reader, &world.won, &format!("group_by=dimension:product&{query}")).await)
    };
    assert_eq!(drawn(&world.dung, "").await, json!([[null, "a", null], [null, "b", null], [null, "c", null]]));
    assert_eq!(drawn(&world.dung, "sort=name&limit=1").await, json!([[null, "a", null]]));
    assert_eq!(drawn(&world.dung, "sort=-name&limit=1").await, json!([[null, "c", null]]));
    assert_eq!(drawn(&world.app.owner, "sort=name&limit=1").await, json!([[1, "a", "2"]]));
}

#[actix_web::test]
async fn where_people_are_hidden_all_groups_have_to_fit_and_not_the_listed_alone() {
    let world = World::new().await;
    let products: Vec<String> = (0..51).map(|number| format!("p{number}")).collect();
    let deals: Vec<(&Client, &str)> = products.iter().map(|product| (&world.an, product.as_str())).collect();
    sold(&world, &deals).await;
    let path = format!(
        "/metrics/{}/series?group_by=dimension:product&from=2026-01-01&to=2027-02-04&interval=day&limit=1",
        world.won
    );
    assert_eq!(world.dung.get(&path).await.faults(), ["?interval too_many_points"]);
    world.app.owner.get(&path).await.ok();
}

#[actix_web::test]
async fn a_formula_with_an_input_of_one_colleague_is_held_back() {
    let world = World::new().await;
    let (an, binh, chi) = (&world.an, &world.binh, &world.chi);
    world
        .measured(&[
            ("deals_won", an, "2026-01-10", "3"),
            ("deals_lost", binh, "2026-01-10", "2"),
            ("deals_lost", chi, "2026-01-10", "1"),
        ])
        .await;
    let rate = async |reader: &Client| world.series(reader, &world.rate, "").await["total"]["value"].clone();
    assert_eq!(world.series(&world.dung, &world.lost, "").await["total"]["value"], "3");
    assert_eq!(rate(&world.dung).await, Value::Null, "the rate and what was lost tell what An won");
    assert_eq!(rate(&world.app.owner).await, "50");
    world.measured(&[("deals_won", chi, "2026-01-10", "3")]).await;
    assert_eq!(rate(&world.dung).await, "66.6667");
}
