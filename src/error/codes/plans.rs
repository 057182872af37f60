//! Of target plans, and of goals made for many at once.

macro_rules! plans {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Target plans.
            NoPlanHere "no_target_plan_here" 409 {
                "No target plan here": "Only goals that increase or decrease, without a progress formula, have a way to plan; this one has none.",
                "Không có kế hoạch chỉ tiêu": "Chỉ mục tiêu tăng (increase) hoặc giảm (decrease), không dùng công thức tiến độ, mới có lộ trình để lập kế hoạch." }
            PlanWithProgressFormula "plan_with_progress_formula" 422 {
                "No plan with a progress formula": "This metric has a progress formula: its goals have no target plan.",
                "Không dùng kế hoạch với công thức tiến độ": "Chỉ số này có công thức tiến độ: mục tiêu không có kế hoạch chỉ tiêu." }
            NotWithPlan "not_with_plan" 422 {
                "Not with this plan": "A plan made by {by} has no use for this field.",
                "Không dùng với cách lập này": "Kế hoạch lập theo {by} không dùng trường này." }
            WrongIncrementCount "wrong_increment_count" 422 {
                "One for each interval": "The goal's days have {count} such intervals, from {first} on: give one target for each.",
                "Mỗi kỳ một chỉ tiêu": "Thời gian của mục tiêu có {count} kỳ, từ {first}: hãy cho mỗi kỳ một chỉ tiêu." }
            IncrementsOff "increments_off" 422 {
                "Does not total": "The intervals' targets total {sum}; from start to target it is {way}.",
                "Tổng chưa khớp": "Tổng chỉ tiêu các kỳ là {sum}; từ giá trị đầu đến chỉ tiêu là {way}." }
            WayTooLong "way_too_long" 422 {
                "Too far": "From start to target it is further than a value can be.",
                "Khoảng quá lớn": "Khoảng từ giá trị đầu đến chỉ tiêu vượt giới hạn giá trị." }
            SeasonNeedsMetric "season_needs_metric" 422 {
                "No season to go by": "A season is that of a measured metric whose measurements are summed up over time; the goal's is none such.",
                "Không có mùa vụ để dựa vào": "Mùa vụ lấy từ chỉ số được đo và cộng dồn theo thời gian; mục tiêu không có chỉ số như vậy." }
            SeasonNotOver "season_not_over" 422 {
                "Not over yet": "What would be gone by lasts until {last}, which is not over; go back more years.",
                "Chưa kết thúc": "Khoảng thời gian dùng làm căn cứ kéo dài đến {last}, chưa kết thúc; hãy lùi thêm năm." }
            SeasonWithoutData "season_without_data" 422 {
                "Nothing measured then": "Nothing above zero was measured here from {first} to {last}: there is no season to go by.",
                "Không có số liệu": "Không có số liệu lớn hơn 0 từ {first} đến {last}: không có mùa vụ để dựa vào." }
            SeasonBelowZero "season_below_zero" 422 {
                "Below zero": "What was measured from {first} to {last} is below zero: it can't be a share.",
                "Nhỏ hơn 0": "Số liệu từ {first} đến {last} nhỏ hơn 0: không thể làm tỷ lệ." }
            // Goals for many.
            NotWithTargetsBy "not_with_targets_by" 422 {
                "Not with these targets": "Targets by {by} have no use for this field.",
                "Không dùng với cách giao này": "Cách giao chỉ tiêu {by} không dùng trường này." }
            SourceNotOwn "source_not_own" 422 {
                "Not a value of one's own": "A goal made for a member takes its value from check_ins or measurements.",
                "Không phải giá trị riêng": "Mục tiêu tạo cho thành viên lấy giá trị từ check_ins hoặc measurements." }
            UnknownPlaceholder "unknown_placeholder" 422 {
                "Unknown placeholder": "A title is filled in with {known}; nothing else stands in braces.",
                "Không có ô điền này": "Tiêu đề được điền bằng {known}; không dùng ngoặc nhọn cho nội dung khác." }
            NotAMember "not_a_member" 422 {
                "Not a member": "This person is not among those for whom goals are made.",
                "Không phải thành viên": "Người này không thuộc những người được tạo mục tiêu." }
            NoMembers "no_members" 422 {
                "Nobody there": "Nobody is left here for whom a goal could be made.",
                "Không có ai": "Không còn ai để tạo mục tiêu." }
            MemberWithoutTarget "member_without_target" 422 {
                "Without a target": "{name} has no target here: give one, or leave them out.",
                "Chưa có chỉ tiêu": "{name} chưa có chỉ tiêu: hãy cho chỉ tiêu hoặc bỏ qua người này." }
            MemberWithoutResult "member_without_result" 422 {
                "Without a last result": "{name} reached nothing above zero on this metric in that cycle, as far as you may see: leave them out, or give targets otherwise.",
                "Chưa có kết quả kỳ trước": "{name} không có kết quả lớn hơn 0 trên chỉ số này trong chu kỳ đó mà bạn được xem: hãy bỏ qua người này hoặc giao chỉ tiêu cách khác." }
        }
    };
}
