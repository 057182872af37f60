//! The days that figures can be asked for.

use crate::domain::calendar;
use crate::error::{Code, Faults};
use chrono::NaiveDate;

/// Refuses a day that has not come yet, and one before the calendar that databases know begins.
pub(super) fn check_day(pointer: &str, day: Option<NaiveDate>, today: NaiveDate, faults: &mut Faults) {
    let Some(day) = day else { return };
    faults.check(day <= today, pointer, Code::InTheFuture.with("today", today));
    let first = calendar::FIRST_DAY;
    faults.check(first <= day, pointer, Code::OutOfRange.with("least", first).with("most", today));
}
