//! The letters of the commands: the usual ones, or those of the settings file.

use super::ReviewCommand;

/// A letter for each command of a review. Letters that answer the question go before them; those of an exam's own commands are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyMap([char; ReviewCommand::IN_REVIEW.len()]);

impl Default for KeyMap {
    fn default() -> Self {
        Self(ReviewCommand::IN_REVIEW.map(|command| command.keys().0))
    }
}

impl KeyMap {
    /// The letter of a command.
    pub(in crate::ui) fn letter(&self, command: ReviewCommand) -> char {
        let at = ReviewCommand::IN_REVIEW.iter().position(|known| *known == command);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(command.keys().0)
    }

    /// The command of a letter, small or capital, in a review or in an exam.
    pub(in crate::ui::tui) fn command(&self, letter: char, exam: bool) -> Option<ReviewCommand> {
        let letter = small(letter);
        ReviewCommand::known(exam).find(|command| self.letter(*command) == letter)
    }

    /// Whether a letter brings back what was taken back on other screens: the capital of the usual letter of undo.
    pub(super) fn is_redo(&self, letter: char) -> bool {
        letter == 'U' && self.letter(ReviewCommand::Undo) == 'u'
    }

    /// What a letter does on a screen that has some commands of a review and letters of its own, which go first: the usual letter for it;
    /// `None` if it does nothing there.
    pub(in crate::ui::tui) fn usual(&self, letter: char, own: &str, shared: &[ReviewCommand]) -> Option<char> {
        if own.contains(letter) {
            return Some(letter);
        }
        let pressed = small(letter);
        if let Some(command) = shared.iter().find(|command| self.letter(**command) == pressed) {
            return Some(command.keys().0);
        }
        let is_given_up = shared.iter().any(|command| command.keys().0 == pressed);
        (!is_given_up).then_some(letter)
    }

    /// The letter of a command on such a screen; `None` if the screen has the letter for something else.
    pub(in crate::ui::tui) fn letter_beside(&self, command: ReviewCommand, own: &str) -> Option<char> {
        Some(self.letter(command)).filter(|letter| !own.contains(*letter))
    }

    /// Gives a command another letter.
    pub(in crate::ui) fn set(&mut self, command: ReviewCommand, letter: char) {
        let at = ReviewCommand::IN_REVIEW.iter().position(|known| *known == command);
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
