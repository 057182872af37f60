//! A template's row, and what is said of it.

use crate::db::Tx;
use crate::db::columns::Json;
use crate::db::schema::review_templates;
use crate::domain::ids::{OrganizationId, PersonId, ReviewTemplateId};
use crate::domain::instant::Instant;
use crate::domain::review::{ReviewTemplate, ScalePoint, Scoring, Section, Settings, standard_template};
use crate::http::not_null;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

/// A template of reviews.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_templates, primary_key(organization_id, id))]
pub struct Template {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: ReviewTemplateId,
    /// Its name.
    pub name: String,
    /// Its name as people search for it.
    pub name_folded: String,
    /// What it says.
    pub body: Json<ReviewTemplate>,
    /// Whether it can't be chosen any more.
    pub archived: bool,
    /// Who made it.
    pub created_by: PersonId,
    /// Moves with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A template to be made. What is left out is as in the standard one, by which cycles go that chose none.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewTemplateIn)]
pub struct TemplateIn {
    /// Its name, at most 120 characters.
    pub name: String,
    /// The rating scale.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub scale: Option<Vec<ScalePoint>>,
    /// The sections.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub sections: Option<Vec<Section>>,
    /// How goals become a score. Its scores lie within the scale.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub scoring: Option<Scoring>,
    /// How the review goes its way.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub settings: Option<Settings>,
}

/// A change of a template; what is left out stays, what is given is replaced whole.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewTemplatePatch)]
pub struct TemplatePatch {
    /// Its name, at most 120 characters.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// The rating scale.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub scale: Option<Vec<ScalePoint>>,
    /// The sections.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub sections: Option<Vec<Section>>,
    /// How goals become a score. Its scores lie within the scale.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub scoring: Option<Scoring>,
    /// How the review goes its way.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub settings: Option<Settings>,
    /// Whether it is put away: no cycle chooses it any more, those that did keep it.
    #[serde(default, deserialize_with = "not_null")]
    #[schema(nullable = false)]
    pub archived: Option<bool>,
}

impl TemplatePatch {
    /// The template after it, not checked yet.
    pub(super) fn over(&self, before: &Template) -> Template {
        let was = &before.body.0;
        Template {
            name: self.name.clone().unwrap_or_else(|| before.name.clone()),
            archived: self.archived.unwrap_or(before.archived),
            body: Json(ReviewTemplate {
                scale: self.scale.clone().unwrap_or_else(|| was.scale.clone()),
                sections: self.sections.clone().unwrap_or_else(|| was.sections.clone()),
                scoring: self.scoring.clone().unwrap_or_else(|| was.scoring.clone()),
                settings: self.settings.clone().unwrap_or_else(|| was.settings.clone()),
            }),
            ..before.clone()
        }
    }
}

impl Template {
    /// A new one, not checked yet.
    pub(super) fn new(tx: &Tx<'_>, new: &TemplateIn) -> Self {
        let standard = standard_template();
        Self {
            organization_id: tx.organization(),
            id: tx.new_id(),
            name: new.name.clone(),
            name_folded: String::new(),
            body: Json(ReviewTemplate {
                scale: new.scale.clone().unwrap_or(standard.scale),
                sections: new.sections.clone().unwrap_or(standard.sections),
                scoring: new.scoring.clone().unwrap_or(standard.scoring),
                settings: new.settings.clone().unwrap_or(standard.settings),
            }),
            archived: false,
            created_by: tx.actor.person,
            version: 1,
            created_at: tx.now,
            updated_at: tx.now,
        }
    }

    /// What the event log keeps of it.
    pub(super) fn noted(&self) -> Value {
        json!({ "name": self.name, "archived": self.archived, "template": self.body.0 })
    }
}
