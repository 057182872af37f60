//! Measurements: recording them, and what they come to.

use super::{Cost, Must, ROUNDS, Row, Sides, alternate, median};
use crate::bare::{self, Found, OfMonth, Sought};
use crate::client::{request, timed};
use crate::forest::Size;
use crate::measured::{self, PEOPLE, a_measurement};
use crate::results::Reached;
use crate::world::{Engine, LEADS, World, id, text};
use crate::{Bench, Outcome};
use chrono::{Datelike, Days, Months, NaiveDate};
use goaltree::db::Conn;
use goaltree::domain::amount::Amount;
use goaltree::domain::ids::{MeasurementId, MetricId, PersonId};
use goaltree::measurements::model::Measurement;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

pub const ROWS: &[Row] = &[
    Row {
        name: "measure-batch/postgres",
        what: "rows a second of a batch of 10 000 new measurements over HTTP, to bare INSERTs of as many rows each by \
               the same driver into the same table, in one transaction",
        must: Must::AtLeast(0.33, "×"),
        measure: |bench| batches(bench, Engine::Postgres),
    },
    Row {
        name: "measure-batch/sqlite",
        what: "the same on SQLite",
        must: Must::AtLeast(0.33, "×"),
        measure: |bench| batches(bench, Engine::Sqlite),
    },
    Row {
        name: "unit-quarter/postgres",
        what: "a unit's figure of a quarter over HTTP among 1 000 000 measurements of 1 000 people, to a bare \
               `SELECT SUM(value)` of the same rows",
        must: Must::AtMost(3.0, "×"),
        measure: |bench| unit_quarter(bench, Engine::Postgres),
    },
    Row {
        name: "unit-quarter/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(3.0, "×"),
        measure: |bench| unit_quarter(bench, Engine::Sqlite),
    },
    Row {
        name: "people-months/postgres",
        what: "a year by month and person for 1 000 people over HTTP, to the quicker of two bare `GROUP BY` month and \
               person of the same rows: of the whole metric, or with its units named",
        must: Must::AtMost(3.0, "×"),
        measure: |bench| people_months(bench, Engine::Postgres),
    },
    Row {
        name: "people-months/sqlite",
        what: "the same on SQLite",
        must: Must::AtMost(3.0, "×"),
        measure: |bench| people_months(bench, Engine::Sqlite),
    },
];

/// A company with hardly a goal: what it measures is planted when it is asked for.
const COMPANY: Size = Size { goals: 10, check_ins: 0 };
/// How many measurements a batch has.
const BATCH: usize = 10_000;
/// How many figures of a quarter, and how many years by month and person are read in a turn.
const QUARTERS: usize = 20;
const YEARS: usize = 2;

/// Two sides that took turns, with what each thing cost them.
struct Compared {
    sides: Sides,
    ours: Cost,
    theirs: Cost,
}

/// Does things so many times a turn, by the service and without it; the sides are milliseconds a thing. A first turn
/// of each does not count.
#[expect(clippy::cast_precision_loss, reason = "a few things")]
fn compare(
    world: &World,
    times: usize,
    mut ours: impl FnMut() -> Outcome<Duration>,
    mut theirs: impl FnMut() -> Outcome<Duration>,
) -> Outcome<Compared> {
    let (mut ours_cost, mut theirs_cost) = (Cost::default(), Cost::default());
    let mut our_turn = || {
        let (before, took) = (world.cpu()?, turn(times, &mut ours)?);
        ours_cost.add(world.cpu()?.saturating_sub(before), times as f64);
        Ok(took)
    };
    let mut their_turn = || {
        let (before, took) = (world.bare_cpu()?, turn(times, &mut theirs)?);
        theirs_cost.add(world.bare_cpu()?.saturating_sub(before), times as f64);
        Ok(took)
    };
    their_turn()?;
    our_turn()?;
    let sides = alternate(ROUNDS, our_turn, their_turn)?;
    Ok(Compared { sides, ours: ours_cost, theirs: theirs_cost })
}

/// Does a thing so many times; the median of the milliseconds that it took.
fn turn(times: usize, mut run: impl FnMut() -> Outcome<Duration>) -> Outcome<f64> {
    let took = (0..times).map(|_| Ok(run()?.as_secs_f64() * 1_000.0)).collect::<Outcome<Vec<f64>>>()?;
    Ok(median(took.into_iter()))
}

impl Compared {
    fn cpu(&self) -> String {
        format!("CPU each {:.1} ms to {:.1} ms", self.ours.each(), self.theirs.each())
    }

