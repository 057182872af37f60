//! Of what lets people and machines in.

macro_rules! identity {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // The second factor, and too many tries.
            TotpRequired "totp_required" 401 {
                "Code required": "The password is right; this account asks for a code of its authenticator app too: send totp_code.",
                "Cần mã xác thực": "Mật khẩu đúng; tài khoản này cần thêm mã của ứng dụng xác thực: hãy gửi totp_code." }
            WrongTotpCode "wrong_totp_code" 401 {
                "Wrong code": "This is not the code of now, or it was used already.",
                "Sai mã xác thực": "Mã không đúng ở thời điểm này hoặc đã được dùng." }
            TotpIsOn "totp_is_on" 409 {
                "Already on": "The second factor is on; turn it off first.",
                "Đã bật": "Xác thực hai lớp đang bật; hãy tắt trước." }
            TotpIsOff "totp_is_off" 409 {
                "Not on": "No second factor is on.",
                "Chưa bật": "Xác thực hai lớp chưa được bật." }
            TotpNotStarted "totp_not_started" 409 {
                "Not started": "Start with a secret at POST /me/totp first.",
                "Chưa bắt đầu": "Hãy lấy khóa bí mật tại POST /me/totp trước." }
            TooManyTries "too_many_attempts" 429 {
                "Too many attempts": "Too many attempts failed; try again in {seconds} seconds.",
                "Quá nhiều lần thử": "Đã thử sai quá nhiều lần; hãy thử lại sau {seconds} giây." }

            // API tokens.
            SessionRequired "session_required" 403 {
                "Not by API token": "No API token can do this; sign in.",
                "Không dùng mã API": "Không thể thực hiện bằng mã API; hãy đăng nhập." }
            ScopeMissing "insufficient_scope" 403 {
                "Scope missing": "This API token was not made for this; it would need the scope {scope}.",
                "Thiếu phạm vi": "Mã API này không được cấp cho việc này; cần phạm vi {scope}." }
            ScopeNotYours "scope_not_yours" 422 {
                "Not yours to give": "A token can't be given a scope that goes beyond what you may do.",
                "Vượt quá quyền": "Không thể cấp phạm vi vượt quá quyền của bạn." }
            TooManyTokens "too_many_tokens" 409 {
                "Too many API tokens": "At most {most} API tokens of a person work at a time; revoke one first.",
                "Quá nhiều mã API": "Mỗi người có tối đa {most} mã API còn hiệu lực; hãy thu hồi bớt." }
            InThePast "in_the_past" 422 {
                "In the past": "This moment is over.",
                "Đã qua": "Thời điểm này đã qua." }
        }
    };
}
