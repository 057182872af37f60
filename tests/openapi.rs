//! The committed document is what the code says, and says it whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

use goaltree::app::App;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn document() -> Value {
    serde_json::from_str(&App::document().to_pretty_json().unwrap()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.is_object() {
                found.push((format!("{method} {path}"), operation));
            }
        }
    }
    found
}

#[test]
fn the_committed_document_is_current() {
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/goaltree.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(committed).unwrap()).unwrap();
    assert!(
        committed == document(),
        "openapi/goaltree.json is not what the code says: cargo run -- openapi > openapi/goaltree.json"
    );
}

#[test]
fn the_document_is_openapi_3_1() {
    assert_eq!(document()["openapi"], "3.1.0");
}

#[test]
fn operation_ids_are_there_and_unique() {
    let document = document();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (place, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{place} has no operationId"));
        if let Some(other) = seen.insert(id.to_owned(), place.clone()) {
            panic!("{place} and {other} are both called {id}");
        }
    }
}

#[test]
fn every_operation_says_what_it_does() {
    let document = document();
    for (place, operation) in operations(&document) {
        for member in ["summary", "description"] {
            let text = operation[member].as_str().unwrap_or_default();
            assert!(!text.trim().is_empty(), "{place} has no {member}");
        }
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{place} needs one tag");
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(!response["description"].as_str().unwrap_or_default().is_empty(), "{place} {status}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{place} {}", parameter["name"]);
        }
    }
}

#[test]
fn every_tag_is_described() {
    let document = document();
    let described: BTreeSet<_> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    for (place, operation) in operations(&document) {
        let tag = operation["tags"][0].as_str().unwrap();
        assert!(described.contains(tag), "{place}: the tag {tag} is not described");
    }
}

#[test]
fn every_field_says_what_it_is() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            // A reference that may be null carries its description inside.
            let inside = property["oneOf"].as_array().into_iter().flatten();
            let described = |schema: &Value| !schema["description"].as_str().unwrap_or_default().is_empty();
            assert!(described(property) || inside.into_iter().any(described), "{name}.{field} has no description");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                    found.insert(reference.to_owned());
                }
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn words_have_the_values_that_are_sent() {
    let document = document();
    let values = |name: &str| document["components"]["schemas"][name]["enum"].clone();
    assert_eq!(values("Phase"), serde_json::json!(["draft", "planning", "active", "review", "closed"]));
    assert_eq!(values("Status"), serde_json::json!(["no_data", "achieved", "on_track", "at_risk", "off_track"]));
    for (word, labels) in goaltree::domain::words::all() {
        let sent: Vec<_> = labels.iter().map(|label| label.value).collect();
        let camel: String = word.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        let listed = values(if camel == "Result" { "Outcome" } else { &camel });
        assert!(listed.is_null() || listed == serde_json::json!(sent), "{word}: {listed}");
    }
}

#[test]
fn no_two_types_share_a_name() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut open = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let mut in_schema = false;
            for line in text.lines() {
                in_schema |= line.starts_with("#[derive") && line.contains("ToSchema");
                let Some(rest) = line.split_once("struct ").or_else(|| line.split_once("enum ")) else { continue };
                if in_schema && !line.starts_with(['#', '/', ' ']) {
                    let name: String = rest.1.chars().take_while(|c| c.is_alphanumeric()).collect();
                    if let Some(other) = seen.insert(name.clone(), path.display().to_string()) {
                        panic!("{name} is in {other} and in {}", path.display());
                    }
                    in_schema = false;
                }
            }
        }
    }
    assert!(seen.len() > 50);
}

#[test]
fn every_operation_says_what_an_api_token_needs() {
    use goaltree::domain::access::Need;
    let document = document();
    let closed: BTreeSet<&str> = operations(&document)
        .into_iter()
        .filter(|(_, operation)| operation["security"][0] != serde_json::json!({}))
        .map(|(_, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    for operation in &closed {
        assert!(Need::of(operation).is_some(), "{operation} is not in the table of src/domain/access/scopes.rs");
    }
    let mut seen = BTreeSet::new();
    for operation in Need::operations() {
        assert!(closed.contains(operation), "src/domain/access/scopes.rs: nobody signs in for {operation}");
        assert!(seen.insert(operation), "src/domain/access/scopes.rs names {operation} twice");
    }
}
