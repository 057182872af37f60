//! What can be done with a goal, why it may be done, and why not.

/// What can be done with a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See it, with its figures.
    See,
    /// See what it said before, and who changed it.
    ViewHistory,
    /// Comment on it.
    Comment,
    /// Link another goal of one's own under it: without the right to weigh, as a proposal that counts nothing.
    Link,
    /// Give the links under it their weights.
    Weigh,
    /// Change what it says: text, target, place, people.
    Edit,
    /// Submit it as a commitment.
    Submit,
    /// Approve or return a submitted goal or a proposed change.
    Approve,
    /// Put it on hold.
    Hold,
    /// Go on with it after a hold.
    Resume,
    /// Complete it.
    Complete,
    /// Cancel it.
    Cancel,
    /// Open it again after it was completed or cancelled.
    Reopen,
    /// Delete it.
    Delete,
    /// Check in, for oneself or on behalf.
    CheckIn,
    /// Check in on its owner's behalf, and void or correct others' check-ins.
    CheckInOnBehalf,
}

impl Action {
    /// Every action, in the order in which they are shown.
    pub const ALL: &[Self] = &[
        Self::See,
        Self::ViewHistory,
        Self::Comment,
        Self::Link,
        Self::Weigh,
        Self::Edit,
        Self::Submit,
        Self::Approve,
        Self::Hold,
        Self::Resume,
        Self::Complete,
        Self::Cancel,
        Self::Reopen,
        Self::Delete,
        Self::CheckIn,
        Self::CheckInOnBehalf,
    ];

    /// The right that it takes.
    pub(super) const fn right(self) -> Right {
        match self {
            Self::See | Self::ViewHistory => Right::See,
            Self::Comment | Self::Link => Right::Speak,
            Self::Weigh | Self::Edit | Self::Hold | Self::Resume | Self::Complete | Self::Cancel | Self::Reopen => {
                Right::Change
            }
            Self::Submit => Right::Submit,
            Self::Approve => Right::Approve,
            Self::Delete => Right::Delete,
            Self::CheckIn => Right::CheckIn,
            Self::CheckInOnBehalf => Right::SpeakFor,
        }
    }
}

/// A right that actions take: several take the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    See,
    Speak,
    Change,
    Submit,
    Approve,
    Delete,
    CheckIn,
    SpeakFor,
}

/// Why something is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The actor owns the organization or is HR.
    Admin,
    /// The actor owns the goal.
    GoalOwner,
    /// The review is the actor's own.
    ReviewedPerson,
    /// The actor contributes to it.
    Contributor,
    /// The actor follows or watches it.
    Watcher,
    /// The actor leads its unit or one above, or manages its owner, directly or up the line.
    LeadLine,
    /// The actor supervises its unit or one above.
    Supervisor,
    /// The actor stands for someone of the lead line who handed them the right for a time.
    Delegate,
    /// The goal is open to whoever is asking.
    Visibility,
}

/// Why something can't be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// Viewers only look on.
    Viewer,
    /// It is for the goal's owner.
    NotOwner,
    /// It is not for whoever owns the goal or works on it.
    OwnGoal,
    /// The goal's unit, or one above, keeps owners from it.
    UnitForbidsOwners,
    /// The goal's unit, and those above, do not let supervisors do it.
    UnitForbidsSupervisors,
    /// The caller has nothing to do with the goal that would let them.
    NoRelation,
    /// The phase of the goal's cycle forbids it now.
    Phase,
    /// The goal's state forbids it now.
    State,
    /// The goal's figure does not come from check-ins.
    Source,
    /// Goals are linked under it.
    LinkedUnder,
    /// It has been checked in.
    CheckedIn,
}
