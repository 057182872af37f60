//! The parts of a series: to which one each thing measured belongs.

use super::asked::GroupBy;
use super::store::Tallied;
use crate::domain::access::Directory;
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::measured::Subject;
use std::collections::{BTreeMap, HashMap};

/// One part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// All of it: the series has no parts.
    Whole,
    /// A unit directly below, with all below it.
    Unit(UnitId),
    /// What was measured in the unit itself.
    Directly(UnitId),
    /// A person.
    Person(PersonId),
    /// What was measured of units, where people are the parts: it counts in the whole alone.
    OfUnits,
    /// A value of the dimension; none: what was measured without it.
    Value(Option<String>),
}

/// The parts found so far, each with its number.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    by: Option<&'a GroupBy>,
    /// For each unit of the scope the part that it belongs to; empty where the scope is a person.
    units: HashMap<UnitId, Part>,
    numbers: BTreeMap<Part, usize>,
    /// The dimension's value in each combination met.
    values: HashMap<String, Option<String>>,
}

impl<'a> Parts<'a> {
    /// Those of a scope: where units are the parts all of them, with or without measurements.
    pub(super) fn of(scope: Subject, by: Option<&'a GroupBy>, directory: &Directory) -> Self {
        let mut parts = Self { by, units: HashMap::new(), numbers: BTreeMap::new(), values: HashMap::new() };
        if let Subject::Unit(scope) = scope {
            parts.units.insert(scope, Part::Directly(scope));
            for below in directory.units_in(scope) {
                parts.units.extend(directory.subtree(*below).into_iter().map(|unit| (unit, Part::Unit(*below))));
                if by == Some(&GroupBy::Unit) {
                    parts.number(Part::Unit(*below));
                }
            }
        }
        parts
    }

    /// The units of the scope, in the order of their ids.
    pub(super) fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<_> = self.units.keys().copied().collect();
        units.sort_unstable();
        units
    }

    /// The number of the part in which something counts; none outside of the scope.
    pub(super) fn place(&mut self, row: &Tallied, subject: Subject) -> Option<usize> {
        let unit = row.unit_id.filter(|_| !self.units.is_empty()).map(|unit| self.units.get(&unit).cloned());
        if unit == Some(None) {
            return None;
        }
        let part = match (self.by, subject) {
            (None, _) => Part::Whole,
            (Some(GroupBy::Unit), _) => unit.flatten().unwrap_or(Part::Whole),
            (Some(GroupBy::Person), Subject::Person(person)) => Part::Person(person),
            (Some(GroupBy::Person), Subject::Unit(_)) => Part::OfUnits,
            (Some(GroupBy::Dimension(name)), _) => Part::Value(self.value(name, &row.dimensions)),
        };
        Some(self.number(part))
    }

    /// Every part with its number.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Part, usize)> {
        self.numbers.iter().map(|(part, number)| (part, *number))
    }

    fn number(&mut self, part: Part) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(part).or_insert(next)
    }

    /// The value of a dimension in a combination.
    fn value(&mut self, name: &str, dimensions: &str) -> Option<String> {
        if let Some(known) = self.values.get(dimensions) {
            return known.clone();
        }
        let mut read: BTreeMap<String, String> = serde_json::from_str(dimensions).unwrap_or_default();
        let value = read.remove(name);
        self.values.insert(dimensions.to_owned(), value.clone());
        value
    }
}
