//! The parts of a series: units, people and the values of a dimension beside each other, ranked.

use super::world::{World, each, metric, ranked, sums};
use serde_json::{Value, json};

#[actix_web::test]
async fn units_below_are_set_beside_what_was_measured_in_the_unit_itself() {
    let world = World::new().await;
    world
        .measured(&[
            ("deals_won", &world.head, "2026-01-05", "2"),
            ("deals_won", &world.an, "2026-01-10", "3"),
            ("deals_won", &world.binh, "2026-02-10", "4"),
        ])
        .await;
    let query = format!("unit_id={}&group_by=unit", world.sales);
    let drawn = world.series(&world.head, &world.won, &query).await;
    assert_eq!(
        ranked(&drawn),
        json!([[1, "Nhóm miền Bắc", "7"], [2, "Kinh doanh", "2"], [null, "Nhóm miền Nam", null]])
    );
    let directly: Vec<_> = drawn["groups"].as_array().unwrap().iter().map(|group| group["directly"].clone()).collect();
    assert_eq!(directly, [false, true, false]);
    assert_eq!(each(&drawn["groups"][0], "value"), json!(["3", "4"]));
    assert_eq!(each(&drawn, "value"), json!(["5", "4"]));
    let company = world.series(&world.app.owner, &world.won, "group_by=unit").await;
    assert_eq!(ranked(&company), json!([[1, "Kinh doanh", "9"], [null, "Kỹ thuật", null]]));
}

#[actix_web::test]
async fn people_are_ranked_in_the_metrics_direction_and_share_a_place() {
    let world = World::new().await;
    let cost = metric(&world.app, "cost", sums(json!({ "direction": "at_most", "unit": "currency" }))).await;
    for code in ["deals_won", "cost"] {
        world
            .measured(&[
                (code, &world.an, "2026-01-10", "3"),
                (code, &world.binh, "2026-01-10", "5"),
                (code, &world.chi, "2026-01-10", "1"),
                (code, &world.chi, "2026-02-10", "2"),
                (code, &world.dung, "2026-01-10", "-1"),
            ])
            .await;
    }
    let (an, binh, chi, dung) = ("Nguyễn Văn An", "Trần Văn Bình", "Phạm Thị Chi", "Đỗ Văn Dũng");
    let owner = &world.app.owner;
    let best = world.series(owner, &world.won, "group_by=person").await;
    assert_eq!(ranked(&best), json!([[1, binh, "5"], [2, an, "3"], [2, chi, "3"], [4, dung, "-1"]]));
    let cheapest = world.series(owner, &cost, "group_by=person").await;
    assert_eq!(ranked(&cheapest), json!([[1, dung, "-1"], [2, an, "3"], [2, chi, "3"], [4, binh, "5"]]));
    let last = world.series(owner, &world.won, "group_by=person&sort=-rank&limit=1").await;
    assert_eq!(json!([ranked(&last), last["more_groups"]]), json!([[[4, dung, "-1"]], 3]));
    let by_name = world.series(owner, &world.won, "group_by=person&sort=name&limit=2").await;
    assert_eq!(json!([ranked(&by_name), by_name["more_groups"]]), json!([[[4, dung, "-1"], [2, an, "3"]], 2]));
    assert_eq!(best["more_groups"], 0);
}

#[actix_web::test]
async fn a_teams_rate_is_not_the_mean_of_its_members() {
    let world = World::new().await;
    world
        .measured(&[
            ("deals_won", &world.an, "2026-01-10", "9"),
            ("deals_lost", &world.an, "2026-01-10", "1"),
            ("deals_won", &world.binh, "2026-01-10", "1"),
            ("deals_lost", &world.binh, "2026-01-10", "1"),
        ])
        .await;
    let query = format!("unit_id={}&group_by=person", world.north);
    let drawn = world.series(&world.lead, &world.rate, &query).await;
    assert_eq!(ranked(&drawn), json!([[1, "Nguyễn Văn An", "90"], [2, "Trần Văn Bình", "50"]]));
    assert_eq!(drawn["total"]["value"], "83.3333");
}

#[actix_web::test]
async fn whoever_moved_counts_for_each_unit_what_was_measured_there() {
    let world = World::new().await;
    world.measured(&[("deals_won", &world.an, "2026-01-10", "3")]).await;
    world.app.owner.patch(&format!("/people/{}", world.an.person), &json!({ "unit_id": world.south })).await.ok();
    world.measured(&[("deals_won", &world.an, "2026-02-14", "5")]).await;
    let of = async |unit: &str| {
        ranked(&world.series(&world.head, &world.won, &format!("unit_id={unit}&group_by=person")).await)
    };
    assert_eq!(of(&world.north).await, json!([[1, "Nguyễn Văn An", "3"]]));
    assert_eq!(of(&world.south).await, json!([[1, "Nguyễn Văn An", "5"]]));
    assert_eq!(of(&world.sales).await, json!([[1, "Nguyễn Văn An", "8"]]));
}

