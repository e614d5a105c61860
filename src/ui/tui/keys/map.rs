//! The letters of the commands: the usual ones, or those of the settings file.

use super::ReviewCommand;

/// A letter for each command. Letters that answer the question go before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyMap([char; ReviewCommand::ALL.len()]);

impl Default for KeyMap {
    fn default() -> Self {
        Self(ReviewCommand::ALL.map(|command| command.keys().0))
    }
}

impl KeyMap {
    /// The letter of a command.
    pub(in crate::ui) fn letter(&self, command: ReviewCommand) -> char {
        let at = ReviewCommand::ALL.iter().position(|known| *known == command);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or('?')
    }

    /// The command of a letter, small or capital.
    pub(in crate::ui) fn command(&self, letter: char) -> Option<ReviewCommand> {
        let letter = small(letter);
        self.0.iter().position(|known| *known == letter).and_then(|at| ReviewCommand::ALL.get(at)).copied()
    }

    /// Gives a command another letter.
    pub(in crate::ui) fn set(&mut self, command: ReviewCommand, letter: char) {
        let at = ReviewCommand::ALL.iter().position(|known| *known == command);
        if let Some(slot) = at.and_then(|at| self.0.get_mut(at)) {
            *slot = small(letter);
        }
    }
}

/// The small form of a letter; Shift with a letter strikes out an option, so a capital is no key of its own.
pub(in crate::ui) fn small(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => letter,
    }
}
