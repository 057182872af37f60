//! Formulas against an independent evaluator: `tests/formula/golden.py` wrote down what they come to.

#![expect(clippy::expect_used, reason = "a test ends where its own data is wrong")]

#[path = "formula/page.rs"]
mod page;

use goaltree::domain::derived::Derived;
use goaltree::domain::formula::{Code, MetricFormula, Null, NullAt, ProgressFormula};
use goaltree::domain::words::Word;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Display;

#[derive(Deserialize)]
struct Case {
    kind: String,
    formula: String,
    inputs: BTreeMap<String, Option<String>>,
    value: Option<String>,
    null: Option<String>,
}

impl Case {
    fn input(&self, name: &impl Display) -> Result<Derived, Null> {
        let text = self.inputs.get(&name.to_string()).expect("an input of the case");
        text.as_deref().map(derived).ok_or(Null::Missing)
    }
}

/// A value of at most 8 decimals.
fn derived(text: &str) -> Derived {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Derived::from_units(format!("{whole}{part:0<8}").parse().expect("digits")).expect("in range")
}

fn why<I>(null: NullAt<'_, I>) -> String {
    null.reason.as_str().to_owned()
}

#[test]
fn every_formula_comes_to_what_an_independent_evaluator_says() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("formula/golden.json")).expect("golden cases");
    let codes = ["won", "lost", "leads", "cost"].map(|code| Code::new(code).expect("a code")).into();
    for case in &cases {
        let found = if case.kind == "progress" {
            let formula = ProgressFormula::parse(&case.formula).expect("a formula");
            assert_eq!(ProgressFormula::parse(&formula.to_string()), Ok(formula.clone()), "{}", case.formula);
            formula.fraction(&mut |name| case.input(name)).map(|fraction| format!("{fraction:?}")).map_err(why)
        } else {
            let formula = MetricFormula::parse(&case.formula, &codes).expect("a formula");
            assert_eq!(MetricFormula::parse(&formula.to_string(), &codes), Ok(formula.clone()), "{}", case.formula);
            formula.value(&mut |name| case.input(name)).map(|value| format!("{value:?}")).map_err(why)
        };
        let expected = case.value.clone().ok_or_else(|| case.null.clone().expect("a value or a reason"));
        assert_eq!(found, expected, "{}", case.formula);
    }
    assert!(cases.len() >= 600);
}
