//! Of the first run, sign-in, people and units.

macro_rules! organization {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // First run, sign-in, people.
            SetupDone "setup_done" 409 {
                "Already set up": "This instance has its organization; sign in instead.",
                "Đã thiết lập": "Hệ thống đã có tổ chức; hãy đăng nhập." }
            WrongSetupToken "wrong_setup_token" 403 {
                "Wrong setup token": "The setup token is the one that the service printed when it started.",
                "Sai mã thiết lập": "Mã thiết lập là mã mà dịch vụ in ra khi khởi động." }
            SignUpClosed "sign_up_closed" 403 {
                "Sign-up closed": "This instance takes no new organizations.",
                "Không nhận đăng ký": "Hệ thống không nhận tổ chức mới." }
            LinkUsed "link_not_usable" 409 {
                "Link not usable": "This link was used, has expired or was replaced by a newer one.",
                "Liên kết không dùng được": "Liên kết đã dùng, đã hết hạn hoặc đã được thay thế." }
            NameOrganization "name_organization" 409 {
                "Name the organization": "The instance has several organizations or none; name one with --organization.",
                "Hãy nêu tổ chức": "Hệ thống có nhiều tổ chức hoặc chưa có; hãy chỉ rõ bằng --organization." }
            ChooseOrganization "choose_organization" 409 {
                "Choose an organization": "This account belongs to several organizations; name one of `organizations`.",
                "Chọn tổ chức": "Tài khoản thuộc nhiều tổ chức; hãy chọn một trong `organizations`." }
            WeakPassword "weak_password" 422 {
                "Weak password": "Choose at least {least} characters that nobody guesses: no leaked or common password, no name, email, date, sequence or repetition; a few unrelated words do well.",
                "Mật khẩu yếu": "Hãy dùng ít nhất {least} ký tự khó đoán: không phải mật khẩu phổ biến hay đã lộ, không phải tên, email, ngày tháng, dãy hay lặp ký tự; vài từ không liên quan là tốt." }
            WrongPassword "wrong_password" 422 {
                "Wrong password": "This is not the present password.",
                "Sai mật khẩu": "Đây không phải mật khẩu hiện tại." }
            LastOwner "last_owner" 409 {
                "The last owner": "An organization keeps at least one active owner.",
                "Chủ sở hữu cuối cùng": "Tổ chức phải còn ít nhất một chủ sở hữu đang hoạt động." }
            OwnDeactivation "own_deactivation" 409 {
                "Not yourself": "Nobody deactivates themself; ask another admin.",
                "Không tự vô hiệu hóa": "Không thể tự vô hiệu hóa mình; hãy nhờ quản trị khác." }
            ManagerLoop "manager_loop" 422 {
                "Manager loop": "This would make a person their own manager: {loop}.",
                "Vòng lặp quản lý": "Điều này khiến một người thành quản lý của chính mình: {loop}." }
            PersonDeactivated "person_deactivated" 422 {
                "Deactivated": "This person is deactivated.",
                "Đã vô hiệu hóa": "Người này đã bị vô hiệu hóa." }
            NoEmail "no_email" 422 {
                "No email": "This person has no email address to be invited by.",
                "Không có email": "Người này chưa có email để mời." }
            AlreadyJoined "already_joined" 422 {
                "Already joined": "This person signs in already.",
                "Đã tham gia": "Người này đã có tài khoản." }

            // Delegations.
            LeadsNobody "leads_nobody" 422 {
                "Leads nobody": "This person leads no unit and nobody reports to them: there is nothing to hand on.",
                "Không phụ trách ai": "Người này không phụ trách đơn vị nào và không ai báo cáo cho họ: không có gì để ủy quyền." }
            OwnDelegate "own_delegate" 422 {
                "The lead themself": "A lead does not stand for themself; name someone else.",
                "Chính người phụ trách": "Không thể tự ủy quyền cho chính mình; hãy chọn người khác." }
            ViewerAsDelegate "viewer_as_delegate" 422 {
                "A viewer only looks on": "Viewers act for nobody.",
                "Người xem không thể nhận ủy quyền": "Người xem không thể thay mặt ai." }
            TooManyDays "too_many_days" 422 {
                "Too many days": "At most {most} days.",
                "Quá nhiều ngày": "Tối đa {most} ngày." }
            DelegationOver "delegation_over" 409 {
                "Over": "This delegation is over already.",
                "Đã kết thúc": "Ủy quyền này đã kết thúc." }

            // Units.
            SecondCompany "second_company_unit" 409 {
                "A second company unit": "An organization has exactly one company unit, its root.",
                "Đơn vị công ty thứ hai": "Mỗi tổ chức chỉ có một đơn vị công ty ở gốc." }
            UnitUnderItself "unit_under_itself" 409 {
                "A unit under itself": "A unit can't move under itself or under a unit below it: {loop}.",
                "Đơn vị nằm dưới chính nó": "Không thể chuyển đơn vị xuống dưới chính nó: {loop}." }
            WrongUnitParent "wrong_unit_parent" 422 {
                "Not under this unit": "Departments lie in the company or in departments; teams in the company, departments or teams.",
                "Sai đơn vị cha": "Phòng ban nằm trong công ty hoặc phòng ban; nhóm nằm trong công ty, phòng ban hoặc nhóm." }
            UnitHolds "unit_not_empty" 409 {
                "Not empty": "The unit still holds {units} units, {people} people and {goals} goals.",
                "Đơn vị không trống": "Đơn vị còn {units} đơn vị, {people} người và {goals} mục tiêu." }
            UnitMeasured "unit_measured" 409 {
                "It was measured": "What was measured counts in this unit, so it stays.",
                "Đơn vị đã có số liệu": "Số liệu đo được tính cho đơn vị này, nên đơn vị được giữ lại." }
            CompanyUnitStays "company_unit_stays" 409 {
                "The company unit stays": "The company unit can't be moved, deleted or turned into another kind.",
                "Đơn vị công ty cố định": "Không thể chuyển, xóa hay đổi loại đơn vị công ty." }
            TooDeep "too_deep" 422 {
                "Too deep": "This would make more than {most} levels.",
                "Quá nhiều cấp": "Điều này tạo ra hơn {most} cấp." }
        }
    };
}
