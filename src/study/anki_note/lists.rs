//! The lists of a field: matching, putting in order and long questions with options are written with them.

use std::ops::Range;

/// A list that is within no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldList {
    /// Where it is in the field.
    pub(super) whole: Range<usize>,
    /// The HTML of its items.
    pub(super) items: Vec<String>,
}

/// The outermost lists of a field, in order.
pub(super) fn lists(html: &str) -> Vec<FieldList> {
    let mut found = Vec::new();
    let (mut depth, mut begin, mut items, mut item) = (0_usize, 0, Vec::new(), None::<usize>);
    let mut from = 0;
    while let Some(open) = html[from..].find('<').map(|at| from + at) {
        let Some(close) = html[open..].find('>').map(|at| open + at) else { break };
        from = open + 1;
        let inside = html[open + 1..close].to_ascii_lowercase();
        let name = inside.split(|char: char| char.is_whitespace()).next().unwrap_or_default();
        match name {
            "ol" | "ul" => {
                if depth == 0 {
                    (begin, items, item) = (open, Vec::new(), None);
                }
                depth += 1;
            }
            "/ol" | "/ul" if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    items.extend(item.take().map(|at| html[at..open].trim().to_owned()));
                    found.push(FieldList { whole: begin..close + 1, items: std::mem::take(&mut items) });
                }
            }
            "li" if depth == 1 => {
                items.extend(item.replace(close + 1).map(|at| html[at..open].trim().to_owned()));
            }
            "/li" if depth == 1 => items.extend(item.take().map(|at| html[at..open].trim().to_owned())),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_lists_are_found() {
        let html = "Stem <ul><li>x</li></ul><ol>\n<LI>a<ul><li>b</li></ul></li><li class=\"y\">c</ol>end<ol><li>";
        let found = lists(html);
        let items: Vec<&[String]> = found.iter().map(|list| list.items.as_slice()).collect();
        assert_eq!(items, [&["x".to_owned()][..], &["a<ul><li>b</li></ul>".to_owned(), "c".to_owned()]]);
        assert_eq!(&html[found[1].whole.end..], "end<ol><li>");
        for odd in ["", "<", "</ol>", "<ol>", "<ol></ol>", "<li>a</li>", "<ol <é>"] {
            assert!(lists(odd).iter().all(|list| list.items.is_empty()), "{odd}");
        }
    }
}
