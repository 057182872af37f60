//! Making a check-in.

use super::{Team, check_in_of, path};
use serde_json::{Value, json};

const STEPS: [&str; 3] = ["brief", "build", "launch"];

fn steps() -> Value {
    STEPS.iter().map(|id| json!({ "id": id, "title": id })).collect()
}

#[actix_web::test]
async fn a_check_in_answers_the_goal_and_every_visible_goal_above_with_its_figures() {
    let team = Team::new().await;
    let objective = json!({
        "cycle_id": team.quarter, "kind": "objective", "title": "Chiếm lĩnh thị trường", "scope": "company",
        "owner_id": team.app.owner.person, "visibility": "public",
    });
    let company = team.app.owner.post("/goals", &objective).await.id();
    team.app.owner.post(&format!("/goals/{company}/transition"), &json!({ "to": "active" })).await.ok();
    let secret = json!({ "kind": "objective", "source": "children", "visibility": "restricted", "scope": "company",
        "owner_id": team.app.owner.person, "contributors": [], "parent_id": company });
    let hidden = team.draft(secret).await;
    team.app.owner.post(&format!("/goals/{hidden}/transition"), &json!({ "to": "active" })).await.ok();
    let goal = team.goal(json!({ "parent_id": hidden })).await;
    let answer = team.says(&goal, json!({ "value": "40" })).await;
    assert_eq!(answer["goal"]["id"], goal.as_str());
    assert_eq!((&answer["goal"]["value"], &answer["goal"]["progress"]), (&json!("40"), &json!(0.4)));
    let above = answer["ancestors"].as_array().unwrap();
    assert_eq!(above.len(), 1, "the hidden one is absent: {answer}");
    assert_eq!((&above[0]["id"], &above[0]["progress"]), (&json!(company), &json!(0.4)));
    let by_owner = team.app.owner.check_in(&goal, &json!({ "value": "50" })).await.ok();
    assert_eq!(by_owner["ancestors"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_check_in_keeps_all_that_was_said() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let said = json!({
        "value": "12.5", "effective_date": "2026-02-10", "confidence": "medium", "note": " Gặp 3 khách hàng ",
        "blockers": "Thiếu báo giá", "next_steps": "Gửi hợp đồng",
        "evidence": [{ "title": "CRM", "url": "https://crm.example.com/Giao dịch".replace(' ', "%20") }],
    });
    let reply = team.seller.check_in(&goal, &said).await;
    let location = reply.header("location").unwrap().to_owned();
    let answer = reply.status(201);
    let made = &answer["check_in"];
    assert_eq!(location, format!("/api/v1/check-ins/{}", made["id"].as_str().unwrap()));
    for field in ["value", "effective_date", "confidence", "blockers", "next_steps", "evidence"] {
        assert_eq!(made[field], said[field], "{field}");
    }
    assert_eq!(made["note"], "Gặp 3 khách hàng");
    assert_eq!(made["author"]["name"], "Phạm Thị Bán");
    assert_eq!((&made["on_behalf"], &made["kind"], &made["change"]), (&json!(false), &json!("value"), &Value::Null));
    assert_eq!(answer["goal"]["confidence"], "medium");
    let read = team.stranger.get(&path(&check_in_of(&answer))).await;
    assert_eq!(read.header("etag"), Some("\"v1\""));
    assert_eq!(read.ok(), *made);
}

#[actix_web::test]
async fn exactly_one_thing_is_stated() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    for body in [json!({}), json!({ "value": "1", "increment": "1" }), json!({ "unchanged": false })] {
        assert_eq!(team.seller.check_in(&goal, &body).await.faults(), [" one_statement"], "{body}");
    }
    let faults = team.seller.check_in(&goal, &json!({ "value": "1.23456", "worth": 3 })).await.faults();
    assert_eq!(faults, ["/value wrong_type", "/worth unknown_field"]);
}

#[actix_web::test]
async fn increments_run_from_the_value_before_and_from_the_start_at_first() {
    let team = Team::new().await;
    let goal = team.goal(json!({ "direction": "decrease", "start": "50", "target": "0" })).await;
    let first = team.says(&goal, json!({ "increment": "-5" })).await;
    assert_eq!(first["check_in"]["value"], "45");
    assert_eq!(first["check_in"]["increment"], "-5");
    let second = team.says(&goal, json!({ "increment": -10 })).await;
    assert_eq!((&second["check_in"]["value"], &second["check_in"]["change"]), (&json!("35"), &json!("-10")));
    assert_eq!(team.stands(&goal).await, (json!("35"), json!(0.3)));
    let earlier = team.says(&goal, json!({ "value": "30", "effective_date": "2026-02-01" })).await;
    assert_eq!(earlier["goal"]["value"], "15", "what follows an earlier one runs from it");
}

#[actix_web::test]
async fn nothing_is_unchanged_before_anything_was_said() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let unchanged = json!({ "unchanged": true });
    assert_eq!(team.seller.check_in(&goal, &unchanged).await.faults(), ["/unchanged nothing_before"]);
    team.says(&goal, json!({ "value": "7" })).await;
    let before_it = json!({ "unchanged": true, "effective_date": "2026-02-13" });
    assert_eq!(team.seller.check_in(&goal, &before_it).await.faults(), ["/unchanged nothing_before"]);
    let answer = team.says(&goal, unchanged).await;
    assert_eq!((&answer["check_in"]["value"], &answer["check_in"]["change"]), (&json!("7"), &json!("0")));
}

