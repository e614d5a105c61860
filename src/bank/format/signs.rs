//! Dialects that say with a sign at the beginning of each line what it is: `#Q / ^ / A` (OpenTriviaQA), `# / + / -`
//! (MyTestX), `* / > / -`, `S: / +: / -:` (AST), `<question> / <variantright> / <variant>` and the like. Which one is decided
//! once for the file.

use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{Blocks, QuestionBlock, RawOption, StemLine, Stray};
use crate::bank::lines::check;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::label::{label, question_number};
use crate::bank::lines::title::bare_title;
use crate::bank::source::Source;

/// What the signs of a dialect are.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    /// The sign of a question; empty if lines without a sign are questions.
    stem: &'static str,
    right: &'static str,
    wrong: &'static str,
    /// Whether options begin with a letter and a space, and the right line repeats the text of one.
    lettered: bool,
    /// Whether a sign may directly precede its text (`+four`).
    tight: bool,
}

const fn signs(stem: &'static str, right: &'static str, wrong: &'static str) -> Dialect {
    Dialect { stem, right, wrong, lettered: false, tight: false }
}

const fn tight(stem: &'static str, right: &'static str, wrong: &'static str) -> Dialect {
    Dialect { tight: true, ..signs(stem, right, wrong) }
}

/// The dialects, the stricter ones first.
const DIALECTS: [Dialect; 17] = [
    Dialect { lettered: true, ..signs("#Q ", "^ ", "") },
    signs("#", "+", "-"),
    signs("?", "+", "-"),
    signs("*", "+", "-"),
    signs("#", ">", "-"),
    signs("#", ">", "<"),
    signs("*", ">", "-"),
    signs("#", "=", "~"),
    signs("?", "=", "-"),
    tight("S:", "+:", "-:"),
    tight("<question>", "<variantright>", "<variant>"),
    tight("#", "+", "-"),
    tight("?", "+", "-"),
    tight("*", "+", "-"),
    tight("", "+", "-"),
    tight("", "=", "~"),
    tight("", "^", "~"),
];

enum SignedLine<'a> {
    Stem(&'a str),
    Right(&'a str),
    Wrong(&'a str),
    /// A line that says nothing of the question (`I:` of AST).
    Idle,
}

impl Dialect {
    fn sign<'a>(&self, line: &'a str) -> Option<SignedLine<'a>> {
        let after = |sign: &str| {
            let rest = line.strip_prefix(sign).filter(|_| !sign.is_empty())?;
            // `--` and `**` are no signs.
            let tight = self.tight && !rest.is_empty() && !rest.starts_with(sign);
            (tight || sign.ends_with(' ') || rest.starts_with(' ')).then(|| rest.trim())
        };
        if let Some(stem) = after(self.stem) {
            return Some(SignedLine::Stem(stem));
        }
        if let Some(right) = after(self.right) {
            return Some(SignedLine::Right(right));
        }
        if self.stem == "S:" && line.starts_with("I:") {
            return Some(SignedLine::Idle);
        }
        // A letter alone is an option without text.
        let wrong = if self.lettered {
            line.strip_prefix(|char: char| char.is_ascii_uppercase() && char <= 'J')
                .filter(|rest| rest.is_empty() || rest.starts_with(' '))
                .map(str::trim)
        } else {
            after(self.wrong)
        };
        wrong.map(SignedLine::Wrong)
    }

    /// Whether nearly all questions of the lines have a right line below them, and every line finds its place.
    fn explains(&self, lines: &[String]) -> bool {
        if self.stem.is_empty() {
            return self.explains_runs(lines);
        }
        let (mut stems, mut right, mut wrong, mut odd) = (0_usize, 0_usize, 0_usize, 0_usize);
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            match self.sign(line) {
                Some(SignedLine::Stem(_)) => stems += 1,
                Some(SignedLine::Right(_)) => right += 1,
                Some(SignedLine::Wrong(_)) => wrong += 1,
                Some(SignedLine::Idle) => {}
                None => odd += 1,
            }
        }
        stems > 0 && right * 10 >= stems * 8 && wrong > 0 && odd <= (stems + right + wrong) / 3
    }

    /// For dialects without a sign for questions: whether nearly all runs of signs have right and wrong options, and
    /// none begins as a label or a bullet does.
    fn explains_runs(&self, lines: &[String]) -> bool {
        let (mut runs, mut fit) = (0_usize, 0_usize);
        let (mut right, mut wrong) = (0_usize, 0_usize);
        let mut end = |right: &mut usize, wrong: &mut usize| {
            runs += usize::from(*right + *wrong > 0);
            fit += usize::from(*right > 0 && *wrong > 0);
            (*right, *wrong) = (0, 0);
        };
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            match self.sign(line) {
                Some(SignedLine::Right(text) | SignedLine::Wrong(text))
                    if line[1..].starts_with(' ') || label(text).is_some() =>
                {
                    return false;
                }
                Some(SignedLine::Right(_)) => right += 1,
                Some(SignedLine::Wrong(_)) => wrong += 1,
                _ => end(&mut right, &mut wrong),
            }
        }
        end(&mut right, &mut wrong);
        runs > 0 && fit * 10 >= runs * 9
    }
}

