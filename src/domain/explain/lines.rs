//! How each figure comes about: the formula, the numbers put in, the words.

use super::words::sentence;
use super::{Figure, Line, Subject};
use crate::domain::amount::Amount;
use crate::domain::derived::{Derived, Fraction};
use crate::domain::figures::Standing;
use crate::domain::formula::ProgressFormula;
use crate::domain::measure::{Measure, Way};
use crate::domain::words::{Cadence, Source};
use std::borrow::Cow;
use std::fmt::Display;

/// More terms than this are not written out.
const MOST_TERMS: usize = 12;

/// A number as a term of a formula: in brackets below zero.
pub(super) fn term(number: impl Display) -> String {
    let text = number.to_string();
    if text.starts_with('-') { format!("({text})") } else { text }
}

/// Terms, those beyond the first few as an ellipsis.
pub(super) fn terms(all: impl IntoIterator<Item = String>, by: &str) -> String {
    let mut all = all.into_iter();
    let mut shown: Vec<String> = all.by_ref().take(MOST_TERMS).collect();
    if all.next().is_some() {
        shown.push("…".to_owned());
    }
    shown.join(by)
}

/// A line of figures whose terms are written out.
pub(super) fn line(figure: Figure, formula: &'static str, numbers: impl Into<Option<String>>, text: String) -> Line {
    Line { figure, formula: Some(Cow::Borrowed(formula)), numbers: numbers.into(), text }
}

/// A line that words alone explain.
pub(super) const fn words_alone(figure: Figure, text: String) -> Line {
    Line { figure, formula: None, numbers: None, text }
}

