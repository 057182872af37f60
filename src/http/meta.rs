//! `GET /meta`: everything that a client would otherwise hard-code.

use super::service::Service;
use crate::domain::instant::Instant;
use crate::domain::limits;
use crate::domain::words::{self, Locale};
use crate::error::Code;
use actix_web::get;
use actix_web::web::{Data, Json};
use serde::Serialize;
use std::collections::BTreeMap;

/// A text in both languages.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Bilingual {
    /// English.
    pub en: &'static str,
    /// Vietnamese.
    pub vi: &'static str,
}

/// One value of an enumeration.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EnumValue {
    /// As it stands in JSON.
    pub value: &'static str,
    /// As people read it.
    pub label: Bilingual,
    /// Its place in the order, from 0.
    pub order: usize,
}

/// One code of a problem or a fault.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ErrorCode {
    /// The code.
    pub code: &'static str,
    /// The HTTP status that it comes with; 422 for faults of single fields.
    pub status: u16,
    /// Its title.
    pub title: Bilingual,
}

/// What a client needs to know of this instance.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Meta {
    /// The service's name.
    #[schema(examples("goaltree"))]
    pub name: &'static str,
    /// The version of the build.
    pub version: &'static str,
    /// The moment at which the clock is held (`--clock`), where it is: figures then do not move with the days.
    pub clock_held_at: Option<Instant>,
    /// Every enumeration with its values, in order.
    pub enums: BTreeMap<&'static str, Vec<EnumValue>>,
    /// Every code that a problem can have.
    pub error_codes: Vec<ErrorCode>,
    /// The most that is taken of each thing.
    pub limits: BTreeMap<&'static str, usize>,
}

/// Words, codes and limits
///
/// Every enum value with its label in English and Vietnamese and its order, every error code, the limits, the
/// version. Needs no sign-in.
#[utoipa::path(tag = "operations", security(()), responses((status = 200, body = Meta, description = "The words, codes and limits")))]
#[get("/meta")]
pub async fn get_meta(service: Data<Service>) -> Json<Meta> {
    let value = |(order, label): (usize, &words::Label)| EnumValue {
        value: label.value,
        label: Bilingual { en: label.en, vi: label.vi },
        order,
    };
    let code = |code: &Code| ErrorCode {
        code: code.as_str(),
        status: code.status(),
        title: Bilingual { en: code.text(Locale::En).title, vi: code.text(Locale::Vi).title },
    };
    Json(Meta {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        clock_held_at: service.clock.held(),
        enums: words::all().map(|(name, labels)| (*name, labels.iter().enumerate().map(value).collect())).collect(),
        error_codes: Code::ALL.iter().map(code).collect(),
        limits: limits::ALL.iter().map(|limit| (limit.name, limit.most)).collect(),
    })
}