/// Whether the lines are written in one of the dialects.
pub(in crate::bank) fn explains(lines: &[String]) -> bool {
    dialect(lines).is_some()
}

fn dialect(lines: &[String]) -> Option<Dialect> {
    // No dialect is without its first sign. What lines begin with is found out in one pass for all of them.
    let mut begins = [false; 1 << u8::BITS];
    lines.iter().filter_map(|line| line.bytes().next()).for_each(|byte| begins[usize::from(byte)] = true);
    let is_there = |sign: &str| sign.bytes().next().is_some_and(|byte| begins[usize::from(byte)]);
    DIALECTS
        .into_iter()
        .filter(|dialect| is_there(if dialect.stem.is_empty() { dialect.right } else { dialect.stem }))
        .find(|dialect| dialect.explains(lines))
}

pub(super) fn read_signs(source: &Source<'_>) -> Collected {
    let (lines, skip) = (source.lines(), source.skip);
    let dialect = dialect(&lines[skip..]).unwrap_or(DIALECTS[1]);
    let mut blocks = Blocks::default();
    let mut open: Option<QuestionBlock> = None;
    let mut topics = PendingTitle::default();
    let mut blank = true;
    for (number, line) in (1..).zip(lines).skip(skip) {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        let begins = dialect.stem.is_empty() && open.as_ref().is_none_or(|block| !block.options.is_empty());
        let sign = dialect.sign(line).or_else(|| begins.then_some(SignedLine::Stem(line.trim())));
        match (sign, &mut open) {
            (Some(SignedLine::Idle), _) => {}
            (Some(SignedLine::Stem(text)), _) => {
                let numbered = question_number(text).filter(|_| dialect.tight);
                let text = numbered.map_or(text, |(_, rest)| rest);
                close(&mut blocks, open.take());
                let stem = vec![StemLine { number, text: text.to_owned(), apart: false }];
                open = Some(QuestionBlock { stem, topic: topics.above_a_question(), ..QuestionBlock::default() });
            }
            (None, block) if blank && !dialect.stem.is_empty() && block.as_ref().is_none_or(is_whole) => {
                blocks.stray.extend(topics.line(number, line));
            }
            (Some(SignedLine::Right(text)), Some(block)) if dialect.lettered => {
                block.answers.push((number, text.to_owned()));
            }
            (Some(SignedLine::Right(text)), Some(block)) => {
                block.options.push(RawOption::new(number, None, text, true));
            }
            (Some(SignedLine::Wrong(text)), Some(block)) if !dialect.lettered || !block.answers.is_empty() => {
                block.options.push(RawOption::new(number, None, text, false));
            }
            (_, Some(block)) => match block.options.last_mut() {
                Some(option) if !blank => option.text.extend(["\n", line.trim()]),
                Some(_) => blocks.stray.push(stray(number, line)),
                None if dialect.lettered && !block.answers.is_empty() => {
                    if let Some((_, answer)) = block.answers.last_mut() {
                        answer.extend([" ", line.trim()]);
                    }
                }
                None => block.stem.push(StemLine { number, text: line.trim().to_owned(), apart: blank }),
            },
            (_, None) => blocks.stray.push(stray(number, line)),
        }
        blank = false;
    }
    close(&mut blocks, open);
    blocks.stray.extend(topics.held.take().map(|(number, line)| stray(number, line)));
    check::questions(
        blocks,
        lines,
        Convention { labels: Labels::Bullets, parted: true, lower: None, marks: false },
        source.single(),
    )
}

