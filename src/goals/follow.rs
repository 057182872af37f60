//! Following a goal: everyone for themself, whatever they may see.

use super::find::look;
use super::{record, store};
use crate::db::Tx;
use crate::domain::ids::GoalId;
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
    let event = record::event(what, &known.goal).after(&serde_json::json!({ "person_id": me.0 }))?;
    tx.note(event);
    Ok(())
}
