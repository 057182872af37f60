//! The company's units and people.

use crate::domain::words::{Role, UnitKind};

/// The company's name.
pub(super) const COMPANY: &str = "Công ty Cổ phần Phần mềm Hải Đăng";
/// What follows the @ in its email addresses: a name that nobody can own.
pub(super) const MAIL: &str = "haidang.example";
/// The one who founded it.
pub(super) const FOUNDER: &str = "BGD01";
/// Who runs its goals.
pub(super) const HR: &str = "NS01";

/// A department or a team.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitPlan {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: UnitKind,
    /// The code of the unit that it lies in; none for the company.
    pub(super) parent: Option<&'static str>,
    /// The employee codes of who leads it.
    pub(super) lead: &'static str,
}

const fn department(code: &'static str, name: &'static str, lead: &'static str) -> UnitPlan {
    UnitPlan { code, name, kind: UnitKind::Department, parent: None, lead }
}

const fn team(code: &'static str, parent: &'static str, name: &'static str, lead: &'static str) -> UnitPlan {
    UnitPlan { code, name, kind: UnitKind::Team, parent: Some(parent), lead }
}

/// The code of the company unit.
pub(super) const ROOT: &str = "HD";

/// Departments and teams, each after the one that it lies in.
pub(super) const UNITS: &[UnitPlan] = &[
    department("KD", "Kinh doanh & Marketing", "KD01"),
    team("KD-HN", "KD", "Kinh doanh Hà Nội", "HN01"),
    team("KD-SG", "KD", "Kinh doanh TP. Hồ Chí Minh", "SG01"),
    team("MKT", "KD", "Marketing", "MK01"),
    department("KT", "Sản phẩm & Kỹ thuật", "KT01"),
    team("SP", "KT", "Sản phẩm & Thiết kế", "SP01"),
    team("NT", "KT", "Nền tảng", "NT01"),
    team("UD", "KT", "Ứng dụng", "UD01"),
    team("QA", "KT", "Đảm bảo chất lượng", "QA01"),
    department("KH", "Khách hàng", "KH01"),
    team("CS", "KH", "Thành công khách hàng", "CS01"),
    team("HT", "KH", "Hỗ trợ kỹ thuật", "HT01"),
    department("VH", "Vận hành", "VH01"),
    team("NS", "VH", "Nhân sự", "NS01"),
    team("TC", "VH", "Tài chính & Pháp chế", "TC01"),
];

/// Someone of the company.
#[derive(Debug, Clone, Copy)]
pub(super) struct PersonPlan {
    /// Their employee code.
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// The code of their home unit.
    pub(super) unit: &'static str,
}

const fn person(code: &'static str, unit: &'static str, name: &'static str, title: &'static str) -> PersonPlan {
    PersonPlan { code, name, title, unit }
}

