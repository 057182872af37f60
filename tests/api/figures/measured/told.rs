//! A measured value is explained, and asked what if it were another.

use super::{Sales, must_agree};
use serde_json::{Value, json};

async fn explained(reader: &crate::support::Client, goal: &str) -> Value {
    reader.get(&format!("/goals/{goal}/explain")).await.ok()["measured"].clone()
}

/// The names of the people in the parts, with what is measured of each.
fn parts(measured: &Value) -> Vec<(String, String)> {
    let part = |part: &Value| {
        (part["person"]["name"].as_str().unwrap().to_owned(), part["value"].as_str().unwrap().to_owned())
    };
    measured["parts"].as_array().unwrap().iter().map(part).collect()
}

#[actix_web::test]
async fn a_measured_value_is_told_by_its_measurements_and_by_those_measured() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    sales.measure("won", &sales.an, "2026-01-20", "3").await;
    sales.measure("won", &sales.binh, "2026-01-25", "4").await;
    let last = sales.measure("won", &sales.an, "2026-02-02", "2").await;
    let measured = explained(&sales.app.owner, &goal).await;
    assert_eq!((&measured["from"], &measured["to"]), (&json!("2026-01-01"), &json!("2026-02-14")));
    assert_eq!((&measured["value"], &measured["measurement_count"]), (&json!("9"), &json!(3)));
    assert_eq!((&measured["first_on"], &measured["last_on"]), (&json!("2026-01-20"), &json!("2026-02-02")));
    assert_eq!((&measured["time_aggregation"], &measured["people_aggregation"]), (&json!("sum"), &json!("sum")));
    assert_eq!((&measured["latest"][0]["id"], &measured["latest"][0]["value"]), (&json!(last), &json!("2")));
    let all = [("Nguyễn An".to_owned(), "5".to_owned()), ("Trần Bình".to_owned(), "4".to_owned())];
    assert_eq!((parts(&measured), &measured["more_parts"]), (all.to_vec(), &json!(false)));
}

#[actix_web::test]
async fn a_single_hidden_persons_figure_is_not_given_away_by_the_others() {
    let sales = Sales::new().await;
    let goal = sales.goal("Doanh số", &sales.won, json!({})).await;
    sales.measure("won", &sales.an, "2026-01-20", "3").await;
    sales.measure("won", &sales.chi, "2026-01-20", "2").await;
    sales.measure("won", &sales.binh, "2026-01-25", "4").await;
    // Trưởng sees An and Chi; the total less theirs would be Bình's.
    let lead = explained(&sales.lead, &goal).await;
    assert_eq!((parts(&lead), &lead["more_parts"]), (vec![], &json!(true)));
    assert_eq!(lead["latest"].as_array().unwrap().len(), 2, "of those whom they see");
    let an = explained(&sales.an, &goal).await;
    assert_eq!(parts(&an), [("Nguyễn An".to_owned(), "3".to_owned())], "two others hide each other");
    let hidden: Vec<_> = an["latest"].as_array().unwrap().iter().map(|row| row["person"]["name"].clone()).collect();
    assert_eq!(hidden, ["Nguyễn An"]);
}

#[actix_web::test]
async fn a_formula_is_told_in_words_and_numbers_with_its_inputs() {
    let sales = Sales::new().await;
    let growth = json!({
        "code": "growth", "name": { "en": "Growth", "vi": "Tăng trưởng" }, "unit": "percent",
        "formula": "won / prev(won) - 1",
    });
    let growth = sales.app.owner.post("/metrics", &growth).await.id();
    let rate = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    let growing = sales.goal("Tăng", &growth, json!({ "target": "0.5" })).await;
    let empty = explained(&sales.app.owner, &rate).await;
    assert_eq!((&empty["value"], &empty["no_result"]), (&json!(null), &json!("missing")));
    sales.measure("won", &sales.an, "2026-02-02", "3").await;
    sales.measure("lost", &sales.an, "2026-02-02", "1").await;
    let vi = explained(&sales.app.owner.with("Accept-Language", "vi"), &rate).await;
    assert_eq!(vi["formula"]["formula"], "won / (won + lost)");
    assert_eq!(vi["formula"]["numbers"], "3 / (3 + 1) = 0.75");
    assert_eq!(vi["formula"]["text"], "Hợp đồng won / (Hợp đồng won + Hợp đồng lost)");
    let inputs: Vec<_> = vi["inputs"].as_array().unwrap().iter().map(|one| one["value"].clone()).collect();
    assert_eq!(inputs, ["3", "1"]);
    assert_eq!(vi["measurement_count"], 2);
    let before = explained(&sales.app.owner.with("Accept-Language", "en"), &growing).await;
    assert_eq!((&before["value"], &before["formula"]["numbers"]), (&json!(null), &json!("3 / – - 1 = –")));
    let previous = &before["inputs"][1];
    assert_eq!((&previous["previous"], &previous["no_result"]), (&json!(true), &json!("missing")));
    // The fifteenth is compared with the fifteenth: 45 days have gone by.
    assert_eq!((&previous["from"], &previous["to"]), (&json!("2025-10-01"), &json!("2025-11-14")));
    assert_eq!(previous["no_result_text"], "Nothing was measured");
    sales.measure("won", &sales.an, "2025-11-14", "2").await;
    sales.measure("won", &sales.an, "2025-11-15", "7").await;
    assert_eq!(explained(&sales.app.owner, &growing).await["value"], "0.5");
    must_agree(&sales.app);
}

