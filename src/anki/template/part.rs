//! The parts of a template.

/// How deep parts may be within each other before a template is taken for broken.
const DEEPEST: usize = 32;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TemplatePart<'a> {
    /// What is shown as it is.
    Words(&'a str),
    /// A field, with the filters before it.
    Field { name: &'a str, filters: Vec<&'a str> },
    /// What is shown if a field says something, or if it does not.
    Section { name: &'a str, negative: bool, inside: Vec<TemplatePart<'a>> },
}

/// Parses a template; `None` if a part or a field is never closed.
pub(super) fn parse(template: &str) -> Option<Vec<TemplatePart<'_>>> {
    let mut open: Vec<(&str, bool, Vec<TemplatePart<'_>>)> = Vec::new();
    let mut parts = Vec::new();
    let mut rest = template;
    // Old templates can change the signs in their first line.
    let (mut begin, mut end) = ("{{", "}}");
    if let Some(after) = rest.trim_start().strip_prefix("{{=<% %>=}}") {
        (begin, end, rest) = ("<%", "%>", after);
    }
    while let Some(at) = next(rest, begin) {
        words(&mut parts, &rest[..at]);
        let inside = &rest[at + begin.len()..];
        let close = inside.find(end)?;
        // `{{{Field}}}` is the same.
        let name = inside[..close].trim().trim_start_matches('{').trim();
        rest = inside[close + end.len()..]
            .strip_prefix('}')
            .filter(|_| inside.starts_with('{'))
            .unwrap_or(&inside[close + end.len()..]);
        match name.as_bytes().first() {
            Some(b'#' | b'^') => {
                if open.len() >= DEEPEST {
                    return None;
                }
                let negative = name.starts_with('^');
                open.push((name[1..].trim(), negative, std::mem::take(&mut parts)));
            }
            Some(b'/') => {
                let (opened, negative, before) = open.pop()?;
                if opened != name[1..].trim() {
                    return None;
                }
                let inside = std::mem::replace(&mut parts, before);
                parts.push(TemplatePart::Section { name: opened, negative, inside });
            }
            Some(b'!') | None => {}
            Some(_) => {
                let mut filters: Vec<&str> = name.split(':').collect();
                let name = filters.pop().unwrap_or_default().trim();
                parts.push(TemplatePart::Field { name, filters });
            }
        }
    }
    words(&mut parts, rest);
    open.is_empty().then_some(parts)
}

/// The place of the next sign outside comments, whose content is words.
fn next(text: &str, sign: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(sign)?;
        let Some(comment) = text[from..at].find("<!--") else { return Some(at) };
        let begin = from + comment;
        from = text[begin..].find("-->").map_or(text.len(), |end| begin + end + 3);
    }
}

fn words<'a>(parts: &mut Vec<TemplatePart<'a>>, words: &'a str) {
    if !words.is_empty() {
        parts.push(TemplatePart::Words(words));
    }
}
