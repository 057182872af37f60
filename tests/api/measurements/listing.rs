//! Lists of measurements: filters, order, pages.

use super::{Sellers, each, metric};
use serde_json::{Value, json};

/// Some measurements of An and Bình and of the northern team.
async fn furnished() -> Sellers {
    let team = Sellers::new().await;
    metric(&team.app.owner, "calls", json!({})).await;
    let deal = |name: &str, person: &str, date: &str, more: Value| {
        let mut deal = team.deal(name, "1", date);
        deal["person_id"] = json!(person);
        for (key, value) in more.as_object().unwrap() {
            deal[key] = value.clone();
        }
        deal
    };
    let (an, binh) = (team.an.person.as_str(), team.binh.person.as_str());
    team.batch(&[
        deal("a", an, "2026-02-03", json!({ "dimensions": { "product": "GTX" } })),
        deal("b", binh, "2026-02-01", json!({ "dimensions": { "product": "gtx", "region": "product" } })),
        deal("c", an, "2026-02-02", json!({ "metric": "calls", "source": "phone" })),
        deal("d", an, "2026-02-01", json!({ "dimensions": { "region": "GTX" } })),
        json!({
            "metric": "leads", "unit_id": team.north, "date": "2026-02-02", "value": "5", "source": "web",
            "external_id": "e",
        }),
    ])
    .await;
    team
}

async fn found(team: &Sellers, query: &str) -> Vec<String> {
    each(&team.app.owner.all(&format!("/measurements?{query}")).await, "external_id")
}

#[actix_web::test]
async fn measurements_are_found_by_what_they_say() {
    let team = furnished().await;
    let sorted = async |query: &str| {
        let mut names = found(&team, query).await;
        names.sort();
        names.join("")
    };
    let (an, won) = (team.an.person.clone(), team.won.clone());
    for (query, expected) in [
        ("", "abcde"),
        (&format!("metric_id={won}"), "abd"),
        (&format!("person_id={an}"), "acd"),
        (&format!("person_id={an}&metric_id={won}"), "ad"),
        (&format!("unit_id={}", team.north), "acde"),
        (&format!("unit_id={}", team.sales), "abcde"),
        (&format!("unit_id={}&unit_only=true", team.sales), ""),
        ("from=2026-02-02", "ace"),
        ("from=2026-02-02&to=2026-02-02", "ce"),
        ("source=phone", "c"),
        ("external_id=d&source=crm", "d"),
        ("dimension=product:GTX", "a"),
        ("dimension=product:gtx", "b"),
        ("dimension=region:GTX", "d"),
        ("dimension=region:GT", ""),
        ("metric_id=01890000-0000-7000-8000-000000000000", ""),
    ] {
        assert_eq!(sorted(query).await, expected, "{query}");
    }
    let all = team.app.owner.all("/measurements").await;
    let ids = format!("{},{}", all[0]["id"].as_str().unwrap(), all[4]["id"].as_str().unwrap());
    assert_eq!(sorted(&format!("ids={ids}")).await, "ae");
}

#[actix_web::test]
async fn pages_hold_every_measurement_once_in_order() {
    let team = furnished().await;
    assert_eq!(found(&team, "limit=2").await, ["e", "d", "c", "b", "a"]);
    assert_eq!(found(&team, "limit=2&sort=-newest").await, ["a", "b", "c", "d", "e"]);
    assert_eq!(found(&team, "limit=2&sort=date").await, ["b", "d", "c", "e", "a"]);
    assert_eq!(found(&team, "limit=2&sort=-date").await, ["a", "e", "c", "d", "b"]);
    let page = team.app.owner.get("/measurements?limit=2&include_total=true&source=crm").await.ok();
    assert_eq!((&page["total"], page["items"].as_array().unwrap().len()), (&json!(3), 2));
}

#[actix_web::test]
async fn what_a_list_can_t_be_asked_is_said() {
    let team = furnished().await;
    let owner = &team.app.owner;
    let faults = owner.get("/measurements?from=2026-02-02&to=2026-02-01&dimension=product").await.faults();
    assert_eq!(faults, ["?dimension bad_dimension_filter", "?to dates_reversed"]);
    owner.get("/measurements?sort=value").await.problem(400, "not_sortable");
    owner.get("/measurements?colour=red").await.problem(400, "malformed_query");
    owner.get("/measurements/x").await.problem(400, "malformed_id");
}
