//! Lines that continue the option above them: between two options of one question, in lower case or indented, and
//! between the last option and the answer line.

use super::super::key::NamedLine;
use super::super::line::{BankLine, LineKind, OptionLine};
use super::evidence;
use crate::bank::Decision;

/// The most lines of an option.
const LONGEST: usize = 12;

pub(super) fn find(lines: &mut [BankLine<'_>]) -> Option<Decision> {
    let mut found = Vec::new();
    // The option above, its indentation, and the number of options of its question.
    let mut above: Option<(Option<usize>, usize, usize)> = None;
    let mut at = 0;
    while at < lines.len() {
        match &lines[at].what {
            LineKind::Option(OptionLine { place, sure: true, .. }) => {
                let count = if *place == Some(0) { 1 } else { above.map_or(1, |(.., count)| count + 1) };
                above = Some((*place, lines[at].indent, count));
            }
            LineKind::Text(_) if above.is_some() => {
                let end = paragraph(lines, at);
                if above.is_some_and(|above| goes_on(lines, at, end, above)) {
                    for line in lines[at..end].iter_mut().filter(|line| matches!(line.what, LineKind::Text(_))) {
                        line.what = LineKind::More(line.text);
                        found.push(line.number);
                    }
                } else {
                    above = None;
                }
                at = end;
                continue;
            }
            LineKind::Blank | LineKind::Note(_) => {}
            _ => above = None,
        }
        at += 1;
    }
    evidence("wrap", "lines between two options go on with the first", "carry no label of their own", &found)
}

/// The end of the text that begins here: the next line of another kind. Blank lines are part of it.
fn paragraph(lines: &[BankLine<'_>], at: usize) -> usize {
    let end = |line: &BankLine<'_>| !matches!(line.what, LineKind::Text(_) | LineKind::Blank);
    lines[at..].iter().take(LONGEST).position(end).map_or((at + LONGEST).min(lines.len()), |count| at + count)
}

fn goes_on(
    lines: &[BankLine<'_>],
    at: usize,
    end: usize,
    (place, indent, count): (Option<usize>, usize, usize),
) -> bool {
    let first = &lines[at];
    let close = at > 0 && !matches!(lines[at - 1].what, LineKind::Blank);
    let whole = lines[at..end].iter().all(|line| matches!(line.what, LineKind::Text(_)));
    let asks = lines[at..end].iter().any(|line| line.text.trim_end().ends_with(['?', '？', '؟']));
    let word = first.text.trim();
    match lines.get(end).map(|line| &line.what) {
        Some(LineKind::Option(option)) => match (place, option.place) {
            // The next label of the same question.
            (Some(above), Some(below)) => below == above + 1 && option.sure,
            (None, None) => {
                close && whole && !asks && (word.starts_with(char::is_lowercase) || first.indent > indent + 1)
            }
            _ => false,
        },
        // A line in lower case right below an option continues it, if a question or nothing follows.
        None | Some(LineKind::Numbered(..)) => {
            close && whole && !asks && count > 1 && word.starts_with(char::is_lowercase) && !may_be_key(word)
        }
        // A letter or a sign alone is an answer.
        Some(LineKind::Named(NamedLine::Answer(_) | NamedLine::Explanation(_) | NamedLine::List(_))) => {
            close && whole && !asks && count > 1 && !may_be_key(word) && starts_with_word(word)
        }
        _ => false,
    }
}

/// Whether the text may be nothing but letters of options.
fn may_be_key(text: &str) -> bool {
    text.chars().count() < 6
        && text.chars().all(|char| !char.is_alphabetic() || ('a'..='h').contains(&char.to_ascii_lowercase()))
}

/// Whether the text begins with a word, rather than with a sign that concerns the options.
fn starts_with_word(text: &str) -> bool {
    text.starts_with(|char: char| char.is_alphanumeric() || "\"'“‘(«„".contains(char))
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
    }

    fn options(text: &str) -> Vec<Vec<String>> {
        let bank = bank(text);
        let texts = |question: &crate::bank::BankQuestion| {
            question.options.iter().map(|option| option.text.replace('\n', " ")).collect()
        };
        bank.questions.iter().map(texts).collect()
    }

    const PLAIN: &str = "1. What?\nA. a\nB. b\nAnswer: A\n\n";

    #[test]
    fn lines_between_options_go_on() {
        for (text, last) in [
            ("2. Who?\nA. The sea\nand the sky\nB. Land\nAnswer: B\n", ["The sea and the sky", "Land"]),
            ("2. Who?\nA. Land\nB. The sea\nand the sky\nAnswer: B\n", ["Land", "The sea and the sky"]),
            ("2. Who?\nA. The sea\n\nand the sky\nB. Land\nAnswer: B\n", ["The sea and the sky", "Land"]),
            ("2. Who?\nA. Land\nB. The sea and the\nsky\nAnswer: B\n", ["Land", "The sea and the sky"]),
            ("2. Who?\nA. The\nSea and\nSky\nB. Land\nAnswer: B\n", ["The Sea and Sky", "Land"]),
        ] {
            assert_eq!(options(&format!("{PLAIN}{text}\n3{}", &PLAIN[1..]))[1], last, "{text}");
        }
    }

    #[test]
    fn what_follows_the_options_is_no_part_of_them() {
        let bank =
            bank("1. What?\nA. a\nB. b\nWhich one?\nA. c\nB. d\nAnswer: A\n\n2. Who?\nA. e\nB. f\nB\nAnswer: B\n");
        assert_eq!(bank.questions[0].options[1].text, "b");
    }

    #[test]
    fn lists_above_options_are_part_of_the_question() {
        for list in [
            "2. Which are so?\nI. Ice floats.\nII. A whale\nis a fish.\nIII. Iron rusts.\nA. I and II\nB. II only\nAnswer: B\n",
            "2. These are the steps:\n   1. fry\n   2. mix\nWhich is first?\nA. mix\nB. fry\nAnswer: B\n",
            "2. In which order?\n1) fry 2) mix 3) serve\nA. 123\nB. 321\nAnswer: B\n",
            "2. In which order?\n\n1) fry\n2) mix\n\nA. 12\nB. 21\nAnswer: B\n",
        ] {
            let bank = bank(&format!("{PLAIN}{list}\n3. Where?\nA. c\nB. d\nAnswer: A\n"));
            assert_eq!(
                (bank.questions.len(), bank.problems.len(), bank.questions[1].correct()),
                (3, 0, vec![1]),
                "{list}"
            );
            let stem = list.split_once("A. ").map_or("", |(stem, _)| stem).trim_start_matches("2. ");
            let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(fold(&bank.questions[1].stem), fold(stem));
        }
        // Numbered questions below a title are not a list.
        let bank = bank("Rivers\n1. Which is long?\nA. a\nB. b *\n2. Which is short?\nA. a *\nB. b\n");
        assert_eq!(bank.questions.len(), 2);
    }

    #[test]
    fn deeper_bullets_are_notes() {
        let bank = bank("1. What?\n- a\n- b *\n  - since it is\n\n2. Who?\n- c *\n  - as ever\n- d\n");
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.options.len(), question.correct())).collect();
        assert_eq!(found, [(2, vec![1]), (2, vec![0])]);
        assert_eq!(bank.questions[0].options[1].feedback.as_deref(), Some("since it is"));
        let below = super::super::super::super::read(
            b"1. What?\nA. a\nB. b\nAnswer: B\n- since it is\n- always\n\n2. Who?\nA. c\nB. d\nAnswer: A\n",
            &ReadOptions::default(),
        );
        assert_eq!(below.map(|bank| bank.questions[0].explanation.clone()), Ok(Some("since it is\nalways".into())));
    }

    #[test]
    fn bullets_that_hold_the_options_are_questions() {
        let bank = bank("- **What?**\n  - a\n  - b *\n- **Who?**\n  - c *\n  - d\n");
        let found: Vec<_> =
            bank.questions.iter().map(|question| (question.stem.as_str(), question.correct())).collect();
        assert_eq!(found, [("What?", vec![1]), ("Who?", vec![0])]);
    }
}
