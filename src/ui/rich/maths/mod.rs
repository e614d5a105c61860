//! Formulas: LaTeX as a line of Unicode. A formula with something that cannot be shown so (matrices, stacks, unknown commands) has no
//! such line at all.

mod atom;
mod read;
mod scripts;
mod symbols;

/// The formula in Unicode, if all of it can be shown so.
pub(super) fn unicode(source: &str) -> Option<String> {
    let atoms = read::parse(source)?;
    let shown = atom::join(&atoms, false);
    (!shown.is_empty()).then_some(shown)
}

/// Raised or lowered text: as characters if Unicode has them, otherwise after `^` or `_`.
pub(super) fn scripted(text: &str, up: bool) -> String {
    let sign = if up { '^' } else { '_' };
    scripts::script(text, up).unwrap_or_else(|| match text.chars().count() {
        1 => format!("{sign}{text}"),
        _ => format!("{sign}({text})"),
    })
}

#[cfg(test)]
mod tests;
