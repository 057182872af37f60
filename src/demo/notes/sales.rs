//! What sales and marketing say in their check-ins.

use super::Words;

pub(super) const SALES: Words = Words {
    good: &[
        "Hai hợp đồng lớn ký sớm hơn dự kiến, khách thanh toán trước 50%.",
        "Khách cũ giới thiệu thêm ba đầu mối, tỷ lệ chốt rất tốt.",
        "Ký xong với chuỗi bán lẻ, tuần sau triển khai cửa hàng đầu tiên.",
        "Buổi trình diễn chung với đội Sản phẩm giúp chốt nhanh hơn hẳn.",
        "Closed two deals this week, one of them an upgrade from the starter plan.",
        "Pipeline is healthy: every open deal has a next step with a date.",
        "Khách đồng ý gói hai năm, giá trị hợp đồng cao hơn chỉ tiêu.",
    ],
    even: &[
        "Đúng kế hoạch tuần, ba cơ hội đang chờ duyệt ngân sách.",
        "Đã gặp năm khách, hai khách vào vòng báo giá.",
        "Một hợp đồng dời sang tuần sau vì khách đổi người phụ trách.",
        "Tuần này tập trung chăm sóc các cơ hội giai đoạn cuối.",
        "Three demos done, two proposals sent, waiting for feedback.",
        "On plan. The larger deal needs one more meeting with their CFO.",
        "Đã chốt danh sách khách ưu tiên cho nửa sau của quý.",
        "Báo giá đã gửi, khách hẹn trả lời trước thứ Tư.",
    ],
    behind: &[
        "Khách lớn nhất hoãn quyết định sang quý sau, đang tìm cơ hội bù.",
        "Cơ hội mới vào ít, tuần này chỉ có hai cuộc gặp.",
        "Đối thủ giảm giá mạnh, hai khách đang cân nhắc lại.",
        "Chốt chậm hơn kế hoạch, cần hỗ trợ từ trưởng nhóm cho ba khách lớn.",
        "Lost a deal on price; asking marketing for a comparison sheet.",
        "Behind plan: legal review on the customer's side takes three weeks.",
    ],
    blockers: &[
        "Chờ pháp chế duyệt điều khoản bảo mật của khách.",
        "Khách cần báo cáo tồn kho mà bản hiện tại chưa có.",
        "Waiting for a reference customer in the same industry.",
        "Chưa có bảng giá cho gói đại lý.",
    ],
    next: &[
        "Gặp lại giám đốc tài chính của khách vào thứ Ba.",
        "Gửi đề xuất gói hai năm kèm chiết khấu.",
        "Mời khách tham dự Ngày hội Hải Đăng.",
        "Call every stalled deal before Wednesday.",
        "Rà soát lại danh sách cơ hội cùng trưởng nhóm.",
    ],
    evidence: &[
        ("Báo cáo cơ hội tuần", "https://crm.haidang.example/reports/pipeline"),
        ("Hợp đồng đã ký", "https://docs.haidang.example/contracts"),
    ],
};

pub(super) const MARKETING: Words = Words {
    good: &[
        "Chiến dịch mới có tỷ lệ chuyển đổi gấp rưỡi tháng trước.",
        "Bài viết về quản lý kho lên trang nhất, lead tự nhiên tăng mạnh.",
        "The webinar brought 140 sign-ups, a record for us.",
        "Video khách hàng kể chuyện được chia sẻ rất nhiều.",
    ],
    even: &[
        "Số liệu theo sát kế hoạch, đã đổi mẫu quảng cáo cho nhóm bán lẻ.",
        "Đã đăng bốn bài, hai bài vào tốp 10.",
        "Two case studies are written and wait for the customers' approval.",
        "Danh sách khách mời đạt hai phần ba.",
        "Ngân sách tuần chi đúng kế hoạch, chất lượng lead ổn định.",
    ],
    behind: &[
        "Thuật toán tìm kiếm thay đổi, nhiều từ khóa tụt hạng.",
        "Lead nhiều nhưng đạt chuẩn ít, cần siết lại tiêu chí nhắm chọn.",
        "Organic traffic dropped by a fifth after the redesign; fixing redirects.",
        "Giá quảng cáo tăng cao do mùa mua sắm.",
    ],
    blockers: &[
        "Chờ duyệt ngân sách bổ sung.",
        "Khách hàng chưa đồng ý cho dùng tên.",
        "The landing page needs a developer.",
    ],
    next: &[
        "Chạy thử hai mẫu quảng cáo mới.",
        "Phỏng vấn thêm hai khách hàng ngành sản xuất.",
        "Fix the top ten landing pages.",
        "Gửi thư mời đợt hai.",
    ],
    evidence: &[("Bảng số liệu Marketing", "https://bi.haidang.example/marketing")],
};
