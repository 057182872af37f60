//! The words of reviews.

use super::{Label, Word, schema_of};

words! { for_each_reviewing_word
    /// Where a review stands.
    ReviewStep = "review_step" {
        /// Nobody has written anything.
        NotStarted = "not_started", "Not started", "Chưa bắt đầu";
        /// The person is writing.
        SelfDraft = "self_draft", "Self-review begun", "Đang tự đánh giá";
        /// The person has handed in the self-review.
        SelfSubmitted = "self_submitted", "Self-review submitted", "Đã nộp tự đánh giá";
        /// The manager is writing.
        ManagerDraft = "manager_draft", "Manager review begun", "Quản lý đang đánh giá";
        /// The manager has handed in theirs.
        ManagerSubmitted = "manager_submitted", "Manager review submitted", "Quản lý đã đánh giá";
        /// Its rating was looked at beside those of others.
        Calibration = "calibration", "Calibrated", "Đã hiệu chỉnh";
        /// The person sees it.
        Shared = "shared", "Shared", "Đã chia sẻ";
        /// The person has said whether they agree.
        Acknowledged = "acknowledged", "Acknowledged", "Đã xác nhận";
    }

    /// What can be done with a review.
    ReviewAct = "review_act" {
        /// Write the self-review.
        WriteSelf = "write_self", "Write the self-review", "Viết tự đánh giá";
        /// Hand it in.
        SubmitSelf = "submit_self", "Submit the self-review", "Nộp tự đánh giá";
        /// Write the manager's review.
        WriteManager = "write_manager", "Write the manager review", "Viết đánh giá của quản lý";
        /// Hand it in.
        SubmitManager = "submit_manager", "Submit the manager review", "Nộp đánh giá của quản lý";
        /// Move its rating, or confirm it, beside those of others.
        Calibrate = "calibrate", "Calibrate", "Hiệu chỉnh";
        /// Give it back a step, with a reason.
        Return = "return", "Return", "Trả lại";
        /// Show it to the person.
        Share = "share", "Share", "Chia sẻ";
        /// Agree or disagree, once.
        Acknowledge = "acknowledge", "Acknowledge", "Xác nhận";
        /// Open it again after it was shared, with a reason.
        Reopen = "reopen", "Reopen", "Mở lại";
        /// Leave the person out, with a reason.
        Exclude = "exclude", "Exclude", "Loại khỏi đợt đánh giá";
    }

    /// Who writes a part of a review.
    ReviewRole = "review_role" {
        /// The person themself.
        SelfReview = "self", "Self-review", "Tự đánh giá";
        /// Who manages them, or takes over from above.
        Manager = "manager", "Manager review", "Quản lý đánh giá";
    }

    /// What a section of a review is about.
    ReviewSectionKind = "review_section_kind" {
        /// The person's goals, scored by what they attained.
        Goals = "goals", "Goals", "Mục tiêu";
        /// Questions.
        Questions = "questions", "Questions", "Câu hỏi";
        /// The ratings of the cycles inside: of a year's quarters or months.
        Cycles = "cycles", "Enclosed cycles", "Các chu kỳ bên trong";
    }

    /// How a question is answered.
    ReviewQuestionKind = "review_question_kind" {
        /// In words.
        Text = "text", "Text", "Văn bản";
        /// By a score on the scale.
        Rating = "rating", "Rating", "Chấm điểm";
        /// By one of its choices.
        Choice = "choice", "Choice", "Lựa chọn";
    }

    /// Who gets a review when a cycle enters its review.
    ReviewedPeople = "reviewed_people" {
        /// Those who own a goal of the cycle that was agreed and not cancelled.
        WithGoals = "with_goals", "People with goals", "Người có mục tiêu";
        /// Everyone who is with the organization, viewers not.
        Everyone = "everyone", "Everyone", "Tất cả mọi người";
    }

    /// Why a goal has no computed score.
    ReviewUnscored = "review_unscored" {
        /// There is nothing to measure it by: it lowers the share that is rated.
        NoData = "no_data", "No data", "Chưa có số liệu";
        /// It is aspirational, and these do not count.
        Aspirational = "aspirational", "Aspirational", "Mục tiêu tham vọng";
        /// Its review weight is 0.
        Weightless = "weightless", "No review weight", "Trọng số đánh giá bằng 0";
        /// It is on hold.
        OnHold = "on_hold", "On hold", "Tạm dừng";
        /// It was cancelled.
        Cancelled = "cancelled", "Cancelled", "Đã hủy";
    }
}
