//! Keys while people look through their questions.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::chord::is_chord;
use super::{KeyMap, ReviewCommand, line};
use crate::ui::tui::browse::{BrowseFocus, BrowsePage, BrowsePlace};

/// What can be done to the card under the cursor, or to the marked ones, and the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::tui) enum BrowseCommand {
    Edit,
    Suspend,
    Bury,
    Flag,
    Reset,
    Move,
    Delete,
    About,
    Undo,
    Redo,
    Help,
    Quit,
}

impl BrowseCommand {
    pub(in crate::ui::tui) const ALL: [Self; 12] = [
        Self::Edit,
        Self::Suspend,
        Self::Bury,
        Self::Flag,
        Self::Reset,
        Self::Move,
        Self::Delete,
        Self::About,
        Self::Undo,
        Self::Redo,
        Self::Help,
        Self::Quit,
    ];

    /// Its letter, and its function key, which works while a search is typed too.
    fn keys(self) -> (char, Option<u8>) {
        match self {
            Self::Edit => ('e', Some(6)),
            Self::Suspend => ('s', Some(8)),
            Self::Bury => ('b', Some(7)),
            Self::Flag => ('f', Some(5)),
            Self::Reset => ('r', None),
            Self::Move => ('m', None),
            Self::Delete => ('d', None),
            Self::About => ('i', Some(2)),
            Self::Undo => ('u', Some(4)),
            Self::Redo => ('U', None),
            Self::Help => ('?', Some(1)),
            Self::Quit => ('q', Some(10)),
        }
    }

    /// The same command of a review, whose letter the settings file may change.
    fn shared(self) -> Option<ReviewCommand> {
        SHARED.into_iter().find(|command| command.keys().0 == self.keys().0)
    }

    /// Its letter; `None` if the settings file gives it one that this screen has for something else.
    fn letter(self, keys: KeyMap) -> Option<char> {
        self.shared().map_or(Some(self.keys().0), |command| keys.letter_beside(command, OWN))
    }

    /// Its keys as they are shown.
    pub(in crate::ui::tui) fn shown_keys(self, keys: KeyMap) -> String {
        let number = self.keys().1.map(|number| format!("F{number}"));
        let letter = self.letter(keys).map(String::from);
        [letter, number].into_iter().flatten().collect::<Vec<_>>().join("  ")
    }

    /// The key for it with a word, for a line of keys.
    pub(in crate::ui::tui) fn brief(self, word: &str, keys: KeyMap) -> String {
        let shown = self.shown_keys(keys);
        format!("{} {word}", shown.split("  ").next().unwrap_or_default())
    }

    /// What it does, in words.
    pub(in crate::ui::tui) fn what(self) -> &'static str {
        match self {
            Self::Edit => "edit the question",
            Self::Suspend => "suspend, or put back into the schedule",
            Self::Bury => "bury until tomorrow, or put back into today",
            Self::Flag => "flag with a note, or remove the flag",
            Self::Reset => "make new again; asks first, and the answers stay in the log",
            Self::Move => "move to another deck",
            Self::Delete => "delete; asks first, and `u` brings it back",
            Self::About => "what is known of the card, with its answers",
            Self::Undo => "take back what you did last",
            Self::Redo => "bring back what was taken back",
            Self::Help => "this page",
            Self::Quit => "leave",
        }
    }

    /// Whether it shows or changes cards.
    pub(in crate::ui::tui) fn is_of_cards(self) -> bool {
        !matches!(self, Self::Undo | Self::Redo | Self::Help | Self::Quit)
    }

    /// Whether it changes the database.
    pub(in crate::ui::tui) fn changes(self) -> bool {
        !matches!(self, Self::About | Self::Help | Self::Quit)
    }

    fn of_letter(letter: char) -> Option<Self> {
        let exact = Self::ALL.into_iter().find(|command| command.keys().0 == letter);
        exact.or_else(|| {
            let letter = letter.to_ascii_lowercase();
            Self::ALL.into_iter().find(|command| command.keys().0 == letter)
        })
    }

    fn of_key(code: KeyCode) -> Option<Self> {
        let KeyCode::F(number) = code else { return None };
        Self::ALL.into_iter().find(|command| command.keys().1 == Some(number))
    }
}

