//! The words of planning: how targets are shared out over goals and over time.

use super::{Label, Word, schema_of};

words! { for_each_planning_word
    /// How a goal's target is split.
    SplitHow = "split_how" {
        /// In equal parts.
        Equal = "equal", "Equal parts", "Chia đều";
        /// By given shares.
        Shares = "shares", "Given shares", "Theo tỷ lệ cho trước";
        /// In proportion to what each reached in the cycle before.
        Proportional = "proportional", "By the last result", "Theo kết quả chu kỳ trước";
        /// The same target for each.
        Same = "same", "The same for each", "Giống nhau";
    }

    /// Where the targets of goals that are made for many come from.
    TargetsBy = "targets_by" {
        /// Each member's own is given.
        Own = "own", "Each one's own", "Riêng từng người";
        /// A total in equal parts.
        Equal = "equal", "Equal parts", "Chia đều";
        /// A total in proportion to what each reached in the cycle before.
        Proportional = "proportional", "By the last result", "Theo kết quả chu kỳ trước";
        /// The same for each.
        Same = "same", "The same for each", "Giống nhau";
    }

    /// What came of a member for whom a goal was to be made.
    BulkOutcome = "bulk_outcome" {
        /// The goal was made.
        Made = "made", "Made", "Đã tạo";
        /// The goal would be made.
        Planned = "planned", "Would be made", "Sẽ được tạo";
        /// They have such a goal already.
        HasOne = "has_one", "Has one already", "Đã có mục tiêu";
        /// They were left out on purpose.
        LeftOut = "left_out", "Left out", "Được bỏ qua";
        /// They only look on.
        Viewer = "viewer", "Viewers own no goals", "Người xem không sở hữu mục tiêu";
    }

    /// How a target plan is laid out.
    PlanShape = "plan_shape" {
        /// Each interval's own part is given.
        Entered = "entered", "Entered", "Nhập từng kỳ";
        /// Every interval brings the same.
        Equal = "equal", "Equal parts", "Chia đều";
        /// In proportion to what the same intervals brought a year before.
        Season = "season", "By last year's season", "Theo mùa vụ năm trước";
        /// Cumulative values are given at days of one's own.
        Points = "points", "Cumulative values at given days", "Giá trị lũy kế theo ngày";
    }

    /// The parts of time that a target plan is laid out in.
    PlanInterval = "plan_interval" {
        /// From Monday to Sunday.
        Week = "week", "Week", "Tuần";
        /// Calendar months.
        Month = "month", "Month", "Tháng";
    }
}
