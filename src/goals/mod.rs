//! Goals: the nodes of the tree, the links between them, and their life.
//!
//! What one can do: make one with its key results ([`create`]), change it ([`edit`]), take it through its life
//! ([`transition`]), link it ([`put_link`], [`remove_link`]) and weigh what is linked under it ([`weigh`]), ask for and
//! decide on changes of a commitment ([`decide`], [`withdraw`]), follow it, split its target ([`split`]), lay
//! it out over time ([`lay_out`]), make goals for all members of a unit ([`bulk()`]), hand all of someone's over, delete it.
//! Every change locks the forest before it decides, and keeps the version that it makes.

mod api;
mod approval;
mod batch;
mod bulk;
mod candidates;
mod check;
mod complete;
mod create;
mod defaults;
mod delete;
mod edit;
mod find;
mod follow;
mod handover;
mod life;
mod links;
mod measured;
pub mod model;
mod new;
mod owned;
mod patch;
mod record;
mod split;
mod store;
mod target_plan;
mod told;
mod watch;
mod ways;
mod weights;

pub(crate) use api::routes;
pub use approval::{Decision, Done, decide, find_request, requests_of, withdraw};
pub use batch::{BatchItem, batch};
pub use bulk::{Bulk, BulkItem, MembersResults, bulk, bulk_members};
pub use candidates::{Candidate, parent_candidates};
pub use check::measure_fault;
pub use create::create;
pub use delete::delete;
pub use edit::edit;
pub use find::{find, find_for_update, must, people_of};
pub use follow::follow;
pub use handover::{GoalParts, HandedGoals, hand_over, waiting_for};
pub use life::{Transition, transition};
pub use links::{LinkWish, put as put_link, remove as remove_link};
pub use new::{NewGoal, NewKeyResult, NewLink, NewStep};
pub use owned::{owned, owners_in};
pub use patch::GoalPatch;
pub use split::{LastResults, Split, SplitPart, allocated, preview_split, split};
pub use target_plan::{PlanWish, Road, lay_out, make_linear, preview_plan};
pub use told::as_read_by;
pub use watch::{Watched, many, watch};
pub use weights::{ChildWeight, weigh};
