//! One organization's token with another's ids, on every operation that takes an id anywhere.

use super::named;
use crate::callers::Caller::Owner;
use crate::matrix::{answer, method_of};
use crate::policy::{Answer, Cell};
use crate::rows::{self, Row};
use crate::support::contract::{Contract, Operation};
use crate::world::World;
use goaltree::domain::words::Visibility::Public;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

/// What rows name that is no id of a thing.
const NO_IDS: [&str; 6] = ["code", "email", "year", "invitation_token", "refresh_token", "owners_session"];

#[actix_web::test]
async fn ids_of_another_organization_lead_nowhere_on_any_operation() {
    let mut ours = World::new().await;
    let mut theirs = ours.beside().await;
    let mut faults = Vec::new();
    for row in rows::all() {
        let may = Cell { oracle: &ours.oracle, caller: Owner, visibility: Public }.expected(&row);
        if may != Answer::Done || row.ends_session {
            continue;
        }
        for name in named(&row).iter().filter(|name| !NO_IDS.contains(&name.as_str())) {
            faults.extend(try_id(&mut ours, &mut theirs, &row, name).await);
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

/// Sends a row's request with one of its ids being theirs.
async fn try_id(ours: &mut World, theirs: &mut World, row: &Row, name: &str) -> Option<String> {
    let place = format!("{{{{{name}}}}}");
    let foreign = theirs.filled(&place, Owner, Public).await;
    let text = |text: &str| text.replace(&place, &foreign);
    let path = ours.filled(&text(row.path), Owner, Public).await;
    let body = match &row.body {
        Some(body) => Some(ours.filled(&text(&body.to_string()), Owner, Public).await),
        None => None,
    };
    let method = method_of(row);
    let reply = row.sent_by(&ours.owner()).send(method.clone(), &path, body).await;
    // A filter by what is not there finds nothing; that is all that may be said.
    let found_nothing = method == Method::GET
        && path.split_once('?').is_some_and(|(_, query)| query.contains(&foreign))
        && ["items", "nodes"].iter().all(|list| reply.body[list].as_array().is_none_or(Vec::is_empty));
    let refused = matches!(answer(row, &reply), Answer::Hidden | Answer::NoSuchReference) || found_nothing;
    let told = theirs.goals.iter().any(|goal| reply.text.contains(&goal.title));
    (!refused || told).then(|| format!("{method} {path} with their {name}: {} {}", reply.status, reply.text))
}

/// Every id that the document lets a request name is tried above: the table names them all.
#[test]
fn every_id_that_an_operation_takes_is_in_the_table() {
    let rows = rows::all();
    let mut missing = Vec::new();
    for operation in Contract::current().operations() {
        let of_operation: Vec<_> = rows.iter().filter(|row| row.operation == operation.id).collect();
        for field in ids_in_the_body(operation) {
            let quoted = format!("\"{field}\":");
            let has = |row: &&Row| row.body.as_ref().is_some_and(|body| body.to_string().contains(&quoted));
            if !of_operation.iter().any(has) {
                missing.push(format!("{}: the body's {field}", operation.id));
            }
        }
        for parameter in operation.says["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let is_id = name == "ids" || name.ends_with("_id");
            let asked = format!("{name}={{{{");
            if parameter["in"] == "query" && is_id && !of_operation.iter().any(|row| row.path.contains(&asked)) {
                missing.push(format!("{}: ?{name}", operation.id));
            }
        }
    }
    assert!(missing.is_empty(), "no row names {missing:#?}");
}

/// What in an operation's body stands for a thing of the organization. Steps are named within their goal alone, and
/// signing in to an organization takes being in it.
fn ids_in_the_body(operation: &Operation) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let schema = &operation.says["requestBody"]["content"]["application/json"]["schema"];
    collect(schema, &mut found);
    let people = ["contributors", "followers", "watchers", "manager_id"];
    // A split by the results of a cycle before needs such results; whose cycle it is, is asked like any other's.
    found.remove("previous_cycle_id");
    found.retain(|field| people.contains(&field.as_str()) || field.ends_with("_id") || field == "to");
    found
}

fn collect(schema: &Value, found: &mut BTreeSet<String>) {
    let schema = Contract::current().schemas().resolve(schema);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let text = property.to_string();
        if text.contains("Id\"") && text.contains("$ref") {
            found.insert(name.clone());
        }
        collect(property, found);
    }
    for part in ["allOf", "oneOf"] {
        schema[part].as_array().into_iter().flatten().for_each(|each| collect(each, found));
    }
    if !schema["items"].is_null() {
        collect(&schema["items"], found);
    }
}
