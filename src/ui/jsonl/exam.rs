//! What is said and heard in a mock exam only.

use super::read::{InputMessage, Word};
use crate::session::{Action, ExamAction, Paper, Turn};

/// What a line means in a mock exam.
pub(super) enum ExamMeaning {
    Act(Action),
    /// Turns a page: the program knows that the end asks whether to hand in.
    Turn(Turn),
    /// Marks the question of this index, or removes its mark.
    Mark(usize),
    /// The mark of this question is as wanted already.
    Marked(usize),
    List,
}

/// What a line means in a mock exam, or why it has no meaning. Lines that mean the same in a review come back.
pub(super) fn meaning(line: InputMessage, paper: &Paper) -> Result<Result<ExamMeaning, String>, InputMessage> {
    let index = |number: Word| {
        let number = number.into_text();
        let found = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        found.filter(|index| *index < paper.len()).ok_or_else(|| format!("there is no question {number}"))
    };
    Ok(Ok(match line {
        // As it always was: what is open counts as not right. What only goes away can be gone on with.
        InputMessage::Quit | InputMessage::HandIn => ExamMeaning::Act(Action::Exam(ExamAction::HandIn)),
        InputMessage::Leave => ExamMeaning::Act(Action::Quit),
        InputMessage::Next => ExamMeaning::Turn(Turn::Next),
        InputMessage::Previous => ExamMeaning::Turn(Turn::Previous),
        InputMessage::Overview => ExamMeaning::Turn(Turn::Overview),
        InputMessage::Goto { question } => match index(question) {
            Ok(index) => ExamMeaning::Turn(Turn::To(index)),
            Err(missing) => return Ok(Err(missing)),
        },
        InputMessage::Mark { question, marked } => {
            let index = match question.map_or(Ok(paper.at()), index) {
                Ok(index) => index,
                Err(missing) => return Ok(Err(missing)),
            };
            let is = paper.questions().get(index).is_some_and(|question| question.marked);
            if is == marked.unwrap_or(true) { ExamMeaning::Marked(index) } else { ExamMeaning::Mark(index) }
        }
        InputMessage::List => ExamMeaning::List,
        other => return Err(other),
    }))
}
