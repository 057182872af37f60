//! Formulas over HTTP: whether a text is one, and what it comes to.

use crate::db::Tx;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::ids::MetricId;
use crate::domain::words::{Locale, MeasuredFor, MetricUnit, Null, Word};
use crate::error::Result;
use crate::http::{Body, Ctx};
use crate::metrics;
use crate::metrics::formulas::{Flaw, Input, NoResult, Outcome, Preview, Step, Verdict};
use crate::metrics::input::{FormulaIn, FormulaPreviewIn};
use crate::metrics::model::Metric;
use actix_web::post;
use actix_web::web::Json;
use serde::Serialize;
use std::collections::HashMap;

/// What is wrong with a formula.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormulaFaultOut {
    /// What is wrong: a stable code. The page on formulas lists them.
    #[schema(examples("unknown_metric"))]
    pub code: String,
    /// What is wrong, in the caller's language, with what may have been meant.
    pub detail: String,
    /// How many characters come before it; null where it is no part of the text.
    pub position: Option<usize>,
    /// How many characters it takes, 0 where something is missing; null where it is no part of the text.
    pub length: Option<usize>,
    /// What may have been meant, to stand in its place; null where nothing comes near.
    pub suggestion: Option<String>,
}

/// A name in a formula.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormulaInputOut {
    /// How it is written: `revenue`, `prev(revenue)`; `value`, `target` or `start` of a progress formula.
    pub name: String,
    /// The metric; null in a progress formula.
    pub metric_id: Option<MetricId>,
    /// The metric's name in the caller's language; null in a progress formula.
    pub label: Option<String>,
    /// What sort of quantity it measures; null in a progress formula.
    pub unit: Option<MetricUnit>,
    /// The unit as it is written beside values.
    pub display_unit: Option<String>,
}

/// What there is to say of a formula.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormulaVerdictOut {
    /// Whether the metric could be defined so.
    pub valid: bool,
    /// Its canonical text, which is what is kept; null where its text is no formula.
    pub canonical: Option<String>,
    /// Whether it came in Base Goal's notation: `canonical` is what it became.
    pub translated: bool,
    /// What it is computed from, each name once; empty where its text is no formula.
    pub inputs: Vec<FormulaInputOut>,
    /// For whom goals could take its values from measurements; nobody with a progress formula.
    pub measurable_for: Vec<MeasuredFor>,
    /// By what its values could be split: what all that it is computed from has.
    pub dimensions: Vec<String>,
    /// What is wrong, all at once.
    pub faults: Vec<FormulaFaultOut>,
}

/// Why a formula has no result.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NoResultOut {
    /// Why.
    pub code: Null,
    /// Why, in the caller's language.
    pub detail: &'static str,
    /// The part of the formula in which that comes about: the missing input, the divisor.
    #[schema(examples("prev(revenue)"))]
    pub part: String,
}

/// An input of a formula, or one of an input that is computed itself.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormulaStepOut {
    /// How it is written: `revenue`, `prev(revenue)`.
    pub name: String,
    /// The metric; null in a progress formula.
    pub metric_id: Option<MetricId>,
    /// The metric's name in the caller's language; null in a progress formula.
    pub label: Option<String>,
    /// The formula that it is computed by where its value was not given; null where it is measured.
    pub formula: Option<String>,
    /// Whether its value was given.
    pub given: bool,
    /// Its value; null where there is none.
    pub value: Option<Derived>,
    /// Why it has no value, in the caller's language; null where it has one.
    pub reason: Option<&'static str>,
}

/// What a formula comes to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormulaPreviewOut {
    /// Its canonical text.
    pub canonical: String,
    /// The value that a metric's formula comes to; null where there is none, and with a progress formula.
    pub value: Option<Derived>,
    /// What a progress formula comes to, as it is; null where there is none, and with a metric's formula.
    pub attainment: Option<Fraction>,
    /// The same held between 0 and 1.
    pub progress: Option<Fraction>,
    /// Why it comes to nothing; null where it comes to something.
    pub reason: Option<NoResultOut>,
    /// Its inputs and what they are computed from, each after its own inputs.
    pub steps: Vec<FormulaStepOut>,
}

/// Check a formula
///
/// Whether a text would do as a metric's formula or as the formula of a goal's progress, what it is computed from, and
/// everything that is wrong with it, with its place and what may have been meant. One in Base Goal's notation
/// (`$percent = ($value-$target)*100/$target`) is translated. Nothing is stored; everyone may ask.
#[utoipa::path(tag = "metrics", request_body = FormulaIn,
    responses((status = 200, body = FormulaVerdictOut, description = "What there is to say of it")))]
