//! The library of standard metrics is whole, and comes to values that were checked by hand.

#![expect(clippy::expect_used, reason = "a test ends where its own data is wrong")]

use chrono::NaiveDate;
use goaltree::domain::amount::Amount;
use goaltree::domain::calendar::Window;
use goaltree::domain::check_ins::CheckIns;
use goaltree::domain::evaluate::evaluate;
use goaltree::domain::facts::{CycleRules, ForestFacts, GoalFacts};
use goaltree::domain::formula::{Code, check_definitions};
use goaltree::domain::ids::{CycleId, GoalId, MetricId, PersonId, UnitId};
use goaltree::domain::measure::Measure;
use goaltree::domain::measured::{Aggregation, MeasuredDay, Measurement, MetricRules, Origin, Subject};
use goaltree::domain::words::{GoalKind, MeasuredFor, PeopleAggregation, Source, State, TimeAggregation};
use goaltree::metrics::library::{LIBRARY, LibraryMetric, with_inputs};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A company's February, and of what is compared with it January.
const MEASURED: [(&str, &str); 49] = [
    ("revenue", "1000"),
    ("cost_of_goods", "600"),
    ("units_sold", "50"),
    ("orders", "40"),
    ("orders_cancelled", "2"),
    ("bookings", "30"),
    ("bookings_value", "1500"),
    ("sales_target", "1250"),
    ("deals_won", "20"),
    ("deals_lost", "30"),
    ("deals_won_value", "900"),
    ("deals_target", "25"),
    ("contract_months_total", "240"),
    ("leads", "200"),
    ("mqls", "100"),
    ("sqls", "40"),
    ("leads_worked", "160"),
    ("leads_responded", "150"),
    ("opportunities_created", "60"),
    ("open_opportunities", "80"),
    ("pipeline_value", "4000"),
    ("pipeline_weighted_value", "1000"),
    ("quotes_issued", "50"),
    ("conversion_days_total", "600"),
    ("sales_cycle_days_total", "500"),
    ("lead_response_minutes_total", "3000"),
    ("follow_up_delay_days_total", "320"),
    ("active_reps", "10"),
    ("calls", "400"),
    ("calls_answered", "100"),
    ("call_minutes_total", "350"),
    ("emails", "600"),
    ("emails_opened", "240"),
    ("email_replies", "60"),
    ("meetings", "50"),
    ("follow_ups", "480"),
    ("onboarding_calls", "12"),
    ("demo_calls", "18"),
    ("demo_calls_booked", "24"),
    ("marketing_cost", "100"),
    ("sales_cost", "150"),
    ("customers_end", "105"),
    ("customers_new", "10"),
    ("customers_lost", "5"),
    ("mrr_end", "1050"),
    ("mrr_new", "100"),
    ("mrr_expansion", "50"),
    ("mrr_contraction", "20"),
    ("mrr_churned", "30"),
];
const JANUARY: [(&str, &str); 3] = [("revenue", "800"), ("units_sold", "40"), ("deals_won", "16")];

