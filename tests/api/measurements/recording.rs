//! A single measurement, and what it must be.

use super::{Sellers, metric};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_measurement_is_recorded_and_shown_whole() {
    let team = Sellers::new().await;
    let mut body = team.deal("deal-1", "1250000.5", "2026-02-10");
    body["dimensions"] = json!({ "region": "Hà Nội", "product": " GTX " });
    let reply = team.app.owner.with("Accept-Language", "vi").post("/measurements", &body).await;
    let location = reply.header("location").unwrap().to_owned();
    let made = reply.status(201);
    assert_eq!(made["metric"]["code"], "won_value");
    assert_eq!(made["person"]["name"], "Nguyễn An");
    assert_eq!(made["unit"]["id"], json!(team.north));
    assert_eq!((&made["date"], &made["value"]), (&json!("2026-02-10"), &json!("1250000.5")));
    assert_eq!(made["dimensions"], json!({ "product": "GTX", "region": "Hà Nội" }));
    assert_eq!((&made["source"], &made["external_id"]), (&json!("crm"), &json!("deal-1")));
    assert_eq!(made["entered_by"]["id"], json!(team.app.owner.person));
    assert_eq!((&made["version"], &made["removed_at"]), (&json!(1), &Value::Null));
    let shown = team.app.owner.with("Accept-Language", "vi").get(&location).await;
    assert_eq!(shown.header("etag"), Some("\"v1\""));
    assert_eq!(shown.ok(), made);
}

#[actix_web::test]
async fn people_and_units_are_named_by_whatever_the_source_knows() {
    let team = Sellers::new().await;
    let base = json!({ "metric": team.won, "date": "2026-02-10", "value": 5, "source": "crm" });
    for (field, value) in [
        ("person_id", json!(team.an.person)),
        ("employee_code", json!("nv-1")),
        ("email", json!("NGUYEN.AN@example.com")),
    ] {
        let mut body = base.clone();
        body[field] = value;
        assert_eq!(team.record(&body).await["person"]["id"], json!(team.an.person), "{field}");
    }
    for (field, value) in [("unit_id", json!(team.south)), ("unit_code", json!("MIEN-NAM"))] {
        let mut body = base.clone();
        (body["metric"], body[field]) = (json!("leads"), value);
        let made = team.record(&body).await;
        assert_eq!((&made["person"], &made["unit"]["id"]), (&Value::Null, &json!(team.south)), "{field}");
    }
    assert_eq!(team.count().await, 5, "without an external id each is a new one");
}

#[actix_web::test]
async fn the_same_external_id_replaces_and_keeps_what_was() {
    let team = Sellers::new().await;
    let first = team.record(&team.deal("deal-1", "100", "2026-02-10")).await;
    let again = team.app.owner.post("/measurements", &team.deal("deal-1", "100.0", "2026-02-10")).await.status(200);
    assert_eq!(again, first, "what says the same changes nothing");
    team.app.set_clock("2026-02-15T02:00:00Z");
    let replaced = team.app.owner.post("/measurements", &team.deal("deal-1", "120", "2026-02-11")).await.status(200);
    assert_eq!((&replaced["id"], &replaced["version"]), (&first["id"], &json!(2)));
    assert_eq!((&replaced["value"], &replaced["date"]), (&json!("120"), &json!("2026-02-11")));
    assert_eq!(replaced["entered_at"], first["entered_at"]);
    let other_metric = metric(&team.app.owner, "margin", json!({})).await;
    let mut other = team.deal("deal-1", "7", "2026-02-10");
    other["metric"] = json!(other_metric);
    team.app.owner.post("/measurements", &other).await.status(201);
    let mut other = team.deal("deal-1", "8", "2026-02-10");
    other["source"] = json!("erp");
    team.app.owner.post("/measurements", &other).await.status(201);
    assert_eq!(team.count().await, 3);
    let history = team.app.owner.get(&format!("/measurements/{}/history", first["id"].as_str().unwrap())).await.ok();
    assert_eq!((&history["items"][0]["value"], &history["items"][0]["superseded_at"]), (&json!("120"), &Value::Null));
    let before = &history["items"][1];
    assert_eq!((&before["value"], &before["date"]), (&json!("100"), &json!("2026-02-10")));
    assert_eq!((&before["version"], &before["removed"]), (&json!(1), &json!(false)));
    assert_eq!(before["superseded_by"]["id"], json!(team.app.owner.person));
    assert!(before["superseded_at"].as_str().unwrap().starts_with("2026-02-15T02:00:00"));
}

