//! The lines on which the questions of a text of data begin.

/// How far from the question before a text is looked for, in bytes.
const NEAR: usize = 1 << 16;
/// A text is usually on one line for this many bytes.
const SHORT: usize = 14;

/// The lines of texts in the order of the file, in one pass. A text that is not found gets the line of the previous
/// one.
pub(in crate::bank) fn lines<'a>(text: &str, anchors: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let (mut from, mut line) = (0_usize, 1);
    let mut found = Vec::new();
    for anchor in anchors {
        let escaped = serde_json::to_string(anchor).unwrap_or_default();
        // What may be written otherwise (`\u2019`, a folded line) is looked for by its beginning.
        let words: String = anchor.chars().take_while(|char| char.is_ascii() && !"\"\\'\n".contains(*char)).collect();
        let start = words.rsplit_once(' ').map_or(words.as_str(), |(start, _)| start);
        let few = start.get(..SHORT).unwrap_or(start);
        let near = text.floor_char_boundary(from.saturating_add(NEAR));
        let written = [escaped.get(1..escaped.len().saturating_sub(1)).unwrap_or_default(), anchor];
        let by_start = [start, few].map(|start| if start.len() > 7 { start } else { "" });
        let place = written
            .into_iter()
            .chain(by_start)
            .filter(|text| !text.is_empty())
            .find_map(|stem| text[from..near].find(stem));
        if let Some(at) = place {
            line += text[from..from + at].matches('\n').count();
            // The next one may say the same.
            from = text.floor_char_boundary(from + at + 1);
        }
        found.push(line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_going_down() {
        let text = "[{\"q\": \"One \\\"x\\\"?\"},\n {\"q\": \"Same?\"},\n {\"q\": \"Same?\"},\n {\"q\": \"It\\u2019s the last one\"}]";
        let anchors = ["One \"x\"?", "Same?", "Same?", "not there", "It’s the last one"];
        assert_eq!(lines(text, anchors.into_iter()), [1, 2, 3, 3, 3]);
        assert_eq!(lines("a: >\n  a long text that\n  is folded\n", ["a long text that is folded"].into_iter()), [2]);
    }
}
