//! Keys in, frames out: people who look through a database of their own.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::clock::Clock;
use crate::model::{CardMemory, Markup, Moment};
use crate::study::FoundCard;
use crate::ui::theme::ThemeName;
use crate::ui::tui::keys::ReviewCommand;

const BANK: &str = "\
# Mars
1. Which planet is red?
A. Venus
B. Mars *
Explanation: Iron in its dust *rusts*.

2. Which is the largest planet?
A. Jupiter *
B. Mercury

# Tongues
3. 我在中国学中文吗？
A. 是 *
B. 不

4. מה שמך?
A. כן *
B. לא

5. What does C++ add to C? 🎉
A. classes *
B. nothing
";

/// A card of a list.
pub(in crate::ui::tui) fn card(number: u128, stem: &str) -> FoundCard {
    FoundCard {
        card: Some(Uuid::from_u128(number)),
        question: Uuid::from_u128(number << 64),
        deck: "Planets".into(),
        topic: Some("Mars".into()),
        stem: stem.into(),
        markup: Markup::Markdown,
        memory: Some(CardMemory::NEW),
        retrievability: None,
        flagged: false,
        shelf: None,
    }
}

/// Somebody who looks through a database.
struct Reading {
    _folder: TempDir,
    trainer: Trainer,
    browsing: Browsing,
    place: BrowsePlace,
    size: (u16, u16),
}

impl Reading {
    fn of_bank(bank: &str, words: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::fixed(Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 });
        let mut trainer = Trainer::open(&folder.path().join("retain.db"), clock, Some(1)).expect("a database");
        if !bank.is_empty() {
            trainer.import(bank.as_bytes(), "things.txt", &mut unwatched).expect("an import");
        }
        let browsing = Browsing::new(&mut trainer).expect("a list");
        let mut reading = Self { _folder: folder, trainer, browsing, place: BrowsePlace::new(words), size: (80, 24) };
        if !words.is_empty() {
            reading.search();
        }
        reading.frame();
        reading
    }

    fn search(&mut self) {
        let text = self.place.field.value().to_owned();
        let found = self.trainer.browse(&text, &mut unwatched);
        self.browsing.begin(&mut self.place, found).expect("words for it");
    }

    fn press(&mut self, code: KeyCode, modifiers: KeyModifiers) -> Option<BrowseWish> {
        let wish = press_browse(&mut self.place, KeyEvent::new(code, modifiers));
        let (trainer, place) = (&mut self.trainer, &mut self.place);
        let done = match wish.clone() {
            Some(BrowseWish::Search) => {
                self.search();
                Ok(())
            }
            Some(BrowseWish::Do(command)) => self.browsing.obey(trainer, place, command),
            Some(BrowseWish::Typed(command, text)) => self.browsing.typed(trainer, place, command, &text),
            Some(BrowseWish::Confirmed(command)) => self.browsing.confirmed(trainer, place, command),
            Some(BrowseWish::Complete) => complete_deck(trainer, place),
            Some(BrowseWish::Shell | BrowseWish::Leave) | None => Ok(()),
        };
        done.expect("no fault");
        self.frame();
        wish
    }

    /// Types letters, `⏎` for Enter, `⎋` for Escape, `↓` and `↑`, `⇥` for Tab, `⌫` for Backspace.
    fn types(&mut self, keys: &str) -> Option<BrowseWish> {
        let mut wish = None;
        for char in keys.chars() {
            let code = match char {
                '⏎' => KeyCode::Enter,
                '⎋' => KeyCode::Esc,
                '↓' => KeyCode::Down,
                '↑' => KeyCode::Up,
                '⇥' => KeyCode::Tab,
                '⌫' => KeyCode::Backspace,
                char => KeyCode::Char(char),
            };
            wish = self.press(code, KeyModifiers::NONE);
        }
        wish
    }

    /// What is on the screen.
    fn frame(&mut self) -> String {
        self.frame_as(Theme::named(ThemeName::None))
    }

    fn frame_as(&mut self, theme: Theme) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).expect("a terminal");
        loop {
            self.browsing.fill(&self.trainer, &mut self.place).expect("cards");
            let mut seen = BrowseSeen::default();
            let screen = self.browsing.screen(&self.place, theme);
            terminal.draw(|frame| seen = draw_browse(frame, &screen)).expect("a frame");
            self.place.seen(seen);
            if self.place.rows.missing(self.place.top, self.place.height).is_empty() {
                break;
            }
        }
        let buffer = terminal.backend().buffer();
        let line = |y| {
            let (mut line, mut x) = (String::new(), 0);
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                // A wide character covers the cell behind it.
                x += u16::try_from(crate::ui::rich::columns(symbol)).unwrap_or(1).max(1);
            }
            line.trim_end().to_owned()
        };
        (0..buffer.area.height).map(line).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    fn at_size(&mut self, width: u16, height: u16) -> String {
        self.size = (width, height);
        self.frame()
    }

    fn stem(&self) -> &str {
        self.place.current().map_or("", |card| &card.stem)
    }

    fn memory(&self) -> CardMemory {
        self.place.current().and_then(|card| card.memory).expect("a card")
    }
}

