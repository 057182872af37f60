//! The company's goals: of the year, and of the quarter.

use crate::demo::plan::Life::{Done, Held};
use crate::demo::plan::Tale::{Ahead, From, Reached, Slow, Steady, To};
use crate::demo::plan::{Plan, key_result, kpi, objective};
use crate::domain::words::{Source, Visibility};

pub(super) const GOALS: &[Plan] = &[
    objective("y.lead", "", "HD", "BGD01", "Trở thành nền tảng CRM được doanh nghiệp vừa Việt Nam tin dùng nhất")
        .about("Mục tiêu của cả năm tài chính; mục tiêu mỗi quý đóng góp vào đây.")
        .of_the_year(),
    kpi("y.rev", "y.lead", "HD", "BGD01", "Doanh thu ký mới cả năm đạt 84 tỷ đồng")
        .on("bookings_value")
        .by(Source::Sum)
        .rises("0", "84_000_000_000")
        .weighs("3")
        .of_the_year(),
    key_result("y.nps", "y.lead", "HD", "KH01", "Điểm NPS cả năm tăng từ 41 lên 55")
        .on("nps")
        .rises("41", "55")
        .tells(To("43"))
        .of_the_year(),
    objective("y.team", "", "HD", "BGD01", "Nơi làm việc tốt nhất cho người làm phần mềm").of_the_year().aspires(),
    objective("co.growth", "y.lead", "HD", "BGD01", "Tăng trưởng nhanh và bền vững trong quý")
        .about("Ký mới mạnh hơn, giữ chân tốt hơn, không đánh đổi chất lượng doanh thu.")
        .weighs("2"),
    kpi("co.rev", "y.rev", "HD", "KD01", "Doanh thu ký mới quý đạt 18 tỷ đồng")
        .on("bookings_value")
        .by(Source::Sum)
        .rises("0", "18_000_000_000")
        .serves(&[("co.growth", "3")])
        .watched(&["BGD02", "TC01"]),
    key_result("co.cust", "co.growth", "HD", "KD01", "Thêm 120 khách hàng trả phí")
        .on("customers_new")
        .by(Source::Sum)
        .rises("0", "120"),
    key_result("co.nrr", "co.growth", "HD", "KH01", "Doanh thu giữ lại thuần tối thiểu 106%")
        .on("net_revenue_retention")
        .at_least("106", "96")
        .tells(From("104.1", "106.8"))
        .weighs("2"),
    key_result("co.churn", "co.growth", "HD", "KH01", "Tỷ lệ rời bỏ không quá 2% mỗi tháng")
        .on("monthly_churn")
        .at_most("2", "4")
        .tells(From("1.9", "2.34"))
        .with(&["CS01"]),
    kpi("co.fund", "co.growth", "HD", "BGD01", "Hoàn tất vòng gọi vốn Series A")
        .steps(&[
            "Chốt danh sách quỹ quan tâm",
            "Hoàn thiện phòng dữ liệu",
            "Nhận đề nghị đầu tư",
            "Thẩm định pháp lý và tài chính",
            "Ký hợp đồng đầu tư",
        ])
        .tells(Steady)
        .with(&["VH01"])
        .watched(&["BGD02"])
        .seen(Visibility::Restricted),
    objective("co.product", "y.lead", "HD", "KT01", "Sản phẩm ổn định và được khách hàng yêu thích")
        .by(Source::KeyResults),
    key_result("co.uptime", "co.product", "HD", "KT01", "Mọi dịch vụ sẵn sàng ít nhất 99,9%")
        .on("uptime")
        .by(Source::Min)
        .at_least("99.9", "99"),
    key_result("co.nps", "co.product", "HD", "KH01", "Điểm NPS quý tăng từ 41 lên 48")
        .on("nps")
        .rises("41", "48")
        .tells(To("45"))
        .serves(&[("y.nps", "0")]),
    key_result("co.v5", "co.product", "HD", "KT01", "Phát hành Hải Đăng CRM 5.0")
        .steps(&[
            "Chốt phạm vi",
            "Bản alpha nội bộ",
            "Bản beta cho 20 khách hàng",
            "Chuyển đổi dữ liệu thử",
            "Đào tạo đội hỗ trợ",
            "Phát hành chính thức",
        ])
        .tells(Slow)
        .with(&["SP01", "UD01"])
        .weighs("2"),
    objective("co.people", "y.team", "HD", "VH01", "Xây đội ngũ mạnh và gắn kết"),
    key_result("co.hires", "co.people", "HD", "NS01", "Tuyển thêm 14 đồng nghiệp")
        .on("hires")
        .by(Source::Sum)
        .rises("0", "14"),
    key_result("co.enps", "co.people", "HD", "NS01", "Điểm eNPS từ 35 trở lên")
        .on("enps")
        .at_least("35", "10")
        .tells(From("31", "37")),
    key_result("co.exit", "co.people", "HD", "VH01", "Tỷ lệ nghỉ việc trong quý không quá 3%")
        .on("attrition")
        .at_most("3", "8")
        .tells(From("0", "1.6")),
    kpi("co.cost", "co.growth", "HD", "VH01", "Chi phí vận hành tháng từ 4,2 đến 4,8 tỷ đồng")
        .on("operating_cost")
        .within("4_200_000_000", "4_800_000_000", "600_000_000")
        .tells(From("4_450_000_000", "4_710_000_000"))
        .with(&["TC01"])
        .seen(Visibility::Internal),
    objective("vh.obj", "co.people", "VH", "VH01", "Vận hành gọn nhẹ và minh bạch"),
    key_result("vh.close", "vh.obj", "VH", "TC01", "Rút ngắn thời gian khóa sổ từ 9 xuống 5 ngày")
        .on("closing_days")
        .falls("9", "5")
        .tells(To("7")),
    key_result("vh.digital", "vh.obj", "VH", "VH01", "Số hóa 12 quy trình nội bộ")
        .rises("0", "12")
        .tells(Slow)
        .with(&["NS03"]),
    kpi("vh.hires", "co.hires", "VH", "VH01", "Tuyển 2 người cho khối Vận hành")
        .on("hires")
        .rises("0", "2")
        .tells(To("1")),
    objective("ns.obj", "co.people", "NS", "NS01", "Tuyển đúng người, giữ người giỏi"),
    key_result("ns.time", "ns.obj", "NS", "NS02", "Thời gian tuyển dụng từ 45 xuống 30 ngày")
        .on("time_to_hire")
        .falls("45", "30")
        .tells(Slow)
        .serves(&[("co.hires", "0")]),
    key_result("ns.train", "ns.obj", "NS", "NS03", "Mỗi người học đủ 16 giờ trong quý")
        .on("training_hours")
        .rises("0", "16")
        .tells(Steady),
    kpi("ns02.cv", "ns.obj", "", "NS02", "Tiếp cận 180 ứng viên phù hợp").rises("0", "180").tells(Ahead),
    kpi("ns03.survey", "ns.obj", "", "NS03", "Khảo sát gắn kết toàn công ty")
        .steps(&["Soạn bộ câu hỏi", "Mở khảo sát", "Phân tích kết quả", "Trình bày với ban giám đốc"])
        .tells(Reached)
        .lives(Done(7)),
    kpi("tc.debt", "vh.obj", "TC", "TC01", "Giảm công nợ quá hạn từ 2,4 tỷ xuống 900 triệu")
        .on("overdue_debt")
        .falls("2_400_000_000", "900_000_000")
        .tells(Steady)
        .serves(&[("co.growth", "1")]),
    kpi("tc.legal", "vh.obj", "TC", "TC03", "Chuẩn hóa bộ hợp đồng mẫu")
        .steps(&["Rà soát hợp đồng hiện có", "Soạn mẫu mới", "Lấy ý kiến Kinh doanh", "Ban hành"])
        .tells(Steady)
        .serves(&[("kd.win", "1")]),
    kpi("tc02.inv", "vh.obj", "", "TC02", "Ít nhất 98% hóa đơn xuất trong 24 giờ")
        .at_least("98", "80")
        .tells(From("95.2", "98.6")),
    kpi("tc03.data", "tc.legal", "", "TC03", "Cập nhật chính sách bảo vệ dữ liệu cá nhân")
        .steps(&["Đánh giá tác động", "Cập nhật chính sách", "Đào tạo toàn công ty"])
        .tells(Steady)
        .lives(Held(5, "Chờ nghị định hướng dẫn mới của Chính phủ")),
];
