//! How a review goes from step to step.

use crate::domain::words::{ReviewAct, ReviewStep};

/// What a review's way depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Whether a self-review is asked for.
    pub self_asked: bool,
    /// Whether the manager may go on without one: its deadline is over.
    pub self_overdue: bool,
    /// Whether ratings are calibrated.
    pub calibration: bool,
}

/// The step that an act leads to; none where the step does not allow it.
pub const fn after(step: ReviewStep, act: ReviewAct, flow: Flow) -> Option<ReviewStep> {
    use ReviewAct as Act;
    use ReviewStep as Step;
    match (act, step) {
        (Act::WriteSelf, Step::NotStarted | Step::SelfDraft) if flow.self_asked => Some(Step::SelfDraft),
        (Act::SubmitSelf, Step::SelfDraft) => Some(Step::SelfSubmitted),
        (Act::WriteManager, Step::SelfSubmitted | Step::ManagerDraft) => Some(Step::ManagerDraft),
        (Act::WriteManager, Step::NotStarted | Step::SelfDraft) if !flow.self_asked || flow.self_overdue => {
            Some(Step::ManagerDraft)
        }
        (Act::SubmitManager, Step::ManagerDraft) => Some(Step::ManagerSubmitted),
        (Act::Calibrate, Step::ManagerSubmitted | Step::Calibration) if flow.calibration => Some(Step::Calibration),
        (Act::Return, Step::SelfSubmitted) => Some(Step::SelfDraft),
        (Act::Return, Step::ManagerDraft) if flow.self_asked => Some(Step::SelfDraft),
        (Act::Return, Step::ManagerSubmitted | Step::Calibration) => Some(Step::ManagerDraft),
        (Act::Share, Step::ManagerSubmitted | Step::Calibration) => Some(Step::Shared),
        (Act::Acknowledge, Step::Shared) => Some(Step::Acknowledged),
        (Act::Reopen, Step::Shared | Step::Acknowledged) if flow.calibration => Some(Step::Calibration),
        (Act::Reopen, Step::Shared | Step::Acknowledged) => Some(Step::ManagerSubmitted),
        (Act::Exclude, Step::Shared | Step::Acknowledged) => None,
        (Act::Exclude, step) => Some(step),
        _ => None,
    }
}
