//! Of figures.

macro_rules! figures {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Figures.
            TooManyPoints "too_many_points" 422 {
                "Too many points": "At most {most} points fit; take a longer interval or fewer days.",
                "Quá nhiều điểm": "Tối đa {most} điểm; hãy chọn khoảng dài hơn hoặc ít ngày hơn." }
            NotAdditive "not_additive" 422 {
                "Does not add up": "What people reach on this metric is not summed up, or the goal keeps between bounds: only the same target for each fits (same).",
                "Không cộng dồn được": "Kết quả của từng người trên chỉ số này không cộng dồn, hoặc mục tiêu giữ trong khoảng: chỉ có thể giao chỉ tiêu giống nhau (same)." }
            NeedsMetric "needs_metric" 422 {
                "Needs a metric": "A goal without a metric has no last result to go by; give shares instead.",
                "Cần chỉ số": "Mục tiêu không có chỉ số nên không có kết quả kỳ trước; hãy cho tỷ lệ (shares)." }
            NoLastResult "no_last_result" 422 {
                "No last result": "Nothing above zero was reached here in that cycle on this metric, as far as you may see; give shares instead.",
                "Chưa có kết quả kỳ trước": "Không có kết quả lớn hơn 0 trên chỉ số này trong chu kỳ đó mà bạn được xem; hãy cho tỷ lệ (shares)." }
            NotWithSplit "not_with_split" 422 {
                "Not with this way of splitting": "A share goes with shares alone, not with {how}.",
                "Không dùng với cách chia này": "Tỷ lệ chỉ dùng với shares, không dùng với {how}." }
            NothingToSplit "nothing_to_split" 409 {
                "Nothing to split": "This goal has no target of its own that could be split.",
                "Không có gì để chia": "Mục tiêu này không có chỉ tiêu riêng để chia." }
            ValueNotItsOwn "value_not_its_own" 422 {
                "Not its own value": "This goal's value is not checked in; its figure comes from: {source}. Replace what it is made of, or its target.",
                "Không phải giá trị riêng": "Mục tiêu này không nhận giá trị qua check-in; số liệu lấy từ: {source}. Hãy thay giá trị của các mục tiêu bên dưới hoặc thay chỉ tiêu." }
        }
    };
}
