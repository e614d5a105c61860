//! Questions below a word and a title: `## 3. Locks`, `**Question:**`, and the stem on the lines below.

use super::super::label::{label, question_number};
use super::super::mark;
use super::super::words::QUESTION;
use super::sheet::Sheet;

/// Gives each such question its number, and leaves out the titles of single questions.
pub(super) fn number(sheet: &mut Sheet<'_>) {
    let found = sheet.find(asks);
    if found.len() < 2 {
        return;
    }
    let mut titles = Vec::new();
    for (due, at) in (1..).zip(found) {
        let above = sheet.above(at).filter(|above| sheet.is_text(*above));
        let title = above.and_then(|above| title(&sheet.lines[above]).map(|number| (above, number)));
        let number = title.map_or(due, |(_, number)| number);
        if let Some((above, _)) = title {
            sheet.leave_out(above);
            titles.push(above);
        }
        let next = sheet.below(at).filter(|next| sheet.is_text(*next));
        match next.filter(|next| label(sheet.lines[*next].trim()).is_none()) {
            Some(next) => {
                sheet.leave_out(at);
                sheet.lines[next] = format!("{number}. {}", sheet.lines[next].trim_start());
            }
            None => sheet.lines[at] = format!("{number}."),
        }
    }
    let Some(first) = titles.first() else { return };
    sheet.warn(*first, "question-title", "titles of single questions are left out", "");
    let reason = "a word below each title says that the question follows";
    sheet.explain("title", "a question is below its title", reason, &titles);
}

/// Whether the line only announces a question.
fn asks(line: &str) -> bool {
    let text = line.trim();
    let bare = text.trim_matches(['*', '_', '#', ' ', ':', '：']);
    let adorned = text.len() > bare.len() && (text.starts_with(['*', '_', '#']) || text.ends_with([':', '：']));
    adorned && bare.chars().count() > 1 && QUESTION.has(bare)
}

/// The number of a heading above one question.
fn title(line: &str) -> Option<usize> {
    let text = line.trim().strip_prefix('#')?.trim_start_matches(['#', ' ']);
    question_number(mark::bold(text).unwrap_or(text)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn what_is_asked_stands_below_its_word() {
        let one = |number: usize, colour: &str| {
            format!(
                "## {number}. On {colour}\n\n**Question:**\nLook.\n\nWhat is {colour}?\n\n**Options:**\n\n- blood\n- grass\n\n**Answer:** grass\n\n"
            )
        };
        let bank = read((one(1, "red") + &one(2, "green")).as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.stem.as_str(), question.correct())).collect();
        assert_eq!(found, [("Look.\n\nWhat is red?", vec![1]), ("Look.\n\nWhat is green?", vec![1])]);
    }
}
