//! Of what lets people and machines in.

macro_rules! identity {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
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
