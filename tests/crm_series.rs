//! Real input: the deals of a CRM and the leads of a marketplace, loaded as measurements, come to the figures of their
//! references to the digit: per office and company, per quarter, per origin and month.

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

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::TestApp;

fn folder(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(name);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("skipped: ../shared/data/{name} is not there");
    None
}

fn rows(file: PathBuf) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(file).unwrap().records().map(Result::unwrap).collect()
}

fn reference(folder: &std::path::Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap()
}

/// `"2802496.0000"`, or the whole number 531, as goaltree writes it.
fn shortest(reference: &Value) -> Value {
    match reference {
        Value::String(text) => json!(text.trim_end_matches('0').trim_end_matches('.')),
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    }
}

/// Records measurements, some thousands in a batch; how many were new, and how many were there already.
async fn load(app: &TestApp, items: &[Value]) -> (u64, u64) {
    let (mut created, mut unchanged) = (0, 0);
    for batch in items.chunks(5_000) {
        let taken = app.owner.post("/measurements", &json!({ "items": batch, "atomic": true })).await.ok();
        assert_eq!(taken["refused"], 0, "{}", taken["items"][0]);
        created += taken["created"].as_u64().unwrap();
        unchanged += taken["unchanged"].as_u64().unwrap();
    }
    (created, unchanged)
}

async fn metric(app: &TestApp, code: &str, mut body: Value) -> String {
    body["code"] = json!(code);
    body["name"] = json!({ "en": code });
    body["decimals"] = json!(4);
    app.owner.post("/metrics", &body).await.id()
}

fn sums(unit: &str, empty_is_zero: bool) -> Value {
    json!({
        "unit": unit, "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "person",
        "empty_is_zero": empty_is_zero, "dimensions": ["product"],
    })
}

/// The company of the CRM: its offices and managers' teams by name.
struct Company {
    app: TestApp,
    root: String,
    units: BTreeMap<String, String>,
    metrics: BTreeMap<&'static str, String>,
}

/// The metrics, with what the reference calls them.
const FIGURES: [(&str, &str); 8] = [
    ("deals_won", "deals_won"),
    ("deals_lost", "deals_lost"),
    ("won_value", "won_value"),
    ("win_rate", "win_rate_percent"),
    ("deal_size", "avg_deal_size"),
    ("sales_cycle", "avg_sales_cycle_days"),
    ("active_reps", "active_reps"),
    ("growth", "won_value_growth_percent"),
];

impl Company {
    async fn of(teams: &[csv::StringRecord]) -> Self {
        let app = TestApp::at("2018-01-02T02:00:00Z").await;
        let root = app.company().await;
        let mut units = BTreeMap::new();
        for row in teams {
            let (agent, manager, office) = (&row[0], &row[1], &row[2]);
            if !units.contains_key(office) {
                units.insert(office.to_owned(), app.unit("department", office, &root).await);
            }
            if !units.contains_key(manager) {
                units.insert(manager.to_owned(), app.unit("team", manager, &units[office]).await);
            }
            app.person(agent, &units[manager], json!({ "employee_code": code_of(agent) })).await;
        }
        let mut metrics = BTreeMap::new();
        let computed = |unit: &str, formula: &str| json!({ "unit": unit, "formula": formula });
        for (code, body) in [
            ("deals_won", sums("count", true)),
            ("deals_lost", sums("count", true)),
            ("won_value", sums("currency", false)),
            ("cycle_days", sums("days", false)),
            (
                "active_reps",
                json!({
                    "unit": "count", "time_aggregation": "average", "people_aggregation": "sum", "measured_for": "person",
                }),
            ),
            ("win_rate", computed("percent", "deals_won / (deals_won + deals_lost) * 100")),
            ("deal_size", computed("currency", "won_value / deals_won")),
            ("sales_cycle", computed("days", "cycle_days / deals_won")),
            ("growth", computed("percent", "(won_value - prev(won_value)) / prev(won_value) * 100")),
        ] {
            metrics.insert(code, metric(&app, code, body).await);
        }
        Self { app, root, units, metrics }
    }

    async fn series(&self, metric: &str, query: &str) -> Value {
        let path = format!("/metrics/{}/series?from=2017-01-01&to=2017-12-31&{query}", self.metrics[metric]);
        self.app.owner.get(&path).await.ok()
    }

