//! What customer success and support say in their check-ins.

use super::Words;

pub(super) const CUSTOMERS: Words = Words {
    good: &[
        "Khách gia hạn sớm và mua thêm 40 tài khoản.",
        "Buổi đào tạo trực tuyến kín chỗ, điểm đánh giá 4,8/5.",
        "The new help articles already deflect one ticket in five.",
        "Ba khách hàng đồng ý làm khách hàng tham khảo.",
        "Thời gian phản hồi giảm rõ sau khi đổi cách chia ca.",
    ],
    even: &[
        "Đã gọi cho toàn bộ khách sắp hết hạn, chưa có rủi ro mới.",
        "Số yêu cầu ổn định, phần lớn là câu hỏi về hóa đơn.",
        "Two renewals moved to next week, both verbally confirmed.",
        "Đã gặp đội Sản phẩm, chốt thứ tự mười góp ý hàng đầu.",
        "Triển khai xong cho hai khách, một khách chờ dữ liệu.",
        "Playbook for the first thirty days is in use by half of the team.",
    ],
    behind: &[
        "Khách lớn dọa rời bỏ vì báo cáo chậm, đang xử lý cùng Kỹ thuật.",
        "Yêu cầu tăng đột biến sau bản cập nhật tuần trước.",
        "Hai khách hàng giảm số tài khoản vì cắt giảm nhân sự.",
        "The evening shift is one person short, response times suffer.",
        "Dữ liệu khách gửi lỗi nhiều, triển khai kéo dài hơn dự kiến.",
    ],
    blockers: &[
        "Chờ bản vá từ đội Ứng dụng.",
        "Thiếu người cho ca tối.",
        "The customer's IT has not opened the firewall yet.",
        "Chưa có số liệu sử dụng theo phòng ban của khách.",
    ],
    next: &[
        "Lên kế hoạch cứu ba khách hàng có điểm sức khỏe đỏ.",
        "Viết thêm bài hướng dẫn cho mười câu hỏi thường gặp nhất.",
        "Quarterly business review with the five largest customers.",
        "Rà soát hợp đồng hết hạn tháng tới.",
    ],
    evidence: &[
        ("Bảng điểm sức khỏe khách hàng", "https://bi.haidang.example/health"),
        ("Thống kê hỗ trợ", "https://help.haidang.example/stats"),
    ],
};
