//! The goals of customer success and support.

use crate::demo::plan::Life::{ActiveFrom, Done};
use crate::demo::plan::Tale::{Ahead, From, Reached, Slow, Steady, Stuck, To};
use crate::demo::plan::{Plan, key_result, kpi, objective};
use crate::domain::words::Source;

pub(super) const GOALS: &[Plan] = &[
    objective("kh.obj", "co.growth", "KH", "KH01", "Khách hàng ở lại và lớn lên cùng Hải Đăng").weighs("2"),
    key_result("kh.renew", "kh.obj", "KH", "CS01", "Tỷ lệ gia hạn bình quân ít nhất 92%")
        .on("renewal_rate")
        .by(Source::Average)
        .at_least("92", "80")
        .serves(&[("co.nrr", "0")]),
    key_result("kh.csat", "kh.obj", "KH", "HT01", "Mức hài lòng sau hỗ trợ ít nhất 92%")
        .on("csat")
        .at_least("92", "75")
        .tells(From("89.5", "93.2")),
    key_result("kh.voice", "kh.obj", "KH", "KH01", "Chương trình Tiếng nói khách hàng")
        .steps(&["Chọn 30 khách hàng", "Thu thập ý kiến", "Xếp hạng cùng Sản phẩm", "Phản hồi khách hàng"])
        .tells(Steady)
        .serves(&[("co.nps", "0")]),
    kpi("kh.hires", "co.hires", "KH", "KH01", "Tuyển 2 quản lý khách hàng")
        .on("hires")
        .rises("0", "2")
        .tells(Reached)
        .lives(Done(6)),
    objective("cs.obj", "kh.obj", "CS", "CS01", "Mọi khách hàng thành công trong 30 ngày đầu"),
    key_result("cs.onb", "cs.obj", "CS", "CS01", "Thời gian triển khai từ 42 xuống 30 ngày")
        .on("onboarding_time")
        .falls("42", "30")
        .tells(Steady),
    key_result("cs.health", "cs.obj", "CS", "CS01", "80% khách hàng có điểm sức khỏe xanh")
        .rises("61", "80")
        .tells(Slow),
    key_result("cs.ref", "cs.obj", "CS", "CS02", "20 khách hàng nhận giới thiệu Hải Đăng")
        .rises("0", "20")
        .tells(Steady),
    kpi("cs.exp", "kh.obj", "CS", "CS01", "Doanh thu mở rộng 2,4 tỷ đồng")
        .on("expansion_revenue")
        .by(Source::Sum)
        .rises("0", "2_400_000_000")
        .serves(&[("co.growth", "1"), ("kd.win", "1")]),
    kpi("cs02.exp", "cs.exp", "", "CS02", "Tường Vi: 800 triệu doanh thu mở rộng")
        .on("expansion_revenue")
        .rises("0", "800_000_000")
        .tells(Ahead),
    kpi("cs03.exp", "cs.exp", "", "CS03", "Mạnh Cường: 600 triệu doanh thu mở rộng")
        .on("expansion_revenue")
        .rises("0", "600_000_000")
        .tells(Stuck),
    kpi("cs04.exp", "cs.exp", "", "CS04", "Quỳnh Như: 500 triệu doanh thu mở rộng")
        .on("expansion_revenue")
        .rises("0", "500_000_000")
        .tells(Steady),
    kpi("cs05.exp", "cs.exp", "", "CS05", "Thanh Sơn: 500 triệu doanh thu mở rộng")
        .on("expansion_revenue")
        .rises("0", "500_000_000")
        .tells(Steady),
    kpi("cs02.renew", "kh.renew", "", "CS02", "Tường Vi: gia hạn ít nhất 93%")
        .on("renewal_rate")
        .at_least("93", "80")
        .tells(From("92.4", "95.1")),
    kpi("cs03.renew", "kh.renew", "", "CS03", "Mạnh Cường: gia hạn ít nhất 91%")
        .on("renewal_rate")
        .at_least("91", "80")
        .tells(From("90.2", "86.4")),
    kpi("cs04.renew", "kh.renew", "", "CS04", "Quỳnh Như: gia hạn ít nhất 92%")
        .on("renewal_rate")
        .at_least("92", "80")
        .tells(From("91.7", "92.6")),
    kpi("cs05.renew", "kh.renew", "", "CS05", "Thanh Sơn: gia hạn ít nhất 91%")
        .on("renewal_rate")
        .at_least("91", "80")
        .tells(From("89.8", "91.3"))
        .lives(ActiveFrom(2)),
    kpi("cs06.class", "cs.obj", "", "CS06", "Tổ chức 12 lớp đào tạo trực tuyến").rises("0", "12").tells(To("8")),
    objective("ht.obj", "kh.obj", "HT", "HT01", "Hỗ trợ nhanh và tử tế"),
    key_result("ht.first", "ht.obj", "HT", "HT01", "Ca chậm nhất phản hồi đầu trong 15 phút")
        .on("first_response")
        .by(Source::Max)
        .at_most("15", "45"),
    key_result("ht.backlog", "ht.obj", "HT", "HT04", "Yêu cầu tồn đọng từ 260 xuống 90")
        .on("open_tickets")
        .falls("260", "90")
        .tells(Slow),
    key_result("ht.self", "ht.obj", "HT", "HT05", "Tỷ lệ tự phục vụ tăng từ 28% lên 40%")
        .rises("28", "40")
        .tells(Ahead),
    kpi("ht.chat", "ht.obj", "HT", "HT01", "Mở kênh hỗ trợ qua Zalo")
        .steps(&["Chọn nhà cung cấp", "Tích hợp", "Đào tạo", "Mở cho mọi khách hàng"])
        .tells(Steady)
        .serves(&[("cs.obj", "1")]),
    kpi("ht02.first", "ht.first", "", "HT02", "Ca sáng phản hồi đầu trong 12 phút")
        .on("first_response")
        .at_most("12", "40")
        .tells(From("15.5", "11.2")),
    kpi("ht03.first", "ht.first", "", "HT03", "Ca tối phản hồi đầu trong 15 phút")
        .on("first_response")
        .at_most("15", "45")
        .tells(From("24.5", "19.8")),
    kpi("ht04.guide", "ht.self", "", "HT04", "Viết 40 bài hướng dẫn").rises("0", "40").tells(Steady),
    kpi("ht05.solved", "ht.obj", "", "HT05", "Xử lý 900 yêu cầu").on("tickets_solved").rises("0", "900").tells(Steady),
    kpi("ht06.solved", "ht.obj", "", "HT06", "Xử lý 850 yêu cầu").on("tickets_solved").rises("0", "850").tells(Ahead),
];
