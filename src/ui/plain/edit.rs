//! Editing a question by typing it again.

use std::io::Write;

use super::Plain;
use crate::error::Result;
use crate::ui::lines::InputLine;

impl<W: Write> Plain<W> {
    /// Prints the text and reads a new one, line by line; `None` if the old one is to stay.
    pub(super) fn edited(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>> {
        if let Some(problems) = problems {
            self.say(&format!("{}\nThis is what you typed:\n", problems.trim_end()))?;
        } else {
            self.say("The question, as a bank has it:\n")?;
        }
        self.say(&format!("{}\n", text.trim_end()))?;
        self.say("Type it again, then a line with nothing but a full stop. `:cancel` leaves it as it is.\n")?;
        let mut typed = String::new();
        loop {
            match self.lines.next(None)? {
                InputLine::Text(line) => match line.trim_end() {
                    "." => break,
                    ":cancel" => return Ok(None),
                    line => typed += &format!("{line}\n"),
                },
                InputLine::Unreadable(why) => self.say(&format!("That line is left out: {why}.\n"))?,
                InputLine::End | InputLine::TimeUp => return Ok(None),
            }
        }
        // The question is shown again.
        self.shown = None;
        Ok(Some(typed))
    }
}
