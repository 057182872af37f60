//! A forest put into the tables at once: what its making through the service would have left, as `goaltree verify`
//! confirms.

use crate::Outcome;
use crate::world::Company;
use chrono::{Days, NaiveTime};
use diesel::connection::SimpleConnection;
use diesel::{Connection, RunQueryDsl};
use goaltree::checkins::model::{Author, CheckIn, Place, Remarks};
use goaltree::db::Conn;
use goaltree::db::columns::Json;
use goaltree::db::schema::{check_ins, goal_link_versions, goal_links, goal_versions, goals};
use goaltree::domain::amount::{Amount, Weight};
use goaltree::domain::check_ins::Statement;
use goaltree::domain::ids::{CheckInId, GoalId};
use goaltree::domain::instant::Instant;
use goaltree::domain::words::{Commitment, Direction, GoalKind, Scope, Source, State, Visibility};
use goaltree::goals::model::{Goal, GoalBody, GoalFrame, GoalLink, GoalVersion, LinkVersion};
use uuid::Uuid;

/// How large a forest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many goals, under one root.
    pub goals: usize,
    /// How many check-ins each goal at the ends has.
    pub check_ins: usize,
}

/// How many goals hang under one.
const FAN_OUT: usize = 9;
/// How many rows go to the database together: PostgreSQL takes 65 535 parameters, and a goal has 36.
const TOGETHER: usize = 1_000;

impl Size {
    /// The first goal that none hangs under, counted from 1; all after it are like it.
    pub const fn first_leaf(self) -> usize {
        (self.goals + 7) / FAN_OUT + 1
    }

    /// The goal that one hangs under.
    const fn parent(goal: usize) -> Option<usize> {
        if goal > 1 { Some((goal + 7) / FAN_OUT) } else { None }
    }
}

/// The id of a goal, counted from 1: they sort in this order.
pub fn goal_id(goal: usize) -> GoalId {
    GoalId(numbered(0x0100, goal))
}

/// What a goal is called.
pub fn title(goal: usize) -> String {
    format!("Make goal number {goal} come true")
}

/// An id of a kind: they sort by their numbers.
pub fn numbered(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128((0x0190_0000_0000_7000_8000 << 48) | (kind << 32) | number as u128)
}

/// Puts rows into a table.
macro_rules! fill {
    ($conn:expr, $table:ident, $rows:expr) => {
        match $conn {
            Conn::Postgres(conn) => diesel::insert_into($table::table).values($rows).execute(conn),
            Conn::Sqlite(conn) => diesel::insert_into($table::table).values($rows).execute(conn),
        }
    };
}

pub(crate) use fill;

/// Makes a connection one to plant by: what the rows point at is there, nothing is gained by asking the database.
pub fn unasked(conn: &mut Conn) -> Outcome<()> {
    Ok(conn.batch_execute(match conn {
        Conn::Postgres(_) => "SET session_replication_role = replica",
        Conn::Sqlite(_) => "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000",
    })?)
}

/// Puts a forest under a company's cycle.
pub fn plant(conn: &mut Conn, company: &Company, size: Size) -> Outcome<()> {
    unasked(conn)?;
    let all: Vec<usize> = (1..=size.goals).collect();
    conn.transaction(|conn| all.chunks(TOGETHER).try_for_each(|some| plant_some(conn, company, size, some)))
}

fn plant_some(conn: &mut Conn, company: &Company, size: Size, some: &[usize]) -> Outcome<()> {
    let goals: Vec<Goal> = some.iter().map(|goal| a_goal(company, size, *goal)).collect();
    let links: Vec<GoalLink> = some.iter().filter_map(|goal| a_link(company, *goal)).collect();
    let versions: Vec<GoalVersion> = goals.iter().map(|goal| its_version(company, goal)).collect();
    let link_versions: Vec<LinkVersion> = links.iter().map(|link| its_link_version(company, link)).collect();
    fill!(conn, goals, &goals)?;
    fill!(conn, goal_versions, &versions)?;
    fill!(conn, goal_links, &links)?;
    fill!(conn, goal_link_versions, &link_versions)?;
    for goals in goals.chunks(TOGETHER / size.check_ins.max(1)) {
        let told = goals.iter().filter(|goal| goal.source == Source::CheckIns);
        let rows: Vec<CheckIn> = told.flat_map(|goal| its_check_ins(company, size, goal)).collect();
        fill!(conn, check_ins, &rows)?;
    }
    Ok(())
}