/// Whether a question has its options, so that a separate line below them is no part of it.
fn is_whole(block: &QuestionBlock) -> bool {
    block.options.len() > 1
}

/// Titles between questions: separate lines right above a question. Others are stray.
#[derive(Debug, Default)]
struct PendingTitle<'a> {
    topic: Option<String>,
    held: Option<(usize, &'a str)>,
}

impl<'a> PendingTitle<'a> {
    /// Holds a separate line as a possible title. The line held before was none.
    fn line(&mut self, number: usize, line: &'a str) -> Option<Stray> {
        self.held.replace((number, line)).map(|(number, line)| stray(number, line))
    }

    /// The topic of a question that begins now.
    fn above_a_question(&mut self) -> Option<String> {
        if let Some((_, title)) = self.held.take() {
            self.topic = Some(bare_title(title).to_owned());
        }
        self.topic.clone()
    }
}

fn stray(number: usize, line: &str) -> Stray {
    let text = line.trim().trim_end_matches('?').to_owned();
    Stray { lines: vec![StemLine { number, text, apart: false }], preamble: false }
}

fn close(blocks: &mut Blocks, block: Option<QuestionBlock>) {
    let Some(block) = block else { return };
    if block.options.is_empty() {
        let lines = block.stem.into_iter().take(1).map(|line| StemLine { text: line.text + "?", ..line }).collect();
        blocks.stray.push(Stray { lines, preamble: false });
    } else {
        blocks.questions.push(block);
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};

    fn bank(text: &str) -> Bank {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((bank.format, &bank.problems[..]), ("signs", &[][..]), "{text}");
        bank
    }

    #[test]
    fn dialects_are_told_by_their_signs() {
        for text in [
            "# What is red?\n+ blood\n- grass\n\n# What is green?\n- blood\n+ grass\n",
            "* What is red?\n> blood\n- grass\n\n* What is green?\n- blood\n> grass\n",
            "#Q What is red?\n^ blood\nA grass\nB blood\n\n#Q What is\ngreen?\n^ grass\nA blood\nB grass\n",
            "? What is red?\n= blood\n- grass\n\n? What is green?\n- blood\n= grass\n",
            "#What is red?\n+blood\n-grass\n\n#What is green?\n-blood\n+grass\n",
            "What is red?\n+blood\n-grass\nWhat is\ngreen?\n-blood\n+grass\n",
            "1. What is red?\n=blood\n~grass\n\n2. What is green?\n~blood\n=grass\n",
            "I:\nS: What is red?\n+: blood\n-: grass\n\nI:\nS: What is green?\n-: blood\n+: grass\n",
            "<question>What is red?\n<variantright>blood\n<variant>grass\n<question>What is green?\n<variant>blood\n<variantright>grass\n",
        ] {
            let bank = bank(text);
            let right = |place: usize| -> Vec<&str> {
                let question = &bank.questions[place];
                question.correct().into_iter().map(|right| question.options[right].text.as_str()).collect()
            };
            assert_eq!((right(0), right(1)), (vec!["blood"], vec!["grass"]), "{text}");
            assert_eq!(bank.questions[0].stem, "What is red?");
        }
    }

    #[test]
    fn titles_between_questions_are_topics() {
        let text = "== Part 1 ==\n\n#Hot?\n+sun\n-ice\n\n#Cold?\n-sun\n+ice\n\nPart 2\n\n#Wet?\n+sea\n-sand\n";
        let topics: Vec<_> = bank(text).questions.into_iter().map(|question| question.topic).collect();
        assert_eq!(topics, [Some("Part 1".into()), Some("Part 1".into()), Some("Part 2".into())]);
    }

    #[test]
    fn the_same_question_with_another_answer_is_told() {
        let text = "# Even?\n+ 2\n- 3\n\n# Even?\n- 2\n+ 3\n\n# Even?\n+ 2\n- 3\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(told, [(5, "conflicting-keys"), (9, "duplicate")]);
        assert_eq!((bank.questions.len(), bank.duplicates.len()), (1, 2));
    }
}
