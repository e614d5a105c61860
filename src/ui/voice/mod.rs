//! Questions and feedback read aloud, by a program of the person's own. It gets the text through its input, or as one argument where its command
//! has `{}`. Programs that are known to run such an argument are refused it (`command.rs`).

mod command;
mod speech;
mod words;

use std::mem;

pub(in crate::ui) use self::command::voice_command;
use self::speech::Speech;
use crate::error::{Error, Result};
use crate::model::CardId;
use crate::session::Phase;

/// What to do about a command that cannot be used.
const HINT: &str =
    "name a program that reads text from its input, such as `espeak-ng`; without `{}` the text comes through the input";
/// The word of a command that the text takes the place of.
const SLOT: &str = "{}";
/// A part of a session that is read aloud once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpokenPart {
    /// The question of this card; `whole`: with its options.
    Question { card: CardId, whole: bool },
    /// The feedback on the answer to it, and whether it was overruled.
    Feedback(CardId, bool),
}

/// Reads aloud, or is silent.
#[derive(Debug, Default)]
pub struct Voice {
    command: Vec<String>,
    last: Option<SpokenPart>,
    text: String,
    speech: Option<Speech>,
    /// What was said to stop, and may not have done so yet.
    stopping: Vec<Speech>,
    /// Why nothing can be heard, until it is said.
    complaint: Option<String>,
    /// Whether there was a complaint: it is said once.
    complained: bool,
}

impl Voice {
    /// No voice.
    pub fn silent() -> Self {
        Self::default()
    }

    /// A voice by this command, split as a shell splits words.
    ///
    /// # Errors
    /// If it is no command, or one that would run the text.
    pub fn of_command(command: &str) -> Result<Self> {
        let words = voice_command(command).map_err(|why| Error::usage(why).hint(HINT))?;
        let mut voice = Self::silent();
        voice.command = words;
        Ok(voice)
    }

    /// Whether anything is ever heard.
    pub(super) fn is_silent(&self) -> bool {
        self.command.is_empty()
    }

    /// Reads what is shown, unless it was read before. `hidden`: whether the options are still hidden.
    pub(super) fn reads(&mut self, phase: Phase<'_>, hidden: bool) {
        if self.is_silent() {
            return;
        }
        let (part, text) = match phase {
            Phase::Asking(showing) => {
                let part = SpokenPart::Question { card: showing.card, whole: !hidden };
                let stem_was_read = self.last == Some(SpokenPart::Question { card: showing.card, whole: false });
                (part, words::question(showing, !stem_was_read, !hidden))
            }
            Phase::Answered(showing, feedback) => {
                (SpokenPart::Feedback(showing.card, feedback.overruled), words::feedback(showing, feedback))
            }
            Phase::Between | Phase::Overview(_) | Phase::Finished(_) => return,
        };
        if self.last != Some(part) {
            self.last = Some(part);
            self.text = text;
            self.again();
        }
    }

    /// Reads the last text again.
    pub(super) fn again(&mut self) {
        self.hush();
        if self.is_silent() || self.text.is_empty() {
            return;
        }
        match Speech::start(&self.command, &self.text) {
            Ok(speech) => self.speech = Some(speech),
            Err(error) => {
                let program = mem::take(&mut self.command).swap_remove(0);
                self.complain(format!("`{program}` cannot be started, so nothing is read aloud: {error}"));
            }
        }
    }

    /// Stops reading.
    pub(super) fn hush(&mut self) {
        self.stopping.retain_mut(|speech| !speech.kill());
        let Some(mut speech) = self.speech.take() else { return };
        match speech.ended() {
            None => {
                speech.stop();
                self.stopping.push(speech);
            }
            Some(Some(failure)) => self.complain_of(&failure),
            Some(None) => {}
        }
    }

    fn complain(&mut self, why: String) {
        if !mem::replace(&mut self.complained, true) {
            self.complaint = Some(why);
        }
    }

    /// Lets the question be read again when it is shown again.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }

    /// Why nothing can be heard; once. A program that has failed by now is known by then.
    pub(super) fn complaint(&mut self) -> Option<String> {
        if let Some(Some(failure)) = self.speech.as_mut().and_then(Speech::ended) {
            self.speech = None;
            self.complain_of(&failure);
        }
        self.complaint.take()
    }

    fn complain_of(&mut self, failure: &str) {
        let program = self.command.first().cloned().unwrap_or_default();
        self.complain(format!("`{program}` failed ({failure}), so the question may not have been heard"));
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        self.hush();
        for speech in &mut self.stopping {
            speech.wait_or_kill();
        }
    }
}

#[cfg(test)]
mod tests;
