//! Formulas: the LaTeX that can be shown in a line of Unicode. What cannot be (matrices, stacks, unknown commands) is not shown by
//! halves: then there is no such line.

mod atom;
mod read;
mod scripts;
mod symbols;

/// The formula in Unicode, where all of it can be shown so.
pub(super) fn unicode(source: &str) -> Option<String> {
    let atoms = read::read(source)?;
    let shown = atom::join(&atoms, false);
    (!shown.is_empty()).then_some(shown)
}

/// Words raised or lowered: as characters where Unicode has them, otherwise behind `^` or `_`.
pub(super) fn scripted(text: &str, up: bool) -> String {
    let sign = if up { '^' } else { '_' };
    scripts::script(text, up).unwrap_or_else(|| match text.chars().count() {
        1 => format!("{sign}{text}"),
        _ => format!("{sign}({text})"),
    })
}

#[cfg(test)]
mod tests;
