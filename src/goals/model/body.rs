//! What a goal says: the state that versions keep and patches change.

use super::Goal;
use crate::db::columns::Json;
use crate::domain::access::{Directory, GoalAccess};
use crate::domain::amount::{Amount, Weight};
use crate::domain::calendar::Window;
use crate::domain::ids::{CycleId, ForestId, GoalId, MetricId, OrganizationId, PersonId, UnitId};
use crate::domain::instant::Instant;
use crate::domain::measure::{Measure, MeasureFault, MeasureParts, PlanPoint, Step};
use crate::domain::measured::Subject;
use crate::domain::text::fold;
use crate::domain::words::{Commitment, Direction, GoalKind, Participation, Scope, Source, State, Visibility};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The state of a goal at one version: all that figures, access and pictures depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GoalBody {
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
    /// More about it.
    pub description: Option<String>,
    /// Where its figure comes from.
    pub source: Source,
    /// Which way is good; null for `children` and `key_results`.
    pub direction: Option<Direction>,
    /// Its metric.
    pub metric_id: Option<MetricId>,
    /// Where its value starts.
    pub start: Option<Amount>,
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
    pub steps: Vec<Step>,
    /// Planned values on the way; empty for none.
    pub target_plan: Vec<PlanPoint>,
    /// Its own days; null: its cycle's.
    pub window: Option<Days>,
    /// Who may see it.
    pub visibility: Visibility,
    /// How firmly it is promised.
    pub commitment: Commitment,
    /// What it counts in its owner's review.
    pub review_weight: Weight,
    /// Its life.
    pub state: State,
    /// The day of its completion.
    pub completed_on: Option<NaiveDate>,
    /// Those who work on it and check in.
    pub contributors: Vec<PersonId>,
    /// Those who chose to follow it.
    pub followers: Vec<PersonId>,
    /// Those who were asked to watch it.
    pub watchers: Vec<PersonId>,
}

/// Days from a first to a last one, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GoalDays)]
pub struct Days {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl GoalBody {
    /// Its state under an owner: what waits for approval is a draft again under another one, who did not submit it.
    pub fn state_under(&self, owner: PersonId) -> State {
        if self.state == State::PendingApproval && owner != self.owner_id { State::Draft } else { self.state }
    }

    /// Whether it lies in a unit of its owner.
    pub fn is_at_home(&self, directory: &Directory) -> bool {
        directory.units_of(self.owner_id).any(|unit| unit == self.unit_id)
    }

    /// Gives it to another owner. A person's goal goes with its owner: to their home, unless it lies in a unit of
    /// theirs already.
    pub fn hand_to(&mut self, owner: PersonId, directory: &Directory) {
        self.owner_id = owner;
        if self.scope == Scope::Person && !self.is_at_home(directory) {
            self.unit_id = directory.person(owner).map_or(self.unit_id, |person| person.unit);
        }
    }

    /// Its own days, where it has any.
    pub fn own_window(&self) -> Option<Window> {
        self.window.and_then(|days| Window::new(days.first, days.last))
    }

    /// Whose measurements count in it, where they are its source: its owner's for a person's goal, else those of its unit
    /// and of all below it.
    pub fn measured_scope(&self) -> Option<Subject> {
        let whose = match self.scope {
            Scope::Person => Subject::Person(self.owner_id),
            Scope::Company | Scope::Department | Scope::Team => Subject::Unit(self.unit_id),
        };
        (self.source == Source::Measurements).then_some(whose)
    }

    /// What it says about how it is measured, unchecked.
    pub fn measure_parts(&self) -> MeasureParts {
        MeasureParts {
            direction: self.direction,
            start: self.start,
            target: self.target,
            floor: self.floor,
            ceiling: self.ceiling,
            lo: self.lo,
            hi: self.hi,
            tolerance: self.tolerance,
            steps: self.steps.clone(),
            target_plan: self.target_plan.clone(),
        }
    }

    /// How it is measured over its window (its own, else its cycle's): nothing where its figure is the mean of the
    /// goals linked under it.
    pub fn measure(&self, cycle: Window) -> Result<Option<Measure>, Vec<MeasureFault>> {
        if matches!(self.source, Source::Children | Source::KeyResults) {
            return Ok(None);
        }
        Measure::new(self.measure_parts(), self.own_window().unwrap_or(cycle)).map(Some)
    }