/// Letters that are this screen's own: the settings file gives them no other meaning.
const OWN: &str = " /jkgGnpmdrU";
/// The commands of a review that this screen has too, with the letters of the settings file.
const SHARED: [ReviewCommand; 8] = [
    ReviewCommand::Edit,
    ReviewCommand::Suspend,
    ReviewCommand::Bury,
    ReviewCommand::Flag,
    ReviewCommand::About,
    ReviewCommand::Undo,
    ReviewCommand::Help,
    ReviewCommand::Quit,
];

/// The effect of a key beyond the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::tui) enum BrowseWish {
    /// The search is another one.
    Search,
    /// To do this.
    Do(BrowseCommand),
    /// To complete the line that a command needs.
    Complete,
    /// The line that a command needed is typed.
    Typed(BrowseCommand, String),
    /// The person said yes to a command that asked.
    Confirmed(BrowseCommand),
    /// Suspend the program until it is continued (Ctrl-Z).
    Shell,
    Leave,
}

/// Handles a key: changes the screen at once, and returns any other effect.
pub(in crate::ui::tui) fn press_browse(place: &mut BrowsePlace, key: KeyEvent) -> Option<BrowseWish> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => return Some(BrowseWish::Leave),
        KeyCode::Char('z') if control => return Some(BrowseWish::Shell),
        _ => {}
    }
    place.notice.clear();
    let in_field = match place.page {
        BrowsePage::Line(_) => true,
        BrowsePage::List => place.focus == BrowseFocus::Search,
        BrowsePage::Ask(..) | BrowsePage::Help | BrowsePage::About(_) | BrowsePage::Reading => false,
    };
    if is_chord(key) && !in_field {
        return None;
    }
    match &place.page {
        BrowsePage::List => {}
        BrowsePage::Line(command) => return type_line(place, *command, key),
        BrowsePage::Ask(command, _) => {
            let command = *command;
            let sure = matches!(key.code, KeyCode::Char('y' | 'Y'));
            // The name of a deck that was typed can be corrected.
            let back = (command == BrowseCommand::Move && !sure).then_some(BrowsePage::Line(command));
            match back {
                Some(line) => place.open(line),
                None => place.close(),
            }
            return sure.then_some(BrowseWish::Confirmed(command));
        }
        BrowsePage::Help | BrowsePage::About(_) => {
            if !scroll(place, key.code) {
                place.close();
            }
            return None;
        }
        BrowsePage::Reading => return look(place, key),
    }
    if let Some(command) = BrowseCommand::of_key(key.code) {
        return Some(obey(place, command)).flatten();
    }
    match key.code {
        KeyCode::Down if place.focus == BrowseFocus::Search => place.focus = BrowseFocus::List,
        KeyCode::Down => place.step(1),
        KeyCode::Up if place.focus == BrowseFocus::List && place.cursor == 0 => place.focus = BrowseFocus::Search,
        KeyCode::Up => place.step(-1),
        KeyCode::PageDown => place.step(page(place)),
        KeyCode::PageUp => place.step(-page(place)),
        KeyCode::Tab | KeyCode::BackTab => {
            place.focus = match place.focus {
                BrowseFocus::Search => BrowseFocus::List,
                BrowseFocus::List => BrowseFocus::Search,
            };
        }
        _ => {
            return match place.focus {
                BrowseFocus::Search => search(place, key),
                BrowseFocus::List => list(place, key),
            };
        }
    }
    None
}

/// The usual letter of what a letter does here, by the keys of the settings file.
fn usual(place: &BrowsePlace, letter: char) -> Option<char> {
    place.keys.usual(letter, OWN, &SHARED)
}

/// A page of the list, less a card that stays in view.
fn page(place: &BrowsePlace) -> isize {
    isize::try_from(place.height.saturating_sub(1).max(1)).unwrap_or(1)
}

/// A key while the search is typed.
fn search(place: &mut BrowsePlace, key: KeyEvent) -> Option<BrowseWish> {
    match key.code {
        KeyCode::Enter | KeyCode::Esc => {
            place.focus = BrowseFocus::List;
            None
        }
        _ => {
            let before = place.field.value().to_owned();
            line::edit(&mut place.field, key);
            (place.field.value() != before).then_some(BrowseWish::Search)
        }
    }
}

