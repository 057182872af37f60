//! First run, sign-in, sessions, oneself, and what is there without signing in.

use super::{Row, row};
use crate::callers::Caller;
use crate::policy::{Answer, Who, allowed};
use crate::support::PASSWORD;
use serde_json::json;

const OPEN: Who = Who::Anyone(Answer::Done);

/// The lead, the delegate, and HR; for the others a delegation is not there.
const ENDS_OF_IT: Who = Who::Rule(|cell| {
    let knows = cell.caller.is_admin() || matches!(cell.caller, Caller::TeamLead | Caller::Delegate);
    if knows { Answer::Done } else { Answer::Hidden }
});

pub fn rows() -> Vec<Row> {
    let person = json!({
        "organization_name": "Mới", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi", "email": "{{email}}",
        "password": PASSWORD, "display_name": "Người Mới",
    });
    let mut setup = person.clone();
    setup["setup_token"] = json!("guessed");
    vec![
        row("live", "/health/live", OPEN),
        row("ready", "/health/ready", OPEN),
        row("get_meta", "/meta", OPEN),
        row("get_document", "/openapi.json", OPEN),
        row("set_up", "/setup", Who::Anyone(Answer::Conflict)).body(setup),
        row("sign_up", "/organizations", OPEN).body(person),
        row("login", "/auth/login", OPEN).body(json!({ "email": "owner@example.com", "password": PASSWORD })),
        row("refresh", "/auth/refresh", OPEN).body(json!({ "refresh_token": "{{refresh_token}}" })),
        row("accept_invitation", "/invitations/accept", OPEN)
            .body(json!({ "token": "{{invitation_token}}", "password": PASSWORD })),
        // A link to join is no link to set a password by: used up or not, it is worth nothing here.
        row("reset_password", "/auth/password-reset", Who::Anyone(Answer::Conflict))
            .body(json!({ "token": "{{invitation_token}}", "password": PASSWORD })),
        row("list_sessions", "/auth/sessions", Who::SignedIn).everywhere(),
        row("end_session", "/auth/sessions/{{my_session}}", Who::SignedIn).everywhere().ends_session(),
        row(
            "end_session",
            "/auth/sessions/{{owners_session}}",
            Who::Rule(|cell| if cell.caller == Caller::Owner { Answer::Done } else { Answer::Hidden }),
        )
        .ends_session(),
        row("logout", "/auth/logout", Who::SignedIn).everywhere().ends_session(),
        row("change_password", "/me/password", Who::SignedIn)
            .everywhere()
            .ends_session()
            .body(json!({ "current_password": PASSWORD, "new_password": PASSWORD })),
        row("get_totp", "/me/totp", Who::SignedIn).everywhere(),
        row("start_totp", "/me/totp", Who::SignedIn).everywhere().body(json!({ "current_password": PASSWORD })),
        // Nobody's second factor is turned on here: a guessed code does nothing, and there is none to turn off.
        row("confirm_totp", "/me/totp/confirm", Who::SignedIn)
            .everywhere()
            .answered(Answer::NoSuchReference)
            .body(json!({ "code": "000000" })),
        row("disable_totp", "/me/totp", Who::SignedIn)
            .everywhere()
            .answered(Answer::Conflict)
            .body(json!({ "current_password": PASSWORD, "code": "000000" })),
        row("get_me", "/me", Who::SignedIn).everywhere().scope("read"),
        row("change_me", "/me", Who::SignedIn).everywhere().body(json!({ "locale": "vi" })),
        row("get_my_goals", "/me/goals?cycle_id={{quarter}}", Who::SignedIn).scope("read"),
        row("list_api_tokens", "/api-tokens", Who::SignedIn).everywhere(),
        row("list_api_tokens", "/api-tokens?everyone=true", Who::Hr).everywhere(),
        row(
            "list_api_tokens",
            "/api-tokens?person_id={{an}}",
            Who::Rule(|cell| allowed(cell.caller.is_admin() || cell.caller == Caller::GoalOwner)),
        )
        .everywhere(),
        row("create_api_token", "/api-tokens", Who::SignedIn)
            .everywhere()
            .body(json!({ "name": "Đọc", "scopes": ["read"] })),
        // A scope that is not the caller's to give is told at the scope.
        row(
            "create_api_token",
            "/api-tokens",
            Who::Rule(|cell| if cell.caller.is_admin() { Answer::Done } else { Answer::NoSuchReference }),
        )
        .everywhere()
        .body(json!({ "name": "Quản trị", "scopes": ["admin"] })),
        row(
            "revoke_api_token",
            "/api-tokens/{{owners_token}}",
            Who::Rule(|cell| if cell.caller.is_admin() { Answer::Done } else { Answer::Hidden }),
        ),
        row("list_delegations", "/delegations?lead_id={{team_lead}}&delegate_id={{unrelated}}", Who::SignedIn)
            .everywhere()
            .scope("read"),
        row("get_delegation", "/delegations/{{standing}}", ENDS_OF_IT).scope("read"),
        row(
            "create_delegation",
            "/delegations",
            Who::Rule(|cell| allowed(cell.caller.is_admin() || cell.caller == Caller::TeamLead)),
        )
        .foreign(Answer::NoSuchReference)
        .body(json!({
            "lead_id": "{{team_lead}}", "delegate_id": "{{unrelated}}", "rights": ["review"], "first": "2026-05-01",
            "last": "2026-05-02",
        })),
        row("end_delegation", "/delegations/{{delegation}}", ENDS_OF_IT),
        row("list_audit_log", "/audit-log?actor_id={{an}}&goal_id={{active}}&subject_id={{an}}", Who::Hr)
            .scope("admin")
            .everywhere(),
        row(
            "export_audit_log",
            "/audit-log/export?format=csv&actor_id={{an}}&goal_id={{active}}&subject_id={{an}}",
            Who::Hr,
        )
        .scope("admin")
        .everywhere(),
    ]
}
