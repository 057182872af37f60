//! Of single fields.

macro_rules! fields {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Faults of single fields.
            Required "required" 422 {
                "Required": "This field is required.",
                "Bắt buộc": "Trường này là bắt buộc." }
            UnknownField "unknown_field" 422 {
                "Unknown field": "There is no such field here.",
                "Trường không tồn tại": "Không có trường này." }
            WrongType "wrong_type" 422 {
                "Wrong type or value": "This value does not fit: {reason}.",
                "Sai kiểu hoặc giá trị": "Giá trị không phù hợp: {reason}." }
            NotNullable "not_nullable" 422 {
                "Can't be emptied": "This field can't be null.",
                "Không được để trống": "Trường này không thể là null." }
            ReadOnly "read_only" 422 {
                "Read only": "This field can't be changed.",
                "Chỉ đọc": "Không thể thay đổi trường này." }
            Blank "blank" 422 {
                "Blank": "Write something here.",
                "Để trống": "Hãy nhập nội dung." }
            TooLong "too_long" 422 {
                "Too long": "At most {most} characters.",
                "Quá dài": "Tối đa {most} ký tự." }
            TooMany "too_many" 422 {
                "Too many": "At most {most} entries.",
                "Quá nhiều": "Tối đa {most} mục." }
            ControlCharacter "control_character" 422 {
                "Control character": "Control characters are not allowed here.",
                "Ký tự điều khiển": "Không được dùng ký tự điều khiển." }
            OutOfRange "out_of_range" 422 {
                "Out of range": "It must lie from {least} to {most}.",
                "Ngoài phạm vi": "Giá trị phải từ {least} đến {most}." }
            NoSuchReference "no_such_reference" 422 {
                "No such thing": "What this id names does not exist, or you may not see it.",
                "Không tồn tại": "Mã này trỏ đến đối tượng không tồn tại hoặc bạn không được xem." }
            Taken "taken" 422 {
                "Taken": "Something else has this already.",
                "Đã được dùng": "Giá trị này đã được dùng." }
            Duplicate "duplicate" 422 {
                "Twice": "This is named twice.",
                "Trùng lặp": "Mục này xuất hiện hai lần." }
            BadEmail "bad_email" 422 {
                "Not an email address": "Write an email address such as an@example.com.",
                "Không phải email": "Hãy nhập địa chỉ email, ví dụ an@example.com." }
            BadTimeZone "bad_time_zone" 422 {
                "Unknown time zone": "Name a time zone of the IANA list, such as Asia/Ho_Chi_Minh.",
                "Múi giờ không tồn tại": "Hãy dùng múi giờ IANA, ví dụ Asia/Ho_Chi_Minh." }
            BadCurrency "bad_currency" 422 {
                "Not a currency": "Name a currency by its three letters (ISO 4217), such as VND.",
                "Không phải mã tiền tệ": "Hãy dùng mã tiền tệ ba chữ cái (ISO 4217), ví dụ VND." }
            BadCode "bad_code" 422 {
                "Not a code": "A code is letters, digits, dots, dashes and underscores.",
                "Mã không hợp lệ": "Mã chỉ gồm chữ cái, chữ số, dấu chấm, gạch ngang và gạch dưới." }
            DatesReversed "dates_reversed" 422 {
                "Dates reversed": "The last day lies before the first.",
                "Ngày đảo ngược": "Ngày cuối nằm trước ngày đầu." }
            NotSortable "not_sortable" 400 {
                "Not sortable by this": "This list can be sorted by {allowed}.",
                "Không sắp xếp được": "Danh sách này sắp xếp được theo {allowed}." }
        }
    };
}
