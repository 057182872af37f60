//! The page on formulas is true: each row of its tables is run.

use super::{derived, why};
use goaltree::domain::formula::{Code, FaultKind, MetricFormula, Null, NullAt, ProgressFormula};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};

/// The cells of the rows of a table of the page.
fn rows(table: &str) -> Vec<Vec<String>> {
    let page = include_str!("../../docs/formulas.md");
    let from = page.split(&format!("<!-- {table} -->\n")).nth(1).expect("a table of the page");
    let lines = from.lines().take_while(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.map(cells).collect()
}

fn code_of(cell: &str) -> &str {
    cell.trim_matches('`')
}

fn known() -> BTreeSet<Code> {
    ["won", "lost", "revenue"].map(|code| Code::new(code).expect("a code")).into()
}

/// What a formula comes to as the page says it.
fn said<I: Display>(outcome: Result<impl Debug, NullAt<'_, I>>) -> String {
    match outcome {
        Ok(value) => format!("{value:?}"),
        Err(null) => {
            let part = null.at.to_string();
            format!("nothing: `{}` in `{part}`", why(null))
        }
    }
}

#[test]
fn metric_formulas_come_to_what_the_page_says() {
    for row in rows("metric formulas") {
        let [formula, values, expected] = row.as_slice() else { unreachable!("{row:?}") };
        let values: BTreeMap<&str, &str> = values.split(", ").filter_map(|pair| pair.split_once(' ')).collect();
        let formula = MetricFormula::parse(code_of(formula), &known()).expect("a formula");
        let outcome = formula
            .value(&mut |term| values.get(term.to_string().as_str()).map(|text| derived(text)).ok_or(Null::Missing));
        assert_eq!(&said(outcome), expected, "{formula}");
    }
}

#[test]
fn progress_formulas_come_to_what_the_page_says() {
    for row in rows("progress formulas") {
        let [formula, value, target, start, expected] = row.as_slice() else { unreachable!("{row:?}") };
        let given = BTreeMap::from([("value", value), ("target", target), ("start", start)]);
        let formula = ProgressFormula::parse(code_of(formula)).expect("a formula");
        let outcome = formula.fraction(&mut |variable| {
            given.get(variable.name()).filter(|text| !text.is_empty()).map(|text| derived(text)).ok_or(Null::Missing)
        });
        assert_eq!(&said(outcome), expected, "{formula}");
    }
}

#[test]
fn base_goals_notation_becomes_what_the_page_says() {
    for row in rows("base goal") {
        let [brought, kept] = row.as_slice() else { unreachable!("{row:?}") };
        let formula = ProgressFormula::parse(code_of(brought)).expect("a formula");
        assert_eq!(formula.to_string(), code_of(kept));
    }
}

#[test]
fn every_fault_is_on_the_page_with_an_example_of_it() {
    let rows = rows("faults");
    let told: Vec<&str> = rows.iter().filter_map(|row| row.first()).map(|cell| code_of(cell)).collect();
    let all: Vec<&str> = FaultKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(told, all);
    for row in &rows {
        let [code, example] = row.as_slice() else { unreachable!("{row:?}") };
        let Some(example) = example.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) else { continue };
        let of_metric = MetricFormula::parse(example, &known()).err().unwrap_or_default();
        let of_progress = ProgressFormula::parse(example).err().unwrap_or_default();
        let mut kinds = of_metric.iter().chain(&of_progress).map(|fault| fault.kind.code());
        assert!(kinds.any(|kind| kind == code_of(code)), "{example}: {of_metric:?} {of_progress:?}");
    }
}
