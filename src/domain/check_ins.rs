//! A goal's check-ins: dated statements, and the value that they come to.

use super::amount::Amount;
use super::derived::Derived;
use super::words::CheckInPart;
use chrono::NaiveDate;

/// What a check-in states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// The value as it is.
    Value(Amount),
    /// What came on top of the value before it, of the start (or 0) at first.
    Increment(Amount),
    /// All steps that are complete.
    Steps(Box<StepIds>),
    /// That nothing moved.
    Unchanged,
}

/// The ids of completed steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepIds(pub Vec<String>);

/// A check-in that is not voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckInFact {
    /// The day that it speaks of.
    pub effective_on: NaiveDate,
    /// What it says.
    pub statement: Statement,
}

/// A goal's check-ins in the order in which they count: by effective day, then by time of entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckIns(Box<[CheckInFact]>);

impl CheckIns {
    /// Puts check-ins in order. The key orders those of one day by their entry (a correction keeps its time).
    pub fn in_order<K: Ord>(entries: impl IntoIterator<Item = (K, CheckInFact)>) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by(|(key, fact), (other_key, other)| {
            fact.effective_on.cmp(&other.effective_on).then_with(|| key.cmp(other_key))
        });
        Self(entries.into_iter().map(|(_, fact)| fact).collect())
    }

    /// The same with one more, made last of those of its day.
    #[must_use]
    pub fn with_last(&self, effective_on: NaiveDate, statement: Statement) -> Self {
        let more = CheckInFact { effective_on, statement };
        Self::in_order(self.0.iter().cloned().chain([more]).enumerate())
    }

    /// All of them.
    pub fn all(&self) -> &[CheckInFact] {
        &self.0
    }

    /// Those effective up to a day.
    pub fn up_to(&self, day: NaiveDate) -> &[CheckInFact] {
        let count = self.0.partition_point(|fact| fact.effective_on <= day);
        self.0.get(..count).unwrap_or_default()
    }

    /// The value that each check-in comes to, one after the other; none where it is beyond a derived value's bounds
    /// or the check-in states steps.
    pub fn replay(&self, start: Option<Amount>) -> Vec<Option<Derived>> {
        self.running(start).map(|units| units.and_then(Derived::from_amount_units)).collect()
    }

    /// The first check-in that leads beyond a stored value's bounds: an increment that does is refused, and so is
    /// voiding, correcting or backdating one before it so that it would.
    pub fn first_beyond_bounds(&self, start: Option<Amount>) -> Option<usize> {
        let beyond = |units: i128| units.unsigned_abs() > u128::from(Amount::MAX.units().unsigned_abs());
        self.running(start).position(|units| units.is_some_and(beyond))
    }

    /// The steps that are complete on a day.
    pub fn steps_complete(&self, day: NaiveDate) -> &[String] {
        steps_told(self.up_to(day)).unwrap_or_default()
    }

    /// The running value in units of an amount, from the start (or 0).
    fn running(&self, start: Option<Amount>) -> impl Iterator<Item = Option<i128>> {
        self.0.iter().scan(units(start.unwrap_or(Amount::ZERO)), |value, fact| {
            *value = after(*value, &fact.statement);
            Some((!matches!(fact.statement, Statement::Steps(_))).then_some(*value))
        })
    }
}

/// The value that check-ins in order come to, in units of an amount; none without any that tells a value.
///
/// The latest value counts, with the increments after it; increments alone run from the start (or 0).
pub(super) fn value_told(facts: &[CheckInFact], start: Option<Amount>) -> Option<i128> {
    let tells = |fact: &&CheckInFact| !matches!(fact.statement, Statement::Steps(_));
    facts.iter().rfind(tells)?;
    let since = facts.get(last_stated(facts).unwrap_or(0)..).unwrap_or_default();
    Some(since.iter().fold(units(start.unwrap_or(Amount::ZERO)), |value, fact| after(value, &fact.statement)))
}

/// The place of the latest check-in that states the value as it is.
fn last_stated(facts: &[CheckInFact]) -> Option<usize> {
    facts.iter().rposition(|fact| matches!(fact.statement, Statement::Value(_)))
}

/// The place of the latest check-in that names steps.
fn last_steps(facts: &[CheckInFact]) -> Option<usize> {
    facts.iter().rposition(|fact| matches!(fact.statement, Statement::Steps(_)))
}

/// What each of some check-ins in order does for what they come to together: of a milestone the steps, else the value.
pub(super) fn parts(facts: &[CheckInFact], of_steps: bool) -> Vec<CheckInPart> {
    let taken = if of_steps { last_steps(facts) } else { last_stated(facts) };
    let part = |(place, fact): (usize, &CheckInFact)| match &fact.statement {
        _ if Some(place) == taken => CheckInPart::Taken,
        _ if taken.is_some_and(|taken| place < taken) => CheckInPart::Superseded,
        Statement::Increment(_) if !of_steps => CheckInPart::Added,
        Statement::Unchanged => CheckInPart::Kept,
        _ => CheckInPart::Superseded,
    };
    facts.iter().enumerate().map(part).collect()
}

