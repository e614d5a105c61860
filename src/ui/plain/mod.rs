//! The review as plain lines: everything in words, one thing a line, no escape codes; for screen readers and pipes.

mod closing;
mod edit;
mod exam;
mod read;
mod say;
mod verdict;

use std::io::Write;
use std::time::Duration;

pub(super) use self::closing::closing;
use self::read::Meaning;
pub(super) use self::say::{choices, words};
pub(super) use self::verdict::{answers, reasons};
use super::front_end::LastShown;
use super::lines::{InputLine, InputLines, patience};
use super::voice::Voice;
use super::{CardPage, FrontEnd, Wish, deeds, exam_score, words};
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::session::{Action, ExamOutcome, Feedback, Notice, Phase, Session, Showing, Summary};

/// The front end of plain lines.
#[derive(Debug)]
pub struct Plain<W> {
    lines: InputLines,
    output: W,
    /// Whether the person's Enter ends the line of a prompt; otherwise the prompt ends it itself.
    typed: bool,
    shown: Option<LastShown>,
    /// Whether the choices of the question are still hidden.
    hidden: bool,
    voice: Voice,
}

impl<W: Write> Plain<W> {
    /// Reads `lines` and prints to `output`; `typed`: whether the lines are typed in the same terminal.
    pub fn new(lines: InputLines, output: W, typed: bool) -> Self {
        Self { lines, output, typed, shown: None, hidden: false, voice: Voice::silent() }
    }

    /// Reads aloud with this voice, besides.
    #[must_use]
    pub fn speaking(mut self, voice: Voice) -> Self {
        self.voice = voice;
        self
    }

    /// Reads aloud what is shown, and says why that fails, once.
    fn read_aloud(&mut self, phase: Phase<'_>) -> Result<()> {
        self.voice.reads(phase, self.hidden);
        self.complain()
    }

    /// Says why nothing can be heard, if that is new.
    fn complain(&mut self) -> Result<()> {
        match self.voice.complaint() {
            Some(why) => self.say(&format!("{}.\n", words::sentence(&why))),
            None => Ok(()),
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        self.output.write_all(cleaned(text).as_bytes()).and_then(|()| self.output.flush()).map_err(super::broken_stream)
    }

    /// The next line, after a prompt.
    fn line(&mut self, prompt: &str, most: Option<Duration>) -> Result<InputLine> {
        self.say(prompt)?;
        if !self.typed {
            self.say("\n")?;
        }
        let line = self.lines.next(most)?;
        self.voice.hush();
        if self.typed && matches!(line, InputLine::End | InputLine::TimeUp) {
            self.say("\n")?;
        }
        Ok(line)
    }

    /// Prompts until a line has a meaning; `None` if the person goes on.
    fn hear(
        &mut self,
        prompt: &str,
        most: Option<Duration>,
        repeat: &str,
        help: &str,
        meaning: impl Fn(&str) -> Meaning,
    ) -> Result<Option<Wish>> {
        let mut listed = None;
        loop {
            let prompt = if listed.is_some() { exam::LIST } else { prompt };
            let line = match self.line(prompt, most)? {
                InputLine::Text(line) => line,
                InputLine::Unreadable(why) => {
                    self.say(&format!("That cannot be read: {why}.\n"))?;
                    continue;
                }
                InputLine::End => return Ok(Some(Wish::Act(Action::Quit))),
                InputLine::TimeUp => return Ok(Some(Wish::Act(Action::Tick))),
            };
            let below = listed.and_then(|questions| exam::below_the_list(line.trim(), questions));
            // After a number that no question has, it is still asked which one.
            listed = listed.filter(|_| matches!(below, Some(Meaning::Unclear(_))));
            match below.unwrap_or_else(|| meaning(line.trim())) {
                Meaning::Wish(wish) => return Ok(Some(wish)),
                Meaning::GoOn => return Ok(None),
                Meaning::Help => self.say(help)?,
                Meaning::Repeat => {
                    self.say(repeat)?;
                    self.voice.again();
                }
                Meaning::Say(text) => self.say(&text)?,
                Meaning::List(text, questions) => {
                    self.say(&text)?;
                    listed = Some(questions);
                }
                Meaning::Unclear(why) => self.say(&format!("{why}\n"))?,
            }
        }
    }

    fn ask(&mut self, session: &Session, showing: &Showing, now: Moment) -> Result<Wish> {
        let most = patience(session, now);
        let mut text = say::question(showing, session, now);
        if self.shown != Some(LastShown::Question(showing.card)) {
            self.shown = Some(LastShown::Question(showing.card));
            self.hidden = showing.recall_first;
            self.say(&text)?;
            if !self.hidden {
                self.say(&say::choices(showing))?;
            }
        }
        self.read_aloud(session.phase())?;
        if self.hidden {
            if let Some(wish) =
                self.hear(say::RECALL, most, &text, &say::help(showing, say::COMMANDS), read::recalled)?
            {
                return Ok(wish);
            }
            self.hidden = false;
            self.say(&say::choices(showing))?;
            self.read_aloud(session.phase())?;
        }
        text += &say::choices(showing);
        let Some(paper) = session.paper() else {
            let (prompt, help) = (say::prompt(showing, say::BARE), say::help(showing, say::COMMANDS));
            let wish = self.hear(&prompt, most, &text, &help, |line| read::answer(line, showing))?;
            return Ok(wish.unwrap_or(Wish::Act(Action::Tick)));
        };
        let (prompt, help) = (say::prompt(showing, say::BARE_IN_EXAM), say::help(showing, exam::COMMANDS));
        let meaning =
            |line: &str| exam::command(line, Some(showing), paper).unwrap_or_else(|| read::answer(line, showing));
        let wish = self.hear(&prompt, most, &text, &help, meaning)?;
        wish.map_or_else(|| self.leave(session, now), Ok)
    }

    fn rate(&mut self, phase: Phase<'_>, showing: &Showing, feedback: &Feedback) -> Result<Wish> {
        let text = verdict::verdict(showing, feedback);
        let place = LastShown::Feedback(showing.card, feedback.overruled);
        if self.shown != Some(place) {
            self.shown = Some(place);
            self.say(&text)?;
        }
        self.read_aloud(phase)?;
        let (prompt, help) = (verdict::prompt(showing, feedback), verdict::help(showing));
        let wish = self.hear(&prompt, None, &text, &help, |line| read::rating(line, feedback))?;
        Ok(wish.unwrap_or(Wish::Act(Action::Tick)))
    }

    fn wait(&mut self) -> Result<Wish> {
        let wish = self.hear("Paused. Enter goes on. ", None, "", say::COMMANDS, read::paused)?;
        Ok(wish.unwrap_or(Wish::Act(Action::Pause)))
    }
}

impl<W: Write> FrontEnd for Plain<W> {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        match session.phase() {
            Phase::Asking(_) | Phase::Answered(..) if session.is_paused() => self.wait(),
            Phase::Asking(showing) => self.ask(session, showing, now),
            Phase::Answered(showing, feedback) => self.rate(session.phase(), showing, feedback),
            Phase::Overview(paper) => self.end_exam(session, paper, now),
            Phase::Between | Phase::Finished(_) => Ok(Wish::Act(Action::Quit)),
        }
    }

