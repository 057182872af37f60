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
    /// Owns the goal.
    GoalOwner,
    /// Leads the goal's team.
    TeamLead,
    /// Leads the department of the goal's team.
    DepartmentLead,
    /// Is HR.
    Hr,
    /// Owns the organization.
    Owner,
}

impl Caller {
    pub const ALL: [Self; 14] = [
        Self::Anonymous,
        Self::Expired,
        Self::Deactivated,
        Self::Foreign,
        Self::Viewer,
        Self::Unrelated,
        Self::Follower,
        Self::Contributor,
        Self::Supervisor,
        Self::GoalOwner,
        Self::TeamLead,
        Self::DepartmentLead,
        Self::Hr,
        Self::Owner,
    ];

    /// Whether the caller is let in as somebody.
    pub const fn is_admitted(self) -> bool {
        !matches!(self, Self::Anonymous | Self::Expired | Self::Deactivated)
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
