//! The faults of how a goal is measured, each in the words of the API.

use crate::domain::calendar::Window;
use crate::domain::limits;
use crate::domain::measure::{FaultKind, MeasureFault, MeasureParts};
use crate::domain::words::{Direction, Source};
use crate::error::{Code, Faults, Said};
use crate::goals::model::GoalBody;

/// Checks how a goal is measured over its window.
pub(super) fn check(body: &GoalBody, cycle: Window, faults: &mut Faults) {
    if matches!(body.source, Source::Children | Source::KeyResults) {
        nothing_given(body, faults);
        return;
    }
    faults.check(body.steps.len() <= limits::STEPS, "/steps", Code::TooMany.with("most", limits::STEPS));
    let plan_points = body.target_plan.len() <= limits::PLAN_POINTS;
    faults.check(plan_points, "/target_plan", Code::TooMany.with("most", limits::PLAN_POINTS));
    for (index, step) in body.steps.iter().enumerate() {
        let fits = |text: &str, most| text.chars().count() <= most && !text.chars().any(char::is_control);
        let id = Code::TooLong.with("most", limits::CODE);
        faults.check(fits(&step.id, limits::CODE), &format!("/steps/{index}/id"), id);
        let title = Code::TooLong.with("most", limits::TITLE);
        faults.check(fits(&step.title, limits::TITLE), &format!("/steps/{index}/title"), title);
    }
    for fault in body.measure(cycle).err().unwrap_or_default() {
        faults.add(pointer(&fault), measure_fault(fault.kind));
    }
}

/// The mean of progress has no numbers of its own.
fn nothing_given(body: &GoalBody, faults: &mut Faults) {
    let MeasureParts { direction, start, target, floor, ceiling, lo, hi, tolerance, steps, target_plan } =
        body.measure_parts();
    let given = [
        ("/direction", direction.is_some()),
        ("/start", start.is_some()),
        ("/target", target.is_some()),
        ("/floor", floor.is_some()),
        ("/ceiling", ceiling.is_some()),
        ("/lo", lo.is_some()),
        ("/hi", hi.is_some()),
        ("/tolerance", tolerance.is_some()),
        ("/steps", !steps.is_empty()),
        ("/target_plan", !target_plan.is_empty()),
    ];
    for (pointer, given) in given {
        faults.check(!given, pointer, Code::NotWithSource.word("source", body.source));
    }
}

fn pointer(fault: &MeasureFault) -> String {
    match fault.kind {
        FaultKind::StepWithoutId { index } | FaultKind::StepTwice { index } => format!("/steps/{index}/id"),
        FaultKind::PlanOutsideWindow { index } | FaultKind::PlanNotAscending { index } => {
            format!("/target_plan/{index}/date")
        }
        _ => format!("/{}", fault.field),
    }
}

/// What is said of a fault of how a goal is measured.
pub fn measure_fault(kind: FaultKind) -> Said {
    let with = |code: Code, fits: Direction| code.with("fits", fits);
    match kind {
        FaultKind::Required => Code::Required.into(),
        FaultKind::NotWith(direction) => Code::NotWithDirection.with("direction", direction),
        FaultKind::NotAboveStart { fits } => with(Code::TargetNotAboveStart, fits),
        FaultKind::NotBelowStart { fits } => with(Code::TargetNotBelowStart, fits),
        FaultKind::NotBelowTarget { fits: Some(fits) } => with(Code::FloorAboveTarget, fits),
        FaultKind::NotBelowTarget { fits: None } => Code::FloorAtTarget.into(),
        FaultKind::NotAboveTarget { fits: Some(fits) } => with(Code::CeilingBelowTarget, fits),
        FaultKind::NotAboveTarget { fits: None } => Code::CeilingAtTarget.into(),
        FaultKind::AboveHi => Code::LoAboveHi.into(),
        FaultKind::NotPositive => Code::NotPositive.into(),
        FaultKind::NoWeight => Code::StepsWithoutWeight.into(),
        FaultKind::StepWithoutId { .. } => Code::Blank.into(),
        FaultKind::StepTwice { .. } => Code::Duplicate.into(),
        FaultKind::PlanOutsideWindow { .. } => Code::PlanOutsideWindow.into(),
        FaultKind::PlanNotAscending { .. } => Code::PlanNotAscending.into(),
    }
}
