//! Goals for all members of a unit over HTTP.

use crate::db::Tx;
use crate::domain::amount::{Amount, Weight};
use crate::domain::derived::Derived;
use crate::domain::ids::GoalId;
use crate::domain::words::BulkOutcome;
use crate::error::Result;
use crate::figures::{self, Forests, Node};
use crate::goals::bulk::{BulkPlanned, preview_bulk};
use crate::goals::check::found;
use crate::goals::model::{Goal, GoalLink};
use crate::goals::{self, Bulk, BulkItem, store};
use crate::http::{Body, Ctx};
use crate::org::{PersonRef, UnitRef};
use actix_web::post;
use actix_web::web::{Data, Json};
use serde::Serialize;

/// What came of goals for all members of a unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct GoalBulkOut {
    /// Whether nothing was stored.
    preview: bool,
    /// What came of each member, by name.
    items: Vec<BulkItemOut>,
    /// The goal above as it is; null where none was named.
    parent: Option<Node>,
    /// The sum of the targets of all goals of its metric that hang under the goal above, these and other drafts included,
    /// cancelled ones left out; null without one and beyond 9·10^17.
    allocated: Option<Derived>,
    /// Its target less that, below zero where more is allocated; null where it has none.
    allocation_gap: Option<Derived>,
}

/// What came of a member.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct BulkItemOut {
    /// The member.
    person: PersonRef,
    /// What came of it.
    outcome: BulkOutcome,
    /// The goal that was made, or that they have already; null for others, and where it is gone since.
    goal_id: Option<GoalId>,
    /// What that goal says, or would.
    title: Option<String>,
    /// Its unit.
    unit: Option<UnitRef>,
    /// Where its value starts.
    start: Option<Amount>,
    /// Its target.
    target: Option<Amount>,
    /// What it counts in the goal above: 0 while that is a proposal; null where it hangs under none.
    weight: Option<Weight>,
    /// What it asks to count there; null where nothing is asked.
    proposed_weight: Option<Weight>,
    /// Why the member was left out, where that was said.
    reason: Option<String>,
}

/// Make goals for all members of a unit
///
/// A KPI goal of the metric for each, owned by them and named after them, under the unit's goal, all or nothing. They are
/// drafts: their owners accept them by submitting them (`transition`), and see them counted in `GET /me` (`owed.to_accept`);
/// the event `goal.created` names owner and maker. Members who have such a goal already (this cycle and metric, under this
/// goal or under none, not cancelled) are told and get none unless `again`; `equal` and `proportional` share the total out
/// over them too, who keep what they have. Shares are exact together: in the smallest unit of the metric's decimals
/// (0.0001 where the total is finer), what is left over by the largest remainders, of equal ones to the larger share, then
/// by id. Only what people reach together on the metric can be shared out: else `own` and `same`. For those who may make
/// each of the goals: the members' lead line, HR, supervisors where the unit allows. With `preview` nothing is stored.
#[utoipa::path(tag = "goals", request_body = Bulk,
    responses((status = 200, body = GoalBulkOut, description = "What came of each member, or would")))]
#[post("/goals/bulk")]
pub(super) async fn bulk_goals(ctx: Ctx, forests: Data<Forests>, body: Body<Bulk>) -> Result<Json<GoalBulkOut>> {
    let bulk = body.0;
    let (asked, memory) = (bulk.clone(), forests.clone());
    let results = ctx.read(move |tx| figures::members_results(tx, &memory, &asked)).await?;
    if bulk.preview {
        return ctx.read(move |tx| GoalBulkOut::preview(tx, &forests, &bulk, &results)).await.map(Json);
    }
    let asked = bulk.clone();
    let made = ctx.write(move |tx| goals::bulk(tx, &asked, &results)).await?;
    ctx.read(move |tx| GoalBulkOut::made(tx, &forests, &bulk, &made)).await.map(Json)
}

impl GoalBulkOut {
    fn preview(tx: &mut Tx<'_>, forests: &Forests, bulk: &Bulk, results: &goals::MembersResults) -> Result<Self> {
        let (mut items, mut planned) = (Vec::new(), Vec::new());
        for BulkPlanned { item, would } in preview_bulk(tx, bulk, results)? {
            let Some((goal, link)) = would else {
                items.push(BulkItemOut::read(tx, bulk, item)?);
                continue;
            };
            items.push(BulkItemOut::of(tx, item, Some(&goal), link.as_ref()));
            planned.push(goal);
        }
        Self::with(tx, forests, bulk, items, &planned)
    }

    fn made(tx: &mut Tx<'_>, forests: &Forests, bulk: &Bulk, made: &[BulkItem]) -> Result<Self> {
        let items = made.iter().map(|item| BulkItemOut::read(tx, bulk, item.clone())).collect::<Result<_>>()?;
        Self::with(tx, forests, bulk, items, &[])
    }

    fn with(
        tx: &mut Tx<'_>,
        forests: &Forests,
        bulk: &Bulk,
        items: Vec<BulkItemOut>,
        planned: &[Goal],
    ) -> Result<Self> {
        let preview = bulk.preview;
        let Some(parent) = bulk.parent_id else {
            return Ok(Self { preview, items, parent: None, allocated: None, allocation_gap: None });
        };
        let above = goals::find(tx, parent)?;
        let allocated = goals::allocated(tx, &above, planned)?;
        let gap = above.target.map(|target| i128::from(target.units()) - allocated);
        Ok(Self {
            preview,
            items,
            parent: Some(figures::goal_node(tx, forests, parent)?),
            allocated: Derived::from_amount_units(allocated),
            allocation_gap: gap.and_then(Derived::from_amount_units),
        })
    }
}

impl BulkItemOut {
    /// With its goal as it is now.
    fn read(tx: &mut Tx<'_>, bulk: &Bulk, item: BulkItem) -> Result<Self> {
        let goal = item.goal.map(|goal| found(goals::find(tx, goal))).transpose()?.flatten();
        let ends = goal.as_ref().zip(bulk.parent_id);
        let link = ends.map(|(goal, parent)| store::find_link(tx.conn, goal.organization_id, goal.id, parent));
        let link = link.transpose()?.flatten();
        let item = BulkItem { goal: goal.as_ref().map(|goal| goal.id), ..item };
        Ok(Self::of(tx, item, goal.as_ref(), link.as_ref()))
    }

    fn of(tx: &Tx<'_>, item: BulkItem, goal: Option<&Goal>, link: Option<&GoalLink>) -> Self {
        let directory = &tx.actor.directory;
        Self {
            person: PersonRef::of(directory, item.person),
            outcome: item.outcome,
            goal_id: item.goal,
            title: goal.map(|goal| goal.title.clone()),
            unit: goal.map(|goal| UnitRef::of(directory, goal.unit_id)),
            start: goal.and_then(|goal| goal.start_value),
            target: goal.and_then(|goal| goal.target),
            weight: link.map(|link| link.weight),
            proposed_weight: link.and_then(|link| link.proposed_weight),
            reason: item.reason,
        }
    }
}
