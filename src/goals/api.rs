//! Goals over HTTP: making, changing, linking and deciding. Reading them is with figures.

mod answer;
mod batch;
mod bulk;
mod change;
mod links;
mod pickers;
mod requests;
mod split;
mod target_plan;

use utoipa_actix_web::service_config::ServiceConfig;

/// The addresses of goals.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(change::create_goal)
        .service(batch::batch_goals)
        .service(bulk::bulk_goals)
        .service(change::update_goal)
        .service(change::delete_goal)
        .service(change::transition_goal)
        .service(change::follow_goal)
        .service(change::unfollow_goal)
        .service(split::split_goal)
        .service(target_plan::get_target_plan)
        .service(target_plan::put_target_plan)
        .service(target_plan::delete_target_plan)
        .service(target_plan::preview_target_plan)
        .service(links::put_goal_link)
        .service(links::delete_goal_link)
        .service(links::put_child_weights)
        .service(links::list_proposed_links)
        .service(pickers::list_parent_candidates)
        .service(requests::list_change_requests)
        .service(requests::get_change_request)
        .service(requests::decide_change_request)
        .service(requests::withdraw_change_request);
}