/// A key while the list has the keys.
fn list(place: &mut BrowsePlace, key: KeyEvent) -> Option<BrowseWish> {
    match key.code {
        KeyCode::Esc if !place.marked.is_empty() => place.marked.clear(),
        KeyCode::Esc => return Some(BrowseWish::Leave),
        KeyCode::Enter | KeyCode::Right if place.current().is_some() => place.open(BrowsePage::Reading),
        KeyCode::Home => place.step(isize::MIN),
        KeyCode::End => place.step(isize::MAX),
        KeyCode::Char(' ') => place.mark(),
        KeyCode::Char('/') => {
            place.focus = BrowseFocus::Search;
        }
        KeyCode::Char('j') => place.step(1),
        KeyCode::Char('k') => place.step(-1),
        KeyCode::Char('g') => place.step(isize::MIN),
        KeyCode::Char('G') => place.step(isize::MAX),
        KeyCode::Char(letter) => return obey(place, BrowseCommand::of_letter(usual(place, letter)?)?),
        _ => {}
    }
    None
}

/// A key while one question is read on the whole screen.
fn look(place: &mut BrowsePlace, key: KeyEvent) -> Option<BrowseWish> {
    if scroll(place, key.code) {
        return None;
    }
    match key.code {
        KeyCode::Char('n' | 'j') => place.step(1),
        KeyCode::Char('p' | 'k') => place.step(-1),
        KeyCode::Esc | KeyCode::Enter | KeyCode::Left => place.open(BrowsePage::List),
        KeyCode::Char(letter) => match BrowseCommand::of_letter(usual(place, letter)?)? {
            BrowseCommand::Quit => place.open(BrowsePage::List),
            command => return obey(place, command),
        },
        code => return obey(place, BrowseCommand::of_key(code)?),
    }
    None
}

/// Scrolls a page of text; whether the key does.
fn scroll(place: &mut BrowsePlace, code: KeyCode) -> bool {
    let leap = i32::from(place.text_height.saturating_sub(2).max(1));
    match code {
        KeyCode::Down => place.scroll_by(1),
        KeyCode::Up => place.scroll_by(-1),
        KeyCode::PageDown | KeyCode::Char(' ') => place.scroll_by(leap),
        KeyCode::PageUp => place.scroll_by(-leap),
        KeyCode::Home => place.scroll = 0,
        KeyCode::End => place.scroll = u16::MAX,
        _ => return false,
    }
    true
}

/// Opens a page, or asks for what a command does.
fn obey(place: &mut BrowsePlace, command: BrowseCommand) -> Option<BrowseWish> {
    match command {
        BrowseCommand::Quit => return Some(BrowseWish::Leave),
        BrowseCommand::Help => place.open(BrowsePage::Help),
        command if command.is_of_cards() && place.targets().is_empty() => {
            place.notice = "there is no card here".into();
        }
        command => return Some(BrowseWish::Do(command)),
    }
    None
}

/// A key while a line is typed that a command needs.
fn type_line(place: &mut BrowsePlace, command: BrowseCommand, key: KeyEvent) -> Option<BrowseWish> {
    match key.code {
        KeyCode::Enter => {
            place.close();
            return Some(BrowseWish::Typed(command, place.line.value().trim().to_owned()));
        }
        KeyCode::Tab if command == BrowseCommand::Move => return Some(BrowseWish::Complete),
        KeyCode::Esc => place.close(),
        _ => line::edit(&mut place.line, key),
    }
    None
}

/// Text that was pasted: it goes into a line, and is ignored elsewhere.
pub(in crate::ui::tui) fn paste_browse(place: &mut BrowsePlace, text: &str) -> Option<BrowseWish> {
    match (&place.page, place.focus) {
        (BrowsePage::Line(_), _) => line::paste(&mut place.line, text),
        (BrowsePage::List, BrowseFocus::Search) => {
            line::paste(&mut place.field, text);
            return Some(BrowseWish::Search);
        }
        _ => place.notice = "pasted text is ignored here: / goes to the search".into(),
    }
    None
}
