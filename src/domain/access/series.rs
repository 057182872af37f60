//! Who may see what is measured, as figures.

use super::Actor;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::words::RankingVisibility;

impl Actor {
    /// Whether the actor may see what a unit comes to, as they may see a goal of it that is `internal`: the unit and
    /// those below it, its lead line, supervisors, HR.
    pub fn sees_figures_of_unit(&self, unit: UnitId) -> bool {
        self.is_admin()
            || self.directory.belongs_to(self.person, unit)
            || self.directory.leads_over(self.person, unit)
            || self.directory.supervises(self.person, unit)
    }

    /// Whether the actor may see what a person comes to: themself, the person's lead line, HR; everyone where the
    /// organization shows people beside each other to all.
    pub fn sees_figures_of_person(&self, person: PersonId, ranking: RankingVisibility) -> bool {
        self.directory.person(person).is_some() && (ranking == RankingVisibility::All || self.sees_whole(person))
    }

    /// Whether the actor may see what a person comes to in a unit: whoever leads it sees what was measured there, also of
    /// people who have moved on since.
    pub fn sees_figures_in_unit(&self, unit: UnitId, person: PersonId, ranking: RankingVisibility) -> bool {
        self.directory.leads_over(self.person, unit) || self.sees_figures_of_person(person, ranking)
    }

    /// Whether the actor, who may see a unit's figures, may see those of its people beside each other.
    pub fn sees_ranking_in(&self, unit: UnitId, ranking: RankingVisibility) -> bool {
        match ranking {
            RankingVisibility::All => true,
            RankingVisibility::Leads => self.is_admin() || self.directory.leads_over(self.person, unit),
            RankingVisibility::None => false,
        }
    }
}