/// What each formula comes to: 5 of the 100 customers at the month's start left, so that one stays for 20 months; each
/// brings 10 a month, 4 of it margin: 80 over its life.
const EXPECTED: [(&str, &str); 63] = [
    ("sales_growth_mom", "25"),
    ("revenue_growth_rate", "25"),
    ("gross_profit", "400"),
    ("avg_profit_margin", "40"),
    ("bookings_per_rep", "3"),
    ("avg_opportunity_value", "50"),
    ("pipeline_win_probability", "25"),
    ("target_attainment", "80"),
    ("pipeline_coverage", "3.2"),
    ("quote_to_close", "40"),
    ("avg_purchase_value", "25"),
    ("calls_per_rep", "40"),
    ("emails_per_rep", "60"),
    ("calls_and_emails_per_rep", "100"),
    ("call_answer_rate", "25"),
    ("avg_call_duration", "3.5"),
    ("email_open_rate", "40"),
    ("email_reply_rate", "10"),
    ("outreach_to_opportunity", "6"),
    ("sales_per_rep", "2"),
    ("revenue_per_rep", "100"),
    ("product_performance", "1000"),
    ("product_unit_growth", "25"),
    ("avg_selling_price", "20"),
    ("sales_by_contact_method", "1000"),
    ("win_rate", "40"),
    ("cost_per_won_deal", "12.5"),
    ("avg_deal_size", "45"),
    ("avg_contract_length", "12"),
    ("lead_to_sale", "10"),
    ("cost_per_lead", "0.5"),
    ("customers_start", "100"),
    ("retention_rate", "95"),
    ("churn_rate", "5"),
    ("order_cancellation_rate", "5"),
    ("mrr_churn_rate", "5.26315789"),
    ("arpa", "10"),
    ("clv", "80"),
    ("avg_conversion_time", "30"),
    ("new_and_expansion_mrr", "150"),
    ("expansion_mrr_share", "33.33333333"),
    ("net_new_mrr", "100"),
    ("mrr_start", "950"),
    ("net_revenue_retention", "100"),
    ("gross_revenue_retention", "94.73684211"),
    ("onboarding_and_demo_calls", "30"),
    ("onboarding_and_demo_calls_per_rep", "3"),
    ("demo_show_rate", "75"),
    ("activities_per_rep", "105"),
    ("meetings_per_rep", "5"),
    ("avg_follow_ups", "3"),
    ("avg_follow_up_delay", "2"),
    ("avg_sales_cycle_length", "25"),
    ("cac", "25"),
    ("clv_to_cac", "3.2"),
    ("cac_payback_months", "6.25"),
    ("lead_response_time", "20"),
    ("lead_response_rate", "75"),
    ("mql_to_sql", "40"),
    ("sql_to_win", "50"),
    ("closed_deals_attainment", "80"),
    ("closed_deals_growth", "25"),
    ("sales_velocity", "57.6"),
];

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn company() -> UnitId {
    UnitId(Uuid::from_u128(1))
}

fn number_of(code: &str) -> Uuid {
    let at = LIBRARY.iter().position(|metric| metric.code.as_str() == code).expect("a metric of the library");
    Uuid::from_u128(at as u128)
}

fn rules(metric: &LibraryMetric) -> MetricRules {
    let measured = || Aggregation {
        time: metric.time_aggregation.expect("a measured metric"),
        people: metric.people_aggregation.expect("a measured metric"),
        empty_is_zero: metric.empty_is_zero,
    };
    let origin = metric.formula().map_or_else(
        || Origin::Measured(measured()),
        |formula| {
            let formula = formula.expect("a formula");
            Origin::Computed(formula.resolve(|code| Some(MetricId(number_of(code.as_str())))).expect("known"))
        },
    );
    MetricRules { origin, progress: None }
}

fn measured(code: &str, on: &str, value: &str) -> MeasuredDay {
    let metric = LIBRARY.iter().find(|metric| metric.code.as_str() == code).expect("a metric of the library");
    let subject = match metric.measured_for {
        Some(MeasuredFor::Person) => Subject::Person(PersonId(Uuid::from_u128(1))),
        _ => Subject::Unit(company()),
    };
    let value: Amount = value.parse().expect("an amount");
    let measurements = [Measurement { unit: company(), value, dimensions: "".into() }].into();
    MeasuredDay { metric: MetricId(number_of(code)), subject, on: day(on), measurements }
}

/// The company's goal on a metric in February.
fn goal(metric: &LibraryMetric, cycle: CycleId) -> GoalFacts {
    let number = number_of(metric.code.as_str());
    GoalFacts {
        id: GoalId(number),
        cycle,
        kind: GoalKind::Kpi,
        state: State::Active,
        source: Source::Measurements,
        measure: Some(Measure::AtLeast { start: None, target: Amount::ONE, floor: None }),
        metric: Some(MetricId(number)),
        scope: Some(Box::new(Subject::Unit(company()))),
        window: None,
        aspirational: false,
        completed_on: None,
        check_ins: CheckIns::default(),
    }
}