#[test]
fn the_same_script_on_three_screens() {
    for (width, height) in [(80, 24), (120, 40), (40, 12)] {
        let mut reading = Reading::of_bank(BANK, "");
        let rule = format!("\n{}\n", "=".repeat(usize::from(width)));
        let mut frames = vec![reading.at_size(width, height)];
        for keys in ["plan", "⏎", "s", "u", "f", "look it up⏎", "⏎", "⎋?", "⎋r"] {
            reading.types(keys);
            frames.push(format!("[{keys}]\n{}", reading.frame()));
        }
        insta::assert_snapshot!(format!("script_{width}x{height}"), frames.join(&rule));
    }
}

#[test]
fn the_list_follows_what_is_typed() {
    let mut reading = Reading::of_bank(BANK, "");
    assert_eq!(reading.place.rows.total(), Some(5));
    reading.types("r");
    assert_eq!(reading.place.rows.total(), Some(5), "one letter begins a word");
    reading.types("ed");
    assert_eq!((reading.place.rows.total(), reading.stem()), (Some(1), "Which planet is red?"));
    reading.types("x");
    assert!(reading.frame().contains("No cards match."));
    reading.types("⌫⌫⌫⌫is:su");
    assert_eq!(reading.place.rows.total(), Some(0), "a filter that says nothing yet");
    assert!(reading.frame().contains("no card is `su`"), "{}", reading.frame());
    reading.types("spended");
    assert_eq!(reading.place.rows.total(), Some(0));
    reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
    reading.types("-largest topic:Ma");
    assert_eq!((reading.place.rows.total(), reading.stem()), (Some(1), "Which planet is red?"));
    reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
    reading.types("学");
    assert_eq!(reading.stem(), "我在中国学中文吗？");
    reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
    reading.types("red OR larg");
    assert_eq!(reading.place.rows.total(), Some(2));
}

