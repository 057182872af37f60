//! What each phase of a cycle allows.

use crate::domain::words::Phase;

/// What the phase of a cycle decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseAct {
    /// Make, submit, approve, return goals.
    MakeGoals,
    /// Change targets, links, weights, states.
    ChangeGoals,
    /// Check in for days inside the window.
    CheckIn,
}

/// Whether a cycle's phase allows an act, for HR (`admin`) or for anyone else who may do it at all.
pub const fn phase_allows(phase: Phase, act: PhaseAct, admin: bool) -> bool {
    match (phase, act) {
        (Phase::Planning, PhaseAct::MakeGoals | PhaseAct::ChangeGoals) | (Phase::Active, _) => true,
        (Phase::Review, PhaseAct::CheckIn) => true,
        (Phase::Draft | Phase::Review, PhaseAct::MakeGoals | PhaseAct::ChangeGoals) => admin,
        (Phase::Draft | Phase::Planning, PhaseAct::CheckIn) | (Phase::Closed, _) => false,
    }
}

/// Whether a cycle in this phase is seen by everyone, or by HR alone.
pub const fn seen_by_all(phase: Phase) -> bool {
    !matches!(phase, Phase::Draft)
}

/// The phases that a cycle may go to from this one. Back from closed leads the owner alone, with a reason.
pub const fn next_phases(phase: Phase) -> &'static [Phase] {
    match phase {
        Phase::Draft => &[Phase::Planning],
        Phase::Planning => &[Phase::Active],
        Phase::Active => &[Phase::Review],
        Phase::Review => &[Phase::Closed, Phase::Active],
        Phase::Closed => &[Phase::Review],
    }
}