    /// How many times as long the service takes.
    fn slower(&self, more: &str) -> Reached {
        let Sides { ours, theirs, ratio } = self.sides;
        Reached { figure: ratio, from: format!("{ours:.1} ms to {theirs:.1} ms; {}{more}", self.cpu()) }
    }

    /// What share of the rows a second the service writes.
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    fn share(&self, rows: usize) -> Reached {
        let rate = |milliseconds: f64| rows as f64 * 1_000.0 / milliseconds;
        let (ours, theirs) = (rate(self.sides.ours), rate(self.sides.theirs));
        Reached { figure: 1.0 / self.sides.ratio, from: format!("{ours:.0}/s to {theirs:.0}/s; {}", self.cpu()) }
    }
}

fn batches(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, COMPANY)?;
    let world = world.borrow();
    let metric = measured::define(&world, &world.owner()?, "deals_value")?;
    // One for each turn, and one for the first that does not count; made before the time runs.
    let batches = (0..=ROUNDS).map(|batch| batch_of(&world, metric, batch)).collect::<Outcome<Vec<_>>>()?;
    let token = world.lead()?;
    let requests = batches.iter().map(|rows| sent(&token, rows)).collect::<Outcome<Vec<_>>>()?;
    let mut conn = world.connect()?;
    bare::durable(&mut conn)?;
    let (mut requests, mut rows) = (requests.into_iter(), batches.into_iter().map(unsent));
    let address = world.address()?;
    let ours = || {
        let (took, answer) = timed(address, &requests.next().ok_or("no batch is left")?)?;
        let created = answer.get("created").and_then(Value::as_u64);
        if created == Some(BATCH as u64) { Ok(took) } else { Err(format!("{created:?} are new").into()) }
    };
    let theirs = || bare::insert(&mut conn, &rows.next().ok_or("no batch is left")?);
    Ok(compare(&world, 1, ours, theirs)?.share(BATCH))
}

/// Measurements that were not there, of the last days and of people who are led.
fn batch_of(world: &World, metric: MetricId, batch: usize) -> Outcome<Vec<Measurement>> {
    let company = &world.company;
    let members = company.at_home(&company.people);
    let led = members.get(LEADS..).unwrap_or_default().iter().cycle();
    let numbered = (batch * BATCH..(batch + 1) * BATCH).zip(led);
    let on = |number: usize| company.today - Days::new((number % 30) as u64);
    numbered.map(|(number, member)| a_measurement(company, metric, *member, number, on(number))).collect()
}

/// The request that records them.
fn sent(token: &str, rows: &[Measurement]) -> Outcome<Vec<u8>> {
    let one = |row: &Measurement| {
        Ok(json!({
            "metric": row.metric_id, "person_id": row.person_id, "date": row.measured_on, "value": row.value,
            "dimensions": serde_json::from_str::<Value>(&row.dimensions)?,
            "source": row.source, "external_id": row.external_id,
        }))
    };
    let items = rows.iter().map(one).collect::<Outcome<Vec<Value>>>()?;
    Ok(request("POST", "/measurements", token, &[], &json!({ "items": items }).to_string()))
}

/// The same from another source, with ids as the service gives them: by time.
fn unsent(rows: Vec<Measurement>) -> Vec<Measurement> {
    let apart = |row| Measurement { id: MeasurementId(Uuid::now_v7()), source: "bare".to_owned(), ..row };
    rows.into_iter().map(apart).collect()
}

fn unit_quarter(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, COMPANY)?;
    let world = world.borrow();
    let measured = world.measured()?;
    let (first, last) = months_before(begun_quarter(world.company.today), 3)?;
    let (organization, metric) = (world.company.organization, measured.metric);
    let sought = Sought { organization, metric, units: &[measured.unit], first, last };
    let read = series(&world, metric, &format!("unit_id={}&from={first}&to={last}&interval=quarter", measured.unit))?;
    let (address, mut conn) = (world.address()?, connected(&world)?);
    let (figure, total) = (timed(address, &read)?.1, bare::sum(&mut conn, sought)?.1);
    if units_of(&figure, "/points/0/value")? != total || figure.pointer("/points/1").is_some() {
        return Err(format!("the quarter is {figure}, not {total}").into());
    }
    let before = bare::found(&mut conn, sought)?;
    let ours = || Ok(timed(address, &read)?.0);
    let compared = compare(&world, QUARTERS, ours, || Ok(bare::sum(&mut conn, sought)?.0))?;
    // PostgreSQL counts what a connection did with the next thing that it does, a second later at the earliest.
    std::thread::sleep(Duration::from_millis(1_100));
    timed(address, &read)?;
    Ok(compared.slower(&by_index(&before, bare::found(&mut conn, sought)?)?))
}

