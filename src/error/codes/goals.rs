//! Of goals and their links.

macro_rules! goals {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Goals.
            PhaseForbids "phase_forbids" 409 {
                "Not in this phase": "The cycle's phase does not allow this: {phase}.",
                "Giai đoạn không cho phép": "Giai đoạn của chu kỳ không cho phép thao tác này: {phase}." }
            FixedOnceActive "fixed_once_active" 422 {
                "Fixed once active": "Kind, source, direction and metric stay as they are once a goal was active.",
                "Cố định sau khi kích hoạt": "Loại, nguồn, chiều và chỉ số không đổi sau khi mục tiêu đã được kích hoạt." }
            MetricNotMeasured "metric_not_measured" 422 {
                "Not measured": "This metric is not measured, or is computed from one that is not; a goal can be checked in on it (check_ins).",
                "Chỉ số không được đo": "Chỉ số này không được đo, hoặc được tính từ chỉ số không được đo; mục tiêu vẫn có thể nhận check-in (check_ins)." }
            MetricNotForPeople "metric_not_for_people" 422 {
                "Not measured for people": "This metric is measured for units, or is computed from one that is: it measures goals of the company, departments and teams.",
                "Không đo theo cá nhân": "Chỉ số này được đo theo đơn vị, hoặc được tính từ chỉ số như vậy: chỉ dùng để đo mục tiêu của công ty, phòng ban và nhóm." }
            StepsNotMeasured "steps_not_measured" 422 {
                "Steps are not measured": "A milestone has no value that measurements could give; use check_ins.",
                "Các bước không được đo": "Cột mốc không có giá trị để lấy từ số liệu đo; hãy dùng check_ins." }
            OnlyObjectives "only_objectives" 422 {
                "For objectives alone": "Only objectives have key results.",
                "Chỉ dành cho mục tiêu": "Chỉ mục tiêu (objective) mới có kết quả then chốt." }
            NotWithSource "not_with_source" 422 {
                "Not with this source": "A goal whose figure comes from others has no such field ({source}).",
                "Không dùng với nguồn này": "Mục tiêu lấy kết quả từ mục tiêu khác không có trường này ({source})." }
            NotWithDirection "not_with_direction" 422 {
                "Not with this direction": "The direction {direction} has no use for this field.",
                "Không dùng với chiều này": "Chiều {direction} không dùng trường này." }
            TargetNotAboveStart "target_not_above_start" 422 {
                "Not above the start": "With increase the target lies above the start. What fits here: {fits}.",
                "Không lớn hơn giá trị đầu": "Với increase, chỉ tiêu phải lớn hơn giá trị đầu. Chiều phù hợp: {fits}." }
            TargetNotBelowStart "target_not_below_start" 422 {
                "Not below the start": "With decrease the target lies below the start. What fits here: {fits}.",
                "Không nhỏ hơn giá trị đầu": "Với decrease, chỉ tiêu phải nhỏ hơn giá trị đầu. Chiều phù hợp: {fits}." }
            FloorAboveTarget "floor_above_target" 422 {
                "Floor above the target": "With at_least the floor lies below the target. What fits here: {fits}.",
                "Sàn cao hơn chỉ tiêu": "Với at_least, sàn phải nhỏ hơn chỉ tiêu. Chiều phù hợp: {fits}." }
            FloorAtTarget "floor_at_target" 422 {
                "Floor at the target": "The floor lies below the target; leave it out where nothing below the target counts.",
                "Sàn bằng chỉ tiêu": "Sàn phải nhỏ hơn chỉ tiêu; bỏ trống nếu dưới chỉ tiêu không được tính." }
            CeilingBelowTarget "ceiling_below_target" 422 {
                "Ceiling below the target": "With at_most the ceiling lies above the target. What fits here: {fits}.",
                "Trần thấp hơn chỉ tiêu": "Với at_most, trần phải lớn hơn chỉ tiêu. Chiều phù hợp: {fits}." }
            CeilingAtTarget "ceiling_at_target" 422 {
                "Ceiling at the target": "The ceiling lies above the target; leave it out where nothing above the target counts.",
                "Trần bằng chỉ tiêu": "Trần phải lớn hơn chỉ tiêu; bỏ trống nếu trên chỉ tiêu không được tính." }
            LoAboveHi "lo_above_hi" 422 {
                "Bounds reversed": "The lower bound lies above the upper one.",
                "Cận đảo ngược": "Cận dưới lớn hơn cận trên." }
            NotPositive "not_positive" 422 {
                "Not above zero": "It must be above zero.",
                "Không lớn hơn 0": "Giá trị phải lớn hơn 0." }
            StepsWithoutWeight "steps_without_weight" 422 {
                "Steps without weight": "At least one step has a weight above zero.",
                "Các bước không có trọng số": "Ít nhất một bước phải có trọng số lớn hơn 0." }
            PlanOutsideWindow "plan_outside_window" 422 {
                "Outside the window": "Planned values lie on days of the goal's window before its last one.",
                "Ngoài thời gian": "Các mốc kế hoạch phải nằm trong thời gian của mục tiêu, trước ngày cuối." }
            PlanNotAscending "plan_not_ascending" 422 {
                "Days not ascending": "Planned values are named in the order of their days, each day once.",
                "Ngày không tăng dần": "Các mốc kế hoạch phải theo thứ tự ngày tăng dần, mỗi ngày một lần." }
            WindowOutsideCycle "window_outside_cycle" 422 {
                "Outside the cycle": "A goal's own days lie inside its cycle, from {first} to {last}.",
                "Ngoài chu kỳ": "Thời gian của mục tiêu phải nằm trong chu kỳ, từ {first} đến {last}." }
            MetricRetired "metric_retired" 422 {
                "Metric retired": "This metric is retired: it is not taken for new goals.",
                "Chỉ số đã ngừng dùng": "Chỉ số này đã ngừng dùng cho mục tiêu mới." }
            FormulaRollup "formula_rollup" 422 {
                "A formula does not roll up": "Values of a formula metric can't be put together from children; use measurements at this scope.",
                "Công thức không cộng dồn được": "Không thể tổng hợp chỉ số công thức từ mục tiêu con; hãy dùng measurements ở phạm vi này." }
            WrongUnitForScope "wrong_unit_for_scope" 422 {
                "Wrong unit for the scope": "A goal of this scope belongs to a unit of this kind: {kind}.",
                "Đơn vị không hợp phạm vi": "Mục tiêu thuộc phạm vi này phải gắn với đơn vị loại: {kind}." }
            ViewerCannotAct "viewer_cannot_act" 422 {
                "A viewer only looks on": "Viewers neither own goals nor contribute to them.",
                "Người xem không tham gia": "Người xem không thể sở hữu hay đóng góp cho mục tiêu." }
            NotOwnersUnit "not_owners_unit" 422 {
                "Not a unit of its owner": "A person's goal lies in a unit of its owner: their home, or one that they lead or work in.",
                "Không phải đơn vị của người sở hữu": "Mục tiêu cá nhân phải thuộc đơn vị của người sở hữu: đơn vị chính, hoặc đơn vị họ phụ trách hay tham gia." }
            OwnApproval "own_approval" 403 {
                "Not one's own": "Nobody approves what is their own: that is for your manager, those above them, or HR.",
                "Không tự duyệt": "Không ai tự duyệt mục tiêu hay đề nghị của mình: việc này dành cho quản lý, cấp trên hoặc nhân sự." }
            WouldHideFromYou "would_hide_from_you" 409 {
                "It would be hidden from you": "After this you would not see the goal any more. Name yourself among its watchers, or leave it to someone who still sees it then.",
                "Bạn sẽ không còn thấy": "Sau thao tác này bạn sẽ không còn xem được mục tiêu. Hãy thêm mình vào người quan sát, hoặc để người vẫn xem được thực hiện." }
            TransitionRefused "transition_refused" 409 {
                "Not from this state": "A goal that stands at {from} can't go to {to}; `allowed` names where it can.",
                "Không thể chuyển trạng thái": "Mục tiêu ở trạng thái {from} không thể chuyển sang {to}; xem `allowed`." }
            ReviewWeights "review_weights_not_100" 409 {
                "Review weights not 100": "The review weights of the owner's goals in this cycle must total 100 before one is submitted; they total {sum}.",
                "Trọng số đánh giá khác 100": "Tổng trọng số đánh giá các mục tiêu của người sở hữu trong chu kỳ phải bằng 100 trước khi gửi duyệt; hiện là {sum}." }
            StillActive "goals_still_active" 409 {
                "Goals still active": "Goals that count in this one are still active; `goals` names those that you see. Complete them first, or with `cascade` those that you may.",
                "Còn mục tiêu đang thực hiện": "Còn mục tiêu được tính vào mục tiêu này đang thực hiện; `goals` nêu những mục tiêu bạn được xem. Hãy hoàn thành trước, hoặc dùng `cascade` cho các mục tiêu bạn được phép." }
            CompletedAbove "completed_above" 409 {
                "A goal above is completed": "This would move a completed goal above it; `goals` names it if you see it. Reopen that one first.",
                "Mục tiêu cấp trên đã hoàn thành": "Việc này làm thay đổi mục tiêu cấp trên đã hoàn thành; `goals` nêu mục tiêu đó nếu bạn được xem. Hãy mở lại mục tiêu đó trước." }
            GoalOver "goal_over" 409 {
                "Over": "The goal is over ({state}) and keeps what it reached; reopen it first.",
                "Đã kết thúc": "Mục tiêu đã kết thúc ({state}) và giữ kết quả đạt được; hãy mở lại trước." }
            ParentOver "parent_over" 409 {
                "The goal above is over": "The goal above is over ({state}): what is linked under it stays as it is.",
                "Mục tiêu cấp trên đã kết thúc": "Mục tiêu cấp trên đã kết thúc ({state}): các liên kết bên dưới giữ nguyên." }
            NotADraft "not_a_draft" 409 {
                "Not a draft": "Only drafts are deleted; this goal stands at {state}: cancel it.",
                "Không phải bản nháp": "Chỉ xóa được bản nháp; mục tiêu này đang ở trạng thái {state}: hãy hủy." }
            LinkedUnder "goals_linked_under" 409 {
                "Goals linked under it": "Goals are linked under it; `goals` names those that you see. Unlink them first.",
                "Có mục tiêu liên kết bên dưới": "Có mục tiêu liên kết bên dưới; `goals` nêu những mục tiêu bạn được xem. Hãy gỡ liên kết trước." }
            GoalLoop "goal_loop" 409 {
                "A loop": "This link would close a loop: {loop}.",
                "Vòng lặp": "Liên kết này tạo vòng lặp: {loop}." }
            OutsideForest "link_outside_forest" 409 {
                "Outside the forest": "“{title}” is a goal of {cycle}, which shares no outermost cycle with this goal.",
                "Ngoài nhóm chu kỳ": "“{title}” thuộc {cycle}, không cùng chu kỳ ngoài cùng với mục tiêu này." }
            ParentCycleInside "parent_cycle_inside" 409 {
                "A cycle inside": "The goal above is of {cycle}, a cycle inside this goal's own: a longer goal does not serve a shorter one.",
                "Chu kỳ nằm bên trong": "Mục tiêu cấp trên thuộc {cycle}, chu kỳ nằm trong chu kỳ của mục tiêu này." }
            SecondPrimary "second_primary_link" 409 {
                "A second primary link": "Its place in the tree is under “{title}” already; `replace` moves it.",
                "Liên kết chính thứ hai": "Mục tiêu đã nằm dưới “{title}”; dùng `replace` để chuyển." }
            KeyResultNeedsObjective "key_result_needs_objective" 409 {
                "A key result needs its objective": "A key result's place in the tree is under an objective.",
                "Kết quả then chốt cần mục tiêu": "Kết quả then chốt phải nằm dưới một mục tiêu (objective)." }
            TooManyLinks "too_many_links" 409 {
                "Too many links": "At most {most} such links.",
                "Quá nhiều liên kết": "Tối đa {most} liên kết." }
            ChangeWaits "change_needs_approval" 409 {
                "Needs approval": "This change of your own goal waits for approval: ask for it at the goal itself.",
                "Cần phê duyệt": "Thay đổi mục tiêu của chính bạn cần phê duyệt: hãy đề nghị tại mục tiêu đó." }
            ChangeOutdated "change_outdated" 409 {
                "Outdated": "What this request would change is not any more as it was when it was asked for.",
                "Đề nghị đã lỗi thời": "Nội dung cần thay đổi không còn như lúc đề nghị." }
            ChangeDecided "change_decided" 409 {
                "Decided already": "This request is not pending any more: {state}.",
                "Đã quyết định": "Đề nghị này không còn chờ duyệt: {state}." }
            BatchRefused "batch_refused" 409 {
                "Nothing was done": "Some items are refused, so none was done; `outcomes` names each.",
                "Không thực hiện mục nào": "Có mục bị từ chối nên không mục nào được thực hiện; xem `outcomes`." }
            OneOf "one_of" 422 {
                "Exactly one of these": "Name exactly one of {fields}.",
                "Chọn đúng một": "Hãy nêu đúng một trong: {fields}." }
        }
    };
}
