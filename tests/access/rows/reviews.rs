//! Reviews: each step, and each kind of caller.

use super::{Row, row};
use crate::callers::Caller::{self, Delegate, DepartmentLead, GoalOwner, TeamLead};
use crate::policy::{Answer, Cell, Who, allowed};
use serde_json::{Value, json};

/// The line above the person, and who stands for it; HR.
const fn reviews(caller: Caller) -> bool {
    caller.is_admin() || matches!(caller, TeamLead | DepartmentLead | Delegate)
}

/// Done by those who may; forbidden to the others who see the review; for the rest it is not there.
fn if_seen(cell: &Cell<'_>, may: bool) -> Answer {
    match (reviews(cell.caller) || cell.caller == GoalOwner, may) {
        (false, _) => Answer::Hidden,
        (true, may) => allowed(may),
    }
}

const SEES: Who = Who::Rule(|cell| if_seen(cell, true));
const OWN: Who = Who::Rule(|cell| if_seen(cell, cell.caller == GoalOwner));
const REVIEWS: Who = Who::Rule(|cell| if_seen(cell, reviews(cell.caller)));
const HR: Who = Who::Rule(|cell| if_seen(cell, cell.caller.is_admin()));
/// The team's lead rated them.
const CALIBRATES: Who = Who::Rule(|cell| if_seen(cell, cell.caller.is_admin() || cell.caller == DepartmentLead));
const COMPARES: Who = Who::Rule(|cell| allowed(reviews(cell.caller)));

pub fn rows() -> Vec<Row> {
    [written(), decided(), together()].into_iter().flatten().collect()
}

/// A part that names the goal of the review.
fn part(goal: &str) -> Value {
    json!({ "goals": [{ "goal_id": goal, "comment": "Tốt" }] })
}

fn written() -> Vec<Row> {
    vec![
        row("put_self_review", "/reviews/{{review_new}}/self", OWN).body(part("{{goal_of_review_new}}")).at(1),
        row("put_self_review", "/reviews/{{review_drafted}}/self", OWN).body(json!({})).at(2),
        row("submit_self_review", "/reviews/{{review_drafted}}/self/submit", OWN).at(2),
        row("put_manager_review", "/reviews/{{review_submitted}}/manager", REVIEWS)
            .body(part("{{goal_of_review_submitted}}"))
            .at(3),
        row("put_manager_review", "/reviews/{{review_managed}}/manager", REVIEWS).body(json!({})).at(4),
        row("submit_manager_review", "/reviews/{{review_managed}}/manager/submit", REVIEWS).at(4),
    ]
}

fn decided() -> Vec<Row> {
    let why = json!({ "reason": "Theo quy định" });
    vec![
        row("return_review", "/reviews/{{review_submitted}}/return", REVIEWS).body(why.clone()).at(3),
        row("return_review", "/reviews/{{review_rated}}/return", REVIEWS).body(why.clone()).at(5),
        row("put_review_calibration", "/reviews/{{review_to_calibrate}}/calibration", CALIBRATES)
            .body(json!({ "rating": "4", "reason": "So với nhóm" }))
            .at(5),
        row("share_review", "/reviews/{{review_rated}}/share", REVIEWS).at(5),
        row("share_review", "/reviews/{{review_to_calibrate}}/share", HR).at(5),
        row("acknowledge_review", "/reviews/{{review_shared}}/acknowledge", OWN).body(json!({ "agree": true })).at(6),
        row("reopen_review", "/reviews/{{review_shared}}/reopen", HR).body(why).at(6),
    ]
}

fn together() -> Vec<Row> {
    let item =
        json!({ "review_id": "{{review_submitted}}", "version": 3, "part": part("{{goal_of_review_submitted}}") });
    let submitted = json!({ "review_id": "{{review_managed}}", "version": 4 });
    vec![
        row("put_review_batch", "/reviews/batch", REVIEWS).body(json!({ "items": [item] })).per_item(),
        row("submit_review_batch", "/reviews/batch/submit", REVIEWS).body(json!({ "items": [submitted] })).per_item(),
    ]
}

pub fn of_hr() -> Vec<Row> {
    let added = json!({ "person_id": "{{unrelated}}", "reason": "Chuyển phòng" });
    let chosen = json!({ "template_id": "{{review_template}}" });
    vec![
        row("create_review_template", "/review-templates", Who::Hr).everywhere().body(json!({ "name": "Mẫu" })),
        row("update_review_template", "/review-templates/{{review_template}}", Who::Hr).body(json!({ "name": "Khác" })),
        row("change_review_setup", "/cycles/{{quarter}}/review-setup", Who::Hr).body(chosen),
        row("add_review", "/cycles/{{review_cycle}}/reviews", Who::Hr).body(added),
        row("exclude_review", "/reviews/{{review_rated}}/exclude", HR).body(json!({ "reason": "Nghỉ dài" })).at(5),
    ]
}

pub fn reads() -> Vec<Row> {
    vec![
        row("list_review_templates", "/review-templates", Who::Hr).everywhere(),
        row("get_review_template", "/review-templates/{{review_template}}", Who::Hr),
        row("get_review_setup", "/cycles/{{quarter}}/review-setup", Who::SignedIn),
        row("list_cycle_reviews", "/cycles/{{review_cycle}}/reviews", Who::SignedIn),
        row("list_cycle_reviews", "/cycles/{{review_cycle}}/reviews?unit_id={{north}}&person_id={{an}}", Who::SignedIn),
        row("get_my_reviews", "/me/reviews?role=manager", Who::SignedIn).everywhere(),
        row("get_my_reviews", "/me/reviews?role=self&cycle_id={{review_cycle}}", Who::SignedIn),
        row("get_review", "/reviews/{{review_new}}", SEES),
        row("get_review", "/reviews/{{review_shared}}", SEES),
        row("get_calibration", "/cycles/{{review_cycle}}/calibration?unit_id={{sales}}", COMPARES),
    ]
}
