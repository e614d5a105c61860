//! A line right above the options of most questions (`Options`, `Choose one`) is not part of any of them.

use std::collections::HashMap;

use super::block::QuestionBlock;
use super::key::announces_options;
use crate::bank::Decision;

/// Removes such lines. `Options:` is always one.
pub(in crate::bank) fn take_off(blocks: &mut [QuestionBlock]) -> Option<Decision> {
    let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
    let asked = blocks.iter().filter(|block| !block.options.is_empty()).count();
    for line in blocks
        .iter()
        .filter(|block| !block.options.is_empty() && block.stem.len() > 1)
        .filter_map(|block| block.stem.last())
    {
        lines.entry(bare(&line.text)).or_default().push(line.number);
    }
    let often = |found: &Vec<usize>| found.len() > 1 && found.len() * 5 > asked * 4;
    let (said, numbers) = lines
        .into_iter()
        .filter(|(said, found)| often(found) && said.chars().count() < 40 && !said.ends_with(['?', '？']))
        .max_by_key(|(_, found)| found.len())
        .unwrap_or_default();
    for block in blocks.iter_mut().filter(|block| !block.options.is_empty() && block.stem.len() > 1) {
        block.stem.pop_if(|line| announces_options(&line.text) || !said.is_empty() && bare(&line.text) == said);
    }
    (!said.is_empty()).then(|| {
        let reason = format!("it is above the options of {} of {asked} questions", numbers.len());
        Decision::new("options", format!("`{said}` is no part of a question")).because(reason, numbers)
    })
}

fn bare(text: &str) -> String {
    text.trim().trim_matches(['*', '_', '#', ' ', ':', '：']).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn stems(text: &str) -> Vec<String> {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        bank.questions.into_iter().map(|question| question.stem).collect()
    }

    #[test]
    fn what_announces_the_options_of_most_questions_is_no_part_of_them() {
        for word in ["Options", "Choices:", "Valitse yksi", "**Options**"] {
            let one = |asked: &str| format!("1. {asked}?\n{word}\nA. a\nB. b *\n\n");
            assert_eq!(stems(&(one("What") + &one("Who"))), ["What?", "Who?"], "{word}");
        }
        assert_eq!(
            stems("What is it?\nA river\nA. a\nB. b *\n\nAnd that?\nA lake\nA. a\nB. b *\n")[0],
            "What is it?\nA river"
        );
    }
}
