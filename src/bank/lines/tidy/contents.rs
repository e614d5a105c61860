//! Tables of contents: links to headings of the file, or titles with page numbers.

use super::super::label::{bullet, label};
use super::sheet::Sheet;

/// Leaves out tables of contents, with the heading above them.
pub(super) fn leave_out(sheet: &mut Sheet<'_>) {
    let mut at = 0;
    let mut found: Vec<usize> = Vec::new();
    while at < sheet.lines.len() {
        let mut run: Vec<usize> = Vec::new();
        let mut end = at;
        while end < sheet.lines.len() && sheet.is_text(end) {
            let text = sheet.lines[end].trim();
            match text.is_empty() {
                true if run.is_empty() => break,
                true => {}
                false if is_entry(text) => run.push(end),
                false => break,
            }
            end += 1;
        }
        if run.len() > 1 {
            run.extend(title(sheet, run[0]));
            found.push(*run.iter().min().unwrap_or(&at));
            run.into_iter().for_each(|line| sheet.leave_out(line));
        }
        at = end.max(at + 1);
    }
    let Some(first) = found.first() else { return };
    sheet.warn(*first, "contents", "the table of contents is left out", "");
    sheet.explain("contents", "a table of contents is left out", "links or titles with page numbers", &found);
}

/// The heading of the table, if it heads nothing else.
fn title(sheet: &Sheet<'_>, first: usize) -> Option<usize> {
    let above = sheet.above(first)?;
    let text = sheet.lines[above].trim();
    let short = text.chars().count() < 40 && !text.ends_with(['?', '.', '？', '。']);
    let starts = above == 0 || sheet.lines[above - 1].trim().is_empty() || text.starts_with('#');
    (sheet.is_text(above) && short && starts && label(text).is_none()).then_some(above)
}

fn is_entry(text: &str) -> bool {
    let bare = bullet(text).unwrap_or(text);
    let bare = label(bare).map_or(bare, |label| label.rest);
    let linked = bare.starts_with('[') && bare.ends_with(')') && bare.contains("](#");
    linked || leads_to_page(text)
}

/// `Rivers ........ 12`
fn leads_to_page(text: &str) -> bool {
    let bare = text.trim_end_matches(|char: char| char.is_ascii_digit());
    let dots = bare.trim_end();
    bare.len() < text.len() && ["....", ". . . .", "……", "····"].iter().any(|leader| dots.ends_with(leader))
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    #[test]
    fn tables_of_contents_are_told_and_left_out() {
        for table in [
            "## Contents\n\n1. [Rivers](#rivers)\n2. [Lakes](#lakes)\n",
            "- [Rivers](#rivers)\n  - [Big ones](#big)\n",
            "Inhalt\nRivers ....... 3\nLakes ........ 12\n",
        ] {
            let lines: Vec<String> = format!("# Quiz\n\n{table}\n1. What?").lines().map(str::to_owned).collect();
            let tidied = tidy(&lines, 0);
            let left: Vec<&String> = tidied.lines.iter().filter(|line| !line.is_empty()).collect();
            assert_eq!(left.last().map(|line| line.as_str()), Some("1. What?"), "{table}");
            assert!(left.len() <= 2 && tidied.problems.len() == 1, "{table}");
        }
    }

    #[test]
    fn one_link_is_content() {
        let lines = vec!["See [this](#this)".to_owned(), "- [that](#that)".to_owned()];
        assert_eq!(tidy(&lines, 0).lines, lines);
    }
}
