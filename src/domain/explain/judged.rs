//! What follows from where a goal stands: status, result, forecast, pace, allocation.

use super::lines::{line, term, terms, words_alone};
use super::words::sentence;
use super::{Figure, Line, Subject};
use crate::domain::derived::{Derived, Fraction, comparable};
use crate::domain::measure::Measure;
use crate::domain::words::{Outcome, Source, State, Status, Word};
use std::cmp::Ordering;

impl Subject<'_> {
    /// The gap between what is expected and progress, and the thresholds that it is held against.
    pub(super) fn status(&self) -> Line {
        let standing = &self.figures.standing;
        let status = standing.status.label(self.locale);
        let (Some(progress), Some(expected), true) = (standing.progress, standing.expected, standing.has_data) else {
            let none = sentence!("Without data there is nothing to judge.", "Chưa có dữ liệu nên chưa thể đánh giá.");
            return words_alone(Figure::Status, self.say(none));
        };
        if standing.status == Status::Achieved {
            let text = sentence!(
                "Progress has reached 1, and that is final: {status}.",
                "Tiến độ đã đạt 1 và là kết quả cuối cùng: {status}."
            );
            return words_alone(Figure::Status, self.say(text));
        }
        let gap = Fraction::from_units(comparable(expected.units() - progress.units()) * 100);
        let (on_track, at_risk) = (self.rules.on_track_gap, self.rules.at_risk_gap);
        let not_final = self.not_final(progress);
        let text = match standing.status {
            Status::OnTrack => sentence!(
                "{not_final}The gap is at most {on_track}: {status}.",
                "{not_final}Khoảng cách không quá {on_track}: {status}."
            ),
            Status::AtRisk => sentence!(
                "The gap is more than {on_track} and at most {at_risk}: {status}.",
                "Khoảng cách lớn hơn {on_track} và không quá {at_risk}: {status}."
            ),
            _ => sentence!("The gap is more than {at_risk}: {status}.", "Khoảng cách lớn hơn {at_risk}: {status}."),
        };
        line(Figure::Status, "e − p", format!("{expected} − {progress} = {gap}"), self.say(text))
    }

    /// Why progress 1 is not final, where it is not.
    fn not_final(&self, progress: Fraction) -> String {
        let last = self.window.last();
        if progress < Fraction::ONE {
            return String::new();
        }
        self.say(match self.goal.source {
            Source::Children | Source::KeyResults => sentence!(
                "Progress is 1, but not every goal that counts is achieved for good. ",
                "Tiến độ là 1 nhưng chưa phải mọi mục tiêu được tính đều đạt hẳn. "
            ),
            _ => sentence!(
                "Progress is 1, but what is to be kept is achieved only once it is over, on {last}. ",
                "Tiến độ là 1 nhưng mức cần giữ chỉ được coi là đạt khi kết thúc, ngày {last}. "
            ),
        })
    }

    /// How it ended, once it is over.
    pub(super) fn result(&self) -> Option<Line> {
        let standing = &self.figures.standing;
        let outcome = standing.result?;
        let called = outcome.label(self.locale);
        let Some(progress) = standing.progress.filter(|_| outcome != Outcome::NoData) else {
            let none = sentence!("It is over without data.", "Đã kết thúc mà không có dữ liệu.");
            return Some(words_alone(Figure::Result, self.say(none)));
        };
        let (last, share) = (self.window.last(), self.rules.partly_share);
        let mark = if self.goal.aspirational { self.rules.aspirational_mark } else { self.rules.mark };
        let over = self.say(match (self.goal.state, self.goal.completed_on) {
            (State::Completed, Some(on)) => sentence!("It was completed on {on}.", "Đã hoàn thành ngày {on}."),
            _ => sentence!("Its last day, {last}, has come.", "Đã đến ngày cuối {last}."),
        });
        let (numbers, text) = match outcome {
            Outcome::Succeeded => (
                format!("{progress} ≥ {mark}"),
                sentence!(
                    "{over} Progress has reached the mark {mark}: {called}.",
                    "{over} Tiến độ đạt mốc {mark}: {called}."
                ),
            ),
            Outcome::Partly => (
                format!("{share}·{mark} ≤ {progress} < {mark}"),
                sentence!(
                    "{over} Progress has reached {share} of the mark {mark}: {called}.",
                    "{over} Tiến độ đạt ít nhất {share} của mốc {mark}: {called}."
                ),
            ),
            _ => (
                format!("{progress} < {share}·{mark}"),
                sentence!(
                    "{over} Progress is below {share} of the mark {mark}: {called}.",
                    "{over} Tiến độ dưới {share} của mốc {mark}: {called}."
                ),
            ),
        };
        Some(Line { figure: Figure::Result, formula: None, numbers: Some(numbers), text: self.say(text) })
    }

    /// Where it ends if it goes on so.
    pub(super) fn forecast(&self) -> Option<Line> {
        let (measure, standing) = (self.goal.measure.as_ref()?, &self.figures.standing);
        if self.progress.is_some() {
            return None;
        }
        let (Measure::Increase { start, .. } | Measure::Decrease { start, .. }) = measure else { return None };
        let Some(forecast) = self.figures.forecast else {
            let text = self.no_forecast();
            return Some(words_alone(Figure::Forecast, text));
        };
        let (value, expected) = (standing.value?, standing.expected?);
        let way = format!("{start} + ({value} − {})", term(start));
        if !measure.plan().is_empty() {
            let text = sentence!(
                "If it stays as far along against its target plan as it is.",
                "Nếu giữ nguyên mức so với kế hoạch chỉ tiêu như hiện nay."
            );
            let numbers = format!("{way}/{expected} = {forecast}");
            return Some(line(Figure::Forecast, "s + (v − s)/e", numbers, self.say(text)));
        }
        let (elapsed, days) = (self.window.elapsed(standing.judged_on), self.window.days());
        let on = standing.judged_on;
        let text = sentence!(
            "If the {days} days go on as the {elapsed} up to {on} did.",
            "Nếu cả {days} ngày tiếp tục như {elapsed} ngày tính đến {on}."
        );
        let numbers = format!("{way}·{days}/{elapsed} = {forecast}");
        Some(line(Figure::Forecast, "s + (v − s)·N/n", numbers, self.say(text)))
    }

    fn no_forecast(&self) -> String {
        self.say(if self.figures.out_of_range.forecast {
            sentence!("The forecast is beyond 9·10^17.", "Dự báo vượt quá 9·10^17.")
        } else if self.figures.standing.has_data {
            sentence!(
                "No forecast and no pace before a tenth of it is expected.",
                "Chưa dự báo và chưa tính nhịp cần thiết khi mức kỳ vọng dưới một phần mười."
            )
        } else {
            sentence!("Without data there is no forecast.", "Chưa có dữ liệu nên chưa có dự báo.")
        })
    }

    /// What it needs a day to reach its target.
    pub(super) fn required_pace(&self) -> Option<Line> {
        let pace = self.figures.required_pace?;
        let (value, target) = (self.figures.standing.value?, self.goal.measure.as_ref()?.target()?);
        let (elapsed, days) = (self.window.elapsed(self.day), self.window.days());
        let left = days - elapsed;
        let text = sentence!(
            "What is missing up to the target {target}, over the {left} days left.",
            "Phần còn thiếu so với chỉ tiêu {target}, chia cho {left} ngày còn lại."
        );
        let numbers = format!("({target} − {})/({days} − {elapsed}) = {pace}", term(value));
        Some(line(Figure::RequiredPace, "(t − v)/(N − n)", numbers, self.say(text)))
    }

    /// The sum of the targets of the goals that count in a `sum`.
    pub(super) fn allocated(&self) -> Option<Line> {
        let allocated = self.figures.allocated?;
        let targets = self.counted.iter().filter_map(|(child, _)| child.goal.measure.as_ref()?.target());
        let written = terms(targets.map(term), " + ");
        let numbers = (self.all_seen && !written.is_empty()).then(|| format!("{written} = {allocated}"));
        let text = sentence!(
            "The targets of the goals that count in it, with data or without, add up to {allocated}.",
            "Tổng chỉ tiêu của các mục tiêu được tính, có dữ liệu hay chưa, là {allocated}."
        );
        Some(line(Figure::Allocated, "Σ tᵢ", numbers, self.say(text)))
    }

    /// The goal's target less what is allocated.
    pub(super) fn allocation_gap(&self) -> Option<Line> {
        let (gap, allocated) = (self.figures.allocation_gap?, self.figures.allocated?);
        let target = self.goal.measure.as_ref()?.target()?;
        let text = self.say(match gap.cmp(&Derived::ZERO) {
            Ordering::Equal => sentence!("The whole target is shared out.", "Toàn bộ chỉ tiêu đã được phân bổ."),
            Ordering::Greater => {
                sentence!("{gap} of the target is not shared out.", "Còn {gap} chỉ tiêu chưa được phân bổ.")
            }
            Ordering::Less => sentence!("More is shared out than the target.", "Đã phân bổ vượt chỉ tiêu."),
        });
        let numbers = format!("{target} − {} = {gap}", term(allocated));
        Some(line(Figure::AllocationGap, "t − Σ tᵢ", numbers, text))
    }
}
