//! A mock exam as plain lines: turning pages, the list, the overview, and leaving.

use std::io::Write;

use super::read::Meaning;
use super::{Plain, Wish};
use crate::error::Result;
use crate::model::Moment;
use crate::session::{Action, ExamAction, Form, Paper, Session, Showing, Turn};
use crate::ui::exam_score;
use crate::ui::front_end::LastShown;
use crate::ui::lines::patience;

/// The commands that can be typed in a mock exam.
pub(super) const COMMANDS: &str = "next and back go to the next question and to the one before. goto 5 goes to question 5.\n\
skip goes to the next question without an answer. mark marks a question to come back to, or removes the mark.\n\
list shows all questions; a number goes to one then. hand in ends the exam. undo takes back the last answer. repeat says the question again.\n\
flag NOTE marks the card for later, unflag takes the mark away. quit asks whether to leave the exam.\n";

/// The prompt at the end.
const HAND_IN: &str = "Hand in? (yes, no, the number of a question, list, or help): ";

/// The prompt below the list.
pub(super) const LIST: &str =
    "Which question? (a number goes there, Enter shows this question again, or type your answer to it): ";

/// The prompt before the exam is left.
const LEAVE: &str = "Leave the exam? (later: leave it and continue another time; hand in; or Enter to stay): ";

fn exam(action: ExamAction) -> Meaning {
    Meaning::Wish(Wish::Act(Action::Exam(action)))
}

fn turn(to: Turn) -> Meaning {
    exam(ExamAction::Turn { to, given: None })
}

/// The meaning of a word that is a command of a mock exam only; where an answer is typed, it has a colon before it.
pub(super) fn command(line: &str, showing: Option<&Showing>, paper: &Paper) -> Option<Meaning> {
    let typed = showing.is_some_and(|showing| matches!(showing.form, Form::Type { .. }));
    let marked = line.strip_prefix(':').filter(|rest| !rest.starts_with(':'));
    let line = marked.or((!typed).then_some(line))?.trim().to_lowercase();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
    let rest = rest.trim();
    Some(match (word, rest) {
        ("next", "") => turn(Turn::Next),
        ("back" | "previous", "") => turn(Turn::Previous),
        ("goto", number) => to_question(number, paper.len()),
        ("mark" | "unmark", "") => exam(ExamAction::Mark(None)),
        ("list", "") => Meaning::List(list(paper), paper.len()),
        ("hand", "in") | ("handin" | "hand-in", "") => turn(Turn::Overview),
        // Leaving asks first.
        ("quit" | "exit", "") => Meaning::GoOn,
        _ => return None,
    })
}

/// Going to the question of this number, of so many.
fn to_question(number: &str, questions: usize) -> Meaning {
    let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match index.filter(|index| *index < questions) {
        Some(index) => turn(Turn::To(index)),
        None if number.is_empty() => Meaning::Unclear("Say which question, as in goto 5.".into()),
        None => Meaning::Unclear(format!("There is no question `{number}`: the exam has {questions}.")),
    }
}

/// The meaning of a line below the list, where a number is that of a question and no answer. `None` if it means what it always does.
pub(super) fn below_the_list(line: &str, questions: usize) -> Option<Meaning> {
    match line {
        "" => Some(Meaning::Repeat),
        number if number.chars().all(|char| char.is_ascii_digit()) => Some(to_question(number, questions)),
        _ => None,
    }
}

/// The meaning of a line at the end of an exam.
fn at_the_end(line: &str, paper: &Paper) -> Meaning {
    match line.to_lowercase().as_str() {
        "yes" | "y" | "hand in" => return exam(ExamAction::HandIn),
        "no" | "n" | "" | "back" => return turn(Turn::Previous),
        "help" | "?" | ":help" => return Meaning::Help,
        "repeat" => return Meaning::Repeat,
        "undo" => return Meaning::Wish(Wish::Act(Action::Undo)),
        _ => {}
    }
    if line.parse::<usize>().is_ok() {
        return to_question(line, paper.len());
    }
    match command(line, None, paper) {
        // A number goes to a question here in any case.
        Some(Meaning::List(list, _)) => Meaning::Say(list),
        Some(meaning) => meaning,
        None => Meaning::Unclear(format!("`{line}` is no answer here.")),
    }
}

/// The meaning of a line when the person is asked whether to leave.
fn leaving(line: &str) -> Meaning {
    match line.to_lowercase().as_str() {
        "" | "no" | "n" | "stay" => Meaning::GoOn,
        "later" | "quit" | "exit" | "leave" => Meaning::Wish(Wish::Act(Action::Quit)),
        "hand in" | "handin" => turn(Turn::Overview),
        _ => Meaning::Unclear(format!("`{line}` is no answer here.")),
    }
}

/// All questions, a line each.
fn list(paper: &Paper) -> String {
    let line = |(index, question): (usize, &crate::session::PaperQuestion)| {
        let here = if index == paper.at() { ", here" } else { "" };
        let is = if question.answer.is_some() { "answered" } else { "open" };
        let marked = if question.marked { ", marked" } else { "" };
        format!("{}, {is}{marked}{here}. {}\n", index + 1, exam_score::stem(question))
    };
    paper.questions().iter().enumerate().map(line).collect()
}

/// How many questions are open and marked, and which.
fn overview(paper: &Paper) -> String {
    let numbers =
        |indices: Vec<usize>| indices.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(", ");
    let (open, marked): (Vec<usize>, Vec<usize>) = (paper.open().collect(), paper.marked().collect());
    let mut text = format!("\nThe end of the exam: {} of {} answered.\n", paper.answered(), paper.len());
    if !open.is_empty() {
        text += &format!("Open, and counted as wrong if you hand in: {}.\n", numbers(open));
    }
    if !marked.is_empty() {
        text += &format!("Marked: {}.\n", numbers(marked));
    }
    text
}

/// The number of the question, and what became of it so far.
pub(super) fn place(paper: &Paper) -> String {
    let marked = if paper.current().is_some_and(|question| question.marked) { ", marked" } else { "" };
    let answered = if paper.current().is_some_and(|question| question.answer.is_some()) { ", answered" } else { "" };
    format!("\nQuestion {} of {}{answered}{marked}.\n", paper.at() + 1, paper.len())
}

impl<W: Write> Plain<W> {
    /// The end of an exam: whether to hand it in.
    pub(super) fn end_exam(&mut self, session: &Session, paper: &Paper, now: Moment) -> Result<Wish> {
        let text = overview(paper);
        if self.shown != Some(LastShown::Overview) {
            self.shown = Some(LastShown::Overview);
            self.say(&text)?;
        }
        let wish = self.hear(HAND_IN, patience(session, now), &text, COMMANDS, |line| at_the_end(line, paper))?;
        wish.map_or_else(|| self.leave(session, now), Ok)
    }

    /// Asks whether to leave the exam.
    pub(super) fn leave(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        let wish = self.hear(LEAVE, patience(session, now), "", COMMANDS, leaving)?;
        Ok(wish.unwrap_or(Wish::Act(Action::Tick)))
    }
}