/// The beginning of the cycle.
fn begun(company: &Company) -> Instant {
    company.first.and_time(NaiveTime::MIN).and_utc().into()
}

/// Objectives, and key results at the ends; most of those are public.
fn a_goal(company: &Company, size: Size, goal: usize) -> Goal {
    let leaf = goal >= size.first_leaf();
    let owner = one_of(&company.people, goal);
    let whole = |value: i64| Amount::from_units(value * 10_000);
    let body = GoalBody {
        kind: if leaf { GoalKind::KeyResult } else { GoalKind::Objective },
        scope: if leaf { Scope::Person } else { Scope::Team },
        unit_id: one_of(&company.units, goal),
        owner_id: owner,
        title: title(goal),
        description: None,
        source: if leaf { Source::CheckIns } else { Source::Children },
        direction: leaf.then_some(Direction::Increase),
        metric_id: None,
        start: leaf.then(|| whole(0)).flatten(),
        target: leaf.then(|| whole(10_000)).flatten(),
        floor: None,
        ceiling: None,
        lo: None,
        hi: None,
        tolerance: None,
        steps: vec![],
        target_plan: vec![],
        window: None,
        visibility: match goal % 10 {
            0 if leaf => Visibility::Internal,
            1 if leaf => Visibility::Restricted,
            _ => Visibility::Public,
        },
        commitment: Commitment::Committed,
        review_weight: Weight::ONE,
        state: State::Active,
        completed_on: None,
        contributors: vec![],
        followers: vec![],
        watchers: vec![],
    };
    let frame = GoalFrame {
        organization_id: company.organization,
        id: goal_id(goal),
        forest_id: company.cycle.into(),
        cycle_id: company.cycle,
        created_by: owner,
        created_at: begun(company),
    };
    Goal::new(frame, &body)
}

/// They take turns.
pub fn one_of<T: Copy + From<Uuid>>(all: &[T], turn: usize) -> T {
    all.get(turn % all.len().max(1)).copied().unwrap_or_else(|| Uuid::nil().into())
}

fn its_version(company: &Company, goal: &Goal) -> GoalVersion {
    GoalVersion {
        organization_id: goal.organization_id,
        goal_id: goal.id,
        version: goal.version,
        holds_from: company.first,
        recorded_at: goal.created_at,
        actor_id: Some(goal.created_by),
        delegate_of: None,
        reason: None,
        body: Json(goal.body(&[])),
    }
}

fn a_link(company: &Company, goal: usize) -> Option<GoalLink> {
    Some(GoalLink {
        organization_id: company.organization,
        child_id: goal_id(goal),
        parent_id: goal_id(Size::parent(goal)?),
        weight: Weight::from_units(10_000 * i64::try_from(goal % 5 + 1).ok()?)?,
        is_primary: true,
        proposed_weight: None,
        proposed_by: None,
        created_at: begun(company),
    })
}

fn its_link_version(company: &Company, link: &GoalLink) -> LinkVersion {
    LinkVersion {
        organization_id: link.organization_id,
        child_id: link.child_id,
        parent_id: link.parent_id,
        version: 1,
        holds_from: company.first,
        recorded_at: link.created_at,
        actor_id: None,
        delegate_of: None,
        reason: None,
        weight: link.weight,
        is_primary: link.is_primary,
        removed: false,
    }
}

/// Check-ins every few days from the cycle's first day on.
fn its_check_ins(company: &Company, size: Size, goal: &Goal) -> Vec<CheckIn> {
    let number = usize::try_from(goal.id.0.as_u128() & u128::from(u32::MAX)).unwrap_or(0);
    let days = (company.today - company.first).num_days().unsigned_abs() / (size.check_ins.max(1) as u64);
    let one = |place: usize| {
        let on = company.first + Days::new(days * place as u64);
        let at = Instant::from(on.and_time(NaiveTime::MIN).and_utc());
        let id = CheckInId(numbered(0x0200, number * size.check_ins + place));
        let value = Amount::from_units(i64::try_from((number * 7 + place * 1_000) % 10_000).ok()? * 10_000)?;
        let author = Author { person: goal.owner_id, on_behalf: false, delegate_of: None };
        let place = Place { effective_on: on, entered_at: at, id };
        Some(CheckIn::new(goal, author, place, Statement::Value(value), Remarks::default()))
    };
    (0..size.check_ins).filter_map(one).collect()
}
