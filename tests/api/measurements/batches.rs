//! Many measurements in one request.

use super::{Sellers, outcomes};
use crate::support::sales::at_once;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_batch_answers_an_outcome_for_each_item_and_one_refusal_harms_no_other() {
    let team = Sellers::new().await;
    team.record(&team.deal("old", "1", "2026-02-01")).await;
    team.record(&team.deal("same", "1", "2026-02-01")).await;
    let mut stranger = team.deal("x", "1", "2026-02-01");
    stranger["person_id"] = json!("01890000-0000-7000-8000-000000000000");
    let answer = team
        .batch(&[
            team.deal("new", "1", "2026-02-01"),
            stranger,
            team.deal("old", "2", "2026-02-01"),
            team.deal("same", "1", "2026-02-01"),
            team.deal("new", "3", "2026-02-01"),
            json!({ "metric": "leads", "unit_id": team.north, "date": "2026-02-01", "value": "9", "source": "crm" }),
        ])
        .await;
    assert_eq!(outcomes(&answer), ["created", "invalid_fields", "replaced", "unchanged", "invalid_fields", "created"]);
    let counts = ["created", "replaced", "unchanged", "refused"].map(|name| answer[name].as_u64().unwrap());
    assert_eq!(counts, [2, 1, 1, 2]);
    assert_eq!(answer["items"][1]["problem"]["errors"][0]["pointer"], "/person_id");
    assert_eq!(answer["items"][4]["problem"]["errors"][0]["code"], "duplicate");
    assert_eq!(answer["items"][4]["problem"]["errors"][0]["pointer"], "/external_id");
    assert_eq!((&answer["items"][2]["status"], &answer["items"][2]["version"]), (&json!(200), &json!(2)));
    assert_eq!(team.count().await, 4);
}

#[actix_web::test]
async fn an_item_that_can_t_be_read_spoils_no_other() {
    let team = Sellers::new().await;
    let good = team.deal("good", "1", "2026-02-01");
    let body = json!({ "items": [good, { "metric": "won_value", "value": "n/a", "colour": 1 }, "nothing", null] });
    // The document forbids such items, and a sync may send them all the same: past the client that is held to it.
    let reply = reqwest::Client::new()
        .post(format!("{}/api/v1/measurements", team.app.url))
        .bearer_auth(team.app.owner.token())
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), 200);
    let answer: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(outcomes(&answer), ["created", "invalid_fields", "invalid_fields", "invalid_fields"]);
    let mut faults: Vec<_> = answer["items"][1]["problem"]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| format!("{} {}", fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap()))
        .collect();
    faults.sort();
    assert_eq!(faults, ["/colour unknown_field", "/date required", "/source required", "/value wrong_type"]);
    assert_eq!(team.count().await, 1);
}

#[actix_web::test]
async fn an_atomic_batch_is_taken_whole_or_not_at_all() {
    let team = Sellers::new().await;
    let send = async |items: [Value; 2]| {
        team.app.owner.post("/measurements", &json!({ "items": items, "atomic": true })).await.status(200)
    };
    let refused = send([team.deal("a", "1", "2026-02-01"), team.deal("b", "1", "2026-03-01")]).await;
    assert_eq!(outcomes(&refused), ["batch_undone", "invalid_fields"]);
    assert_eq!(team.count().await, 0);
    let taken = send([team.deal("a", "1", "2026-02-01"), team.deal("b", "1", "2026-02-02")]).await;
    assert_eq!(outcomes(&taken), ["created", "created"]);
    let mut theirs = team.deal("theirs", "1", "2026-02-01");
    theirs["person_id"] = json!(team.binh.person);
    team.record(&theirs).await;
    let body = json!({
        "items": [team.deal("c", "1", "2026-02-01"), team.deal("theirs", "2", "2026-02-01")], "atomic": true,
    });
    let answer = team.lead.post("/measurements", &body).await.status(200);
    assert_eq!(outcomes(&answer), ["batch_undone", "batch_undone"], "which of them is others' is not told");
    assert_eq!(team.count().await, 3);
}

#[actix_web::test]
async fn a_batch_is_bounded() {
    let team = Sellers::new().await;
    let owner = &team.app.owner;
    let none: [Value; 0] = [];
    assert_eq!(owner.post("/measurements", &json!({ "items": none })).await.faults(), ["/items required"]);
    let item = json!({});
    let many = json!({ "items": vec![item; 10_001] });
    assert_eq!(owner.post("/measurements", &many).await.faults(), ["/items too_many"]);
    let wide = json!({ "items": ["x".repeat(8_388_608)] });
    owner.post("/measurements", &wide).await.problem(413, "body_too_large");
    let other = json!({ "metric": "x".repeat(2_097_152) });
    owner.post("/metrics", &other).await.problem(413, "body_too_large");
}

