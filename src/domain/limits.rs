//! The limits of sizes, in one place: code and `GET /meta` read them here.

/// A limit as `GET /meta` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// The most that is taken.
    pub most: usize,
}

macro_rules! limits {
    ($($(#[$doc:meta])* $constant:ident = $name:literal, $most:literal;)*) => {
        $($(#[$doc])* pub const $constant: usize = $most;)*

        /// Every limit.
        pub const ALL: &[Limit] = &[$(Limit { name: $name, most: $most },)*];
    };
}

limits! {
    /// Bytes of a request's body.
    BODY_BYTES = "body_bytes", 2_097_152;
    /// Bytes of an address with its parameters.
    ADDRESS_BYTES = "address_bytes", 8_192;
    /// Headers of a request.
    HEADERS = "headers", 64;
    /// Bytes of a request's headers.
    HEADER_BYTES = "header_bytes", 32_768;
    /// Entries of a page.
    PAGE = "page", 200;
    /// Entries of a page unless asked.
    PAGE_DEFAULT = "page_default", 50;
    /// Measurements recorded at once.
    MEASUREMENTS = "measurements", 10_000;
    /// Bytes of a body of measurements.
    MEASUREMENTS_BYTES = "measurements_bytes", 8_388_608;
    /// Ids in an `ids` parameter.
    IDS = "ids", 200;
    /// Items of a batch.
    BATCH = "batch", 500;
    /// Characters of a name.
    NAME = "name", 120;
    /// Characters of a title.
    TITLE = "title", 250;
    /// Characters of a display unit.
    DISPLAY_UNIT = "display_unit", 30;
    /// Characters of a code.
    CODE = "code", 50;
    /// Characters of an email address.
    EMAIL = "email", 254;
    /// Characters of a password, at most.
    PASSWORD = "password", 200;
    /// Characters of a password, at least.
    PASSWORD_LEAST = "password_least", 10;
    /// API tokens of one person that work.
    API_TOKENS = "api_tokens", 50;
    /// Characters of a description.
    DESCRIPTION = "description", 10_000;
    /// Characters of a note.
    NOTE = "note", 5_000;
    /// Characters of a reason.
    REASON = "reason", 1_000;
    /// Characters of the name of a measurement's source.
    SOURCE = "source", 50;
    /// Characters of what a measurement is called in its source.
    EXTERNAL_ID = "external_id", 200;
    /// Characters of what a measurement says of a dimension.
    DIMENSION_VALUE = "dimension_value", 100;
    /// Characters of a search text.
    SEARCH = "search", 200;
    /// Links to evidence in one check-in.
    EVIDENCE = "evidence", 20;
    /// Characters of a URL.
    URL = "url", 2_000;
    /// Steps of a milestone.
    STEPS = "steps", 100;
    /// Points of a target plan.
    PLAN_POINTS = "plan_points", 400;
    /// Key results made with an objective.
    KEY_RESULTS = "key_results", 20;
    /// Goals that one goal is linked under.
    LINKS_UP = "links_up", 20;
    /// Goals linked under one goal.
    LINKS_DOWN = "links_down", 2_000;
    /// Contributors, followers and watchers of a goal, each.
    PARTICIPANTS = "participants", 200;
    /// Delegations of one lead that are running or to come.
    DELEGATIONS = "delegations", 50;
    /// Days of a delegation.
    DELEGATION_DAYS = "delegation_days", 366;
    /// Templates of reviews.
    REVIEW_TEMPLATES = "review_templates", 200;
    /// Points of a rating scale.
    REVIEW_SCALE = "review_scale", 20;
    /// Bands of a table, or points of a line, by which attainment becomes a score.
    REVIEW_BANDS = "review_bands", 50;
    /// Sections of a review.
    REVIEW_SECTIONS = "review_sections", 20;
    /// Questions of a section.
    REVIEW_QUESTIONS = "review_questions", 50;
    /// Choices of a question.
    REVIEW_CHOICES = "review_choices", 20;
    /// Weights of the cycles inside.
    REVIEW_CYCLE_WEIGHTS = "review_cycle_weights", 60;
    /// Items of a batch of reviews.
    REVIEW_BATCH = "review_batch", 100;
    /// Levels of units.
    UNIT_DEPTH = "unit_depth", 20;
    /// Levels of goals.
    GOAL_DEPTH = "goal_depth", 50;
    /// Cycles inside each other.
    CYCLE_DEPTH = "cycle_depth", 5;
    /// Dimensions of a metric.
    DIMENSIONS = "dimensions", 10;
    /// Characters of a formula.
    FORMULA = "formula", 2_000;
    /// Levels of parentheses, functions and signs inside each other in a formula.
    FORMULA_DEPTH = "formula_depth", 64;
    /// Numbers, names, signs and functions in a formula.
    FORMULA_PARTS = "formula_parts", 500;
    /// Formula metrics computed from each other in a row.
    FORMULA_CHAIN = "formula_chain", 20;
    /// Goals of a page of a tree.
    TREE = "tree", 1_000;
    /// Goals of a page of a tree unless asked.
    TREE_DEFAULT = "tree_default", 500;
    /// Goals that a target is split into at once.
    SPLIT_PARTS = "split_parts", 200;
    /// Goals made for the members of a unit at once.
    BULK_GOALS = "bulk_goals", 500;
    /// Years that a target plan goes back for its season.
    SEASON_YEARS = "season_years", 10;
    /// Points of a trend.
    TREND_POINTS = "trend_points", 400;
    /// Points of a series.
    SERIES_POINTS = "series_points", 400;
    /// Groups of a series.
    SERIES_GROUPS = "series_groups", 1_000;
    /// Groups of a series unless asked.
    SERIES_GROUPS_DEFAULT = "series_groups_default", 50;
    /// Points of all groups of a series.
    SERIES_FIGURES = "series_figures", 20_000;
    /// Tallies (of a subject, over some days, by what is told apart) put together for a series.
    SERIES_TALLIES = "series_tallies", 500_000;
    /// Check-ins shown with a goal.
    GOAL_CHECK_INS = "goal_check_ins", 10;
    /// Levels of an explanation.
    EXPLAIN_DEPTH = "explain_depth", 5;
    /// Goals explained at once.
    EXPLAINED = "explained", 200;
    /// Goals linked under those that are explained at once; more are told of the last one alone.
    EXPLAINED_LINKS = "explained_links", 4_000;
    /// Check-ins shown in the explanation of a goal.
    EXPLAINED_CHECK_INS = "explained_check_ins", 20;
    /// Measurements named as those that a value comes from, and as those that came in on a day.
    NAMED_MEASUREMENTS = "named_measurements", 20;
    /// Subjects whose parts of a measured value are shown.
    MEASURED_PARTS = "measured_parts", 200;
    /// Values, steps and targets replaced at once to see what would be.
    SIMULATED = "simulated", 200;
    /// Things found by one look-up.
    LOOKUP = "lookup", 50;
    /// Things found by one look-up unless asked.
    LOOKUP_DEFAULT = "lookup_default", 20;
}
