//! Moments and days.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

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