#[actix_web::test]
async fn a_milestone_is_checked_in_by_all_steps_that_are_complete() {
    let team = Team::new().await;
    let goal = team.goal(json!({ "direction": "milestone", "steps": steps() })).await;
    let answer = team.says(&goal, json!({ "completed_steps": ["brief", "build"] })).await;
    assert_eq!(answer["check_in"]["completed_steps"], json!(["brief", "build"]));
    assert_eq!((&answer["check_in"]["value"], &answer["goal"]["progress"]), (&Value::Null, &json!(0.6667)));
    let same = team.says(&goal, json!({ "unchanged": true })).await;
    assert_eq!(same["check_in"]["completed_steps"], json!(["brief", "build"]));
    let none = team.says(&goal, json!({ "completed_steps": [] })).await;
    assert_eq!(none["goal"]["progress"], 0.0);
    let wrong = json!({ "completed_steps": ["brief", "party", "brief"] });
    let faults = team.seller.check_in(&goal, &wrong).await.faults();
    assert_eq!(faults, ["/completed_steps/1 unknown_step", "/completed_steps/2 duplicate"]);
    assert_eq!(team.seller.check_in(&goal, &json!({ "value": "1" })).await.faults(), ["/value checked_in_by_steps"]);
    let measured = team.goal(json!({})).await;
    let faults = team.seller.check_in(&measured, &json!({ "completed_steps": [] })).await.faults();
    assert_eq!(faults, ["/completed_steps checked_in_by_value"]);
}

#[actix_web::test]
async fn every_direction_that_has_a_value_takes_a_value() {
    let team = Team::new().await;
    for measure in [
        json!({ "direction": "at_least", "target": "99", "floor": "90" }),
        json!({ "direction": "at_most", "target": "3" }),
        json!({ "direction": "between", "lo": "1", "hi": "9" }),
    ] {
        let goal = team.goal(measure).await;
        let answer = team.says(&goal, json!({ "value": "3" })).await;
        assert_eq!(answer["goal"]["value"], "3");
    }
}

#[actix_web::test]
async fn a_day_is_one_of_the_window_that_has_come() {
    let team = Team::new().await;
    let goal = team.goal(json!({ "window": { "first": "2026-02-01", "last": "2026-02-28" } })).await;
    let on = |day: &str| json!({ "value": "1", "effective_date": day });
    assert_eq!(team.seller.check_in(&goal, &on("2026-02-15")).await.faults(), ["/effective_date in_the_future"]);
    assert_eq!(team.seller.check_in(&goal, &on("2026-01-31")).await.faults(), ["/effective_date outside_window"]);
    let far = team.seller.check_in(&goal, &on("2026-03-15")).await.faults();
    assert_eq!(far, ["/effective_date in_the_future", "/effective_date outside_window"]);
    // Half past midnight of the fifteenth where the company is, still the fourteenth in UTC.
    team.app.set_clock("2026-02-14T17:30:00Z");
    let answer = team.says(&goal, json!({ "value": "1" })).await;
    assert_eq!(answer["check_in"]["effective_date"], "2026-02-15");
}

#[actix_web::test]
async fn all_faults_of_a_check_in_are_told_at_once() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let body = json!({
        "completed_steps": ["x"], "effective_date": "2027-01-01", "note": "x".repeat(5_001),
        "evidence": [{ "url": "javascript:alert(1)" }, { "url": "https://" }, { "url": "HTTP://ok.example" }],
    });
    let faults = team.seller.check_in(&goal, &body).await.faults();
    assert_eq!(
        faults,
        [
            "/completed_steps checked_in_by_value",
            "/effective_date in_the_future",
            "/effective_date outside_window",
            "/evidence/0/url bad_url",
            "/evidence/1/url bad_url",
            "/note too_long",
        ]
    );
}

