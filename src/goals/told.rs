//! What an event says, as far as its reader may know of it.

use crate::domain::ids::GoalId;
use serde_json::{Map, Value};

/// The members of events about goals, check-ins and change requests that name a goal.
const NAMES_A_GOAL: [&str; 3] = ["goal_id", "parent_id", "child_id"];

/// What someone may read of an event's `before` or `after`, where `sees` says which goals they may see (today).
///
/// Whatever names a goal that they may not see is blank, whole: of a link to a hidden goal neither the goal nor the
/// weight is told. `None` means that all of it is blank. For a feed: show an event only to those who see the goal that
/// it is about; pass both its sides through here; leave an event out that had something to say and says nothing any
/// more on either side (`goal.linked`, `goal.link_changed`, `goal.unlinked` of a hidden goal), so that not even the
/// link is known. Payloads hold ids, never titles of other goals: name goals by what their reader sees today.
pub fn as_read_by(sees: &impl Fn(GoalId) -> bool, payload: Value) -> Option<Value> {
    match payload {
        Value::Object(members) if members.iter().any(|(name, value)| hides(sees, name, value)) => None,
        Value::Object(members) => {
            let read = |(name, value)| (name, as_read_by(sees, value).unwrap_or_default());
            Some(Value::Object(members.into_iter().map(read).collect::<Map<_, _>>()))
        }
        Value::Array(items) => {
            Some(Value::Array(items.into_iter().filter_map(|item| as_read_by(sees, item)).collect()))
        }
        plain => Some(plain),
    }
}

/// Whether a member names a goal that the reader does not see.
fn hides(sees: &impl Fn(GoalId) -> bool, name: &str, value: &Value) -> bool {
    let named = value.as_str().and_then(|id| id.parse().ok()).filter(|_| NAMES_A_GOAL.contains(&name));
    named.is_some_and(|goal| !sees(goal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SEEN: &str = "00000000-0000-0000-0000-000000000001";
    const HIDDEN: &str = "00000000-0000-0000-0000-000000000002";

    fn read(payload: Value) -> Option<Value> {
        as_read_by(&|goal: GoalId| goal.to_string() == SEEN, payload)
    }

    #[test]
    fn a_link_to_a_hidden_goal_is_blank_with_its_weight() {
        let link = |parent: &str| json!({ "parent_id": parent, "weight": "3", "primary": true });
        assert_eq!(read(link(HIDDEN)), None);
        assert_eq!(read(link(SEEN)), Some(link(SEEN)));
    }

    #[test]
    fn a_change_request_tells_that_it_is_there_and_not_what_it_would_link() {
        let change = json!({ "what": "link", "before": null, "parent_id": HIDDEN, "weight": "2" });
        let told = json!({ "goal_id": SEEN, "state": "pending", "change": change });
        assert_eq!(read(told), Some(json!({ "goal_id": SEEN, "state": "pending", "change": null })));
    }

    #[test]
    fn what_names_no_goal_stays() {
        let said = json!({ "owner_id": HIDDEN, "steps": [{ "id": "1" }], "target": null });
        assert_eq!(read(said.clone()), Some(said));
        assert_eq!(read(json!([{ "goal_id": HIDDEN }, 1])), Some(json!([1])));
    }
}
