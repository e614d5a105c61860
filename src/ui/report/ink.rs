//! The colours of the pictures, by what they mean. They are names that the style sheet gives a value for each theme, so a picture
//! that is drawn once fits light, dark and paper.

/// Words.
pub(super) const WORDS: &str = "var(--soft)";
/// Lines of axes and grids.
pub(super) const RULE: &str = "var(--rule)";
/// What was done, or is certain.
pub(super) const FIRST: &str = "var(--first)";
/// What stands beside it.
pub(super) const SECOND: &str = "var(--second)";
/// What is aimed at, or would be perfect.
pub(super) const GOAL: &str = "var(--goal)";
/// Faint: an assumption, nothing that was seen.
pub(super) const FAINT: &str = "var(--faint)";
/// Days of the year, from none to the busiest.
pub(super) const HEAT: [&str; 5] =
    ["var(--heat-0)", "var(--heat-1)", "var(--heat-2)", "var(--heat-3)", "var(--heat-4)"];
