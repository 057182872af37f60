//! The only SQL on `review_templates`.

use super::Template;
use crate::db::Conn;
use crate::db::schema::review_templates::{self, dsl};
use crate::domain::ids::{OrganizationId, ReviewTemplateId};
use diesel::prelude::*;

/// A template.
pub(super) fn find(
    conn: &mut Conn,
    organization: OrganizationId,
    id: ReviewTemplateId,
) -> QueryResult<Option<Template>> {
    dsl::review_templates.find((organization, id)).select(Template::as_select()).first(conn).optional()
}

/// All templates.
pub(super) fn all(conn: &mut Conn, organization: OrganizationId) -> QueryResult<Vec<Template>> {
    dsl::review_templates.filter(dsl::organization_id.eq(organization)).select(Template::as_select()).load(conn)
}

/// How many templates there are.
pub(super) fn count(conn: &mut Conn, organization: OrganizationId) -> QueryResult<i64> {
    dsl::review_templates.filter(dsl::organization_id.eq(organization)).count().get_result(conn)
}

/// A new template.
pub(super) fn insert(conn: &mut Conn, new: &Template) -> QueryResult<()> {
    diesel::insert_into(review_templates::table).values(new).execute(conn).map(drop)
}

/// A template as it is now; whether it was still at the version before.
pub(super) fn update(conn: &mut Conn, after: &Template, version: i64) -> QueryResult<bool> {
    let at_version = dsl::review_templates.find((after.organization_id, after.id)).filter(dsl::version.eq(version));
    diesel::update(at_version).set(after).execute(conn).map(|rows| rows == 1)
}
