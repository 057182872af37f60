//! Goals, links, change requests and check-ins.

use super::{Row, row};
use crate::callers::Caller;
use crate::policy::{Answer, Cell, Who, allowed};
use goaltree::domain::access::Action;
use goaltree::domain::words::Scope;
use serde_json::{Value, json};

const SEES: Who = Who::Goal(Action::See);
const EDITS: Who = Who::Goal(Action::Edit);
const APPROVES: Who = Who::Goal(Action::Approve);

/// The goal owner themself, among those who see the goal; whoever asked takes a request back.
const ASKED: Who = Who::Rule(|cell| cell.if_seen(cell.caller == Caller::GoalOwner));

/// The author, who is the goal's owner, and those who check in on their behalf: not a contributor.
const AMENDS: Who = Who::Rule(|cell| cell.if_seen(cell.allows(Action::CheckIn) && cell.caller != Caller::Contributor));

/// Whoever may edit a goal of another department, and sees the one that it is to serve.
const SERVES: Who = Who::Rule(|cell| match (cell.allows(Action::See), edits_elsewhere(cell)) {
    (false, _) => Answer::Hidden,
    (true, may) => allowed(may),
});

/// Whoever may edit the goal and make goals of its team.
const SPLITS_UP: Who = Who::Rule(|cell| {
    let leads = matches!(cell.caller, Caller::TeamLead | Caller::DepartmentLead);
    cell.if_seen(leads || cell.caller.is_admin())
});

/// Whoever may make goals of all members of the team.
const MAKES_FOR_ALL: Who = Who::Rule(|cell| {
    let leads = matches!(cell.caller, Caller::TeamLead | Caller::DepartmentLead);
    allowed(leads || cell.caller.is_admin())
});

/// Whoever sees a goal asks what would be if; a body that names a hidden one names nothing.
const SUPPOSES: Who = Who::Rule(|cell| if cell.allows(Action::See) { Answer::Done } else { Answer::NoSuchReference });

fn edits_elsewhere(cell: &Cell<'_>) -> bool {
    cell.caller.is_admin() || cell.caller == Caller::Unrelated
}

pub fn rows() -> Vec<Row> {
    [making(), changing(), linking(), asking(), checking_in()].into_iter().flatten().collect()
}

pub fn reads() -> Vec<Row> {
    let checks_in = Who::Goal(Action::CheckIn);
    vec![
        row("list_goals", "/goals?cycle_id={{quarter}}&limit=200&include_total=true", Who::SignedIn),
        row("list_goals", "/goals?unit_id={{north}}&owner_id={{an}}", Who::SignedIn).foreign(Answer::Done),
        row("list_goals", "/goals?parent_id={{objective}}&ids={{linked}}", Who::SignedIn).foreign(Answer::Done),
        row("get_goal", "/goals/{{active}}?include=ancestors,children,check_ins", SEES),
        row("get_goal", "/goals/{{unpublished}}", Who::HrAlone),
        row("list_change_requests", "/goals/{{active}}/change-requests", SEES),
        row("get_change_request", "/change-requests/{{request}}", SEES),
        row("list_goal_check_ins", "/goals/{{active}}/check-ins", SEES),
        row("list_goal_check_ins", "/goals/{{active}}/check-ins?include_voided=true", checks_in),
        row("get_check_in", "/check-ins/{{check_in}}", SEES),
        row("list_goal_history", "/goals/{{active}}/history", SEES),
        row("list_goal_activity", "/goals/{{active}}/activity", SEES),
        row("explain_goal", "/goals/{{active}}/explain", SEES),
        row("simulate_cycle", "/cycles/{{quarter}}/simulate", Who::SignedIn).body(json!({})),
        row("simulate_cycle", "/cycles/{{quarter}}/simulate", SUPPOSES)
            .body(json!({ "values": { "{{active}}": "5" }, "targets": { "{{active}}": "50" } })),
        row("simulate_cycle", "/cycles/{{quarter}}/simulate?root_id={{objective}}", SEES).body(json!({})),
        row("get_goal_trend", "/goals/{{active}}/trend", SEES),
        row("get_target_plan", "/goals/{{active}}/target-plan", SEES),
        row("preview_target_plan", "/goals/{{active}}/target-plan/preview", EDITS).body(json!({ "by": "equal" })),
        row("list_goal_ancestors", "/goals/{{linked}}/ancestors", SEES),
        row("get_goal_permissions", "/goals/{{active}}/permissions", SEES),
        row("list_parent_candidates", "/goals/{{active}}/parent-candidates", SEES),
        row("list_proposed_links", "/goals/{{objective}}/proposed-links", SEES),
    ]
}