#[actix_web::test]
async fn what_if_another_value_were_measured_or_another_target_set() {
    let sales = Sales::new().await;
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    let north = json!({ "scope": "team", "unit_id": sales.north, "parent_id": department });
    let north = sales.goal("Miền Bắc", &sales.won, north).await;
    let top =
        json!({ "kind": "objective", "source": "children", "metric_id": null, "direction": null, "target": null });
    let top = sales.goal("Dẫn đầu", "", top).await;
    super::super::link(&sales.app.owner, &department, &top, "1").await;
    sales.measure("won", &sales.an, "2026-02-02", "20").await;
    let asked = json!({ "values": { &department: "50" }, "targets": { &north: "40" } });
    let path = format!("/cycles/{}/simulate", sales.cycle);
    let answer = sales.app.owner.post(&path, &asked).await.ok();
    let after = |goal: &str| {
        let moved = answer["moved"].as_array().unwrap().iter().find(|moved| moved["goal_id"] == goal).unwrap();
        moved["after"].clone()
    };
    assert_eq!((&after(&department)["value"], &after(&department)["progress"]), (&json!("50"), &json!(0.5)));
    assert_eq!((&after(&north)["value"], &after(&north)["progress"]), (&json!("20"), &json!(0.5)));
    assert_eq!(after(&top)["progress"], 0.5);
    assert_eq!(sales.value(&department).await, "20", "nothing is stored");
}

#[actix_web::test]
async fn what_a_formula_is_computed_from_tells_nothing_of_a_single_hidden_person() {
    let sales = Sales::new().await;
    let goal = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    for (person, won) in [(&sales.an, "5"), (&sales.chi, "6")] {
        sales.measure("won", person, "2026-01-20", won).await;
    }
    sales.measure("lost", &sales.binh, "2026-01-25", "41").await;
    // Trưởng does not see what Bình lost, and what is shown beside the rate would tell it.
    let lead = explained(&sales.lead, &goal).await;
    for input in lead["inputs"].as_array().unwrap() {
        assert_eq!((&input["value"], &input["held_back"]), (&json!(null), &json!(true)), "{input}");
    }
    assert!(lead["formula"]["numbers"].as_str().unwrap().starts_with("– / (– + –) = 0.2115"), "{lead}");
    let around = json!([lead["measurement_count"], lead["first_on"], lead["last_on"]]);
    assert_eq!(around, json!([null, null, null]));
    let hr = explained(&sales.app.owner, &goal).await;
    assert!(hr["formula"]["numbers"].as_str().unwrap().starts_with("11 / (11 + 41) = 0.2115"), "{hr}");
    assert_eq!((&hr["measurement_count"], &hr["inputs"][1]["held_back"]), (&json!(3), &json!(false)));
    // Two who are hidden hide each other.
    sales.measure("lost", &sales.app.member("Dung", &sales.department, json!({})).await, "2026-01-26", "1").await;
    let lead = explained(&sales.lead, &goal).await;
    assert_eq!((&lead["inputs"][1]["value"], &lead["measurement_count"]), (&json!("42"), &json!(4)));
}

#[actix_web::test]
async fn what_is_behind_a_persons_public_goal_is_for_those_who_may_see_what_is_measured_of_them() {
    let sales = Sales::new().await;
    let more = json!({ "metric_id": sales.win_rate, "target": "0.9", "visibility": "public" });
    let goal = sales.own_for(&sales.an, more).await;
    sales.measure("won", &sales.an, "2026-01-20", "3").await;
    sales.measure("lost", &sales.an, "2026-01-20", "1").await;
    let binh = explained(&sales.binh, &goal).await;
    let told = json!([binh["formula"]["numbers"], binh["inputs"][0]["value"], binh["measurement_count"]]);
    assert_eq!(told, json!(["– / (– + –) = 0.75", null, null]));
    assert_eq!((&binh["first_on"], &binh["last_on"]), (&json!(null), &json!(null)));
    for reader in [&sales.an, &sales.lead] {
        let told = explained(reader, &goal).await;
        assert_eq!(
            (&told["formula"]["numbers"], &told["measurement_count"]),
            (&json!("3 / (3 + 1) = 0.75"), &json!(2))
        );
    }
}
