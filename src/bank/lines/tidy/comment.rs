//! Comments of HTML are removed, unless an option consists of one.

use super::super::label::{bullet, is_label_alone};
use super::sheet::Sheet;

/// A longer comment lacks its end, in lines.
const LONGEST: usize = 2_000;

/// Removes comments from lines; a line that becomes empty is removed.
pub(super) fn leave_out(sheet: &mut Sheet<'_>) {
    let mut at = 0;
    while at < sheet.lines.len() {
        if sheet.is_text(at)
            && let Some(from) = open(&sheet.lines[at])
        {
            at = take_out(sheet, at, from);
        } else {
            at += 1;
        }
    }
}

/// Where a comment begins that is not quoted as code.
fn open(line: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = line[from..].find("<!--").map(|at| from + at) {
        if line[..at].matches('`').count().is_multiple_of(2) {
            return Some(at);
        }
        from = at + 4;
    }
    None
}

/// Removes the comment that begins here. Returns the line to look at next.
fn take_out(sheet: &mut Sheet<'_>, at: usize, from: usize) -> usize {
    let before = sheet.lines[at][..from].trim_end().to_owned();
    let last = sheet.lines.len().min(at + LONGEST);
    let search = |line: usize| if line == at { from + 4 } else { 0 };
    let Some((end, to)) = (at..last).find_map(|line| {
        let inner = search(line);
        Some((line, inner + sheet.lines[line][inner..].find("-->")? + 3))
    }) else {
        return at + 1;
    };
    let after = sheet.lines[end][to..].to_owned();
    // `A. <!-- note -->` is an option with that text.
    if end == at && after.trim().is_empty() && is_label(&before) {
        return at + 1;
    }
    // A comment that begins after text and ends far below is probably what is asked about.
    if end > at && !before.trim().is_empty() && (is_label(&before) || end - at > 2) {
        return at + 1;
    }
    for line in at..end {
        sheet.leave_out(line);
    }
    let left = match (before.trim().is_empty(), after.trim().is_empty()) {
        (_, true) => before,
        (true, false) if end == at => format!("{before}{}", after.trim_start()),
        (true, false) => after.trim_start().to_owned(),
        (false, false) => format!("{before} {}", after.trim_start()),
    };
    if left.trim().is_empty() {
        sheet.leave_out(end);
        return end + 1;
    }
    sheet.lines[end] = left;
    end
}

/// Whether nothing but the label or the bullet of an option is there.
fn is_label(text: &str) -> bool {
    let bare = bullet(text.trim()).unwrap_or(text).trim();
    is_label_alone(text) || !bare.is_empty() && bare.len() < 4 && bare.ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn left(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        tidy(&lines, 0).lines
    }

    #[test]
    fn comments_are_taken_out() {
        assert_eq!(left("<!-- made by\n  hand -->\n1. What? <!-- easy -->\nA. x <!-- y --> z"), ["1. What?", "A. x z"]);
        assert_eq!(left("a\n<!-- one --> <!-- two -->\nb"), ["a", "b"]);
    }

    #[test]
    fn a_comment_may_be_what_is_asked_about() {
        assert_eq!(left("A. <!--\nB. -->\nC. //"), ["A. <!--", "B. -->", "C. //"]);
        for text in
            ["A. <!-- note -->", "- <!-- note -->", "A. `<!-- note -->`", "What does <!-- begin?", "- [x] <!-- a -->"]
        {
            assert_eq!(left(text), [text]);
        }
        assert_eq!(left("```html\n<!-- a -->\n```"), ["```html", "<!-- a -->", "```"]);
    }
}