#[test]
fn a_search_that_is_not_understood_finds_nothing_and_says_why() {
    for (text, why) in [
        ("tag:chapter-9", "no tag is called `chapter-9`:"),
        ("tag:ch*", "no tag is called `ch*`:"),
        ("deck:nosuch", "no deck is called `nosuch`"),
        ("deck:\"no such\" planet", "no deck is called `no such`"),
        ("topic:Venus", "no topic is called `Venus`"),
        ("due:abc", "`due:abc` is not a number of days"),
        ("is:foo planet", "no card is `foo`"),
        ("red OR is:new", "`OR` joins words and phrases"),
        ("topic:", "`topic:` says nothing"),
    ] {
        let mut reading = Reading::of_bank(BANK, text);
        assert_eq!(reading.place.focus, BrowseFocus::List);
        for keys in ["", "j", " ", " ", "d", "y", "s", "⏎", "G"] {
            reading.types(keys);
            let frame = reading.at_size(120, 24);
            assert!(frame.contains("0 cards") && frame.contains(why), "{text} {keys}: {frame}");
        }
        let done = reading.trainer.next_undo().expect("deeds");
        assert!(done.is_none_or(|past| past.deed.batch.is_some()), "nothing was done: {text}");
        // While it is typed, too, and it goes away with what was wrong.
        let mut reading = Reading::of_bank(BANK, "");
        reading.types(text);
        assert!(reading.at_size(120, 24).contains(why), "{text}");
        reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert!(!reading.at_size(120, 24).contains(why) && reading.place.rows.total() == Some(5), "{text}");
    }
}

#[test]
fn a_phrase_that_is_not_closed_goes_on() {
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("\"planet is r");
    assert_eq!((reading.place.rows.total(), reading.stem()), (Some(1), "Which planet is red?"));
    reading.types("\"");
    assert_eq!(reading.place.rows.total(), Some(0), "a phrase that is closed is whole");
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("topic:\"Ma");
    assert_eq!(reading.place.rows.total(), Some(2));
}

#[test]
fn what_is_read_stays_whatever_becomes_of_the_list() {
    let mut reading = Reading::of_bank(BANK, "topic:Mars");
    reading.trainer.import(b"1. Else?\nA. x *\nB. y\n", "others.txt", &mut unwatched).expect("an import");
    reading.types("⏎");
    assert_eq!((reading.stem(), reading.place.page.clone()), ("Which planet is red?", BrowsePage::Reading));
    // A note, its way back, and another deck: the question stays on the screen.
    for (keys, sign) in [
        ("f", "⚑ note:"),
        ("⎋", "✓ B  Mars"),
        ("fwhy⏎", "⚑ flagged: why"),
        ("f", "flag removed"),
        ("mothers⏎", "moved to others"),
    ] {
        reading.types(keys);
        let frame = reading.frame();
        assert!(reading.stem() == "Which planet is red?" && frame.contains(sign), "{keys}: {frame}");
        assert!(frame.contains("Iron in its dust"), "{keys}: {frame}");
    }
    assert_eq!(reading.place.page, BrowsePage::Reading);
    reading.types("u");
    // Somebody else deletes the deck.
    let path = reading.trainer.path().to_owned();
    let mut other = Trainer::open(&path, Clock::fixed(reading.trainer.now()), Some(2)).expect("the same database");
    other.delete_deck("things").expect("a deletion");
    for _ in 0..=WAITS {
        reading.browsing.rest(&mut reading.trainer, &mut reading.place).expect("no fault");
    }
    let frame = reading.frame();
    assert!(reading.stem() == "Which planet is red?" && frame.contains("changed elsewhere"), "{frame}");
    assert!(frame.contains("deleted"), "{frame}");
    reading.types("n");
    assert_eq!(reading.stem(), "Which planet is red?", "there is no other card");
    reading.types("⎋");
    assert!(reading.frame().contains("0 cards"), "{}", reading.frame());
}

#[test]
fn a_question_that_leaves_the_list_is_followed_by_the_next() {
    let mut reading = Reading::of_bank(BANK, "topic:Mars is:new");
    reading.types("⏎");
    reading.types("dy");
    assert!(reading.stem() == "Which planet is red?" && reading.frame().contains("deleted"), "{}", reading.frame());
    reading.types("n");
    assert_eq!(reading.stem(), "Which is the largest planet?");
    reading.types("u");
    assert_eq!(reading.place.rows.total(), Some(2));
}

