//! The goals of product and engineering.

use crate::demo::plan::Life::{ActiveFrom, Draft, Pending};
use crate::demo::plan::Tale::{Ahead, Fades, From, Reached, Silent, Slow, Steady, Stuck, To};
use crate::demo::plan::{Plan, key_result, kpi, objective};
use crate::domain::words::Source;

pub(super) const GOALS: &[Plan] = &[
    objective("kt.rel", "co.product", "KT", "KT01", "Nền tảng đáng tin cậy cho 3.000 doanh nghiệp"),
    key_result("kt.incident", "kt.rel", "KT", "KT01", "Không quá 3 sự cố nghiêm trọng")
        .on("incidents")
        .at_most("3", "8")
        .tells(From("0", "2")),
    key_result("kt.latency", "kt.rel", "KT", "NT01", "Độ trễ p95 từ 820 xuống 400 ms")
        .on("latency_p95")
        .falls("820", "400")
        .tells(Steady)
        .with(&["NT03"]),
    key_result("kt.sec", "kt.rel", "KT", "KT01", "Đạt chứng nhận ISO 27001")
        .steps(&["Phân tích khoảng cách", "Ban hành chính sách", "Đào tạo", "Đánh giá nội bộ", "Đánh giá chứng nhận"])
        .tells(Stuck)
        .with(&["TC03"]),
    objective("kt.speed", "co.product", "KT", "KT01", "Ra tính năng nhanh gấp đôi").serves(&[("co.growth", "1")]),
    key_result("kt.lead", "kt.speed", "KT", "KT01", "Thời gian ra tính năng từ 14 xuống 7 ngày")
        .on("lead_time")
        .falls("14", "7")
        .tells(Slow),
    key_result("kt.deploy", "kt.speed", "KT", "KT01", "Triển khai 20 lần mỗi tuần").rises("8", "20").tells(Ahead),
    kpi("kt.hires", "co.hires", "KT", "KT01", "Tuyển 6 kỹ sư").on("hires").rises("0", "6").tells(To("1")),
    objective("sp.obj", "kt.speed", "SP", "SP01", "Khách hàng dùng sản phẩm sâu hơn").serves(&[("kh.obj", "1")]),
    key_result("sp.adopt", "sp.obj", "SP", "SP02", "45% khách hàng xem báo cáo hằng tuần")
        .rises("32", "45")
        .tells(Steady),
    key_result("sp.mobile", "sp.obj", "SP", "SP03", "Ứng dụng di động đạt ít nhất 4,6 sao")
        .at_least("4.6", "4")
        .tells(From("4.3", "4.5")),
    key_result("sp.ux", "sp.obj", "SP", "SP04", "Điểm dễ dùng SUS tăng từ 71 lên 80").rises("71", "80").tells(Steady),
    kpi("sp02.talk", "sp.obj", "", "SP02", "Phỏng vấn 24 khách hàng")
        .rises("0", "24")
        .tells(Ahead)
        .serves(&[("kh.voice", "0")]),
    kpi("sp03.beta", "sp.obj", "", "SP03", "60 khách hàng dùng thử bản 5.0")
        .rises("0", "60")
        .tells(Slow)
        .serves(&[("co.v5", "0")])
        .with(&["UD02"]),
    kpi("sp04.kit", "sp.obj", "", "SP04", "Bộ câu hỏi nghiên cứu dùng chung")
        .steps(&["Thu thập", "Biên soạn", "Thử nghiệm", "Công bố"])
        .tells(Steady),
    kpi("sp05.flow", "sp.obj", "", "SP05", "Thiết kế lại luồng khởi tạo cho khách hàng mới")
        .steps(&["Nghiên cứu", "Phác thảo", "Thử với 8 khách hàng", "Bàn giao", "Đo sau phát hành"])
        .tells(Steady)
        .serves(&[("cs.obj", "1")]),
    kpi("nt.up", "co.uptime", "NT", "NT01", "Nền tảng sẵn sàng ít nhất 99,95%")
        .on("uptime")
        .at_least("99.95", "99")
        .tells(From("99.96", "99.97")),
    objective("nt.obj", "kt.rel", "NT", "NT01", "Hạ tầng chịu tải gấp ba"),
    key_result("nt.load", "nt.obj", "NT", "NT03", "Phục vụ 30.000 người dùng đồng thời")
        .rises("9_000", "30_000")
        .tells(Steady),
    key_result("nt.cost", "nt.obj", "NT", "NT05", "Chi phí hạ tầng mỗi khách hàng từ 62 xuống 48 nghìn đồng")
        .falls("62_000", "48_000")
        .tells(Ahead)
        .serves(&[("co.growth", "1")]),
    key_result("nt.dr", "nt.obj", "NT", "NT02", "Diễn tập khôi phục thảm họa")
        .steps(&["Kịch bản", "Hạ tầng dự phòng", "Diễn tập lần một", "Khắc phục", "Diễn tập lần hai"])
        .tells(Stuck),
    kpi("nt02.alert", "nt.obj", "", "NT02", "Giảm cảnh báo nhiễu từ 140 xuống 40 mỗi tuần")
        .falls("140", "40")
        .tells(Steady),
    kpi("nt03.api", "nt.obj", "", "NT03", "API báo cáo trả lời dưới 250 ms")
        .on("latency_p95")
        .falls("900", "250")
        .tells(Reached)
        .serves(&[("kt.latency", "0")]),
    kpi("nt04.data", "nt.obj", "", "NT04", "Kho dữ liệu mới cho báo cáo")
        .steps(&["Mô hình dữ liệu", "Nạp lịch sử", "Đối soát", "Chuyển báo cáo", "Tắt kho cũ"])
        .tells(Steady)
        .serves(&[("sp.adopt", "0")]),
    kpi("nt05.ci", "nt.obj", "", "NT05", "Thời gian CI từ 24 xuống 10 phút")
        .falls("24", "10")
        .tells(Fades)
        .serves(&[("kt.speed", "1")]),
    kpi("ud.up", "co.uptime", "UD", "UD01", "Ứng dụng sẵn sàng ít nhất 99,9%")
        .on("uptime")
        .at_least("99.9", "99")
        .tells(From("99.94", "99.76"))
        .lives(ActiveFrom(2)),
    objective("ud.obj", "kt.speed", "UD", "UD01", "Phiên bản 5.0 đúng hẹn").weighs("2"),
    key_result("ud.feat", "ud.obj", "UD", "UD01", "Hoàn thành 36 tính năng của bản 5.0")
        .on("features_shipped")
        .by(Source::Sum)
        .rises("0", "36")
        .serves(&[("co.v5", "0")]),
    key_result("ud.crash", "ud.obj", "UD", "UD02", "Tỷ lệ văng ứng dụng không quá 0,3%")
        .at_most("0.3", "1")
        .tells(From("0.62", "0.28")),
    kpi("ud02.feat", "ud.feat", "", "UD02", "8 tính năng di động")
        .on("features_shipped")
        .rises("0", "8")
        .tells(To("5")),
    kpi("ud03.feat", "ud.feat", "", "UD03", "8 tính năng màn hình bán hàng")
        .on("features_shipped")
        .rises("0", "8")
        .tells(To("7")),
    kpi("ud04.feat", "ud.feat", "", "UD04", "7 tính năng báo cáo")
        .on("features_shipped")
        .rises("0", "7")
        .tells(To("4")),
    kpi("ud05.feat", "ud.feat", "", "UD05", "7 tính năng tích hợp")
        .on("features_shipped")
        .rises("0", "7")
        .tells(To("1")),
    kpi("ud06.feat", "ud.feat", "", "UD06", "6 tính năng tự động hóa")
        .on("features_shipped")
        .rises("0", "6")
        .tells(To("4")),
    kpi("ud04.offline", "ud.obj", "", "UD04", "Bản thử chế độ ngoại tuyến")
        .steps(&["Lưu cục bộ", "Đồng bộ", "Xử lý xung đột"])
        .lives(Pending(6)),
    kpi("ud05.hook", "ud.obj", "", "UD05", "Tài liệu webhook cho đối tác")
        .steps(&["Dàn ý", "Viết", "Duyệt"])
        .lives(Draft),
    objective("qa.obj", "kt.rel", "QA", "QA01", "Lỗi đến tay khách hàng ít hơn").serves(&[("kh.obj", "1")]),
    key_result("qa.escape", "qa.obj", "QA", "QA01", "Lỗi lọt đến khách hàng từ 34 xuống 15")
        .on("escaped_bugs")
        .falls("34", "15")
        .tells(Steady),
    key_result("qa.auto", "qa.obj", "QA", "QA02", "Độ phủ kiểm thử tự động từ 48% lên 70%")
        .on("test_coverage")
        .rises("48", "70")
        .tells(Slow),
    kpi("qa02.e2e", "qa.obj", "", "QA02", "Viết 120 kịch bản kiểm thử đầu cuối").rises("0", "120").tells(Steady),
    kpi("qa03.regress", "qa.obj", "", "QA03", "Kiểm thử hồi quy từ 30 xuống 12 giờ")
        .on("regression_time")
        .falls("30", "12")
        .tells(Ahead),
    kpi("qa04.perf", "qa.obj", "", "QA04", "Bộ kiểm thử hiệu năng chạy hằng đêm")
        .steps(&["Chọn công cụ", "Viết kịch bản", "Chạy hằng đêm"])
        .tells(Silent),
];
