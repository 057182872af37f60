//! The company's standard measures.

use crate::domain::words::{Direction, MetricUnit};
use crate::metrics::library;

/// A metric.
#[derive(Debug, Clone, Copy)]
pub(super) struct MetricPlan {
    pub(super) code: &'static str,
    pub(super) vi: &'static str,
    pub(super) en: &'static str,
    pub(super) unit: MetricUnit,
    pub(super) shown: &'static str,
    pub(super) decimals: i32,
    pub(super) direction: Direction,
}

const fn metric(
    code: &'static str,
    vi: &'static str,
    en: &'static str,
    unit: MetricUnit,
    shown: &'static str,
) -> MetricPlan {
    MetricPlan { code, vi, en, unit, shown, decimals: 0, direction: Direction::Increase }
}

impl MetricPlan {
    const fn with(mut self, decimals: i32) -> Self {
        self.decimals = decimals;
        self
    }

    const fn kept(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }
}

use Direction::{AtLeast, AtMost, Between, Decrease};
use MetricUnit::{Count, Currency, Days, Hours, Minutes, Number, Percent, Score};

/// Those that the library of standard metrics has; what they are computed from comes with them.
pub(super) const STANDARD: [&str; 8] = [
    "bookings_value",
    "customers_new",
    "pipeline_value",
    "meetings",
    "mqls",
    "cost_per_lead",
    "net_revenue_retention",
    "win_rate",
];

/// The company's own, by department.
pub(super) const METRICS: &[MetricPlan] = &[
    metric("opportunity_win_rate", "Tỷ lệ thắng cơ hội", "Opportunity win rate", Percent, "%").with(1),
    metric("sales_cycle", "Vòng đời bán hàng", "Sales cycle", Days, "ngày").kept(Decrease),
    metric("expansion_revenue", "Doanh thu mở rộng", "Expansion revenue", Currency, "VND"),
    metric("monthly_churn", "Tỷ lệ rời bỏ hàng tháng", "Monthly churn", Percent, "%").with(2).kept(AtMost),
    metric("renewal_rate", "Tỷ lệ gia hạn", "Renewal rate", Percent, "%").with(1).kept(AtLeast),
    metric("nps", "Điểm NPS", "Net promoter score", Score, "điểm"),
    metric("csat", "Mức hài lòng", "Customer satisfaction", Percent, "%").with(1).kept(AtLeast),
    metric("first_response", "Thời gian phản hồi đầu", "First response time", Minutes, "phút").with(1).kept(AtMost),
    metric("open_tickets", "Yêu cầu tồn đọng", "Open tickets", Count, "yêu cầu").kept(Decrease),
    metric("tickets_solved", "Yêu cầu đã xử lý", "Tickets solved", Count, "yêu cầu"),
    metric("onboarding_time", "Thời gian triển khai", "Time to onboard", Days, "ngày").kept(Decrease),
    metric("uptime", "Độ sẵn sàng", "Uptime", Percent, "%").with(2).kept(AtLeast),
    metric("latency_p95", "Độ trễ p95", "p95 latency", Number, "ms").kept(Decrease),
    metric("incidents", "Sự cố nghiêm trọng", "Severe incidents", Count, "sự cố").kept(AtMost),
    metric("features_shipped", "Tính năng phát hành", "Features shipped", Count, "tính năng"),
    metric("lead_time", "Thời gian ra tính năng", "Lead time for changes", Days, "ngày").with(1).kept(Decrease),
    metric("escaped_bugs", "Lỗi lọt đến khách hàng", "Escaped bugs", Count, "lỗi").kept(Decrease),
    metric("test_coverage", "Độ phủ kiểm thử tự động", "Automated test coverage", Percent, "%").with(1),
    metric("regression_time", "Thời gian kiểm thử hồi quy", "Regression time", Hours, "giờ").kept(Decrease),
    metric("hires", "Nhân sự tuyển mới", "Hires", Count, "người"),
    metric("enps", "Điểm eNPS", "Employee NPS", Score, "điểm").kept(AtLeast),
    metric("attrition", "Tỷ lệ nghỉ việc", "Attrition", Percent, "%").with(1).kept(AtMost),
    metric("time_to_hire", "Thời gian tuyển dụng", "Time to hire", Days, "ngày").kept(Decrease),
    metric("training_hours", "Giờ đào tạo mỗi người", "Training hours per person", Hours, "giờ").with(1),
    metric("closing_days", "Số ngày khóa sổ", "Days to close the books", Days, "ngày").kept(Decrease),
    metric("overdue_debt", "Công nợ quá hạn", "Overdue receivables", Currency, "VND").kept(Decrease),
    metric("operating_cost", "Chi phí vận hành tháng", "Monthly operating cost", Currency, "VND").kept(Between),
];

/// With how many decimals a metric's values are shown; none where there is no such metric.
pub(super) fn decimals(code: &str) -> Option<i32> {
    let standard = || library::find(code).filter(|_| STANDARD.contains(&code)).map(|metric| metric.decimals);
    METRICS.iter().find(|metric| metric.code == code).map(|metric| metric.decimals).or_else(standard)
}