fn goal(more: Value) -> Value {
    let mut body = json!({
        "cycle_id": "{{quarter}}", "kind": "kpi", "title": "Doanh thu mới", "direction": "increase", "target": "100",
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn making() -> Vec<Row> {
    let elsewhere = Answer::NoSuchReference;
    let make = |scope, more| row("create_goal", "/goals", Who::Makes(scope)).body(goal(more)).foreign(elsewhere);
    let full = json!({
        "owner_id": "{{an}}", "unit_id": "{{north}}", "metric_id": "{{metric}}", "parent_id": "{{public_objective}}",
        "contributors": ["{{contributor}}"], "followers": ["{{contributor}}"], "watchers": ["{{contributor}}"],
        "links": [{ "parent_id": "{{second_objective}}", "weight": "1" }],
    });
    let split = json!({ "how": "equal", "parts": [{ "owner_id": "{{an}}" }] });
    let for_all = json!({
        "cycle_id": "{{quarter}}", "unit_id": "{{north}}", "metric_id": "{{metric}}", "direction": "increase",
        "parent_id": "{{public_objective}}", "by": "same", "target": "10", "left_out": [{ "person_id": "{{an}}" }],
    });
    let mut of_units = split.clone();
    of_units["parts"].as_array_mut().unwrap().push(json!({ "owner_id": "{{an}}", "unit_id": "{{north}}" }));
    let objective = json!({
        "cycle_id": "{{quarter}}", "kind": "objective", "title": "Mục tiêu mới", "owner_id": "{{an}}",
        "key_results": [{
            "title": "Kết quả", "direction": "increase", "target": "10", "owner_id": "{{an}}", "unit_id": "{{north}}",
            "metric_id": "{{metric}}", "contributors": ["{{contributor}}"], "followers": ["{{contributor}}"], "watchers": ["{{contributor}}"],
            "links": [{ "parent_id": "{{public_objective}}", "weight": "1" }],
        }],
    });
    vec![
        make(Scope::Company, json!({ "scope": "company", "owner_id": "{{an}}" })),
        make(Scope::Department, json!({ "scope": "department", "owner_id": "{{an}}", "unit_id": "{{sales}}" })),
        make(Scope::Team, json!({ "scope": "team", "owner_id": "{{an}}", "unit_id": "{{north}}" })),
        make(Scope::Person, json!({ "scope": "person", "owner_id": "{{an}}" })),
        make(Scope::Person, full),
        row("create_goal", "/goals", Who::Makes(Scope::Person)).body(objective).foreign(elsewhere),
        row("bulk_goals", "/goals/bulk", MAKES_FOR_ALL).body(for_all).foreign(elsewhere),
        row("split_goal", "/goals/{{active}}/split", EDITS).body(split.clone()),
        row("split_goal", "/goals/{{active}}/split", SPLITS_UP).body(of_units),
        // A viewer's goal lacks an owner who may own it.
        row(
            "create_goal",
            "/goals",
            Who::Rule(|cell| if cell.caller == Caller::Viewer { Answer::NoSuchReference } else { Answer::Done }),
        )
        .body(goal(json!({})))
        .foreign(elsewhere),
    ]
}

fn changing() -> Vec<Row> {
    let go = |path, to, who| row("transition_goal", path, who).body(json!({ "to": to, "reason": "Theo kế hoạch" }));
    let batch = |item: Value, who| row("batch_goals", "/goals/batch", who).body(json!({ "items": [item] })).per_item();
    let moved = json!({
        "metric_id": "{{metric}}", "unit_id": "{{north}}", "owner_id": "{{an}}", "contributors": ["{{contributor}}"],
        "followers": ["{{contributor}}"], "watchers": ["{{contributor}}"],
    });
    vec![
        row("update_goal", "/goals/{{active}}", EDITS).body(json!({ "description": "Rõ hơn" })),
        row("update_goal", "/goals/{{active}}", EDITS).body(json!({ "visibility": "restricted", "watchers": [] })),
        row("update_goal", "/goals/{{draft}}", EDITS).body(moved),
        row("put_target_plan", "/goals/{{active}}/target-plan", EDITS)
            .body(json!({ "by": "equal", "reason": "Theo kế hoạch" })),
        row("delete_target_plan", "/goals/{{active}}/target-plan?reason=x", EDITS),
        row("delete_goal", "/goals/{{draft}}", Who::Goal(Action::Delete)),
        go("/goals/{{draft}}/transition", "pending_approval", Who::Goal(Action::Submit)),
        go("/goals/{{pending}}/transition", "active", APPROVES),
        go("/goals/{{pending}}/transition", "draft", APPROVES),
        go("/goals/{{active}}/transition", "on_hold", EDITS),
        go("/goals/{{active}}/transition", "completed", EDITS),
        go("/goals/{{active}}/transition", "cancelled", EDITS),
        batch(json!({ "goal_id": "{{active}}", "transition": "on_hold" }), EDITS),
        batch(json!({ "goal_id": "{{active}}", "owner_id": "{{an}}" }), EDITS),
    ]
}

fn linking() -> Vec<Row> {
    let weight = json!({ "weight": "2" });
    vec![
        row("follow_goal", "/goals/{{active}}/follow", SEES),
        row("unfollow_goal", "/goals/{{active}}/follow", SEES),
        row("put_goal_link", "/goals/{{active}}/links/{{public_objective}}", EDITS).body(weight.clone()),
        row("put_goal_link", "/goals/{{linked}}/links/{{public_objective}}", EDITS).body(weight.clone()),
        row("put_goal_link", "/goals/{{own_goal}}/links/{{objective}}", SERVES).body(weight),
        row("delete_goal_link", "/goals/{{linked}}/links/{{public_objective}}", EDITS),
        row("put_child_weights", "/goals/{{public_objective}}/child-weights", Who::Hr)
            .body(json!([{ "goal_id": "{{linked}}", "weight": "3" }])),
    ]
}

fn asking() -> Vec<Row> {
    vec![
        row("decide_change_request", "/change-requests/{{request}}/decide", APPROVES).body(json!({ "approve": true })),
        row("decide_change_request", "/change-requests/{{request}}/decide", APPROVES).body(json!({ "approve": false })),
        row("withdraw_change_request", "/change-requests/{{request}}/withdraw", ASKED),
    ]
}

fn checking_in() -> Vec<Row> {
    let checks_in = Who::Goal(Action::CheckIn);
    vec![
        row("create_check_in", "/goals/{{active}}/check-ins", checks_in).body(json!({ "value": "5" })),
        row("create_check_in_batch", "/check-ins/batch", checks_in)
            .body(json!({ "items": [{ "goal_id": "{{active}}", "value": "6" }] }))
            .per_item(),
        row("update_check_in", "/check-ins/{{check_in}}", AMENDS).body(json!({ "value": "2" })),
        row("void_check_in", "/check-ins/{{check_in}}?reason=Nh%E1%BA%A7m", AMENDS),
    ]
}
