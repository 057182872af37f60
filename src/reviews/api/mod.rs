//! Reviews over HTTP.

mod acts;
mod batch;
mod calibration;
mod out;
mod parts;
mod people;
mod read;
mod setup;

use super::templates;
use utoipa_actix_web::service_config::ServiceConfig;

/// The addresses of reviews.
pub(crate) fn routes(services: &mut ServiceConfig<'_>) {
    templates::routes(services);
    services
        .service(setup::get_review_setup)
        .service(setup::change_review_setup)
        .service(read::list_cycle_reviews)
        .service(people::add_review)
        .service(calibration::get_calibration)
        .service(read::get_my_reviews)
        .service(batch::put_review_batch)
        .service(batch::submit_review_batch)
        .service(read::get_review)
        .service(parts::put_self_review)
        .service(parts::submit_self_review)
        .service(parts::put_manager_review)
        .service(parts::submit_manager_review)
        .service(acts::put_review_calibration)
        .service(acts::return_review)
        .service(acts::share_review)
        .service(acts::acknowledge_review)
        .service(acts::reopen_review)
        .service(people::exclude_review);
}
