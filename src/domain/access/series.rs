//! Who may see what is measured, as figures.

use super::Actor;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::measured::Subject;
use crate::domain::words::RankingVisibility;

impl Actor {
    /// Whether the actor may see what a unit comes to, as they may see what was measured of it and a goal of it that is
    /// `internal`.
    pub fn sees_figures_of_unit(&self, unit: UnitId) -> bool {
        self.sees_measured(Subject::Unit(unit))
    }

    /// Whether the actor may see what a person comes to, as they may see what was measured of them; everyone may where the
    /// organization shows people beside each other to all.
    pub fn sees_figures_of_person(&self, person: PersonId, ranking: RankingVisibility) -> bool {
        self.directory.person(person).is_some()
            && (ranking == RankingVisibility::All || self.sees_measured(Subject::Person(person)))
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
