//! The README's tour works as it is written, and the page on security names tests that are there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "support/mod.rs"]
mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use support::{Database, Program};

fn tour() -> String {
    let readme = include_str!("../README.md");
    let from = readme.split("<!-- tour -->\n```sh\n").nth(1).expect("the README has a tour");
    from.split("```").next().unwrap().to_owned()
}

#[test]
fn the_tour_has_seven_calls() {
    assert_eq!(tour().matches("curl ").count(), 7);
}

#[test]
fn the_tour_runs_as_written_and_moves_the_goal() {
    let database = Database::fresh();
    let program = Program::start(&database, &["demo", "--json", "--clock", "2026-11-24T02:00:00Z"]);
    let printed = program.printed();
    let line = printed.lines().find(|line| line.starts_with('{')).unwrap_or_else(|| panic!("{printed}"));
    let demo: Value = serde_json::from_str(line).unwrap();
    let employee = demo["accounts"].as_array().unwrap().last().unwrap();
    let done = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &tour()])
        .env("URL", &program.url)
        .env("EMAIL", employee["email"].as_str().unwrap())
        .env("PASSWORD", employee["password"].as_str().unwrap())
        .output()
        .expect("bash and curl are there");
    let (out, errors) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert!(done.status.success(), "{out}\n{errors}");
    let mut answers = serde_json::Deserializer::from_str(&out).into_iter::<Value>().map(Result::unwrap);
    let tree = answers.next().expect("the tree");
    assert!(!tree["nodes"].as_array().unwrap().is_empty(), "{tree}");
    let moved = answers.next().expect("the check-in");
    assert_eq!(moved["check_in"]["note"], "Khách hàng mới đã ký.", "{moved}");
    let goal = answers.next().expect("the goal");
    let latest = &goal["check_ins"][0];
    assert_eq!(latest["id"], moved["check_in"]["id"], "{goal}");
    let ancestors = goal["ancestors"].as_array().unwrap();
    assert!(ancestors.iter().any(|ancestor| ancestor["scope"] == "company"), "{goal}");
    let why = answers.next().expect("the explanation");
    assert_eq!(why["goal"]["value"], goal["value"], "{why}");
    assert!(why["text"].as_str().unwrap().starts_with("Giá trị"), "{why}");
    assert!(answers.next().is_none());
}

/// Every test of the repository, by name.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut open) = (BTreeSet::new(), vec![root.join("tests"), root.join("src")]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let names = text.split("fn ").skip(1).filter_map(|rest| rest.split_once('(')).map(|(name, _)| name);
                found.extend(names.map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let page = include_str!("../docs/security.md");
    let tests = tests();
    let named: Vec<_> = page.split('`').skip(1).step_by(2).filter(|text| text.matches('_').count() >= 3).collect();
    let missing: Vec<_> = named.iter().filter(|name| !tests.contains(**name)).collect();
    assert!(missing.is_empty(), "docs/security.md names what is not there: {missing:#?}");
    assert!(named.len() > 50, "{}", named.len());
    assert!(include_str!("../README.md").contains("docs/security.md"));
}
