//! The sentences that explain figures, in English and Vietnamese.

use super::Subject;
use crate::domain::words::{Attention, Cadence, LeftOut, Locale, Source, State, Word};

/// What a sentence says in a language.
pub(super) struct Sentence {
    pub(super) en: String,
    pub(super) vi: String,
}

/// A sentence in both languages, each like `format!` with what is in scope.
macro_rules! sentence {
    ($en:literal, $vi:literal) => {
        $crate::domain::explain::words::Sentence { en: format!($en), vi: format!($vi) }
    };
}
pub(super) use sentence;

impl Sentence {
    pub(super) fn in_language(self, locale: Locale) -> String {
        match locale {
            Locale::En => self.en,
            Locale::Vi => self.vi,
        }
    }
}

impl Subject<'_> {
    /// A sentence in the reader's language.
    pub(super) fn say(&self, sentence: Sentence) -> String {
        sentence.in_language(self.locale)
    }

    /// Where the figure comes from.
    pub(super) fn source(&self) -> String {
        self.say(match self.goal.source {
            Source::CheckIns => sentence!(
                "Its value is what was checked in last. What is linked under it does not move it.",
                "Giá trị lấy từ check-in gần nhất. Các mục tiêu liên kết bên dưới không làm thay đổi giá trị này."
            ),
            Source::Measurements => sentence!(
                "Its value is measured: its metric over its scope and its days. What is linked under it does not move \
                 it.",
                "Giá trị được đo tự động: chỉ số trên phạm vi và thời gian của mục tiêu. Các mục tiêu liên kết bên \
                 dưới không làm thay đổi giá trị này."
            ),
            Source::Sum => rolled_up("the sum", "tổng"),
            Source::Average => rolled_up("the mean", "trung bình cộng"),
            Source::WeightedAverage => rolled_up("the mean, by weight,", "trung bình theo trọng số"),
            Source::Min => rolled_up("the smallest", "giá trị nhỏ nhất"),
            Source::Max => rolled_up("the largest", "giá trị lớn nhất"),
            Source::Children => sentence!(
                "Its progress is the mean, by weight, of the progress of the goals linked under it: those active or \
                 completed, with weight and with something to measure, each held between 0 and 1.",
                "Tiến độ là trung bình theo trọng số của tiến độ các mục tiêu liên kết bên dưới: đang thực hiện hoặc \
                 hoàn thành, có trọng số và có dữ liệu để đo, mỗi mục tiêu giới hạn trong khoảng 0 đến 1."
            ),
            Source::KeyResults => sentence!(
                "Its progress is the mean, by weight, of the progress of its key results: those active or completed, \
                 with weight and with something to measure, each held between 0 and 1.",
                "Tiến độ là trung bình theo trọng số của tiến độ các kết quả then chốt: đang thực hiện hoặc hoàn \
                 thành, có trọng số và có dữ liệu để đo, mỗi kết quả giới hạn trong khoảng 0 đến 1."
            ),
        })
    }

    /// Why someone should look at it.
    pub(super) fn reason(&self, attention: Attention) -> String {
        let standing = &self.figures.standing;
        self.say(match attention {
            Attention::OffTrack => sentence!("It is off track.", "Mục tiêu chậm tiến độ."),
            Attention::AtRisk => sentence!("It is at risk.", "Mục tiêu có rủi ro."),
            Attention::Stale => {
                let since = standing.last_data_on.unwrap_or(self.window.first());
                let (en, vi) = two_cadences(self.rules.rhythm.cadence);
                sentence!(
                    "Nothing new since {since}: that is more than two cadences ({en}).",
                    "Không có gì mới từ {since}: đã quá hai kỳ check-in ({vi})."
                )
            }
            Attention::NoData => {
                let first = self.rules.rhythm.due_from(self.window, self.window.first()).unwrap_or(self.window.first());
                sentence!(
                    "Its first due day, {first}, has passed without data.",
                    "Đã qua hạn check-in đầu tiên ({first}) mà chưa có dữ liệu."
                )
            }
            Attention::AllocationGap => sentence!(
                "The targets below it do not add up to its own.",
                "Tổng chỉ tiêu bên dưới không bằng chỉ tiêu của mục tiêu này."
            ),
        })
    }
}

