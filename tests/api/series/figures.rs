//! What a series tells: points, total, this year beside the last, and why there is no value.

use super::world::{World, each, metric, sums};
use serde_json::json;

#[actix_web::test]
async fn a_series_runs_from_the_fiscal_years_beginning_to_today_month_by_month() {
    let world = World::new().await;
    let (an, chi) = (&world.an, &world.chi);
    world
        .measured(&[
            ("deals_won", an, "2025-12-31", "7"),
            ("deals_won", an, "2026-01-01", "1"),
            ("deals_won", an, "2026-01-31", "2.5"),
            ("deals_won", chi, "2026-02-14", "4"),
        ])
        .await;
    let drawn = world.series(&world.app.owner, &world.won, "").await;
    assert_eq!(
        json!([drawn["unit"]["id"], drawn["from"], drawn["to"], drawn["interval"], drawn["groups"]]),
        json!([world.company, "2026-01-01", "2026-02-14", "month", null])
    );
    assert_eq!(each(&drawn, "first_day"), json!(["2026-01-01", "2026-02-01"]));
    assert_eq!(each(&drawn, "last_day"), json!(["2026-01-31", "2026-02-14"]));
    assert_eq!(each(&drawn, "value"), json!(["3.5", "4"]));
    assert_eq!(each(&drawn, "measurements"), json!([2, 1]));
    assert_eq!(each(&drawn, "subjects"), json!([1, 1]));
    assert_eq!(drawn["total"]["value"], "7.5");
    let north = world.series(an, &world.won, &format!("unit_id={}", world.north)).await;
    assert_eq!(each(&north, "value"), json!(["3.5", null]));
    assert_eq!(north["points"][1]["reason"], "Nothing was measured");
    let own = world.series(an, &world.won, &format!("person_id={}&from=2025-12-01", an.person)).await;
    assert_eq!(json!([each(&own, "value"), own["person"]["name"]]), json!([["7", "3.5", null], "Nguyễn Văn An"]));
}

#[actix_web::test]
async fn quarters_and_years_are_those_of_the_organization() {
    let world = World::new().await;
    world.app.owner.patch("/organization", &json!({ "fiscal_year_start": 2 })).await.ok();
    let an = &world.an;
    world.measured(&[("deals_won", an, "2025-02-10", "10"), ("deals_won", an, "2025-02-20", "5")]).await;
    world.measured(&[("deals_won", an, "2026-01-31", "3"), ("deals_won", an, "2026-02-01", "4")]).await;
    let owner = &world.app.owner;
    let quarters = world.series(owner, &world.won, "from=2025-12-01&interval=quarter").await;
    assert_eq!(each(&quarters, "first_day"), json!(["2025-12-01", "2026-02-01"]));
    assert_eq!(each(&quarters, "value"), json!(["3", "4"]));
    let years = world.series(owner, &world.won, "from=2025-01-01&interval=year").await;
    assert_eq!(each(&years, "value"), json!([null, "18", "4"]));
    assert_eq!(years["year_to_date"]["first_day"], "2026-02-01");
    assert_eq!(years["year_to_date"]["value"], "4");
    let before = &years["year_before"];
    assert_eq!(
        json!([before["first_day"], before["last_day"], before["value"]]),
        json!(["2025-02-01", "2025-02-14", "10"]),
        "the same days of the year before"
    );
    assert_eq!(years["change"], json!({ "difference": "-6", "fraction": -0.6 }));
    let without = world.series(owner, &world.won, "years=false").await;
    assert_eq!(json!([without["year_to_date"], without["year_before"], without["change"]]), json!([null, null, null]));
}

