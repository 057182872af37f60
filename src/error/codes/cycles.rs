//! Of cycles and metrics.

macro_rules! cycles {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Cycles.
            NotAPeriod "not_a_period" 422 {
                "Not such a period": "These days are not one whole period of the kind {kind}: so many months from its first day. The kind custom has any days.",
                "Không đúng kỳ": "Các ngày này không phải một kỳ trọn vẹn thuộc loại {kind}: đủ số tháng kể từ ngày đầu. Loại tùy chọn nhận ngày bất kỳ." }
            CycleTooLong "cycle_too_long" 422 {
                "Too long a cycle": "A cycle lasts {years} years at most.",
                "Chu kỳ quá dài": "Một chu kỳ kéo dài tối đa {years} năm." }
            OutsideEnclosingCycle "outside_enclosing_cycle" 422 {
                "Outside the enclosing cycle": "It must lie within the cycle around it: from {first} to {last}.",
                "Ngoài chu kỳ bao quanh": "Phải nằm trong chu kỳ bao quanh: từ {first} đến {last}." }
            CyclesTooDeep "cycles_too_deep" 422 {
                "Too many levels": "At most {most} cycles lie inside each other.",
                "Quá nhiều cấp": "Tối đa {most} chu kỳ lồng nhau." }
            CycleOverlaps "cycle_overlaps" 409 {
                "Overlapping cycles": "Beside it, {names} of the same kind has some of these days already.",
                "Chu kỳ chồng lấn": "Chu kỳ cùng loại {names} ở cùng cấp đã có một số ngày này." }
            CycleInsideItself "cycle_inside_itself" 409 {
                "A cycle inside itself": "A cycle can't move into itself or into a cycle inside it.",
                "Chu kỳ nằm trong chính nó": "Không thể chuyển chu kỳ vào chính nó hoặc vào chu kỳ bên trong nó." }
            CycleClosed "cycle_closed" 409 {
                "The cycle is closed": "{name} is closed: nothing in it changes unless an owner reopens it.",
                "Chu kỳ đã đóng": "{name} đã đóng: không gì thay đổi được trừ khi chủ sở hữu mở lại." }
            EnclosingCycleClosed "enclosing_cycle_closed" 409 {
                "The enclosing cycle is closed": "{name}, the cycle around it, is closed; an owner can reopen it.",
                "Chu kỳ bao quanh đã đóng": "Chu kỳ bao quanh {name} đã đóng; chủ sở hữu có thể mở lại." }
            EnclosingCycleDraft "enclosing_cycle_draft" 409 {
                "The enclosing cycle is a draft": "{name}, the cycle around it, is still a draft that nobody sees; move that one on first.",
                "Chu kỳ bao quanh còn là bản nháp": "Chu kỳ bao quanh {name} còn là bản nháp chưa ai thấy; hãy chuyển giai đoạn của nó trước." }
            EnclosedCyclesOpen "enclosed_cycles_open" 409 {
                "Cycles inside are open": "A cycle closes after the cycles inside it: {names}.",
                "Chu kỳ bên trong chưa đóng": "Chu kỳ chỉ đóng sau các chu kỳ bên trong: {names}." }
            EnclosedCyclesOutside "enclosed_cycles_outside" 409 {
                "Cycles inside fall out": "Cycles inside it would lie outside its days: {names}.",
                "Chu kỳ bên trong bị lọt ra": "Các chu kỳ bên trong sẽ nằm ngoài khoảng ngày: {names}." }
            CycleHasCycles "cycle_has_cycles" 409 {
                "Cycles inside": "Cycles lie inside it: {names}.",
                "Có chu kỳ bên trong": "Còn chu kỳ bên trong: {names}." }
            CycleHasGoals "cycle_has_goals" 409 {
                "The cycle has goals": "Goals hold it in place ({goals}): it can't be deleted, its kind and the cycle around it are fixed, and the days that they run over stay.",
                "Chu kỳ đã có mục tiêu": "{goals} mục tiêu đang giữ chu kỳ: không thể xóa, đổi loại, đổi chu kỳ bao quanh hay bỏ những ngày mà mục tiêu kéo dài." }
            PhaseNotNext "phase_not_next" 409 {
                "Not a next phase": "A cycle does not go from {from} to {to}; `next_phases` names where it goes.",
                "Không phải giai đoạn kế tiếp": "Chu kỳ không chuyển từ {from} sang {to}; xem `next_phases`." }
        }
    };
}
