//! What product and engineering say in their check-ins.

use super::Words;

pub(super) const ENGINEERING: Words = Words {
    good: &[
        "Bộ nhớ đệm mới giảm hẳn tải cho cơ sở dữ liệu.",
        "Xong sớm hai tính năng, đã bàn giao kiểm thử.",
        "Rolled the new pipeline out to all services without a hiccup.",
        "Tự động hóa thêm một nhóm kịch bản, tiết kiệm được nửa ngày mỗi tuần.",
        "Số đo sau phát hành tốt hơn mong đợi, không có cảnh báo nào.",
        "Khách dùng thử phản hồi rất tốt về màn hình mới.",
    ],
    even: &[
        "Đúng kế hoạch sprint, còn hai việc chờ duyệt mã.",
        "Đã sửa các truy vấn chậm nhất, tuần sau đo lại.",
        "Merged the groundwork; the visible part follows next sprint.",
        "Đã thử nghiệm với năm khách hàng, ghi nhận mười hai góp ý.",
        "Tiến độ ổn, đang chờ đội QA xác nhận.",
        "Split the work into smaller releases, first one is live.",
        "Hoàn thành bản nháp, đã trình bày với nhóm.",
    ],
    behind: &[
        "Thiếu người sau khi một bạn nghỉ ốm, lùi hai việc sang sprint sau.",
        "Nâng cấp thư viện gây lỗi dây chuyền, mất ba ngày xử lý.",
        "The migration turned up data that nobody expected; re-planning.",
        "Chưa tuyển được kỹ sư nên khối lượng dồn lên hai người.",
        "Ước lượng ban đầu quá lạc quan, cần cắt bớt phạm vi.",
        "Flaky tests hide real failures; spent the week on stabilising them.",
    ],
    blockers: &[
        "Chờ nhà cung cấp mở hạn mức máy chủ.",
        "Môi trường kiểm thử không ổn định.",
        "Blocked by the vendor's API rate limits.",
        "Chưa chốt phạm vi với đội Kinh doanh.",
    ],
    next: &[
        "Chuyển nốt các dịch vụ còn lại.",
        "Đo tải lại trước khi phát hành.",
        "Write the rollback plan.",
        "Họp ba bên với QA và Hỗ trợ về lỗi tồn.",
        "Trình bày kết quả ở buổi tổng kết sprint.",
    ],
    evidence: &[
        ("Bảng theo dõi hệ thống", "https://grafana.haidang.example/d/overview"),
        ("Pull request", "https://git.haidang.example/crm/pulls"),
        ("Báo cáo kiểm thử", "https://qa.haidang.example/reports/latest"),
    ],
};
