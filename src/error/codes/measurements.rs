//! Of measurements.

macro_rules! measurements {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Measurements.
            NotMeasured "metric_not_measured" 422 {
                "Not measured": "This metric is not measured: it is computed by a formula, or nothing says whom it is measured for and how its measurements are put together.",
                "Không phải chỉ số đo": "Chỉ số này không được đo: nó được tính bằng công thức, hoặc chưa khai báo đo cho ai và tổng hợp số liệu thế nào." }
            OneSubject "one_subject" 422 {
                "One subject": "Say whom it is of by exactly one of person_id, employee_code, email, unit_id and unit_code.",
                "Một đối tượng": "Hãy nêu đối tượng đo bằng đúng một trong person_id, employee_code, email, unit_id và unit_code." }
            MeasuredForOthers "measured_for_others" 422 {
                "Not measured for this": "This metric is measured for: {measured_for}.",
                "Sai loại đối tượng": "Chỉ số này được đo cho: {measured_for}." }
            BeforeJoining "before_joining" 422 {
                "Before they joined": "This person's first day was {day}.",
                "Trước ngày vào làm": "Ngày đầu tiên của người này là {day}." }
            AfterLeaving "after_leaving" 422 {
                "After they left": "This person's last day was {day}.",
                "Sau ngày nghỉ việc": "Ngày cuối cùng của người này là {day}." }
            UndeclaredDimension "undeclared_dimension" 422 {
                "Undeclared dimension": "The metric has no such dimension; it has: {dimensions}.",
                "Chiều chưa khai báo": "Chỉ số không có chiều này; các chiều gồm: {dimensions}." }
            BadDimensionFilter "bad_dimension_filter" 422 {
                "Not a dimension with its value": "Write the name of a dimension, a colon and its value, such as product:GTX Basic.",
                "Sai dạng chiều": "Hãy viết tên chiều, dấu hai chấm rồi giá trị, ví dụ product:GTX Basic." }
            MeasurementRemoved "measurement_removed" 409 {
                "Removed": "This measurement was removed: it counts for nothing and stays as it is, until its source sends it again.",
                "Đã gỡ": "Số liệu này đã bị gỡ, không được tính và được giữ nguyên cho đến khi nguồn gửi lại." }
        }
    };
}
