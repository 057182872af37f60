//! Cells whose answers are written down by hand, so that the policy and the matrix can't be wrong together.

use crate::callers::Caller::{self, *};
use crate::policy::{Answer, Cell};
use crate::rows;
use crate::world::World;
use goaltree::domain::words::Visibility;

use Answer::{Done as Y, Forbidden as N, Hidden as O};

/// The callers of the table's columns.
const COLUMNS: [Caller; 10] =
    [Viewer, Unrelated, Follower, Contributor, Supervisor, GoalOwner, TeamLead, DepartmentLead, Hr, Owner];

/// Operation, part of its path or body, visibility, and the answer to each caller: done, forbidden (N), hidden (O).
#[rustfmt::skip]
const PIVOTS: [(&str, &str, Visibility, [Answer; 10]); 22] = [
    //                                                            Vie Unr Fol Con Sup Own Lead Dep HR  Owner
    ("get_goal", "{{active}}", Visibility::Public,               [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y]),
    ("get_goal", "{{active}}", Visibility::Internal,             [Y,  O,  Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y]),
    ("get_goal", "{{active}}", Visibility::Restricted,           [O,  O,  Y,  Y,  O,  Y,  Y,  Y,  Y,  Y]),
    ("get_goal", "{{unpublished}}", Visibility::Public,          [O,  O,  O,  O,  O,  O,  O,  O,  Y,  Y]),
    ("update_goal", "{{active}}", Visibility::Public,            [N,  N,  N,  N,  N,  Y,  Y,  Y,  Y,  Y]),
    ("update_goal", "{{active}}", Visibility::Internal,          [N,  O,  N,  N,  N,  Y,  Y,  Y,  Y,  Y]),
    ("update_goal", "{{active}}", Visibility::Restricted,        [O,  O,  N,  N,  O,  Y,  Y,  Y,  Y,  Y]),
    ("delete_goal", "{{draft}}", Visibility::Public,             [N,  N,  N,  N,  N,  Y,  Y,  Y,  Y,  Y]),
    ("transition_goal", "{{draft}}", Visibility::Public,         [N,  N,  N,  N,  N,  Y,  N,  N,  N,  N]),
    ("transition_goal", "{{pending}}", Visibility::Public,       [N,  N,  N,  N,  N,  N,  Y,  Y,  Y,  Y]),
    ("transition_goal", "{{pending}}", Visibility::Restricted,   [O,  O,  N,  N,  O,  N,  Y,  Y,  Y,  Y]),
    ("create_check_in", "{{active}}", Visibility::Public,        [N,  N,  N,  Y,  N,  Y,  Y,  Y,  Y,  Y]),
    ("create_check_in", "{{active}}", Visibility::Restricted,    [O,  O,  N,  Y,  O,  Y,  Y,  Y,  Y,  Y]),
    ("void_check_in", "{{check_in}}", Visibility::Public,        [N,  N,  N,  N,  N,  Y,  Y,  Y,  Y,  Y]),
    ("decide_change_request", "decide", Visibility::Public,      [N,  N,  N,  N,  N,  N,  Y,  Y,  Y,  Y]),
    ("withdraw_change_request", "withdraw", Visibility::Internal,[N,  O,  N,  N,  N,  Y,  N,  N,  N,  N]),
    ("create_goal", "company", Visibility::Public,               [N,  N,  N,  N,  N,  N,  N,  N,  Y,  Y]),
    ("create_goal", "department", Visibility::Public,            [N,  N,  N,  N,  N,  N,  N,  Y,  Y,  Y]),
    ("create_goal", "\"team\"", Visibility::Public,              [N,  N,  N,  N,  N,  N,  Y,  Y,  Y,  Y]),
    ("place_member", "{{north}}", Visibility::Public,            [N,  N,  N,  N,  N,  N,  Y,  Y,  Y,  Y]),
    ("create_unit", "", Visibility::Public,                      [N,  N,  N,  N,  N,  N,  N,  N,  Y,  Y]),
    ("move_cycle_phase", "{{closed_cycle}}", Visibility::Public, [N,  N,  N,  N,  N,  N,  N,  N,  N,  Y]),
];

#[actix_web::test]
async fn the_policy_says_what_is_written_down() {
    let world = World::new().await;
    let rows = rows::all();
    for (operation, part, visibility, answers) in PIVOTS {
        let names = |row: &&rows::Row| {
            let body = row.body.as_ref().map(ToString::to_string).unwrap_or_default();
            row.operation == operation && format!("{}{body}", row.path).contains(part)
        };
        let row = rows.iter().find(names).unwrap_or_else(|| panic!("no row of {operation} with {part}"));
        for (caller, written) in COLUMNS.into_iter().zip(answers) {
            let said = Cell { oracle: &world.oracle, caller, visibility }.expected(row);
            assert_eq!(said, written, "{operation} {part}, {visibility} goal, by {caller:?}");
        }
    }
}
