//! The program is killed in the middle of check-ins, as a power cut would end it: none that was answered is lost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

mod support;

use serde_json::json;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::sales::{Sales, value_of};
use support::{Client, Program};

/// The ids of the check-ins that were answered.
type Answered = Arc<Mutex<HashSet<String>>>;

#[actix_web::test]
async fn a_kill_in_the_middle_of_check_ins_loses_none_that_was_answered() {
    const SELLERS: usize = 8;
    let Sales { app, company, sellers, .. } = Sales::with(SELLERS).await;
    let owner = app.owner.clone();
    let database = app.leave_database();
    let held = ["--clock", "2026-02-14T02:00:00Z"];
    let answered = Answered::default();
    for round in 1..=3 {
        let mut program = Program::start(&database, &held);
        let busy: Vec<_> = sellers
            .iter()
            .map(|(seller, goal)| {
                let address = format!("{}/api/v1/goals/{goal}/check-ins", program.url);
                actix_web::rt::spawn(check_in_until_it_ends(address, seller.token(), Arc::clone(&answered)))
            })
            .collect();
        while answered.lock().unwrap().len() < round * 5 * SELLERS {
            actix_web::rt::time::sleep(Duration::from_millis(1)).await;
        }
        program.kill();
        for seller in busy {
            seller.await.unwrap();
        }
        let verified = Program::run(&database, &["verify"]);
        assert!(verified.starts_with("0 differences"), "{verified}");
        all_there(&Program::start(&database, &held), &owner, &sellers, &company, &answered).await;
    }
}

/// Checks in one more, again and again, until the service answers no more.
async fn check_in_until_it_ends(address: String, token: String, answered: Answered) {
    let http = reqwest::Client::new();
    let body = json!({ "increment": "1" }).to_string();
    loop {
        let request = http.post(&address).bearer_auth(&token).header("Content-Type", "application/json");
        let Ok(answer) = request.body(body.clone()).send().await else { return };
        let status = answer.status();
        let Ok(text) = answer.text().await else { return };
        assert_eq!(status.as_u16(), 201, "{text}");
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        answered.lock().unwrap().insert(answer["check_in"]["id"].as_str().unwrap().to_owned());
    }
}

/// After a new start, every check-in that was answered is there, and every figure follows from those that are.
async fn all_there(
    program: &Program,
    owner: &Client,
    sellers: &[(Client, String)],
    company: &str,
    answered: &Answered,
) {
    let owner = owner.at(&program.url);
    let mut found = HashSet::new();
    for (_, goal) in sellers {
        let kept = owner.all(&format!("/goals/{goal}/check-ins?limit=200")).await;
        assert_eq!(value_of(&owner, goal).await, kept.len().to_string(), "each adds one");
        found.extend(kept.iter().map(|check_in| check_in["id"].as_str().unwrap().to_owned()));
    }
    let answered = answered.lock().unwrap().clone();
    let lost: Vec<_> = answered.difference(&found).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), answered.len());
    assert_eq!(value_of(&owner, company).await, found.len().to_string());
}
