//! The words of metrics and of what they are computed by.

use super::{Label, Word, schema_of};

words! { for_each_metric_word
    /// What sort of quantity a metric measures.
    MetricUnit = "metric_unit" {
        /// A plain number.
        Number = "number", "Number", "Số";
        /// A count of things.
        Count = "count", "Count", "Số lượng";
        /// An amount of money.
        Currency = "currency", "Currency", "Tiền tệ";
        /// Hundredths.
        Percent = "percent", "Percent", "Phần trăm";
        /// A length of time in days.
        Days = "days", "Days", "Ngày";
        /// A length of time in hours.
        Hours = "hours", "Hours", "Giờ";
        /// A length of time in minutes.
        Minutes = "minutes", "Minutes", "Phút";
        /// A score on a scale.
        Score = "score", "Score", "Điểm";
    }

    /// How a metric's measurements of one subject are put together over time.
    TimeAggregation = "time_aggregation" {
        /// Added.
        Sum = "sum", "Sum", "Tổng";
        /// The latest.
        Last = "last", "Latest", "Giá trị cuối";
        /// Their mean.
        Average = "average", "Average", "Trung bình";
        /// The smallest.
        Min = "min", "Minimum", "Nhỏ nhất";
        /// The largest.
        Max = "max", "Maximum", "Lớn nhất";
    }

    /// How a metric's subjects are put together.
    PeopleAggregation = "people_aggregation" {
        /// Added.
        Sum = "sum", "Sum", "Tổng";
        /// Their mean.
        Average = "average", "Average", "Trung bình";
        /// The smallest.
        Min = "min", "Minimum", "Nhỏ nhất";
        /// The largest.
        Max = "max", "Maximum", "Lớn nhất";
    }

    /// Whom a metric is measured for.
    MeasuredFor = "measured_for" {
        /// People.
        Person = "person", "People", "Cá nhân";
        /// Units.
        Unit = "unit", "Units", "Đơn vị";
    }

    /// What a standard metric of the library speaks of.
    MetricGroup = "metric_group" {
        /// What salespeople do.
        Activity = "activity", "Sales activity", "Hoạt động bán hàng";
        /// What may become sales.
        Pipeline = "pipeline", "Pipeline", "Cơ hội bán hàng";
        /// What is sold.
        Revenue = "revenue", "Revenue", "Doanh thu";
        /// What it costs.
        Cost = "cost", "Cost", "Chi phí";
        /// Who buys.
        Customer = "customer", "Customers", "Khách hàng";
        /// What recurs.
        Subscription = "subscription", "Subscriptions", "Doanh thu định kỳ";
    }

    /// Over what a standard metric is mostly looked at.
    TypicalPeriod = "typical_period" {
        /// A day.
        Day = "day", "Day", "Ngày";
        /// A week.
        Week = "week", "Week", "Tuần";
        /// A month.
        Month = "month", "Month", "Tháng";
        /// A quarter.
        Quarter = "quarter", "Quarter", "Quý";
        /// A year.
        Year = "year", "Year", "Năm";
    }

    /// What came of a standard metric that was asked for.
    LibraryOutcome = "library_outcome" {
        /// The organization has it now.
        Added = "added", "Added", "Đã thêm";
        /// The organization had it before.
        Present = "present", "Was there already", "Đã có sẵn";
    }

    /// What a formula makes.
    FormulaKind = "formula_kind" {
        /// A metric of other metrics.
        Metric = "metric", "A metric", "Chỉ số";
        /// A goal's progress of its value, target and start.
        Progress = "progress", "A goal's progress", "Tiến độ của mục tiêu";
    }

    /// Why a formula has no result.
    Null = "no_result" {
        /// An input is missing.
        Missing = "missing", "Nothing was measured", "Chưa có số liệu";
        /// A divisor is zero.
        DivisionByZero = "division_by_zero", "It would divide by zero", "Phép chia cho 0";
        /// `clamp` with its lower bound above the upper one.
        BoundsCrossed = "bounds_crossed", "The lower bound is above the upper one", "Cận dưới lớn hơn cận trên";
        /// A number on the way has too many digits.
        TooManyDigits = "too_many_digits", "It has too many digits", "Kết quả có quá nhiều chữ số";
        /// It is, or an input is, beyond ±9·10^17.
        OutOfRange = "out_of_range", "It is beyond 9·10^17", "Giá trị vượt quá 9·10^17";
    }
}
