//! What no text from outside does to the values: it is refused or read, and what is written is read back.

use super::amount::{Amount, Weight};
use super::ids::GoalId;
use super::instant::Instant;
use super::text::{fold, is_code, is_email};
use super::words::{Locale, Phase, State, Visibility};
use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, from_value, json};

/// Whether a text is digits with an optional sign before and at most 4 of them after a point.
fn looks_like_an_amount(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part) && part.len() <= 4,
        None => digits(unsigned),
    }
}

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof!["-?[0-9]{0,16}\\.?[0-9]{0,6}", "[-+0-9.eE_, ]{0,12}", ".{0,20}"]
}

proptest! {
    #[test]
    fn an_amount_is_read_as_it_is_written(units in -9_000_000_000_000_000_000_i64..=9_000_000_000_000_000_000) {
        let amount = Amount::from_units(units).unwrap();
        prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
        prop_assert_eq!(from_value::<Amount>(json!(amount)).unwrap(), amount);
    }

    #[test]
    fn an_amount_is_taken_where_it_is_one(text in numbers()) {
        let read = text.parse::<Amount>();
        if let Ok(amount) = read {
            prop_assert!(looks_like_an_amount(&text), "{text}");
            prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
        } else {
            prop_assert!(!looks_like_an_amount(&text) || text.len() >= 15, "{text}");
        }
        prop_assert_eq!(from_value::<Amount>(json!(text)).is_ok(), read.is_ok());
    }

    #[test]
    fn no_json_number_breaks_an_amount_or_is_rounded(number: f64, whole: i64) {
        if let Ok(amount) = from_value::<Amount>(json!(number)) {
            let read: f64 = amount.to_string().parse().unwrap();
            prop_assert!((read - number).abs() <= f64::EPSILON * number.abs(), "{number} became {amount}");
        }
        if let Ok(amount) = from_value::<Amount>(json!(whole)) {
            prop_assert_eq!(amount.to_string(), whole.to_string());
        }
    }

    #[test]
    fn a_weight_lies_in_its_bounds(text in numbers()) {
        let weight = from_value::<Weight>(json!(text));
        let amount = text.parse::<Amount>();
        let fits = amount.is_ok_and(|amount| (0..=10_000_000_000).contains(&amount.units()));
        prop_assert_eq!(weight.is_ok(), fits, "{}", text);
    }

    #[test]
    fn a_moment_is_read_as_it_is_written(microseconds in -62_135_596_800_000_000_i64..=253_402_300_799_999_999) {
        let moment = Instant::from(DateTime::from_timestamp_micros(microseconds).unwrap());
        prop_assert_eq!(from_value::<Instant>(json!(moment)).unwrap(), moment);
    }

    #[test]
    fn a_day_is_read_as_it_is_written(days in 1..3_652_059_i32) {
        let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
        prop_assert_eq!(from_value::<NaiveDate>(json!(day)).unwrap(), day);
    }

    #[test]
    fn an_id_is_read_as_it_is_written(id: u128) {
        let id = GoalId(uuid::Uuid::from_u128(id));
        prop_assert_eq!(id.to_string().parse::<GoalId>().unwrap(), id);
        prop_assert_eq!(from_value::<GoalId>(json!(id)).unwrap(), id);
    }

    #[test]
    fn no_text_breaks_a_value(text in prop_oneof![".{0,60}", "[-+0-9TZ:.]{0,40}", "[0-9a-f{}-]{0,40}"]) {
        let value = Value::String(text.clone());
        let _ = from_value::<Instant>(value.clone());
        let _ = from_value::<NaiveDate>(value.clone());
        let _ = text.parse::<GoalId>();
        let words = [text.parse::<Locale>().is_ok(), text.parse::<Phase>().is_ok(), text.parse::<State>().is_ok()];
        prop_assert!(!words.contains(&true) || text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        prop_assert_eq!(from_value::<Visibility>(value).is_ok(), ["public", "internal", "restricted"].contains(&&*text));
    }

    #[test]
    fn folding_twice_is_folding_once(text in ".{0,60}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
        if is_email(&text) {
            prop_assert!(text.matches('@').count() == 1 && !text.contains(char::is_whitespace));
        }
        prop_assert!(!is_code(&text) || !text.contains(char::is_whitespace));
    }
}
