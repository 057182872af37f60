//! What an API token must be made for, operation by operation. What is not in the table is done by no token: a new
//! operation is closed to machines until someone says what it needs.

use crate::domain::words::ApiScope;
use crate::domain::words::ApiScope::{Admin, GoalsWrite, MeasurementsWrite, Read};

/// What an operation asks of the one who calls it, before the policy is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    /// A person who is signed in: no API token will do.
    #[default]
    Session,
    /// A person who is signed in, or an API token of this scope.
    Scope(ApiScope),
}

const TABLE: &[(Need, &[&str])] = &[
    (
        Need::Session,
        &[
            // Who one is, what lets one in, and who stands for one: a token that leaks must not make more of them.
            "change_me",
            "change_password",
            "confirm_totp",
            "create_api_token",
            "create_delegation",
            "disable_totp",
            "end_delegation",
            "end_session",
            "get_totp",
            "list_api_tokens",
            "list_sessions",
            "logout",
            "revoke_api_token",
            "start_totp",
            // What people say of each other and of themselves they say in person.
            "acknowledge_review",
            "put_manager_review",
            "put_review_batch",
            "put_review_calibration",
            "put_self_review",
            "reopen_review",
            "return_review",
            "share_review",
            "submit_manager_review",
            "submit_review_batch",
            "submit_self_review",
        ],
    ),
    (
        Need::Scope(Read),
        &[
            "explain_goal",
            "get_change_request",
            "get_check_in",
            "get_cycle",
            "get_calibration",
            "get_cycle_tree",
            "get_delegation",
            "get_goal",
            "get_goal_permissions",
            "get_goal_trend",
            "get_me",
            "get_measurement",
            "get_metric",
            "get_metric_series",
            "get_my_goals",
            "get_my_reviews",
            "get_organization",
            "get_person",
            "get_target_plan",
            "get_unit",
            "get_unit_goals",
            "get_review",
            "get_review_setup",
            "get_review_template",
            "get_unit_tree",
            "list_change_requests",
            "list_cycle_reviews",
            "list_cycles",
            "list_delegations",
            "list_goal_activity",
            "list_goal_ancestors",
            "list_goal_check_ins",
            "list_goal_history",
            "list_goals",
            "list_measurement_history",
            "list_measurements",
            "list_metric_library",
            "list_metrics",
            "list_parent_candidates",
            "list_people",
            "list_proposed_links",
            "list_review_templates",
            "list_units",
            "look_up",
            "preview_formula",
            "preview_target_plan",
            "simulate_cycle",
            "validate_formula",
        ],
    ),
    (
        Need::Scope(GoalsWrite),
        &[
            "batch_goals",
            "bulk_goals",
            "create_check_in",
            "create_check_in_batch",
            "create_goal",
            "decide_change_request",
            "delete_goal",
            "delete_goal_link",
            "delete_target_plan",
            "follow_goal",
            "put_child_weights",
            "put_goal_link",
            "put_target_plan",
            "split_goal",
            "transition_goal",
            "unfollow_goal",
            "update_check_in",
            "update_goal",
            "void_check_in",
            "withdraw_change_request",
        ],
    ),
    (Need::Scope(MeasurementsWrite), &["record_measurements", "remove_measurement", "update_measurement"]),
    (
        Need::Scope(Admin),
        &[
            "add_review",
            "change_organization",
            "change_person",
            "change_review_setup",
            "change_unit",
            "create_cycle",
            "create_cycle_year",
            "create_metric",
            "create_metrics_from_library",
            "create_people",
            "create_person",
            "create_review_template",
            "create_unit",
            "delete_cycle",
            "delete_metric",
            "delete_unit",
            "exclude_review",
            "export_audit_log",
            "hand_over",
            "invite_people",
            "list_audit_log",
            "move_cycle_phase",
            "place_member",
            "remove_member",
            "update_cycle",
            "update_metric",
            "update_review_template",
        ],
    ),
];

impl Need {
    /// What an operation needs, by its id in the OpenAPI document; nothing where the table does not have it.
    pub fn of(operation: &str) -> Option<Self> {
        TABLE.iter().find(|(_, operations)| operations.contains(&operation)).map(|(need, _)| *need)
    }

    /// Every operation of the table.
    pub fn operations() -> impl Iterator<Item = &'static str> {
        TABLE.iter().flat_map(|(_, operations)| operations.iter().copied())
    }

    /// Whether an API token of these scopes will do.
    pub fn is_met_by(self, scopes: &[ApiScope]) -> bool {
        matches!(self, Self::Scope(scope) if scopes.contains(&scope))
    }
}

impl super::Actor {
    /// Whether the actor may make a token of this scope: none that could do more than they may.
    pub const fn may_hand_out(&self, scope: ApiScope) -> bool {
        match scope {
            Read => true,
            GoalsWrite | MeasurementsWrite => self.may_write(),
            Admin => self.is_admin(),
        }
    }
}
