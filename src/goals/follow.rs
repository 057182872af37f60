//! Following a goal: everyone for themself, whatever they may see, as long as they may see it.

use super::find::look;
use super::model::GoalBody;
use super::{record, store};
use crate::db::Tx;
use crate::domain::access::{self, Action};
use crate::domain::ids::{GoalId, PersonId};
use crate::domain::words::Participation;
use crate::error::Result;

/// Follows a goal, or no longer. It is no change of the goal: its version stays.
pub fn follow(tx: &mut Tx<'_>, id: GoalId, follows: bool) -> Result<()> {
    let forest = look(tx, id)?.goal.forest_id;
    tx.watch_forest(forest)?;
    let mut known = look(tx, id)?;
    let me = (tx.actor.person, Participation::Follower);
    if known.people.contains(&me) == follows {
        return Ok(());
    }
    if follows {
        known.people.push(me);
    } else {
        known.people.retain(|person| *person != me);
    }
    store::set_people(tx.conn, tx.organization(), id, &known.people)?;
    let what = if follows { "goal.followed" } else { "goal.unfollowed" };
    let following = |follows: bool| serde_json::json!({ "person_id": me.0, "follows": follows });
    let event = record::event(what, &known.goal).before(&following(!follows))?.after(&following(follows))?;
    tx.note(event);
    Ok(())
}

/// What a goal says after a change, without those followers from whom the change hides it: a follow of one's own choice
/// is no key to what is closed later. Where the change itself names the followers, or someone was named while the goal
/// was closed to them, they were asked in, and stay.
pub(super) fn without_lost_followers(tx: &Tx<'_>, was: &GoalBody, body: &GoalBody) -> GoalBody {
    let mut kept = body.clone();
    if was.followers == body.followers {
        let closes = body.visibility > was.visibility;
        kept.followers
            .retain(|follower| sees_anyway(tx, body, *follower) || (!closes && !sees_anyway(tx, was, *follower)));
    }
    kept
}

/// Whether someone would see a goal that they did not follow.
fn sees_anyway(tx: &Tx<'_>, body: &GoalBody, person: PersonId) -> bool {
    let mut people = body.people();
    people.retain(|taking_part| *taking_part != (person, Participation::Follower));
    let goal = body.access(&people);
    tx.actor.in_place_of(person).is_some_and(|actor| access::allows(&actor, Action::See, &goal).is_some())
}
