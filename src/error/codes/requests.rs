//! Of requests as such: what can't be read, who is asking, what the state of things forbids.

macro_rules! requests {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
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
        }
    };
}
