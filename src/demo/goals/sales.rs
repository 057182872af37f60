//! The goals of sales and marketing.

use crate::demo::plan::Life::{Dropped, Held};
use crate::demo::plan::Tale::{Ahead, Fades, From, Silent, Slow, Steady, Stuck, To};
use crate::demo::plan::{Plan, key_result, kpi, objective};
use crate::domain::words::Source;

pub(super) const GOALS: &[Plan] = &[
    objective("kd.win", "co.growth", "KD", "KD01", "Thắng lớn ở phân khúc doanh nghiệp vừa").weighs("2"),
    key_result("kd.rate", "kd.win", "KD", "KD01", "Tỷ lệ thắng cơ hội tăng từ 21% lên 28%")
        .on("opportunity_win_rate")
        .by(Source::WeightedAverage)
        .rises("21", "28"),
    key_result("kd.cycle", "kd.win", "KD", "KD01", "Vòng đời bán hàng từ 46 xuống 38 ngày")
        .on("sales_cycle")
        .falls("46", "38")
        .tells(To("42")),
    key_result("kd.big", "kd.win", "KD", "KD01", "Ký 6 hợp đồng trên 1 tỷ đồng")
        .rises("0", "6")
        .tells(To("5"))
        .weighs("2"),
    kpi("kd.rev", "co.rev", "KD", "KD01", "Doanh thu ký mới khối Kinh doanh đạt 18 tỷ đồng")
        .on("bookings_value")
        .by(Source::Sum)
        .rises("0", "18_000_000_000"),
    kpi("kd.cust", "co.cust", "KD", "KD01", "Khối Kinh doanh ký 120 khách hàng mới")
        .on("customers_new")
        .by(Source::Sum)
        .rises("0", "120"),
    kpi("kd.pipe", "kd.win", "KD", "KD01", "Giá trị cơ hội mở gấp ba lần chỉ tiêu")
        .on("pipeline_value")
        .rises("18_000_000_000", "54_000_000_000")
        .tells(Steady),
    kpi("kd.hires", "co.hires", "KD", "KD01", "Tuyển 4 nhân sự kinh doanh").on("hires").rises("0", "4").tells(To("3")),
    kpi("hn.rev", "kd.rev", "KD-HN", "HN01", "Doanh thu ký mới Hà Nội đạt 7,5 tỷ đồng")
        .on("bookings_value")
        .by(Source::Sum)
        .rises("0", "7_500_000_000"),
    kpi("hn.cust", "kd.cust", "KD-HN", "HN01", "Hà Nội ký 48 khách hàng mới")
        .on("customers_new")
        .rises("0", "48")
        .tells(Ahead),
    kpi("hn.rate", "kd.rate", "KD-HN", "HN01", "Tỷ lệ thắng của Hà Nội tăng từ 20% lên 27%")
        .on("opportunity_win_rate")
        .rises("20", "27")
        .tells(Steady)
        .weighs("2"),
    kpi("hn.won", "kd.win", "KD-HN", "HN01", "Hà Nội chốt thành công 30% giao dịch")
        .about(
            "Tự động tính từ giao dịch của cả nhóm: thắng trên tổng số đã kết thúc, không phải trung bình từng người.",
        )
        .on("win_rate")
        .by(Source::Measurements)
        .rises("0", "30"),
    objective("hn.obj", "kd.win", "KD-HN", "HN01", "Phủ kín các khu công nghiệp phía Bắc"),
    key_result("hn.visits", "hn.obj", "KD-HN", "HN01", "Gặp 90 doanh nghiệp sản xuất")
        .on("meetings")
        .by(Source::Sum)
        .rises("0", "90"),
    key_result("hn.demo", "hn.obj", "KD-HN", "HN01", "Trình diễn sản phẩm 60 buổi").rises("0", "60").tells(Slow),
    kpi("hn02.rev", "hn.rev", "", "HN02", "Lan Anh: 1,8 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_800_000_000")
        .tells(Ahead),
    kpi("hn03.rev", "hn.rev", "", "HN03", "Hoàng Nam: 1,5 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_500_000_000")
        .tells(Steady),
    kpi("hn04.rev", "hn.rev", "", "HN04", "Hồng Nhung: 1,5 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_500_000_000")
        .tells(Steady),
    kpi("hn05.rev", "hn.rev", "", "HN05", "Quang Huy: 1,4 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_400_000_000")
        .tells(Stuck),
    kpi("hn06.rev", "hn.rev", "", "HN06", "Thanh Tùng: 1,3 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_300_000_000")
        .tells(Fades),
    kpi("hn03.meet", "hn.visits", "", "HN03", "30 cuộc gặp tại Bắc Ninh, Bắc Giang")
        .on("meetings")
        .by(Source::Measurements)
        .rises("0", "30")
        .tells(Steady),
    kpi("hn04.meet", "hn.visits", "", "HN04", "30 cuộc gặp tại Hải Phòng, Hải Dương")
        .on("meetings")
        .by(Source::Measurements)
        .rises("0", "30")
        .tells(Ahead),
    kpi("hn05.meet", "hn.visits", "", "HN05", "30 cuộc gặp tại Vĩnh Phúc, Thái Nguyên")
        .on("meetings")
        .by(Source::Measurements)
        .rises("0", "30")
        .tells(Slow),
    kpi("sg.rev", "kd.rev", "KD-SG", "SG01", "Doanh thu ký mới TP. Hồ Chí Minh đạt 10,5 tỷ đồng")
        .about("Chỉ tiêu của từng người mới cộng lại được 10 tỷ; 500 triệu còn lại chưa có ai nhận.")
        .on("bookings_value")
        .by(Source::Sum)
        .rises("0", "10_500_000_000"),
    kpi("sg.cust", "kd.cust", "KD-SG", "SG01", "TP. Hồ Chí Minh ký 72 khách hàng mới")
        .on("customers_new")
        .rises("0", "72")
        .tells(Steady),
    kpi("sg.rate", "kd.rate", "KD-SG", "SG01", "Tỷ lệ thắng của TP. Hồ Chí Minh tăng từ 22% lên 29%")
        .on("opportunity_win_rate")
        .rises("22", "29")
        .tells(Slow)
        .weighs("3"),
    objective("sg.obj", "kd.win", "KD-SG", "SG01", "Các chuỗi bán lẻ chọn Hải Đăng"),
    key_result("sg.chain", "sg.obj", "KD-SG", "SG02", "Ký 4 chuỗi bán lẻ").rises("0", "4").tells(To("3")).weighs("2"),
    key_result("sg.pilot", "sg.obj", "KD-SG", "SG03", "Triển khai thử cho 8 chuỗi bán lẻ")
        .rises("0", "8")
        .tells(To("5")),
    kpi("sg02.rev", "sg.rev", "", "SG02", "Kim Ngân: 2,2 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "2_200_000_000")
        .tells(Ahead),
    kpi("sg03.rev", "sg.rev", "", "SG03", "Gia Bảo: 1,8 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_800_000_000")
        .tells(Steady),
    kpi("sg04.rev", "sg.rev", "", "SG04", "Mỹ Duyên: 1,8 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_800_000_000")
        .tells(Steady),
    kpi("sg05.rev", "sg.rev", "", "SG05", "Anh Kiệt: 1,6 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_600_000_000")
        .tells(Slow),
    kpi("sg06.rev", "sg.rev", "", "SG06", "Cẩm Tú: 1,4 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_400_000_000")
        .tells(Steady),
    kpi("sg07.rev", "sg.rev", "", "SG07", "Hữu Phước: 1,2 tỷ đồng doanh thu ký mới")
        .on("bookings_value")
        .rises("0", "1_200_000_000")
        .tells(Stuck),
    objective("sg03.obj", "sg.obj", "", "SG03", "Trở thành chuyên gia ngành bán lẻ của nhóm").aspires(),
    key_result("sg03.learn", "sg03.obj", "", "SG03", "Hoàn thành lộ trình học ngành bán lẻ")
        .steps(&[
            "Khóa vận hành chuỗi",
            "Khóa quản lý tồn kho",
            "Hai ngày làm việc tại cửa hàng",
            "Chia sẻ lại cho nhóm",
        ])
        .tells(Steady),
    key_result("sg03.case", "sg03.obj", "", "SG03", "Viết 5 tình huống bán hàng mẫu").rises("0", "5").tells(To("3")),
    kpi("sg05.fair", "sg.obj", "", "SG05", "Gian hàng tại triển lãm bán lẻ Vietfair")
        .steps(&["Đăng ký gian hàng", "Thiết kế", "Tổ chức", "Chăm sóc sau triển lãm"])
        .tells(Slow)
        .lives(Dropped(4, "Ban tổ chức dời triển lãm sang quý sau")),
    kpi("sg07.can", "sg.obj", "", "SG07", "Mở thị trường Cần Thơ: 10 đại lý")
        .rises("0", "10")
        .tells(Slow)
        .lives(Held(6, "Dồn lực cho các chuỗi bán lẻ đến hết quý")),
    kpi("mk.lead", "kd.pipe", "MKT", "MK01", "1.800 lead đạt chuẩn")
        .on("mqls")
        .by(Source::Sum)
        .rises("0", "1_800")
        .serves(&[("kd.win", "1")]),
    kpi("mk.cac", "kd.pipe", "MKT", "MK01", "Chi phí mỗi lead không quá 350 nghìn đồng")
        .on("cost_per_lead")
        .at_most("350_000", "600_000")
        .tells(From("398_000", "342_000"))
        .with(&["MK03"])
        .serves(&[("co.growth", "1")]),
    objective("mk.obj", "kd.win", "MKT", "MK01", "Thương hiệu dẫn đầu trong ngành"),
    key_result("mk.event", "mk.obj", "MKT", "MK05", "Tổ chức Ngày hội Hải Đăng")
        .steps(&[
            "Chốt chủ đề và địa điểm",
            "Mời diễn giả",
            "Mở đăng ký",
            "Tổ chức sự kiện",
            "Tổng kết và chăm sóc khách mời",
        ])
        .tells(Steady),
    key_result("mk.brand", "mk.obj", "MKT", "MK01", "Mức nhận biết thương hiệu tăng từ 18% lên 25%")
        .rises("18", "25")
        .tells(Silent),
    kpi("mk02.lead", "mk.lead", "", "MK02", "500 lead từ nội dung").on("mqls").rises("0", "500").tells(Steady),
    kpi("mk03.lead", "mk.lead", "", "MK03", "900 lead từ quảng cáo").on("mqls").rises("0", "900").tells(Ahead),
    kpi("mk04.lead", "mk.lead", "", "MK04", "400 lead từ tìm kiếm tự nhiên").on("mqls").rises("0", "400").tells(Slow),
    kpi("mk04.seo", "mk.obj", "", "MK04", "Vào tốp 3 Google cho 15 từ khóa").rises("0", "15").tells(Steady),
    kpi("mk02.case", "mk.obj", "", "MK02", "Viết 8 câu chuyện khách hàng")
        .rises("0", "8")
        .tells(To("5"))
        .serves(&[("cs.ref", "0")])
        .proposes(&[("kh.obj", "1")]),
    kpi("mk05.guests", "mk.obj", "", "MK05", "600 khách tham dự Ngày hội Hải Đăng").rises("0", "600").tells(Steady),
];