    fn hold_on(&mut self, _: &Session, error: &Error, tries: u32) -> Result<bool> {
        if tries == 0 {
            self.say(&format!("{}. Ctrl-C stops.\n", words::sentence(&words::waiting(error))))?;
        }
        Ok(self.lines.pause(tries, self.typed))
    }

    fn notify(&mut self, notice: &Notice, now: Moment) -> Result<()> {
        let stays = matches!(
            notice,
            Notice::Refused(_)
                | Notice::Edited(_)
                | Notice::Marked
                | Notice::Unmarked
                | Notice::Flagged
                | Notice::Unflagged
                | Notice::Paused
                | Notice::Resumed
        );
        if !stays {
            self.voice.forget();
            self.shown = None;
        }
        match notice {
            // The prompt says that the session is paused, and how to go on.
            Notice::Paused => Ok(()),
            Notice::Recorded { due, leech, elsewhere, .. } => {
                if let Some(due) = due.filter(|_| *elsewhere) {
                    self.say(&format!("{}.\n", words::elsewhere(due, now)))?;
                }
                leech.map_or(Ok(()), |leech| self.say(&format!("{}.\n", words::leech(leech))))
            }
            Notice::Undone { .. } => self.say("The last answer is taken back.\n"),
            Notice::DeedUndone { kind, stem, .. } => {
                self.say(&format!("{}.\n", words::sentence(&deeds::undone_in_review(*kind, stem))))
            }
            Notice::NothingToUndo => self.say("There is nothing to take back.\n"),
            Notice::TooWideToUndo { kind, about } => {
                self.say(&format!("{}.\n", words::sentence(&deeds::too_wide(*kind, about))))
            }
            Notice::Flagged => self.say("Flagged.\n"),
            Notice::Unflagged => self.say("The flag is removed.\n"),
            Notice::Edited(message) => self.say(&format!("{}.\n", words::sentence(message))),
            Notice::Resumed => self.say("The clock runs again.\n"),
            Notice::TimeUp => self.say("The time is over: the exam is handed in.\n"),
            Notice::Buried => self.say("Buried until tomorrow (undo takes it back).\n"),
            Notice::Suspended => self.say("Suspended (undo takes it back).\n"),
            Notice::Skipped => self.say("Skipped for now.\n"),
            Notice::Marked => self.say("Marked: come back to it.\n"),
            Notice::Unmarked => self.say("No longer marked.\n"),
            Notice::NotKept { number, why } => {
                self.say(&format!("{}.\n", words::sentence(&exam_score::not_kept(*number, why))))
            }
            Notice::Refused(why) => self.say(&format!("That does not work: {why}.\n")),
        }
    }

    fn about(&mut self, about: &CardPage) -> Result<()> {
        self.say(&about.facts)?;
        self.say(&about.answers)
    }

    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>> {
        self.edited(text, problems)
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        self.complain()?;
        self.say(&end(summary, now))?;
        summary.exam_result().map_or(Ok(()), |exam| self.look_back(exam))
    }
}

/// What a session came to, in words.
pub(in crate::ui) fn end(summary: &Summary, now: Moment) -> String {
    let text = match &summary.exam {
        Some(ExamOutcome::Over(exam)) => closing::score(exam) + &closing::outlook(summary, now),
        Some(ExamOutcome::Left(left)) => format!("{}.\n", words::sentence(&exam_score::left_exam(left))),
        None => closing(summary, now),
    };
    cleaned(&text)
}

/// The text without what could control the terminal: it may be typed or imported.
fn cleaned(text: &str) -> String {
    super::door::shown(text, false).into_owned()
}

#[cfg(test)]
mod tests;
