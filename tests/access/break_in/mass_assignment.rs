//! Fields that are answered but not taken: sent all the same, each is refused by name, on every operation.

use crate::callers::Caller::Owner;
use crate::matrix::method_of;
use crate::rows;
use crate::support::contract::{Contract, Operation};
use crate::world::World;
use goaltree::domain::words::Visibility::Public;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[actix_web::test]
async fn no_operation_takes_a_field_that_it_only_answers() {
    let mut world = World::new().await;
    let (mut tried, mut faults) = (0, Vec::new());
    let mut done = BTreeSet::new();
    for row in rows::all() {
        let Some(body) = row.body.as_ref().filter(|body| body.is_object()) else { continue };
        let contract = Contract::current();
        let operation = contract.operations().iter().find(|each| each.id == row.operation).unwrap();
        if !done.insert(row.operation) {
            continue;
        }
        let path = world.filled(row.path, Owner, Public).await;
        let body: Value = serde_json::from_str(&world.filled(&body.to_string(), Owner, Public).await).unwrap();
        for field in read_only(operation) {
            let mut body = body.clone();
            body[&field] = json!("mine");
            let reply = world.owner().send_once(method_of(&row), &path, Some(body.to_string())).await;
            let pointer = format!("/{field}");
            let named = |fault: &Value| fault["pointer"] == pointer && fault["code"] == "unknown_field";
            tried += 1;
            if reply.status != 422 || !reply.body["errors"].as_array().unwrap().iter().any(named) {
                faults.push(format!("{} took {field}: {} {}", row.operation, reply.status, reply.text));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried > 200, "only {tried} fields were tried");
}

/// What every refused request would change: an id, an owner, a version, a time, a secret; and what the operation
/// answers beside that.
fn read_only(operation: &Operation) -> BTreeSet<String> {
    let mut answered: BTreeSet<String> =
        ["id", "organization_id", "version", "created_at", "updated_at", "created_by", "password_hash", "account_id"]
            .map(str::to_owned)
            .into();
    let success = ["200", "201", "202"].map(|status| &operation.says["responses"][status]);
    for response in success {
        properties(&response["content"]["application/json"]["schema"], &mut answered);
    }
    let mut taken = BTreeSet::new();
    properties(&operation.says["requestBody"]["content"]["application/json"]["schema"], &mut taken);
    answered.difference(&taken).cloned().collect()
}

fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    let schema = Contract::current().schemas().resolve(schema);
    found.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
    for part in ["allOf", "oneOf"] {
        schema[part].as_array().into_iter().flatten().for_each(|each| properties(each, found));
    }
}
