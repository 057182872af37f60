//! Who may see and who may enter what is measured.

use super::Actor;
use crate::domain::disclosure::Hidden;
use crate::domain::measured::Subject;

impl Actor {
    /// Whether the actor may see what was measured: of a person themself, their lead line and HR; of a unit whoever
    /// belongs to it or to one below it, whoever leads or supervises it or one above it, and HR.
    pub fn sees_measured(&self, of: Subject) -> bool {
        match of {
            Subject::Person(person) => self.sees_whole(person),
            Subject::Unit(unit) => {
                let (me, directory) = (self.person, &self.directory);
                self.is_admin()
                    || directory.belongs_to(me, unit)
                    || directory.leads_over(me, unit)
                    || directory.supervises(me, unit)
            }
        }
    }

    /// Whether there is anyone or anything for whom the actor may enter what is measured: HR, and whoever leads a unit or
    /// manages someone, be it someone who has left.
    pub fn may_measure_at_all(&self) -> bool {
        self.is_admin() || (self.may_write() && self.directory.stands_above_anyone(self.person))
    }

    /// Whose of some measurements the actor may not see.
    pub fn hidden_among(&self, of: impl IntoIterator<Item = Subject>) -> Hidden {
        Hidden::all(of.into_iter().filter(|subject| !self.sees_measured(*subject)).map(Hidden::One))
    }

    /// Whether the actor may enter, correct and remove what is measured: HR; of a person their lead line, of a unit its
    /// leads and those of the units above it. Nobody for themself, unless they are HR: it would be typed and not
    /// measured.
    pub fn may_measure(&self, of: Subject) -> bool {
        let leads = match of {
            Subject::Person(person) => self.directory.is_in_lead_line_of(self.person, person),
            Subject::Unit(unit) => self.directory.leads_over(self.person, unit),
        };
        self.is_admin() || (self.may_write() && leads)
    }
}
