//! Aiken, Moodle's plainest format: a question, its options (`A.` or `A)`) one to a line, then `ANSWER: B`.
//!
//! It resembles loose text, but the key has only one place: stars, ticks and bold type within an option are part of its
//! text.

use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{Blocks, QuestionBlock, RawOption, StemLine, Stray};
use crate::bank::lines::check;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::key::{NamedLine, named};
use crate::bank::lines::label::question_number;
use crate::bank::source::Source;

enum AikenLine<'a> {
    Blank,
    /// Its place by its letter, and its text.
    Option(usize, &'a str),
    Answer(&'a str),
    Other(&'a str),
}

fn sign(line: &str) -> AikenLine<'_> {
    let text = line.trim();
    if text.is_empty() {
        return AikenLine::Blank;
    }
    if let Some(answer) = answer(text) {
        return AikenLine::Answer(answer);
    }
    match text.as_bytes() {
        [letter @ b'A'..=b'Z', b'.' | b')', ..] => {
            AikenLine::Option(usize::from(letter - b'A'), text[2..].trim_start())
        }
        _ => AikenLine::Other(text),
    }
}

/// The text after `ANSWER:`, in any case.
fn answer(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at_checked("answer".len())?;
    rest.trim_start().strip_prefix(':').filter(|_| word.eq_ignore_ascii_case("answer")).map(str::trim)
}

/// Whether the lines are Aiken and nothing besides: most blocks are whole, and nothing needs the eye that loose text does.
pub(in crate::bank) fn explains(lines: &[String]) -> bool {
    let (mut whole, mut odd, mut numbered, mut shouted) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut stem, mut options) = (false, 0);
    for line in lines {
        match sign(line) {
            // Before the options, only an A begins them: `U.S. law` does not.
            AikenLine::Option(place, _) if place > 0 && options == 0 => stem = true,
            AikenLine::Blank if stem && options == 0 => return false,
            AikenLine::Blank => {}
            AikenLine::Option(place, _) if stem && place == options => options += 1,
            AikenLine::Option(..) => odd += 1,
            AikenLine::Answer(_) => {
                shouted += usize::from(line.trim_start().starts_with("ANSWER"));
                whole += usize::from(options > 1);
                odd += usize::from(options < 2);
                (stem, options) = (false, 0);
            }
            AikenLine::Other(text) => {
                if named(text).is_some() || text.starts_with(['#', '`', '$', '>', '|']) || text.ends_with('}') {
                    return false;
                }
                numbered += usize::from(!stem && question_number(text).is_some());
                odd += usize::from(options > 0);
                (stem, options) = (true, 0);
            }
        }
    }
    whole > 0 && odd * 4 <= whole && shouted * 2 > whole && numbered * 2 <= whole
}

pub(super) fn read_aiken(source: &Source<'_>) -> Collected {
    let (lines, skip) = (source.lines(), source.skip);
    let mut blocks = Blocks::default();
    let mut open = QuestionBlock::default();
    let mut blank = false;
    for (number, line) in (1..).zip(lines).skip(skip) {
        match sign(line) {
            AikenLine::Blank => {
                blank = true;
                continue;
            }
            AikenLine::Option(place, text) if place == 0 || !open.options.is_empty() => {
                open.options.push(RawOption::new(number, Some(place), text, false));
            }
            AikenLine::Answer(text) => {
                open.answers.push((number, text.to_owned()));
                close(&mut blocks, std::mem::take(&mut open));
            }
            AikenLine::Option(..) | AikenLine::Other(_) => {
                let text = line.trim();
                let explained = match named(text) {
                    Some(NamedLine::Explanation(explanation)) if open.stem.is_empty() => Some(explanation),
                    _ => None,
                };
                if let (Some(explanation), Some(block)) = (explained, blocks.questions.last_mut()) {
                    block.explanation.push(explanation.to_owned());
                } else if let Some(option) = open.options.last_mut().filter(|_| !blank) {
                    option.text.extend(["\n", text]);
                } else {
                    if !open.options.is_empty() {
                        close(&mut blocks, std::mem::take(&mut open));
                    }
                    let apart = blank && !open.stem.is_empty();
                    open.stem.push(StemLine { number, text: text.to_owned(), apart });
                }
            }
        }
        blank = false;
    }
    close(&mut blocks, open);
    let convention = Convention { labels: Labels::Letters, parted: true, lower: Some(false), marks: false };
    check::questions(blocks, lines, convention, source.single())
}

