//! Every row by every kind of caller.

use crate::callers::Caller;
use crate::policy::{Answer, Cell, VISIBILITIES};
use crate::rows::{self, Row};
use crate::support::contract::Contract;
use crate::support::{Client, PASSWORD, Reply};
use crate::world::World;
use goaltree::domain::words::Visibility;
use reqwest::Method;
use std::collections::BTreeSet;

#[test]
fn every_operation_of_the_document_is_in_the_table() {
    let documented: BTreeSet<&str> = Contract::current().operations().iter().map(|each| each.id.as_str()).collect();
    let rows = rows::all();
    let tried: BTreeSet<&str> = rows.iter().map(|row| row.operation).collect();
    let missing: Vec<_> = documented.difference(&tried).collect();
    assert!(missing.is_empty(), "tests/access/rows says of no one whether they may: {missing:?}");
    let gone: Vec<_> = tried.difference(&documented).collect();
    assert!(gone.is_empty(), "tests/access/rows speaks of what is not there: {gone:?}");
}

#[actix_web::test]
async fn everyone_may_do_what_the_policy_says_and_sees_nothing_hidden() {
    let mut world = World::new().await;
    let mut faults = Vec::new();
    for row in rows::all() {
        for visibility in visibilities(&row) {
            for caller in Caller::ALL {
                faults.extend(try_cell(&mut world, &row, caller, visibility).await);
            }
        }
    }
    assert!(faults.is_empty(), "{} cells:\n{}", faults.len(), faults.join("\n"));
}

fn visibilities(row: &Row) -> Vec<Visibility> {
    if row.who.looks_at_a_goal() { VISIBILITIES.to_vec() } else { vec![Visibility::Restricted] }
}

/// Sends one cell's request; answers what is wrong with what came of it.
async fn try_cell(world: &mut World, row: &Row, caller: Caller, visibility: Visibility) -> Option<String> {
    let expected = Cell { oracle: &world.oracle, caller, visibility }.expected(row);
    let expected = if expected == Answer::Done { row.done } else { expected };
    let (reply, method, asked) = send(world, row, caller, visibility).await;
    let answer = answer(row, &reply);
    if answer == Answer::Done && method != Method::GET {
        world.used();
    }
    let cell = format!("{} {} by {caller:?}, {visibility} goal", row.operation, row.path);
    if answer != expected {
        return Some(format!("{cell}: {expected:?} expected, got {} {}", reply.status, reply.text));
    }
    // A batch repeats the ids that it was asked about.
    let tells = |id: &str| reply.text.contains(id) && !asked.contains(id);
    let told = world.hidden_from(caller).find(|made| tells(&made.id) || reply.text.contains(&made.title));
    told.map(|made| format!("{cell}: tells of the hidden goal {} ({}): {}", made.title, made.id, reply.text))
}

async fn send(world: &mut World, row: &Row, caller: Caller, visibility: Visibility) -> (Reply, Method, String) {
    let mut client = world.client(caller).clone();
    if row.ends_session && caller.is_admitted() && caller.scope().is_none() {
        client = Client::sign_in(&world.app.url, client.email(), PASSWORD).await;
        world.clients.insert(caller, client.clone());
    }
    let path = world.filled(row.path, caller, visibility).await;
    let body = match &row.body {
        Some(body) => Some(world.filled(&body.to_string(), caller, visibility).await),
        None => None,
    };
    let method = method_of(row);
    let reply = row.sent_by(&client).send_once(method.clone(), &path, body.clone()).await;
    if row.ends_session && caller.is_admitted() && caller.scope().is_none() {
        let client = Client::sign_in(&world.app.url, client.email(), PASSWORD).await;
        world.clients.insert(caller, client);
    }
    (reply, method, body.unwrap_or_default())
}

/// The operation's method; its address must be that of the row.
pub fn method_of(row: &Row) -> Method {
    let operations = Contract::current().operations().iter();
    let operation = operations.into_iter().find(|each| each.id == row.operation);
    let operation = operation.unwrap_or_else(|| panic!("{} is not in the document", row.operation));
    let own = operation.path.trim_start_matches("/api/v1").split('/').count();
    assert_eq!(own, row.path.split('?').next().unwrap().split('/').count(), "{}: {}", row.operation, row.path);
    operation.method.parse().unwrap()
}

/// What the policy sees of an answer.
pub fn answer(row: &Row, reply: &Reply) -> Answer {
    let of_item = reply.body["items"][0]["status"].as_u64().filter(|_| row.per_item);
    Answer::of(of_item.map_or(reply.status.as_u16(), |status| u16::try_from(status).unwrap()))
}
