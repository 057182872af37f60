//! Figures move with what is measured, and only forward.

use super::{Sales, must_agree, node};
use serde_json::json;

#[actix_web::test]
async fn a_measurement_moves_every_goal_that_it_counts_in() {
    let sales = Sales::new().await;
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    let north = sales
        .goal("Miền Bắc", &sales.won, json!({ "scope": "team", "unit_id": sales.north, "parent_id": department }))
        .await;
    let an = sales.own(&sales.an).await;
    let first = node(&sales.app.owner, &department).await;
    assert_eq!((&first["value"], &first["status"]), (&json!("0"), &json!("no_data")));
    sales.measure("won", &sales.an, "2026-01-20", "3").await;
    sales.measure("won", &sales.binh, "2026-02-01", "4").await;
    assert_eq!(sales.value(&department).await, "7");
    assert_eq!(sales.value(&north).await, "3");
    let own = node(&sales.an, &an).await;
    assert_eq!((&own["value"], &own["progress"]), (&json!("3"), &json!(0.3)));
    assert_eq!((&own["judged_on"], &own["next_due_on"]), (&json!("2026-02-14"), &json!(null)));
    must_agree(&sales.app);
}

#[actix_web::test]
async fn a_correction_changes_today_and_the_days_gone_by_that_it_touches() {
    let sales = Sales::new().await;
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    let measured = sales.measure("won", &sales.an, "2026-01-20", "3").await;
    let on = async |day: &str| {
        let path = format!("/goals/{department}?as_of={day}");
        sales.app.owner.get(&path).await.ok()["value"].clone()
    };
    assert_eq!((on("2026-01-19").await, on("2026-01-20").await), (json!("0"), json!("3")));
    let change = json!({ "value": "5", "date": "2026-01-18" });
    sales.app.owner.patch(&format!("/measurements/{measured}"), &change).await.ok();
    assert_eq!(on("2026-01-17").await, "0");
    assert_eq!((on("2026-01-18").await, on("2026-01-20").await), (json!("5"), json!("5")));
    assert_eq!(sales.value(&department).await, "5");
    sales.app.owner.delete(&format!("/measurements/{measured}")).await.status(204);
    assert_eq!((on("2026-01-20").await, sales.value(&department).await), (json!("0"), json!("0")));
    must_agree(&sales.app);
}

#[actix_web::test]
async fn a_units_ratio_is_its_sums_ratio_and_not_the_mean_of_its_members() {
    let sales = Sales::new().await;
    let rate = sales.goal("Tỷ lệ thắng", &sales.win_rate, json!({ "target": "0.5" })).await;
    assert_eq!(node(&sales.app.owner, &rate).await["status"], "no_data");
    for (metric, person, value) in [("won", &sales.an, "1"), ("won", &sales.binh, "8"), ("lost", &sales.binh, "11")] {
        sales.measure(metric, person, "2026-02-10", value).await;
    }
    // 9 of 20; the members' own rates are 1 and 8/19.
    let node = node(&sales.app.owner, &rate).await;
    assert_eq!((&node["value"], &node["progress"]), (&json!("0.45"), &json!(0.9)));
    must_agree(&sales.app);
}

#[actix_web::test]
async fn a_new_measurement_and_a_metric_renamed_give_a_tree_another_tag() {
    let sales = Sales::new().await;
    sales.goal("Doanh số", &sales.won, json!({})).await;
    let path = format!("/cycles/{}/tree", sales.cycle);
    let tag = async || {
        let reply = sales.app.owner.get(&path).await;
        let etag = reply.header("etag").expect("a tag").to_owned();
        let again = sales.app.owner.with("If-None-Match", &etag).get(&path).await;
        assert_eq!(again.status.as_u16(), 304);
        etag
    };
    let first = tag().await;
    sales.measure("won", &sales.an, "2026-02-10", "1").await;
    let second = tag().await;
    assert_ne!(first, second);
    let renamed = json!({ "name": { "vi": "Hợp đồng đã ký" } });
    sales.app.owner.patch(&format!("/metrics/{}", sales.won), &renamed).await.ok();
    assert_ne!(second, tag().await);
}

