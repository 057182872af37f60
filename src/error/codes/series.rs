//! Of series of what is measured.

macro_rules! series {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Series.
            UnitOrPerson "unit_or_person" 422 {
                "A unit or a person": "Ask for a unit or for a person, not for both.",
                "Đơn vị hoặc cá nhân": "Hãy chọn một đơn vị hoặc một người, không chọn cả hai." }
            PersonHasNoParts "person_has_no_parts" 422 {
                "No parts of this kind": "A person's series is split by a dimension only, not by unit or person.",
                "Không chia được như vậy": "Chuỗi số liệu của một người chỉ chia được theo chiều, không theo đơn vị hay cá nhân." }
            NotMeasuredForPeople "not_measured_for_people" 422 {
                "Not measured for people": "Nothing that {metric} is computed from is measured for people.",
                "Không đo theo cá nhân": "Không có số liệu nào tạo nên {metric} được đo theo cá nhân." }
            NotMeasuredBy "not_measured_by" 422 {
                "Not measured by this": "These metrics do not declare the dimension {dimension}: {metrics}.",
                "Không đo theo chiều này": "Các chỉ số sau không khai báo chiều {dimension}: {metrics}." }
            GoalNotInSeries "goal_not_in_series" 422 {
                "Another goal": "This goal is not measured by this metric for the unit or person that is asked for.",
                "Mục tiêu khác": "Mục tiêu này không được đo bằng chỉ số này cho đơn vị hoặc người được chọn." }
            TooMuchAtOnce "too_much_at_once" 422 {
                "Too much at once": "At most {most} tallies are put together at once; take a longer interval, fewer days or a smaller unit.",
                "Quá nhiều cùng lúc": "Mỗi lần chỉ tổng hợp được tối đa {most} nhóm số liệu; hãy chọn khoảng dài hơn, ít ngày hơn hoặc đơn vị nhỏ hơn." }
            RankingHidden "ranking_hidden" 403 {
                "Not shown beside each other": "This organization shows people's figures beside each other to: {ranking}.",
                "Không xếp hạng cá nhân": "Tổ chức chỉ cho xem số liệu của mọi người cạnh nhau với: {ranking}." }
        }
    };
}
