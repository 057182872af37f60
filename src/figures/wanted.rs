//! Which goals are asked for: the filters of lists and trees.

use super::sight::Sight;
use crate::domain::access::Directory;
use crate::domain::ids::{CycleId, GoalId, PersonId, UnitId};
use crate::domain::text::fold;
use crate::domain::words::{Attention, Commitment, GoalKind, Phase, Scope, State, Status};
use std::collections::HashSet;

/// What goals have to be to be wanted; what is not said does not matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub(super) cycle: Option<CycleId>,
    /// Goals of cycles that are not closed alone.
    pub(super) open_cycles_only: bool,
    pub(super) ids: Option<HashSet<GoalId>>,
    pub(super) parent: Option<GoalId>,
    pub(super) units: Option<HashSet<UnitId>>,
    pub(super) owner: Option<PersonId>,
    pub(super) commitment: Option<Commitment>,
    /// One of these; any where there are none.
    pub(super) kinds: Vec<GoalKind>,
    pub(super) scopes: Vec<Scope>,
    pub(super) states: Vec<State>,
    pub(super) statuses: Vec<Status>,
    /// Any of these reasons.
    pub(super) attention: Vec<Attention>,
    /// Each of these in the title, folded.
    pub(super) words: Vec<String>,
}

/// The words of a search text, folded: each is to be found.
pub(super) fn words_of(text: Option<&str>) -> Vec<String> {
    fold(text.unwrap_or_default()).split_whitespace().map(str::to_owned).collect()
}

/// A unit, with those below it unless it alone is meant.
pub(super) fn units_of(directory: &Directory, unit: Option<UnitId>, only: bool) -> Option<HashSet<UnitId>> {
    unit.map(|unit| if only { HashSet::from([unit]) } else { directory.subtree(unit) })
}

impl Wanted {
    /// Whether anything is asked for but all goals of a cycle.
    pub(super) fn is_filter(&self) -> bool {
        self.units.is_some()
            || self.owner.is_some()
            || !self.statuses.is_empty()
            || !self.attention.is_empty()
            || !self.words.is_empty()
    }

    /// Whether a goal is wanted, and the viewer may see it.
    pub(super) fn fits(&self, sight: &Sight<'_>, id: GoalId) -> bool {
        let Some((goal, card)) = sight.goal(id) else { return false };
        let forest = &sight.scene.now.forest;
        let Some(standing) = forest.standing(id) else { return false };
        self.cycle.is_none_or(|cycle| cycle == goal.cycle)
            && (!self.open_cycles_only || sight.cycle(goal.cycle).is_some_and(|cycle| cycle.phase != Phase::Closed))
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&id))
            && self.units.as_ref().is_none_or(|units| units.contains(&card.unit))
            && self.owner.is_none_or(|owner| owner == card.owner)
            && self.commitment.is_none_or(|wanted| goal.aspirational == (wanted == Commitment::Aspirational))
            && is_among(&self.kinds, goal.kind)
            && is_among(&self.scopes, card.scope)
            && is_among(&self.states, goal.state)
            && is_among(&self.statuses, standing.status)
            && (self.attention.is_empty() || self.attention.iter().any(|one| standing.attention.contains(*one)))
            && self.words.iter().all(|word| card.title_folded.contains(word))
            && self.parent.is_none_or(|parent| sight.sees(parent) && forest.links(id).any(|link| link.parent == parent))
    }
}

fn is_among<T: PartialEq>(wanted: &[T], one: T) -> bool {
    wanted.is_empty() || wanted.contains(&one)
}
