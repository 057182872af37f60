//! Corrections and removals: what was said stays.

use super::{Sellers, outcomes};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_correction_keeps_what_was_with_who_when_and_why() {
    let team = Sellers::new().await;
    let mut body = team.deal("deal-1", "100", "2026-02-10");
    body["dimensions"] = json!({ "product": "GTX", "region": "Bắc" });
    let made = team.record(&body).await;
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    team.app.set_clock("2026-02-15T02:00:00Z");
    let change = json!({
        "value": "90", "date": "2026-02-12", "dimensions": { "product": "MG", "region": null }, "reason": "Giảm giá",
    });
    let lead = &team.lead;
    let changed = lead.with("If-Match", "\"v1\"").patch(&path, &change).await;
    assert_eq!(changed.header("etag"), Some("\"v2\""));
    let changed = changed.ok();
    assert_eq!((&changed["value"], &changed["date"]), (&json!("90"), &json!("2026-02-12")));
    assert_eq!(changed["dimensions"], json!({ "product": "MG" }));
    assert_eq!((&changed["entered_at"], &changed["external_id"]), (&made["entered_at"], &json!("deal-1")));
    let stale = lead.with("If-Match", "\"v1\"").patch(&path, &json!({ "value": "80" })).await;
    assert_eq!(stale.problem(412, "stale_version")["current_version"], 2);
    let same = lead.patch(&path, &json!({ "value": "90", "reason": "Nhầm" })).await.ok();
    assert_eq!(same["version"], 2, "what says nothing new changes nothing");
    let bare = lead.patch(&path, &json!({ "dimensions": null })).await.ok();
    assert_eq!((&bare["dimensions"], &bare["version"]), (&json!({}), &json!(3)));
    let history = team.an.all(&format!("{path}/history?limit=2")).await;
    let said: Vec<_> =
        history.iter().map(|one| (one["version"].clone(), one["value"].clone(), one["reason"].clone())).collect();
    let told = |version: i64, value: &str, reason: Value| (json!(version), json!(value), reason);
    assert_eq!(said, [told(3, "90", Value::Null), told(2, "90", Value::Null), told(1, "100", json!("Giảm giá"))]);
    assert_eq!(history[2]["superseded_by"]["id"], json!(lead.person));
    assert_eq!(history[2]["dimensions"], json!({ "product": "GTX", "region": "Bắc" }));
    assert!(history[2]["said_at"].as_str().unwrap().starts_with("2026-02-14T02:00:00"));
    assert!(history[2]["superseded_at"].as_str().unwrap().starts_with("2026-02-15T02:00:00"));
    let log = team.app.owner.get("/audit-log?kind=measurement.corrected").await.ok();
    assert_eq!(
        (&log["items"][1]["before"]["value"], &log["items"][1]["after"]["value"]),
        (&json!("100"), &json!("90"))
    );
    assert_eq!(log["items"][1]["after"]["reason"], "Giảm giá");
}

#[actix_web::test]
async fn a_correction_is_held_to_what_a_measurement_must_be() {
    let team = Sellers::new().await;
    let made = team.record(&team.deal("deal-1", "100", "2026-02-10")).await;
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    let owner = &team.app.owner;
    let change = json!({
        "date": "2026-02-15", "dimensions": { "colour": "red", "product": " " }, "unit_id": team.north,
        "reason": "x".repeat(1_001),
    });
    assert_eq!(
        owner.patch(&path, &change).await.faults(),
        [
            "/date in_the_future",
            "/dimensions/colour undeclared_dimension",
            "/dimensions/product blank",
            "/reason too_long",
            "/unit_id measured_for_others",
        ]
    );
    let both = json!({ "person_id": team.binh.person, "unit_id": team.north });
    assert_eq!(owner.patch(&path, &both).await.faults(), ["/unit_id one_subject"]);
    let fixed = json!({ "metric": "leads", "source": "erp", "external_id": "x", "value": null });
    assert_eq!(
        owner.patch(&path, &fixed).await.faults(),
        ["/external_id unknown_field", "/metric unknown_field", "/source unknown_field", "/value not_nullable"]
    );
    let nobody = json!({ "person_id": "01890000-0000-7000-8000-000000000000" });
    assert_eq!(owner.patch(&path, &nobody).await.faults(), ["/person_id no_such_reference"]);
    team.lead.patch(&path, &json!({ "person_id": team.binh.person })).await.problem(403, "forbidden");
    let theirs = owner.patch(&path, &json!({ "person_id": team.binh.person })).await.ok();
    assert_eq!((&theirs["person"]["name"], &theirs["unit"]["id"]), (&json!("Trần Bình"), &json!(team.south)));
    team.lead.get(&path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_is_removed_stays_for_the_record_and_comes_back_with_its_source() {
    let team = Sellers::new().await;
    let made = team.record(&team.deal("deal-1", "100", "2026-02-10")).await;
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    let owner = &team.app.owner;
    owner.with("If-Match", "\"v2\"").delete(&path).await.problem(412, "stale_version");
    assert_eq!(owner.delete(&format!("{path}?reason={}", "x".repeat(1_001))).await.faults(), ["?reason too_long"]);
    owner.with("If-Match", "\"v1\"").delete(&format!("{path}?reason=Tr%C3%B9ng")).await.status(204);
    let removed = team.an.get(&path).await.ok();
    assert_eq!((&removed["version"], &removed["value"]), (&json!(2), &json!("100")));
    assert!(removed["removed_at"].is_string());
    assert!(owner.all("/measurements").await.is_empty());
    assert_eq!(owner.all("/measurements?include_removed=true").await.len(), 1);
    owner.delete(&path).await.problem(409, "measurement_removed");
    owner.patch(&path, &json!({ "value": "1" })).await.problem(409, "measurement_removed");
    let back = team.batch(&[team.deal("deal-1", "100", "2026-02-10")]).await;
    assert_eq!(outcomes(&back), ["replaced"]);
    assert_eq!((&back["items"][0]["id"], &back["items"][0]["version"]), (&made["id"], &json!(3)));
    let shown = owner.get(&path).await.ok();
    assert_eq!((&shown["removed_at"], &shown["entered_at"]), (&Value::Null, &made["entered_at"]));
    let history = owner.all(&format!("{path}/history?sort=-newest")).await;
    let told: Vec<_> = history.iter().map(|one| (one["removed"].clone(), one["reason"].clone())).collect();
    let no = || json!(false);
    assert_eq!(told, [(no(), json!("Trùng")), (json!(true), Value::Null), (no(), Value::Null)]);
}
