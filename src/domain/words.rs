//! The field's words that have a fixed list of values, each with its text (database, JSON, URL) and its label
//! in English and Vietnamese. `GET /meta` shows these very lists.

mod measuring;
mod metrics;
mod planning;
mod reviewing;

use super::word::schema_of;
pub use super::word::{Label, Word};
pub(crate) use measuring::for_each_measuring_word;
pub use measuring::{RankingVisibility, SeriesInterval};
pub(crate) use metrics::for_each_metric_word;
pub use metrics::{
    FormulaKind, LibraryOutcome, MeasuredFor, MetricGroup, MetricUnit, Null, PeopleAggregation, TimeAggregation,
    TypicalPeriod,
};
pub(crate) use planning::for_each_planning_word;
pub use planning::{BulkOutcome, PlanInterval, PlanShape, SplitHow, TargetsBy};
pub(crate) use reviewing::for_each_reviewing_word;
pub use reviewing::{
    ReviewAct, ReviewQuestionKind, ReviewRole, ReviewSectionKind, ReviewStep, ReviewUnscored, ReviewedPeople,
};

/// Every word, for `GET /meta`.
pub fn all() -> impl Iterator<Item = &'static (&'static str, &'static [Label])> {
    ALL.iter().chain(metrics::ALL).chain(measuring::ALL).chain(planning::ALL).chain(reviewing::ALL)
}

