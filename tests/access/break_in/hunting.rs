//! A restricted goal, hunted by someone who may not see it: through every address, every count and every refusal.

use crate::callers::Caller::{GoalOwner, Owner, Unrelated};
use crate::matrix::method_of;
use crate::policy::{Answer, Cell};
use crate::rows::{self, Row};
use crate::support::{Client, Reply};
use crate::world::World;
use goaltree::domain::words::Visibility::{Public, Restricted};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const NOWHERE: &str = "0190a000-0000-7000-8000-000000000000";

/// An answer without what is of the request alone.
fn said(reply: &Reply) -> (u16, Value) {
    let mut body = reply.body.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("instance");
    }
    (reply.status.as_u16(), body)
}

/// What is hidden and what is not there are refused in the same words, whatever is asked of it.
#[actix_web::test]
async fn a_hidden_thing_is_refused_in_the_words_of_an_absent_one() {
    let mut world = World::new().await;
    let mut tried = 0;
    for row in rows::all() {
        let cell = Cell { oracle: &world.oracle, caller: Unrelated, visibility: Restricted };
        if !row.who.looks_at_a_goal() || cell.expected(&row) != Answer::Hidden || row.ends_session {
            continue;
        }
        let hidden = ask(&mut world, &row, None).await;
        let absent = ask(&mut world, &row, Some(NOWHERE)).await;
        assert_eq!(hidden, absent, "{} {}", row.operation, row.path);
        tried += 1;
    }
    assert!(tried > 25, "only {tried} rows were tried");
}

/// What someone unrelated is answered, with the row's own subjects or with an id in place of the hidden ones.
async fn ask(world: &mut World, row: &Row, instead: Option<&str>) -> (u16, Value) {
    let goals = ["active", "draft", "pending", "linked", "objective", "request", "check_in"];
    let reviews = ["new", "drafted", "submitted", "managed", "rated", "shared", "to_calibrate"];
    let reviews = reviews.map(|step| format!("review_{step}"));
    let hidden: Vec<&str> = goals.into_iter().chain(reviews.iter().map(String::as_str)).collect();
    let text = |text: &str| {
        let swapped = |text: String, name: &&str| match instead {
            Some(id) => text.replace(&format!("{{{{{name}}}}}"), id),
            None => text,
        };
        hidden.iter().fold(text.to_owned(), swapped)
    };
    let path = world.filled(&text(row.path), Unrelated, Restricted).await;
    let body = match &row.body {
        Some(body) => Some(world.filled(&text(&body.to_string()), Unrelated, Restricted).await),
        None => None,
    };
    let reply = world.client(Unrelated).send(method_of(row), &path, body).await;
    let (status, body) = said(&reply);
    // A batch repeats the id that it was asked about.
    let reviews = world.fresh.iter().filter(|((name, _), _)| name.starts_with("review_")).map(|(_, id)| id);
    let asked: Vec<_> = world.goals.iter().map(|goal| &goal.id).chain(reviews).collect();
    let text = asked.iter().fold(body.to_string(), |text, id| text.replace(id.as_str(), NOWHERE));
    (status, serde_json::from_str(&text).unwrap())
}

/// All that someone may read, by address.
async fn all_that_is_read(world: &mut World, client: &Client) -> BTreeMap<String, Value> {
    let mut read = BTreeMap::new();
    let more =
        ["/goals?include_total=true", "/goals?q=kin&include_total=true", "/lookup?q=kin", "/people?include_total=true"];
    let rows: Vec<&str> = rows::all()
        .iter()
        .filter(|row| method_of(row) == Method::GET && !row.ends_session)
        .filter(|row| {
            !["{{active}}", "{{linked}}", "{{objective}}", "_session", "{{request}}", "{{check_in}}"]
                .iter()
                .any(|name| row.path.contains(name))
        })
        .map(|row| row.path)
        .collect();
    for path in rows.into_iter().chain(more) {
        let asked = world.filled(path, Unrelated, Public).await;
        let reply = client.get(&asked).await;
        if reply.status.is_success() {
            let mut body = reply.body;
            // The forest moves for everyone in it: that something changed somewhere is no secret, what is.
            if let Some(members) = body.as_object_mut() {
                members.remove("revision");
            }
            read.insert(asked, body);
        }
    }
    read
}

/// Nothing that someone may read changes by what happens to goals that they may not see: no count, no list, no event.
#[actix_web::test]
async fn nothing_readable_changes_with_a_hidden_goal() {
    let mut world = World::new().await;
    let public =
        "{{public_objective}} {{linked}} {{check_in}} {{request}} {{review_new}} {{review_shared}} {{review_cycle}}";
    world.filled(public, Owner, Public).await;
    let unrelated = world.client(Unrelated).clone();
    let before = all_that_is_read(&mut world, &unrelated).await;
    world.filled("{{draft}} {{active}} {{check_in}} {{request}} {{pending}} {{objective}}", Owner, Restricted).await;
    let after = all_that_is_read(&mut world, &unrelated).await;
    assert!(before.len() > 15, "only {} addresses were read", before.len());
    for (path, body) in &before {
        assert_eq!(body, &after[path], "{path} tells of a hidden goal");
    }
}

