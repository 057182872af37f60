//! The only SQL on `measurements` and `measurement_versions`.

pub(super) mod days;
