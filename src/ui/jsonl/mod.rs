//! The review as JSON Lines, for editors, scripts and other front ends: `docs/json-lines.md`.
//!
//! An unusable line gets an `error`, and the session continues.

mod exam;
mod read;
mod write;

use std::io::Write;
use std::time::Duration;

use serde::Serialize;

use self::exam::ExamMeaning;
use self::read::{InputMessage, parse, wish};
use self::write::OutputMessage;
use super::front_end::LastShown;
use super::lines::{InputLine, InputLines};
use super::{CardPage, FrontEnd, Wish, deeds, exam_score, words};
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::session::{Action, ExamAction, ExamOutcome, Notice, Paper, Phase, Session, Summary};

/// The front end for programs.
#[derive(Debug)]
pub struct JsonLines<W> {
    lines: InputLines,
    output: W,
    printed: Option<LastShown>,
    /// A line that ended the editing of a question and is to be handled next.
    held: Option<InputMessage>,
    /// The note of the flag that is being set.
    note: String,
    /// Whether the program turned pages of a mock exam, and so knows that its end asks whether to hand in.
    turns: bool,
    /// The index of the question that is being marked.
    marking: usize,
}

impl<W: Write> JsonLines<W> {
    /// Reads `lines` and prints to `output`.
    pub fn new(lines: InputLines, output: W) -> Self {
        Self { lines, output, printed: None, held: None, note: String::new(), turns: false, marking: 0 }
    }

    fn print(&mut self, line: &impl Serialize) -> Result<()> {
        let line = super::json_line(line)?;
        self.output.write_all(line.as_bytes()).and_then(|()| self.output.flush()).map_err(super::broken_stream)
    }

    fn error(&mut self, message: impl Into<String>) -> Result<()> {
        self.print(&OutputMessage::Error { message: message.into() })
    }

    fn show(&mut self, session: &Session, now: Moment) -> Result<()> {
        let (place, line) = match session.phase() {
            Phase::Asking(showing) => {
                (LastShown::Question(showing.card), OutputMessage::question(showing, session, now))
            }
            Phase::Answered(showing, feedback) => {
                (LastShown::Feedback(showing.card, feedback.overruled), OutputMessage::feedback(showing, feedback, now))
            }
            Phase::Overview(paper) => (LastShown::Overview, OutputMessage::overview(paper)),
            Phase::Between | Phase::Finished(_) => return Ok(()),
        };
        if self.printed != Some(place) {
            self.printed = Some(place);
            self.print(&line)?;
        }
        Ok(())
    }

    /// The next valid line; the errors of others are printed. `None` at the end of the input.
    fn next(&mut self, most: Option<Duration>) -> Result<Option<NextLine>> {
        loop {
            let line = match self.lines.next(most)? {
                InputLine::Text(line) if line.trim().is_empty() => continue,
                InputLine::Text(line) => parse(&line),
                InputLine::Unreadable(why) => Err(why.into()),
                InputLine::End => return Ok(None),
                InputLine::TimeUp => return Ok(Some(NextLine::Nothing)),
            };
            match line {
                Ok(line) => return Ok(Some(NextLine::Line(line))),
                Err(message) => self.error(message)?,
            }
        }
    }
}

impl<W: Write> JsonLines<W> {
    /// What the person does; `None` if it was only something to print.
    fn heard_in_exam(&mut self, meaning: ExamMeaning, paper: &Paper) -> Result<Option<Action>> {
        match meaning {
            ExamMeaning::Act(action) => return Ok(Some(action)),
            ExamMeaning::Turn(to) => {
                self.turns = true;
                self.printed = None;
                return Ok(Some(Action::Exam(ExamAction::Turn { to, given: None })));
            }
            ExamMeaning::Mark(index) => {
                self.turns = true;
                self.marking = index;
                return Ok(Some(Action::Exam(ExamAction::Mark(Some(index)))));
            }
            ExamMeaning::Marked(index) => {
                self.turns = true;
                let marked = paper.questions().get(index).is_some_and(|question| question.marked);
                self.print(&OutputMessage::Marked { number: index + 1, marked })?;
            }
            ExamMeaning::List => {
                self.turns = true;
                self.print(&OutputMessage::list(paper))?;
            }
        }
        Ok(None)
    }
}

/// The result of waiting for a line.
enum NextLine {
    Line(InputMessage),
    /// The time of the exam is over.
    Nothing,
}

