//! What is measured: of An, who works in the northern team, and of that team.

use super::{Row, row};
use crate::callers::Caller;
use crate::policy::{Answer, Cell, Who, allowed};
use serde_json::json;

/// HR, and An's lead line.
const RECORDS: Who = Who::Rule(|cell| allowed(may_record(cell)));

/// Those who see what is measured of An: An too, who may do nothing with it.
const AMENDS: Who = Who::Rule(|cell| match (may_record(cell), cell.caller) {
    (true, _) => Answer::Done,
    (false, Caller::GoalOwner) => Answer::Forbidden,
    _ => Answer::Hidden,
});

const SEES: Who =
    Who::Rule(|cell| if may_record(cell) || cell.caller == Caller::GoalOwner { Answer::Done } else { Answer::Hidden });

/// The members of the northern team see what is measured of it, and who leads or supervises it or what lies above.
const AMENDS_THE_UNITS: Who = Who::Rule(|cell| match (may_record(cell), cell.caller) {
    (true, _) => Answer::Done,
    (false, Caller::GoalOwner | Caller::Viewer | Caller::Supervisor) => Answer::Forbidden,
    _ => Answer::Hidden,
});

fn may_record(cell: &Cell<'_>) -> bool {
    cell.caller.is_admin() || matches!(cell.caller, Caller::TeamLead | Caller::DepartmentLead)
}

pub fn rows() -> Vec<Row> {
    let of_an = json!({
        "metric": "{{measured}}", "person_id": "{{an}}", "date": "2026-02-01", "value": "1", "source": "crm",
    });
    let of_north = json!({
        "metric": "{{measured_of_units}}", "unit_id": "{{north}}", "date": "2026-02-01", "value": "1", "source": "crm",
    });
    vec![
        row("record_measurements", "/measurements", RECORDS).body(of_an.clone()).foreign(Answer::NoSuchReference),
        row("record_measurements", "/measurements", RECORDS).body(of_north).foreign(Answer::NoSuchReference),
        row("record_measurements", "/measurements", RECORDS)
            .body(json!({ "items": [of_an] }))
            .per_item()
            .foreign(Answer::NoSuchReference),
        row("update_measurement", "/measurements/{{measurement}}", AMENDS)
            .body(json!({ "value": "2", "person_id": "{{an}}" })),
        row("update_measurement", "/measurements/{{unit_measurement}}", AMENDS_THE_UNITS)
            .body(json!({ "value": "2", "unit_id": "{{north}}" })),
        row("remove_measurement", "/measurements/{{measurement}}", AMENDS),
    ]
}

pub fn reads() -> Vec<Row> {
    vec![
        row(
            "list_measurements",
            "/measurements?metric_id={{measured}}&person_id={{an}}&unit_id={{north}}&ids={{measurement}}&external_id={{code}}",
            Who::SignedIn,
        )
        .foreign(Answer::Done),
        row("get_measurement", "/measurements/{{measurement}}", SEES),
        row("list_measurement_history", "/measurements/{{measurement}}/history", SEES),
    ]
}
