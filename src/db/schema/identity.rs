//! What lets people and machines in.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    accounts (id) {
        id -> Uid,
        email -> Text,
        email_folded -> Text,
        password_hash -> Nullable<Text>,
        created_at -> UtcInstant,
        updated_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    account_sources (kind, subject) {
        kind -> Text,
        subject -> Text,
        account_id -> Uid,
        created_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    account_totp (account_id) {
        account_id -> Uid,
        secret -> Text,
        created_at -> UtcInstant,
        confirmed_at -> Nullable<UtcInstant>,
        last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    recovery_codes (account_id, code_hash) {
        account_id -> Uid,
        code_hash -> Text,
        used_at -> Nullable<UtcInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    sign_in_tries (key) {
        key -> Text,
        tries -> Integer,
        last_at -> UtcInstant,
        blocked_until -> Nullable<UtcInstant>,
        forgotten_at -> UtcInstant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    signing_keys (id) {
        id -> Uid,
        secret -> Text,
        created_at -> UtcInstant,
        retired_at -> Nullable<UtcInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    one_time_links (id) {
        id -> Uid,
        purpose -> Text,
        secret_hash -> Text,
        organization_id -> Nullable<Uid>,
        person_id -> Nullable<Uid>,
        account_id -> Nullable<Uid>,
        created_at -> UtcInstant,
        expires_at -> Nullable<UtcInstant>,
        used_at -> Nullable<UtcInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    sessions (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        person_id -> Uid,
        account_id -> Uid,
        user_agent -> Nullable<Text>,
        address -> Nullable<Text>,
        created_at -> UtcInstant,
        last_used_at -> UtcInstant,
        expires_at -> UtcInstant,
        revoked_at -> Nullable<UtcInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    refresh_tokens (organization_id, hash) {
        organization_id -> Uid,
        hash -> Text,
        session_id -> Uid,
        issued_at -> UtcInstant,
        used_at -> Nullable<UtcInstant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::columns::{Uid, UtcInstant};

    api_tokens (organization_id, id) {
        organization_id -> Uid,
        id -> Uid,
        person_id -> Uid,
        name -> Text,
        prefix -> Text,
        secret_hash -> Text,
        scopes -> Text,
        created_at -> UtcInstant,
        expires_at -> Nullable<UtcInstant>,
        last_used_at -> Nullable<UtcInstant>,
        revoked_at -> Nullable<UtcInstant>,
    }
}
