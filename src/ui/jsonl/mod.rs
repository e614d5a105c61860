//! The review as JSON Lines, so that an editor, a script or another screen can be the front end: `docs/json-lines.md`.
//!
//! A line that cannot be used gets an `error`, and the session goes on where it was.

mod read;
mod write;

use std::io::Write;
use std::time::Duration;

use serde::Serialize;

use self::read::{In, parse, wish};
use self::write::Out;
use super::lines::{Line, Lines};
use super::{About, FrontEnd, Wish};
use crate::error::{Error, Result};
use crate::model::{CardId, Moment};
use crate::session::{Event, Notice, Phase, Session, Summary};

/// What was printed last, so that it is printed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Printed {
    /// The question of this card.
    Question(CardId),
    /// The feedback on the answer to it, and whether it was overruled.
    Feedback(CardId, bool),
}

/// The front end for programs.
#[derive(Debug)]
pub struct JsonLines<W> {
    lines: Lines,
    output: W,
    printed: Option<Printed>,
    /// A line that ended the editing of a question, and is to be heeded now.
    held: Option<In>,
    /// The note of the flag that is being set.
    note: String,
}

impl<W: Write> JsonLines<W> {
    /// Reads `lines` and prints to `output`.
    pub fn new(lines: Lines, output: W) -> Self {
        Self { lines, output, printed: None, held: None, note: String::new() }
    }

    fn print(&mut self, line: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(line).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
        writeln!(self.output, "{text}").and_then(|()| self.output.flush()).map_err(super::broken_stream)
    }

    fn error(&mut self, message: impl Into<String>) -> Result<()> {
        self.print(&Out::Error { message: message.into() })
    }

    fn show(&mut self, session: &Session, now: Moment) -> Result<()> {
        let (place, line) = match session.phase() {
            Phase::Asking(showing) => (Printed::Question(showing.card), Out::question(showing, session, now)),
            Phase::Answered(showing, feedback) => {
                (Printed::Feedback(showing.card, feedback.overruled), Out::feedback(showing, feedback, now))
            }
            Phase::Between | Phase::Finished(_) => return Ok(()),
        };
        if self.printed != Some(place) {
            self.printed = Some(place);
            self.print(&line)?;
        }
        Ok(())
    }

    /// The next line that says something; the errors of others are printed. None at the end of the input.
    fn next(&mut self, most: Option<Duration>) -> Result<Option<Said>> {
        loop {
            let line = match self.lines.next(most)? {
                Line::Text(line) if line.trim().is_empty() => continue,
                Line::Text(line) => parse(&line),
                Line::Unreadable(why) => Err(why.into()),
                Line::End => return Ok(None),
                Line::TimeUp => return Ok(Some(Said::Nothing)),
            };
            match line {
                Ok(line) => return Ok(Some(Said::Line(line))),
                Err(message) => self.error(message)?,
            }
        }
    }
}

/// What came of waiting for a line.
enum Said {
    Line(In),
    /// The time of the exam is over.
    Nothing,
}

impl<W: Write> FrontEnd for JsonLines<W> {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        self.show(session, now)?;
        let most = super::lines::patience(session, now);
        loop {
            let line = match self.held.take() {
                Some(line) => line,
                None => match self.next(most)? {
                    Some(Said::Line(line)) => line,
                    Some(Said::Nothing) => return Ok(Wish::Event(Event::Tick)),
                    None => return Ok(Wish::Event(Event::Quit)),
                },
            };
            match wish(line, session.phase()) {
                Ok(wish) => {
                    if let Wish::Event(Event::Flag(Some(note))) = &wish {
                        self.note.clone_from(note);
                    }
                    return Ok(wish);
                }
                Err(message) => self.error(message)?,
            }
        }
    }

    fn tell(&mut self, notice: &Notice, now: Moment) -> Result<()> {
        match notice {
            Notice::Recorded { review, due, leech, elsewhere } => {
                self.printed = None;
                self.print(&Out::Recorded {
                    review: review.0.to_string(),
                    due: due.map(|due| due.text(now)),
                    leech: leech.is_some(),
                    suspended: leech.is_some_and(|leech| leech.suspended),
                    elsewhere: *elsewhere,
                })
            }
            Notice::Undone { review } => {
                self.printed = None;
                self.print(&Out::Undone { review: review.0.to_string() })
            }
            Notice::NothingToUndo => self.error("there is no answer to take back"),
            Notice::Refused(why) => self.error(*why),
            Notice::Flagged => {
                let note = std::mem::take(&mut self.note);
                self.print(&Out::Flagged { note: &note })
            }
            Notice::Unflagged => self.print(&Out::Unflagged),
            Notice::Edited(said) => self.print(&Out::Edited { message: said }),
            Notice::Paused => self.print(&Out::Paused),
            Notice::Resumed => self.print(&Out::Resumed),
            Notice::TimeUp => self.print(&Out::TimeUp),
            Notice::Buried | Notice::Suspended | Notice::Skipped => {
                self.printed = None;
                Ok(())
            }
        }
    }

    fn about(&mut self, about: &About) -> Result<()> {
        self.print(&Out::About { card: &about.json })
    }

    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>> {
        self.print(&Out::Text { text, problems })?;
        match self.next(None)? {
            Some(Said::Line(In::Edit { text: Some(text) })) => {
                self.printed = None;
                Ok(Some(text))
            }
            Some(Said::Line(In::Cancel)) | Some(Said::Nothing) | None => Ok(None),
            Some(Said::Line(line)) => {
                self.held = Some(line);
                Ok(None)
            }
        }
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        self.print(&Out::done(summary, now))
    }
}

#[cfg(test)]
mod tests;
