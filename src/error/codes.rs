//! The codes: one table for the status, the title and the sentence of each, in English and Vietnamese.

use crate::domain::words::Locale;

/// What a code says in one language. `{name}` is a place that the case fills.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// What sort of problem it is.
    pub title: &'static str,
    /// What happened, and what would help.
    pub detail: &'static str,
}

macro_rules! codes {
    ($($code:ident $text:literal $status:literal { $en_title:literal: $en:literal, $vi_title:literal: $vi:literal })*) => {
        /// A stable code of a problem or of a fault of one field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each code's sentences say what it means")]
        pub enum Code {
            $($code,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// The code as clients see it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)*
                }
            }

            /// The HTTP status that it is answered with.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$code => $status,)*
                }
            }

            /// What it says in a language.
            pub const fn text(self, locale: Locale) -> Text {
                match (self, locale) {
                    $(
                        (Self::$code, Locale::En) => Text { title: $en_title, detail: $en },
                        (Self::$code, Locale::Vi) => Text { title: $vi_title, detail: $vi },
                    )*
                }
            }
        }
    };
}

codes! {
    // Requests that can't be read.
    MalformedBody "malformed_body" 400 {
        "Malformed body": "The body is not readable JSON: {reason}.",
        "Nội dung không đọc được": "Nội dung gửi lên không phải JSON hợp lệ: {reason}." }
    MalformedId "malformed_id" 400 {
        "Malformed id": "The path holds something that is not an id (a UUID).",
        "Mã định danh sai dạng": "Đường dẫn chứa mã định danh không phải UUID." }
    MalformedQuery "malformed_query" 400 {
        "Malformed query": "The query can't be read: {reason}.",
        "Tham số truy vấn sai": "Không đọc được tham số truy vấn: {reason}." }
    MalformedHeader "malformed_header" 400 {
        "Malformed header": "The header {header} can't be read.",
        "Header sai dạng": "Không đọc được header {header}." }
    BadCursor "bad_cursor" 400 {
        "Unusable cursor": "The cursor does not belong to this list with these filters and this order; start again without it.",
        "Con trỏ không dùng được": "Con trỏ không thuộc danh sách với bộ lọc và thứ tự này; hãy bắt đầu lại không có con trỏ." }

    // Who is asking.
    SignInRequired "sign_in_required" 401 {
        "Sign-in required": "Send an access token in the Authorization header.",
        "Cần đăng nhập": "Hãy gửi mã truy cập trong header Authorization." }
    InvalidToken "invalid_token" 401 {
        "Invalid token": "The access token is not valid or has ended; refresh it or sign in again.",
        "Mã truy cập không hợp lệ": "Mã truy cập không hợp lệ hoặc đã hết hạn; hãy làm mới hoặc đăng nhập lại." }
    WrongCredentials "wrong_credentials" 401 {
        "Wrong credentials": "Email or password is wrong.",
        "Sai thông tin đăng nhập": "Email hoặc mật khẩu không đúng." }
    InvalidRefreshToken "invalid_refresh_token" 401 {
        "Invalid refresh token": "The refresh token is not valid any more; sign in again.",
        "Mã làm mới không hợp lệ": "Mã làm mới không còn hiệu lực; hãy đăng nhập lại." }
    Forbidden "forbidden" 403 {
        "Not allowed": "You may see this, but not do this with it.",
        "Không được phép": "Bạn được xem nhưng không được thực hiện thao tác này." }
    NotFound "not_found" 404 {
        "Not found": "There is no such thing, or you may not see it.",
        "Không tìm thấy": "Không có đối tượng này, hoặc bạn không được xem." }
    NoSuchRoute "no_such_route" 404 {
        "No such address": "The service has nothing at this address; see /docs.",
        "Không có địa chỉ này": "Dịch vụ không có gì tại địa chỉ này; xem /docs." }
    MethodNotAllowed "method_not_allowed" 405 {
        "Method not allowed": "This address does not take this method; it takes {allow}.",
        "Phương thức không được hỗ trợ": "Địa chỉ này không nhận phương thức đó; hãy dùng {allow}." }

    // The state of things.
    StaleVersion "stale_version" 412 {
        "Stale version": "It was changed meanwhile: the version is now {current}. Read it again and decide anew.",
        "Phiên bản đã cũ": "Dữ liệu đã thay đổi: phiên bản hiện tại là {current}. Hãy đọc lại rồi quyết định." }
    BodyTooLarge "body_too_large" 413 {
        "Body too large": "The body is larger than this address takes.",
        "Nội dung quá lớn": "Nội dung gửi lên lớn hơn mức cho phép." }
    UnsupportedMediaType "unsupported_media_type" 415 {
        "Unsupported media type": "Send application/json.",
        "Kiểu nội dung không hỗ trợ": "Hãy gửi application/json." }
    InvalidFields "invalid_fields" 422 {
        "Invalid fields": "Some fields are not as they must be; `errors` names each.",
        "Trường không hợp lệ": "Một số trường không hợp lệ; xem từng trường trong `errors`." }
    Busy "busy" 503 {
        "Busy": "The service can't take this now; try again shortly.",
        "Đang bận": "Dịch vụ đang bận; hãy thử lại sau giây lát." }
    Internal "internal" 500 {
        "Internal error": "Something went wrong in the service. Name the request id when you report it.",
        "Lỗi nội bộ": "Dịch vụ gặp lỗi. Hãy nêu mã yêu cầu khi báo lỗi." }
    AlreadyExists "already_exists" 409 {
        "Already exists": "Someone made the same thing meanwhile.",
        "Đã tồn tại": "Đối tượng này vừa được người khác tạo." }
    StillInUse "still_in_use" 409 {
        "Still in use": "Other things refer to it.",
        "Đang được sử dụng": "Có đối tượng khác đang tham chiếu." }

    // The same request twice.
    KeyReused "idempotency_key_reused" 422 {
        "Idempotency key reused": "This Idempotency-Key came with another request before.",
        "Khóa lặp đã dùng": "Idempotency-Key này đã dùng cho một yêu cầu khác." }
    StillRunning "still_running" 409 {
        "Still running": "The first request with this Idempotency-Key is still running.",
        "Đang thực hiện": "Yêu cầu đầu tiên với Idempotency-Key này vẫn đang chạy." }

    // Many at once.
    BatchUndone "batch_undone" 409 {
        "Not done": "Another item of the batch was refused, and all were to be done or none.",
        "Chưa thực hiện": "Một mục khác trong lô bị từ chối, mà yêu cầu là tất cả hoặc không mục nào." }

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

    // First run, sign-in, people.
    SetupDone "setup_done" 409 {
        "Already set up": "This instance has its organization; sign in instead.",
        "Đã thiết lập": "Hệ thống đã có tổ chức; hãy đăng nhập." }
    WrongSetupToken "wrong_setup_token" 403 {
        "Wrong setup token": "The setup token is the one that the service printed when it started.",
        "Sai mã thiết lập": "Mã thiết lập là mã mà dịch vụ in ra khi khởi động." }
    SignUpClosed "sign_up_closed" 403 {
        "Sign-up closed": "This instance takes no new organizations.",
        "Không nhận đăng ký": "Hệ thống không nhận tổ chức mới." }
    LinkUsed "link_not_usable" 409 {
        "Link not usable": "This link was used, has expired or was replaced by a newer one.",
        "Liên kết không dùng được": "Liên kết đã dùng, đã hết hạn hoặc đã được thay thế." }
    NameOrganization "name_organization" 409 {
        "Name the organization": "The instance has several organizations or none; name one with --organization.",
        "Hãy nêu tổ chức": "Hệ thống có nhiều tổ chức hoặc chưa có; hãy chỉ rõ bằng --organization." }
    ChooseOrganization "choose_organization" 409 {
        "Choose an organization": "This account belongs to several organizations; name one of `organizations`.",
        "Chọn tổ chức": "Tài khoản thuộc nhiều tổ chức; hãy chọn một trong `organizations`." }
    WeakPassword "weak_password" 422 {
        "Weak password": "Choose at least {least} characters, and not the email or a name.",
        "Mật khẩu yếu": "Hãy dùng ít nhất {least} ký tự, không trùng email hay tên." }
    WrongPassword "wrong_password" 422 {
        "Wrong password": "This is not the present password.",
        "Sai mật khẩu": "Đây không phải mật khẩu hiện tại." }
    LastOwner "last_owner" 409 {
        "The last owner": "An organization keeps at least one active owner.",
        "Chủ sở hữu cuối cùng": "Tổ chức phải còn ít nhất một chủ sở hữu đang hoạt động." }
    OwnDeactivation "own_deactivation" 409 {
        "Not yourself": "Nobody deactivates themself; ask another admin.",
        "Không tự vô hiệu hóa": "Không thể tự vô hiệu hóa mình; hãy nhờ quản trị khác." }
    ManagerLoop "manager_loop" 422 {
        "Manager loop": "This would make a person their own manager: {loop}.",
        "Vòng lặp quản lý": "Điều này khiến một người thành quản lý của chính mình: {loop}." }
    PersonDeactivated "person_deactivated" 422 {
        "Deactivated": "This person is deactivated.",
        "Đã vô hiệu hóa": "Người này đã bị vô hiệu hóa." }
    NoEmail "no_email" 422 {
        "No email": "This person has no email address to be invited by.",
        "Không có email": "Người này chưa có email để mời." }
    AlreadyJoined "already_joined" 422 {
        "Already joined": "This person signs in already.",
        "Đã tham gia": "Người này đã có tài khoản." }

    // Units.
    SecondCompany "second_company_unit" 409 {
        "A second company unit": "An organization has exactly one company unit, its root.",
        "Đơn vị công ty thứ hai": "Mỗi tổ chức chỉ có một đơn vị công ty ở gốc." }
    UnitUnderItself "unit_under_itself" 409 {
        "A unit under itself": "A unit can't move under itself or under a unit below it: {loop}.",
        "Đơn vị nằm dưới chính nó": "Không thể chuyển đơn vị xuống dưới chính nó: {loop}." }
    WrongUnitParent "wrong_unit_parent" 422 {
        "Not under this unit": "Departments lie in the company or in departments; teams in the company, departments or teams.",
        "Sai đơn vị cha": "Phòng ban nằm trong công ty hoặc phòng ban; nhóm nằm trong công ty, phòng ban hoặc nhóm." }
    UnitHolds "unit_not_empty" 409 {
        "Not empty": "The unit still holds {units} units, {people} people and {goals} goals.",
        "Đơn vị không trống": "Đơn vị còn {units} đơn vị, {people} người và {goals} mục tiêu." }
    CompanyUnitStays "company_unit_stays" 409 {
        "The company unit stays": "The company unit can't be moved, deleted or turned into another kind.",
        "Đơn vị công ty cố định": "Không thể chuyển, xóa hay đổi loại đơn vị công ty." }
    TooDeep "too_deep" 422 {
        "Too deep": "This would make more than {most} levels.",
        "Quá nhiều cấp": "Điều này tạo ra hơn {most} cấp." }

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

    // Metrics.
    BadMetricCode "bad_metric_code" 422 {
        "Not a metric's code": "A metric's code is a small letter followed by small letters, digits and underscores, such as won_value.",
        "Mã chỉ số không hợp lệ": "Mã chỉ số gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ, ví dụ won_value." }
    NoMetricDirection "no_metric_direction" 422 {
        "Not for a metric": "A metric has a value, not steps: milestone is for goals without a metric.",
        "Không dùng cho chỉ số": "Chỉ số có giá trị, không có bước: cột mốc chỉ dành cho mục tiêu không có chỉ số." }
    EmptyNeedsSums "empty_needs_sums" 422 {
        "Only for sums": "Nothing measured is zero only where time and people are both added: time_aggregation and people_aggregation must be sum.",
        "Chỉ dành cho tổng": "Chỉ có thể coi không có số liệu là 0 khi cả time_aggregation và people_aggregation là sum." }
    MetricInUse "metric_in_use" 409 {
        "The metric is in use": "Goals use it ({goals}): retire it and make a new one.",
        "Chỉ số đang được dùng": "{goals} mục tiêu đang dùng chỉ số này; hãy ngừng dùng và tạo chỉ số mới." }

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

    // Goals.
    PhaseForbids "phase_forbids" 409 {
        "Not in this phase": "The cycle's phase does not allow this: {phase}.",
        "Giai đoạn không cho phép": "Giai đoạn của chu kỳ không cho phép thao tác này: {phase}." }
    FixedOnceActive "fixed_once_active" 422 {
        "Fixed once active": "Kind, source, direction and metric stay as they are once a goal was active.",
        "Cố định sau khi kích hoạt": "Loại, nguồn, chiều và chỉ số không đổi sau khi mục tiêu đã được kích hoạt." }
    SourceNotAvailable "source_not_available" 422 {
        "Source not available": "Goals can't take their value from measurements yet; use check_ins.",
        "Nguồn chưa hỗ trợ": "Mục tiêu chưa thể lấy giá trị từ số liệu đo; hãy dùng check_ins." }
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
    TransitionRefused "transition_refused" 409 {
        "Not from this state": "A goal that stands at {from} can't go to {to}; `allowed` names where it can.",
        "Không thể chuyển trạng thái": "Mục tiêu ở trạng thái {from} không thể chuyển sang {to}; xem `allowed`." }
    ReviewWeights "review_weights_not_100" 409 {
        "Review weights not 100": "The review weights of the owner's goals in this cycle must total 100 before one is submitted; they total {sum}.",
        "Trọng số đánh giá khác 100": "Tổng trọng số đánh giá các mục tiêu của người sở hữu trong chu kỳ phải bằng 100 trước khi gửi duyệt; hiện là {sum}." }
    StillActive "goals_still_active" 409 {
        "Goals still active": "{count} goals that count in this one are active, {hidden} of them hidden from you. Complete them first, or with `cascade` those that you may.",
        "Còn mục tiêu đang thực hiện": "{count} mục tiêu được tính vào mục tiêu này còn đang thực hiện, trong đó {hidden} bạn không được xem. Hãy hoàn thành trước, hoặc dùng `cascade` cho các mục tiêu bạn được phép." }
    CompletedAbove "completed_above" 409 {
        "A goal above is completed": "This would move a completed goal above it: {titles}. Reopen that one first.",
        "Mục tiêu cấp trên đã hoàn thành": "Việc này làm thay đổi mục tiêu cấp trên đã hoàn thành: {titles}. Hãy mở lại mục tiêu đó trước." }
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
        "Goals linked under it": "{count} goals are linked under it; unlink them first.",
        "Có mục tiêu liên kết bên dưới": "Có {count} mục tiêu liên kết bên dưới; hãy gỡ liên kết trước." }
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
