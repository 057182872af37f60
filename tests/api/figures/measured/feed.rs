//! The automatic check-ins in a goal's feed.

use super::{Sales, node};
use serde_json::{Value, json};

/// The automatic check-ins of a goal: day, value before, value, how many measurements.
async fn automatic(sales: &Sales, goal: &str) -> Vec<(String, Value, Value, u64)> {
    let entries = sales.app.owner.all(&format!("/goals/{goal}/activity?kind=check_in.automatic")).await;
    let told = |entry: Value| {
        let automatic = &entry["automatic"];
        let day = automatic["date"].as_str().unwrap().to_owned();
        let count = automatic["measurement_count"].as_u64().unwrap();
        (day, automatic["before"].clone(), automatic["value"].clone(), count)
    };
    entries.into_iter().map(told).collect()
}

fn on(day: &str, before: Value, value: Value, count: u64) -> (String, Value, Value, u64) {
    (day.to_owned(), before, value, count)
}

#[actix_web::test]
async fn each_day_on_which_the_value_changed_is_an_automatic_check_in_that_names_its_measurements() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    let first = sales.measure("won", &sales.an, "2026-01-20", "3").await;
    let second = sales.measure("won", &sales.binh, "2026-01-20", "1").await;
    sales.measure("won", &sales.an, "2026-02-02", "2").await;
    sales.measure("won", &sales.an, "2026-02-03", "0").await;
    let expected = [on("2026-02-02", json!("4"), json!("6"), 1), on("2026-01-20", json!(null), json!("4"), 2)];
    assert_eq!(automatic(&sales, &goal).await, expected);
    let feed = sales.app.owner.all(&format!("/goals/{goal}/activity")).await;
    assert_eq!(feed[0]["kind"], "goal.submitted", "what happened today comes first: {}", feed[0]);
    let oldest = feed.last().unwrap();
    assert_eq!(oldest["automatic"]["measurements"], json!([second, first]), "the latest first");
    assert_eq!((&oldest["at"], &oldest["actor"]), (&json!("2026-01-19T17:00:00Z"), &json!(null)));
    assert_eq!(oldest["summary"], "Automatic check-in: – → 4");
    assert_eq!(node(&sales.app.owner, &goal).await["last_check_in_on"], "2026-02-03");
}

#[actix_web::test]
async fn a_correction_corrects_the_automatic_check_ins_too() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    let wrong = sales.measure("won", &sales.an, "2026-01-20", "30").await;
    sales.measure("won", &sales.an, "2026-02-02", "2").await;
    sales.app.owner.patch(&format!("/measurements/{wrong}"), &json!({ "value": "3", "date": "2026-01-21" })).await.ok();
    let expected = [on("2026-02-02", json!("3"), json!("5"), 1), on("2026-01-21", json!(null), json!("3"), 1)];
    assert_eq!(automatic(&sales, &goal).await, expected);
    sales.app.owner.delete(&format!("/measurements/{wrong}")).await;
    assert_eq!(automatic(&sales, &goal).await, [on("2026-02-02", json!(null), json!("2"), 1)]);
}

#[actix_web::test]
async fn a_feed_is_read_page_by_page_in_one_order_with_what_else_happened() {
    let sales = Sales::new().await;
    let goal = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    for day in 1..=9 {
        sales.measure("won", &sales.an, &format!("2026-02-0{day}"), "1").await;
        sales.measure("lost", &sales.an, &format!("2026-02-0{day}"), &day.to_string()).await;
    }
    let path = format!("/goals/{goal}/activity");
    let whole = sales.app.owner.get(&format!("{path}?limit=200&include_total=true")).await.ok();
    let ids = |entries: &[Value]| entries.iter().map(|entry| entry["id"].clone()).collect::<Vec<_>>();
    let whole_ids = ids(whole["items"].as_array().unwrap());
    assert_eq!(whole["total"], whole_ids.len());
    let paged = sales.app.owner.all(&format!("{path}?limit=2")).await;
    assert_eq!(ids(&paged), whole_ids);
    let mut turned = sales.app.owner.all(&format!("{path}?limit=3&sort=-newest")).await;
    turned.reverse();
    assert_eq!(ids(&turned), whole_ids);
    let of_formula: Vec<_> = paged.iter().filter(|entry| entry["kind"] == "check_in.automatic").collect();
    assert_eq!(of_formula.len(), 9, "the first day's ratio, and each day's other one");
    assert_eq!(of_formula[8]["automatic"]["measurement_count"], 2);
}

#[actix_web::test]
async fn measurements_that_one_may_not_see_are_neither_counted_nor_named() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    let dung = sales.app.member("Dung", &sales.department, json!({})).await;
    let an = sales.measure("won", &sales.an, "2026-01-20", "3").await;
    sales.measure("won", &sales.binh, "2026-01-20", "1").await;
    sales.measure("won", &dung, "2026-01-20", "1").await;
    let path = format!("/goals/{goal}/activity?kind=check_in.automatic");
    let of = async |reader: &crate::support::Client| reader.get(&path).await.ok()["items"][0]["automatic"].clone();
    let (lead, binh) = (of(&sales.lead).await, of(&sales.binh).await);
    assert_eq!((&lead["measurement_count"], &lead["measurements"]), (&json!(1), &json!([an])));
    assert_eq!(binh["measurements"].as_array().unwrap().len(), 1, "their own");
    assert_ne!(binh["measurements"], lead["measurements"]);
}

#[actix_web::test]
async fn days_of_a_single_hidden_person_are_told_with_those_that_follow_or_not_at_all() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    sales.measure("won", &sales.chi, "2026-01-19", "1").await;
    sales.measure("won", &sales.binh, "2026-01-20", "41").await;
    sales.measure("won", &sales.an, "2026-01-21", "2").await;
    let of = async |reader: &crate::support::Client| {
        let entries = reader.all(&format!("/goals/{goal}/activity?kind=check_in.automatic")).await;
        let told = |entry: Value| {
            let one = entry["automatic"].clone();
            json!([one["since"], one["date"], one["before"], one["value"], one["measurement_count"]])
        };
        entries.into_iter().map(told).collect::<Vec<_>>()
    };
    // Trưởng sees An and Chi, not Bình, whose day would tell what he sold.
    let first = json!(["2026-01-19", "2026-01-19", null, "1", 1]);
    assert_eq!(of(&sales.lead).await, std::slice::from_ref(&first));
    // To Chi, An and Bình hide each other.
    assert_eq!(of(&sales.chi).await, [json!(["2026-01-20", "2026-01-21", "1", "44", 0]), first]);
    assert_eq!(of(&sales.app.owner).await.len(), 3);
    let own = sales.own_for(&sales.an, json!({ "visibility": "public" })).await;
    let path = format!("/goals/{own}/activity?kind=check_in.automatic");
    assert!(sales.binh.all(&path).await.is_empty());
    assert_eq!(sales.lead.all(&path).await.len(), 1);
}
