//! Attempts to break in. Each test is what an attacker would try; most are made from the table of rows or from the
//! document, so that they try every operation that comes.

mod hunting;
mod mass_assignment;
mod replaying;
mod tenants;
mod tokens;

use crate::rows::Row;

/// What a row names in double braces, in its path and in its body.
fn named(row: &Row) -> Vec<String> {
    let text = format!("{}{}", row.path, row.body.as_ref().map(ToString::to_string).unwrap_or_default());
    let parts = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
    let mut names: Vec<String> = parts.map(|(name, _)| name.to_owned()).collect();
    names.sort();
    names.dedup();
    names
}
