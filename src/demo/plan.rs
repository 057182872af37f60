//! What is planned for a goal of the demo: what it says, and how it will go.

use crate::domain::words::{Commitment, GoalKind, Scope, Source, Visibility};

/// A goal as it is planned. People are named by their employee codes, units and metrics by their codes, other goals by
/// their keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) key: &'static str,
    pub(super) kind: GoalKind,
    /// Its place in the tree.
    pub(super) parent: Option<&'static str>,
    /// Its unit; none for a goal of a person.
    pub(super) unit: Option<&'static str>,
    pub(super) owner: &'static str,
    pub(super) title: &'static str,
    pub(super) about: Option<&'static str>,
    /// Whether it is a goal of the year, not of the quarter.
    pub(super) yearly: bool,
    pub(super) source: Option<Source>,
    pub(super) metric: Option<&'static str>,
    pub(super) gauge: Gauge,
    /// How much it counts in the goal above.
    pub(super) weight: &'static str,
    /// Further goals that it serves.
    pub(super) serves: &'static [(&'static str, &'static str)],
    /// Goals that it would like to serve: nobody has answered yet.
    pub(super) proposes: &'static [(&'static str, &'static str)],
    pub(super) contributors: &'static [&'static str],
    pub(super) watchers: &'static [&'static str],
    pub(super) commitment: Commitment,
    pub(super) visibility: Option<Visibility>,
    pub(super) tale: Tale,
    pub(super) life: Life,
}

/// How a goal is measured. Numbers are written with underscores between thousands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gauge {
    /// By the goals linked under it.
    Links,
    /// From a start up to a target.
    Rise(&'static str, &'static str),
    /// From a start down to a target.
    Fall(&'static str, &'static str),
    /// At least a target; at the floor nothing is attained.
    Least(&'static str, &'static str),
    /// At most a target; at the ceiling nothing is attained.
    Most(&'static str, &'static str),
    /// Between two bounds, with a tolerance outside.
    Within(&'static str, &'static str, &'static str),
    /// By steps.
    Steps(&'static [&'static str]),
}

/// How a goal goes over the weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tale {
    /// Nobody checks it in: its figure comes from others, or it is not under way.
    Untold,
    /// Well ahead of what is expected.
    Ahead,
    /// As expected.
    Steady,
    /// Somewhat behind.
    Slow,
    /// Far behind.
    Stuck,
    /// Reached already.
    Reached,
    /// As expected until the middle, then silence.
    Fades,
    /// Active, and not a word.
    Silent,
    /// From a first to a last value.
    From(&'static str, &'static str),
    /// From the start to a last value.
    To(&'static str),
}

