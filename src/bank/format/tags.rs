//! Tags of HTML among the words of a text.

/// The text without some tags: those whose rest, after `<` or `</`, `is_removed` accepts.
pub(super) fn without_tags(text: &str, is_removed: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find('<') {
        let removed = is_removed(rest[from + 1..].trim_start_matches('/'));
        let (kept, after) = match rest[from..].find('>').filter(|_| removed) {
            Some(to) => (from, from + to + 1),
            None => (from + 1, from + 1),
        };
        out.push_str(&rest[..kept]);
        rest = &rest[after..];
    }
    out + rest
}