#[actix_web::test]
async fn owner_and_contributors_check_in_and_the_lead_line_and_hr_on_their_behalf() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    for (who, on_behalf) in [(&team.seller, false), (&team.helper, false), (&team.lead, true), (&team.app.owner, true)]
    {
        let answer = who.check_in(&goal, &json!({ "value": "1" })).await.status(201);
        assert_eq!(answer["check_in"]["author"]["id"], who.person.as_str());
        assert_eq!(answer["check_in"]["on_behalf"], on_behalf);
    }
    team.stranger.check_in(&goal, &json!({ "value": "1" })).await.problem(403, "forbidden");
    team.app.anonymous().check_in(&goal, &json!({ "value": "1" })).await.problem(401, "sign_in_required");
    let restricted = team.goal(json!({ "visibility": "restricted" })).await;
    team.stranger.check_in(&restricted, &json!({ "value": "1" })).await.problem(404, "not_found");
    let made = check_in_of(&team.says(&restricted, json!({ "value": "1" })).await);
    team.stranger.get(&path(&made)).await.problem(404, "not_found");
    team.stranger.get(&format!("/goals/{restricted}/check-ins")).await.problem(404, "not_found");
    let nowhere = "01890000-0000-7000-8000-000000000000";
    team.seller.check_in(nowhere, &json!({ "value": "1" })).await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_an_active_goal_is_checked_in() {
    let team = Team::new().await;
    let draft = team.draft(json!({})).await;
    let problem = team.seller.check_in(&draft, &json!({ "value": "1" })).await.problem(409, "goal_not_active");
    assert!(problem["detail"].as_str().unwrap().contains("Draft"), "{problem}");
    let goal = team.goal(json!({})).await;
    for (to, back) in [("on_hold", "active"), ("completed", "active"), ("cancelled", "")] {
        let go = |to: &str| json!({ "to": to, "reason": "Vì kế hoạch" });
        let address = format!("/goals/{goal}/transition");
        team.lead.post(&address, &go(to)).await.ok();
        team.seller.check_in(&goal, &json!({ "value": "1" })).await.problem(409, "goal_not_active");
        if !back.is_empty() {
            team.lead.post(&address, &go(back)).await.ok();
            team.says(&goal, json!({ "value": "1" })).await;
        }
    }
}

#[actix_web::test]
async fn a_goal_that_takes_its_figure_from_elsewhere_says_where() {
    let team = Team::new().await;
    let goal = team.goal(json!({ "kind": "objective", "source": "children" })).await;
    let vietnamese = team.seller.with("Accept-Language", "vi");
    let problem = vietnamese.check_in(&goal, &json!({ "value": "1" })).await.problem(409, "not_checked_in");
    assert!(problem["detail"].as_str().unwrap().contains("Tiến độ các mục tiêu liên kết"), "{problem}");
}

#[actix_web::test]
async fn the_phase_of_the_cycle_decides_when_check_ins_are_taken() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let phase = |to: &str| json!({ "to": to, "reason": "Kết thúc quý" });
    let address = format!("/cycles/{}/phase", team.quarter);
    team.app.set_clock("2026-04-03T02:00:00Z");
    team.app.owner.post(&address, &phase("review")).await.ok();
    assert_eq!(
        team.seller.check_in(&goal, &json!({ "value": "90" })).await.faults(),
        ["/effective_date outside_window"]
    );
    let late = team.says(&goal, json!({ "value": "90", "effective_date": "2026-03-31" })).await;
    assert_eq!(late["goal"]["progress"], 0.9);
    team.app.owner.post(&address, &phase("closed")).await.ok();
    let body = json!({ "value": "95", "effective_date": "2026-03-31" });
    team.seller.check_in(&goal, &body).await.problem(409, "phase_takes_no_check_ins");
    team.seller
        .patch(&path(&check_in_of(&late)), &json!({ "value": "1" }))
        .await
        .problem(409, "phase_takes_no_check_ins");
    assert_eq!(team.stands(&goal).await.0, "90");
}

#[actix_web::test]
async fn no_increment_leads_beyond_what_a_value_can_be() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    team.says(&goal, json!({ "value": "900000000000000" })).await;
    let more = json!({ "increment": "0.0001" });
    assert_eq!(team.seller.check_in(&goal, &more).await.faults(), ["/increment beyond_bounds"]);
    team.says(&goal, json!({ "increment": "-1" })).await;
    team.says(&goal, json!({ "increment": "1" })).await;
    assert_eq!(team.stands(&goal).await.0, "900000000000000");
}

#[actix_web::test]
async fn the_same_request_with_the_same_key_is_one_check_in() {
    let team = Team::new().await;
    let goal = team.goal(json!({})).await;
    let once = team.seller.with("Idempotency-Key", "first-tap");
    let first = once.check_in(&goal, &json!({ "increment": "5" })).await.status(201);
    let again = once.check_in(&goal, &json!({ "increment": "5" })).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(check_in_of(&again.status(201)), check_in_of(&first));
    assert_eq!(team.stands(&goal).await.0, "5");
    once.check_in(&goal, &json!({ "increment": "6" })).await.problem(422, "idempotency_key_reused");
    // A key is its owner's: the same text from someone else is another key.
    team.helper.with("Idempotency-Key", "first-tap").check_in(&goal, &json!({ "increment": "5" })).await.status(201);
    assert_eq!(team.stands(&goal).await.0, "10");
    // A refusal is not kept: what was mended may be sent again.
    let mended = team.seller.with("Idempotency-Key", "second-tap");
    mended.check_in(&goal, &json!({ "completed_steps": [] })).await.problem(422, "invalid_fields");
    mended.check_in(&goal, &json!({ "increment": "1" })).await.status(201);
}
