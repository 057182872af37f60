//! Many check-ins in one request.

use super::Team;
use serde_json::{Value, json};

fn statuses(answer: &Value) -> Vec<u64> {
    answer["items"].as_array().unwrap().iter().map(|item| item["status"].as_u64().unwrap()).collect()
}

#[actix_web::test]
async fn a_batch_answers_an_outcome_for_each_item_and_one_refusal_harms_no_other() {
    let team = Team::new().await;
    let (one, two) = (team.goal(json!({})).await, team.goal(json!({ "title": "Số hợp đồng" })).await);
    let draft = team.draft(json!({})).await;
    let items = json!({ "items": [
        { "goal_id": one, "value": "10" },
        { "goal_id": draft, "value": "10" },
        { "goal_id": one, "increment": "5", "note": "Thêm một đơn" },
        { "goal_id": two, "completed_steps": [] },
        { "goal_id": "01890000-0000-7000-8000-000000000000", "value": "1" },
        { "goal_id": one, "unchanged": true },
        { "goal_id": two, "value": "3", "effective_date": "2026-02-13" },
    ] });
    let answer = team.seller.with("Accept-Language", "vi").post("/check-ins/batch", &items).await.status(200);
    assert_eq!(statuses(&answer), [201, 409, 201, 422, 404, 201, 201]);
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items[2]["check_in"]["value"], "15", "several of one goal are taken in their order");
    assert_eq!(items[5]["check_in"]["value"], "15");
    assert_eq!(items[1]["problem"]["code"], "goal_not_active");
    assert!(items[1]["problem"]["detail"].as_str().unwrap().contains("Bản nháp"), "{}", items[1]);
    assert_eq!(items[3]["problem"]["errors"][0]["pointer"], "/completed_steps");
    assert_eq!(items[4]["index"], 4);
    assert_eq!((team.stands(&one).await.0, team.stands(&two).await.0), (json!("15"), json!("3")));
}

#[actix_web::test]
async fn an_atomic_batch_is_done_whole_or_not_at_all() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let batch = |second: Value| json!({ "atomic": true, "items": [{ "goal_id": goal, "value": "10" }, { "goal_id": goal, "increment": second }] });
    let refused = json!({ "atomic": true, "items": [
        { "goal_id": goal, "value": "10" }, { "goal_id": goal, "value": "1", "effective_date": "2027-01-01" },
    ] });
    let answer = team.seller.post("/check-ins/batch", &refused).await.status(200);
    assert_eq!(statuses(&answer), [409, 422]);
    assert_eq!(answer["items"][0]["problem"]["code"], "batch_undone");
    assert!(team.seller.all(&format!("/goals/{goal}/check-ins")).await.is_empty());
    let done = team.seller.post("/check-ins/batch", &batch(json!("1"))).await.status(200);
    assert_eq!(statuses(&done), [201, 201]);
    assert_eq!(team.stands(&goal).await.0, "11");
}

#[actix_web::test]
async fn a_batch_is_sent_twice_and_done_once() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let batch = json!({ "items": [{ "goal_id": goal, "increment": "1" }, { "goal_id": goal, "completed_steps": [] }] });
    let once = team.seller.with("Idempotency-Key", "import-7");
    let first = once.post("/check-ins/batch", &batch).await.status(200);
    let second = once.post("/check-ins/batch", &batch).await;
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(second.ok(), first);
    assert_eq!(team.stands(&goal).await.0, "1");
}

#[actix_web::test]
async fn a_batch_holds_from_one_to_500_items() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let batch = |count: usize| {
        let items: Vec<_> = (0..count).map(|_| json!({ "goal_id": goal, "increment": "0.01" })).collect();
        json!({ "items": items })
    };
    assert_eq!(team.seller.post("/check-ins/batch", &batch(0)).await.faults(), ["/items required"]);
    assert_eq!(team.seller.post("/check-ins/batch", &batch(501)).await.faults(), ["/items too_many"]);
    let answer = team.seller.post("/check-ins/batch", &batch(500)).await.status(200);
    assert!(statuses(&answer).iter().all(|status| *status == 201));
    assert_eq!(team.stands(&goal).await.0, "5");
    let misread = json!({ "items": [{ "goal_id": goal, "value": "1", "colour": "red" }] });
    assert_eq!(team.seller.post("/check-ins/batch", &misread).await.faults(), ["/items/0/colour unknown_field"]);
}
