//! Of reviews.

macro_rules! reviews {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Templates of reviews.
            BadKey "bad_key" 422 {
                "Not a key": "A key is a small letter, then small letters, digits and underscores; at most 50.",
                "Khóa không hợp lệ": "Khóa gồm một chữ thường, rồi chữ thường, chữ số và gạch dưới; tối đa 50 ký tự." }
            TooFew "too_few" 422 {
                "Too few": "At least {least} entries.",
                "Quá ít": "Tối thiểu {least} mục." }
            NotAscending "not_ascending" 422 {
                "Not ascending": "Each must lie above the one before.",
                "Không tăng dần": "Mỗi mục phải lớn hơn mục đứng trước." }
            BandStart "band_start" 422 {
                "Where the band begins": "The first band has neither `from` nor `over`; each other has one of them.",
                "Điểm đầu của khoảng": "Khoảng đầu không có `from` hay `over`; mỗi khoảng sau có đúng một trong hai." }
            SectionTwice "section_twice" 422 {
                "Twice": "There is one section of the kind {kind} at most.",
                "Trùng phần": "Tối đa một phần thuộc loại {kind}." }
            NotOfThisKind "not_of_this_kind" 422 {
                "Not of this kind": "The kind {kind} has none of these.",
                "Không thuộc loại này": "Loại {kind} không có mục này." }
            NothingCounts "nothing_counts" 422 {
                "Nothing counts": "At least one section that comes to a score needs a weight above 0.",
                "Không có gì được tính": "Cần ít nhất một phần có điểm với trọng số lớn hơn 0." }
            NotAskedOfThem "not_asked_of_them" 422 {
                "Not asked of them": "This is not asked there.",
                "Không hỏi người này": "Nội dung này không được hỏi ở đó." }
            ReviewTemplateArchived "review_template_archived" 422 {
                "Archived template": "This template is archived: choose another one.",
                "Mẫu đã lưu trữ": "Mẫu này đã lưu trữ: hãy chọn mẫu khác." }
            ReviewsBegan "reviews_began" 409 {
                "The reviews have begun": "The cycle's reviews have begun: their template stays as it was then.",
                "Đợt đánh giá đã bắt đầu": "Đợt đánh giá của chu kỳ đã bắt đầu: mẫu giữ nguyên như lúc đó." }
            ReviewsNotBegun "reviews_not_begun" 409 {
                "The reviews have not begun": "They begin when the cycle enters its review.",
                "Đợt đánh giá chưa bắt đầu": "Đợt đánh giá bắt đầu khi chu kỳ vào giai đoạn đánh giá." }

            // Reviews.
            VersionRequired "version_required" 428 {
                "Version required": "Say which version you mean to change: send its ETag as If-Match, in a batch its `version`.",
                "Cần phiên bản": "Hãy cho biết phiên bản muốn thay đổi: gửi ETag trong If-Match, trong lô thì `version`." }
            NotInReview "not_in_review" 409 {
                "Not in review": "Reviews go on while their cycle is in review; its phase is: {phase}.",
                "Không trong giai đoạn đánh giá": "Chỉ đánh giá khi chu kỳ ở giai đoạn đánh giá; giai đoạn hiện tại: {phase}." }
            ReviewStepForbids "review_step_forbids" 409 {
                "Not at this step": "The review does not allow this now: {step}.",
                "Không đúng bước": "Bản đánh giá chưa hoặc không còn cho phép việc này: {step}." }
            ReviewExcluded "review_excluded" 409 {
                "Left out": "This person was left out of the cycle's reviews; HR can add them again.",
                "Đã bị loại": "Người này đã được loại khỏi đợt đánh giá; nhân sự có thể thêm lại." }
            OwnReview "own_review" 403 {
                "Your own review": "Nobody reviews themself: this is for who manages you, or HR.",
                "Đánh giá của chính bạn": "Không ai tự duyệt đánh giá của mình: việc này dành cho quản lý của bạn hoặc nhân sự." }
            CommentRequired "comment_required" 422 {
                "Say why": "It differs from the computed score ({computed}): say why in a comment.",
                "Cần giải thích": "Điểm khác với điểm tính được ({computed}): hãy nêu lý do trong nhận xét." }
            NoRating "no_rating" 422 {
                "No rating": "No score can be computed: give a rating.",
                "Thiếu điểm": "Không tính được điểm: hãy cho điểm." }
        }
    };
}
