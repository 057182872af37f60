//! Who may see and do what, and the ways round it: all closed.

mod delegations;
mod feeds;
mod places;
mod sight;
mod standing;
mod switches;
