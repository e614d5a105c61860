//! Blocks become questions, or problems with line, column and advice.

use super::block::{Blocks, Stray};
use super::checker::Checker;
use super::convention::Convention;
use super::keyed::{self, keyed};
use super::naming::Naming;
use crate::bank::collect::Collected;

/// Checks every block; all problems are reported at once.
pub(in crate::bank) fn questions(
    mut blocks: Blocks,
    lines: &[String],
    convention: Convention,
    single: bool,
) -> Collected {
    keyed::list_of_last(&mut blocks, lines);
    let text = |line: usize| lines.get(line.saturating_sub(1)).map_or("", String::as_str);
    let mut checker = Checker::new(&text, convention, single);
    let mut answers = keyed(&blocks, &mut checker);
    // If nothing within an option marks it, the format names its answers by letters.
    checker.naming = match convention.marks {
        true => Naming::decide(&blocks.questions, &answers, convention.labels),
        false => Naming::Labels,
    };
    if convention.marks {
        checker.decide_marks(&blocks.questions, &answers);
    }
    for stray in &blocks.stray {
        checker.stray(stray);
    }
    for line in &blocks.asides {
        let message = "this line below the options is not what names the answers here; it is left out";
        checker.warn(*line, "stray-text", message, "");
    }
    checker.choices = blocks.questions.iter().any(|block| block.options.len() > 1);
    let mut first = true;
    for (place, block) in blocks.questions.into_iter().enumerate() {
        let listed = std::mem::take(&mut answers[place]);
        if block.is_bare() && block.doubtful && listed.is_empty() {
            checker.stray(&Stray { lines: block.stem, preamble: first });
            continue;
        }
        first = false;
        checker.add(block, &listed);
    }
    checker.finish()
}
