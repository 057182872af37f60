//! The organization, its units, people, cycles and metrics.

use super::{Row, row};
use crate::callers::Caller;
use crate::policy::{Answer, Who, allowed};
use goaltree::domain::access::Action;
use serde_json::json;

/// HR, and whoever leads the northern team or the department above it.
const PLACES_IN_NORTH: Who = Who::Rule(|cell| {
    allowed(cell.caller.is_admin() || matches!(cell.caller, Caller::TeamLead | Caller::DepartmentLead))
});

/// Those in the northern team, and those who lead or supervise it from above.
const NORTH_FIGURES: Who = Who::Rule(|cell| if sees_north(cell.caller) { Answer::Done } else { Answer::Hidden });

/// Those in engineering, and HR.
const TECH_FIGURES: Who = Who::Rule(|cell| {
    let outside = matches!(cell.caller, Caller::Viewer | Caller::GoalOwner | Caller::TeamLead | Caller::DepartmentLead);
    if outside { Answer::Hidden } else { Answer::Done }
});

/// An, An's lead line, HR.
const FIGURES_OF_AN: Who =
    Who::Rule(
        |cell| {
            if leads_north(cell.caller) || cell.caller == Caller::GoalOwner { Answer::Done } else { Answer::Hidden }
        },
    );

/// The northern team's people beside each other: for its leads and HR.
const NORTH_RANKING: Who = Who::Rule(|cell| match cell.caller {
    caller if leads_north(caller) => Answer::Done,
    caller if sees_north(caller) => Answer::Forbidden,
    _ => Answer::Hidden,
});

fn leads_north(caller: Caller) -> bool {
    caller.is_admin() || matches!(caller, Caller::TeamLead | Caller::DepartmentLead)
}

fn sees_north(caller: Caller) -> bool {
    leads_north(caller) || matches!(caller, Caller::Viewer | Caller::GoalOwner | Caller::Supervisor)
}

pub fn rows() -> Vec<Row> {
    [organization(), units(), people(), cycles(), metrics()].into_iter().flatten().collect()
}

pub fn reads() -> Vec<Row> {
    vec![
        row("get_organization", "/organization", Who::SignedIn).everywhere(),
        row("look_up", "/lookup?q=k", Who::SignedIn).everywhere(),
        row("look_up", "/lookup?types=goal&q=k&cycle_id={{quarter}}", Who::SignedIn).everywhere(),
        row("list_units", "/units?parent_id={{company}}&ids={{sales}}", Who::SignedIn).foreign(Answer::Done),
        row("get_unit_tree", "/units/tree", Who::SignedIn).everywhere(),
        row("get_unit", "/units/{{north}}", Who::SignedIn),
        row("get_unit_goals", "/units/{{north}}/goals?cycle_id={{quarter}}", Who::SignedIn),
        row("list_people", "/people?unit_id={{north}}&manager_id={{an}}&ids={{an}}", Who::SignedIn)
            .foreign(Answer::Done),
        row("get_person", "/people/{{an}}", Who::SignedIn),
        row("list_cycles", "/cycles?parent_id={{quarter}}&forest_id={{quarter}}&ids={{quarter}}", Who::SignedIn)
            .foreign(Answer::Done),
        row("get_cycle", "/cycles/{{quarter}}", Who::SignedIn),
        row("get_cycle", "/cycles/{{draft_cycle}}", Who::HrAlone),
        row("get_cycle_tree", "/cycles/{{quarter}}/tree?depth=9", Who::SignedIn),
        row("get_cycle_tree", "/cycles/{{quarter}}/tree?root_id={{objective}}", Who::Goal(Action::See)),
        row("get_cycle_tree", "/cycles/{{quarter}}/tree?unit_id={{north}}&owner_id={{an}}", Who::SignedIn),
        row("get_cycle_tree", "/cycles/{{draft_cycle}}/tree", Who::HrAlone),
        row("list_metrics", "/metrics?ids={{metric}}", Who::SignedIn).everywhere(),
        row("get_metric", "/metrics/{{metric}}", Who::SignedIn),
        row("list_metric_library", "/metric-library?group=revenue", Who::SignedIn).everywhere(),
        row("validate_formula", "/formulas/validate", Who::SignedIn)
            .everywhere()
            .body(json!({ "kind": "progress", "formula": "value / target" })),
        row("preview_formula", "/formulas/preview", Who::SignedIn)
            .everywhere()
            .body(json!({ "kind": "progress", "formula": "value / target", "values": { "value": "1" } })),
        row("get_metric_series", "/metrics/{{metric}}/series?interval=quarter", Who::SignedIn),
        row("get_metric_series", "/metrics/{{metric}}/series?unit_id={{north}}", NORTH_FIGURES),
        row("get_metric_series", "/metrics/{{metric}}/series?unit_id={{tech}}", TECH_FIGURES),
        row("get_metric_series", "/metrics/{{measured}}/series?person_id={{an}}", FIGURES_OF_AN),
        row("get_metric_series", "/metrics/{{measured}}/series?unit_id={{north}}&group_by=person", NORTH_RANKING),
        row(
            "get_metric_series",
            "/metrics/{{metric}}/series?goal_id={{active}}",
            Who::Rule(|cell| match cell.if_seen(true) {
                // A goal that is checked in is no plan of what is measured.
                Answer::Done => Answer::NoSuchReference,
                other => other,
            }),
        ),
    ]
}

