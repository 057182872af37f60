//! What is wrong with a formula, where, and what may have been meant.

use crate::domain::words::Locale;

/// A fault of a formula's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// How many characters come before it.
    pub at: usize,
    /// How many characters it takes; none where something is missing.
    pub length: usize,
    /// Its text.
    pub found: String,
    /// What may have been meant, to stand in its place.
    pub suggestion: Option<String>,
}

/// Defines the kinds, each with its code and its sentences; `{}` stands for the text at fault.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal, $en:literal, $vi:literal;)+) => {
        /// What can be wrong with a formula.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultKind {
            $($(#[$doc])* $kind,)+
        }

        impl FaultKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// Its code, for programs.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code,)+
                }
            }

            const fn sentences(self) -> [&'static str; 2] {
                match self {
                    $(Self::$kind => [$en, $vi],)+
                }
            }
        }
    };
}

kinds! {
    /// Nothing is there.
    Empty = "empty", "The formula is empty.", "Công thức đang trống.";
    /// More than 2 000 characters.
    TooLong = "too_long", "A formula has at most 2000 characters.", "Công thức có tối đa 2000 ký tự.";
    /// Nested more than 64 deep.
    TooDeep = "too_deep", "A formula is nested at most 64 deep.", "Công thức được lồng nhau tối đa 64 cấp.";
    /// More than 500 numbers, names, signs and functions.
    TooMany = "too_many_parts",
        "A formula has at most 500 numbers, names, signs and functions.",
        "Công thức có tối đa 500 số, tên, phép tính và hàm.";
    /// A character that formulas have no use for.
    UnknownCharacter = "unknown_character", "`{}` has no meaning in a formula.", "`{}` không có nghĩa trong công thức.";
    /// Digits that are no number.
    NotANumber = "not_a_number",
        "`{}` is not a number: write digits, and decimals after a point.",
        "`{}` không phải là số: hãy viết các chữ số, phần thập phân sau dấu chấm.";
    /// More than 30 digits.
    TooManyDigits = "too_many_digits", "A number has at most 30 digits.", "Một số có tối đa 30 chữ số.";
    /// Written otherwise than codes are.
    NotACode = "not_a_code",
        "`{}` is not a name: a name is a small letter, then small letters, digits and underscores, at most 50.",
        "`{}` không phải là tên: tên gồm một chữ thường không dấu, sau đó là chữ thường không dấu, chữ số và dấu gạch dưới, tối đa 50 ký tự.";
    /// No metric has this code.
    UnknownMetric = "unknown_metric", "There is no metric `{}`.", "Không có chỉ số `{}`.";
    /// No function has this name.
    UnknownFunction = "unknown_function", "There is no function `{}`.", "Không có hàm `{}`.";
    /// A metric formula has no goal to ask.
    OnlyInProgress = "only_in_progress_formulas",
        "`{}` is known in progress formulas alone: a metric is computed from other metrics.",
        "`{}` chỉ dùng được trong công thức tiến độ: chỉ số được tính từ các chỉ số khác.";
    /// A progress formula knows its three names alone.
    NotInProgress = "not_in_progress_formulas",
        "A progress formula knows `value`, `target` and `start`, not `{}`.",
        "Công thức tiến độ chỉ có `value`, `target` và `start`, không có `{}`.";
    /// Something stands where nothing like it can.
    Unexpected = "unexpected", "`{}` can't stand here.", "`{}` không thể đứng ở đây.";
    /// It ends too early.
    UnexpectedEnd = "unexpected_end", "Something is missing at the end.", "Công thức còn thiếu ở cuối.";
    /// Two numbers follow each other.
    MissingSign = "missing_sign", "A sign is missing before `{}`.", "Thiếu phép tính trước `{}`.";
    /// A comparison outside of the condition of an `if`.
    ComparisonOutside = "comparison_outside_if",
        "A comparison is the condition of an `if` and stands nowhere else.",
        "Phép so sánh chỉ dùng làm điều kiện của `if`.";
    /// An `if` whose condition compares nothing.
    ConditionMissing = "condition_missing",
        "The condition of an `if` is a comparison.",
        "Điều kiện của `if` phải là một phép so sánh.";
    /// A function without its parentheses.
    NotCalled = "function_not_called", "`{}` is a function.", "`{}` là một hàm.";
    /// Too few or too many inputs of a function.
    WrongCount = "wrong_count", "`{}` is not called so.", "Hàm `{}` được dùng sai cách.";
    /// `prev` of something else than a metric.
    PrevOfCode = "prev_takes_a_metric",
        "`prev` takes one metric's code.",
        "`prev` nhận mã của một chỉ số.";
    /// Not a whole number from 0 to 8.
    RoundDecimals = "round_decimals",
        "The decimals of `round` are a whole number from 0 to 8.",
        "Số chữ số thập phân của `round` là số nguyên từ 0 đến 8.";
    /// Base Goal's notation without its assignment.
    NoPercent = "no_percent",
        "A formula in this notation begins with `$percent =`.",
        "Công thức theo cách viết này bắt đầu bằng `$percent =`.";
    /// A variable of Base Goal's that is no number here.
    NoNumber = "no_number", "`{}` is no number that a formula can use.", "`{}` không phải là số mà công thức dùng được.";
}

impl Fault {
    /// A fault of a part of the text.
    pub(super) fn of(kind: FaultKind, at: usize, found: &str) -> Self {
        Self { kind, at, length: found.chars().count(), found: found.to_owned(), suggestion: None }
    }

    /// The same, with what may have been meant.
    pub(super) fn meant(self, suggestion: Option<impl Into<String>>) -> Self {
        Self { suggestion: suggestion.map(Into::into), ..self }
    }

    /// What is wrong, in words, with what may have been meant.
    pub fn sentence(&self, locale: Locale) -> String {
        let [en, vi] = self.kind.sentences();
        let (sentence, meant) = match locale {
            Locale::En => (en, "Did you mean"),
            Locale::Vi => (vi, "Có phải ý bạn là"),
        };
        let said = sentence.replace("{}", &self.found);
        match &self.suggestion {
            Some(suggestion) => format!("{said} {meant} `{suggestion}`?"),
            None => said,
        }
    }
}