#[test]
fn what_a_person_is_asked_about_does_not_change_meanwhile() {
    let mut reading = Reading::of_bank(BANK, "topic:Mars");
    reading.types("d");
    let path = reading.trainer.path().to_owned();
    let mut other = Trainer::open(&path, Clock::fixed(reading.trainer.now()), Some(2)).expect("the same database");
    let first = reading.place.current().map(id_of).expect("a card");
    other.delete_cards(&[first]).expect("a deletion");
    for _ in 0..=WAITS {
        reading.browsing.rest(&mut reading.trainer, &mut reading.place).expect("no fault");
    }
    reading.types("y");
    assert!(reading.frame().contains("deleted before"), "{}", reading.frame());
    assert_eq!((reading.place.rows.total(), reading.stem()), (Some(1), "Which is the largest planet?"));
}

#[test]
fn a_name_with_quotation_marks_is_found() {
    let mut reading = Reading::of_bank(BANK, "");
    let name = r#"My "best" deck"#;
    reading.trainer.rename_deck("things", name).expect("a name");
    for words in [crate::study::filter_text("deck", name), r#"deck:my\ nothing"#.into()] {
        let mut place = BrowsePlace::new(&words);
        let found = reading.trainer.browse(&words, &mut unwatched);
        reading.browsing.begin(&mut place, found).expect("words for it");
        reading.place = place;
        let is_name = words.contains("best");
        assert_eq!(reading.frame().contains("0 cards"), !is_name, "{words}: {}", reading.frame());
    }
}

#[test]
fn a_database_that_can_only_be_read_says_so_before_something_is_typed() {
    let mut reading = Reading::of_bank(BANK, "planet");
    let path = reading.trainer.path().to_owned();
    let mut rights = std::fs::metadata(&path).expect("the database").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).expect("rights");
    for keys in ["f", "m", "d", "r", "s", "⏎f"] {
        reading.types(keys);
        let frame = reading.frame();
        assert!(frame.contains("the database is read-only"), "{keys}: {frame}");
        assert!(matches!(reading.place.page, BrowsePage::List | BrowsePage::Reading), "{keys}");
    }
}

#[test]
fn odd_searches_are_no_failures() {
    for text in [
        "\"",
        "\"\"",
        "*",
        "-",
        "--",
        "OR",
        "OR OR",
        "a OR",
        "deck:",
        "deck:nothing",
        "-is:",
        "is:x y",
        "due:<",
        "due:<x",
        "'; drop table card; --",
        "🎉",
        "C++",
        "((((",
        "a:b",
        "topic:\"",
        "\u{202e}abc",
        "NEAR(a b)",
        "tag:*",
        "is:new is:",
    ] {
        let mut reading = Reading::of_bank(BANK, "");
        reading.types(text);
        let frame = reading.frame();
        assert!(frame.contains("cards") || frame.contains(" of "), "{text}: {frame}");
        reading.types(" ");
        assert!(!reading.frame().is_empty());
    }
}

#[test]
fn letters_are_commands_in_the_list_alone() {
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("sbfreuq");
    assert_eq!(reading.place.field.value(), "sbfreuq");
    assert!(
        reading.trainer.next_undo().expect("deeds").is_none_or(|past| past.deed.batch.is_some()),
        "nothing was done"
    );
    reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
    reading.types("⏎s");
    assert!(reading.memory().suspended);
    assert!(reading.frame().contains("suspended · u takes it back"), "{}", reading.frame());
    reading.types("s");
    assert!(!reading.memory().suspended);
    assert!(reading.frame().contains("back in the schedule"));
    reading.types("uu");
    assert!(!reading.memory().suspended, "both are taken back");
    reading.types("U");
    assert!(reading.memory().suspended && reading.frame().contains("brought back"), "{}", reading.frame());
    assert_eq!(reading.types("q"), Some(BrowseWish::Leave));
}

