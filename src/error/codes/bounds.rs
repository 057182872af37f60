//! Of bounds that every request is held to.

macro_rules! bounds {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            RateLimited "rate_limited" 429 {
                "Too many requests": "Too many requests in a short time; go on in {seconds} seconds.",
                "Quá nhiều yêu cầu": "Quá nhiều yêu cầu trong thời gian ngắn; hãy tiếp tục sau {seconds} giây." }
            TimedOut "timed_out" 503 {
                "Took too long": "The service could not answer in time. What you sent may still be done: look, or send it again with its Idempotency-Key.",
                "Quá thời gian": "Dịch vụ chưa trả lời kịp. Yêu cầu có thể vẫn được thực hiện: hãy kiểm tra, hoặc gửi lại với cùng Idempotency-Key." }
            BodyTooSlow "body_too_slow" 408 {
                "Body too slow": "The body did not arrive within {seconds} seconds.",
                "Nội dung đến quá chậm": "Nội dung không đến đủ trong {seconds} giây." }
            AddressTooLong "address_too_long" 414 {
                "Address too long": "The address with its parameters is longer than {most} bytes.",
                "Địa chỉ quá dài": "Địa chỉ cùng tham số dài hơn {most} byte." }
            HeadersTooLarge "headers_too_large" 431 {
                "Headers too large": "There are more headers, or longer ones, than the service takes.",
                "Header quá lớn": "Có quá nhiều header hoặc header quá dài." }
        }
    };
}
