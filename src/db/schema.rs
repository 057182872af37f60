//! The tables, for both databases: `tests/database.rs` holds this file and those below it to the migrations.

#![expect(missing_docs, reason = "the migrations say what each column is")]

mod identity;
mod measured;
mod review;

pub use identity::{
    account_sources, account_totp, accounts, api_tokens, one_time_links, recovery_codes, refresh_tokens, sessions,
    sign_in_tries, signing_keys,
};
pub use measured::{home_units, measurement_versions, measurements};
pub use review::{review_setups, review_templates, reviews};

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    organizations (id) {
        id -> Uid,
        name -> Text,
        time_zone -> Text,
        locale -> Text,
        currency -> Text,
        fiscal_year_start -> Integer,
        cycle_defaults -> Text,
        directory_revision -> BigInt,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
        measurement_revision -> BigInt,
        ranking_visibility -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    units (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        parent_id -> Nullable<Uid>,
        kind -> Text,
        code -> Text,
        code_folded -> Text,
        name -> Text,
        name_folded -> Text,
        okr_visibility -> Nullable<Text>,
        kpi_visibility -> Nullable<Text>,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
        supervisors_may_create -> Nullable<Bool>,
        supervisors_may_edit -> Nullable<Bool>,
        owners_may_edit -> Nullable<Bool>,
        owners_may_delete -> Nullable<Bool>,
        owners_may_edit_key_results -> Nullable<Bool>,
        review_visibility -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    people (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        account_id -> Nullable<Uid>,
        role -> Text,
        display_name -> Text,
        name_folded -> Text,
        email -> Nullable<Text>,
        email_folded -> Nullable<Text>,
        employee_code -> Nullable<Text>,
        employee_code_folded -> Nullable<Text>,
        job_title -> Nullable<Text>,
        unit_id -> Uid,
        manager_id -> Nullable<Uid>,
        joined_on -> Nullable<Date>,
        left_on -> Nullable<Date>,
        time_zone -> Nullable<Text>,
        locale -> Nullable<Text>,
        deactivated_at -> Nullable<UtcInstant>,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    unit_members (organization_id, unit_id, person_id) {
        organization_id -> Uid,
        unit_id -> Uid,
        person_id -> Uid,
        role -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    idempotency_keys (organization_id, person_id, key) {
        organization_id -> Uid,
        person_id -> Uid,
        key -> Text,
        fingerprint -> Text,
        result -> Text,
        expires_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    forests (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        revision -> BigInt,
        structure_revision -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    events (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        forest_id -> Nullable<Uid>,
        revision -> Nullable<BigInt>,
        actor_id -> Nullable<Uid>,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Uid,
        goal_id -> Nullable<Uid>,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        origin -> Nullable<Text>,
        at -> UtcInstant,
        address -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        via -> Nullable<Text>,
        via_id -> Nullable<Uid>,
        label -> Nullable<Text>,
        delegate_of -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    cycles (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        forest_id -> Uid,
        parent_id -> Nullable<Uid>,
        kind -> Text,
        name -> Text,
        name_folded -> Text,
        starts_on -> Date,
        ends_on -> Date,
        phase -> Text,
        settings -> Text,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    metrics (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        code -> Text,
        name_en -> Nullable<Text>,
        name_vi -> Nullable<Text>,
        names_folded -> Text,
        description_en -> Nullable<Text>,
        description_vi -> Nullable<Text>,
        unit -> Text,
        display_unit -> Nullable<Text>,
        decimals -> Integer,
        direction -> Text,
        time_aggregation -> Nullable<Text>,
        people_aggregation -> Nullable<Text>,
        measured_for -> Nullable<Text>,
        empty_is_zero -> Bool,
        formula -> Nullable<Text>,
        progress_formula -> Nullable<Text>,
        retired_at -> Nullable<UtcInstant>,
        version -> BigInt,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
        dimensions -> Nullable<Text>,
        library_code -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    goals (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        forest_id -> Uid,
        cycle_id -> Uid,
        kind -> Text,
        scope -> Text,
        unit_id -> Uid,
        owner_id -> Uid,
        title -> Text,
        title_folded -> Text,
        description -> Nullable<Text>,
        source -> Text,
        direction -> Nullable<Text>,
        metric_id -> Nullable<Uid>,
        start_value -> Nullable<BigInt>,
        target -> Nullable<BigInt>,
        floor -> Nullable<BigInt>,
        ceiling -> Nullable<BigInt>,
        lo -> Nullable<BigInt>,
        hi -> Nullable<BigInt>,
        tolerance -> Nullable<BigInt>,
        steps -> Nullable<Text>,
        target_plan -> Nullable<Text>,
        window_first -> Nullable<Date>,
        window_last -> Nullable<Date>,
        visibility -> Text,
        commitment -> Text,
        review_weight -> BigInt,
        state -> Text,
        ever_active -> Bool,
        completed_on -> Nullable<Date>,
        version -> BigInt,
        created_by -> Uid,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    goal_versions (organization_id, goal_id, version) {
        organization_id -> Uid,
        goal_id -> Uid,
        version -> BigInt,
        holds_from -> Date,
        recorded_at -> UtcInstant,
        actor_id -> Nullable<Uid>,
        reason -> Nullable<Text>,
        body -> Text,
        delegate_of -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    goal_people (organization_id, goal_id, person_id, participation) {
        organization_id -> Uid,
        goal_id -> Uid,
        person_id -> Uid,
        participation -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    goal_links (organization_id, child_id, parent_id) {
        organization_id -> Uid,
        child_id -> Uid,
        parent_id -> Uid,
        weight -> BigInt,
        is_primary -> Bool,
        proposed_weight -> Nullable<BigInt>,
        proposed_by -> Nullable<Uid>,
        created_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    goal_link_versions (organization_id, child_id, parent_id, version) {
        organization_id -> Uid,
        child_id -> Uid,
        parent_id -> Uid,
        version -> BigInt,
        holds_from -> Date,
        recorded_at -> UtcInstant,
        actor_id -> Nullable<Uid>,
        reason -> Nullable<Text>,
        weight -> BigInt,
        is_primary -> Bool,
        removed -> Bool,
        delegate_of -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    change_requests (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        goal_id -> Uid,
        goal_version -> BigInt,
        change -> Text,
        reason -> Nullable<Text>,
        state -> Text,
        requested_by -> Uid,
        requested_at -> UtcInstant,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<UtcInstant>,
        decision_note -> Nullable<Text>,
        version -> BigInt,
        delegate_of -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    check_ins (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        goal_id -> Uid,
        author_id -> Uid,
        on_behalf -> Bool,
        kind -> Text,
        value -> Nullable<BigInt>,
        increment -> Nullable<BigInt>,
        completed_steps -> Nullable<Text>,
        effective_on -> Date,
        confidence -> Nullable<Text>,
        note -> Nullable<Text>,
        blockers -> Nullable<Text>,
        next_steps -> Nullable<Text>,
        evidence -> Nullable<Text>,
        entered_at -> UtcInstant,
        corrected_at -> Nullable<UtcInstant>,
        voided_at -> Nullable<UtcInstant>,
        voided_by -> Nullable<Uid>,
        void_reason -> Nullable<Text>,
        version -> BigInt,
        delegate_of -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    delegations (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        lead_id -> Uid,
        delegate_id -> Uid,
        check_in -> Bool,
        approve -> Bool,
        review -> Bool,
        first_on -> Date,
        last_on -> Date,
        note -> Nullable<Text>,
        created_by -> Uid,
        created_at -> UtcInstant,
        ended_by -> Nullable<Uid>,
        ended_at -> Nullable<UtcInstant>,
        version -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    account_sources,
    account_totp,
    recovery_codes,
    sign_in_tries,
    signing_keys,
    organizations,
    units,
    people,
    unit_members,
    one_time_links,
    sessions,
    refresh_tokens,
    api_tokens,
    idempotency_keys,
    forests,
    events,
    cycles,
    metrics,
    goals,
    goal_versions,
    goal_people,
    goal_links,
    goal_link_versions,
    change_requests,
    check_ins,
    delegations,
    home_units,
    measurements,
    measurement_versions,
);
