//! What is measured is held against its rows.

use super::{Sales, must_agree};
use crate::figures::verify::{at, behind_its_back, found};
use goaltree::figures::{ForestLimits, Forests};
use serde_json::json;

#[actix_web::test]
async fn a_measured_value_in_memory_that_does_not_follow_from_the_measurements_is_found() {
    let sales = Sales::new().await;
    let department = sales.goal("Doanh số", &sales.won, json!({})).await;
    let an = sales.own(&sales.an).await;
    let rate = sales.goal("Tỷ lệ", &sales.win_rate, json!({ "target": "0.5" })).await;
    let binh = sales.own(&sales.binh).await;
    sales.measure("won", &sales.an, "2026-02-03", "3").await;
    sales.measure("lost", &sales.binh, "2026-02-03", "1").await;
    assert_eq!(sales.value(&department).await, "3");
    must_agree(&sales.app);
    behind_its_back(&sales.app, "UPDATE measurements SET value = 70000 WHERE value = 30000");
    let wrong = found(&sales.app, &sales.app.app.forests);
    for goal in [&department, &an, &rate] {
        assert_eq!(at(&wrong, goal), ["figures", "what is measured"], "{wrong}");
    }
    assert!(at(&wrong, &binh).is_empty(), "{wrong}");
    let anew = found(&sales.app, &Forests::new(ForestLimits { most_goals: 10_000 }));
    assert!(anew.differences.is_empty(), "read anew it follows from the rows: {anew}");
}
