//! The company's standard measures.

use crate::domain::words::{Direction, MetricUnit};

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

/// All of them, by department.
pub(super) const METRICS: &[MetricPlan] = &[
    metric("new_revenue", "Doanh thu ký mới", "New contract value", Currency, "VND"),
    metric("new_customers", "Khách hàng mới", "New customers", Count, "khách hàng"),
    metric("win_rate", "Tỷ lệ thắng cơ hội", "Win rate", Percent, "%").with(1),
    metric("sales_cycle", "Vòng đời bán hàng", "Sales cycle", Days, "ngày").kept(Decrease),
    metric("pipeline_value", "Giá trị cơ hội mở", "Open pipeline", Currency, "VND"),
    metric("meetings", "Cuộc gặp khách hàng", "Customer meetings", Count, "cuộc gặp"),
    metric("qualified_leads", "Khách hàng tiềm năng đạt chuẩn", "Qualified leads", Count, "lead"),
    metric("cost_per_lead", "Chi phí mỗi lead", "Cost per lead", Currency, "VND").kept(AtMost),
    metric("expansion_revenue", "Doanh thu mở rộng", "Expansion revenue", Currency, "VND"),
    metric("net_retention", "Doanh thu giữ lại thuần", "Net revenue retention", Percent, "%").with(1).kept(AtLeast),
    metric("churn_rate", "Tỷ lệ rời bỏ", "Churn rate", Percent, "%").with(2).kept(AtMost),
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

/// A metric's plan by its code.
pub(super) fn find(code: &str) -> Option<&'static MetricPlan> {
    METRICS.iter().find(|metric| metric.code == code)
}