/// Why a goal linked under another does not count there, in words.
pub fn why_left_out(reason: LeftOut, state: State, locale: Locale) -> String {
    let state = state.label(locale);
    let sentence = match reason {
        LeftOut::OwnValue => sentence!(
            "The goal above has a value of its own, which this one does not move.",
            "Mục tiêu cấp trên có giá trị riêng, mục tiêu này không làm thay đổi."
        ),
        LeftOut::State => sentence!(
            "Its state is: {state}. Only active and completed goals count.",
            "Trạng thái: {state}. Chỉ tính mục tiêu đang thực hiện và đã hoàn thành."
        ),
        LeftOut::Weightless => sentence!(
            "Its link has weight 0: it is there for the picture alone, or waits as a proposal.",
            "Liên kết có trọng số 0: chỉ để thể hiện, hoặc đang là đề xuất."
        ),
        LeftOut::NotPrimary => sentence!(
            "It is linked here by a further link; values roll up by the primary link alone.",
            "Đây là liên kết phụ; giá trị chỉ được tổng hợp theo liên kết chính."
        ),
        LeftOut::OtherMetric => sentence!(
            "Its metric is not that of the goal above.",
            "Chỉ số của mục tiêu này khác với mục tiêu cấp trên."
        ),
        LeftOut::NotKeyResult => {
            sentence!("Only key results count in the goal above.", "Mục tiêu cấp trên chỉ tính các kết quả then chốt.")
        }
        LeftOut::NothingToMeasure => sentence!(
            "There is nothing to measure in it: no goal counts under it.",
            "Không có gì để đo: chưa có mục tiêu nào được tính bên dưới."
        ),
        LeftOut::NoData => sentence!(
            "It has no data yet, and the goal above takes the values of goals with data alone.",
            "Chưa có dữ liệu; mục tiêu cấp trên chỉ lấy giá trị của mục tiêu có dữ liệu."
        ),
        LeftOut::OutOfRange => {
            sentence!("Its value is beyond 9·10^17, so it has none.", "Giá trị vượt quá 9·10^17 nên không có giá trị.")
        }
    };
    sentence.in_language(locale)
}

/// What is said of hidden goals that count, whether what they add is told or not.
pub fn why_hidden(is_told: bool, locale: Locale) -> String {
    let sentence = if is_told {
        sentence!(
            "Goals that you may not see add this together.",
            "Các mục tiêu bạn không được xem đóng góp tổng cộng bấy nhiêu."
        )
    } else {
        sentence!(
            "What you may not see counts too. The figures of the goals that count are kept back here, since \
             subtraction would give it away.",
            "Có phần bạn không được xem cũng được tính. Số liệu của các mục tiêu được tính không hiển thị ở đây vì có \
             thể suy ra phần đó bằng phép trừ."
        )
    };
    sentence.in_language(locale)
}

fn rolled_up(en: &str, vi: &str) -> Sentence {
    sentence!(
        "Its value is {en} of the values of the goals under it that count: by their primary link, active or completed, \
         of the same metric, with weight.",
        "Giá trị là {vi} của các mục tiêu được tính bên dưới: theo liên kết chính, đang thực hiện hoặc hoàn thành, \
         cùng chỉ số, có trọng số."
    )
}

/// How long two cadences are.
const fn two_cadences(cadence: Cadence) -> (&'static str, &'static str) {
    match cadence {
        Cadence::None => ("none", "không định kỳ"),
        Cadence::Workday => ("2 workdays", "2 ngày làm việc"),
        Cadence::Week => ("14 days", "14 ngày"),
        Cadence::TwoWeeks => ("28 days", "28 ngày"),
        Cadence::Month => ("62 days", "62 ngày"),
    }
}
