//! The kinds of callers.

/// A kind of caller, in the order in which each row is tried: those who are refused first, so that what a request would
/// use up lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Caller {
    /// Has not signed in.
    Anonymous,
    /// Sends an access token whose time is over.
    Expired,
    /// Was deactivated after signing in.
    Deactivated,
    /// Owns another organization of the same instance.
    Foreign,
    /// Looks on, and works in the goal's team.
    Viewer,
    /// Works in another department.
    Unrelated,
    /// Follows the goal, from another department.
    Follower,
    /// Contributes to the goal, from another department.
    Contributor,
    /// Supervises the department of the goal's team, which lets supervisors do nothing more.
    Supervisor,
    /// Stands for the team's lead for a time, with check-ins, approvals and reviews, from another department.
    Delegate,
    /// Owns the goal.
    GoalOwner,
    /// Leads the goal's team.
    TeamLead,
    /// Leads the department of the goal's team.
    DepartmentLead,
    /// A machine with the owner's API token for reading.
    ReadToken,
    /// … for writing goals.
    GoalsToken,
    /// … for writing measurements.
    MeasurementsToken,
    /// … for what HR does.
    AdminToken,
    /// Is HR.
    Hr,
    /// Owns the organization.
    Owner,
}

impl Caller {
    pub const ALL: [Self; 19] = [
        Self::Anonymous,
        Self::Expired,
        Self::Deactivated,
        Self::Foreign,
        Self::Viewer,
        Self::Unrelated,
        Self::Follower,
        Self::Contributor,
        Self::Supervisor,
        Self::Delegate,
        Self::GoalOwner,
        Self::TeamLead,
        Self::DepartmentLead,
        Self::ReadToken,
        Self::GoalsToken,
        Self::MeasurementsToken,
        Self::AdminToken,
        Self::Hr,
        Self::Owner,
    ];

    /// Whether the caller is let in as somebody.
    pub const fn is_admitted(self) -> bool {
        !matches!(self, Self::Anonymous | Self::Expired | Self::Deactivated)
    }

    /// The scope of the owner's API token that the caller sends.
    pub const fn scope(self) -> Option<&'static str> {
        match self {
            Self::ReadToken => Some("read"),
            Self::GoalsToken => Some("goals:write"),
            Self::MeasurementsToken => Some("measurements:write"),
            Self::AdminToken => Some("admin"),
            _ => None,
        }
    }

    /// As whom the caller acts.
    pub const fn person(self) -> Self {
        if self.scope().is_some() { Self::Owner } else { self }
    }

    /// Whether the caller is let in as somebody of the organization.
    pub const fn is_inside(self) -> bool {
        self.is_admitted() && !matches!(self, Self::Foreign)
    }

    /// Whether the caller is HR or an owner.
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::Hr | Self::Owner)
    }
}