#[test]
fn an_arrow_leads_from_the_search_to_the_list_and_back() {
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("planet");
    assert!(reading.frame().contains("↓ Enter list"), "{}", reading.frame());
    reading.types("↓");
    assert_eq!((reading.place.focus, reading.place.cursor), (BrowseFocus::List, 0), "the first card is looked at");
    reading.types("↓s");
    assert_eq!((reading.place.field.value(), reading.place.cursor), ("planet", 1));
    assert!(reading.memory().suspended);
    reading.types("↑↑ ");
    assert_eq!((reading.place.field.value(), reading.place.focus), ("planet ", BrowseFocus::Search));
}

#[test]
fn the_letters_of_the_settings_file_are_those_of_the_screen() {
    let mut reading = Reading::of_bank(BANK, "planet");
    for (command, letter) in [
        (ReviewCommand::Undo, 'z'),
        (ReviewCommand::Suspend, 'u'),
        (ReviewCommand::Bury, 'm'),
        (ReviewCommand::Quit, 'x'),
        (ReviewCommand::Pause, 'q'),
    ] {
        reading.place.keys.set(command, letter);
    }
    let wide = reading.at_size(120, 40);
    assert!(wide.contains("u suspend") && wide.contains("z undo") && wide.contains("F7 bury"), "{wide}");
    reading.types("u");
    assert!(reading.memory().suspended);
    reading.types("s");
    assert!(reading.memory().suspended, "a letter that is given up does nothing");
    reading.types("Z");
    assert!(!reading.memory().suspended);
    // What the screen has of its own goes first, and the function key is left.
    reading.types("m");
    assert!(reading.frame().contains("to deck:"), "{}", reading.frame());
    reading.types("⎋");
    assert_eq!(reading.types("q"), None);
    reading.types("?");
    let help = reading.at_size(80, 40);
    assert!(help.contains("u  F8") && help.contains("z  F4") && help.contains("x  F10"), "{help}");
    assert_eq!(reading.types("⎋x"), Some(BrowseWish::Leave));
}

#[test]
fn cards_of_archived_decks_and_deleted_ones_are_marked() {
    let mut reading = Reading::of_bank(BANK, "planet");
    reading.trainer.archive_deck("things").expect("an archive");
    reading.search();
    assert_eq!(reading.frame().matches("archived").count(), 3, "two rows and the question: {}", reading.frame());
    reading.types("dy");
    reading.types("/");
    reading.press(KeyCode::Char('u'), KeyModifiers::CONTROL);
    reading.types("is:deleted⏎");
    assert_eq!(reading.frame().matches(" deleted").count(), 2, "{}", reading.frame());
}

#[test]
fn a_deed_is_done_to_all_marked_cards_and_taken_back_as_one() {
    let mut reading = Reading::of_bank(BANK, "planet");
    assert_eq!(reading.place.focus, BrowseFocus::List, "what was searched for is looked at");
    reading.types("  ");
    assert!(reading.frame().contains("2 marked"), "{}", reading.frame());
    reading.types("b");
    assert!(reading.frame().contains("2 cards: buried until tomorrow · u takes it back"), "{}", reading.frame());
    assert!(reading.place.marked.is_empty());
    reading.types("u");
    assert!(reading.memory().buried_until.is_none(), "without a question, for it was done here");
    assert!(reading.frame().contains("took back: buried"), "{}", reading.frame());
    // What was done elsewhere to several cards is asked about.
    let ids: Vec<Uuid> = (0..2).filter_map(|at| reading.place.rows.get(at)).map(id_of).collect();
    reading.trainer.move_cards(&ids, crate::model::MoveKind::Suspend, "by hand").expect("a deed");
    reading.types("u");
    assert!(
        reading.frame().contains("Take back: suspended") && reading.frame().contains("y yes"),
        "{}",
        reading.frame()
    );
    reading.types("n");
    assert_eq!(
        reading
            .trainer
            .browse("is:suspended", &mut unwatched)
            .map(|found| reading.trainer.browsed_count(&found))
            .expect("a search")
            .expect("a count"),
        2
    );
    reading.types("uy");
    assert!(reading.frame().contains("took back: suspended"), "{}", reading.frame());
}

