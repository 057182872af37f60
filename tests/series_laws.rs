//! What the database tallies and the domain puts together is what the plain evaluator makes of every measurement, one by
//! one: for every aggregation, scope, point and part.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

#[path = "support/mod.rs"]
mod support;

use chrono::{Days, NaiveDate};
use goaltree::db::Scope;
use goaltree::domain::amount::Amount;
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::CheckIns;
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts};
use goaltree::domain::ids::{CycleId, GoalId, MetricId, OrganizationId, PersonId, UnitId};
use goaltree::domain::measure::Measure;
use goaltree::domain::measured::{MeasuredDay, MetricRules, Subject};
use goaltree::domain::words::{GoalKind, Source, State};
use goaltree::{measurements, metrics};
use serde_json::{Value, json};
use support::TestApp;
use uuid::Uuid;

/// A small generator: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The last day of the series, which is today.
const TODAY: &str = "2026-03-20";

/// A company with departments, teams and people, some of whom have moved, and what was measured of them.
struct World {
    app: TestApp,
    organization: OrganizationId,
    /// The units by their places: company, north, its two teams, south.
    units: Vec<String>,
    people: Vec<String>,
    metrics: Vec<(&'static str, String)>,
    facts: ForestFacts,
}

const MEASURED: [(&str, &str, &str, &str, bool); 7] = [
    ("summed", "sum", "sum", "person", false),
    ("counted", "sum", "sum", "person", true),
    ("averaged", "average", "average", "person", false),
    ("latest", "last", "sum", "person", false),
    ("least", "min", "max", "person", false),
    ("most", "max", "min", "person", false),
    ("heads", "last", "average", "unit", false),
];

const COMPUTED: [(&str, &str); 3] = [
    ("ratio", "summed / (summed + averaged) * 100"),
    ("growth", "(counted - prev(counted)) / prev(counted)"),
    ("per_head", "coalesce(summed, 0) / heads + prev(latest)"),
];

impl World {
    async fn new(seed: u64) -> Self {
        let app = TestApp::at("2025-11-01T02:00:00Z").await;
        let company = app.company().await;
        let north = app.unit("department", "North", &company).await;
        let first = app.unit("team", "First", &north).await;
        let second = app.unit("team", "Second", &north).await;
        let south = app.unit("department", "South", &company).await;
        let units = vec![company, north, first, second, south];
        let mut people = Vec::new();
        for (number, home) in [0, 1, 2, 2, 3, 4, 4].into_iter().enumerate() {
            people.push(app.person(&format!("Person {number}"), &units[home], json!({})).await);
        }
        let mut made = Vec::new();
        for (code, time, over, whom, empty_is_zero) in MEASURED {
            let body = json!({
                "code": code, "name": { "en": code }, "unit": "count", "time_aggregation": time,
                "people_aggregation": over, "measured_for": whom, "empty_is_zero": empty_is_zero,
                "dimensions": ["product", "region"],
            });
            made.push((code, app.owner.post("/metrics", &body).await.id()));
        }
        for (code, formula) in COMPUTED {
            let body = json!({ "code": code, "name": { "en": code }, "unit": "number", "formula": formula });
            made.push((code, app.owner.post("/metrics", &body).await.id()));
        }
        let me = app.owner.get("/me").await.ok();
        let organization = OrganizationId(me["organization"]["id"].as_str().unwrap().parse().unwrap());
        let mut world = Self { app, organization, units, people, metrics: made, facts: ForestFacts::default() };
        world.measure(seed).await;
        world.facts = world.facts();
        world
    }

    /// Measures at random; in between people move.
    async fn measure(&self, seed: u64) {
        let mut chance = Chance(seed);
        let mut first = day("2025-02-10");
        for (until, moves) in [("2025-12-10", (2, 4)), ("2026-01-20", (5, 1)), (TODAY, (3, 3))] {
            let last = day(until);
            self.app.set_clock(&format!("{until}T08:00:00Z"));
            let days = u64::try_from((last - first).num_days()).unwrap();
            let items: Vec<Value> = (0..150).map(|_| self.measurement(&mut chance, first, days)).collect();
            let taken = self.app.owner.post("/measurements", &json!({ "items": items })).await.ok();
            assert_eq!(taken["refused"], 0, "{taken}");
            first = last;
            let (person, unit) = moves;
            let body = json!({ "unit_id": self.units[unit] });
            self.app.owner.patch(&format!("/people/{}", self.people[person]), &body).await.ok();
        }
    }

