//! What someone who is signed in first wants to know: who they are here, what they lead, which cycles are on, and
//! what they owe.

mod api;

pub(crate) use api::routes;

use crate::domain::access::Actor;

/// What someone may do in the whole organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Change the organization's settings.
    ManageOrganization,
    /// Make, change and remove units.
    ManageUnits,
    /// Add, change, invite and deactivate people.
    ManagePeople,
    /// Make cycles and move their phases.
    ManageCycles,
    /// Define metrics.
    ManageMetrics,
    /// Make goals of the company.
    MakeCompanyGoals,
    /// Name admins and owners, and reopen closed cycles.
    NameAdmins,
    /// Change the members of the units that they lead.
    PlaceMembers,
    /// Make goals of their own, and check in.
    MakeOwnGoals,
}

/// All that someone may do in the whole organization; what they may do with a goal stands with the goal.
pub fn permissions(actor: &Actor) -> Vec<Permission> {
    let directory = &actor.directory;
    let leads_company = directory.root().is_some_and(|root| directory.leads_over(actor.person, root));
    let leads_any = !directory.led_by(actor.person).is_empty();
    let table = [
        (Permission::ManageOrganization, actor.is_admin()),
        (Permission::ManageUnits, actor.is_admin()),
        (Permission::ManagePeople, actor.is_admin()),
        (Permission::ManageCycles, actor.is_admin()),
        (Permission::ManageMetrics, actor.is_admin()),
        (Permission::MakeCompanyGoals, actor.may_write() && (actor.is_admin() || leads_company)),
        (Permission::NameAdmins, actor.is_owner()),
        (Permission::PlaceMembers, actor.may_write() && (actor.is_admin() || leads_any)),
        (Permission::MakeOwnGoals, actor.may_write()),
    ];
    table.into_iter().filter(|(_, holds)| *holds).map(|(permission, _)| permission).collect()
}
