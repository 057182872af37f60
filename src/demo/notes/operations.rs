//! What the board, HR and finance say in their check-ins.

use super::Words;

pub(super) const OPERATIONS: Words = Words {
    good: &[
        "Kết quả vượt kế hoạch, các phòng phối hợp rất tốt.",
        "Thu hồi được hai khoản nợ lâu năm.",
        "Both finalists accepted their offers.",
        "Kênh giới thiệu nội bộ mang về ứng viên chất lượng nhất.",
    ],
    even: &[
        "Đúng tiến độ, tuần sau báo cáo ban giám đốc.",
        "Đã phỏng vấn sáu ứng viên, hai người vào vòng cuối.",
        "Khóa sổ tháng sớm hơn một ngày so với tháng trước.",
        "Draft is with the lawyers; comments expected on Thursday.",
        "Đã hoàn tất hai lớp đào tạo, tỷ lệ tham gia 92%.",
        "Số liệu đã đối soát với ngân hàng.",
    ],
    behind: &[
        "Ứng viên kỹ thuật từ chối vì mức lương, cần xem lại khung.",
        "Hai khách hàng lớn xin lùi thanh toán.",
        "Chậm vì phải chờ quyết định của nhiều phòng.",
        "Processes are documented but nobody uses them yet.",
    ],
    blockers: &[
        "Chờ phê duyệt khung lương mới.",
        "Chưa nhận đủ chứng từ từ các phòng.",
        "Waiting for the auditor's calendar.",
    ],
    next: &[
        "Trình ban giám đốc khung lương kỹ thuật.",
        "Gọi nhắc nợ các khách quá hạn trên 60 ngày.",
        "Second round of interviews on Tuesday.",
        "Tổng hợp báo cáo cho buổi họp tháng.",
    ],
    evidence: &[
        ("Báo cáo quản trị", "https://docs.haidang.example/management"),
        ("Bảng theo dõi tuyển dụng", "https://hr.haidang.example/hiring"),
    ],
};
