//! Those who own a goal and take part in it.

use super::Against;
use crate::db::Tx;
use crate::domain::ids::PersonId;
use crate::domain::limits;
use crate::domain::words::Role;
use crate::error::{Code, Faults, Said};
use crate::goals::model::GoalBody;
use std::collections::HashSet;

/// Checks those who are named anew. Whoever was named before may stay, even after they left.
pub(super) fn check(tx: &Tx<'_>, body: &GoalBody, against: Against<'_>, faults: &mut Faults) {
    if against.is_new(&body.owner_id, |before| &before.owner_id)
        && let Some(said) = unfit_to_act(tx, body.owner_id)
    {
        faults.add("/owner_id", said);
    }
    let before = |of: fn(&GoalBody) -> &Vec<PersonId>| against.before.map_or(&[][..], |before| of(before));
    list("/contributors", &body.contributors, before(|body| &body.contributors), |id| unfit_to_act(tx, id), faults);
    list("/followers", &body.followers, before(|body| &body.followers), |id| unfit_to_see(tx, id), faults);
    list("/watchers", &body.watchers, before(|body| &body.watchers), |id| unfit_to_see(tx, id), faults);
}

fn list(
    field: &str,
    people: &[PersonId],
    before: &[PersonId],
    unfit: impl Fn(PersonId) -> Option<Said>,
    faults: &mut Faults,
) {
    faults.check(people.len() <= limits::PARTICIPANTS, field, Code::TooMany.with("most", limits::PARTICIPANTS));
    let mut met = HashSet::new();
    for (index, person) in people.iter().enumerate().take(limits::PARTICIPANTS) {
        let pointer = format!("{field}/{index}");
        faults.check(met.insert(person), &pointer, Code::Duplicate);
        if !before.contains(person)
            && let Some(said) = unfit(*person)
        {
            faults.add(pointer, said);
        }
    }
}

/// Why someone can't own a goal or work on it: not there, gone, or only looking on.
pub(in crate::goals) fn unfit_to_act(tx: &Tx<'_>, id: PersonId) -> Option<Said> {
    let viewer = |id| tx.actor.directory.person(id).is_some_and(|person| person.role == Role::Viewer);
    unfit_to_see(tx, id).or_else(|| viewer(id).then(|| Code::ViewerCannotAct.into()))
}

fn unfit_to_see(tx: &Tx<'_>, id: PersonId) -> Option<Said> {
    match tx.actor.directory.person(id) {
        None => Some(Code::NoSuchReference.into()),
        Some(person) if !person.active => Some(Code::PersonDeactivated.into()),
        Some(_) => None,
    }
}
