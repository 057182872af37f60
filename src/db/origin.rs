//! Where a change came from: kept with each event, for the audit log.

use super::columns::AnyId;
use crate::domain::ids::{ApiTokenId, SessionId};
use crate::domain::words::Via;
use std::sync::Arc;

/// The longest user agent that is kept, in characters.
const USER_AGENT: usize = 300;

/// Where a change came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The request's id; of a command: its name.
    pub request: Option<String>,
    /// The network address of the client.
    pub address: Option<String>,
    /// The program, as it names itself.
    pub user_agent: Option<String>,
    /// What let the actor in, and which of them.
    pub via: Option<(Via, Option<AnyId>)>,
}

impl Origin {
    /// A command of the operator's.
    pub fn operator(command: &str) -> Arc<Self> {
        Arc::new(Self { request: Some(command.to_owned()), via: Some((Via::Operator, None)), ..Self::default() })
    }

    /// A request.
    pub fn request(id: Option<String>, address: Option<String>, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.map(|text| text.chars().take(USER_AGENT).collect());
        Self { request: id, address, user_agent, via: None }
    }

    /// The same, by someone who is signed in.
    #[must_use]
    pub fn in_session(self, session: SessionId) -> Self {
        Self { via: Some((Via::Session, Some(AnyId(session.0)))), ..self }
    }

    /// The same, by a machine with an API token.
    #[must_use]
    pub fn by_token(self, token: ApiTokenId) -> Self {
        Self { via: Some((Via::ApiToken, Some(AnyId(token.0)))), ..self }
    }

    pub(super) fn via_columns(&self) -> (Option<Via>, Option<AnyId>) {
        self.via.map_or((None, None), |(via, id)| (Some(via), id))
    }
}