/// What becomes of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// It is being worked on.
    Active,
    /// Submitted late, it became active in a week of the quarter.
    ActiveFrom(u32),
    /// It is still being written.
    Draft,
    /// Submitted in a week, it waits for approval.
    Pending(u32),
    /// Put on hold in a week, for a reason.
    Held(u32, &'static str),
    /// Cancelled in a week, for a reason.
    Dropped(u32, &'static str),
    /// Completed in a week.
    Done(u32),
}

const fn plan(
    kind: GoalKind,
    key: &'static str,
    parent: &'static str,
    unit: &'static str,
    owner: &'static str,
    title: &'static str,
) -> Plan {
    Plan {
        key,
        kind,
        parent: if parent.is_empty() { None } else { Some(parent) },
        unit: if unit.is_empty() { None } else { Some(unit) },
        owner,
        title,
        about: None,
        yearly: false,
        source: None,
        metric: None,
        gauge: Gauge::Links,
        weight: "1",
        serves: &[],
        proposes: &[],
        contributors: &[],
        watchers: &[],
        commitment: Commitment::Committed,
        visibility: None,
        tale: Tale::Untold,
        life: Life::Active,
    }
}

/// An objective: key, parent, unit, owner, title.
pub(super) const fn objective(
    key: &'static str,
    parent: &'static str,
    unit: &'static str,
    owner: &'static str,
    title: &'static str,
) -> Plan {
    plan(GoalKind::Objective, key, parent, unit, owner, title)
}

/// A key result: key, objective, unit, owner, title.
pub(super) const fn key_result(
    key: &'static str,
    parent: &'static str,
    unit: &'static str,
    owner: &'static str,
    title: &'static str,
) -> Plan {
    plan(GoalKind::KeyResult, key, parent, unit, owner, title)
}

/// A KPI goal: key, parent, unit, owner, title.
pub(super) const fn kpi(
    key: &'static str,
    parent: &'static str,
    unit: &'static str,
    owner: &'static str,
    title: &'static str,
) -> Plan {
    plan(GoalKind::Kpi, key, parent, unit, owner, title)
}

impl Plan {
    pub(super) const fn rises(mut self, start: &'static str, target: &'static str) -> Self {
        self.gauge = Gauge::Rise(start, target);
        self
    }

    pub(super) const fn falls(mut self, start: &'static str, target: &'static str) -> Self {
        self.gauge = Gauge::Fall(start, target);
        self
    }

    pub(super) const fn at_least(mut self, target: &'static str, floor: &'static str) -> Self {
        self.gauge = Gauge::Least(target, floor);
        self
    }

    pub(super) const fn at_most(mut self, target: &'static str, ceiling: &'static str) -> Self {
        self.gauge = Gauge::Most(target, ceiling);
        self
    }

    pub(super) const fn within(mut self, lo: &'static str, hi: &'static str, tolerance: &'static str) -> Self {
        self.gauge = Gauge::Within(lo, hi, tolerance);
        self
    }

    pub(super) const fn steps(mut self, steps: &'static [&'static str]) -> Self {
        self.gauge = Gauge::Steps(steps);
        self
    }

    pub(super) const fn on(mut self, metric: &'static str) -> Self {
        self.metric = Some(metric);
        self
    }

    pub(super) const fn by(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    pub(super) const fn tells(mut self, tale: Tale) -> Self {
        self.tale = tale;
        self
    }

    pub(super) const fn lives(mut self, life: Life) -> Self {
        self.life = life;
        self
    }

    pub(super) const fn weighs(mut self, weight: &'static str) -> Self {
        self.weight = weight;
        self
    }

    pub(super) const fn serves(mut self, links: &'static [(&'static str, &'static str)]) -> Self {
        self.serves = links;
        self
    }

    pub(super) const fn proposes(mut self, links: &'static [(&'static str, &'static str)]) -> Self {
        self.proposes = links;
        self
    }

    pub(super) const fn with(mut self, contributors: &'static [&'static str]) -> Self {
        self.contributors = contributors;
        self
    }

    pub(super) const fn watched(mut self, watchers: &'static [&'static str]) -> Self {
        self.watchers = watchers;
        self
    }

    pub(super) const fn about(mut self, about: &'static str) -> Self {
        self.about = Some(about);
        self
    }

    pub(super) const fn aspires(mut self) -> Self {
        self.commitment = Commitment::Aspirational;
        self
    }

    pub(super) const fn seen(mut self, visibility: Visibility) -> Self {
        self.visibility = Some(visibility);
        self
    }

    pub(super) const fn of_the_year(mut self) -> Self {
        self.yearly = true;
        self
    }

    /// Whose it is.
    pub(super) fn scope(&self) -> Scope {
        match self.unit {
            None => Scope::Person,
            Some(super::people::ROOT) => Scope::Company,
            Some(unit) if super::people::UNITS.iter().any(|plan| plan.code == unit && plan.parent.is_none()) => {
                Scope::Department
            }
            Some(_) => Scope::Team,
        }
    }

    /// Whether someone checks it in.
    pub(super) const fn is_told(&self) -> bool {
        !matches!(self.tale, Tale::Untold | Tale::Silent)
    }
}
