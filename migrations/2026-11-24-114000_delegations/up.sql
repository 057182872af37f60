-- A lead's rights, handed to someone else for a time. What is over stays, for the record.
CREATE TABLE delegations (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    lead_id UUID NOT NULL,
    delegate_id UUID NOT NULL,
    check_in BOOLEAN NOT NULL,
    approve BOOLEAN NOT NULL,
    review BOOLEAN NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    note TEXT,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ended_by UUID,
    ended_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, lead_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, delegate_id) REFERENCES people (organization_id, id),
    CHECK (lead_id <> delegate_id),
    CHECK (first_on <= last_on)
);
CREATE INDEX delegations_lead ON delegations (organization_id, lead_id);
CREATE INDEX delegations_delegate ON delegations (organization_id, delegate_id);

-- The lead for whom a delegate did it.
ALTER TABLE events ADD COLUMN delegate_of UUID;
ALTER TABLE goal_versions ADD COLUMN delegate_of UUID;
ALTER TABLE goal_link_versions ADD COLUMN delegate_of UUID;
ALTER TABLE change_requests ADD COLUMN delegate_of UUID;
ALTER TABLE check_ins ADD COLUMN delegate_of UUID;
