//! Of metrics and their formulas.

macro_rules! metrics {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Metrics.
            BadMetricCode "bad_metric_code" 422 {
                "Not a metric's code": "A metric's code is a small letter followed by small letters, digits and underscores, such as won_value.",
                "Mã chỉ số không hợp lệ": "Mã chỉ số gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ, ví dụ won_value." }
            ReservedMetricCode "reserved_metric_code" 422 {
                "A word of formulas": "Formulas keep this word for themselves: a metric can't have it as its code.",
                "Từ dành cho công thức": "Công thức dùng riêng từ này nên không thể đặt làm mã chỉ số." }
            NoMetricDirection "no_metric_direction" 422 {
                "Not for a metric": "A metric has a value, not steps: milestone is for goals without a metric.",
                "Không dùng cho chỉ số": "Chỉ số có giá trị, không có bước: cột mốc chỉ dành cho mục tiêu không có chỉ số." }
            EmptyNeedsSums "empty_needs_sums" 422 {
                "Only for sums": "Nothing measured is zero only where time and people are both added: time_aggregation and people_aggregation must be sum.",
                "Chỉ dành cho tổng": "Chỉ có thể coi không có số liệu là 0 khi cả time_aggregation và people_aggregation là sum." }
            NotWithFormula "not_with_formula" 422 {
                "Not with a formula": "A metric with a formula is computed from others: it has no aggregation, dimensions or measurements of its own.",
                "Không dùng với công thức": "Chỉ số có công thức được tính từ các chỉ số khác nên không có cách tổng hợp, chiều phân tích hay số liệu đo riêng." }
            BadDimension "bad_dimension" 422 {
                "Not a dimension's name": "A dimension's name is a small letter followed by small letters, digits and underscores, at most {most}, such as contact_method.",
                "Tên chiều không hợp lệ": "Tên chiều gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ, tối đa {most} ký tự, ví dụ contact_method." }
            BadFormula "bad_formula" 422 {
                "Not a formula": "At character {place}: {sentence}",
                "Công thức không hợp lệ": "Tại ký tự {place}: {sentence}" }
            FormulaWithoutMetric "formula_without_metric" 422 {
                "No metric in it": "A metric's formula names at least one other metric.",
                "Không có chỉ số nào": "Công thức của chỉ số phải có ít nhất một chỉ số khác." }
            FormulaLoop "formula_loop" 422 {
                "A loop": "Metrics would be computed from each other in a loop: {way}.",
                "Vòng lặp": "Các chỉ số sẽ được tính lẫn nhau thành vòng lặp: {way}." }
            FormulaChain "formula_chain" 422 {
                "Too many formulas in a row": "At most {most} formulas are computed from each other in a row; this would be one more: {way}.",
                "Quá nhiều công thức nối tiếp": "Tối đa {most} công thức được tính nối tiếp nhau; chuỗi này dài hơn: {way}." }
            InputRetired "input_retired" 422 {
                "A retired metric": "{code} is retired: it is not taken into new formulas.",
                "Chỉ số đã ngừng dùng": "{code} đã ngừng dùng nên không thể đưa vào công thức mới." }
            InputNotMeasured "input_not_measured" 422 {
                "Neither measured nor computed": "The values of {code} are only typed in at check-ins; a formula takes metrics that are measured or computed.",
                "Không có số liệu đo": "Giá trị của {code} chỉ được nhập khi check-in; công thức chỉ dùng chỉ số được đo hoặc được tính." }
            NotAnInput "not_an_input" 422 {
                "Not an input": "The formula is not computed from this.",
                "Không phải đầu vào": "Công thức không dùng giá trị này." }
            LibraryCodeTaken "library_code_taken" 422 {
                "The code is taken": "The organization has other metrics of its own with codes that this one needs: {codes}.",
                "Mã đã được dùng": "Tổ chức đã có chỉ số riêng mang mã mà chỉ số này cần: {codes}." }
            MetricInUse "metric_in_use" 409 {
                "The metric is in use": "Goals use it, directly or through formulas ({goals}): retire it and make a new one.",
                "Chỉ số đang được dùng": "{goals} mục tiêu đang dùng chỉ số này, trực tiếp hoặc qua công thức; hãy ngừng dùng và tạo chỉ số mới." }
            MetricInFormulas "metric_in_formulas" 409 {
                "Formulas need it": "Other metrics are computed from it: {names}. Change their formulas first, or retire it.",
                "Công thức đang cần": "Có chỉ số khác được tính từ chỉ số này: {names}. Hãy sửa công thức của chúng trước, hoặc ngừng dùng chỉ số này." }
            MetricMeasured "metric_measured" 409 {
                "It has measurements": "It has measurements ({measurements}): whom they are of and by what they are split stays. Retire it and make a new one.",
                "Đã có số liệu đo": "Chỉ số đã có {measurements} số liệu đo nên không thể đổi đối tượng đo hay bỏ chiều phân tích; hãy ngừng dùng và tạo chỉ số mới." }
        }
    };
}
