//! Reviews: templates, the way of a review step by step, who sees what of it, scores, calibration.

mod calibrating;
mod privacy;
mod scoring;
mod steps;
mod templates;
mod together;

use crate::goals::world::{World, and, make_active};
use crate::support::{Client, Reply, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

/// What the standard template must be answered with.
pub fn own_words() -> Value {
    json!({ "answers": [{ "question": "achievements", "text": "Ký 12 hợp đồng" }] })
}

/// The same by the manager.
pub fn managers_words() -> Value {
    json!({ "answers": [{ "question": "strengths", "text": "Bền bỉ" }] })
}

/// Someone's KPI from 0 to 100 that stands at a value, with more said of it.
pub async fn kpi_at(world: &World, owner: &Client, value: &str, more: Value) -> String {
    let goal = make_active(owner, and(world.kpi("Doanh thu"), more)).await;
    owner.post(&format!("/goals/{goal}/check-ins"), &json!({ "value": value })).await.ok();
    goal
}

/// Takes a cycle to its review.
pub async fn to_review(app: &TestApp, cycle: &str) {
    app.owner.post(&format!("/cycles/{cycle}/phase"), &json!({ "to": "review" })).await.ok();
}

/// Makes a template and lets a cycle choose it.
pub async fn choose(app: &TestApp, cycle: &str, template: Value) -> String {
    let id = app.owner.post("/review-templates", &and(json!({ "name": "Mẫu" }), template)).await.id();
    app.owner.patch(&format!("/cycles/{cycle}/review-setup"), &json!({ "template_id": id })).await.ok();
    id
}

/// The settings of the standard template, with others.
pub fn settings(more: Value) -> Value {
    let standard = json!({
        "people": "with_goals", "self_hidden": true, "manager_hidden": true, "calibration": false, "deadlines": {},
    });
    and(standard, more)
}

/// The id of someone's review in a cycle.
pub async fn review_of(app: &TestApp, cycle: &str, person: &Client) -> String {
    let reviews = app.owner.get(&format!("/cycles/{cycle}/reviews?person_id={}", person.person)).await.ok();
    reviews["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no review in {reviews}")).to_owned()
}

/// Does something with a review as it is now.
pub async fn act(app: &TestApp, who: &Client, review: &str, what: &str, body: Value) -> Reply {
    let now = app.owner.get(&format!("/reviews/{review}")).await.ok();
    let who = who.with("If-Match", format!("\"v{}\"", now["version"]));
    let path = format!("/reviews/{review}/{what}");
    let puts = matches!(what, "self" | "manager" | "calibration");
    let bare = matches!(what, "self/submit" | "manager/submit" | "share");
    who.send(if puts { Method::PUT } else { Method::POST }, &path, (!bare).then(|| body.to_string())).await
}

/// The person writes and submits.
pub async fn by_self(app: &TestApp, person: &Client, review: &str) {
    act(app, person, review, "self", own_words()).await.ok();
    act(app, person, review, "self/submit", json!({})).await.ok();
}

/// The manager writes and submits.
pub async fn by_manager(app: &TestApp, manager: &Client, review: &str, part: Value) {
    act(app, manager, review, "manager", part).await.ok();
    act(app, manager, review, "manager/submit", json!({})).await.ok();
}

/// A world in review in which An, whose KPI stands at 90 of 100, has a review.
pub async fn world() -> (World, String) {
    let world = World::new().await;
    kpi_at(&world, &world.an, "90", json!({})).await;
    to_review(&world.app, &world.quarter).await;
    let review = review_of(&world.app, &world.quarter, &world.an).await;
    (world, review)
}