#[test]
fn a_flag_takes_a_note_and_a_reset_asks() {
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("⏎f");
    assert!(reading.frame().contains("⚑ note:"));
    reading.types("ask q and s⏎");
    assert!(reading.frame().contains("⚑ flagged: ask q and s"), "{}", reading.frame());
    reading.types("f");
    assert!(reading.frame().contains("flag removed · u takes it back") && !reading.frame().contains("ask q"));
    reading.types("f⎋");
    assert!(!reading.place.current().expect("a card").flagged);
    reading.types("r");
    assert!(reading.frame().contains("new already"), "{}", reading.frame());
    reading.types("i");
    assert!(reading.frame().contains("no answers yet"), "{}", reading.frame());
    assert_eq!(reading.types("q"), None, "a page is closed first");
}

#[test]
fn questions_go_to_another_deck_and_away() {
    let mut reading = Reading::of_bank(BANK, "planet");
    reading.trainer.import(b"1. Else?\nA. x *\nB. y\n", "others.txt", &mut unwatched).expect("an import");
    let deck = |reading: &Reading| reading.place.current().map(|card| card.deck.clone()).unwrap_or_default();
    reading.types("m⎋m⏎");
    assert_eq!(deck(&reading), "things", "without a name nothing is moved");
    reading.types("moth⇥");
    assert!(reading.frame().contains("to deck: others"), "{}", reading.frame());
    reading.types("⏎");
    assert!(reading.frame().contains("moved to others · u takes it back"), "{}", reading.frame());
    reading.types("u");
    assert_eq!(deck(&reading), "things");
    reading.types("mothe:⏎");
    assert!(reading.frame().contains("There is no deck “othe:”. Make it?"), "{}", reading.frame());
    reading.types("n");
    assert!(reading.frame().contains("to deck: othe:"), "what was typed can be corrected: {}", reading.frame());
    reading.types("⌫rs⏎");
    assert_eq!(deck(&reading), "others");
    reading.types("u");
    // A name that cannot be one is refused, and can be corrected, too.
    reading.types("ma::⏎");
    assert!(reading.frame().contains("to deck: a::"), "{}", reading.frame());
    assert!(reading.frame().contains("no deck is called"), "{}", reading.frame());
    reading.types("⎋  mNew::漢字 Deck⏎y");
    assert!(reading.frame().contains("moved 2 questions to New::漢字 Deck · u takes it back"), "{}", reading.frame());
    assert_eq!(deck(&reading), "New::漢字 Deck");
    reading.types("u");
    assert_eq!(deck(&reading), "things");
    assert_eq!(reading.trainer.deck_list(true).expect("decks").len(), 2, "the deck is gone with its questions");
    reading.types("dn");
    assert_eq!(reading.place.rows.total(), Some(2));
    reading.types("↑  d");
    assert!(reading.frame().contains("Delete 2 cards? The answers"), "{}", reading.frame());
    reading.types("y");
    assert!(
        reading.place.rows.total() == Some(0) && reading.frame().contains("u takes it back"),
        "{}",
        reading.frame()
    );
    reading.types("u");
    assert_eq!(reading.place.rows.total(), Some(2), "{}", reading.frame());
}

#[test]
fn what_others_change_is_seen() {
    let mut reading = Reading::of_bank(BANK, "");
    reading.types("⏎↓");
    let stem = reading.stem().to_owned();
    let path = reading.trainer.path().to_owned();
    let clock = Clock::fixed(reading.trainer.now());
    let mut other = Trainer::open(&path, clock, Some(2)).expect("the same database");
    let ids: Vec<Uuid> = (0..2).filter_map(|at| reading.place.rows.get(at)).map(id_of).collect();
    other.move_cards(&ids, crate::model::MoveKind::Suspend, "by hand").expect("a deed");
    let mut seen = false;
    for _ in 0..=WAITS {
        seen |= reading.browsing.rest(&mut reading.trainer, &mut reading.place).expect("no fault");
    }
    assert!(seen && reading.memory().suspended, "{}", reading.frame());
    assert_eq!(reading.stem(), stem, "the cursor stays");
}

