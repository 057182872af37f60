//! The library of standard metrics: what sales organizations measure, each with its raw inputs, in English and
//! Vietnamese. It is part of the program; organizations take from it what they want.

use crate::domain::formula::{Code, Fault, MetricFormula};
use crate::domain::words::{
    Direction, Locale, MeasuredFor, MetricGroup, MetricUnit, PeopleAggregation, TimeAggregation, TypicalPeriod,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What stands for the organization's currency in units.
const CURRENCY: &str = "VND";

/// A standard metric. It is measured, or else computed by a formula from others of the library.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryMetric {
    /// What formulas call it.
    pub code: Code,
    /// Its name.
    pub name: InBoth,
    /// What it means.
    pub description: InBoth,
    /// What sort of quantity it measures.
    pub unit: MetricUnit,
    /// The unit as it is written beside values. `VND` stands for the organization's currency.
    pub display_unit: InBoth,
    /// With how many decimals its values are shown.
    #[serde(default)]
    pub decimals: i32,
    /// The direction of new goals on it.
    pub direction: Direction,
    /// How measurements of one subject are put together over time; of a measured metric.
    pub time_aggregation: Option<TimeAggregation>,
    /// How subjects are put together; of a measured metric.
    pub people_aggregation: Option<PeopleAggregation>,
    /// Whom it is measured for; of a measured metric.
    pub measured_for: Option<MeasuredFor>,
    /// Whether nothing measured is zero.
    #[serde(default)]
    pub empty_is_zero: bool,
    /// How it is computed; of a formula metric.
    pub formula: Option<String>,
    /// By what it may be split, the most telling first; of a measured metric.
    #[serde(default)]
    pub dimensions: Vec<String>,
    /// Over what it is mostly looked at.
    pub typical_period: TypicalPeriod,
    /// What it speaks of.
    pub group: MetricGroup,
    /// The items of the article on sales KPIs that it serves: `1` to `19`, `B1` to `B10`. Without any it is an input or
    /// an extra.
    #[serde(default)]
    pub article: Vec<String>,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InBoth {
    /// In English.
    pub en: String,
    /// In Vietnamese.
    pub vi: String,
}

impl InBoth {
    /// In a language.
    pub fn text(&self, locale: Locale) -> &str {
        match locale {
            Locale::En => &self.en,
            Locale::Vi => &self.vi,
        }
    }
}

/// Every standard metric.
pub static LIBRARY: LazyLock<Vec<LibraryMetric>> =
    LazyLock::new(|| serde_json::from_str(include_str!("library.json")).unwrap_or_default());

/// The standard metric of a code.
pub fn find(code: &str) -> Option<&'static LibraryMetric> {
    LIBRARY.iter().find(|metric| metric.code.as_str() == code)
}

impl LibraryMetric {
    /// The unit as an organization writes it that reckons in a currency.
    pub fn display_unit(&self, locale: Locale, currency: &str) -> String {
        self.display_unit.text(locale).replace(CURRENCY, currency)
    }

    /// The metrics that its formula names; none where it is measured.
    pub fn inputs(&self) -> BTreeSet<Code> {
        let formula = self.formula().and_then(Result::ok);
        formula.iter().flat_map(MetricFormula::codes).cloned().collect()
    }

    /// Its formula, if it is computed, or what is wrong with it.
    pub fn formula(&self) -> Option<Result<MetricFormula, Vec<Fault>>> {
        let codes = LIBRARY.iter().map(|metric| metric.code.clone()).collect();
        self.formula.as_deref().map(|text| MetricFormula::parse(text, &codes))
    }
}

/// The standard metrics of these codes with all that they are computed from, in the library's order.
pub fn with_inputs(chosen: &BTreeSet<Code>) -> Vec<&'static LibraryMetric> {
    let mut needed = chosen.clone();
    let mut open: Vec<Code> = chosen.iter().cloned().collect();
    while let Some(code) = open.pop() {
        let inputs = find(code.as_str()).map(LibraryMetric::inputs).unwrap_or_default();
        open.extend(inputs.into_iter().filter(|input| needed.insert(input.clone())));
    }
    LIBRARY.iter().filter(|metric| needed.contains(&metric.code)).collect()
}