impl Subject<'_> {
    /// How each figure comes about.
    pub(super) fn lines(&self) -> Vec<Line> {
        let standing = &self.figures.standing;
        let made_of = match (self.goal.source, &self.goal.measure) {
            (Source::Children | Source::KeyResults, _) | (_, None) => self.means(),
            (_, Some(measure)) => [self.value(measure), Some(self.attainment(measure)), Some(self.progress())]
                .into_iter()
                .flatten()
                .chain([self.judged_on(), self.expected(measure)])
                .collect(),
        };
        let judged = [Some(self.status()), self.result(), self.forecast(), self.required_pace()];
        let shared = [self.allocated(), self.allocation_gap()];
        let attention = standing.attention.iter().map(|one| words_alone(Figure::Attention, self.reason(one)));
        made_of.into_iter().chain(judged.into_iter().chain(shared).flatten()).chain(attention).collect()
    }

    /// Progress, attainment and expected as means of those of the goals that count.
    fn means(&self) -> Vec<Line> {
        let standing = &self.figures.standing;
        let (Some(attainment), Some(progress), Some(expected)) =
            (standing.attainment, standing.progress, standing.expected)
        else {
            let nothing = sentence!(
                "No goal that counts is linked under it: there is nothing to measure, and it is left out above.",
                "Không có mục tiêu nào được tính bên dưới: không có gì để đo, nên mục tiêu này không được tính ở cấp \
                 trên."
            );
            return vec![words_alone(Figure::Progress, self.say(nothing))];
        };
        let mean = |figure, formula, of: fn(&Standing) -> Option<Fraction>, result: Fraction, text| {
            let numbers = self.all_seen.then(|| format!("{} = {result}", self.weighed(of)));
            line(figure, formula, numbers, self.say(text))
        };
        vec![
            mean(
                Figure::Attainment,
                "Σ wᵢ·aᵢ / Σ wᵢ",
                |child| child.attainment,
                attainment,
                sentence!(
                    "The mean, by weight, of what the goals that count attain, above 1 and below 0 included.",
                    "Trung bình theo trọng số của mức đạt các mục tiêu được tính, kể cả trên 1 và dưới 0."
                ),
            ),
            mean(
                Figure::Progress,
                "Σ wᵢ·pᵢ / Σ wᵢ",
                |child| child.progress,
                progress,
                sentence!(
                    "The mean, by weight, of the progress of the goals that count, so that one goal's excess does not \
                     hide another's failure.",
                    "Trung bình theo trọng số của tiến độ các mục tiêu được tính; phần vượt của mục tiêu này không bù \
                     cho mục tiêu khác."
                ),
            ),
            self.judged_on(),
            mean(
                Figure::Expected,
                "Σ wᵢ·eᵢ / Σ wᵢ",
                |child| child.expected,
                expected,
                sentence!(
                    "The mean, by weight, of what is expected of the goals that count.",
                    "Trung bình theo trọng số của mức kỳ vọng các mục tiêu được tính."
                ),
            ),
        ]
    }

    /// `(2·0.65 + 1·1)/3`.
    fn weighed(&self, of: fn(&Standing) -> Option<Fraction>) -> String {
        let parts = self.counted.iter().filter_map(|(child, _)| {
            let figure = of(child.standing)?;
            Some(format!("{}·{}", child.weight, term(figure)))
        });
        format!("({})/{}", terms(parts, " + "), self.weights())
    }

    /// The sum of the weights of the goals that count.
    pub(super) fn weights(&self) -> Derived {
        let units = self.counted.iter().map(|(child, _)| i128::from(child.weight.units())).sum();
        Derived::from_amount_units(units).unwrap_or(Derived::ZERO)
    }

    fn attainment(&self, measure: &Measure) -> Line {
        if let Some(formula) = self.progress {
            return self.by_formula(measure, formula);
        }
        let standing = &self.figures.standing;
        let Some(attained) = standing.attainment.filter(|_| standing.has_data) else {
            let nothing = sentence!("Without data it attains nothing.", "Chưa có dữ liệu nên mức đạt là 0.");
            return words_alone(Figure::Attainment, self.say(nothing));
        };
        let way = standing.value.and_then(|value| Some((value, measure.way(value)?)));
        let Some((value, way)) = way else { return self.steps(measure, attained) };
        let gone = |from, to| format!("({} − {})/({} − {})", value, term(from), to, term(from));
        match way {
            Way::Gone { from, to } => {
                let text = sentence!(
                    "The way gone from the start {from} to the target {to}: at {value}.",
                    "Phần đường đã đi từ giá trị đầu {from} đến chỉ tiêu {to}: hiện là {value}."
                );
                let numbers = format!("{} = {attained}", gone(from, to));
                line(Figure::Attainment, "(v − s)/(t − s)", numbers, self.say(text))
            }
            Way::Kept => {
                let text =
                    sentence!("{value} is within what is to be kept: 1.", "{value} nằm trong mức cần giữ: đạt 1.");
                words_alone(Figure::Attainment, self.say(text))
            }
            Way::Lost => {
                let text = sentence!(
                    "{value} is not within what is to be kept, and nothing between counts: 0.",
                    "{value} nằm ngoài mức cần giữ và không có mức trung gian: đạt 0."
                );
                words_alone(Figure::Attainment, self.say(text))
            }
            Way::Left { from, to } => {
                let text = sentence!(
                    "{value} misses {to}; at {from} nothing would be attained.",
                    "{value} chưa đạt {to}; tại {from} mức đạt bằng 0."
                );
                let numbers = format!("max(0, {}) = {attained}", gone(from, to));
                let is_floor = matches!(measure, Measure::AtLeast { .. });
                let formula = if is_floor {
                    "max(0, (v − floor)/(t − floor))"
                } else {
                    "max(0, (ceiling − v)/(ceiling − t))"
                };
                let turned = format!("max(0, ({from} − {})/({from} − {})) = {attained}", term(value), term(to));
                line(Figure::Attainment, formula, if is_floor { numbers } else { turned }, self.say(text))
            }
            Way::Outside { distance, tolerance } => {
                let distance = Derived::from_units(distance).map_or_else(String::new, |distance| distance.to_string());
                let text = sentence!(
                    "{value} lies {distance} outside; {tolerance} outside nothing would be attained.",
                    "{value} nằm ngoài khoảng {distance}; lệch {tolerance} thì mức đạt bằng 0."
                );
                let numbers = format!("max(0, 1 − {distance}/{tolerance}) = {attained}");
                line(Figure::Attainment, "max(0, 1 − distance/tolerance)", numbers, self.say(text))
            }
        }
    }

    /// The attainment of a goal whose metric has a formula for it.
    fn by_formula(&self, measure: &Measure, formula: &ProgressFormula) -> Line {
        let standing = &self.figures.standing;
        let text = self.say(sentence!(
            "By its metric's own formula; where that has no result, and without data, it attains nothing.",
            "Theo công thức riêng của chỉ số; nếu công thức không có kết quả hoặc chưa có dữ liệu thì mức đạt là 0."
        ));
        let attained = standing.attainment.filter(|_| standing.has_data);
        let numbers = attained.zip(standing.value).map(|(attained, value)| {
            let named =
                |name: &str, amount: Option<Amount>| amount.map_or_else(String::new, |it| format!(", {name} {it}"));
            let given = [named("target", measure.target()), named("start", measure.start())].concat();
            format!("value {value}{given}: {formula} = {attained}")
        });
        Line { figure: Figure::Attainment, formula: Some(Cow::Owned(formula.to_string())), numbers, text }
    }

    /// A milestone's attainment.
    fn steps(&self, measure: &Measure, attained: Fraction) -> Line {
        let Measure::Milestone { steps } = measure else {
            let none = sentence!("It has no value that attains anything.", "Không có giá trị để tính mức đạt.");
            return words_alone(Figure::Attainment, self.say(none));
        };
        let complete = self.goal.check_ins.steps_complete(self.goal.facts_until(self.day));
        let weight = |of: &dyn Fn(&str) -> bool| {
            let units = steps.iter().filter(|step| of(&step.id)).map(|step| i128::from(step.weight.units())).sum();
            Derived::from_amount_units(units).unwrap_or(Derived::ZERO)
        };
        let is_complete = |id: &str| complete.iter().any(|one| one == id);
        let (done, all) = (weight(&is_complete), weight(&|_| true));
        let (count, total) = (steps.iter().filter(|step| is_complete(&step.id)).count(), steps.len());
        let text = sentence!(
            "{count} of {total} steps are complete; they have {done} of {all} in weight.",
            "Đã xong {count}/{total} bước; chiếm {done}/{all} trọng số."
        );
        let formula = "weight of completed steps / weight of all steps";
        line(Figure::Attainment, formula, format!("{done}/{all} = {attained}"), self.say(text))
    }

    fn progress(&self) -> Line {
        let standing = &self.figures.standing;
        let held = sentence!("The attainment, held between 0 and 1.", "Mức đạt, giới hạn trong khoảng 0 đến 1.");
        let numbers = standing.attainment.zip(standing.progress);
        let numbers = numbers.map(|(attained, progress)| format!("min(1, max(0, {attained})) = {progress}"));
        line(Figure::Progress, "min(1, max(0, a))", numbers, self.say(held))
    }

    /// Why it is judged on that day.
    fn judged_on(&self) -> Line {
        let standing = &self.figures.standing;
        let day = standing.judged_on;
        let text = match self.goal.source {
            Source::CheckIns if self.rules.rhythm.cadence == Cadence::None => sentence!(
                "Its cycle has no cadence of check-ins: it is judged on the day itself, {day}.",
                "Chu kỳ không có nhịp check-in: đánh giá theo chính ngày {day}."
            ),
            Source::CheckIns if !standing.day_is_given => sentence!(
                "Nothing was checked in and nothing was due yet: it is judged on the day itself, {day}.",
                "Chưa có check-in và chưa đến hạn nào: đánh giá theo chính ngày {day}."
            ),
            Source::CheckIns if standing.last_data_on == Some(day) => sentence!(
                "It is judged on {day}, the day of its last check-in, later than any due day whose grace has passed.",
                "Đánh giá theo ngày {day}, ngày check-in gần nhất, sau mọi hạn đã hết thời gian gia hạn."
            ),
            Source::CheckIns => sentence!(
                "It is judged on {day}, the last due day whose grace has passed.",
                "Đánh giá theo ngày {day}, hạn check-in gần nhất đã hết thời gian gia hạn."
            ),
            Source::Measurements | Source::Children | Source::KeyResults => {
                sentence!("It is judged on the day itself, {day}.", "Đánh giá theo chính ngày {day}.")
            }
            _ if standing.day_is_given => sentence!(
                "It is judged on {day}, the latest day that a goal which counts in it is judged on.",
                "Đánh giá theo ngày {day}, ngày đánh giá muộn nhất trong các mục tiêu được tính."
            ),
            _ => sentence!(
                "No goal that counts in it says otherwise: it is judged on the day itself, {day}.",
                "Không có mục tiêu được tính nào xác định ngày khác: đánh giá theo chính ngày {day}."
            ),
        };
        words_alone(Figure::JudgedOn, self.say(text))
    }

    fn expected(&self, measure: &Measure) -> Line {
        let standing = &self.figures.standing;
        let (first, last) = (self.window.first(), self.window.last());
        let expected = standing.expected.unwrap_or(Fraction::ZERO);
        let (elapsed, days) = (self.window.elapsed(standing.judged_on), self.window.days());
        if measure.is_to_be_kept() && self.progress.is_none() {
            let kept = sentence!(
                "What is to be kept is expected in full from its first day on, {first}: {expected}.",
                "Mức cần giữ được kỳ vọng trọn vẹn từ ngày đầu {first}: {expected}."
            );
            return words_alone(Figure::Expected, self.say(kept));
        }
        let (from, to) = (measure.start(), measure.target());
        let planned = measure.planned(self.window, standing.judged_on);
        let planned = planned.filter(|_| !measure.plan().is_empty() && self.progress.is_none());
        if let (Some(planned), Some(from), Some(to)) = (planned, from, to) {
            let on = standing.judged_on;
            let text = sentence!(
                "Its target plan has {planned} for {on}, put through its attainment and held between 0 and 1.",
                "Kế hoạch chỉ tiêu cho ngày {on} là {planned}, đưa qua công thức mức đạt và giới hạn trong khoảng 0 \
                 đến 1."
            );
            let way = format!("({planned} − {})/({to} − {})", term(from), term(from));
            let formula = "min(1, max(0, (planned − s)/(t − s)))";
            return line(Figure::Expected, formula, format!("min(1, max(0, {way})) = {expected}"), self.say(text));
        }
        let text = sentence!(
            "Day {elapsed} of the {days} from {first} to {last}.",
            "Ngày thứ {elapsed} trong {days} ngày từ {first} đến {last}."
        );
        line(Figure::Expected, "n/N", format!("{elapsed}/{days} = {expected}"), self.say(text))
    }
}
