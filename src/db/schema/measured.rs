//! What was measured, and where people were at home when it was.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::Uid;

    home_units (organization_id, person_id, holds_from) {
        organization_id -> Uid,
        person_id -> Uid,
        holds_from -> Date,
        unit_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    measurements (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        metric_id -> Uid,
        person_id -> Nullable<Uid>,
        unit_id -> Uid,
        measured_on -> Date,
        value -> BigInt,
        dimensions -> Text,
        source -> Text,
        external_id -> Nullable<Text>,
        entered_by -> Uid,
        entered_at -> UtcInstant,
        updated_at -> UtcInstant,
        removed_at -> Nullable<UtcInstant>,
        revision -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    measurement_versions (organization_id, measurement_id, version) {
        organization_id -> Uid,
        measurement_id -> Uid,
        version -> BigInt,
        metric_id -> Uid,
        person_id -> Nullable<Uid>,
        unit_id -> Uid,
        measured_on -> Date,
        value -> BigInt,
        dimensions -> Text,
        removed -> Bool,
        said_at -> UtcInstant,
        superseded_in -> BigInt,
        superseded_by -> Uid,
        superseded_at -> UtcInstant,
        reason -> Nullable<Text>,
    }
}
