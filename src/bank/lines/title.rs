//! Titles.

/// A title is shorter than this, in characters.
const LONGEST_TITLE: usize = 80;

/// A title without its decoration: `=== Title ===`, `[Title]`, `**Title**`, `■ Title`.
pub(in crate::bank) fn bare_title(text: &str) -> &str {
    const PAIRS: [(char, char); 7] =
        [('[', ']'), ('(', ')'), ('<', '>'), ('「', '」'), ('【', '】'), ('«', '»'), ('（', '）')];
    let adorns = |char: char| "=-—–*_~#■◆●▶►§|: ".contains(char);
    let bare = text.trim().trim_start_matches(adorns).trim_end_matches(adorns);
    let inner = PAIRS.iter().find_map(|(open, close)| {
        let inner = bare.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then(|| inner.trim())
    });
    match inner.unwrap_or(bare) {
        "" => text.trim(),
        bare => bare,
    }
}

/// Whether a text may be a title: short, and no sentence.
pub(in crate::bank) fn is_title_text(text: &str) -> bool {
    let text = text.trim();
    let ends_open = text.ends_with(['?', '.', '!', ',', ';', '？', '。', '！', '，', '؟']);
    // "Here are ten questions on networks:" introduces; "Networks:" is a title.
    let introduces = text.ends_with([':', '：']) && text.split_whitespace().count() > 4;
    text.contains(char::is_alphabetic)
        && text.chars().count() <= LONGEST_TITLE
        && !ends_open
        && !introduces
        && !text.starts_with("```")
        && !text.contains("://")
}
