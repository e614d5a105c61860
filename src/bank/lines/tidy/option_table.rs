//! Options in a table of Markdown below their question: a letter or a sign in the first column, the text in the second.

use super::sheet::Sheet;

/// A longer table is not a list of options.
const MOST_ROWS: usize = 12;
/// Signs of the right option, and of the others.
const RIGHT: [&str; 8] = ["✅", "✓", "✔", "✔️", "☑", "[x]", "x", "●"];
const WRONG: [&str; 9] = ["○", "❌", "✗", "✘", "☐", "⬜", "[ ]", "", "◯"];

/// Writes such tables as options with letters or boxes, and leaves out their names and dashes.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let (mut at, mut written) = (0, Vec::new());
    while at < sheet.lines.len() {
        let end = (at..sheet.lines.len())
            .find(|at| !sheet.is_text(*at) || !is_row(&sheet.lines[*at]))
            .unwrap_or(sheet.lines.len());
        if end > at + 3
            && let Some(options) = options(&sheet.lines[at..end])
        {
            sheet.leave_out(at);
            sheet.leave_out(at + 1);
            options.into_iter().zip(at + 2..).for_each(|(option, at)| sheet.lines[at] = option);
            written.push(at);
        }
        at = end.max(at + 1);
    }
    if !written.is_empty() {
        let text = format!("tables of options: {}", written.len());
        sheet.explain("options", "rows of tables", text, &written);
    }
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The rows of a table as options.
fn options(lines: &[String]) -> Option<Vec<String>> {
    let rows: Vec<Vec<&str>> = lines.iter().take(MOST_ROWS + 3).map(|line| cells(line)).collect();
    let (rule, body) = (rows.get(1)?, rows.get(2..)?);
    let dashes = |cell: &&str| cell.contains('-') && cell.chars().all(|char| matches!(char, '-' | ':'));
    if rule.len() != 2 || !rule.iter().all(dashes) || body.len() > MOST_ROWS {
        return None;
    }
    if body.iter().any(|row| row.len() != 2 || row[1].is_empty()) {
        return None;
    }
    let lettered = body.iter().enumerate().all(|(place, row)| {
        let letter = row[0].trim_matches(['*', '.', ')', '(']);
        letter.len() == 1
            && letter.bytes().next() == u8::try_from(place).ok().map(|place| b'A' + place)
            && row[1].chars().count() > 1
    });
    if lettered {
        return Some(
            body.iter().map(|row| format!("{}. {}", row[0].trim_matches(['*', '.', ')', '(']), row[1])).collect(),
        );
    }
    let right = body.iter().filter(|row| RIGHT.contains(&row[0])).count();
    let signed = body.iter().all(|row| RIGHT.contains(&row[0]) || WRONG.contains(&row[0]));
    (signed && right > 0 && right < body.len()).then(|| body.iter().map(|row| boxed(row[0], row[1])).collect())
}

/// An option after a box. Bold type repeats which is right.
fn boxed(sign: &str, text: &str) -> String {
    let right = RIGHT.contains(&sign);
    let bare =
        text.strip_prefix("**").and_then(|text| text.strip_suffix("**")).filter(|bare| right && !bare.contains("**"));
    format!("- [{}] {}", if right { "x" } else { " " }, bare.unwrap_or(text))
}

fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options_of(text: &str) -> Option<Vec<String>> {
        options(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn rows_with_letters_or_signs_are_options() {
        let lettered = "| Option | Text |\n|---|---|\n| A | oak |\n| B | elm |";
        assert_eq!(options_of(lettered), Some(vec!["A. oak".into(), "B. elm".into()]));
        let signed = "| | tree |\n|:-:|---|\n| ○ | oak |\n| ✅ | **elm** |";
        assert_eq!(options_of(signed), Some(vec!["- [ ] oak".into(), "- [x] elm".into()]));
        for other in [
            "| word | meaning |\n|---|---|\n| oak | a tree |\n| elm | a tree |",
            "| Question | Answer |\n|---|---|\n| 1 | B |\n| 2 | A |",
            "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |",
        ] {
            assert_eq!(options_of(other), None, "{other}");
        }
    }
}
