//! The whole unit tree with counts, from the directory.

use crate::domain::access::Directory;
use crate::domain::ids::UnitId;
use crate::domain::words::UnitKind;
use crate::org::PersonRef;
use serde::Serialize;
use std::collections::HashMap;

/// A unit in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UnitNode {
    /// The unit.
    pub id: UnitId,
    /// The unit that it lies in; null for the company.
    pub parent_id: Option<UnitId>,
    /// Its level: 0 for the company.
    pub depth: usize,
    /// Its kind.
    pub kind: UnitKind,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Those who lead it, by name.
    pub leads: Vec<PersonRef>,
    /// How many active people have it as home.
    pub people: usize,
    /// How many active people have it or a unit below it as home.
    pub people_in_all: usize,
    /// How many units lie right below it.
    pub units: usize,
    /// How many units lie below it, on all levels.
    pub units_in_all: usize,
}

/// The units, depth first, those of one level by name.
pub fn tree(directory: &Directory) -> Vec<UnitNode> {
    let mut nodes: Vec<UnitNode> = Vec::new();
    let mut open: Vec<(UnitId, usize)> = directory.root().map(|root| (root, 0)).into_iter().collect();
    let at_home = at_home(directory);
    while let Some((id, depth)) = open.pop() {
        let below = directory.units_in(id);
        open.extend(below.iter().rev().map(|child| (*child, depth + 1)));
        nodes.extend(directory.unit(id).map(|unit| {
            let people = at_home.get(&id).copied().unwrap_or(0);
            UnitNode {
                id,
                parent_id: unit.parent,
                depth,
                kind: unit.kind,
                code: unit.code.clone(),
                name: unit.name.clone(),
                leads: PersonRef::all(directory, unit.leads.iter().copied()),
                people,
                people_in_all: people,
                units: below.len(),
                units_in_all: below.len(),
            }
        }));
    }
    add_up(&mut nodes);
    nodes
}

fn at_home(directory: &Directory) -> HashMap<UnitId, usize> {
    let mut counts = HashMap::new();
    for person in directory.people().filter(|person| person.active) {
        *counts.entry(person.unit).or_insert(0) += 1;
    }
    counts
}

/// Adds each unit's counts to those above it: in the reverse of depth first, those below come before.
fn add_up(nodes: &mut [UnitNode]) {
    let mut below: HashMap<UnitId, (usize, usize)> = HashMap::new();
    for node in nodes.iter_mut().rev() {
        let (people, units) = below.get(&node.id).copied().unwrap_or((0, 0));
        node.people_in_all += people;
        node.units_in_all += units;
        if let Some(parent) = node.parent_id {
            let above = below.entry(parent).or_insert((0, 0));
            above.0 += node.people_in_all;
            above.1 += node.units_in_all;
        }
    }
}
