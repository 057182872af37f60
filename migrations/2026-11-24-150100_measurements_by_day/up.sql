-- What is measured of everyone, day by day: by it the measurements behind a company's value are found.
CREATE INDEX measurements_day ON measurements (organization_id, metric_id, measured_on);
