//! The target of each member's goal.

use super::Bulk;
use super::members::Member;
use crate::domain::amount::Amount;
use crate::domain::ids::PersonId;
use crate::domain::limits;
use crate::domain::share::{share, smallest_unit};
use crate::domain::words::{PeopleAggregation, TargetsBy};
use crate::error::{Code, Faults};
use crate::goals::model::Goal;
use crate::metrics::model::Metric;
use std::collections::HashMap;

/// What each member reached in the cycle before, above zero, where there is anything. None where there is no such cycle.
pub type MembersResults = Option<HashMap<PersonId, Amount>>;

/// Each meant member's target; none for those who have no target to be given. What is wrong is told.
pub(super) fn targets(
    bulk: &Bulk,
    members: &[Member],
    (metric, above): (Option<&Metric>, Option<&Goal>),
    results: &MembersResults,
    faults: &mut Faults,
) -> HashMap<PersonId, Amount> {
    nothing_unused(bulk, faults);
    let meant = || members.iter().filter(|member| member.is_meant());
    match bulk.by {
        TargetsBy::Same => meant().filter_map(|member| Some((member.person, bulk.target?))).collect(),
        TargetsBy::Own => own(bulk, members, faults),
        TargetsBy::Equal => {
            let weights = meant().map(|member| (member.person, Amount::ONE)).collect();
            shared(bulk, metric, above, weights, faults)
        }
        TargetsBy::Proportional => {
            if results.is_none() {
                let said = if bulk.previous_cycle_id.is_some() { Code::NoSuchReference } else { Code::Required };
                faults.add("/previous_cycle_id", said);
                return HashMap::new();
            }
            let result = |member: &Member| results.as_ref().and_then(|all| all.get(&member.person).copied());
            for member in meant().filter(|member| result(member).is_none()) {
                faults.add("/by", Code::MemberWithoutResult.with("name", &member.name));
            }
            let weights = meant().filter_map(|member| Some((member.person, result(member)?))).collect();
            shared(bulk, metric, above, weights, faults)
        }
    }
}

/// What only targets that come from elsewhere have a use for.
fn nothing_unused(bulk: &Bulk, faults: &mut Faults) {
    let shares = matches!(bulk.by, TargetsBy::Equal | TargetsBy::Proportional);
    let used = [
        ("/targets", !bulk.targets.is_empty(), bulk.by == TargetsBy::Own),
        ("/total", bulk.total.is_some(), shares),
        ("/target", bulk.target.is_some(), bulk.by == TargetsBy::Same),
        ("/previous_cycle_id", bulk.previous_cycle_id.is_some(), bulk.by == TargetsBy::Proportional),
    ];
    for (field, said, of_use) in used {
        faults.check(!said || of_use, field, Code::NotWithTargetsBy.word("by", bulk.by));
    }
}

/// Each member's own: one for everyone who is meant, and for nobody else.
fn own(bulk: &Bulk, members: &[Member], faults: &mut Faults) -> HashMap<PersonId, Amount> {
    let most = limits::BULK_GOALS;
    faults.check(bulk.targets.len() <= most, "/targets", Code::TooMany.with("most", most));
    let mut targets = HashMap::new();
    for (index, own) in bulk.targets.iter().enumerate().take(most) {
        let at = format!("/targets/{index}/person_id");
        let is_meant = members.iter().any(|member| member.person == own.person_id && member.is_meant());
        faults.check(is_meant, &at, Code::NotAMember);
        faults.check(targets.insert(own.person_id, own.target).is_none(), &at, Code::Duplicate);
    }
    for member in members.iter().filter(|member| member.is_meant() && !targets.contains_key(&member.person)) {
        faults.add("/targets", Code::MemberWithoutTarget.with("name", &member.name));
    }
    targets
}

/// Where a member's own target stands in what was said.
pub(super) fn place_of(bulk: &Bulk, member: Option<PersonId>) -> String {
    let place = bulk.targets.iter().position(|own| Some(own.person_id) == member);
    place.map_or_else(|| "/targets".to_owned(), |index| format!("/targets/{index}/target"))
}

/// A total shared out exactly, where what people reach adds up.
fn shared(
    bulk: &Bulk,
    metric: Option<&Metric>,
    above: Option<&Goal>,
    weights: Vec<(PersonId, Amount)>,
    faults: &mut Faults,
) -> HashMap<PersonId, Amount> {
    faults.check(metric.is_none_or(adds_up), "/by", Code::NotAdditive);
    let Some(total) = bulk.total.or_else(|| above?.target) else {
        faults.add("/total", Code::Required);
        return HashMap::new();
    };
    let decimals = metric.and_then(|metric| u32::try_from(metric.decimals).ok()).unwrap_or(4);
    let shares = share(total, smallest_unit(decimals, &[total]), &weights).unwrap_or_default();
    weights.into_iter().map(|(person, _)| person).zip(shares).collect()
}

/// Whether what people reach on a metric is summed up.
pub(in crate::goals) fn adds_up(metric: &Metric) -> bool {
    metric.formula.is_none() && metric.people_aggregation.is_none_or(|how| how == PeopleAggregation::Sum)
}
