//! What is answered to whoever signed in.

use super::keys::{ACCESS_TOKEN, Keys};
use super::sessions::Opened;
use crate::domain::ids::{OrganizationId, PersonId};
use crate::error::Result;
use std::sync::Arc;

/// The answer to a sign-in: what the following requests send.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct SignedIn {
    /// Sent as `Authorization: Bearer …` with every request.
    pub access_token: String,
    /// `Bearer`.
    #[schema(examples("Bearer"))]
    pub token_type: &'static str,
    /// Seconds until the access token ends.
    #[schema(examples(900))]
    pub expires_in: i64,
    /// Changed for a new pair at `POST /auth/refresh`; each works once.
    pub refresh_token: String,
    /// The organization that was signed in to.
    pub organization_id: OrganizationId,
    /// The person that the caller is there.
    pub person_id: PersonId,
}

impl SignedIn {
    /// The tokens of a session that was opened.
    pub async fn new(keys: &Arc<Keys>, opened: Opened) -> Result<Self> {
        Ok(Self {
            access_token: keys.sign(&opened).await?,
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN.num_seconds(),
            refresh_token: opened.refresh_token,
            organization_id: opened.organization,
            person_id: opened.person,
        })
    }
}