fn close(blocks: &mut Blocks, block: QuestionBlock) {
    if !block.options.is_empty() {
        blocks.questions.push(block);
    } else if !block.stem.is_empty() {
        let preamble = blocks.questions.is_empty();
        blocks.stray.push(Stray { lines: block.stem, preamble });
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};
    use crate::model::{KeyOrigin, Kind};

    fn bank(text: &str) -> Bank {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.format, "aiken", "{text}");
        bank
    }

    #[test]
    fn marks_within_options_are_their_text() {
        let bank = bank(
            "What does *p mean?\nA. *p is what p points to\nB. **p** twice\nANSWER: A\n\n\
             Which of\nthese two?\nA)f(x) ✓\nB) [x] g (correct)\nanswer : a, b\n\n\
             U.S. or U.K.?\nA. U.S.\nB. U.K.\nANSWER: B\n",
        );
        let texts = |place: usize| -> Vec<&str> {
            bank.questions[place].options.iter().map(|option| option.text.as_str()).collect()
        };
        assert_eq!(texts(0), ["*p is what p points to", "**p** twice"]);
        assert_eq!((texts(1), bank.questions[1].kind), (vec!["f(x) ✓", "[x] g (correct)"], Kind::Multiple));
        assert_eq!((bank.questions[1].stem.as_str(), bank.questions[1].line), ("Which of\nthese two?", 6));
        assert_eq!((bank.questions[2].stem.as_str(), bank.questions[2].correct()), ("U.S. or U.K.?", vec![1]));
    }

    #[test]
    fn nonsense_is_told_and_the_rest_is_read() {
        let good = |name: &str| format!("{name}?\nA. x\nB. y\nANSWER: B\n\n");
        let text = ["One", "Two", "Three", "Four", "Five"].map(good).concat()
            + "Which is not there?\nA. x\nB. y\nANSWER: C\n\nAre they equal?\nA. x\nB. x\nANSWER: A\n\n\
               Alone?\nA. x\nANSWER: A\n\n"
            + &good("Six")
            + &good("Seven")
            + "Unanswered?\nA. x\nB. y\n";
        let bank = bank(&text);
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(told, [(29, "no-such-option"), (33, "equal-options"), (37, "one-option"), (50, "no-answer")]);
        assert_eq!((bank.questions.len(), bank.rejected), (8, 3));
        assert_eq!(bank.questions[7].key, KeyOrigin::Missing);
    }

    #[test]
    fn what_needs_an_eye_is_loose_text() {
        for text in [
            "Topic\n\nOne?\nA. x\nB. y\nANSWER: B\n",
            "1. One?\nA. x\nB. y\nANSWER: B\n",
            "One?\nA. x\nB. y\nAnswer: B\n",
            "One?\nA. x\nB. y\nANSWER: B\nExplanation: so.\n",
            "One? {#q1}\nA. x\nB. y\nANSWER: B\n",
        ] {
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            assert_eq!((bank.format, bank.questions[0].correct()), ("text", vec![1]), "{text}");
        }
        let named = ReadOptions { format: Some("aiken".into()), ..ReadOptions::default() };
        let bank = read(b"One?\nA. x\nstill x\nB. y\nAnswer: B\nExplanation: so.\n", &named).expect("a bank");
        assert_eq!((bank.format, bank.questions[0].options[0].text.as_str()), ("aiken", "x\nstill x"));
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("so."));
    }
}