    fn measurement(&self, chance: &mut Chance, first: NaiveDate, days: u64) -> Value {
        let (code, _, _, whom, _) = chance.of(&MEASURED);
        let units = i64::try_from(chance.below(4_000_000)).unwrap() - 1_000_000;
        let value = Amount::from_units(if chance.below(9) == 0 { units * 2_000_000_000_000 } else { units }).unwrap();
        let mut item = json!({
            "metric": code, "date": first + Days::new(chance.below(days)), "value": value, "source": "chance",
        });
        let subject =
            if *whom == "unit" { ("unit_id", chance.of(&self.units)) } else { ("person_id", chance.of(&self.people)) };
        item[subject.0] = json!(subject.1);
        match chance.below(4) {
            0 => {}
            1 => item["dimensions"] = json!({ "region": "east" }),
            _ => {
                item["dimensions"] =
                    json!({ "product": chance.of(&["a", "b"]), "region": chance.of(&["east", "west"]) });
            }
        }
        item
    }

    /// All of it as the plain evaluator takes it.
    fn facts(&self) -> ForestFacts {
        let organization = self.organization;
        let ids: Vec<MetricId> = self.metrics.iter().map(|(_, id)| MetricId(id.parse().unwrap())).collect();
        let (rules, measured) = self
            .app
            .app
            .service
            .db
            .read_now(Scope::Organization(organization), |conn| {
                let wanted = measurements::Wanted {
                    metrics: &ids,
                    subjects: None,
                    first: day("2020-01-01"),
                    last: day("2030-01-01"),
                };
                Ok((metrics::rules(conn, organization)?, measurements::days(conn, organization, wanted)?))
            })
            .unwrap();
        let unit = |place: usize| UnitId(self.units[place].parse().unwrap());
        let above = [None, Some(0), Some(1), Some(1), Some(0)];
        ForestFacts {
            cycles: vec![(CycleId(Uuid::nil()), CycleRules::of(window("2020-01-01", "2030-01-01")))],
            metrics: rules,
            units: above.into_iter().enumerate().map(|(place, above)| (unit(place), above.map(unit))).collect(),
            measured,
            ..ForestFacts::default()
        }
    }