/// Everyone.
pub(super) const PEOPLE: &[PersonPlan] = &[
    person("BGD01", "HD", "Trần Quốc Khánh", "Tổng giám đốc"),
    person("BGD02", "HD", "Phạm Ngọc Diệp", "Giám đốc chiến lược"),
    person("KD01", "KD", "Nguyễn Thị Thu Hà", "Giám đốc kinh doanh"),
    person("HN01", "KD-HN", "Lê Đức Mạnh", "Trưởng nhóm kinh doanh Hà Nội"),
    person("HN02", "KD-HN", "Phạm Thị Lan Anh", "Chuyên viên kinh doanh cấp cao"),
    person("HN03", "KD-HN", "Đỗ Hoàng Nam", "Chuyên viên kinh doanh"),
    person("HN04", "KD-HN", "Vũ Thị Hồng Nhung", "Chuyên viên kinh doanh"),
    person("HN05", "KD-HN", "Bùi Quang Huy", "Chuyên viên kinh doanh"),
    person("HN06", "KD-HN", "Ngô Thanh Tùng", "Chuyên viên kinh doanh"),
    person("SG01", "KD-SG", "Huỳnh Minh Tâm", "Trưởng nhóm kinh doanh TP. Hồ Chí Minh"),
    person("SG02", "KD-SG", "Trương Thị Kim Ngân", "Chuyên viên kinh doanh cấp cao"),
    person("SG03", "KD-SG", "Lý Gia Bảo", "Chuyên viên kinh doanh"),
    person("SG04", "KD-SG", "Võ Thị Mỹ Duyên", "Chuyên viên kinh doanh"),
    person("SG05", "KD-SG", "Phan Anh Kiệt", "Chuyên viên kinh doanh"),
    person("SG06", "KD-SG", "Đặng Thị Cẩm Tú", "Chuyên viên kinh doanh"),
    person("SG07", "KD-SG", "Nguyễn Hữu Phước", "Chuyên viên phát triển thị trường"),
    person("MK01", "MKT", "Hoàng Thị Phương Thảo", "Trưởng nhóm Marketing"),
    person("MK02", "MKT", "Nguyễn Đức Anh", "Chuyên viên nội dung"),
    person("MK03", "MKT", "Lê Thị Khánh Linh", "Chuyên viên quảng cáo số"),
    person("MK04", "MKT", "Trần Nhật Minh", "Chuyên viên SEO"),
    person("MK05", "MKT", "Mai Thị Ngọc Hân", "Chuyên viên sự kiện"),
    person("KT01", "KT", "Vũ Đình Long", "Giám đốc công nghệ"),
    person("SP01", "SP", "Đinh Thị Minh Châu", "Trưởng nhóm sản phẩm"),
    person("SP02", "SP", "Nguyễn Hoài Phương", "Quản lý sản phẩm"),
    person("SP03", "SP", "Lâm Tuấn Kiệt", "Quản lý sản phẩm di động"),
    person("SP04", "SP", "Cao Thị Diễm My", "Nghiên cứu trải nghiệm người dùng"),
    person("SP05", "SP", "Tạ Quang Dũng", "Thiết kế giao diện"),
    person("NT01", "NT", "Phạm Tiến Dũng", "Trưởng nhóm nền tảng"),
    person("NT02", "NT", "Nguyễn Trọng Nghĩa", "Kỹ sư độ tin cậy hệ thống"),
    person("NT03", "NT", "Trịnh Xuân Bách", "Kỹ sư backend cấp cao"),
    person("NT04", "NT", "Hồ Thị Bích Ngọc", "Kỹ sư dữ liệu"),
    person("NT05", "NT", "Lương Văn Thịnh", "Kỹ sư DevOps"),
    person("UD01", "UD", "Nguyễn Thị Hải Yến", "Trưởng nhóm ứng dụng"),
    person("UD02", "UD", "Đào Công Minh", "Kỹ sư di động"),
    person("UD03", "UD", "Trần Thị Thanh Hương", "Kỹ sư frontend cấp cao"),
    person("UD04", "UD", "Bùi Tiến Đạt", "Kỹ sư frontend"),
    person("UD05", "UD", "Châu Gia Huy", "Kỹ sư backend"),
    person("UD06", "UD", "Quách Thị Thùy Trang", "Kỹ sư backend"),
    person("QA01", "QA", "Phùng Thị Ngọc Mai", "Trưởng nhóm đảm bảo chất lượng"),
    person("QA02", "QA", "Nguyễn Bá Thành", "Kỹ sư kiểm thử tự động"),
    person("QA03", "QA", "Dương Thị Hoài Thu", "Kỹ sư kiểm thử"),
    person("QA04", "QA", "Tô Minh Quân", "Kỹ sư kiểm thử hiệu năng"),
    person("KH01", "KH", "Đoàn Thị Bảo Trâm", "Giám đốc khách hàng"),
    person("CS01", "CS", "Lê Hoàng Phúc", "Trưởng nhóm thành công khách hàng"),
    person("CS02", "CS", "Nguyễn Thị Tường Vi", "Quản lý khách hàng cấp cao"),
    person("CS03", "CS", "Hà Mạnh Cường", "Quản lý khách hàng"),
    person("CS04", "CS", "Trần Thị Quỳnh Như", "Quản lý khách hàng"),
    person("CS05", "CS", "Phan Thanh Sơn", "Quản lý khách hàng"),
    person("CS06", "CS", "Vương Thị Tuyết Mai", "Chuyên viên đào tạo khách hàng"),
    person("HT01", "HT", "Nguyễn Văn Lộc", "Trưởng nhóm hỗ trợ kỹ thuật"),
    person("HT02", "HT", "Trần Thị Mai Phương", "Trưởng ca sáng"),
    person("HT03", "HT", "Kiều Anh Tuấn", "Trưởng ca tối"),
    person("HT04", "HT", "Lưu Thị Hạnh", "Chuyên viên hỗ trợ"),
    person("HT05", "HT", "Đặng Quốc Việt", "Chuyên viên hỗ trợ"),
    person("HT06", "HT", "Thái Thị Ánh Tuyết", "Chuyên viên hỗ trợ"),
    person("VH01", "VH", "Ngô Thị Thanh Bình", "Giám đốc vận hành"),
    person("NS01", "NS", "Phạm Thị Hồng Vân", "Trưởng nhóm nhân sự"),
    person("NS02", "NS", "Nguyễn Minh Khôi", "Chuyên viên tuyển dụng"),
    person("NS03", "NS", "Đỗ Thị Thu Trang", "Chuyên viên đào tạo & phúc lợi"),
    person("TC01", "TC", "Lại Thế Anh", "Kế toán trưởng"),
    person("TC02", "TC", "Trần Thị Ngọc Bích", "Kế toán viên"),
    person("TC03", "TC", "Hứa Thị Thanh Thảo", "Chuyên viên pháp chế"),
];

/// Managers who are not the lead of the home unit: employee code and the manager's.
pub(super) const MANAGERS: &[(&str, &str)] = &[("HT06", "HT02"), ("UD02", "SP03")];

/// Who supervises which unit.
pub(super) const SUPERVISORS: &[(&str, &str)] = &[("KD", "BGD02")];

/// Someone who can sign in.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignInPlan {
    /// Their employee code.
    pub(super) code: &'static str,
    pub(super) role: Role,
    /// What they are, for whoever tries the demo.
    pub(super) title: &'static str,
}

/// Those who can sign in; all others have no password.
pub(super) const SIGN_INS: &[SignInPlan] = &[
    SignInPlan { code: FOUNDER, role: Role::Owner, title: "Owner" },
    SignInPlan { code: HR, role: Role::Admin, title: "Admin (HR)" },
    SignInPlan { code: "KD01", role: Role::Member, title: "Department lead" },
    SignInPlan { code: "SG01", role: Role::Member, title: "Team lead" },
    SignInPlan { code: "SG03", role: Role::Member, title: "Employee" },
];

/// Someone's plan by their employee code.
pub(super) fn find(code: &str) -> Option<&'static PersonPlan> {
    PEOPLE.iter().find(|person| person.code == code)
}

impl PersonPlan {
    /// `Lê Đức Mạnh` is `le.duc.manh@…`.
    pub(super) fn email(&self) -> String {
        let local = crate::domain::text::fold(self.name).split_whitespace().collect::<Vec<_>>().join(".");
        format!("{local}@{MAIL}")
    }
}
