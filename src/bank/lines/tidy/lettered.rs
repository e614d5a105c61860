//! Lists that a page shows with letters, but that are written with numbers: `<div class="upper-alpha" markdown>`.

use super::super::alphabet::number;
use super::sheet::Sheet;

/// Writes the letters that readers of the page see, and leaves out the tags.
pub(super) fn label(sheet: &mut Sheet<'_>) {
    let mut open: Option<usize> = None;
    for at in 0..sheet.lines.len() {
        if !sheet.is_text(at) {
            continue;
        }
        let text = sheet.lines[at].trim().to_lowercase();
        if text.starts_with("<div") && text.contains("alpha") && text.ends_with('>') {
            open = Some(at);
        } else if let Some(first) = open.filter(|_| text == "</div>") {
            write(sheet, first, at);
            open = None;
        }
    }
}

fn write(sheet: &mut Sheet<'_>, first: usize, last: usize) {
    sheet.leave_out(first);
    sheet.leave_out(last);
    let mut due = 1;
    for at in first + 1..last {
        let line = &sheet.lines[at];
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        let Some((said, rest)) = text.split_once(['.', ')']) else { continue };
        // Markdown counts from the first number on, and ignores the others.
        if number(said).is_some_and(|number| number == due || number == 1)
            && let Some(letter) = (b'A'..=b'Z').nth(due - 1)
        {
            sheet.lines[at] = format!("{indent}{}. {}", char::from(letter), rest.trim_start());
            due += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    #[test]
    fn numbers_that_are_shown_as_letters() {
        let text = "What?\n<div class=\"upper-alpha\" markdown>\n1. red\n1. blue\n3. green\n</div>\n1. next";
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert_eq!(tidy(&lines, 0).lines, ["What?", "A. red", "B. blue", "C. green", "1. next"]);
    }
}
