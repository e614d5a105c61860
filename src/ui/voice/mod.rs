//! Questions and feedback read aloud, by a program of the person's own. It gets the text through its input, or as one argument where its command
//! has `{}`. A shell never sees the text: what a bank says cannot become a command.

mod speech;
mod words;

use std::mem;

use self::speech::Speech;
use crate::error::{Error, Result};
use crate::model::CardId;
use crate::session::Phase;

/// The word of a command that the text takes the place of.
const SLOT: &str = "{}";
/// Programs for which the word after `-c` is a program itself.
const SHELLS: [&str; 8] = ["sh", "bash", "dash", "ksh", "zsh", "fish", "pwsh", "cmd"];

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
        let example = "name a program that reads text from its input, such as `espeak-ng`";
        let words = shlex::split(command).ok_or_else(|| {
            Error::usage(format!("`{command}` is not a command: a quotation mark is not closed")).hint(example)
        })?;
        let Some(program) = words.first() else {
            return Err(Error::usage("the command that reads aloud is empty").hint(example));
        };
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".exe");
        let runs = |pair: &[String]| ["-c", "/c", "/C"].contains(&pair[0].as_str()) && pair[1] == SLOT;
        if SHELLS.contains(&name) && words.windows(2).any(runs) {
            return Err(Error::usage(format!("`{command}` would run the text of a question as a command"))
                .hint("leave `{}` out: the text comes through the input"));
        }
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
            Some(Some(failure)) => {
                let program = self.command.first().cloned().unwrap_or_default();
                self.complain(format!("`{program}` failed ({failure}), so the question may not have been heard"));
            }
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

    /// Why nothing can be heard; once.
    pub(super) fn complaint(&mut self) -> Option<String> {
        self.complaint.take()
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