#[post("/formulas/validate")]
pub(super) async fn validate_formula(ctx: Ctx, body: Body<FormulaIn>) -> Result<Json<FormulaVerdictOut>> {
    ctx.read(move |tx| {
        let verdict = metrics::validate(tx, &body.0)?;
        Ok(FormulaVerdictOut::of(verdict, &Shown::load(tx)?))
    })
    .await
    .map(Json)
}

/// Try a formula
///
/// What a formula comes to on values that are made up for its inputs, with what its inputs come to; or why it comes to
/// nothing. A value that the formula has no use for is refused. Nothing is stored or read but the definitions of metrics;
/// everyone may ask.
#[utoipa::path(tag = "metrics", request_body = FormulaPreviewIn,
    responses((status = 200, body = FormulaPreviewOut, description = "What it comes to")))]
#[post("/formulas/preview")]
pub(super) async fn preview_formula(ctx: Ctx, body: Body<FormulaPreviewIn>) -> Result<Json<FormulaPreviewOut>> {
    ctx.read(move |tx| {
        let preview = metrics::preview(tx, &body.0)?;
        Ok(FormulaPreviewOut::of(preview, &Shown::load(tx)?))
    })
    .await
    .map(Json)
}

/// The metrics as the caller reads them.
struct Shown {
    metrics: HashMap<MetricId, Metric>,
    ids: HashMap<String, MetricId>,
    locale: Locale,
}

impl Shown {
    fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let all = metrics::all(tx)?;
        let ids = all.iter().map(|metric| (metric.code.clone(), metric.id)).collect();
        Ok(Self { metrics: all.into_iter().map(|metric| (metric.id, metric)).collect(), ids, locale: tx.locale })
    }

    fn label(&self, id: Option<MetricId>) -> Option<String> {
        self.metrics.get(&id?).map(|metric| metric.name(self.locale).to_owned())
    }

    fn input(&self, input: Input) -> FormulaInputOut {
        let (name, metric) = match input {
            Input::Metric(term) => (term.to_string(), self.ids.get(term.metric.as_str())),
            Input::Goal(variable) => (variable.to_string(), None),
        };
        let metric = metric.and_then(|id| self.metrics.get(id));
        FormulaInputOut {
            name,
            metric_id: metric.map(|metric| metric.id),
            label: metric.map(|metric| metric.name(self.locale).to_owned()),
            unit: metric.map(|metric| metric.unit),
            display_unit: metric.and_then(|metric| metric.display_unit.clone()),
        }
    }

    fn step(&self, step: Step) -> FormulaStepOut {
        let formula = step.metric.and_then(|id| self.metrics.get(&id)?.formula.clone());
        FormulaStepOut {
            label: self.label(step.metric),
            name: step.name,
            metric_id: step.metric,
            formula: formula.filter(|_| !step.is_given),
            given: step.is_given,
            value: step.value.ok(),
            reason: step.value.err().map(|null| null.label(self.locale)),
        }
    }
}

impl FormulaFaultOut {
    fn of(flaw: &Flaw, locale: Locale) -> Self {
        match flaw {
            Flaw::Text(fault) => Self {
                code: fault.kind.code().to_owned(),
                detail: fault.sentence(locale),
                position: Some(fault.at),
                length: Some(fault.length),
                suggestion: fault.suggestion.clone(),
            },
            Flaw::Inputs(said) => Self {
                code: said.code.as_str().to_owned(),
                detail: said.detail(locale),
                position: None,
                length: None,
                suggestion: None,
            },
        }
    }
}

impl FormulaVerdictOut {
    fn of(verdict: Verdict, shown: &Shown) -> Self {
        Self {
            valid: verdict.flaws.is_empty(),
            canonical: verdict.canonical,
            translated: verdict.is_translated,
            inputs: verdict.inputs.into_iter().map(|input| shown.input(input)).collect(),
            measurable_for: verdict.feeding.fits(),
            dimensions: verdict.feeding.dimensions,
            faults: verdict.flaws.iter().map(|flaw| FormulaFaultOut::of(flaw, shown.locale)).collect(),
        }
    }
}

impl FormulaPreviewOut {
    fn of(preview: Preview, shown: &Shown) -> Self {
        let (value, attainment) = match preview.outcome {
            Ok(Outcome::Value(value)) => (Some(value), None),
            Ok(Outcome::Attainment(fraction)) => (None, Some(fraction)),
            Err(_) => (None, None),
        };
        let reason = |NoResult { reason, part }| NoResultOut { code: reason, detail: reason.label(shown.locale), part };
        Self {
            canonical: preview.canonical,
            value,
            attainment,
            progress: attainment.map(Fraction::held_in_one),
            reason: preview.outcome.err().map(reason),
            steps: preview.steps.into_iter().map(|step| shown.step(step)).collect(),
        }
    }
}