#[actix_web::test]
async fn every_fault_of_a_measurement_is_named_at_once() {
    let team = Sellers::new().await;
    let owner = &team.app.owner;
    let body = json!({
        "metric": "won_value", "person_id": team.an.person, "unit_code": "MIEN-BAC", "date": "2026-02-15", "value": "1",
        "source": " ", "external_id": "", "dimensions": { "product": "", "colour/shade": "red", "region": "x".repeat(101) },
    });
    assert_eq!(
        owner.post("/measurements", &body).await.faults(),
        [
            "/date in_the_future",
            "/dimensions/colour~1shade undeclared_dimension",
            "/dimensions/product blank",
            "/dimensions/region too_long",
            "/external_id blank",
            "/source blank",
            "/unit_code one_subject",
        ]
    );
    let body = json!({ "metric": "nothing", "date": "2026-02-01", "value": "1", "source": "x".repeat(51) });
    assert_eq!(
        owner.post("/measurements", &body).await.faults(),
        [" one_subject", "/metric no_such_reference", "/source too_long"]
    );
    let body = json!({ "person_id": 5, "date": "soon", "value": "1.23456", "person": "An", "dimensions": [] });
    assert_eq!(
        owner.post("/measurements", &body).await.faults(),
        [
            "/date wrong_type",
            "/dimensions wrong_type",
            "/metric required",
            "/person unknown_field",
            "/person_id wrong_type",
            "/source required",
            "/value wrong_type",
        ]
    );
    assert_eq!(team.count().await, 0);
}

#[actix_web::test]
async fn only_what_is_measured_is_taken_and_for_those_whom_it_is_measured_for() {
    let team = Sellers::new().await;
    let owner = &team.app.owner;
    let typed = json!({ "code": "mood", "name": { "en": "Mood" }, "unit": "number" });
    owner.post("/metrics", &typed).await.ok();
    let send = async |metric: &str, field: &str, subject: &str| {
        let mut body = json!({ "metric": metric, "date": "2026-02-10", "value": "1", "source": "crm" });
        body[field] = json!(subject);
        owner.post("/measurements", &body).await
    };
    assert_eq!(send("mood", "person_id", &team.an.person).await.faults(), ["/metric metric_not_measured"]);
    assert_eq!(send("won_value", "unit_id", &team.north).await.faults(), ["/unit_id measured_for_others"]);
    assert_eq!(send("leads", "employee_code", "NV-1").await.faults(), ["/employee_code measured_for_others"]);
    for (field, nobody) in [
        ("person_id", "01890000-0000-7000-8000-000000000000"),
        ("employee_code", "NV-9"),
        ("email", "nobody@example.com"),
        ("unit_id", "01890000-0000-7000-8000-000000000000"),
        ("unit_code", "nowhere"),
    ] {
        let faults = send("won_value", field, nobody).await.faults();
        assert_eq!(faults, [format!("/{field} no_such_reference")]);
    }
}

#[actix_web::test]
async fn people_are_measured_on_days_on_which_they_were_there() {
    let team = Sellers::new().await;
    let owner = &team.app.owner;
    let path = format!("/people/{}", team.an.person);
    owner.patch(&path, &json!({ "joined_on": "2026-01-10", "left_on": "2026-02-05" })).await.ok();
    let on = async |date: &str| owner.post("/measurements", &team.deal(date, "1", date)).await;
    assert_eq!(on("2026-01-09").await.faults(), ["/date before_joining"]);
    assert_eq!(on("2026-02-06").await.faults(), ["/date after_leaving"]);
    on("2026-01-10").await.status(201);
    on("2026-02-05").await.status(201);
    owner.patch(&path, &json!({ "left_on": null, "active": false })).await.ok();
    on("2026-02-14").await.status(201);
    team.app.set_clock("2026-02-16T02:00:00Z");
    assert_eq!(on("2026-02-15").await.faults(), ["/date after_leaving"], "they were deactivated the day before");
    assert_eq!(on("0000-12-31").await.faults(), ["/date before_joining", "/date out_of_range"]);
}

#[actix_web::test]
async fn whoever_manages_nobody_but_one_who_left_still_records_their_days() {
    let team = Sellers::new().await;
    let path = format!("/people/{}", team.an.person);
    team.binh.post("/measurements", &team.deal("last", "1", "2026-02-10")).await.problem(403, "forbidden");
    team.app.owner.patch(&path, &json!({ "manager_id": team.binh.person })).await.ok();
    team.app.owner.patch(&path, &json!({ "active": false })).await.ok();
    team.binh.post("/measurements", &team.deal("last", "1", "2026-02-10")).await.status(201);
}

#[actix_web::test]
async fn a_measurement_sent_twice_with_its_key_is_recorded_once() {
    let team = Sellers::new().await;
    let mut body = team.deal("", "5", "2026-02-10");
    body.as_object_mut().unwrap().remove("external_id");
    let once = team.app.owner.with("Idempotency-Key", "sync-1");
    let first = once.post("/measurements", &body).await.status(201);
    let again = once.post("/measurements", &body).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.status(201), first);
    assert_eq!(team.count().await, 1);
}