#[test]
fn a_draft_and_an_empty_database_have_nothing_to_do() {
    let mut reading = Reading::of_bank("", "");
    assert!(reading.frame().contains("There are no questions here"), "{}", reading.frame());
    reading.types("⏎sbfrei ⏎");
    assert!(reading.frame().contains("0 cards"), "{}", reading.frame());
    let bank = "1. One?\nA. x *\nB. y\n\n2. Two?\nA. x\nB. y\n";
    let mut reading = Reading::of_bank(bank, "is:draft");
    assert_eq!(reading.stem(), "Two?");
    for key in ["s", "b", "f", "r", "i"] {
        reading.types(key);
        assert!(reading.frame().contains("a draft has no card"), "{key}: {}", reading.frame());
    }
}

#[test]
fn a_long_list_is_looked_at_from_both_ends() {
    let mut bank = String::new();
    for number in 0..1_234 {
        bank += &format!("{}. Question {number}?\nA. yes *\nB. no\n\n", number + 1);
    }
    let mut reading = Reading::of_bank(&bank, "");
    reading.types("⏎");
    assert!(reading.place.rows.total().is_none(), "nobody counts before it is needed");
    reading.press(KeyCode::End, KeyModifiers::NONE);
    assert_eq!((reading.stem(), reading.place.rows.total()), ("Question 1233?", Some(1_234)));
    reading.types("kk");
    assert_eq!(reading.stem(), "Question 1231?");
    reading.press(KeyCode::PageUp, KeyModifiers::NONE);
    reading.press(KeyCode::PageUp, KeyModifiers::NONE);
    let place = reading.place.cursor;
    assert_eq!(reading.stem(), format!("Question {place}?"), "the same order from the end");
    reading.types("g");
    for _ in 0..120 {
        reading.press(KeyCode::PageDown, KeyModifiers::NONE);
        assert_eq!(reading.stem(), format!("Question {}?", reading.place.cursor));
    }
    assert!(reading.frame().contains("of 1234"), "{}", reading.frame());
}

#[test]
fn every_size_has_its_screen() {
    let mut reading = Reading::of_bank(BANK, "");
    for (width, height) in [(20, 6), (1, 1), (2, 3), (30, 5), (200, 60), (100, 3), (20, 6)] {
        for keys in ["", "⏎", "↓↓↓", "⏎", "⎋", "f", "⎋", "?", "⎋", "/"] {
            reading.types(keys);
            let frame = reading.at_size(width, height);
            assert!(frame.lines().all(|line| crate::ui::rich::columns(line) <= usize::from(width)), "{frame}");
        }
    }
    reading.types("⇥g");
    insta::assert_snapshot!("tiny", reading.at_size(20, 6));
}

#[test]
fn no_meaning_rests_on_colour() {
    let mut reading = Reading::of_bank(BANK, "planet");
    reading.types(" f");
    reading.types("why⏎ ");
    let plain = reading.frame();
    for (_, theme) in ThemeName::ALL {
        assert_eq!(reading.frame_as(Theme::named(theme)), plain);
    }
    assert!(plain.contains('›') && plain.contains('●') && plain.contains('⚑') && plain.contains('✓'), "{plain}");
}

#[test]
fn pasted_text_goes_into_the_search_or_nowhere() {
    let mut reading = Reading::of_bank(BANK, "");
    assert_eq!(paste_browse(&mut reading.place, "red\nplanet\u{1b}"), Some(BrowseWish::Search));
    assert_eq!(reading.place.field.value(), "red planet");
    reading.types("⏎");
    assert_eq!(paste_browse(&mut reading.place, "sbr"), None);
    assert!(reading.place.notice.contains("ignored"));
}
