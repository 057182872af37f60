//! Reviews: templates, how cycles set them up, and the reviews themselves.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    review_templates (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        name -> Text,
        name_folded -> Text,
        body -> Text,
        archived -> Bool,
        created_by -> Uid,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    review_setups (organization_id, cycle_id) {
        organization_id -> Uid,
        cycle_id -> Uid,
        template_id -> Nullable<Uid>,
        template_version -> Nullable<BigInt>,
        template -> Nullable<Text>,
        deadlines -> Text,
        began_at -> Nullable<UtcInstant>,
        version -> BigInt,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    reviews (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        cycle_id -> Uid,
        person_id -> Uid,
        step -> Text,
        self_part -> Nullable<Text>,
        manager_part -> Nullable<Text>,
        record -> Nullable<Text>,
        calibrations -> Text,
        computed_score -> Nullable<BigInt>,
        self_score -> Nullable<BigInt>,
        manager_score -> Nullable<BigInt>,
        calibrated_score -> Nullable<BigInt>,
        self_submitted_at -> Nullable<UtcInstant>,
        manager_by -> Nullable<Uid>,
        manager_submitted_at -> Nullable<UtcInstant>,
        shared_by -> Nullable<Uid>,
        shared_at -> Nullable<UtcInstant>,
        acknowledged_at -> Nullable<UtcInstant>,
        agreed -> Nullable<Bool>,
        acknowledgement -> Nullable<Text>,
        added_reason -> Nullable<Text>,
        excluded_reason -> Nullable<Text>,
        returned_reason -> Nullable<Text>,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}
