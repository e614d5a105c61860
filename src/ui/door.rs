//! The one door to the terminal, and to whoever reads our output. What comes from banks, file names and command lines passes here, and loses
//! what would steer a terminal: control characters and sequences, overrides of direction, signs that nobody sees.
//!
//! Nothing else in the program writes to standard output or standard error (`tests/it/house/door.rs`). The screen draws cells instead, which
//! `clean_cells` goes over; pictures and colours are our own sequences.
//!
//! JSON stays exact: it writes such characters as `\u…` ([`super::json_line`]), so that there is nothing to take out.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Stdout, Write};

use ratatui::buffer::Buffer;

use super::broken_stream;
use super::rich::harmless;
use crate::error::Result;
use crate::model::limits::steers;

/// The colours and weights that our own texts use, and those of the help.
const OUR_CODES: [&str; 9] = ["0", "1", "2", "4", "31", "32", "33", "31;1", "33;1"];
/// How a sequence begins that colours text.
const SEQUENCE: &str = "\u{1b}[";

/// A text as it may be shown. `painted`: whether it may hold our own colours.
pub fn shown(text: &str, painted: bool) -> Cow<'_, str> {
    if !painted || !text.contains(SEQUENCE) {
        return harmless(text);
    }
    let mut parts = text.split(SEQUENCE);
    let mut clean = parts.next().map(harmless).unwrap_or_default().into_owned();
    for part in parts {
        match part.split_once('m').filter(|(codes, _)| OUR_CODES.contains(codes)) {
            Some((codes, rest)) => {
                // A string takes whatever is written to it.
                let _ = write!(clean, "{SEQUENCE}{codes}m{}", harmless(rest));
            }
            None => clean += &harmless(&format!("{SEQUENCE}{part}")),
        }
    }
    clean.into()
}

/// Prints a text for people to standard output. `painted`: whether it may hold our own colours.
///
/// # Errors
/// If it cannot be written.
pub fn print(text: &str, painted: bool) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(shown(text, painted).as_bytes()).and_then(|()| out.flush()).map_err(broken_stream)
}

/// Says something to the person on standard error. `painted`: whether it may hold our own colours.
///
/// # Errors
/// If it cannot be written.
pub fn talk(text: &str, painted: bool) -> Result<()> {
    let mut out = io::stderr().lock();
    out.write_all(shown(text, painted).as_bytes()).and_then(|()| out.flush()).map_err(broken_stream)
}

/// Says something at the end of the program. If this fails, there is nobody left to say it to.
pub fn last_words(text: &str, painted: bool) {
    let _ = talk(text, painted);
}

/// Standard output for a conversation in lines. What is written to it is cleaned.
pub fn lines() -> CleanWriter<Stdout> {
    CleanWriter { inner: io::stdout(), rest: Vec::new() }
}

/// Standard output for data, such as a table or a bank: exact, unless a terminal shows it.
pub fn data() -> Box<dyn Write> {
    match io::stdout() {
        out if out.is_terminal() => Box::new(CleanWriter { inner: out, rest: Vec::new() }),
        out => Box::new(out),
    }
}

/// Cleans the cells of a screen. A text never brings control characters into a cell, so one with an escape is a picture; but marks that hide come along.
pub(in crate::ui) fn clean_cells(cells: &mut Buffer) {
    for cell in &mut cells.content {
        let steered = !cell.symbol().contains('\u{1b}') && cell.symbol().contains(steers);
        if steered {
            let symbol: String = cell.symbol().chars().filter(|char| !steers(*char)).collect();
            cell.set_symbol(if symbol.is_empty() { " " } else { &symbol });
        }
    }
}

/// A writer that takes out of texts what steers a terminal.
#[derive(Debug)]
pub struct CleanWriter<W: Write> {
    inner: W,
    /// The first bytes of a character whose others are still to come.
    rest: Vec<u8>,
}

impl<W: Write> CleanWriter<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(bytes);
        self.inner.write_all(shown(&text, false).as_bytes())
    }
}

impl<W: Write> Write for CleanWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&all) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => all.len(),
        };
        self.rest = all.split_off(whole);
        self.put(&all)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_colours_pass() {
        let own = "\u{1b}[31;1merror\u{1b}[0m: x\n";
        assert_eq!(shown(own, true), own);
        assert_eq!(shown(own, false), "error: x\n");
        for (text, clean) in [
            ("\u{1b}]52;c;YWJj\u{7}", "]52;c;YWJj"),
            ("\u{1b}[2J\u{1b}[1mx", "\u{1b}[1mx"),
            ("\u{1b}[8mhidden", "hidden"),
            ("\u{1b}[31", "[31"),
            ("\u{1b}[1\u{1b}[1m", "[1\u{1b}[1m"),
            ("a\u{9b}31mb\u{8}\r\nc", "a31mb\nc"),
            ("\u{202e}abc\u{2066}\u{e0041}", "abc"),
        ] {
            assert_eq!(shown(text, true), clean, "{text:?}");
        }
    }

    #[test]
    fn a_character_that_comes_in_parts_is_kept() {
        let mut writer = CleanWriter { inner: Vec::new(), rest: Vec::new() };
        for byte in "ü\u{9b}日\u{1b}x\u{202e}".as_bytes() {
            writer.write_all(&[*byte]).expect("written");
        }
        writer.write_all(b"\xffend").expect("written");
        assert_eq!(String::from_utf8_lossy(&writer.inner), "ü日x\u{fffd}end");
    }

    #[test]
    fn cells_lose_what_hides() {
        let mut cells = Buffer::with_lines(["abc"]);
        cells.content[0].set_symbol("a\u{e0041}");
        cells.content[1].set_symbol("\u{202e}");
        cells.content[2].set_symbol("\u{1b}_Gpicture\u{1b}\\");
        clean_cells(&mut cells);
        let symbols: Vec<&str> = cells.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(symbols, ["a", " ", "\u{1b}_Gpicture\u{1b}\\"]);
    }
}
