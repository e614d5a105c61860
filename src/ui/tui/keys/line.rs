//! A typed line: an answer, or the note of a flag.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};
use unicode_normalization::char::is_combining_mark;

use super::Pressed;
use crate::session::Action;
use crate::ui::tui::place::{Page, ScreenPlace};

/// The longest answer or note, in characters.
const LONGEST: usize = 2_000;

/// Edits the line, with the keys of readline.
pub(super) fn edit(line: &mut Input, key: KeyEvent) {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    if let Some((motion, cuts)) = by_words(key) {
        let (from, to) = (line.cursor(), motion.target(line.value(), line.cursor()));
        if cuts {
            cut(line, from, to);
        } else {
            line.handle(InputRequest::SetCursor(to));
        }
        return;
    }
    let request = match key.code {
        KeyCode::Char(char) if control && !alt => match char.to_ascii_lowercase() {
            'a' => InputRequest::GoToStart,
            'e' => InputRequest::GoToEnd,
            'b' => InputRequest::GoToPrevChar,
            'f' => InputRequest::GoToNextChar,
            'h' => InputRequest::DeletePrevChar,
            'd' => InputRequest::DeleteNextChar,
            'y' => InputRequest::Yank,
            _ => return,
        },
        KeyCode::Char(_) if alt && !control => return,
        // Some keyboards write with Control and Alt together.
        KeyCode::Char(char) if line.value().chars().count() < LONGEST => InputRequest::InsertChar(char),
        KeyCode::Char(_) => return,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return,
    };
    line.handle(request);
}

/// Where a key goes that moves by more than a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineMotion {
    Start,
    End,
    /// The beginning of the word before: a word is letters and digits.
    WordBack,
    /// The end of the next word.
    WordOn,
    /// The beginning of what white space ends.
    BlankBack,
}

impl LineMotion {
    /// Where it leads from a place in a text, in characters.
    fn target(self, text: &str, from: usize) -> usize {
        let chars: Vec<char> = text.chars().collect();
        let back = |is_part: fn(char) -> bool| {
            let end = chars[..from].iter().rposition(|char| is_part(*char)).map_or(0, |last| last + 1);
            chars[..end].iter().rposition(|char| !is_part(*char)).map_or(0, |last| last + 1)
        };
        match self {
            Self::Start => 0,
            Self::End => chars.len(),
            Self::WordBack => back(is_of_word),
            Self::BlankBack => back(|char| !char.is_whitespace()),
            Self::WordOn => {
                let begin = from + chars[from..].iter().take_while(|char| !is_of_word(**char)).count();
                begin + chars[begin..].iter().take_while(|char| is_of_word(**char)).count()
            }
        }
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || is_combining_mark(char)
}

/// What a key does that moves by more than a letter, and whether it cuts out what is in between.
fn by_words(key: KeyEvent) -> Option<(LineMotion, bool)> {
    let (control, alt) = (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT));
    Some(match key.code {
        KeyCode::Char(char) if control != alt => match (char.to_ascii_lowercase(), control) {
            ('u', true) => (LineMotion::Start, true),
            ('k', true) => (LineMotion::End, true),
            ('w', true) => (LineMotion::BlankBack, true),
            ('b', false) => (LineMotion::WordBack, false),
            ('f', false) => (LineMotion::WordOn, false),
            ('d', false) => (LineMotion::WordOn, true),
            _ => return None,
        },
        KeyCode::Left if control || alt => (LineMotion::WordBack, false),
        KeyCode::Right if control || alt => (LineMotion::WordOn, false),
        KeyCode::Backspace if control || alt => (LineMotion::WordBack, true),
        KeyCode::Delete if control || alt => (LineMotion::WordOn, true),
        _ => return None,
    })
}

/// Cuts out what is between the cursor and another place. Ctrl-Y brings it back; what is cut by keys in a row comes back as a whole.
fn cut(line: &mut Input, from: usize, to: usize) {
    let (begin, end) = (from.min(to), from.max(to));
    if begin == end {
        return;
    }
    let chars: Vec<char> = line.value().chars().collect();
    let between: String = chars[begin..end].iter().collect();
    let rest: String = chars[..begin].iter().chain(&chars[end..]).collect();
    // The line keeps what is deleted as a whole, before what it keeps already if the cursor is at its end.
    let at = if to < from { end - begin } else { 0 };
    let mut whole = std::mem::take(line).with_value(between).with_cursor(at);
    whole.handle(InputRequest::DeleteLine);
    *line = whole.with_value(rest).with_cursor(begin);
}