/// What the value that check-ins come to is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    /// The day of the check-in that states a value; none where increments run from the start.
    pub(super) stated_on: Option<NaiveDate>,
    /// The value that increments run from.
    pub(super) from: Amount,
    /// The increments.
    pub(super) more: Vec<Amount>,
}

/// The terms of the value that check-ins in order come to; none without any that tells a value.
pub(super) fn terms(facts: &[CheckInFact], start: Option<Amount>) -> Option<Terms> {
    value_told(facts, start)?;
    let taken = last_stated(facts);
    let since = facts.get(taken.unwrap_or(0)..).unwrap_or_default();
    let from = match since.first().map(|fact| &fact.statement) {
        Some(Statement::Value(stated)) => *stated,
        _ => start.unwrap_or(Amount::ZERO),
    };
    let more = since.iter().filter_map(|fact| match &fact.statement {
        Statement::Increment(more) => Some(*more),
        _ => None,
    });
    let stated_on = taken.and_then(|place| facts.get(place)).map(|fact| fact.effective_on);
    Some(Terms { stated_on, from, more: more.collect() })
}

/// The steps that check-ins in order leave complete: those of the latest that names steps, none at first. None
/// without any check-in that tells of steps.
pub(super) fn steps_told(facts: &[CheckInFact]) -> Option<&[String]> {
    let told = last_steps(facts).and_then(|place| facts.get(place)).and_then(|fact| match &fact.statement {
        Statement::Steps(completed) => Some(completed.0.as_slice()),
        _ => None,
    });
    told.or_else(|| facts.iter().any(|fact| fact.statement == Statement::Unchanged).then_some(&[]))
}

/// The value after a statement.
fn after(value: i128, statement: &Statement) -> i128 {
    match statement {
        Statement::Value(stated) => units(*stated),
        Statement::Increment(more) => value + units(*more),
        Statement::Steps(_) | Statement::Unchanged => value,
    }
}

fn units(amount: Amount) -> i128 {
    amount.units().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap_or(Amount::ZERO)
    }

    fn fact(day: u32, statement: Statement) -> CheckInFact {
        CheckInFact { effective_on: NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default(), statement }
    }

    fn more(text: &str) -> Statement {
        Statement::Increment(amount(text))
    }

    fn values(check_ins: &CheckIns, start: Option<Amount>) -> Vec<String> {
        check_ins
            .replay(start)
            .into_iter()
            .map(|value| value.map_or("-".to_owned(), |value| value.to_string()))
            .collect()
    }

    #[test]
    fn a_check_in_takes_24_bytes() {
        assert_eq!(size_of::<CheckInFact>(), 24);
    }

    #[test]
    fn increments_run_from_the_value_before_and_from_the_start_at_first() {
        let check_ins = CheckIns::in_order([
            (4, fact(3, more("5"))),
            (1, fact(1, more("2.5"))),
            (3, fact(2, Statement::Value(amount("100")))),
            (2, fact(2, more("1"))),
            (5, fact(4, Statement::Unchanged)),
        ]);
        assert_eq!(values(&check_ins, Some(amount("10"))), ["12.5", "13.5", "100", "105", "105"]);
        assert_eq!(values(&check_ins, None).first().map(String::as_str), Some("2.5"));
        assert_eq!(value_told(check_ins.all(), None), Some(1_050_000));
        let second = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
        assert_eq!(value_told(check_ins.up_to(second), Some(amount("10"))), Some(125_000));
        assert_eq!(value_told(&[], Some(amount("10"))), None);
    }

    #[test]
    fn the_first_increment_beyond_the_bounds_is_found_also_after_a_change_before_it() {
        let largest = Amount::MAX;
        let within = [
            (1, fact(1, Statement::Value(largest))),
            (2, fact(2, Statement::Value(amount("1")))),
            (3, fact(3, more("1"))),
        ];
        assert_eq!(CheckIns::in_order(within.clone()).first_beyond_bounds(None), None);
        let voided = within.into_iter().filter(|(key, _)| *key != 2);
        assert_eq!(CheckIns::in_order(voided).first_beyond_bounds(None), Some(1));
    }

    #[test]
    fn the_latest_steps_count_and_unchanged_keeps_them() {
        let done = |ids: &[&str]| Statement::Steps(Box::new(StepIds(ids.iter().map(|id| (*id).to_owned()).collect())));
        let check_ins = [fact(1, done(&["a", "b"])), fact(2, done(&["a"])), fact(3, Statement::Unchanged)];
        assert_eq!(steps_told(&check_ins), Some(["a".to_owned()].as_slice()));
        assert_eq!(steps_told(&[fact(3, Statement::Unchanged)]), Some([].as_slice()));
        assert_eq!(steps_told(&[]), None);
    }
}