#[actix_web::test]
async fn ten_thousand_come_in_at_once_and_a_second_time_change_nothing() {
    let team = Sellers::new().await;
    let deal = |index: usize| {
        let mut deal =
            team.deal(&format!("deal-{index}"), &index.to_string(), &format!("2026-01-{:02}", index % 31 + 1));
        deal["dimensions"] = json!({ "product": format!("P{}", index % 7) });
        if index % 2 == 1 {
            deal["person_id"] = json!(team.binh.person);
        }
        deal
    };
    let mut deals: Vec<_> = (0..10_000).map(deal).collect();
    let first = team.batch(&deals).await;
    assert_eq!((&first["created"], &first["refused"]), (&json!(10_000), &json!(0)));
    let again = team.batch(&deals).await;
    assert_eq!((&again["unchanged"], &again["created"]), (&json!(10_000), &json!(0)));
    let ids =
        |answer: &Value| answer["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&again), ids(&first));
    assert_eq!(team.count().await, 10_000);
    for deal in &mut deals {
        deal["value"] = json!("1");
    }
    let replaced = team.batch(&deals).await;
    assert_eq!((&replaced["replaced"], &replaced["unchanged"]), (&json!(9_999), &json!(1)));
    assert_eq!(ids(&replaced), ids(&first));
    assert_eq!(team.count().await, 10_000);
    let seen = team.app.owner.get("/measurements?dimension=product:P3&include_total=true&limit=1").await.ok();
    assert_eq!((&seen["total"], &seen["items"][0]["value"]), (&json!(1_429), &json!("1")));
    let log = team.app.owner.get("/audit-log?kind=measurements&limit=10").await.ok();
    let told: Vec<_> = log["items"].as_array().unwrap().iter().map(|entry| entry["after"].clone()).collect();
    assert_eq!(told.len(), 2, "one for each batch that changed something, not one for each row");
    assert_eq!((&told[0]["replaced"], &told[1]["created"]), (&json!(9_999), &json!(10_000)));
    assert_eq!((&told[1]["metrics"], &told[1]["days"]), (&json!(["won_value"]), &json!(31)));
}

#[actix_web::test]
async fn batches_that_meet_never_double_what_a_source_calls_alike() {
    let team = Sellers::new().await;
    let (url, other) = team.app.second();
    let batch = |value: usize| {
        let deal = |index: usize| team.deal(&format!("deal-{index}"), &value.to_string(), "2026-02-01");
        json!({ "items": (0..50).map(deal).collect::<Vec<_>>() })
    };
    let batches: Vec<_> = (0..8).map(|index| (team.app.owner.clone(), url.clone(), batch(index))).collect();
    let answers = at_once(batches.into_iter().enumerate().map(|(index, (owner, url, batch))| async move {
        let owner = if index % 2 == 0 { owner } else { owner.at(&url) };
        owner.post("/measurements", &batch).await.status(200)
    }))
    .await;
    drop(other);
    let created: u64 = answers.iter().map(|answer| answer["created"].as_u64().unwrap()).sum();
    let replaced: u64 = answers.iter().map(|answer| answer["replaced"].as_u64().unwrap()).sum();
    assert_eq!((created, replaced), (50, 350));
    assert_eq!(team.count().await, 50);
    let all = team.app.owner.all("/measurements").await;
    let values: std::collections::BTreeSet<_> = all.iter().map(|one| one["value"].to_string()).collect();
    assert_eq!(values.len(), 1, "the batches came one after another: {values:?}");
    assert!(all.iter().all(|one| one["version"] == 8));
}

#[actix_web::test]
async fn a_token_made_for_it_records_as_whoever_made_it() {
    let team = Sellers::new().await;
    let token = async |scopes: Value| {
        let made = team.lead.post("/api-tokens", &json!({ "name": "CRM", "scopes": scopes })).await.ok();
        team.lead.with_token(made["token"].as_str().unwrap())
    };
    let crm = token(json!(["measurements:write"])).await;
    let mut theirs = team.deal("b", "1", "2026-02-01");
    theirs["person_id"] = json!(team.binh.person);
    let body = json!({ "items": [team.deal("a", "1", "2026-02-01"), theirs] });
    let answer = crm.post("/measurements", &body).await.status(200);
    assert_eq!(outcomes(&answer), ["created", "forbidden"]);
    let reader = token(json!(["read", "goals:write"])).await;
    reader.post("/measurements", &body).await.problem(403, "insufficient_scope");
    crm.get("/measurements").await.problem(403, "insufficient_scope");
}
