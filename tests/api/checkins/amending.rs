//! Correcting, voiding and reading check-ins.

use super::{Team, check_in_of, path};
use serde_json::{Value, json};

fn values(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["value"].as_str().unwrap_or("-").to_owned()).collect()
}

#[actix_web::test]
async fn a_voided_check_in_stays_and_counts_for_nothing() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    team.says(&goal, json!({ "value": "10", "effective_date": "2026-02-01" })).await;
    let wrong = check_in_of(&team.says(&goal, json!({ "value": "99", "effective_date": "2026-02-02" })).await);
    team.says(&goal, json!({ "increment": "1", "effective_date": "2026-02-03" })).await;
    assert_eq!(team.stands(&goal).await.0, "100");
    team.seller.delete(&format!("{}?reason=Nhầm%20dòng", path(&wrong))).await.status(204);
    assert_eq!(team.stands(&goal).await, (json!("11"), json!(0.11)));
    let list = format!("/goals/{goal}/check-ins");
    assert_eq!(values(&team.stranger.all(&list).await), ["11", "10"]);
    let with_voided = format!("{list}?include_voided=true");
    let all = team.seller.all(&with_voided).await;
    assert_eq!(values(&all), ["11", "99", "10"]);
    assert_eq!((&all[1]["void_reason"], &all[1]["voided_by"]["id"]), (&json!("Nhầm dòng"), &json!(team.seller.person)));
    assert_eq!((&all[0]["change"], &all[1]["change"]), (&json!("1"), &Value::Null));
    team.stranger.get(&with_voided).await.problem(403, "forbidden");
    team.stranger.get(&path(&wrong)).await.problem(404, "not_found");
    team.stranger.patch(&path(&wrong), &json!({ "value": "1" })).await.problem(404, "not_found");
    assert!(!team.helper.get(&path(&wrong)).await.ok()["voided_at"].is_null());
    team.seller.delete(&path(&wrong)).await.problem(409, "check_in_voided");
    team.seller.patch(&path(&wrong), &json!({ "value": "1" })).await.problem(409, "check_in_voided");
}

#[actix_web::test]
async fn ones_own_check_in_is_amended_and_the_lead_line_amends_any() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let by_helper = team.helper.check_in(&goal, &json!({ "value": "1" })).await.status(201);
    let id = check_in_of(&by_helper);
    for who in [&team.seller, &team.stranger] {
        who.patch(&path(&id), &json!({ "value": "2" })).await.problem(403, "forbidden");
        who.delete(&path(&id)).await.problem(403, "forbidden");
    }
    team.helper.patch(&path(&id), &json!({ "value": "2" })).await.ok();
    let by_lead = team.lead.patch(&path(&id), &json!({ "value": "3" })).await.ok();
    assert_eq!(by_lead["check_in"]["author"]["id"], team.helper.person.as_str());
    assert_eq!(by_lead["goal"]["value"], "3");
    let without = json!({ "contributors": [] });
    team.app.owner.patch(&format!("/goals/{goal}"), &without).await.ok();
    team.helper.delete(&path(&id)).await.problem(403, "forbidden");
    team.lead.delete(&path(&id)).await.status(204);
    assert_eq!(team.stands(&goal).await.0, "0");
}

