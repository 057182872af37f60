//! Figures over HTTP.

mod detail;
mod explain;
mod goals;
mod history;
mod lookup;
mod simulate;
mod tree;
mod trend;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    services
        .service(goals::list_goals)
        .service(detail::get_goal)
        .service(detail::list_goal_ancestors)
        .service(detail::get_goal_permissions)
        .service(trend::get_goal_trend)
        .service(history::list_goal_history)
        .service(history::list_goal_activity)
        .service(explain::explain_goal)
        .service(simulate::simulate_cycle)
        .service(tree::get_cycle_tree)
        .service(views::get_my_goals)
        .service(views::get_unit_goals)
        .service(lookup::look_up);
}
