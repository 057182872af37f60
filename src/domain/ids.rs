//! Typed identifiers: a goal's id can't be passed where a cycle's is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Defines identifiers: a UUID each (version 7, so that later ones sort after earlier ones).
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An organization: the tenant.
    OrganizationId;
    /// An account: how a human signs in, over all organizations.
    AccountId;
    /// A person: a human in one organization.
    PersonId;
    /// A unit of the org structure.
    UnitId;
    /// A lead's rights in someone else's hands.
    DelegationId;
    /// A signed-in session.
    SessionId;
    /// A token of a machine.
    ApiTokenId;
    /// A one-time link: setup, invitation or password reset.
    OneTimeLinkId;
    /// A cycle.
    CycleId;
    /// A forest: an outermost cycle with all the cycles inside it. Its id is that cycle's.
    ForestId;
    /// A metric.
    MetricId;
    /// A measurement.
    MeasurementId;
    /// A goal.
    GoalId;
    /// A change of a commitment that waits for approval.
    ChangeRequestId;
    /// A check-in.
    CheckInId;
    /// A template of reviews.
    ReviewTemplateId;
    /// A review.
    ReviewId;
    /// An entry of the event log.
    EventId;
}

impl From<CycleId> for ForestId {
    /// The forest that an outermost cycle makes.
    fn from(id: CycleId) -> Self {
        Self(id.0)
    }
}
