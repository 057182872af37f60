//! People: added one by one or in batches, changed, invited, deactivated, handed over. HR alone changes them; what
//! others see of them is name, unit and title.

mod accept;
mod add;
mod api;
mod change;
mod handover;
mod homes;
mod input;
mod invite;
mod known;
mod list;
mod model;
mod own;
mod store;

pub use accept::{Acceptance, accept, join};
pub(super) use add::insert_first_owner;
pub use add::{add, add_all, add_all_or_none};
pub(super) use api::routes;
pub use change::change;
pub use handover::{check_successor, hand_over_reports, may_hand_over};
pub use homes::{Homes, Stay};
pub use input::{PersonIn, PersonPatch};
pub use invite::{Invitation, invite};
pub use known::Known;
pub use list::{Activity, Found, PersonFilter, list};
pub use model::Person;
pub use own::{OwnPatch, change_own};

use crate::db::{Subject, Tx};
use crate::domain::ids::PersonId;
use crate::error::{Error, Result};

/// A person, as events name them.
fn subject(person: &Person) -> Subject {
    Subject::new("person", person.id).called(&person.display_name)
}

/// The people of these ids, in no order.
pub fn of_ids(tx: &mut Tx<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
    Ok(store::of_ids(tx.conn, tx.organization(), ids)?)
}

/// A person of the organization, a deactivated one too.
pub fn get(tx: &mut Tx<'_>, id: PersonId) -> Result<Person> {
    store::find(tx.conn, tx.organization(), id)?.ok_or_else(Error::not_found)
}
