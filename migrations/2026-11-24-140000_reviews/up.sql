-- What reviews ask, of whom, and how they come to a score: the organization's templates.
CREATE TABLE review_templates (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    body TEXT NOT NULL,
    archived BOOLEAN NOT NULL,
    created_by UUID NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id)
);

-- How a cycle's reviews are set up: the template that it chose, and from the day on which they began the template as it
-- was then.
CREATE TABLE review_setups (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    cycle_id UUID NOT NULL,
    template_id UUID,
    -- Both from the beginning on.
    template_version BIGINT,
    template TEXT,
    deadlines TEXT NOT NULL,
    began_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, cycle_id),
    FOREIGN KEY (organization_id, cycle_id) REFERENCES cycles (organization_id, id),
    FOREIGN KEY (organization_id, template_id) REFERENCES review_templates (organization_id, id)
);
CREATE INDEX review_setups_template ON review_setups (organization_id, template_id);

-- The review of one person in one cycle.
CREATE TABLE reviews (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    cycle_id UUID NOT NULL,
    person_id UUID NOT NULL,
    step TEXT NOT NULL,
    -- What the person and what the manager wrote.
    self_part TEXT,
    manager_part TEXT,
    -- The goals as they stood when the manager's review was submitted.
    record TEXT,
    -- Every move of the rating, the last one holding.
    calibrations TEXT NOT NULL,
    -- The layers, in ten-thousandths; kept from the submission on that they belong to.
    computed_score BIGINT,
    self_score BIGINT,
    manager_score BIGINT,
    calibrated_score BIGINT,
    self_submitted_at TIMESTAMPTZ,
    -- Who wrote last, and submitted.
    manager_by UUID,
    manager_submitted_at TIMESTAMPTZ,
    shared_by UUID,
    shared_at TIMESTAMPTZ,
    acknowledged_at TIMESTAMPTZ,
    agreed BOOLEAN,
    acknowledgement TEXT,
    -- Why HR added or left out the person, and why the review was returned last.
    added_reason TEXT,
    excluded_reason TEXT,
    returned_reason TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, cycle_id) REFERENCES cycles (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id)
);
CREATE UNIQUE INDEX reviews_person ON reviews (organization_id, cycle_id, person_id);
CREATE INDEX reviews_of_person ON reviews (organization_id, person_id);
