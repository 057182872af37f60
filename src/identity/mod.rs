//! Who is asking: accounts, sign-in with an optional second factor, sessions, API tokens, the keys that sign access
//! tokens, one-time links.

mod accounts;
mod api;
mod gate;
mod keys;
mod knock;
pub mod links;
mod noted;
mod password;
mod refresh;
mod sessions;
mod sign_in;
mod signed_in;
mod throttle;
mod tokens;
mod totp;

pub use accounts::{Account, create as create_account, find_by_email, set_password};
pub(crate) use api::routes;
pub use gate::IdentityGate;
pub use keys::{Kept, Keys, list as list_keys, rotate as rotate_keys};
pub use knock::Knock;
pub use noted::by_operator as note_by_operator;
pub use password::{check as check_password, hash as hash_password, hash_now as hash_password_now};
pub use sessions::{Opened, open as open_session};
pub use signed_in::SignedIn;
pub use totp::reset as reset_totp;

use crate::db::Tx;
use crate::domain::ids::PersonId;
use crate::error::Result;

/// Ends for good whatever lets someone in: sessions and API tokens. Should they come back, they begin anew.
pub fn shut_out(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    sessions::revoke_all(tx.conn, tx.organization(), person, tx.now)?;
    tokens::revoke_all(tx, person)
}