/// Inserts pasted text at the cursor. A line has no breaks, and takes no more than its length.
pub(super) fn paste(line: &mut Input, text: &str) {
    let room = LONGEST.saturating_sub(line.value().chars().count());
    let shown = text.trim_matches(['\n', '\r']).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    for char in shown.chars().filter(|char| !char.is_control()).take(room) {
        line.handle(InputRequest::InsertChar(char));
    }
}

/// A key while the note of a flag is typed: Enter flags the card, Escape cancels.
pub(super) fn note(place: &mut ScreenPlace, key: KeyEvent) -> Option<Pressed> {
    match key.code {
        KeyCode::Enter => {
            place.page = Page::Question;
            return Some(Action::Flag(Some(place.note.value().trim().to_owned())).into());
        }
        KeyCode::Esc => place.page = Page::Question,
        _ => edit(&mut place.note, key),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line after some keys, with a `|` at the cursor: `^w` is Ctrl-W, `~f` Alt-F, `⌫` Backspace, `~⌫` Alt-Backspace.
    fn typed(text: &str, keys: &str) -> String {
        let mut line = Input::new(text.into());
        let mut keys = keys.chars().filter(|char| *char != ' ');
        while let Some(char) = keys.next() {
            let (char, modifiers) = match char {
                '^' => (keys.next().expect("a key"), KeyModifiers::CONTROL),
                '~' => (keys.next().expect("a key"), KeyModifiers::ALT),
                char => (char, KeyModifiers::NONE),
            };
            let code = match char {
                '⌫' => KeyCode::Backspace,
                '⌦' => KeyCode::Delete,
                '←' => KeyCode::Left,
                '→' => KeyCode::Right,
                char => KeyCode::Char(char),
            };
            edit(&mut line, KeyEvent::new(code, modifiers));
        }
        let mut chars: Vec<char> = line.value().chars().collect();
        chars.insert(line.cursor(), '|');
        chars.into_iter().collect()
    }

    // Each line was typed into bash 5.2 with readline 8.2.
    #[test]
    fn words_are_those_of_readline() {
        for (text, keys, line) in [
            ("one two three", "^a~f>", "one>| two three"),
            ("one two three", "^a~f~f", "one two| three"),
            ("one two three", "^a~d", "| two three"),
            ("one two three", "^a~d~d", "| three"),
            ("foo-bar baz.qux", "^w", "foo-bar |"),
            ("foo-bar baz.qux", "^w^w", "|"),
            ("foo-bar baz.qux", "~⌫", "foo-bar baz.|"),
            ("foo-bar baz.qux", "~b~b~b", "foo-|bar baz.qux"),
            ("foo-bar  ", "~⌫", "foo-|"),
            ("foo-bar  ", "^w", "|"),
            ("one two", "^←", "one |two"),
            ("one two", "^a^→", "one| two"),
            ("one two", "^a~⌦", "| two"),
            ("...", "~b", "|..."),
            ("", "^w~d~⌫^k^u~f~b", "|"),
            ("one two", "~b^k", "one |"),
            ("one two", "~b^u", "|two"),
            ("naïve cafe\u{301} x", "~b~b", "naïve |cafe\u{301} x"),
            ("日本 語", "~⌫", "日本 |"),
        ] {
            assert_eq!(typed(text, keys), line, "{text} {keys}");
        }
    }

    #[test]
    fn what_was_cut_comes_back_as_a_whole() {
        assert_eq!(typed("one two three", "^w^w^y"), "one two three|");
        assert_eq!(typed("one two three", "^a~d~d^y"), "one two| three");
        assert_eq!(typed("one two", "^u^y^y"), "one twoone two|");
        assert_eq!(typed("one two", "^w^a^y"), "two|one ");
        assert_eq!(typed("one two", "^k^y"), "one two|");
    }
}
