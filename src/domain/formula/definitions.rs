//! Whether metrics can be computed from each other as they are defined.

use super::code::Code;
use crate::domain::forest::loops;
use crate::domain::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Why metrics can't be computed from each other so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefinitionFault {
    /// Each of these is computed from the next one, and the last one from the first.
    Loop(Vec<Code>),
    /// Each of these is computed from the next one, which are more than can be.
    TooLong(Vec<Code>),
}

/// Checks which metrics each formula metric is computed from (those in `prev` too): no loops, and not through more than
/// [`limits::FORMULA_CHAIN`] formulas.
pub fn check_definitions(definitions: &BTreeMap<Code, BTreeSet<Code>>) -> Result<(), DefinitionFault> {
    let inputs = |code: &Code| definitions.get(code).into_iter().flatten();
    let owned = |codes: Vec<&Code>| codes.into_iter().cloned().collect::<Vec<_>>();
    if let Some(way) = loops::find(definitions.keys(), |code| inputs(code).collect()) {
        return Err(DefinitionFault::Loop(owned(way)));
    }
    let mut ways: Vec<Vec<&Code>> = definitions.keys().map(|code| vec![code]).collect();
    for _ in 0..limits::FORMULA_CHAIN {
        let on = ways.iter().filter_map(|way| way.last().map(|last| (way, *last)));
        let longer = on.flat_map(|(way, last)| inputs(last).map(move |next| (next, way)));
        let of_formulas = longer.filter(|(next, _)| definitions.contains_key(*next));
        let by_end: BTreeMap<&Code, &Vec<&Code>> = of_formulas.collect();
        ways = by_end.into_iter().map(|(next, way)| way.iter().copied().chain([next]).collect()).collect();
    }
    ways.into_iter().next().map_or(Ok(()), |way| Err(DefinitionFault::TooLong(owned(way))))
}
