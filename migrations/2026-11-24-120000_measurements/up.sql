-- Where each person was at home, and since when: what is measured of them counts in the unit that they belonged to on
-- its day. Who was there before this was kept, was always where they are now.
CREATE TABLE home_units (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    person_id UUID NOT NULL,
    holds_from DATE NOT NULL,
    unit_id UUID NOT NULL,
    PRIMARY KEY (organization_id, person_id, holds_from),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES units (organization_id, id)
);
CREATE INDEX home_units_unit ON home_units (organization_id, unit_id);
INSERT INTO home_units (organization_id, person_id, holds_from, unit_id)
SELECT organization_id, id, '0001-01-01', unit_id FROM people;

-- Moves with every change of what is measured: the figures in memory compare it, and whoever measures takes it first,
-- so that one batch after another comes in and the same external id is never there twice.
ALTER TABLE organizations ADD COLUMN measurement_revision BIGINT NOT NULL DEFAULT 0;
-- Who sees figures person beside person: all, leads, none.
ALTER TABLE organizations ADD COLUMN ranking_visibility TEXT NOT NULL DEFAULT 'leads';

-- By what its measurements may be split (a JSON list of names), and the standard metric that it was made from.
ALTER TABLE metrics ADD COLUMN dimensions TEXT;
ALTER TABLE metrics ADD COLUMN library_code TEXT;

-- A dated value of a metric: of a person, or (`person_id` null) of a unit.
CREATE TABLE measurements (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    metric_id UUID NOT NULL,
    person_id UUID,
    -- The unit itself, or the one that the person belonged to on that day.
    unit_id UUID NOT NULL,
    measured_on DATE NOT NULL,
    value BIGINT NOT NULL,
    -- The combination of its dimensions as one canonical JSON object; empty without any.
    dimensions TEXT NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT,
    entered_by UUID NOT NULL,
    -- A correction keeps its time.
    entered_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    -- The organization's measurement revision with which it last changed.
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, metric_id) REFERENCES metrics (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES people (organization_id, id),
    FOREIGN KEY (organization_id, unit_id) REFERENCES units (organization_id, id)
);
CREATE UNIQUE INDEX measurements_external ON measurements (organization_id, metric_id, source, external_id)
WHERE external_id IS NOT NULL;
CREATE INDEX measurements_person ON measurements (organization_id, metric_id, person_id, measured_on);
CREATE INDEX measurements_unit ON measurements (organization_id, metric_id, unit_id, measured_on);
CREATE INDEX measurements_revision ON measurements (organization_id, revision);

-- What a measurement said before it was corrected or removed.
CREATE TABLE measurement_versions (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    measurement_id UUID NOT NULL,
    version BIGINT NOT NULL,
    metric_id UUID NOT NULL,
    person_id UUID,
    unit_id UUID NOT NULL,
    measured_on DATE NOT NULL,
    value BIGINT NOT NULL,
    dimensions TEXT NOT NULL,
    removed BOOLEAN NOT NULL,
    said_at TIMESTAMPTZ NOT NULL,
    -- What came after it: the organization's measurement revision, who, when and why.
    superseded_in BIGINT NOT NULL,
    superseded_by UUID NOT NULL,
    superseded_at TIMESTAMPTZ NOT NULL,
    reason TEXT,
    PRIMARY KEY (organization_id, measurement_id, version),
    FOREIGN KEY (organization_id, measurement_id) REFERENCES measurements (organization_id, id)
);
CREATE INDEX measurement_versions_revision ON measurement_versions (organization_id, superseded_in);
