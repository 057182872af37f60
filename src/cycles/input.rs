//! What is said about cycles: by clients, and by whoever makes them in code.

use crate::domain::cycle_settings::CycleSettingsPatch;
use crate::domain::ids::CycleId;
use crate::domain::words::{CycleKind, Phase};
use crate::http::{Patch, not_null};
use chrono::NaiveDate;
use serde::Deserialize;

/// A cycle to be made; it begins as a draft.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CycleIn {
    /// Its kind. A year, half, quarter or month lasts its 12, 6, 3 or 1 months from its first day, whatever day that
    /// is; `custom` has any dates.
    pub kind: CycleKind,
    /// Its name, at most 120 characters. Left out, it is called after its period in the organization's language:
    /// `Q1 2026`, `Quý 1 2026`. Required of a custom one, and where it is no period of the fiscal or calendar year.
    #[serde(default)]
    pub name: Option<String>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day; at most five years of days in all.
    pub ends_on: NaiveDate,
    /// The cycle that it lies in, within whose days it stays. None: it is an outermost one.
    #[serde(default)]
    pub parent_id: Option<CycleId>,
    /// Settings that differ from the organization's `cycle_defaults`.
    #[serde(default)]
    pub settings: CycleSettingsPatch,
}

/// What a year is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearPart {
    /// Two halves.
    Half,
    /// Four quarters.
    Quarter,
    /// Twelve months.
    Month,
}

impl From<YearPart> for CycleKind {
    fn from(part: YearPart) -> Self {
        match part {
            YearPart::Half => Self::Half,
            YearPart::Quarter => Self::Quarter,
            YearPart::Month => Self::Month,
        }
    }
}

/// A year to be made with the cycles inside it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct YearIn {
    /// The calendar year in which it begins, in the organization's `fiscal_year_start` month; 1970 to 2198.
    #[schema(minimum = 1970, maximum = 2198)]
    pub year: i32,
    /// What it is divided into: each part's cycles lie in those of the next larger part named, the largest in the
    /// year. Quarters unless said; none leaves the year alone.
    #[serde(default = "quarters")]
    pub parts: Vec<YearPart>,
    /// The year's name, at most 120 characters; `2026` or `FY 2026/27` unless said. The cycles inside are called
    /// after their periods.
    #[serde(default)]
    pub name: Option<String>,
    /// Settings of all of them that differ from the organization's `cycle_defaults`.
    #[serde(default)]
    pub settings: CycleSettingsPatch,
}

fn quarters() -> Vec<YearPart> {
    vec![YearPart::Quarter]
}

/// A change of a cycle; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CyclePatch {
    /// Its kind; fixed once it has goals.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub kind: Option<CycleKind>,
    /// Its name, at most 120 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// Its first day. No day is taken away that goals run over.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub starts_on: Option<NaiveDate>,
    /// Its last day. No day is taken away that goals run over.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub ends_on: Option<NaiveDate>,
    /// The cycle that it lies in, with all that is inside it; null makes it an outermost one. Fixed once one of them
    /// has goals.
    #[serde(default)]
    #[schema(value_type = Option<CycleId>)]
    pub parent_id: Patch<CycleId>,
    /// Settings to change, each by itself.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub settings: Option<CycleSettingsPatch>,
}

/// The phase that a cycle is to go to.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseIn {
    /// One of the cycle's `next_phases`.
    pub to: Phase,
    /// Why, at most 1000 characters. Required of every step back: from review to active, and to reopen a closed
    /// cycle.
    #[serde(default)]
    pub reason: Option<String>,
}