    async fn series(&self, metric: &str, query: &str) -> Value {
        self.app.owner.get(&format!("/metrics/{metric}/series?to={TODAY}{query}")).await.ok()
    }
}

fn window(first: &str, last: &str) -> Window {
    Window::new(day(first), day(last)).unwrap()
}

/// What is asked of the plain evaluator, and what the series says.
struct Expectation {
    metric: MetricId,
    scope: Subject,
    days: Window,
    /// The last day that counts.
    until: NaiveDate,
    said: Value,
    of_what: String,
}

/// What a metric comes to over some days by the plain evaluator; null where there is none.
fn plainly(facts: &ForestFacts, asked: &[Expectation]) -> Vec<Value> {
    let goal = |(number, one): (u128, &Expectation)| GoalFacts {
        id: GoalId(Uuid::from_u128(number)),
        cycle: CycleId(Uuid::nil()),
        kind: GoalKind::Kpi,
        state: State::Completed,
        source: Source::Measurements,
        measure: Some(Measure::Increase { start: Amount::ZERO, target: Amount::ONE, plan: Box::default() }),
        metric: Some(one.metric),
        scope: Some(Box::new(one.scope)),
        window: Some(one.days),
        aspirational: false,
        completed_on: Some(one.until),
        check_ins: CheckIns::default(),
    };
    let goals = (0..).zip(asked).map(goal).collect();
    let all = evaluate(&ForestFacts { goals, ..facts.clone() }, day(TODAY));
    (0..asked.len() as u128)
        .map(|number| {
            let standing = all[&GoalId(Uuid::from_u128(number))].standing;
            json!(standing.value.filter(|_| standing.has_data))
        })
        .collect()
}

/// What a series says of all its days, each with the window that it is aggregated over.
fn expectations(metric: MetricId, scope: Subject, figures: &Value, of_what: &str) -> Vec<Expectation> {
    let read = |value: &Value| day(value.as_str().unwrap());
    let mut all = Vec::new();
    let mut add = |part: &Value, days: Window, name: &str| {
        let (until, said) = (read(&part["last_day"]).min(day(TODAY)), part["value"].clone());
        all.push(Expectation { metric, scope, days, until, said, of_what: format!("{of_what}, {name}: {part}") });
    };
    for point in figures["points"].as_array().unwrap() {
        let (first, last) = (read(&point["first_day"]), read(&point["last_day"]));
        // The last month still runs.
        let whole = if last == day(TODAY) { day("2026-03-31") } else { last };
        add(point, Window::new(first, whole).unwrap(), "point");
    }
    let total = &figures["total"];
    add(total, Window::new(read(&total["first_day"]), read(&total["last_day"])).unwrap(), "total");
    add(&figures["year_to_date"], window("2026-01-01", "2026-12-31"), "year to date");
    add(&figures["year_before"], window("2025-01-01", "2025-12-31"), "year before");
    all
}

fn check(facts: &ForestFacts, all: &[Expectation]) {
    for (one, expected) in all.iter().zip(plainly(facts, all)) {
        assert_eq!(one.said, expected, "{}", one.of_what);
    }
}

/// The same facts with those measurements alone that are kept.
fn only(facts: &ForestFacts, keeps: impl Fn(&MeasuredDay, &str) -> bool) -> ForestFacts {
    let kept = |day: &MeasuredDay| {
        let rows = day.measurements.iter().filter(|row| keeps(day, &row.dimensions)).cloned();
        MeasuredDay { measurements: rows.collect(), ..day.clone() }
    };
    ForestFacts { measured: facts.measured.iter().map(kept).collect(), ..facts.clone() }
}

fn is_asked_of_people(code: &str) -> bool {
    code != "heads"
}

#[actix_web::test]
async fn every_figure_of_a_series_is_that_of_the_plain_evaluator() {
    let world = World::new(7).await;
    for (code, id) in &world.metrics {
        let metric = MetricId(id.parse().unwrap());
        let mut all = Vec::new();
        for (scope, query) in
            world
                .units
                .iter()
                .map(|unit| (Subject::Unit(UnitId(unit.parse().unwrap())), format!("&unit_id={unit}")))
                .chain(
                    world.people.iter().filter(|_| is_asked_of_people(code)).map(|person| {
                        (Subject::Person(PersonId(person.parse().unwrap())), format!("&person_id={person}"))
                    }),
                )
        {
            let series = world.series(id, &format!("{query}&from=2025-12-07&interval=month")).await;
            all.extend(expectations(metric, scope, &series, &format!("{code}{query}")));
        }
        check(&world.facts, &all);
    }
}

#[actix_web::test]
async fn every_part_of_a_series_is_that_of_the_plain_evaluator_over_what_is_in_it() {
    let world = World::new(11).await;
    let (company, north) = (&world.units[0], &world.units[1]);
    let unit = |id: &str| UnitId(id.parse().unwrap());
    for (code, id) in &world.metrics {
        let metric = MetricId(id.parse().unwrap());
        let groups = async |query: &str| {
            let series = world.series(id, &format!("&from=2025-12-07&interval=month{query}")).await;
            series["groups"].as_array().unwrap().clone()
        };
        for group in groups(&format!("&unit_id={north}&group_by=unit")).await {
            let named = group["unit"]["id"].as_str().unwrap();
            let scope = Subject::Unit(unit(named));
            let facts = if group["directly"] == true {
                // Without anything below it a unit is itself alone.
                ForestFacts { units: vec![], ..world.facts.clone() }
            } else {
                world.facts.clone()
            };
            check(&facts, &expectations(metric, scope, &group, &format!("{code} in unit {named}")));
        }
        let scope = Subject::Unit(unit(company));
        if is_asked_of_people(code) {
            for group in groups("&group_by=person").await {
                let person = PersonId(group["person"]["id"].as_str().unwrap().parse().unwrap());
                let facts = only(&world.facts, |day, _| day.subject == Subject::Person(person));
                check(&facts, &expectations(metric, scope, &group, &format!("{code} of {person}")));
            }
        }
        for group in groups("&group_by=dimension:product").await {
            let value = group["dimension_value"].as_str();
            let facts = only(&world.facts, |_, dimensions| {
                let read: Value = serde_json::from_str(dimensions).unwrap_or_default();
                read["product"].as_str() == value
            });
            check(&facts, &expectations(metric, scope, &group, &format!("{code} of product {value:?}")));
        }
    }
}

#[actix_web::test]
async fn days_weeks_quarters_and_years_are_put_together_alike() {
    let world = World::new(23).await;
    let company = UnitId(world.units[0].parse().unwrap());
    for (code, id) in &world.metrics {
        for (interval, last) in
            [("day", TODAY), ("week", "2026-03-22"), ("quarter", "2026-03-31"), ("year", "2026-12-31")]
        {
            let series = world.series(id, &format!("&from=2025-11-03&interval={interval}&years=false")).await;
            let read = |value: &Value| day(value.as_str().unwrap());
            let points = series["points"].as_array().unwrap().iter().map(|point| {
                let (first, until) = (read(&point["first_day"]), read(&point["last_day"]));
                let end = if until == day(TODAY) { day(last) } else { until };
                Expectation {
                    metric: MetricId(id.parse().unwrap()),
                    scope: Subject::Unit(company),
                    days: Window::new(first, end).unwrap(),
                    until,
                    said: point["value"].clone(),
                    of_what: format!("{code} by {interval}: {point}"),
                }
            });
            check(&world.facts, &points.collect::<Vec<_>>());
        }
    }
}

/// Rules are read as they are stored: each metric of the world has some.
#[actix_web::test]
async fn the_world_has_measurements_of_every_metric() {
    let world = World::new(7).await;
    for (code, id) in &world.metrics[..MEASURED.len()] {
        let metric = MetricId(id.parse().unwrap());
        assert!(world.facts.measured.iter().filter(|day| day.metric == metric).count() > 20, "{code}");
        assert!(world.facts.metrics.iter().any(|(known, _): &(MetricId, MetricRules)| *known == metric), "{code}");
    }
}
