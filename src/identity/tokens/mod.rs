//! API tokens: how machines sign in. A token acts as the person who made it, never more than they may, and only for
//! what its scopes name. It is shown once; its hash is kept.

mod api;
mod model;
mod store;
mod uses;

pub(super) use api::routes;
pub(super) use model::read;
pub(super) use uses::Uses;

use super::gate::Principal;
use crate::db::{Conn, Event, Subject, Tx};
use crate::domain::ids::{ApiTokenId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::words::ApiScope;
use crate::error::{Code, Error, Faults, Result};
use crate::http::Credential;
use model::ApiToken;
use serde::{Deserialize, Serialize};

/// A token to be.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiTokenIn {
    /// What it is for, at most 120 characters.
    #[schema(examples("CRM: won deals of the day"))]
    pub name: String,
    /// What it may be used for, each named by itself: `read` all that its maker sees, `goals:write` goals, links,
    /// check-ins and approvals, `measurements:write` measurements, `admin` what HR does with the organization, people,
    /// units, cycles and metrics. A viewer's has `read` alone; `admin` is for admins and owners to give.
    #[schema(min_items = 1, max_items = 4)]
    pub scopes: Vec<ApiScope>,
    /// When it ends by itself; never where it is null or left out.
    #[serde(default)]
    pub expires_at: Option<Instant>,
}

/// A token that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeToken {
    /// Its id.
    pub id: ApiTokenId,
    /// Its text: there this once, not where the request is repeated.
    // Never serialized with what a request made, so that no secret lies in the database.
    #[serde(skip)]
    pub token: Option<String>,
}

/// Makes a token of the actor's.
pub fn make(tx: &mut Tx<'_>, new: &ApiTokenIn) -> Result<MadeToken> {
    let name = checked(tx, new)?;
    let (organization, person) = (tx.organization(), tx.actor.person);
    let mine = store::all(tx.conn, organization, Some(person))?;
    if mine.iter().filter(|token| token.stands(tx.now)).count() >= limits::API_TOKENS {
        return Err(Code::TooManyTokens.with("most", limits::API_TOKENS).into());
    }
    let id: ApiTokenId = tx.new_id();
    let text = model::compose(id, organization, person)?;
    let token = ApiToken {
        organization_id: organization,
        id,
        person_id: person,
        name,
        prefix: model::prefix(&text),
        secret_hash: model::stored(&model::hash(&text)),
        scopes: crate::db::columns::Json(new.scopes.clone()),
        created_at: tx.now,
        expires_at: new.expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    store::insert(tx.conn, &token)?;
    tx.note(Event::new("api_token.created", Subject::new("api_token", id).called(&token.name)).after(&token.noted())?);
    Ok(MadeToken { id, token: Some(text) })
}

/// The name, or everything that is wrong with a token to be.
fn checked(tx: &Tx<'_>, new: &ApiTokenIn) -> Result<String> {
    let mut faults = Faults::new();
    let name = faults.line("/name", &new.name, limits::NAME);
    faults.check(!new.scopes.is_empty(), "/scopes", Code::Required);
    for (index, scope) in new.scopes.iter().enumerate() {
        let pointer = format!("/scopes/{index}");
        let earlier = new.scopes.iter().take(index).any(|other| other == scope);
        faults.check(!earlier, &pointer, Code::Duplicate);
        faults.check(tx.actor.may_hand_out(*scope), &pointer, Code::ScopeNotYours);
    }
    faults.check(new.expires_at.is_none_or(|end| end > tx.now), "/expires_at", Code::InThePast);
    faults.finish().map(|()| name)
}

/// Whose tokens are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mine,
    Ones(PersonId),
    Everyones,
}

/// Tokens that were not revoked, ended ones too. Others' are for HR to see.
fn list(tx: &mut Tx<'_>, whose: Whose) -> Result<Vec<ApiToken>> {
    let person = match whose {
        Whose::Mine => Some(tx.actor.person),
        Whose::Ones(person) => Some(person),
        Whose::Everyones => None,
    };
    if person != Some(tx.actor.person) && !tx.actor.is_admin() {
        return Err(Code::Forbidden.into());
    }
    Ok(store::all(tx.conn, tx.organization(), person)?)
}

/// A token that the actor may see: their own, HR anyone's.
fn get(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<ApiToken> {
    let found = store::find(tx.conn, tx.organization(), id)?;
    let visible = found.filter(|token| token.person_id == tx.actor.person || tx.actor.is_admin());
    visible.ok_or_else(Error::not_found)
}

/// Ends a token for good.
pub fn revoke(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<()> {
    let token = get(tx, id)?;
    if !store::revoke(tx.conn, tx.organization(), id, tx.now)? {
        return Err(Error::not_found());
    }
    tx.note(Event::new("api_token.revoked", Subject::new("api_token", id).called(&token.name)).before(&token.noted())?);
    Ok(())
}

/// Ends all tokens of someone for good, whatever becomes of them later.
pub(super) fn revoke_all(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    Ok(store::revoke_all(tx.conn, tx.organization(), person, tx.now)?)
}

/// Lets in whoever carries a token that stands and was made for what is asked.
pub(super) fn admit(
    conn: &mut Conn,
    uses: &Uses,
    who: &Credential,
    (id, hash): (ApiTokenId, &[u8; 32]),
    now: Instant,
) -> Result<Principal> {
    let found = store::holder(conn, (who.organization, id), who.person, hash, now)?.ok_or(Code::InvalidToken)?;
    uses.hand_in(who.organization, id, found.last_used_at, now);
    who.refuse_unless_made_for(&found.scopes.0)?;
    Ok(Principal {
        account: found.account,
        role: found.role,
        time_zone: found.time_zone,
        directory_revision: found.directory_revision,
    })
}
