//! The metrics of an organization as formulas and figures see them: what each sets, what its values come from, and what
//! depends on it.

use super::store;
use crate::db::columns::Json;
use crate::db::{Conn, Tx};
use crate::domain::formula::{Code, Formula, MetricFormula, ProgressFormula, Term};
use crate::domain::ids::{MetricId, OrganizationId};
use crate::domain::measured::{Aggregation, MetricRules, Origin};
use crate::domain::words::{MeasuredFor, PeopleAggregation, TimeAggregation};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a metric's row says of its values.
#[derive(Debug, Clone, Queryable)]
pub(super) struct Defined {
    id: MetricId,
    code: String,
    time: Option<TimeAggregation>,
    people: Option<PeopleAggregation>,
    measured_for: Option<MeasuredFor>,
    empty_is_zero: bool,
    formula: Option<String>,
    progress: Option<String>,
    dimensions: Option<Json<Vec<String>>>,
    retired: bool,
}

/// A metric among the others.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) code: Code,
    pub(super) rules: MetricRules,
    measured_for: Option<MeasuredFor>,
    dimensions: Vec<String>,
    pub(super) is_retired: bool,
}

/// All metrics of an organization, retired ones too.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    metrics: BTreeMap<MetricId, Known>,
    ids: BTreeMap<Code, MetricId>,
}

/// What a metric's values come from, through formulas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feeding {
    /// What is measured, and for whom: the metric itself, or all that its formula leads to.
    pub measured: BTreeMap<MetricId, MeasuredFor>,
    /// What is typed in alone, so that it never comes to anything by measurements.
    pub typed: BTreeSet<MetricId>,
    /// By what it may be split: the metric's own dimensions, or those that all that it comes from has.
    pub dimensions: Vec<String>,
}