#[actix_web::test]
async fn a_goal_that_follows_another_metric_or_longer_days_finds_what_was_measured_before() {
    let sales = Sales::new().await;
    sales.measure("won", &sales.an, "2026-01-05", "2").await;
    sales.measure("lost", &sales.an, "2026-01-06", "6").await;
    let short = json!({ "window": { "first": "2026-02-01", "last": "2026-02-28" } });
    let february = sales.goal("Tháng hai", &sales.won, short).await;
    assert_eq!(sales.value(&february).await, "0");
    let quarter = sales.goal("Cả quý", &sales.won, json!({})).await;
    assert_eq!(sales.value(&quarter).await, "2");
    let lost = sales.goal("Mất", &sales.lost, json!({ "direction": "at_most" })).await;
    assert_eq!(sales.value(&lost).await, "6");
    let rate = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    assert_eq!(sales.value(&rate).await, "0.25");
    must_agree(&sales.app);
}

#[actix_web::test]
async fn a_new_day_and_units_that_lie_otherwise_are_taken_up() {
    let sales = Sales::new().await;
    let team = json!({ "scope": "team", "unit_id": sales.north });
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    let north = sales.goal("Miền Bắc", &sales.won, team).await;
    sales.measure("won", &sales.an, "2026-02-14", "2").await;
    assert_eq!(sales.value(&department).await, "2");
    sales.app.set_clock("2026-02-16T02:00:00Z");
    sales.measure("won", &sales.chi, "2026-02-16", "5").await;
    assert_eq!((sales.value(&department).await, sales.value(&north).await), (json!("7"), json!("7")));
    must_agree(&sales.app);
    let company = sales.app.company().await;
    sales.app.owner.patch(&format!("/units/{}", sales.north), &json!({ "parent_id": company })).await.ok();
    assert_eq!((sales.value(&department).await, sales.value(&north).await), (json!("0"), json!("7")));
    must_agree(&sales.app);
}

#[actix_web::test]
async fn what_is_measured_after_its_completion_does_not_move_a_goal() {
    let sales = Sales::new().await;
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    sales.measure("won", &sales.an, "2026-02-10", "2").await;
    super::super::lead_on(&sales.app.owner, &department, json!({ "to": "completed" })).await;
    sales.app.set_clock("2026-02-20T02:00:00Z");
    sales.measure("won", &sales.an, "2026-02-18", "9").await;
    assert_eq!(sales.value(&department).await, "2");
    sales.measure("won", &sales.an, "2026-02-11", "4").await;
    assert_eq!(sales.value(&department).await, "6");
    must_agree(&sales.app);
}

#[actix_web::test]
async fn the_trend_is_what_as_of_gives_for_each_day() {
    let sales = Sales::new().await;
    let rate = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    for (metric, on, value) in [("won", "2026-02-03", "1"), ("lost", "2026-02-05", "3"), ("won", "2026-02-09", "2")] {
        sales.measure(metric, &sales.an, on, value).await;
    }
    let path = format!("/goals/{rate}/trend?from=2026-02-01&to=2026-02-14&interval=day");
    let trend = sales.app.owner.get(&path).await.ok();
    for point in trend["points"].as_array().unwrap() {
        let then = sales.app.owner.get(&format!("/goals/{rate}?as_of={}", point["date"].as_str().unwrap())).await.ok();
        assert_eq!((&point["value"], &point["progress"]), (&then["value"], &then["progress"]), "{point}");
    }
    assert_eq!(trend["points"][13]["value"], "0.5");
}

#[actix_web::test]
async fn a_metric_that_was_defined_otherwise_before_its_first_goal_counts_as_it_is_defined_then() {
    let sales = Sales::new().await;
    let first = sales.goal("Doanh số", &sales.won, json!({})).await;
    sales.measure("won", &sales.an, "2026-01-20", "3").await;
    assert_eq!(sales.value(&first).await, "3");
    let otherwise = json!({ "time_aggregation": "max", "people_aggregation": "average" });
    sales.app.owner.patch(&format!("/metrics/{}", sales.lost), &otherwise).await.ok();
    for (person, on, value) in
        [(&sales.an, "2026-01-20", "10"), (&sales.an, "2026-01-21", "20"), (&sales.binh, "2026-01-20", "40")]
    {
        sales.measure("lost", person, on, value).await;
    }
    let second = sales.goal("Thua", &sales.lost, json!({})).await;
    assert_eq!(sales.value(&second).await, "30", "the mean of 20 and 40");
}
