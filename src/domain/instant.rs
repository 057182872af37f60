//! Moments and days.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SubsecRound, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A moment in UTC, to the microsecond: what both databases keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime, examples("2026-11-24T08:00:00.000000Z"))]
pub struct Instant(DateTime<Utc>);

impl Instant {
    /// The day that this moment falls on in a time zone.
    pub fn day_in(self, zone: Tz) -> NaiveDate {
        self.0.with_timezone(&zone).date_naive()
    }

    /// The first moment of a day in a time zone: midnight, or when the clocks went forward over it.
    pub fn start_of(day: NaiveDate, zone: Tz) -> Self {
        let midnight = day.and_time(NaiveTime::MIN);
        let local = |hour| zone.from_local_datetime(&(midnight + Duration::hours(hour))).earliest();
        let start = (0..4).find_map(local).map_or_else(|| midnight.and_utc(), |local| local.to_utc());
        Self(start)
    }

    /// The least id (UUID version 7) that can be made at this moment.
    pub fn first_id(self) -> Uuid {
        let milliseconds = u64::try_from(self.0.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid()
    }

    /// This moment as chrono has it.
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(Self::from)
    }
}

impl std::ops::Add<chrono::Duration> for Instant {
    type Output = Self;
    /// The moment that much later; the last one there is where that would lead beyond it.
    fn add(self, by: chrono::Duration) -> Self {
        Self(self.0.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_or_when_the_clocks_went_forward_over_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let start = |text: &str, zone: Tz| Instant::start_of(day(text), zone).utc().to_rfc3339();
        assert_eq!(start("2026-02-14", Tz::Asia__Ho_Chi_Minh), "2026-02-13T17:00:00+00:00");
        assert_eq!(start("2026-03-29", Tz::Asia__Beirut), "2026-03-28T22:00:00+00:00");
        assert_eq!(start("2026-02-14", Tz::UTC), "2026-02-14T00:00:00+00:00");
    }
}