/// How the unit's measurements were found, if that was by the index.
fn by_index(before: &Found, after: Found) -> Outcome<String> {
    match (before, after) {
        (Found::Counted { by_index: once, whole: never }, Found::Counted { by_index, whole })
            if by_index > *once && whole == *never =>
        {
            Ok(format!("; {} scans of `measurements_unit`, none of the table", by_index - once))
        }
        (_, Found::Planned(way)) if way.contains("USING INDEX measurements_unit") => Ok(format!("; {way}")),
        (_, Found::Counted { whole, .. }) => Err(format!("the table was read as a whole {whole} times").into()),
        (_, Found::Planned(way)) => Err(way.into()),
    }
}

fn people_months(bench: &Bench, engine: Engine) -> Outcome<Reached> {
    let world = bench.world(engine, COMPANY)?;
    let world = world.borrow();
    let (company, metric) = (&world.company, world.measured()?.metric);
    let (first, last) = months_before(company.today.with_day(1).ok_or("no month")?, 12)?;
    let asked = format!("from={first}&to={last}&interval=month&group_by=person&limit={PEOPLE}");
    let (read, address, mut conn) = (series(&world, metric, &asked)?, world.address()?, connected(&world)?);
    let whole = Sought { organization: company.organization, metric, units: &[], first, last };
    let (sought, months) = quicker(&mut conn, [whole, Sought { units: &company.units, ..whole }])?;
    same(&timed(address, &read)?.1, &months)?;
    let ours = || Ok(timed(address, &read)?.0);
    let theirs = || Ok(bare::by_month_and_person(&mut conn, sought)?.0);
    let named = if sought.units.is_empty() { "; of the whole metric" } else { "; with the units named" };
    Ok(compare(&world, YEARS, ours, theirs)?.slower(named))
}

/// The way that is the quicker one, and what it comes to.
fn quicker<'a>(conn: &mut Conn, ways: [Sought<'a>; 2]) -> Outcome<(Sought<'a>, Vec<OfMonth>)> {
    let mut tried = Vec::new();
    for sought in ways {
        // Once to have it in memory, once to see.
        bare::by_month_and_person(conn, sought)?;
        let (took, months) = bare::by_month_and_person(conn, sought)?;
        tried.push((took, sought, months));
    }
    let quickest = tried.into_iter().min_by_key(|(took, ..)| *took);
    quickest.map(|(_, sought, months)| (sought, months)).ok_or_else(|| "no way".into())
}

/// Makes sure that every month of every person is the same.
fn same(series: &Value, months: &[OfMonth]) -> Outcome<()> {
    let bare: HashMap<(PersonId, NaiveDate), i64> =
        months.iter().map(|month| ((month.person_id, month.month), month.total)).collect();
    let groups = series.get("groups").and_then(Value::as_array).ok_or("no groups")?;
    let mut told = 0;
    for group in groups {
        let person: PersonId = id(group.get("person").ok_or("no person")?)?;
        for point in group.get("points").and_then(Value::as_array).into_iter().flatten() {
            let month: NaiveDate = text(point, "/first_day")?.parse()?;
            if bare.get(&(person, month)) != Some(&units_of(point, "/value")?) {
                return Err(format!("{person} is told otherwise in {month}: {point}").into());
            }
            told += 1;
        }
    }
    if (groups.len(), told) == (PEOPLE, bare.len()) { Ok(()) } else { Err(format!("{told} months are told").into()) }
}

/// The units of the amount that a text in an answer is.
fn units_of(answer: &Value, pointer: &str) -> Outcome<i64> {
    Ok(text(answer, pointer)?.parse::<Amount>()?.units())
}

/// The request of a series, of its own days alone, by someone who leads the company.
fn series(world: &World, metric: MetricId, asked: &str) -> Outcome<Vec<u8>> {
    let path = format!("/metrics/{metric}/series?{asked}&years=false");
    Ok(request("GET", &path, &world.lead()?, &[], ""))
}

fn connected(world: &World) -> Outcome<Conn> {
    let mut conn = world.connect()?;
    bare::durable(&mut conn)?;
    Ok(conn)
}

/// The first day of the quarter that a day lies in.
fn begun_quarter(day: NaiveDate) -> NaiveDate {
    day.with_day(1).map_or(day, |first| first - Months::new(first.month0() % 3))
}

/// So many whole months before a first day of a month.
fn months_before(first: NaiveDate, months: u32) -> Outcome<(NaiveDate, NaiveDate)> {
    Ok((first - Months::new(months), first.pred_opt().ok_or("no day before")?))
}
