//! A goal's row, the rows about it, and the rules that need one row alone.

mod body;
mod link;
mod request;
mod version;

pub use body::{Days, GoalBody, GoalFrame};
pub use link::{GoalLink, LinkBody, LinkVersion};
pub use request::{Change, ChangeRequest};
pub use version::GoalVersion;

use crate::db::columns::Json;
use crate::db::schema::{goal_people, goals};
use crate::domain::access::GoalAccess;
use crate::domain::amount::{Amount, Weight};
use crate::domain::calendar::Window;
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::measure::{PlanPoint, Step};
use crate::domain::words::{Commitment, Direction, GoalKind, Participation, Scope, Source, State, Visibility};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A node of the goal tree, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = goals, primary_key(organization_id, id), treat_none_as_null = true)]
pub struct Goal {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: GoalId,
    /// The forest of its cycle.
    pub forest_id: ForestId,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// What it is.
    pub kind: GoalKind,
    /// Whose it is.
    pub scope: Scope,
    /// Its unit.
    pub unit_id: UnitId,
    /// The one accountable for it.
    pub owner_id: PersonId,
    /// What it says.
    pub title: String,
    /// What it says, as people search for it.
    pub title_folded: String,
    /// More about it.
    pub description: Option<String>,
    /// Where its figure comes from.
    pub source: Source,
    /// Which way is good; none for `children` and `key_results`.
    pub direction: Option<Direction>,
    /// Its metric.
    pub metric_id: Option<MetricId>,
    /// Where its value starts.
    pub start_value: Option<Amount>,
    /// Its target.
    pub target: Option<Amount>,
    /// Of `at_least`: where nothing is attained.
    pub floor: Option<Amount>,
    /// Of `at_most`: where nothing is attained.
    pub ceiling: Option<Amount>,
    /// Of `between`: the lower bound.
    pub lo: Option<Amount>,
    /// Of `between`: the upper bound.
    pub hi: Option<Amount>,
    /// Of `between`: how far outside nothing is attained.
    pub tolerance: Option<Amount>,
    /// Of `milestone`: its steps.
    pub steps: Option<Json<Vec<Step>>>,
    /// Planned values on the way.
    pub target_plan: Option<Json<Vec<PlanPoint>>>,
    /// Its own first day; its cycle's where none.
    pub window_first: Option<NaiveDate>,
    /// Its own last day; both or neither are set.
    pub window_last: Option<NaiveDate>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How firmly it is promised.
    pub commitment: Commitment,
    /// What it counts in its owner's review; apart from the weights of links.
    pub review_weight: Weight,
    /// Its life.
    pub state: State,
    /// Whether it was active at any time: then its kind, source, direction and metric are fixed.
    pub ever_active: bool,
    /// The day of its completion, on which its facts end.
    pub completed_on: Option<NaiveDate>,
    /// Moves with every change.
    pub version: i64,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Goal {
    /// Its own days, where it has any.
    pub fn own_window(&self) -> Option<Window> {
        Window::new(self.window_first?, self.window_last?)
    }

    /// What decisions about it need to know, given those who take part in it.
    pub const fn access<'a>(&self, people: &'a [(PersonId, Participation)]) -> GoalAccess<'a> {
        GoalAccess { kind: self.kind, unit: self.unit_id, owner: self.owner_id, visibility: self.visibility, people }
    }

    /// Whether it is still to be worked on, or will be: neither completed nor cancelled.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Completed | State::Cancelled)
    }

    /// Whether it was agreed upon: active, or past that.
    pub const fn is_agreed(&self) -> bool {
        !matches!(self.state, State::Draft | State::PendingApproval)
    }
}

/// Someone who takes part in a goal beside its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goal_people)]
pub struct GoalPerson {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The goal.
    pub goal_id: GoalId,
    /// The person.
    pub person_id: PersonId,
    /// How.
    pub participation: Participation,
}
