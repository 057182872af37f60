//! Of check-ins.

macro_rules! checkins {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Check-ins.
            OneStatement "one_statement" 422 {
                "One statement": "Say exactly one of value, increment, completed_steps and unchanged.",
                "Một nội dung": "Hãy nêu đúng một trong value, increment, completed_steps và unchanged." }
            CheckedInBySteps "checked_in_by_steps" 422 {
                "Checked in by its steps": "A milestone has no value; name its completed_steps.",
                "Check-in theo các bước": "Cột mốc không có giá trị; hãy nêu các bước đã xong trong completed_steps." }
            CheckedInByValue "checked_in_by_value" 422 {
                "Checked in by its value": "This goal has no steps; give a value or an increment.",
                "Check-in theo giá trị": "Mục tiêu này không có các bước; hãy nêu value hoặc increment." }
            UnknownStep "unknown_step" 422 {
                "Unknown step": "The goal has no such step; its steps are {steps}.",
                "Bước không tồn tại": "Mục tiêu không có bước này; các bước gồm {steps}." }
            NothingBefore "nothing_before" 422 {
                "Nothing before": "There is no earlier check-in that could stand unchanged; give the value.",
                "Chưa có check-in trước": "Chưa có check-in nào trước đó để giữ nguyên; hãy nêu giá trị." }
            InTheFuture "in_the_future" 422 {
                "In the future": "This day has not come yet; today is {today}.",
                "Ngày trong tương lai": "Ngày này chưa đến; hôm nay là {today}." }
            OutsideWindow "outside_window" 422 {
                "Outside the window": "The goal is checked in for days from {first} to {last}.",
                "Ngoài thời gian mục tiêu": "Mục tiêu nhận check-in cho các ngày từ {first} đến {last}." }
            BeyondBounds "beyond_bounds" 422 {
                "Beyond the bounds": "The value on {date} would be larger than 900000000000000 or smaller than -900000000000000.",
                "Vượt giới hạn": "Giá trị ngày {date} sẽ lớn hơn 900000000000000 hoặc nhỏ hơn -900000000000000." }
            BadUrl "bad_url" 422 {
                "Not a web address": "Give an address that begins with http:// or https://.",
                "Không phải địa chỉ web": "Hãy nhập địa chỉ bắt đầu bằng http:// hoặc https://." }
            NotCheckedIn "not_checked_in" 409 {
                "Not checked in": "This goal is not checked in; its figure comes from: {source}.",
                "Không nhận check-in": "Mục tiêu này không nhận check-in; số liệu lấy từ: {source}." }
            GoalNotActive "goal_not_active" 409 {
                "Not active": "Only active goals are checked in; the state of this one is: {state}.",
                "Không đang thực hiện": "Chỉ check-in mục tiêu đang thực hiện; trạng thái hiện tại: {state}." }
            PhaseTakesNoCheckIns "phase_takes_no_check_ins" 409 {
                "No check-ins in this phase": "Check-ins are taken in the phases active and review; the cycle's phase is: {phase}.",
                "Giai đoạn không nhận check-in": "Chỉ nhận check-in ở giai đoạn thực hiện và đánh giá; giai đoạn hiện tại: {phase}." }
            CheckInVoided "check_in_voided" 409 {
                "Voided": "This check-in is voided: it counts for nothing and stays as it is.",
                "Đã hủy hiệu lực": "Check-in này đã bị hủy hiệu lực và được giữ nguyên." }
        }
    };
}
