//! The text format of text2qti: `1. question`, `a) wrong`, `*b) right`, `[*]` boxes, `...` feedback, `* short answers`, `= numbers`,
//! `___` essays.

use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::Defect;
use crate::bank::lines::label::{label, question_number};
use crate::bank::word_set::WordSet;
use crate::bank::{BankOption, BankQuestion, Source};
use crate::model::{KeyOrigin, Kind, Markup};

enum Text2QtiLine<'a> {
    /// `1. question`, and the column at which its text begins.
    Asks(&'a str, usize),
    /// `*b) right`: whether the sign of right ones is before it, and its text.
    Choice(bool, &'a str),
    /// `[*] right`
    Box(bool, &'a str),
    Short(&'a str),
    Number(&'a str),
    /// `___`
    Essay,
    /// `^^^`
    Upload,
    /// `... feedback`, and feedback on right (`+`) or wrong (`-`) answers.
    Feedback(&'a str),
    Verdict(&'a str),
    /// What the quiz or its groups say of themselves.
    Setting,
    /// `@gap`, `@match`: commands of programs that took the format over.
    Command(&'a str),
    Text(&'a str),
}

fn line(text: &str) -> Text2QtiLine<'_> {
    let set_off = |sign: &str| text.strip_prefix(sign).filter(|rest| rest.starts_with(' ')).map(str::trim);
    let lettered = |text| {
        label(text)
            .filter(|label| !label.number && label.lower && text.get(1..).is_some_and(|rest| rest.starts_with(')')))
    };
    let ruled = |sign: u8| text.len() > 2 && text.bytes().all(|byte| byte == sign);
    if ruled(b'_') {
        Text2QtiLine::Essay
    } else if ruled(b'^') {
        Text2QtiLine::Upload
    } else if is_setting(text) {
        Text2QtiLine::Setting
    } else if text.starts_with('@') && text[1..].starts_with(|char: char| char.is_ascii_alphabetic()) {
        Text2QtiLine::Command(text.split_whitespace().next().unwrap_or(text))
    } else if let Some(text) = set_off("...") {
        Text2QtiLine::Feedback(text)
    } else if let Some(text) = set_off("[*]") {
        Text2QtiLine::Box(true, text)
    } else if let Some(text) = set_off("[ ]").or_else(|| set_off("[]")) {
        Text2QtiLine::Box(false, text)
    } else if let Some(label) = text.strip_prefix('*').and_then(lettered) {
        Text2QtiLine::Choice(true, label.rest)
    } else if let Some(label) = lettered(text) {
        Text2QtiLine::Choice(false, label.rest)
    } else if let Some(text) = set_off("*") {
        Text2QtiLine::Short(text)
    } else if let Some(text) = set_off("=") {
        Text2QtiLine::Number(text)
    } else if let Some(text) = set_off("+").or_else(|| set_off("-")) {
        Text2QtiLine::Verdict(text)
    } else {
        match question_number(text).filter(|_| text.starts_with(|char: char| char.is_ascii_digit())) {
            Some((_, rest)) => Text2QtiLine::Asks(rest, text.len() - rest.len()),
            None => Text2QtiLine::Text(text),
        }
    }
}

static SETTINGS: WordSet = WordSet::of_phrases(
    "quiz title:, quiz description:, title:, points:, text title:, text:, shuffle answers:, show correct answers:, \
    one question at a time:, can't go back:, feedback is solution:, solutions sample groups:",
);

fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn is_setting(text: &str) -> bool {
    let begins = |word: &str| begins(text, word);
    SETTINGS.iter().any(begins)
        || matches!(text, "GROUP" | "END_GROUP" | "COMMENT" | "END_COMMENT")
        || ["pick:", "points per question:", "% "].into_iter().any(begins)
}

/// Whether the lines are in this format: they name the quiz as it does, or have numbered questions and nearly only its signs, one of
/// them that no other format has.
pub(in crate::bank) fn explains(lines: &[String]) -> bool {
    let text = || lines.iter().filter(|line| !line.trim().is_empty() && !line.starts_with(' '));
    let first = text().next().is_some_and(|line| line.to_ascii_lowercase().starts_with("quiz title:"));
    let (mut asks, mut own, mut odd, mut verdicts) = (0_usize, 0_usize, 0_usize, 0_usize);
    for text in text() {
        match line(text) {
            Text2QtiLine::Asks(..) => asks += 1,
            Text2QtiLine::Choice(..) | Text2QtiLine::Box(..) | Text2QtiLine::Setting | Text2QtiLine::Command(_) => {}
            // Many such lines are options after bullets.
            Text2QtiLine::Verdict(_) => verdicts += 1,
            Text2QtiLine::Feedback(_)
            | Text2QtiLine::Short(_)
            | Text2QtiLine::Number(_)
            | Text2QtiLine::Essay
            | Text2QtiLine::Upload => own += 1,
            Text2QtiLine::Text(_) => odd += 1,
        }
    }
    asks > 0 && (first || (own > 0 && own * 2 >= asks && odd * 4 <= asks && verdicts <= asks))
}

pub(super) fn read_text2qti(source: &Source<'_>) -> Collected {
    let lines = source.lines();
    let mut collector = Collector::new(lines);
    let mut open: Option<OpenQuestion> = None;
    let mut comment = false;
    let mut passage = QuizPassage::default();
    for (number, whole) in (1..).zip(lines).skip(source.skip) {
        let text = whole.trim_start();
        let within = whole.len() - text.len() >= open.as_ref().map_or(1, |open| open.column.min(2));
        comment = (comment || text == "COMMENT") && text != "END_COMMENT";
        if comment || text.is_empty() {
            if let Some(open) = open.as_mut().filter(|_| !comment) {
                open.blank();
            }
            continue;
        }
        match (line(text), &mut open) {
            (_, Some(open)) if within => open.goes_on(whole),
            (_, None) if within && passage.open => passage.goes_on(text),
            (Text2QtiLine::Asks(text, column), _) => {
                finish(&mut collector, open.take());
                passage.open = false;
                let next = OpenQuestion::new(number, text, column);
                open = Some(OpenQuestion { passage: passage.text.clone(), ..next });
            }
            (Text2QtiLine::Setting, _) => {
                finish(&mut collector, open.take());
                passage.setting(text);
            }
            (line, Some(open)) => open.add_line(line),
            (_, None) => {}
        }
    }
    finish(&mut collector, open);
    collector.finish()
}

fn finish(collector: &mut Collector<'_>, open: Option<OpenQuestion>) {
    if let Some(open) = open {
        collector.add(open.question.line, open.close());
    }
}

/// A text between questions, which stays with those below it until the next one, or the end of their group.
#[derive(Debug, Default)]
struct QuizPassage {
    text: String,
    /// Whether the lines below continue it.
    open: bool,
}

impl QuizPassage {
    fn setting(&mut self, line: &str) {
        let after = |word: &str| begins(line, word).then(|| line[word.len()..].trim());
        let title = after("text title:");
        self.open = false;
        if line == "END_GROUP" || title.is_some() {
            self.text = title.unwrap_or_default().to_owned();
            self.open = title.is_some();
        } else if let Some(text) = after("text:") {
            // A second text is another one; below a title it belongs to that.
            if self.text.contains('\n') {
                self.text.clear();
            }
            self.text.extend([if self.text.is_empty() { "" } else { "\n\n" }, text, "\n"]);
            self.open = true;
        }
    }

    fn goes_on(&mut self, text: &str) {
        self.text.truncate(self.text.trim_end().len());
        self.text.extend(["\n", text, "\n"]);
    }
}

/// The part that the next indented line continues.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Stem,
    Option,
    Explanation,
    Feedback,
    Other,
}

/// A question that is being read.
#[derive(Default)]
struct OpenQuestion {
    question: BankQuestion,
    /// The passage above it.
    passage: String,
    /// The column of the text of its stem, from 0.
    column: usize,
    last: Last,
    /// Whether it takes a text, a number, or anything.
    kind: Option<Kind>,
    boxes: bool,
    number: Option<String>,
    /// An unknown command, so that the question is unclear.
    unknown: Option<String>,
}

impl OpenQuestion {
    fn new(line: usize, stem: &str, column: usize) -> Self {
        let question =
            BankQuestion { line, stem: stem.to_owned(), markup: Markup::Markdown, ..BankQuestion::default() };
        Self { question, column, ..Self::default() }
    }

    fn option(&mut self, text: &str, correct: bool) {
        self.question.options.push(BankOption::new(text, correct));
        self.last = Last::Option;
    }

    fn add_line(&mut self, line: Text2QtiLine<'_>) {
        self.last = Last::Other;
        match line {
            Text2QtiLine::Choice(right, text) => self.option(text, right),
            Text2QtiLine::Box(right, text) => {
                self.boxes = true;
                self.option(text, right);
            }
            Text2QtiLine::Short(text) => {
                self.kind = Some(Kind::Short);
                self.option(text, true);
            }
            Text2QtiLine::Number(text) => {
                self.kind = Some(Kind::Numeric);
                self.number = Some(text.to_owned());
            }
            Text2QtiLine::Essay | Text2QtiLine::Upload => self.kind = Some(Kind::Open),
            Text2QtiLine::Feedback(text) => match self.question.options.last_mut() {
                Some(option) => {
                    option.feedback = Some(text.to_owned());
                    self.last = Last::Feedback;
                }
                None => self.explain(text),
            },
            Text2QtiLine::Verdict(text) => self.explain(text),
            Text2QtiLine::Text(text) => self.goes_on_with(text, Last::Stem),
            Text2QtiLine::Command(name) => self.unknown = Some(name.to_owned()),
            Text2QtiLine::Asks(..) | Text2QtiLine::Setting => {}
        }
    }

    fn explain(&mut self, text: &str) {
        let explanation = self.question.explanation.get_or_insert_default();
        explanation.extend([if explanation.is_empty() { "" } else { "\n\n" }, text]);
        self.last = Last::Explanation;
    }

    fn blank(&mut self) {
        if self.last == Last::Stem {
            self.question.stem.push('\n');
        }
    }

    /// An indented line continues the part above it.
    fn goes_on(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        self.goes_on_with(&line[self.column.min(indent)..], self.last);
    }

    fn goes_on_with(&mut self, text: &str, last: Last) {
        let part = match last {
            Last::Stem => Some(&mut self.question.stem),
            Last::Option => self.question.options.last_mut().map(|option| &mut option.text),
            Last::Feedback => self.question.options.last_mut().and_then(|option| option.feedback.as_mut()),
            Last::Explanation => self.question.explanation.as_mut(),
            Last::Other => None,
        };
        if let Some(part) = part {
            part.extend(["\n", text]);
        }
    }

    fn close(mut self) -> Result<BankQuestion, Defect> {
        let right = self.question.correct().len();
        if let Some(name) = self.unknown {
            return Err(Defect::KindNotRead { name, hint: "ask it as a choice, or leave it out" });
        }
        self.question.stem.truncate(self.question.stem.trim_end().len());
        if !self.passage.trim().is_empty() {
            self.question.stem = format!("{}\n\n{}", self.passage.trim(), self.question.stem);
        }
        self.question.kind = match self.kind {
            Some(kind) => kind,
            None if self.boxes || right > 1 => Kind::Multiple,
            None => Kind::Single,
        };
        if let Some(number) = self.number.as_deref() {
            self.question.options = vec![numeric(number).ok_or(Defect::NoNumber("write `= 3 +- 1`"))?];
        } else if self.question.kind.has_choices() && self.question.options.len() < 2 {
            return Err(Defect::NoOptions("write them below it, as `a) …` and `*b) …`"));
        }
        let keyed = !self.question.correct().is_empty() || self.question.kind == Kind::Open;
        self.question.key = if keyed { KeyOrigin::Marked } else { KeyOrigin::Missing };
        Ok(self.question)
    }
}

/// `3`, `3 +- 1`, `3 +- 10%`, `[2, 4]`.
fn numeric(text: &str) -> Option<BankOption> {
    let number = |text: &str| text.trim().replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
    let (middle, tolerance) = if let Some((low, high)) =
        text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).and_then(|inner| inner.split_once(','))
    {
        let (low, high) = (number(low)?, number(high)?);
        (f64::midpoint(low, high), (high - low).abs() / 2.0)
    } else {
        match text.split_once("+-") {
            Some((middle, part)) if part.trim().ends_with('%') => {
                let middle = number(middle)?;
                (middle, (middle * number(part.trim().trim_end_matches('%'))? / 100.0).abs())
            }
            Some((middle, part)) => (number(middle)?, number(part)?.abs()),
            None => (number(text)?, 0.0),
        }
    };
    Some(BankOption { tolerance: Some(tolerance), ..BankOption::new(middle.to_string(), true) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Bank, ReadOptions, read};

    const QUIZ: &str = "Quiz title: Sums\nQuiz description: Small ones.\n\nTitle: First\nPoints: 2\n1.  What is 2+3?\n... Count.\n    And count.\n+ Well done.\n\
        a)  6\n... That is 3+3.\n*b) 5\n    or five\n\n1.  Which are even?\n\n    ```\n    a) code\n    ```\n[*] 2\n[ ] 3\n[*] 4\n\n\
        2.  Who?\n*   Santa\n*   Claus\n\nCOMMENT\n3. no question\nEND_COMMENT\n% nor this\n3.  Root of 2?\n=   1.4142 +- 0.0001\n\n4.  Why?\n____\n";

    fn bank(text: &str) -> Bank {
        read(text.as_bytes(), &ReadOptions::default()).expect("a bank")
    }

    #[test]
    fn all_kinds_are_read() {
        let bank = bank(QUIZ);
        assert_eq!(bank.format, "text2qti");
        let kinds: Vec<_> = bank.questions.iter().map(|question| (question.line, question.kind)).collect();
        let expected =
            [(6, Kind::Single), (15, Kind::Multiple), (24, Kind::Short), (32, Kind::Numeric), (35, Kind::Open)];
        assert_eq!(kinds, expected);
        let first = &bank.questions[0];
        assert_eq!((first.stem.as_str(), first.correct()), ("What is 2+3?", vec![1]));
        assert_eq!(first.explanation.as_deref(), Some("Count.\nAnd count.\n\nWell done."));
        assert_eq!(first.options[0].feedback.as_deref(), Some("That is 3+3."));
        assert_eq!(first.options[1].text, "5\nor five");
        assert_eq!(bank.questions[1].stem, "Which are even?\n\n```\na) code\n```");
        assert_eq!(bank.questions[1].correct(), [0, 2]);
        let texts: Vec<_> = bank.questions[2].options.iter().map(|option| option.text.as_str()).collect();
        assert_eq!(texts, ["Santa", "Claus"]);
        assert_eq!(bank.questions[3].options[0].tolerance, Some(0.0001));
    }

    #[test]
    fn a_question_with_an_unknown_command_is_told() {
        let told = bank("Quiz title: Gaps\n1. Fill {G}.\n@gap W) wood\n@match W G\n2. What?\na) x\n*b) y\n____\n");
        let codes: Vec<_> = told.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!((told.questions.len(), codes), (1, vec![(2, "kind-not-read")]));
    }

    #[test]
    fn texts_stay_with_the_questions_below_them() {
        let told = bank(
            "Quiz title: Sea\nText title: The ferry\nText: It left at noon.\n    It came back.\n1. When?\n*a) noon\nb) six\n\
             2. What?\na) car\n*b) ferry\nGROUP\npick: 1\n3. Is it wet?\n*a) yes\nb) no\nEND_GROUP\nText: Tar is black.\n4. Who?\n*a) I\nb) you\n",
        );
        let stems: Vec<&str> = told.questions.iter().map(|question| question.stem.as_str()).collect();
        let ferry = "The ferry\n\nIt left at noon.\nIt came back.\n\n";
        let expected = [
            &format!("{ferry}When?"),
            &format!("{ferry}What?"),
            &format!("{ferry}Is it wet?"),
            "Tar is black.\n\nWho?",
        ];
        assert_eq!(stems, expected);
    }

    #[test]
    fn numbers_have_tolerances() {
        for (text, middle, tolerance) in
            [("3", "3", 0.0), ("3 +- 1", "3", 1.0), ("20 +- 10%", "20", 2.0), ("[2, 4]", "3", 1.0)]
        {
            let option = numeric(text).expect(text);
            assert_eq!((option.text.as_str(), option.tolerance), (middle, Some(tolerance)), "{text}");
        }
        assert!(numeric("three").is_none() && numeric("[1, 2").is_none());
    }

    #[test]
    fn other_texts_are_not_its() {
        let lettered = "1. What?\na) x\n*b) y\n\n2. Who?\na) u\n*b) v\n";
        assert_eq!(bank(lettered).format, "text");
        assert_eq!(bank(&lettered.replace("What?\n", "What?\n... Because.\n")).format, "text2qti");
    }
}
