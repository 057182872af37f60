//! The words of what is measured over time.

use super::{Label, Word, schema_of};

words! { for_each_measuring_word
    /// Who sees figures person beside person.
    RankingVisibility = "ranking_visibility" {
        /// Everyone who sees the unit's figures; then everyone sees each person's own, too.
        All = "all", "Everyone", "Mọi người";
        /// The leads of the unit and of units above, and HR.
        Leads = "leads", "Leads and HR", "Quản lý và nhân sự";
        /// Nobody.
        None = "none", "Nobody", "Không ai";
    }

    /// How long the points of a series are.
    SeriesInterval = "series_interval" {
        /// A day.
        Day = "day", "Day", "Ngày";
        /// A week, from Monday to Sunday.
        Week = "week", "Week", "Tuần";
        /// A calendar month.
        Month = "month", "Month", "Tháng";
        /// A quarter of the organization's fiscal year.
        Quarter = "quarter", "Quarter", "Quý";
        /// A fiscal year of the organization.
        Year = "year", "Year", "Năm";
    }
}