/// What the company's goals on each metric come to at the end of February.
fn values(measured: Vec<MeasuredDay>) -> BTreeMap<&'static str, Option<String>> {
    let cycle = CycleId(Uuid::from_u128(1));
    let february = Window::new(day("2026-02-01"), day("2026-02-28")).expect("a window");
    let facts = ForestFacts {
        cycles: vec![(cycle, CycleRules::of(february))],
        goals: LIBRARY.iter().map(|metric| goal(metric, cycle)).collect(),
        metrics: LIBRARY.iter().map(|one| (MetricId(number_of(one.code.as_str())), rules(one))).collect(),
        units: vec![(company(), None)],
        measured,
        ..ForestFacts::default()
    };
    let figures = evaluate(&facts, day("2026-02-28"));
    let value = |metric: &LibraryMetric| {
        let standing = figures.get(&GoalId(number_of(metric.code.as_str()))).expect("figures").standing;
        standing.value.map(|value| format!("{value:?}"))
    };
    LIBRARY.iter().map(|metric| (metric.code.as_str(), value(metric))).collect()
}

fn company_data() -> Vec<MeasuredDay> {
    let january = JANUARY.iter().map(|(code, value)| measured(code, "2026-01-31", value));
    MEASURED.iter().map(|(code, value)| measured(code, "2026-02-10", value)).chain(january).collect()
}

#[test]
fn every_formula_comes_to_what_was_checked_by_hand() {
    let found = values(company_data());
    for (code, expected) in EXPECTED {
        assert_eq!(found.get(code).cloned().flatten().as_deref(), Some(expected), "{code}");
    }
    let computed: BTreeSet<_> =
        LIBRARY.iter().filter(|metric| metric.formula.is_some()).map(|one| one.code.as_str()).collect();
    assert_eq!(computed, EXPECTED.map(|(code, _)| code).into());
}

#[test]
fn without_churn_there_is_no_lifetime_value() {
    let kept = company_data().into_iter().filter(|day| day.metric.0 != number_of("customers_lost")).collect();
    let found = values(kept);
    assert_eq!(found.get("customers_lost"), Some(&Some("0".to_owned())));
    assert_eq!(found.get("churn_rate"), Some(&Some("0".to_owned())));
    assert_eq!((found.get("clv"), found.get("clv_to_cac")), (Some(&None), Some(&None)));
}

#[test]
fn the_library_is_whole() {
    assert_eq!(LIBRARY.len(), 112);
    let codes: BTreeSet<&str> = LIBRARY.iter().map(|metric| metric.code.as_str()).collect();
    assert_eq!(codes.len(), LIBRARY.len());
    let served: BTreeSet<&str> = LIBRARY.iter().flat_map(|metric| &metric.article).map(String::as_str).collect();
    let items = (1..=19).map(|item| item.to_string()).chain((1..=10).map(|item| format!("B{item}")));
    assert!(items.into_iter().all(|item| served.contains(item.as_str())), "{served:?}");
    for metric in LIBRARY.iter() {
        let is_measured = metric.formula.is_none();
        let code = &metric.code;
        assert_eq!(metric.time_aggregation.is_some(), is_measured, "{code}");
        assert_eq!(metric.people_aggregation.is_some(), is_measured, "{code}");
        assert_eq!(metric.measured_for.is_some(), is_measured, "{code}");
        let sums = metric.time_aggregation == Some(TimeAggregation::Sum)
            && metric.people_aggregation == Some(PeopleAggregation::Sum);
        assert!(sums || !metric.empty_is_zero, "{code}");
        assert!((0..=4).contains(&metric.decimals), "{code}");
        let texts = [&metric.name.en, &metric.name.vi, &metric.description.en, &metric.description.vi];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{code}");
        assert!(metric.name.en.chars().count() <= 120 && metric.name.vi.chars().count() <= 120, "{code}");
    }
}

#[test]
fn its_formulas_make_no_loop_and_bring_their_inputs() {
    let formulas =
        LIBRARY.iter().filter_map(|metric| Some((metric.code.clone(), metric.formula()?.expect("a formula"))));
    let definitions = formulas.map(|(code, formula)| (code, formula.codes().into_iter().cloned().collect())).collect();
    assert_eq!(check_definitions(&definitions), Ok(()));
    let chosen = ["win_rate", "cac"].map(|code| Code::new(code).expect("a code")).into();
    let brought: BTreeSet<&str> = with_inputs(&chosen).into_iter().map(|metric| metric.code.as_str()).collect();
    let needed = ["win_rate", "cac", "deals_won", "deals_lost", "marketing_cost", "sales_cost", "customers_new"];
    assert_eq!(brought, needed.into());
}
