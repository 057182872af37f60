//! The shape of the house holds: layers, the doors between features, the size of files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The features, each using only those before it; `api` modules dress answers and may look ahead.
const FEATURES: [&str; 14] = [
    "directory",
    "identity",
    "org",
    "audit",
    "cycles",
    "metrics",
    "measurements",
    "goals",
    "checkins",
    "figures",
    "reviews",
    "me",
    "setup",
    "demo",
];

/// What stands below all features, each using only those before it.
const GROUND: [&str; 5] = ["domain", "error", "clock", "db", "http"];

fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(&root).unwrap().to_owned(), text);
            }
        }
    }
    found
}

fn top_of(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of the crate that a file names, with the lines; comments and tests left out.
fn named(text: &str) -> Vec<(String, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for part in line.split("crate::").skip(1) {
            if let Some(list) = part.strip_prefix('{') {
                for name in list.split(['}', ',']) {
                    found.push((name.trim().split("::").next().unwrap_or_default().to_owned(), line.to_owned()));
                }
            } else {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((name, line.to_owned()));
            }
        }
    }
    found
}

#[test]
fn no_file_is_two_things_in_one() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it by what it does", path.display());
    }
}

#[test]
fn the_ground_points_down() {
    for (path, text) in sources() {
        let top = top_of(&path);
        let Some(place) = GROUND.iter().position(|layer| *layer == top) else { continue };
        for (name, line) in named(&text) {
            let known = GROUND.iter().position(|layer| *layer == name);
            assert!(!FEATURES.contains(&name.as_str()), "{}: the ground names a feature: {line}", path.display());
            assert!(known.is_none_or(|other| other <= place), "{}: points up: {line}", path.display());
        }
    }
}

#[test]
fn the_domain_is_pure() {
    for (path, text) in sources().into_iter().filter(|(path, _)| top_of(path) == "domain") {
        for outside in ["diesel", "actix", "tracing", "std::fs", "std::env", "std::net", "Utc::now", "SystemTime"] {
            let found = text.lines().find(|line| !line.trim_start().starts_with("//") && line.contains(outside));
            assert!(found.is_none(), "{}: {}", path.display(), found.unwrap_or_default());
        }
    }
}

#[test]
fn features_point_back_only_from_their_api() {
    for (path, text) in sources() {
        let Some(place) = FEATURES.iter().position(|feature| *feature == top_of(&path)) else { continue };
        let is_api = path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("api"));
        for (name, line) in named(&text) {
            let ahead = FEATURES.iter().position(|feature| *feature == name).is_some_and(|other| other > place);
            assert!(is_api || !ahead, "{}: names a later feature: {line}", path.display());
        }
    }
}

#[test]
fn stores_and_apis_are_private() {
    for (path, text) in sources().into_iter().filter(|(path, _)| FEATURES.contains(&top_of(path).as_str())) {
        for door in ["pub mod store", "pub mod api", "pub(crate) mod store", "pub(crate) mod api"] {
            assert!(!text.contains(door), "{}: {door}", path.display());
        }
    }
}

#[test]
fn nothing_is_called_utils() {
    for (path, _) in sources() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!["utils", "util", "helpers", "common", "misc"].contains(&name.as_str()), "{}", path.display());
    }
}