/// What each metric of an organization sets for the figures of goals on it, retired ones too. What is only typed in and
/// has no progress formula sets nothing and is left out.
pub fn rules(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<(MetricId, MetricRules)>> {
    let all = Catalogue::load(conn, organization)?.metrics.into_iter().map(|(id, known)| (id, known.rules));
    Ok(all.filter(|(_, rules)| rules.origin != Origin::Typed || rules.progress.is_some()).collect())
}

/// What a metric's values come from.
pub fn feeding(conn: &mut Conn, organization: OrganizationId, metric: MetricId) -> QueryResult<Feeding> {
    Catalogue::load(conn, organization).map(|catalogue| catalogue.feeding(metric))
}

impl Feeding {
    /// Whether its values come from measurements alone.
    pub fn is_measured(&self) -> bool {
        self.typed.is_empty() && !self.measured.is_empty()
    }

    /// Whether it can be measured for one person: all that it comes from is. For a unit every measured metric can.
    pub fn fits_people(&self) -> bool {
        self.is_measured() && self.measured.values().all(|who| *who == MeasuredFor::Person)
    }

    /// For whom it can be measured.
    pub fn fits(&self) -> Vec<MeasuredFor> {
        match (self.is_measured(), self.fits_people()) {
            (false, _) => vec![],
            (true, false) => vec![MeasuredFor::Unit],
            (true, true) => vec![MeasuredFor::Person, MeasuredFor::Unit],
        }
    }
}

impl Catalogue {
    /// The metrics as they are defined now.
    pub(super) fn load(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Self> {
        let rows = store::defined(conn, organization)?;
        let ids: BTreeMap<Code, MetricId> =
            rows.iter().filter_map(|row| Some((Code::new(&row.code)?, row.id))).collect();
        let codes = ids.keys().cloned().collect();
        let metrics = rows.into_iter().map(|row| row.read(&ids, &codes)).collect::<QueryResult<_>>()?;
        Ok(Self { metrics, ids })
    }

    /// The same, held still until the transaction ends: definitions depend on each other. To be taken before forests.
    pub(super) fn held(tx: &mut Tx<'_>) -> QueryResult<Self> {
        store::lock_all(tx.conn, tx.organization())?;
        Self::load(tx.conn, tx.organization())
    }

    /// Every code.
    pub(super) fn codes(&self) -> impl Iterator<Item = &Code> {
        self.ids.keys()
    }

    /// The metric with a code.
    pub(super) fn find(&self, code: &Code) -> Option<(MetricId, &Known)> {
        let id = self.ids.get(code)?;
        Some((*id, self.metrics.get(id)?))
    }

    /// What a metric is called in formulas.
    pub(super) fn code(&self, id: MetricId) -> Option<&Code> {
        self.metrics.get(&id).map(|known| &known.code)
    }

    /// What a metric sets for figures.
    pub(super) fn rules(&self, id: MetricId) -> Option<&MetricRules> {
        self.metrics.get(&id).map(|known| &known.rules)
    }

    /// Which metrics each formula metric is computed from, by their codes.
    pub(super) fn definitions(&self) -> BTreeMap<Code, BTreeSet<Code>> {
        let computed = self.metrics.values().filter(|known| matches!(known.rules.origin, Origin::Computed(_)));
        let inputs = |known: &Known| known.inputs().filter_map(|id| self.code(id).cloned()).collect();
        computed.map(|known| (known.code.clone(), inputs(known))).collect()
    }

    /// The metrics that a metric's formula names, by their codes.
    pub(super) fn inputs(&self, metric: MetricId) -> BTreeSet<&Code> {
        let inputs = self.metrics.get(&metric).into_iter().flat_map(Known::inputs);
        inputs.filter_map(|id| self.code(id)).collect()
    }

    /// The metrics whose formulas name a metric, by their codes.
    pub(super) fn named_by(&self, metric: MetricId) -> Vec<&Code> {
        let naming = self.metrics.values().filter(|known| known.inputs().any(|input| input == metric));
        naming.map(|known| &known.code).collect()
    }

    /// A metric with all that are computed from it, through formulas.
    pub(super) fn depending_on(&self, metric: MetricId) -> BTreeSet<MetricId> {
        let (mut met, mut open) = (BTreeSet::from([metric]), vec![metric]);
        while let Some(input) = open.pop() {
            let naming = self.metrics.iter().filter(|(_, known)| known.inputs().any(|one| one == input));
            open.extend(naming.map(|(id, _)| *id).filter(|id| met.insert(*id)));
        }
        met
    }

    /// What a metric's values come from.
    pub(super) fn feeding(&self, metric: MetricId) -> Feeding {
        self.feeding_of(BTreeSet::from([metric]))
    }

    /// What the values of these metrics come from: those of a formula over them.
    pub(super) fn feeding_of(&self, mut met: BTreeSet<MetricId>) -> Feeding {
        let (mut feeding, mut open) = (Feeding::default(), met.iter().copied().collect::<VecDeque<_>>());
        while let Some((id, known)) = open.pop_front().and_then(|id| Some((id, self.metrics.get(&id)?))) {
            match (&known.rules.origin, known.measured_for) {
                (Origin::Computed(_), _) => open.extend(known.inputs().filter(|input| met.insert(*input))),
                (Origin::Measured(_), Some(who)) => feeding.take(id, who, &known.dimensions),
                _ => drop(feeding.typed.insert(id)),
            }
        }
        feeding
    }
}

impl Feeding {
    fn take(&mut self, metric: MetricId, who: MeasuredFor, dimensions: &[String]) {
        if self.measured.is_empty() {
            self.dimensions = dimensions.to_vec();
        } else {
            self.dimensions.retain(|dimension| dimensions.contains(dimension));
        }
        self.measured.insert(metric, who);
    }
}

impl Known {
    /// The metrics that its formula names, in the order of its text.
    fn inputs(&self) -> impl Iterator<Item = MetricId> {
        let formula = if let Origin::Computed(formula) = &self.rules.origin { Some(formula) } else { None };
        formula.map(Formula::inputs).into_iter().flatten().map(|term| term.metric)
    }
}

impl Defined {
    fn read(self, ids: &BTreeMap<Code, MetricId>, codes: &BTreeSet<Code>) -> QueryResult<(MetricId, Known)> {
        let computed = |text: &str| -> Option<Formula<Term<MetricId>>> {
            MetricFormula::parse(text, codes).ok()?.resolve(|code| ids.get(code).copied())
        };
        let origin = match (&self.formula, self.time, self.people, self.measured_for) {
            (Some(text), ..) => Origin::Computed(computed(text).ok_or_else(|| self.unreadable())?),
            (None, Some(time), Some(people), Some(_)) => {
                Origin::Measured(Aggregation { time, people, empty_is_zero: self.empty_is_zero })
            }
            _ => Origin::Typed,
        };
        let progress = self.progress.as_deref().map(ProgressFormula::parse).transpose();
        let progress = progress.map_err(|_faults| self.unreadable())?;
        let known = Known {
            code: Code::new(&self.code).ok_or_else(|| self.unreadable())?,
            rules: MetricRules { origin, progress },
            measured_for: self.measured_for,
            dimensions: self.dimensions.map(|dimensions| dimensions.0).unwrap_or_default(),
            is_retired: self.retired,
        };
        Ok((self.id, known))
    }

    /// Only what can be read is stored.
    fn unreadable(&self) -> DieselError {
        DieselError::DeserializationError(format!("the definition of metric {} can't be read", self.id).into())
    }
}