#[actix_web::test]
async fn a_correction_keeps_its_time_of_entry_and_moves_what_follows() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let first = team.says(&goal, json!({ "value": "10", "note": "Đầu tiên", "confidence": "low" })).await;
    let id = check_in_of(&first);
    team.app.set_clock("2026-02-14T03:00:00Z");
    team.says(&goal, json!({ "increment": "5" })).await;
    team.app.set_clock("2026-02-14T04:00:00Z");
    let patch = json!({ "value": "20", "confidence": null });
    let corrected = team.seller.with("If-Match", "\"v1\"").patch(&path(&id), &patch).await;
    assert_eq!(corrected.header("etag"), Some("\"v2\""));
    let corrected = corrected.ok();
    let check_in = &corrected["check_in"];
    assert_eq!(check_in["entered_at"], first["check_in"]["entered_at"]);
    assert_eq!(check_in["corrected_at"], "2026-02-14T04:00:00Z");
    assert_eq!((&check_in["note"], &check_in["confidence"]), (&json!("Đầu tiên"), &Value::Null));
    assert_eq!(corrected["goal"]["value"], "25", "the later one of the same day still comes after it");
    let stale = team.seller.with("If-Match", "\"v1\"").patch(&path(&id), &json!({ "value": "0" })).await;
    assert_eq!(stale.problem(412, "stale_version")["current_version"], 2);
    team.seller.with("If-Match", "\"v1\"").delete(&path(&id)).await.problem(412, "stale_version");
    let moved = team.seller.patch(&path(&id), &json!({ "effective_date": "2026-01-05" })).await.ok();
    assert_eq!((&moved["check_in"]["version"], &moved["goal"]["value"]), (&json!(3), &json!("25")));
    let same = team.seller.patch(&path(&id), &json!({})).await.ok();
    assert_eq!(same["check_in"]["version"], 3, "nothing changed");
}

#[actix_web::test]
async fn a_correction_is_held_to_the_rules_of_a_check_in() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let id = check_in_of(&team.says(&goal, json!({ "value": "10" })).await);
    let patched = async |body: Value| team.seller.patch(&path(&id), &body).await.faults();
    assert_eq!(patched(json!({ "effective_date": "2026-02-15" })).await, ["/effective_date in_the_future"]);
    assert_eq!(patched(json!({ "unchanged": true })).await, ["/unchanged nothing_before"]);
    assert_eq!(patched(json!({ "value": "1", "increment": "1" })).await, [" one_statement"]);
    assert_eq!(patched(json!({ "completed_steps": [] })).await, ["/completed_steps checked_in_by_value"]);
    assert_eq!(patched(json!({ "value": null })).await, ["/value not_nullable"]);
    assert_eq!(patched(json!({ "author_id": team.lead.person })).await, ["/author_id unknown_field"]);
    let now_an_increment = team.seller.patch(&path(&id), &json!({ "increment": "4" })).await.ok();
    assert_eq!(
        (&now_an_increment["check_in"]["kind"], &now_an_increment["goal"]["value"]),
        (&json!("increment"), &json!("4"))
    );
}

#[actix_web::test]
async fn no_amendment_pushes_a_later_increment_beyond_the_bounds() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    team.says(&goal, json!({ "value": "900000000000000", "effective_date": "2026-02-01" })).await;
    let low = check_in_of(&team.says(&goal, json!({ "value": "1", "effective_date": "2026-02-02" })).await);
    team.says(&goal, json!({ "increment": "1", "effective_date": "2026-02-04" })).await;
    team.seller.delete(&path(&low)).await.problem(422, "beyond_bounds");
    let high = json!({ "value": "900000000000000" });
    assert_eq!(team.seller.patch(&path(&low), &high).await.faults(), ["/value beyond_bounds"]);
    let backdated = json!({ "value": "900000000000000", "effective_date": "2026-02-03" });
    assert_eq!(team.seller.check_in(&goal, &backdated).await.faults(), ["/value beyond_bounds"]);
    assert_eq!(team.stands(&goal).await.0, "2");
}

#[actix_web::test]
async fn check_ins_are_listed_newest_first_page_by_page() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    for (day, value) in [(3, "30"), (1, "10"), (2, "20"), (3, "31")] {
        let body = json!({ "value": value, "effective_date": format!("2026-02-0{day}") });
        team.says(&goal, body).await;
    }
    let list = format!("/goals/{goal}/check-ins");
    assert_eq!(values(&team.stranger.all(&format!("{list}?limit=3")).await), ["31", "30", "20", "10"]);
    assert_eq!(values(&team.stranger.all(&format!("{list}?sort=-newest&limit=1")).await), ["10", "20", "30", "31"]);
    let counted = team.stranger.get(&format!("{list}?include_total=true&limit=1")).await.ok();
    assert_eq!((&counted["total"], &counted["items"][0]["change"]), (&json!(4), &json!("1")));
    team.stranger.get(&format!("{list}?colour=red")).await.problem(400, "malformed_query");
    team.stranger.get(&format!("{list}?sort=value")).await.problem(400, "not_sortable");
}
