//! Who is asking: accounts, sign-in, sessions, the keys that sign tokens, one-time links.

mod accounts;
mod api;
mod gate;
mod keys;
pub mod links;
mod password;
mod sessions;
mod sign_in;
mod tokens;

pub use accounts::{Account, create as create_account, find_by_email, set_password};
pub(crate) use api::routes;
pub use gate::IdentityGate;
pub use keys::Keys;
pub use password::{
    check as check_password, hash as hash_password, hash_now as hash_password_now, matches as password_matches,
};
pub use sessions::{Opened, open as open_session, revoke_all as revoke_sessions};
pub use sign_in::SignedIn;
