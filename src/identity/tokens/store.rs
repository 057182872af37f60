//! The only SQL on `api_tokens`.

use super::model::{ApiToken, stored};
use crate::db::Conn;
use crate::db::columns::Json;
use crate::db::schema::api_tokens::{self, dsl};
use crate::db::schema::{organizations, people};
use crate::domain::ids::{AccountId, ApiTokenId, OrganizationId, PersonId};
use crate::domain::instant::Instant;
use crate::domain::words::{ApiScope, Role};
use diesel::prelude::*;

/// What a request needs to know of the one whose token it carries, in one query.
#[derive(Queryable)]
pub(super) struct Holder {
    pub(super) account: Option<AccountId>,
    pub(super) role: Role,
    pub(super) scopes: Json<Vec<ApiScope>>,
    pub(super) last_used_at: Option<Instant>,
    pub(super) time_zone: String,
    pub(super) directory_revision: i64,
}

/// Whose token it is, if it stands and they are with the organization.
pub(super) fn holder(
    conn: &mut Conn,
    (organization, id): (OrganizationId, ApiTokenId),
    person: PersonId,
    hash: &[u8; 32],
    now: Instant,
) -> QueryResult<Option<Holder>> {
    let same_person = people::organization_id.eq(api_tokens::organization_id).and(people::id.eq(api_tokens::person_id));
    api_tokens::table
        .inner_join(people::table.on(same_person))
        .inner_join(organizations::table.on(organizations::id.eq(api_tokens::organization_id)))
        .filter(api_tokens::organization_id.eq(organization))
        .filter(api_tokens::id.eq(id))
        .filter(api_tokens::person_id.eq(person))
        .filter(api_tokens::secret_hash.eq(stored(hash)))
        .filter(api_tokens::revoked_at.is_null())
        .filter(api_tokens::expires_at.is_null().or(api_tokens::expires_at.gt(now)))
        .filter(people::deactivated_at.is_null())
        .select((
            people::account_id,
            people::role,
            api_tokens::scopes,
            api_tokens::last_used_at,
            organizations::time_zone,
            organizations::directory_revision,
        ))
        .first(conn)
        .optional()
}

/// A token, a revoked one too.
pub(super) fn find(conn: &mut Conn, organization: OrganizationId, id: ApiTokenId) -> QueryResult<Option<ApiToken>> {
    dsl::api_tokens.find((organization, id)).first(conn).optional()
}

/// The tokens that were not revoked: one person's, or everyone's.
pub(super) fn all(
    conn: &mut Conn,
    organization: OrganizationId,
    person: Option<PersonId>,
) -> QueryResult<Vec<ApiToken>> {
    let mut found =
        dsl::api_tokens.filter(dsl::organization_id.eq(organization)).filter(dsl::revoked_at.is_null()).into_boxed();
    if let Some(person) = person {
        found = found.filter(dsl::person_id.eq(person));
    }
    found.load(conn)
}

/// Adds a token.
pub(super) fn insert(conn: &mut Conn, token: &ApiToken) -> QueryResult<()> {
    diesel::insert_into(dsl::api_tokens).values(token).execute(conn).map(drop)
}

/// Revokes a token; whether it was not revoked before.
pub(super) fn revoke(conn: &mut Conn, organization: OrganizationId, id: ApiTokenId, now: Instant) -> QueryResult<bool> {
    let standing = dsl::api_tokens.find((organization, id)).filter(dsl::revoked_at.is_null());
    diesel::update(standing).set(dsl::revoked_at.eq(now)).execute(conn).map(|ended| ended > 0)
}

/// Revokes all of a person's tokens.
pub(super) fn revoke_all(
    conn: &mut Conn,
    organization: OrganizationId,
    person: PersonId,
    now: Instant,
) -> QueryResult<()> {
    let standing = dsl::api_tokens
        .filter(dsl::organization_id.eq(organization))
        .filter(dsl::person_id.eq(person))
        .filter(dsl::revoked_at.is_null());
    diesel::update(standing).set(dsl::revoked_at.eq(now)).execute(conn).map(drop)
}

/// Notes that a token was used, unless that is noted already.
pub(super) fn note_use(conn: &mut Conn, organization: OrganizationId, id: ApiTokenId, at: Instant) -> QueryResult<()> {
    let earlier =
        dsl::api_tokens.find((organization, id)).filter(dsl::last_used_at.is_null().or(dsl::last_used_at.lt(at)));
    diesel::update(earlier).set(dsl::last_used_at.eq(at)).execute(conn).map(drop)
}