words! { for_each_word
    /// What a person may do in the whole organization; the rest follows from relations.
    Role = "role" {
        /// Everything, the removal of admins and the reopening of closed cycles included.
        Owner = "owner", "Owner", "Chủ sở hữu";
        /// HR: organization, cycles, metrics, people, every goal.
        Admin = "admin", "Admin (HR)", "Quản trị (nhân sự)";
        /// Sets goals and checks in.
        Member = "member", "Member", "Thành viên";
        /// Looks on.
        Viewer = "viewer", "Viewer", "Người xem";
    }

    /// A right that a lead hands to someone else for a time.
    DelegatedRight = "delegated_right" {
        /// Check in on behalf, and void or correct check-ins.
        CheckIn = "check_in", "Check in", "Check-in";
        /// Approve and return goals, and decide on changes of commitments.
        Approve = "approve", "Approve", "Phê duyệt";
        /// Review people.
        Review = "review", "Review", "Đánh giá";
    }

    /// Where a delegation stands.
    DelegationState = "delegation_state" {
        /// Its first day has not come.
        Upcoming = "upcoming", "Upcoming", "Sắp tới";
        /// It holds today.
        Running = "running", "Running", "Đang hiệu lực";
        /// Its last day has gone, or someone ended it.
        Over = "over", "Over", "Đã kết thúc";
    }

    /// The kind of a unit.
    UnitKind = "unit_kind" {
        /// The root; exactly one.
        Company = "company", "Company", "Công ty";
        /// In the company or in a department.
        Department = "department", "Department", "Phòng ban";
        /// In the company, a department or a team.
        Team = "team", "Team", "Nhóm";
    }

    /// What an API token may be used for.
    ApiScope = "api_scope" {
        /// All that its maker sees.
        Read = "read", "Read", "Đọc";
        /// Goals, links, check-ins, approvals.
        GoalsWrite = "goals:write", "Write goals and check-ins", "Ghi mục tiêu và check-in";
        /// Measurements.
        MeasurementsWrite = "measurements:write", "Write measurements", "Ghi số liệu đo";
        /// What HR does with organization, people, units, cycles and metrics.
        Admin = "admin", "Administer", "Quản trị";
    }

    /// How a person belongs to a unit beside having it as home.
    UnitRole = "unit_role" {
        /// Manages the unit.
        Lead = "lead", "Lead", "Trưởng đơn vị";
        /// Follows its goals, and may edit them where the unit allows.
        Supervisor = "supervisor", "Supervisor", "Người giám sát";
        /// Works in it.
        Member = "member", "Member", "Thành viên";
    }

    /// What let someone in who changed something.
    Via = "via" {
        /// A session, opened at sign-in.
        Session = "session", "Signed in", "Phiên đăng nhập";
        /// An API token of a machine.
        ApiToken = "api_token", "API token", "Mã truy cập API";
        /// A command of whoever runs the service.
        Operator = "operator", "Operator", "Người vận hành";
    }

    /// A language of the product.
    Locale = "locale" {
        /// English.
        En = "en", "English", "Tiếng Anh";
        /// Vietnamese.
        Vi = "vi", "Vietnamese", "Tiếng Việt";
    }

    /// The kind of a cycle.
    CycleKind = "cycle_kind" {
        /// A year, calendar or fiscal.
        Year = "year", "Year", "Năm";
        /// Half a year.
        Half = "half", "Half-year", "Nửa năm";
        /// A quarter.
        Quarter = "quarter", "Quarter", "Quý";
        /// A month.
        Month = "month", "Month", "Tháng";
        /// Any other dates.
        Custom = "custom", "Custom", "Tùy chọn";
    }

    /// Where a cycle stands; it decides what may be done in it.
    Phase = "phase" {
        /// HR prepares it, unseen.
        Draft = "draft", "Draft", "Bản nháp";
        /// Goals are made and approved.
        Planning = "planning", "Planning", "Lập kế hoạch";
        /// Check-ins.
        Active = "active", "Active", "Đang thực hiện";
        /// Reviews, and late check-ins.
        Review = "review", "Review", "Đánh giá";
        /// Done, frozen.
        Closed = "closed", "Closed", "Đã đóng";
    }

    /// How often a cycle's goals are checked in.
    Cadence = "cadence" {
        /// No due days.
        None = "none", "None", "Không định kỳ";
        /// Every workday.
        Workday = "workday", "Every workday", "Mỗi ngày làm việc";
        /// Each week on one weekday.
        Week = "week", "Weekly", "Hàng tuần";
        /// Each second week on one weekday.
        TwoWeeks = "two_weeks", "Every two weeks", "Hai tuần một lần";
        /// Each month on one day.
        Month = "month", "Monthly", "Hàng tháng";
    }

    /// Who approves an owner's change of an active goal.
    ChangeApproval = "change_approval" {
        /// Nobody: it holds at once.
        None = "none", "Not needed", "Không cần duyệt";
        /// The owner's manager, or who stands above.
        Manager = "manager", "By the manager", "Quản lý duyệt";
        /// HR.
        Hr = "hr", "By HR", "Nhân sự duyệt";
    }

    /// What a goal is.
    GoalKind = "goal_kind" {
        /// What is wanted, in words.
        Objective = "objective", "Objective", "Mục tiêu";
        /// How an objective is measured.
        KeyResult = "key_result", "Key result", "Kết quả then chốt";
        /// A standing measure with a target.
        Kpi = "kpi", "KPI goal", "Mục tiêu KPI";
    }

    /// Whose goal it is.
    Scope = "scope" {
        /// The company's.
        Company = "company", "Company", "Công ty";
        /// A department's.
        Department = "department", "Department", "Phòng ban";
        /// A team's.
        Team = "team", "Team", "Nhóm";
        /// A person's.
        Person = "person", "Person", "Cá nhân";
    }

    /// The life of a goal.
    State = "state" {
        /// Being written.
        Draft = "draft", "Draft", "Bản nháp";
        /// Submitted, not yet approved.
        PendingApproval = "pending_approval", "Pending approval", "Chờ duyệt";
        /// Being worked on.
        Active = "active", "Active", "Đang thực hiện";
        /// Paused: contributes nothing.
        OnHold = "on_hold", "On hold", "Tạm dừng";
        /// Done; it keeps what it reached.
        Completed = "completed", "Completed", "Hoàn thành";
        /// Given up: contributes nothing.
        Cancelled = "cancelled", "Cancelled", "Đã hủy";
    }

    /// Where a goal's figure comes from.
    Source = "source" {
        /// The latest check-in.
        CheckIns = "check_ins", "Check-ins", "Check-in";
        /// The metric's measurements: the automatic check-in.
        Measurements = "measurements", "Measurements", "Số liệu đo";
        /// The sum of its children's values.
        Sum = "sum", "Sum of children", "Tổng mục tiêu con";
        /// The mean of its children's values.
        Average = "average", "Average of children", "Trung bình mục tiêu con";
        /// The mean of its children's values by their weights.
        WeightedAverage = "weighted_average", "Weighted average of children", "Trung bình có trọng số";
        /// The smallest of its children's values.
        Min = "min", "Minimum of children", "Nhỏ nhất của mục tiêu con";
        /// The largest of its children's values.
        Max = "max", "Maximum of children", "Lớn nhất của mục tiêu con";
        /// The weighted mean of the progress of all goals linked under it.
        Children = "children", "Progress of linked goals", "Tiến độ các mục tiêu liên kết";
        /// The same over its key results alone.
        KeyResults = "key_results", "Progress of key results", "Tiến độ các kết quả then chốt";
    }

    /// Which way is good.
    Direction = "direction" {
        /// From a start up to a target.
        Increase = "increase", "Increase", "Tăng";
        /// From a start down to a target.
        Decrease = "decrease", "Decrease", "Giảm";
        /// Not below a target.
        AtLeast = "at_least", "At least", "Tối thiểu";
        /// Not above a target.
        AtMost = "at_most", "At most", "Tối đa";
        /// Within two bounds.
        Between = "between", "Between", "Trong khoảng";
        /// Steps done.
        Milestone = "milestone", "Milestone", "Cột mốc";
    }

    /// How a goal's figure stands against what is expected by the day.
    Status = "status" {
        /// Nothing to judge by.
        NoData = "no_data", "No data", "Chưa có dữ liệu";
        /// Reached, and that is final.
        Achieved = "achieved", "Achieved", "Đạt";
        /// As expected.
        OnTrack = "on_track", "On track", "Đúng tiến độ";
        /// Somewhat behind.
        AtRisk = "at_risk", "At risk", "Có rủi ro";
        /// Far behind.
        OffTrack = "off_track", "Off track", "Chậm tiến độ";
    }

    /// How a goal ended.
    Outcome = "result" {
        /// At or above its mark.
        Succeeded = "succeeded", "Succeeded", "Thành công";
        /// Near its mark.
        Partly = "partly", "Partly", "Đạt một phần";
        /// Below.
        Missed = "missed", "Missed", "Không đạt";
        /// Never reported.
        NoData = "no_data", "No data", "Chưa có dữ liệu";
    }

    /// Why someone should look at a goal.
    Attention = "attention" {
        /// Far behind.
        OffTrack = "off_track", "Off track", "Chậm tiến độ";
        /// Somewhat behind.
        AtRisk = "at_risk", "At risk", "Có rủi ro";
        /// Its last data is more than two cadences old.
        Stale = "stale", "Stale", "Lâu chưa cập nhật";
        /// No data after its first due day.
        NoData = "no_data", "No data", "Chưa có dữ liệu";
        /// Its children's targets do not add up to its own.
        AllocationGap = "allocation_gap", "Allocation gap", "Chênh lệch phân bổ";
    }

    /// Who may see a goal.
    Visibility = "visibility" {
        /// All of the organization.
        Public = "public", "Public", "Công khai";
        /// Its unit and below, its lead line and supervisors.
        Internal = "internal", "Internal", "Nội bộ";
        /// Those who take part, their lead line and HR.
        Restricted = "restricted", "Restricted", "Hạn chế";
    }

    /// How firmly a goal is promised.
    Commitment = "commitment" {
        /// To be reached in full.
        Committed = "committed", "Committed", "Cam kết";
        /// Reaching most of it is a success.
        Aspirational = "aspirational", "Aspirational", "Khát vọng";
    }

    /// How a person takes part in a goal beside owning it.
    Participation = "participation" {
        /// Works on it and checks in.
        Contributor = "contributor", "Contributor", "Người đóng góp";
        /// Chose to follow it.
        Follower = "follower", "Follower", "Người theo dõi";
        /// Was asked to watch it.
        Watcher = "watcher", "Watcher", "Người quan sát";
    }

    /// The owner's own word on how likely the goal is.
    Confidence = "confidence" {
        /// Confident.
        High = "high", "High", "Cao";
        /// Unsure.
        Medium = "medium", "Medium", "Trung bình";
        /// Doubtful.
        Low = "low", "Low", "Thấp";
    }

    /// What a check-in states.
    CheckInKind = "check_in_kind" {
        /// The value as it is.
        Value = "value", "Value", "Giá trị";
        /// What came on top of the value before.
        Increment = "increment", "Increment", "Phần tăng thêm";
        /// The steps that are complete.
        Steps = "steps", "Steps", "Các bước";
        /// That nothing moved.
        Unchanged = "unchanged", "Unchanged", "Không đổi";
    }

    /// The state of a change that waits for approval.
    ChangeState = "change_state" {
        /// Waits.
        Pending = "pending", "Pending", "Chờ duyệt";
        /// Approved, and done.
        Approved = "approved", "Approved", "Đã duyệt";
        /// Refused.
        Refused = "refused", "Refused", "Từ chối";
        /// Taken back by whom asked.
        Withdrawn = "withdrawn", "Withdrawn", "Đã rút lại";
    }

    /// What happened to a goal, as its activity tells it.
    ActivityKind = "activity_kind" {
        /// It was made.
        Created = "goal.created", "Goal made", "Tạo mục tiêu";
        /// What it says changed.
        Changed = "goal.changed", "Goal changed", "Sửa mục tiêu";
        /// It went to another owner together with all others of theirs.
        HandedOver = "goal.handed_over", "Handed over", "Bàn giao";
        /// Its owner submitted it.
        Submitted = "goal.submitted", "Submitted", "Gửi duyệt";
        /// It was approved.
        Approved = "goal.approved", "Approved", "Duyệt";
        /// It was returned to its owner.
        Returned = "goal.returned", "Returned", "Trả lại";
        /// It was put on hold.
        Held = "goal.held", "Put on hold", "Tạm dừng";
        /// It goes on.
        Resumed = "goal.resumed", "Resumed", "Tiếp tục";
        /// It was completed.
        Completed = "goal.completed", "Completed", "Hoàn thành";
        /// It was cancelled.
        Cancelled = "goal.cancelled", "Cancelled", "Hủy";
        /// It was opened again.
        Reopened = "goal.reopened", "Reopened", "Mở lại";
        /// It was linked under a goal.
        Linked = "goal.linked", "Linked", "Liên kết";
        /// A link of it changed.
        LinkChanged = "goal.link_changed", "Link changed", "Sửa liên kết";
        /// A link of it was taken away.
        Unlinked = "goal.unlinked", "Unlinked", "Gỡ liên kết";
        /// Someone follows it.
        Followed = "goal.followed", "Followed", "Theo dõi";
        /// Someone follows it no longer.
        Unfollowed = "goal.unfollowed", "Unfollowed", "Bỏ theo dõi";
        /// It was checked in.
        CheckedIn = "check_in.recorded", "Check-in", "Check-in";
        /// A check-in was corrected.
        CheckInCorrected = "check_in.corrected", "Check-in corrected", "Sửa check-in";
        /// What is measured came to another value.
        Automatic = "check_in.automatic", "Automatic check-in", "Check-in tự động";
        /// A check-in was voided.
        CheckInVoided = "check_in.voided", "Check-in voided", "Hủy check-in";
        /// A change was asked for.
        ChangeRequested = "change_request.made", "Change asked for", "Đề nghị thay đổi";
        /// It was decided, or taken back.
        ChangeDecided = "change_request.decided", "Change decided", "Quyết định thay đổi";
    }

    /// How far the points of a line lie apart.
    Interval = "interval" {
        /// A point a day.
        Day = "day", "Day", "Ngày";
        /// A point a week, which ends on Sunday.
        Week = "week", "Week", "Tuần";
        /// A point a calendar month.
        Month = "month", "Month", "Tháng";
    }

    /// Why a linked goal does not count in the goal above.
    LeftOut = "left_out" {
        /// The goal above has its own value, which what is linked under it does not move.
        OwnValue = "own_value", "The goal above has its own value", "Mục tiêu cấp trên có giá trị riêng";
        /// It is draft, pending, on hold or cancelled.
        State = "state", "Neither active nor completed", "Không đang thực hiện hay hoàn thành";
        /// Its link has weight 0: for the picture alone, or a proposal.
        Weightless = "weightless", "Weight 0", "Trọng số 0";
        /// Values roll up by the primary link alone.
        NotPrimary = "not_primary", "Not by its primary link", "Không phải liên kết chính";
        /// Its metric is not that of the goal above.
        OtherMetric = "other_metric", "Another metric", "Khác chỉ số";
        /// Only key results count there.
        NotKeyResult = "not_key_result", "Not a key result", "Không phải kết quả then chốt";
        /// There is nothing to measure in it.
        NothingToMeasure = "nothing_to_measure", "Nothing to measure in it", "Không có gì để đo";
        /// It has no data, and the goal above takes values by data alone.
        NoData = "no_data", "No data", "Chưa có dữ liệu";
        /// Its value is beyond bounds.
        OutOfRange = "out_of_range", "Beyond the bounds of values", "Vượt giới hạn giá trị";
    }

    /// What a check-in does for the value on a day.
    CheckInPart = "check_in_part" {
        /// Its value, or its steps, count.
        Taken = "taken", "Counts", "Được tính";
        /// Its increment comes on top.
        Added = "added", "Comes on top", "Được cộng thêm";
        /// It says that nothing moved.
        Kept = "kept", "Nothing moved", "Giữ nguyên";
        /// A later one took its place.
        Superseded = "superseded", "Superseded by a later one", "Đã có check-in sau thay thế";
        /// It speaks of a day after the one asked for, or after the goal's completion.
        AfterTheDay = "after_the_day", "After the day", "Sau ngày xem";
        /// It is voided.
        Voided = "voided", "Voided", "Đã hủy hiệu lực";
    }
}