    /// What decisions about it need to know, given those who take part in it.
    pub const fn access<'a>(&self, people: &'a [(PersonId, Participation)]) -> GoalAccess<'a> {
        GoalAccess { kind: self.kind, unit: self.unit_id, owner: self.owner_id, visibility: self.visibility, people }
    }

    /// Everyone who takes part, and how.
    pub fn people(&self) -> Vec<(PersonId, Participation)> {
        let as_one = |people: &[PersonId], how| people.iter().map(move |person| (*person, how)).collect::<Vec<_>>();
        [
            as_one(&self.contributors, Participation::Contributor),
            as_one(&self.followers, Participation::Follower),
            as_one(&self.watchers, Participation::Watcher),
        ]
        .concat()
    }
}

impl Goal {
    /// What it says now, given those who take part in it.
    pub fn body(&self, people: &[(PersonId, Participation)]) -> GoalBody {
        let those = |how| people.iter().filter(|(_, is)| *is == how).map(|(person, _)| *person).collect();
        GoalBody {
            kind: self.kind,
            scope: self.scope,
            unit_id: self.unit_id,
            owner_id: self.owner_id,
            title: self.title.clone(),
            description: self.description.clone(),
            source: self.source,
            direction: self.direction,
            metric_id: self.metric_id,
            start: self.start_value,
            target: self.target,
            floor: self.floor,
            ceiling: self.ceiling,
            lo: self.lo,
            hi: self.hi,
            tolerance: self.tolerance,
            steps: self.steps.as_ref().map_or_else(Vec::new, |steps| steps.0.clone()),
            target_plan: self.target_plan.as_ref().map_or_else(Vec::new, |plan| plan.0.clone()),
            window: self.window_first.zip(self.window_last).map(|(first, last)| Days { first, last }),
            visibility: self.visibility,
            commitment: self.commitment,
            review_weight: self.review_weight,
            state: self.state,
            completed_on: self.completed_on,
            contributors: those(Participation::Contributor),
            followers: those(Participation::Follower),
            watchers: those(Participation::Watcher),
        }
    }

    /// The same goal saying something else.
    #[must_use]
    pub fn saying(&self, body: &GoalBody) -> Self {
        let frame = GoalFrame {
            organization_id: self.organization_id,
            id: self.id,
            forest_id: self.forest_id,
            cycle_id: self.cycle_id,
            created_by: self.created_by,
            created_at: self.created_at,
        };
        let said = Self::new(frame, body);
        Self {
            ever_active: self.ever_active || said.ever_active,
            version: self.version,
            updated_at: self.updated_at,
            ..said
        }
    }

    /// A goal that says something for the first time.
    pub fn new(frame: GoalFrame, body: &GoalBody) -> Self {
        Self {
            organization_id: frame.organization_id,
            id: frame.id,
            forest_id: frame.forest_id,
            cycle_id: frame.cycle_id,
            kind: body.kind,
            scope: body.scope,
            unit_id: body.unit_id,
            owner_id: body.owner_id,
            title: body.title.clone(),
            title_folded: fold(&body.title),
            description: body.description.clone(),
            source: body.source,
            direction: body.direction,
            metric_id: body.metric_id,
            start_value: body.start,
            target: body.target,
            floor: body.floor,
            ceiling: body.ceiling,
            lo: body.lo,
            hi: body.hi,
            tolerance: body.tolerance,
            steps: Some(&body.steps).filter(|steps| !steps.is_empty()).cloned().map(Json),
            target_plan: Some(&body.target_plan).filter(|plan| !plan.is_empty()).cloned().map(Json),
            window_first: body.window.map(|days| days.first),
            window_last: body.window.map(|days| days.last),
            visibility: body.visibility,
            commitment: body.commitment,
            review_weight: body.review_weight,
            state: body.state,
            ever_active: body.state == State::Active,
            completed_on: body.completed_on,
            version: 1,
            created_by: frame.created_by,
            created_at: frame.created_at,
            updated_at: frame.created_at,
        }
    }
}

/// What a goal is, whatever it says.
#[derive(Debug, Clone, Copy)]
pub struct GoalFrame {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: GoalId,
    /// The forest of its cycle.
    pub forest_id: ForestId,
    /// Its cycle.
    pub cycle_id: CycleId,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Instant,
}
