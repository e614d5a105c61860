//! Questions that a page folds away: `??? question "What is it?"`, with the options indented below.

use super::super::label::{bullet, label};
use super::super::mark::boxed;
use super::sheet::Sheet;

/// Makes a heading of the title of such a question, and removes the indentation below it.
pub(super) fn unfold(sheet: &mut Sheet<'_>) {
    for at in 0..sheet.lines.len() {
        let Some(title) = title(&sheet.lines[at]).filter(|_| sheet.is_text(at)).map(str::to_owned) else { continue };
        let outer = indent(&sheet.lines[at]);
        let inside = |line: &String| line.trim().is_empty() || indent(line) > outer;
        let end = sheet.lines[at + 1..]
            .iter()
            .position(|line| !inside(line))
            .map_or(sheet.lines.len(), |count| at + 1 + count);
        let Some(inner) = sheet.lines[at + 1..end].iter().find(|line| !line.trim().is_empty()).map(|line| indent(line))
        else {
            continue;
        };
        // Bullets are options if the title asks, or if an answer is folded away among them.
        let nested = sheet.lines[at + 1..end].iter().any(|line| line.trim_start().starts_with("???"));
        let asks = nested || title.ends_with(['?', '？']);
        let is_option = |line: &String| is_option(line) || asks && bullet(line.trim()).is_some();
        let options =
            sheet.lines[at + 1..end].iter().filter(|line| indent(line) < inner + 4 && is_option(line)).count();
        if options < 2 {
            continue;
        }
        sheet.lines[at] = format!("### {title}");
        for line in &mut sheet.lines[at + 1..end] {
            let off = indent(line).min(inner);
            line.drain(..off);
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The quoted title of an admonition.
fn title(line: &str) -> Option<&str> {
    let text = line.trim();
    let rest = ["???+ ", "??? ", "!!! ", "???+", "???", "!!!"].iter().find_map(|sign| text.strip_prefix(sign))?;
    let (_, quoted) = rest.split_once('"')?;
    quoted.strip_suffix('"').filter(|title| !title.is_empty())
}

fn is_option(line: &str) -> bool {
    let text = line.trim();
    let bare = bullet(text).unwrap_or(text);
    boxed(bare).is_some() || label(bare).is_some_and(|label| !label.number && label.set_off)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn folded_questions_are_unfolded() {
        let text = "# Seas\n\n??? question \"Which is large?\"\n    - [ ] Aral\n    - [x] Pacific\n\n    ??? success \"Why\"\n        It is.\n\n\
                    ??? question \"Which is small?\"\n    - [x] Aral\n    - [ ] Pacific\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.stem.as_str(), question.correct())).collect();
        assert_eq!(found, [("Which is large?", vec![1]), ("Which is small?", vec![0])]);
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("It is."));
    }
}
