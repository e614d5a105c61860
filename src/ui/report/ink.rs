//! The colours of the drawings, by meaning. The style sheet defines their values for each theme, so one drawing fits light, dark and
//! paper.

/// Text.
pub(super) const WORDS: &str = "var(--soft)";
/// Lines of axes and grids.
pub(super) const RULE: &str = "var(--rule)";
/// Facts: what was done, or is certain.
pub(super) const FIRST: &str = "var(--first)";
/// The second of two kinds of facts.
pub(super) const SECOND: &str = "var(--second)";
/// A target, or perfection.
pub(super) const GOAL: &str = "var(--goal)";
/// An assumption without evidence.
pub(super) const FAINT: &str = "var(--faint)";
/// Days of the year, from none to the busiest.
pub(super) const HEAT: [&str; 5] =
    ["var(--heat-0)", "var(--heat-1)", "var(--heat-2)", "var(--heat-3)", "var(--heat-4)"];