/// A hidden goal linked under a public one moves its figure, and nothing else of it is told.
#[actix_web::test]
async fn a_hidden_goal_under_a_public_one_is_told_by_its_figure_alone() {
    let mut world = World::new().await;
    let top = world.filled("{{public_objective}}", Owner, Public).await;
    let unrelated = world.client(Unrelated).clone();
    let hidden = world.filled("{{active}}", Owner, Restricted).await;
    let link = json!({ "weight": "1", "primary": true });
    world.owner().put(&format!("/goals/{hidden}/links/{top}"), &link).await.ok();
    let said = json!({ "value": "30", "note": "Bí mật kinh doanh" });
    world.client(GoalOwner).post(&format!("/goals/{hidden}/check-ins"), &said).await.ok();
    let seen = unrelated.get(&format!("/goals/{top}?include=children,check_ins")).await;
    assert_eq!(seen.body["progress"], 0.3);
    assert_eq!((&seen.body["child_count"], &seen.body["links_down"]), (&json!(0), &json!([])));
    let secrets = ["Kín", "Bí mật", hidden.as_str()];
    for path in
        ["", "/trend", "/parent-candidates", "/proposed-links", "/change-requests", "/check-ins", "/permissions"]
    {
        let reply = unrelated.get(&format!("/goals/{top}{path}")).await;
        let told = secrets.iter().find(|secret| reply.text.contains(**secret));
        assert!(told.is_none(), "{path} tells {told:?}: {}", reply.text);
    }
}

/// A goal of a cycle that is still being prepared is offered to nobody but HR, though its kin are under way.
#[actix_web::test]
async fn pickers_offer_nothing_of_a_cycle_that_is_not_published() {
    let mut world = World::new().await;
    let year = json!({ "kind": "custom", "name": "Năm", "starts_on": "2026-01-01", "ends_on": "2026-12-31" });
    let year = world.owner().post("/cycles", &year).await.id();
    for phase in ["planning", "active"] {
        world.owner().post(&format!("/cycles/{year}/phase"), &json!({ "to": phase })).await.ok();
    }
    let inside = |name: &str, first: &str, last: &str| json!({ "kind": "custom", "name": name, "starts_on": first, "ends_on": last, "parent_id": year });
    let now = world.owner().post("/cycles", &inside("Nay", "2026-01-01", "2026-06-30")).await.id();
    for phase in ["planning", "active"] {
        world.owner().post(&format!("/cycles/{now}/phase"), &json!({ "to": phase })).await.ok();
    }
    let later = world.owner().post("/cycles", &inside("Sau", "2026-07-01", "2026-12-31")).await.id();
    let goal = |cycle: &str, title: &str| json!({ "cycle_id": cycle, "kind": "objective", "title": title });
    let own = world.client(GoalOwner).post("/goals", &goal(&now, "Việc nay")).await.id();
    let mut secret = goal(&later, "Chưa công bố");
    secret["visibility"] = json!("public");
    let secret = world.owner().post("/goals", &secret).await.id();
    let offered = format!("/goals/{own}/parent-candidates?q=chua");
    let seen = world.client(GoalOwner).get(&offered).await;
    assert!(!seen.text.contains(&secret) && seen.body["items"] == json!([]), "{}", seen.text);
    world.fresh.clear();
    assert!(world.owner().get(&offered).await.text.contains(&secret), "HR is offered it");
}

/// Looking for a hidden goal takes as long as looking for none: both are read by the same code, which reads the goal's
/// row and its people and no figures. The bound is wide, as the machine may be busy: it would catch that a forest is
/// loaded for the one and not for the other, not that one row more is read.
#[actix_web::test]
async fn a_hidden_goal_is_not_told_by_the_time_that_its_refusal_takes() {
    let mut world = World::new().await;
    let hidden = world.filled("{{active}}", Owner, Restricted).await;
    let unrelated = world.client(Unrelated).clone();
    let (mut of_hidden, mut of_absent) = (Vec::new(), Vec::new());
    for _ in 0..40 {
        for (id, times) in [(hidden.as_str(), &mut of_hidden), (NOWHERE, &mut of_absent)] {
            let start = Instant::now();
            unrelated.get(&format!("/goals/{id}")).await.problem(404, "not_found");
            times.push(start.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    let (hidden, absent) = (median(&mut of_hidden), median(&mut of_absent));
    let apart = hidden.abs_diff(absent);
    assert!(apart < Duration::from_millis(20).max(absent * 2), "hidden {hidden:?}, absent {absent:?}");
}