impl<W: Write> FrontEnd for JsonLines<W> {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        if matches!(session.phase(), Phase::Overview(_)) && !self.turns {
            return Ok(Wish::Act(Action::Exam(ExamAction::HandIn)));
        }
        self.show(session, now)?;
        let most = super::lines::patience(session, now);
        loop {
            let line = match self.held.take() {
                Some(line) => line,
                None => match self.next(most)? {
                    Some(NextLine::Line(line)) => line,
                    Some(NextLine::Nothing) => return Ok(Wish::Act(Action::Tick)),
                    None => return Ok(Wish::Act(Action::Quit)),
                },
            };
            let line = match session.paper() {
                Some(paper) => match exam::meaning(line, paper) {
                    Ok(Ok(meaning)) => match self.heard_in_exam(meaning, paper)? {
                        Some(action) => return Ok(Wish::Act(action)),
                        None => continue,
                    },
                    Ok(Err(message)) => {
                        self.error(message)?;
                        continue;
                    }
                    Err(line) => line,
                },
                None => line,
            };
            match wish(line, session.phase()) {
                Ok(wish) => {
                    if let Wish::Act(Action::Flag(Some(note))) = &wish {
                        self.note.clone_from(note);
                    }
                    return Ok(wish);
                }
                Err(message) => self.error(message)?,
            }
        }
    }

    fn hold_on(&mut self, _: &Session, error: &Error, tries: u32) -> Result<bool> {
        if tries == 0 {
            self.print(&OutputMessage::Waiting { message: words::waiting(error) })?;
        }
        Ok(self.lines.pause(tries, false))
    }

    fn notify(&mut self, notice: &Notice, now: Moment) -> Result<()> {
        match notice {
            Notice::Recorded { review, due, leech, elsewhere } => {
                self.printed = None;
                self.print(&OutputMessage::Recorded {
                    review: review.0.to_string(),
                    due: due.map(|due| due.text(now)),
                    leech: leech.is_some(),
                    suspended: leech.is_some_and(|leech| leech.suspended),
                    elsewhere: *elsewhere,
                })
            }
            Notice::Undone { review } => {
                self.printed = None;
                self.print(&OutputMessage::Undone { review: review.0.to_string() })
            }
            Notice::DeedUndone { kind, card, .. } => {
                self.printed = None;
                self.print(&OutputMessage::DeedUndone { deed: kind.name(), card: card.to_string() })
            }
            Notice::NothingToUndo => self.error(deeds::NOTHING_TO_UNDO),
            Notice::TooWideToUndo { kind, about } => self.error(deeds::too_wide(*kind, about)),
            Notice::Refused(why) => self.error(*why),
            Notice::NotKept { number, why } => self.error(exam_score::not_kept(*number, why)),
            Notice::Marked => self.print(&OutputMessage::Marked { number: self.marking + 1, marked: true }),
            Notice::Unmarked => self.print(&OutputMessage::Marked { number: self.marking + 1, marked: false }),
            Notice::Flagged => {
                let note = std::mem::take(&mut self.note);
                self.print(&OutputMessage::Flagged { note: &note })
            }
            Notice::Unflagged => self.print(&OutputMessage::Unflagged),
            Notice::Edited(message) => self.print(&OutputMessage::Edited { message }),
            Notice::Paused => self.print(&OutputMessage::Paused),
            Notice::Resumed => self.print(&OutputMessage::Resumed),
            Notice::TimeUp => self.print(&OutputMessage::TimeUp),
            Notice::Buried | Notice::Suspended | Notice::Skipped => {
                self.printed = None;
                Ok(())
            }
        }
    }

    fn about(&mut self, about: &CardPage) -> Result<()> {
        self.print(&OutputMessage::About { card: &about.json })
    }

    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>> {
        self.print(&OutputMessage::Text { text, problems })?;
        match self.next(None)? {
            Some(NextLine::Line(InputMessage::Edit { text: Some(text) })) => {
                self.printed = None;
                Ok(Some(text))
            }
            Some(NextLine::Line(InputMessage::Cancel)) | Some(NextLine::Nothing) | None => Ok(None),
            Some(NextLine::Line(line)) => {
                self.held = Some(line);
                Ok(None)
            }
        }
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        if let Some(ExamOutcome::Left(left)) = &summary.exam {
            self.print(&OutputMessage::left(left))?;
        }
        self.print(&OutputMessage::done(summary, now))
    }
}

#[cfg(test)]
mod tests;
