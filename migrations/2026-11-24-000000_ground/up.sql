-- One set for SQLite and PostgreSQL. Every table of an organization has the key (organization_id, id), and every
-- reference carries the organization with it: no row can point across tenants.
-- Values, targets and weights are BIGINT units of 1/10000.

CREATE TABLE accounts (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE signing_keys (
    id UUID NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ
);

CREATE TABLE organizations (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    locale TEXT NOT NULL,
    currency TEXT NOT NULL,
    fiscal_year_start INTEGER NOT NULL,
    cycle_defaults TEXT NOT NULL,
    directory_revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE units (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    parent_id UUID,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    code_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    supervisors_may_edit BOOLEAN NOT NULL,
    owners_may_edit BOOLEAN NOT NULL,
    owners_may_edit_key_results BOOLEAN NOT NULL,
    okr_visibility TEXT,
    kpi_visibility TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, parent_id) REFERENCES units (organization_id, id),
    CHECK ((kind = 'company') = (parent_id IS NULL))
);
CREATE UNIQUE INDEX units_one_company ON units (organization_id) WHERE kind = 'company';
CREATE UNIQUE INDEX units_code ON units (organization_id, code_folded);
CREATE INDEX units_parent ON units (organization_id, parent_id);

CREATE TABLE people (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    account_id UUID REFERENCES accounts (id),
    role TEXT NOT NULL,
    display_name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    email TEXT,
    email_folded TEXT,
    employee_code TEXT,
    employee_code_folded TEXT,
    job_title TEXT,
    unit_id UUID NOT NULL,
    manager_id UUID,
    joined_on DATE,
    left_on DATE,
    time_zone TEXT,
    locale TEXT,
    deactivated_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES units (organization_id, id),
    FOREIGN KEY (organization_id, manager_id) REFERENCES people (organization_id, id)
);
CREATE UNIQUE INDEX people_account ON people (organization_id, account_id);
CREATE INDEX people_by_account ON people (account_id);
CREATE UNIQUE INDEX people_email ON people (organization_id, email_folded);
CREATE UNIQUE INDEX people_employee_code ON people (organization_id, employee_code_folded);
CREATE INDEX people_name ON people (organization_id, name_folded, id);
CREATE INDEX people_unit ON people (organization_id, unit_id);
CREATE INDEX people_manager ON people (organization_id, manager_id);

CREATE TABLE unit_members (
    organization_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    person_id UUID NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (organization_id, unit_id, person_id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES units (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX unit_members_person ON unit_members (organization_id, person_id);

CREATE TABLE one_time_links (
    id UUID NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    organization_id UUID,
    person_id UUID,
    account_id UUID REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    used_at TIMESTAMPTZ,
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX one_time_links_person ON one_time_links (organization_id, person_id);

CREATE TABLE sessions (
    organization_id UUID NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    refresh_hash TEXT NOT NULL,
    previous_refresh_hash TEXT,
    rotated_at TIMESTAMPTZ,
    user_agent TEXT,
    address TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX sessions_person ON sessions (organization_id, person_id);
CREATE INDEX sessions_account ON sessions (account_id);

CREATE TABLE idempotency_keys (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    person_id UUID NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    result TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, person_id, key)
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

-- No foreign key points here or from here: it is the row that writers of one forest meet on.
CREATE TABLE forests (
    organization_id UUID NOT NULL,
    id UUID NOT NULL,
    revision BIGINT NOT NULL,
    structure_revision BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE events (
    organization_id UUID NOT NULL,
    id UUID NOT NULL,
    forest_id UUID,
    revision BIGINT,
    actor_id UUID,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    goal_id UUID,
    before TEXT,
    after TEXT,
    origin TEXT,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX events_forest ON events (organization_id, forest_id, revision);
CREATE INDEX events_subject ON events (organization_id, subject_id);
CREATE INDEX events_goal ON events (organization_id, goal_id);

CREATE TABLE cycles (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    forest_id UUID NOT NULL,
    parent_id UUID,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    phase TEXT NOT NULL,
    settings TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, parent_id) REFERENCES cycles (organization_id, id)
);
CREATE INDEX cycles_parent ON cycles (organization_id, parent_id);
CREATE INDEX cycles_forest ON cycles (organization_id, forest_id);

CREATE TABLE metrics (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name_en TEXT,
    name_vi TEXT,
    names_folded TEXT NOT NULL,
    description_en TEXT,
    description_vi TEXT,
    unit TEXT NOT NULL,
    display_unit TEXT,
    decimals INTEGER NOT NULL,
    direction TEXT NOT NULL,
    time_aggregation TEXT,
    people_aggregation TEXT,
    measured_for TEXT,
    empty_is_zero BOOLEAN NOT NULL,
    formula TEXT,
    progress_formula TEXT,
    retired_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    CHECK (name_en IS NOT NULL OR name_vi IS NOT NULL)
);
CREATE UNIQUE INDEX metrics_code ON metrics (organization_id, code);

CREATE TABLE goals (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    forest_id UUID NOT NULL,
    cycle_id UUID NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    unit_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    description TEXT,
    source TEXT NOT NULL,
    direction TEXT,
    metric_id UUID,
    start_value BIGINT,
    target BIGINT,
    floor BIGINT,
    ceiling BIGINT,
    lo BIGINT,
    hi BIGINT,
    tolerance BIGINT,
    steps TEXT,
    target_plan TEXT,
    window_first DATE,
    window_last DATE,
    visibility TEXT NOT NULL,
    commitment TEXT NOT NULL,
    review_weight BIGINT NOT NULL,
    state TEXT NOT NULL,
    ever_active BOOLEAN NOT NULL,
    completed_on DATE,
    version BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, cycle_id) REFERENCES cycles (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES units (organization_id, id),
    FOREIGN KEY (organization_id, owner_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, metric_id) REFERENCES metrics (organization_id, id)
);
CREATE INDEX goals_forest ON goals (organization_id, forest_id);
CREATE INDEX goals_cycle ON goals (organization_id, cycle_id);
CREATE INDEX goals_owner ON goals (organization_id, owner_id);
CREATE INDEX goals_unit ON goals (organization_id, unit_id);
CREATE INDEX goals_metric ON goals (organization_id, metric_id);

-- Every state of a goal that ever held, the present one included; `holds_from` is the first day that it speaks for.
CREATE TABLE goal_versions (
    organization_id UUID NOT NULL,
    goal_id UUID NOT NULL,
    version BIGINT NOT NULL,
    holds_from DATE NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    reason TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (organization_id, goal_id, version),
    FOREIGN KEY (organization_id, goal_id) REFERENCES goals (organization_id, id)
);

CREATE TABLE goal_people (
    organization_id UUID NOT NULL,
    goal_id UUID NOT NULL,
    person_id UUID NOT NULL,
    participation TEXT NOT NULL,
    PRIMARY KEY (organization_id, goal_id, person_id, participation),
    FOREIGN KEY (organization_id, goal_id) REFERENCES goals (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE INDEX goal_people_person ON goal_people (organization_id, person_id);

CREATE TABLE goal_links (
    organization_id UUID NOT NULL,
    child_id UUID NOT NULL,
    parent_id UUID NOT NULL,
    weight BIGINT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    proposed_weight BIGINT,
    proposed_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, child_id, parent_id),
    FOREIGN KEY (organization_id, child_id) REFERENCES goals (organization_id, id),
    FOREIGN KEY (organization_id, parent_id) REFERENCES goals (organization_id, id),
    CHECK (child_id <> parent_id)
);
CREATE UNIQUE INDEX goal_links_one_primary ON goal_links (organization_id, child_id) WHERE is_primary;
CREATE INDEX goal_links_parent ON goal_links (organization_id, parent_id);

CREATE TABLE goal_link_versions (
    organization_id UUID NOT NULL,
    child_id UUID NOT NULL,
    parent_id UUID NOT NULL,
    version BIGINT NOT NULL,
    holds_from DATE NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    reason TEXT,
    weight BIGINT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    removed BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, child_id, parent_id, version),
    FOREIGN KEY (organization_id, child_id) REFERENCES goals (organization_id, id),
    FOREIGN KEY (organization_id, parent_id) REFERENCES goals (organization_id, id)
);

CREATE TABLE change_requests (
    organization_id UUID NOT NULL,
    id UUID NOT NULL,
    goal_id UUID NOT NULL,
    goal_version BIGINT NOT NULL,
    change TEXT NOT NULL,
    reason TEXT,
    state TEXT NOT NULL,
    requested_by UUID NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMPTZ,
    decision_note TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, goal_id) REFERENCES goals (organization_id, id),
    FOREIGN KEY (organization_id, requested_by) REFERENCES people (organization_id, id)
);
CREATE INDEX change_requests_goal ON change_requests (organization_id, goal_id);

CREATE TABLE check_ins (
    organization_id UUID NOT NULL,
    id UUID NOT NULL,
    goal_id UUID NOT NULL,
    author_id UUID NOT NULL,
    on_behalf BOOLEAN NOT NULL,
    kind TEXT NOT NULL,
    value BIGINT,
    increment BIGINT,
    completed_steps TEXT,
    effective_on DATE NOT NULL,
    confidence TEXT,
    note TEXT,
    blockers TEXT,
    next_steps TEXT,
    evidence TEXT,
    entered_at TIMESTAMPTZ NOT NULL,
    corrected_at TIMESTAMPTZ,
    voided_at TIMESTAMPTZ,
    voided_by UUID,
    void_reason TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, goal_id) REFERENCES goals (organization_id, id),
    FOREIGN KEY (organization_id, author_id) REFERENCES people (organization_id, id)
);
CREATE INDEX check_ins_goal ON check_ins (organization_id, goal_id, effective_on, entered_at);
