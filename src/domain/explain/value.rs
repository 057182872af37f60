//! Where a goal's value comes from.

use super::lines::{line, term, terms, words_alone};
use super::words::{Sentence, sentence};
use super::{Figure, Line, Subject};
use crate::domain::amount::Amount;
use crate::domain::check_ins::{self, Terms};
use crate::domain::derived::Derived;
use crate::domain::measure::Measure;
use crate::domain::rollup::{put_in, told_value};
use crate::domain::words::{Source, Word};
use std::borrow::Cow;

impl Subject<'_> {
    /// Its value; none for milestones, which have none.
    pub(super) fn value(&self, measure: &Measure) -> Option<Line> {
        if matches!(measure, Measure::Milestone { .. }) && self.figures.standing.value.is_none() {
            return None;
        }
        if self.figures.standing.value_out_of_range {
            let beyond = sentence!(
                "Beyond 9·10^17 there is no value, and no data.",
                "Giá trị vượt quá 9·10^17 nên không có giá trị và không có dữ liệu."
            );
            return Some(words_alone(Figure::Value, self.say(beyond)));
        }
        Some(match self.goal.source {
            Source::CheckIns => self.told(measure),
            Source::Measurements => self.measured(),
            _ => self.rolled_up(),
        })
    }

    /// The value that check-ins come to.
    fn told(&self, measure: &Measure) -> Line {
        let told = self.goal.check_ins.up_to(self.goal.facts_until(self.day));
        let (Some(value), Some(parts)) = (self.figures.standing.value, check_ins::terms(told, measure.start())) else {
            let day = self.day;
            let none = sentence!("No check-in up to {day}.", "Chưa có check-in đến ngày {day}.");
            return words_alone(Figure::Value, self.without_data(none));
        };
        let Terms { stated_on, from, more } = parts;
        let count = more.len();
        let text = match (stated_on, count) {
            (Some(on), 0) => sentence!("The check-in of {on} says {from}.", "Check-in ngày {on} báo {from}."),
            (Some(on), _) => sentence!(
                "The check-in of {on} says {from}; {count} later ones come on top.",
                "Check-in ngày {on} báo {from}; cộng thêm {count} check-in sau đó."
            ),
            (None, 0) => sentence!(
                "Its check-ins say that nothing has moved since the start, {from}.",
                "Các check-in cho biết không đổi so với giá trị đầu {from}."
            ),
            (None, _) => sentence!(
                "{count} check-ins come on top of the start, {from}.",
                "{count} check-in cộng vào giá trị đầu {from}."
            ),
        };
        let written = terms([from].into_iter().chain(more).map(|one: Amount| term(one)), " + ");
        let numbers = (count > 0).then(|| format!("{written} = {value}"));
        Line {
            figure: Figure::Value,
            formula: (count > 0).then_some(Cow::Borrowed("v₀ + Σ Δᵢ")),
            numbers,
            text: self.say(text),
        }
    }

    /// The value that is measured.
    fn measured(&self) -> Line {
        let day = self.day;
        let standing = &self.figures.standing;
        let null = self.measured.and_then(|measured| measured.value.err());
        if let Some(null) = null.filter(|_| standing.last_data_on.is_some()) {
            let why = null.label(self.locale);
            let none = sentence!(
                "There are measurements up to {day}, but its formula has no result for them: {why}.",
                "Có số liệu đo đến ngày {day} nhưng công thức không có kết quả: {why}."
            );
            return words_alone(Figure::Value, self.without_data(none));
        }
        if let (false, Some(value)) = (standing.has_data, self.measured.and_then(|measured| measured.value.ok())) {
            let none = sentence!(
                "What was measured up to {day} comes to {value}, but its metric's progress formula has no result for it.",
                "Số liệu đo đến ngày {day} cho kết quả {value} nhưng công thức tiến độ của chỉ số không có kết quả."
            );
            return words_alone(Figure::Value, self.say(none));
        }
        let Some(value) = standing.value.filter(|_| standing.has_data) else {
            let none = sentence!("Nothing was measured up to {day}.", "Chưa có số liệu đo đến ngày {day}.");
            return words_alone(Figure::Value, self.without_data(none));
        };
        let text = sentence!(
            "What was measured of its metric up to {day} comes to {value}.",
            "Số liệu đo của chỉ số đến ngày {day} cho kết quả {value}."
        );
        words_alone(Figure::Value, self.say(text))
    }

    /// The values of the goals that count, put together.
    fn rolled_up(&self) -> Line {
        let source = self.goal.source;
        let told = self.counted.iter().any(|(child, _)| told_value(child).is_some());
        let Some(value) = self.figures.standing.value.filter(|_| told) else {
            let none = sentence!("No goal that counts in it has data.", "Chưa có mục tiêu được tính nào có dữ liệu.");
            return words_alone(Figure::Value, self.without_data(none));
        };
        let (formula, text) = match source {
            Source::Sum => (
                "Σ vᵢ",
                sentence!(
                    "The values of the goals that count, added; one without data stands at its start.",
                    "Cộng giá trị các mục tiêu được tính; mục tiêu chưa có dữ liệu lấy giá trị đầu."
                ),
            ),
            Source::Average => (
                "Σ vᵢ / n",
                sentence!(
                    "The mean of the values of the goals that count and have data.",
                    "Trung bình cộng giá trị các mục tiêu được tính và có dữ liệu."
                ),
            ),
            Source::WeightedAverage => (
                "Σ wᵢ·vᵢ / Σ wᵢ",
                sentence!(
                    "The mean, by weight, of the values of the goals that count and have data.",
                    "Trung bình theo trọng số của giá trị các mục tiêu được tính và có dữ liệu."
                ),
            ),
            Source::Min => (
                "min vᵢ",
                sentence!(
                    "The smallest value of the goals that count and have data.",
                    "Giá trị nhỏ nhất của các mục tiêu được tính và có dữ liệu."
                ),
            ),
            _ => (
                "max vᵢ",
                sentence!(
                    "The largest value of the goals that count and have data.",
                    "Giá trị lớn nhất của các mục tiêu được tính và có dữ liệu."
                ),
            ),
        };
        let numbers = self.all_seen.then(|| format!("{} = {value}", self.put_together(source)));
        line(Figure::Value, formula, numbers, self.say(text))
    }

    /// `150 + 240`, `(150 + 240)/2`, `(2·150 + 1·240)/3`, `min(150, 240)`.
    fn put_together(&self, source: Source) -> String {
        let values = self.counted.iter().filter_map(|(child, _)| {
            let value = term(Derived::from_units(put_in(source, child)?)?);
            Some(if source == Source::WeightedAverage { format!("{}·{value}", child.weight) } else { value })
        });
        let count = self.counted.len();
        match source {
            Source::Sum => terms(values, " + "),
            Source::Average => format!("({})/{count}", terms(values, " + ")),
            Source::WeightedAverage => format!("({})/{}", terms(values, " + "), self.weights()),
            Source::Min => format!("min({})", terms(values, ", ")),
            _ => format!("max({})", terms(values, ", ")),
        }
    }

    /// Why there is no data, and where the goal stands then.
    fn without_data(&self, why: Sentence) -> String {
        let why = self.say(why);
        self.say(match self.goal.measure.as_ref().and_then(Measure::start) {
            Some(start) => sentence!("{why} It stands at its start, {start}.", "{why} Mục tiêu ở giá trị đầu {start}."),
            None => sentence!("{why} It has no start to stand at.", "{why} Mục tiêu không có giá trị đầu."),
        })
    }
}