/// A deal of An's, with its dimensions.
fn deal(world: &World, metric: &str, value: &str, dimensions: Value) -> Value {
    json!({
        "metric": metric, "person_id": world.an.person, "date": "2026-01-10", "value": value, "source": "crm",
        "dimensions": dimensions,
    })
}

#[actix_web::test]
async fn what_was_measured_without_a_dimension_is_a_group_of_its_own() {
    let world = World::new().await;
    world
        .record(vec![
            deal(&world, "deals_won", "2", json!({ "product": "GTX \"Pro\"" })),
            deal(&world, "deals_won", "3", json!({ "product": "MG", "region": "east" })),
            deal(&world, "deals_won", "4", json!({ "product": "MG", "region": "west" })),
            deal(&world, "deals_won", "5", json!({ "region": "west" })),
            deal(&world, "deals_won", "1", json!({})),
        ])
        .await;
    let drawn = world.series(&world.app.owner, &world.won, "group_by=dimension:product").await;
    assert_eq!(ranked(&drawn), json!([[1, "MG", "7"], [2, null, "6"], [3, "GTX \"Pro\"", "2"]]));
    assert_eq!(drawn["group_by"], "dimension:product");
    let query = format!("person_id={}&group_by=dimension:region", world.an.person);
    let regions = world.series(&world.an, &world.won, &query).await;
    assert_eq!(ranked(&regions), json!([[1, "west", "9"], [2, null, "3"], [2, "east", "3"]]));
}

#[actix_web::test]
async fn a_formulas_inputs_are_split_by_the_dimension_that_all_of_them_declare() {
    let world = World::new().await;
    world
        .record(vec![
            deal(&world, "deals_won", "3", json!({ "product": "MG" })),
            deal(&world, "deals_lost", "1", json!({ "product": "MG" })),
            deal(&world, "deals_won", "1", json!({ "product": "GTX" })),
        ])
        .await;
    let drawn = world.series(&world.app.owner, &world.rate, "group_by=dimension:product").await;
    assert_eq!(ranked(&drawn), json!([[1, "MG", "75"], [null, "GTX", null]]));
    assert_eq!(drawn["groups"][1]["total"]["reason"], "Nothing was measured");
    let refused = world.app.owner.get(&format!("/metrics/{}/series?group_by=dimension:region", world.rate)).await;
    let problem = refused.status(422);
    assert_eq!(problem["errors"][0]["code"], "not_measured_by");
    assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("deals_lost"), "{problem}");
}

#[actix_web::test]
async fn what_is_measured_of_units_counts_beside_what_is_measured_of_people() {
    let world = World::new().await;
    let budget = sums(json!({ "measured_for": "unit", "unit": "currency" }));
    metric(&world.app, "budget", budget).await;
    let each_deal = json!({ "unit": "currency", "formula": "budget / deals_won" });
    let each_deal = metric(&world.app, "cost_of_a_deal", each_deal).await;
    world.measured(&[("deals_won", &world.an, "2026-01-10", "4"), ("deals_won", &world.chi, "2026-01-10", "1")]).await;
    let spent = |unit: &str, value: &str| json!({ "metric": "budget", "unit_id": unit, "date": "2026-01-31", "value": value, "source": "books" });
    world.record(vec![spent(&world.north, "10"), spent(&world.sales, "90")]).await;
    let drawn = world.series(&world.app.owner, &each_deal, &format!("unit_id={}&group_by=unit", world.sales)).await;
    assert_eq!(drawn["total"]["value"], "20");
    assert_eq!(
        ranked(&drawn),
        json!([[1, "Nhóm miền Bắc", "2.5"], [null, "Kinh doanh", null], [null, "Nhóm miền Nam", null]])
    );
    let people = world.series(&world.app.owner, &each_deal, "group_by=person").await;
    assert_eq!(people["total"]["value"], "20", "what is of units counts in the whole");
    let values: Vec<_> =
        people["groups"].as_array().unwrap().iter().map(|group| group["total"]["value"].clone()).collect();
    assert_eq!(values, [Value::Null, Value::Null], "and is nobody's part");
}