#[actix_web::test]
async fn a_teams_rate_is_its_ratio_of_sums_in_each_point_and_over_all_days() {
    let world = World::new().await;
    let (an, binh) = (&world.an, &world.binh);
    world
        .measured(&[
            ("deals_won", an, "2026-01-10", "9"),
            ("deals_lost", an, "2026-01-10", "1"),
            ("deals_won", binh, "2026-01-11", "1"),
            ("deals_lost", binh, "2026-01-11", "1"),
            ("deals_won", an, "2026-02-10", "0"),
            ("deals_lost", binh, "2026-02-10", "0"),
        ])
        .await;
    let rate = world.series(&world.lead, &world.rate, &format!("unit_id={}", world.north)).await;
    assert_eq!(each(&rate, "value"), json!(["83.3333", null]));
    assert_eq!(rate["points"][1]["reason"], "It would divide by zero");
    assert_eq!(rate["total"]["value"], "83.3333", "over all days, not the mean of the points");
    assert_eq!(each(&rate, "measurements"), json!([4, 2]));
    let vietnamese = world.head.with("Accept-Language", "vi");
    let rate = world.series(&vietnamese, &world.rate, &format!("unit_id={}", world.south)).await;
    assert_eq!(rate["total"]["reason"], "Chưa có số liệu");
}

#[actix_web::test]
async fn the_point_that_runs_is_compared_with_as_many_days_of_the_one_before() {
    let world = World::new().await;
    let growth =
        metric(&world.app, "growth", json!({ "unit": "count", "formula": "deals_won - prev(deals_won)" })).await;
    let an = &world.an;
    world
        .measured(&[
            ("deals_won", an, "2025-12-20", "1"),
            ("deals_won", an, "2026-01-14", "10"),
            ("deals_won", an, "2026-01-15", "100"),
            ("deals_won", an, "2026-02-10", "1000"),
        ])
        .await;
    let drawn = world.series(&world.app.owner, &growth, "").await;
    assert_eq!(each(&drawn, "value"), json!(["109", "990"]), "February up to the fourteenth against January up to it");
    let cut = world.series(&world.app.owner, &growth, "to=2026-01-14").await;
    assert_eq!(each(&cut, "value"), json!([null]), "nothing up to the fourteenth of December");
}

#[actix_web::test]
async fn what_was_measured_last_counts_where_it_was_measured() {
    let world = World::new().await;
    let stock =
        metric(&world.app, "stock", sums(json!({ "time_aggregation": "last", "dimensions": ["product"] }))).await;
    let item = |date: &str, value: &str, product: &str| {
        json!({
            "metric": "stock", "person_id": world.an.person, "date": date, "value": value, "source": "crm",
            "dimensions": { "product": product },
        })
    };
    world.record(vec![item("2026-01-05", "5", "a"), item("2026-01-05", "6", "a"), item("2026-01-20", "30", "b")]).await;
    world.app.owner.patch(&format!("/people/{}", world.an.person), &json!({ "unit_id": world.south })).await.ok();
    world.record(vec![item("2026-02-14", "9", "a")]).await;
    let of = async |unit: &str| {
        let drawn = world.series(&world.app.owner, &stock, &format!("unit_id={unit}")).await;
        json!([each(&drawn, "value"), drawn["total"]["value"]])
    };
    assert_eq!(of(&world.north).await, json!([["36", null], "30"]), "of two on a day the later entered; a moved on");
    assert_eq!(of(&world.south).await, json!([[null, "9"], "9"]));
    assert_eq!(of(&world.sales).await, json!([["36", "9"], "39"]));
    let query = format!("unit_id={}&group_by=unit", world.sales);
    let parts = world.series(&world.app.owner, &stock, &query).await;
    assert_eq!(super::world::ranked(&parts), json!([[1, "Nhóm miền Bắc", "30"], [2, "Nhóm miền Nam", "9"]]));
}

#[actix_web::test]
async fn nothing_measured_is_zero_where_the_metric_says_so_but_not_of_days_to_come() {
    let world = World::new().await;
    let complaints = metric(&world.app, "complaints", sums(json!({ "empty_is_zero": true }))).await;
    let drawn = world.series(&world.app.owner, &complaints, "to=2026-03-31").await;
    assert_eq!(each(&drawn, "value"), json!(["0", "0", null]));
    assert_eq!(drawn["points"][2]["reason"], "These days have not come yet");
    assert_eq!(drawn["total"]["value"], "0");
    assert_eq!(drawn["year_to_date"]["last_day"], "2026-02-14");
}

#[actix_web::test]
async fn a_metric_that_is_only_typed_in_has_no_value() {
    let world = World::new().await;
    let typed = metric(&world.app, "mood", json!({ "unit": "number" })).await;
    let drawn = world.series(&world.app.owner, &typed, "").await;
    assert_eq!(each(&drawn, "value"), json!([null, null]));
    assert_eq!(drawn["total"]["reason"], "Nothing was measured");
}