fn organization() -> Vec<Row> {
    vec![row("change_organization", "/organization", Who::Hr).everywhere().body(json!({ "currency": "VND" }))]
}

fn units() -> Vec<Row> {
    let team = json!({ "kind": "team", "name": "Mới", "code": "{{code}}", "parent_id": "{{tech}}" });
    vec![
        row("create_unit", "/units", Who::Hr).body(team).foreign(Answer::NoSuchReference),
        row("change_unit", "/units/{{free_unit}}", Who::Hr).body(json!({ "name": "Khác", "parent_id": "{{sales}}" })),
        row("delete_unit", "/units/{{free_unit}}", Who::Hr),
        row("place_member", "/units/{{north}}/members/{{free_person}}", PLACES_IN_NORTH)
            .body(json!({ "role": "member" })),
        row("place_member", "/units/{{north}}/members/{{free_person}}", Who::Hr).body(json!({ "role": "lead" })),
        row("place_member", "/units/{{company}}/members/{{an}}", Who::Hr).body(json!({ "role": "member" })),
        row("remove_member", "/units/{{tech}}/members/{{placed_in_tech}}", Who::Hr),
        row("remove_member", "/units/{{north}}/members/{{placed}}", PLACES_IN_NORTH),
    ]
}

fn people() -> Vec<Row> {
    let person = json!({
        "display_name": "Người Mới", "unit_id": "{{tech}}", "manager_id": "{{owner}}", "email": "{{email}}",
    });
    let admin = json!({ "display_name": "Quản Trị", "unit_id": "{{tech}}", "role": "admin" });
    let moved = json!({ "job_title": "Khác", "unit_id": "{{sales}}", "manager_id": "{{owner}}" });
    vec![
        row("create_person", "/people", Who::Hr).body(person.clone()).foreign(Answer::NoSuchReference),
        row("create_person", "/people", Who::Owners).body(admin).foreign(Answer::NoSuchReference),
        row("create_people", "/people/batch", Who::Hr)
            .body(json!({ "items": [person] }))
            .per_item()
            .foreign(Answer::NoSuchReference),
        row("invite_people", "/people/invitations", Who::Hr)
            .body(json!({ "person_ids": ["{{free_person}}"] }))
            .foreign(Answer::NoSuchReference),
        row("invite_people", "/people/invitations", Who::Owners)
            .body(json!({ "person_ids": ["{{free_admin}}"] }))
            .foreign(Answer::NoSuchReference),
        row("change_person", "/people/{{free_person}}", Who::Hr).body(moved),
        row("change_person", "/people/{{free_person}}", Who::Owners).body(json!({ "role": "admin" })),
        row("change_person", "/people/{{free_admin}}", Who::Owners).body(json!({ "active": false })),
        row("change_person", "/people/{{owner}}", Who::Owners)
            .body(json!({ "role": "member" }))
            .answered(Answer::Conflict),
        row("hand_over", "/people/{{free_person}}/handover", Who::Hr).body(json!({ "to": "{{unrelated}}" })),
    ]
}

fn cycles() -> Vec<Row> {
    let cycle = json!({ "kind": "custom", "name": "Mới", "starts_on": "2026-02-01", "ends_on": "2026-02-28" });
    let mut inside = cycle.clone();
    inside["parent_id"] = json!("{{quarter}}");
    let renamed = json!({ "name": "Khác" });
    vec![
        row("create_cycle", "/cycles", Who::Hr).everywhere().body(cycle),
        row("create_cycle", "/cycles", Who::Hr).body(inside).foreign(Answer::NoSuchReference),
        row("create_cycle_year", "/cycles/year", Who::Hr).everywhere().body(json!({ "year": "{{year}}" })),
        row("update_cycle", "/cycles/{{planning_cycle}}", Who::Hr).body(renamed.clone()),
        row("update_cycle", "/cycles/{{draft_cycle_free}}", Who::HrAlone).body(renamed),
        row("update_cycle", "/cycles/{{draft_cycle_free}}", Who::HrAlone).body(json!({ "parent_id": "{{enclosing}}" })),
        row("move_cycle_phase", "/cycles/{{planning_cycle}}/phase", Who::Hr).body(json!({ "to": "active" })),
        row("move_cycle_phase", "/cycles/{{draft_cycle_free}}/phase", Who::HrAlone).body(json!({ "to": "planning" })),
        row("move_cycle_phase", "/cycles/{{closed_cycle}}/phase", Who::Owners)
            .body(json!({ "to": "review", "reason": "Sai" })),
        row("delete_cycle", "/cycles/{{planning_cycle}}", Who::Hr),
        row("delete_cycle", "/cycles/{{draft_cycle_free}}", Who::HrAlone),
    ]
}

fn metrics() -> Vec<Row> {
    let metric = json!({ "code": "{{code}}", "name": { "vi": "Mới" }, "unit": "number" });
    vec![
        row("create_metric", "/metrics", Who::Hr).everywhere().body(metric),
        row("create_metrics_from_library", "/metrics/from-library", Who::Hr)
            .everywhere()
            .body(json!({ "codes": ["win_rate"] })),
        row("update_metric", "/metrics/{{free_metric}}", Who::Hr).body(json!({ "name": { "vi": "Khác" } })),
        row("delete_metric", "/metrics/{{free_metric}}", Who::Hr),
    ]
}
