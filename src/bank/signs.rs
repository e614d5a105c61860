//! Dialects that say with a sign at the beginning of each line what it is: `#Q / ^ / A` (OpenTriviaQA), `# / + / -`
//! (MyTestX), `* / > / -` and the like. Which one is decided once for the file.

use super::text::Read;
use super::text::block::{Block, Blocks, RawOption, StemLine, Stray};
use super::text::check;
use super::text::convention::{Convention, Labels};

/// What the signs of a dialect are.
#[derive(Clone, Copy, Debug)]
struct Dialect {
    stem: &'static str,
    right: &'static str,
    wrong: &'static str,
    /// Whether options begin with a letter and a space, and the right line repeats the text of one.
    lettered: bool,
}

const DIALECTS: [Dialect; 9] = [
    Dialect { stem: "#Q ", right: "^ ", wrong: "", lettered: true },
    Dialect { stem: "#", right: "+", wrong: "-", lettered: false },
    Dialect { stem: "?", right: "+", wrong: "-", lettered: false },
    Dialect { stem: "*", right: "+", wrong: "-", lettered: false },
    Dialect { stem: "#", right: ">", wrong: "-", lettered: false },
    Dialect { stem: "#", right: ">", wrong: "<", lettered: false },
    Dialect { stem: "*", right: ">", wrong: "-", lettered: false },
    Dialect { stem: "#", right: "=", wrong: "~", lettered: false },
    Dialect { stem: "?", right: "=", wrong: "-", lettered: false },
];

/// What a line is in a dialect.
enum Sign<'a> {
    Stem(&'a str),
    Right(&'a str),
    Wrong(&'a str),
}

impl Dialect {
    fn sign<'a>(&self, line: &'a str) -> Option<Sign<'a>> {
        let after = |sign: &str| {
            let rest = line.strip_prefix(sign).filter(|_| !sign.is_empty())?;
            (sign.ends_with(' ') || rest.starts_with(' ')).then(|| rest.trim())
        };
        if let Some(stem) = after(self.stem) {
            return Some(Sign::Stem(stem));
        }
        if let Some(right) = after(self.right) {
            return Some(Sign::Right(right));
        }
        let wrong = if self.lettered {
            line.strip_prefix(|char: char| char.is_ascii_uppercase() && char <= 'J')
                .filter(|rest| rest.starts_with(' '))
                .map(str::trim)
        } else {
            after(self.wrong)
        };
        wrong.map(Sign::Wrong)
    }

    /// Whether nearly all questions of the lines have a right line below them, and every line finds its place.
    fn explains(&self, lines: &[String]) -> bool {
        let (mut stems, mut right, mut wrong, mut odd) = (0_usize, 0_usize, 0_usize, 0_usize);
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            match self.sign(line) {
                Some(Sign::Stem(_)) => stems += 1,
                Some(Sign::Right(_)) => right += 1,
                Some(Sign::Wrong(_)) => wrong += 1,
                None => odd += 1,
            }
        }
        stems > 0 && right * 10 >= stems * 8 && wrong > 0 && odd <= (stems + right + wrong) / 3
    }
}

/// Whether the lines are written in one of the dialects.
pub(super) fn explains(lines: &[String]) -> bool {
    dialect(lines).is_some()
}

fn dialect(lines: &[String]) -> Option<Dialect> {
    DIALECTS.into_iter().find(|dialect| dialect.explains(lines))
}

/// Reads the lines; the first `skip` are front matter.
pub(super) fn read(lines: &[String], skip: usize, single: bool) -> Read {
    let dialect = dialect(&lines[skip..]).unwrap_or(DIALECTS[1]);
    let mut blocks = Blocks::default();
    let mut open: Option<Block> = None;
    let mut blank = true;
    for (number, line) in (1..).zip(lines).skip(skip) {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        match (dialect.sign(line), &mut open) {
            (Some(Sign::Stem(text)), _) => {
                close(&mut blocks, open.take());
                let stem = vec![StemLine { number, text: text.to_owned(), apart: false }];
                open = Some(Block { stem, ..Block::default() });
            }
            (Some(Sign::Right(text)), Some(block)) if dialect.lettered => block.answers.push((number, text.to_owned())),
            (Some(Sign::Right(text)), Some(block)) => push(block, number, text, true),
            (Some(Sign::Wrong(text)), Some(block)) if !dialect.lettered || !block.answers.is_empty() => {
                push(block, number, text, false);
            }
            (_, Some(block)) => match block.options.last_mut() {
                Some(option) if !blank => {
                    option.text.push('\n');
                    option.text.push_str(line.trim());
                }
                Some(_) => blocks.stray.push(stray(number, line)),
                None if dialect.lettered && !block.answers.is_empty() => {
                    if let Some((_, answer)) = block.answers.last_mut() {
                        answer.push(' ');
                        answer.push_str(line.trim());
                    }
                }
                None => block.stem.push(StemLine { number, text: line.trim().to_owned(), apart: blank }),
            },
            (_, None) => blocks.stray.push(stray(number, line)),
        }
        blank = false;
    }
    close(&mut blocks, open);
    check::questions(
        blocks,
        lines,
        Convention { labels: Labels::Bullets, parted: true, lower: None, marks: false },
        single,
    )
}

fn push(block: &mut Block, line: usize, text: &str, right: bool) {
    block.options.push(RawOption { line, place: None, text: text.to_owned(), right, bold: false, feedback: None });
}

fn stray(number: usize, line: &str) -> Stray {
    let text = line.trim().trim_end_matches('?').to_owned();
    Stray { lines: vec![StemLine { number, text, apart: false }], preamble: false }
}

fn close(blocks: &mut Blocks, block: Option<Block>) {
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
    fn the_same_question_with_another_answer_is_told() {
        let text = "# Even?\n+ 2\n- 3\n\n# Even?\n- 2\n+ 3\n\n# Even?\n+ 2\n- 3\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(told, [(5, "conflicting-keys"), (9, "duplicate")]);
        assert_eq!((bank.questions.len(), bank.duplicates.len()), (1, 2));
    }
}
