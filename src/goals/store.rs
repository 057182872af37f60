//! The only SQL on the tables of goals.

mod goals;
mod links;
mod many;
mod requests;
mod versions;

pub(super) use goals::{
    delete, find, in_forest, insert, open_of_contributor, open_of_owner, owned, owners_in, people, people_of_forest,
    review_weights, set_people, touch, update, waiting,
};
pub(super) use links::{
    above, below, children, count_below, delete_link, find_link, insert_link, links_above, links_below, update_link,
};
pub(super) use many::{by_ids, forests_of, kpis_under, people_by_goal, with_forests};
pub(super) use requests::{find_request, insert_request, requests_of, update_request};
pub(super) use versions::{forget, insert_link_version, insert_version, last_link_version};