#[actix_web::test]
async fn corrected_and_removed_measurements_count_as_they_stand() {
    let world = World::new().await;
    world.measured(&[("deals_won", &world.an, "2026-01-10", "9"), ("deals_won", &world.chi, "2026-01-10", "4")]).await;
    let listed = world.app.owner.all("/measurements").await;
    let of = |person: &str| listed.iter().find(|one| one["person"]["id"] == person).unwrap()["id"].as_str().unwrap();
    let an = format!("/measurements/{}", of(&world.an.person));
    world.app.owner.patch(&an, &json!({ "value": "2", "date": "2026-02-01" })).await.ok();
    let value = async || each(&world.series(&world.app.owner, &world.won, "").await, "value");
    assert_eq!(value().await, json!(["4", "2"]));
    world.app.owner.delete(&format!("/measurements/{}", of(&world.chi.person))).await.ok();
    assert_eq!(value().await, json!([null, "2"]));
}

#[actix_web::test]
async fn sums_are_exact_beyond_what_a_column_holds() {
    let world = World::new().await;
    let most = "900000000000000";
    let rows: Vec<_> = (0..30).map(|_| ("won_value", &world.an, "2026-01-10", most)).collect();
    world.measured(&rows).await;
    world
        .measured(&[("won_value", &world.an, "2026-01-11", "0.0001"), ("won_value", &world.an, "2026-01-12", "-3")])
        .await;
    let drawn = world.series(&world.app.owner, &world.value, "").await;
    assert_eq!(drawn["total"]["value"], "26999999999999997.0001");
    let rows: Vec<_> = (0..1_000).map(|_| ("won_value", &world.an, "2026-02-10", most)).collect();
    world.measured(&rows).await;
    let drawn = world.series(&world.app.owner, &world.value, "").await;
    assert_eq!(
        json!([each(&drawn, "value")[1], drawn["total"]["reason"]]),
        json!(["900000000000000000", "It is beyond 9·10^17"])
    );
}

#[actix_web::test]
async fn every_fault_of_what_is_asked_is_told_at_once() {
    let world = World::new().await;
    let owner = &world.app.owner;
    let refused =
        async |metric: &str, query: &str| owner.get(&format!("/metrics/{metric}/series?{query}")).await.faults();
    let both =
        format!("unit_id={}&person_id={}&group_by=unit&from=2026-02-02&to=2026-02-01", world.north, world.an.person);
    assert_eq!(
        refused(&world.won, &both).await,
        ["?from dates_reversed", "?group_by person_has_no_parts", "?person_id unit_or_person"]
    );
    assert_eq!(refused(&world.won, "from=2020-01-01&interval=day").await, ["?interval too_many_points"]);
    assert_eq!(refused(&world.won, "interval=day&group_by=unit&limit=1000").await, ["?limit too_many_points"]);
    assert_eq!(refused(&world.won, "from=-0001-01-01").await, ["?from out_of_range", "?interval too_many_points"]);
    assert_eq!(refused(&world.won, "group_by=dimension:colour").await, ["?group_by not_measured_by"]);
    let heads = metric(&world.app, "heads", sums(json!({ "measured_for": "unit" }))).await;
    assert_eq!(refused(&heads, "group_by=person").await, ["?group_by not_measured_for_people"]);
    let own = format!("person_id={}", world.an.person);
    assert_eq!(refused(&heads, &own).await, ["?person_id not_measured_for_people"]);
    let malformed = async |query: &str, code: &str| {
        owner.get(&format!("/metrics/{}/series?{query}", world.won)).await.problem(400, code);
    };
    malformed("colour=red", "malformed_query").await;
    malformed("group_by=colour", "malformed_query").await;
    malformed("group_by=dimension:", "malformed_query").await;
    malformed("interval=hour", "malformed_query").await;
    malformed("limit=0", "malformed_query").await;
    malformed("limit=1001", "malformed_query").await;
    malformed("sort=value", "not_sortable").await;
    owner.get(&format!("/metrics/{}/series", world.north)).await.problem(404, "not_found");
}