    /// Every figure of a unit equals the reference's, quarter by quarter and over the whole time.
    async fn agrees(&self, unit: &str, reference: &Value, name: &str) {
        for (metric, figure) in FIGURES {
            let drawn = self.series(metric, &format!("unit_id={unit}&interval=quarter")).await;
            for (quarter, point) in (1..).zip(drawn["points"].as_array().unwrap()) {
                let expected = shortest(&reference["quarters"][format!("2017-Q{quarter}")][figure]);
                assert_eq!(point["value"], expected, "{metric} of {name} in quarter {quarter}");
            }
            if metric != "growth" {
                assert_eq!(drawn["total"]["value"], shortest(&reference["total"][figure]), "{metric} of {name}");
                assert_eq!(drawn["year_to_date"]["value"], drawn["total"]["value"], "{metric} of {name}");
            }
        }
    }
}

/// What the agents are called in the CRM's files, as a code.
fn code_of(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

/// The closed deals as measurements: one of each metric that a deal says something of.
fn measurements(pipeline: &[csv::StringRecord]) -> Vec<Value> {
    let mut items = Vec::new();
    let mut active = BTreeSet::new();
    for row in pipeline.iter().filter(|row| matches!(&row[4], "Won" | "Lost")) {
        let (engaged, closed): (NaiveDate, NaiveDate) = (row[5].parse().unwrap(), row[6].parse().unwrap());
        let product = if &row[2] == "GTXPro" { "GTX Pro" } else { &row[2] };
        let mut said = |metric: &str, value: &str| {
            items.push(json!({
                "metric": metric, "employee_code": code_of(&row[1]), "date": closed, "value": value, "source": "crm",
                "external_id": &row[0], "dimensions": { "product": product },
            }));
        };
        if &row[4] == "Won" {
            said("deals_won", "1");
            said("won_value", &row[7]);
            said("cycle_days", &(closed - engaged).num_days().to_string());
        } else {
            said("deals_lost", "1");
        }
        active.insert((code_of(&row[1]), closed.with_day(1).unwrap()));
    }
    items.extend(active.into_iter().map(|(agent, month)| {
        json!({
            "metric": "active_reps", "employee_code": agent, "date": month, "value": "1", "source": "crm",
            "external_id": format!("{agent} {month}"),
        })
    }));
    items
}

#[actix_web::test]
async fn offices_and_company_come_to_the_references_figures_in_every_quarter_however_often_they_are_loaded() {
    let Some(folder) = folder("crm-sales") else { return };
    let (teams, pipeline) = (rows(folder.join("sales_teams.csv")), rows(folder.join("sales_pipeline.csv")));
    let reference = reference(&folder);
    let company = Company::of(&teams).await;
    let items = measurements(&pipeline);
    let all = items.len() as u64;
    assert_eq!(load(&company.app, &items).await, (all, 0));
    assert_eq!(load(&company.app, &items).await, (0, all), "loaded again, nothing doubles");
    company.agrees(&company.root, &reference["company"], "the company").await;
    for (name, office) in reference["offices"].as_object().unwrap() {
        company.agrees(&company.units[name], office, name).await;
    }
    teams_rates_are_no_means(&company, &teams).await;
    products_add_up(&company, &pipeline).await;
}

/// A team's rate is its ratio of sums, and the mean of its members' rates is another number.
async fn teams_rates_are_no_means(company: &Company, teams: &[csv::StringRecord]) {
    let managers: BTreeSet<&str> = teams.iter().map(|row| &row[1]).collect();
    let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    for manager in managers {
        let unit = &company.units[manager];
        let of = async |metric: &str| company.series(metric, &format!("unit_id={unit}&group_by=person")).await;
        let (won, lost, rate) = (of("deals_won").await, of("deals_lost").await, of("win_rate").await);
        let (won, lost) = (number(&won["total"]["value"]), number(&lost["total"]["value"]));
        let rates: Vec<f64> = rate["groups"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|group| !group["rank"].is_null())
            .map(|group| number(&group["total"]["value"]))
            .collect();
        let (team, mean) = (number(&rate["total"]["value"]), mean(&rates));
        assert!((team - won / (won + lost) * 100.0).abs() < 0.000_06, "{manager}: {team}");
        assert!((team - mean).abs() > 0.01, "{manager}: {team} is not {mean}");
    }
}

/// The mean of some figures.
fn mean(figures: &[f64]) -> f64 {
    let (sum, count) = figures.iter().fold((0.0, 0.0), |(sum, count), figure| (sum + figure, count + 1.0));
    sum / count
}

/// The value won with each product is what its deals sum to, the best product first.
async fn products_add_up(company: &Company, pipeline: &[csv::StringRecord]) {
    let mut expected: BTreeMap<&str, i64> = BTreeMap::new();
    for row in pipeline.iter().filter(|row| &row[4] == "Won") {
        let product = if &row[2] == "GTXPro" { "GTX Pro" } else { &row[2] };
        *expected.entry(product).or_default() += row[7].parse::<i64>().unwrap();
    }
    let mut expected: Vec<_> = expected.into_iter().collect();
    expected.sort_by_key(|(_, value)| -value);
    let drawn = company.series("won_value", "group_by=dimension:product").await;
    let ranked = drawn["groups"].as_array().unwrap().iter().map(|group| {
        (group["dimension_value"].as_str().unwrap(), group["total"]["value"].as_str().unwrap().parse().unwrap())
    });
    assert_eq!(ranked.collect::<Vec<(&str, i64)>>(), expected);
}

/// Half away from zero, as the service rounds: to 8 decimals of a percent, then to 4.
fn percent(part: i64, whole: i64) -> Value {
    let rounded = |dividend: i128, divisor: i128| (2 * dividend + divisor) / (2 * divisor);
    let units = rounded(rounded(i128::from(part) * 10_i128.pow(10), whole.into()), 10_000);
    json!(format!("{}.{:04}", units / 10_000, units % 10_000).trim_end_matches('0').trim_end_matches('.'))
}

/// Leads and those of them that were won, by origin (none where it is blank) and month of first contact.
type Leads = BTreeMap<(Option<String>, u32, i32), (i64, i64)>;

fn leads(folder: &std::path::Path) -> Leads {
    let won: BTreeSet<String> =
        rows(folder.join("olist_closed_deals_dataset.csv")).iter().map(|row| row[0].to_owned()).collect();
    let mut leads = Leads::new();
    for row in rows(folder.join("olist_marketing_qualified_leads_dataset.csv")) {
        let contact: NaiveDate = row[1].parse().unwrap();
        let origin = Some(row[3].to_owned()).filter(|origin| !origin.is_empty());
        let counted = leads.entry((origin, contact.month(), contact.year())).or_default();
        counted.0 += 1;
        counted.1 += i64::from(won.contains(&row[0]));
    }
    leads
}

#[actix_web::test]
async fn leads_that_were_won_come_to_the_references_rate_by_origin_and_month() {
    let Some(folder) = folder("olist-funnel") else { return };
    let (leads, reference) = (leads(&folder), reference(&folder));
    let app = TestApp::at("2018-12-01T02:00:00Z").await;
    let root = app.company().await;
    let of_unit = json!({
        "unit": "count", "time_aggregation": "sum", "people_aggregation": "sum", "measured_for": "unit",
        "dimensions": ["origin"],
    });
    for code in ["mqls", "mqls_won"] {
        metric(&app, code, of_unit.clone()).await;
    }
    let rate = json!({ "unit": "percent", "formula": "mqls_won / mqls * 100" });
    let rate = metric(&app, "mql_to_won", rate).await;
    let mut items = Vec::new();
    for ((origin, month, year), (all, won)) in &leads {
        for (code, value) in [("mqls", all), ("mqls_won", won)] {
            let mut item = json!({
                "metric": code, "unit_id": root, "date": NaiveDate::from_ymd_opt(*year, *month, 1).unwrap(),
                "value": value.to_string(), "source": "olist", "external_id": format!("{origin:?} {year} {month}"),
            });
            if let Some(origin) = origin {
                item["dimensions"] = json!({ "origin": origin });
            }
            items.push(item);
        }
    }
    for _ in 0..2 {
        load(&app, &items).await;
    }
    let series = async |query: &str| {
        app.owner.get(&format!("/metrics/{rate}/series?from=2017-06-01&to=2018-05-31&{query}")).await.ok()
    };
    let quarters = series("interval=quarter").await;
    assert_eq!(quarters["total"]["value"], shortest(&reference["total"]["mql_to_won_percent"]));
    for point in quarters["points"].as_array().unwrap() {
        let first: NaiveDate = point["first_day"].as_str().unwrap().parse().unwrap();
        let named = format!("{}-Q{}", first.year(), first.month0() / 3 + 1);
        let expected = &reference["quarters_of_first_contact"][&named]["mql_to_won_percent"];
        assert_eq!(point["value"], shortest(expected), "{named}");
    }
    let origins = series("group_by=dimension:origin").await;
    let groups = origins["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 11, "ten origins, and those without one");
    for group in groups {
        let origin = group["dimension_value"].as_str().map(str::to_owned);
        for point in group["points"].as_array().unwrap() {
            let first: NaiveDate = point["first_day"].as_str().unwrap().parse().unwrap();
            let counted = leads.get(&(origin.clone(), first.month(), first.year()));
            let expected = counted.map_or(Value::Null, |(all, won)| percent(*won, *all));
            assert_eq!(point["value"], expected, "{origin:?} in {first}");
        }
    }
}
