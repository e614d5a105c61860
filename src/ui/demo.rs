//! The words around the demo: which keys do what, what happens tomorrow, and how to go on with questions of one's own.

use std::path::Path;

use super::rich::harmless;
use super::tui::{KeyMap, ReviewCommand};
use super::words;
use crate::session::Summary;

/// What is said before the first question. `screen`: whether a screen follows, and not lines.
pub fn welcome(keys: KeyMap, screen: bool) -> String {
    let begin = "This is a demo of retain, with questions that come with it.\n\
                 It takes about three minutes.\n\
                 It has a database of its own, so nothing of yours changes.\n\n";
    if !screen {
        return format!(
            "{begin}Answer with the letter of an option, or with the text or the number that is asked\n\
             for. Then Enter goes on.\n\
             undo takes back what you did last, help says what else there is, quit stops.\n"
        );
    }
    let key = |command| keys.letter(command);
    format!(
        "{begin}  A letter picks an option. Where several are right, Enter answers.\n\
         \x20 Enter goes on after the answer. If it was right, you may say how it was:\n\
         \x20 1 a guess, 2 hard, 3 good, 4 easy.\n\
         \x20 {} takes back what you did last, {} shows all keys, {} stops.\n\n\
         Press Enter to begin.\n",
        key(ReviewCommand::Undo),
        key(ReviewCommand::Help),
        key(ReviewCommand::Quit)
    )
}

/// What is said at the end. `kept` is the database, if it stays.
pub fn closing(summary: &Summary, kept: Option<&Path>) -> String {
    let mut text = String::from("\nWhat happens next\n");
    if summary.answered > 0 {
        text += "  What you knew comes back after days, then weeks, then months.\n  What you missed comes back soon.\n";
    }
    text += &match summary.outlook.due_tomorrow {
        0 => "  Every day `retain review` asks what is about to be forgotten, and some new questions.\n".to_owned(),
        cards => format!("  Tomorrow `retain review` would ask {} again.\n", words::count(cards as u64, "card")),
    };
    text += "\nWith your own questions\n\
             \x20 retain review FILE    import a bank and review it: text, Markdown, a spreadsheet, Word and more\n\
             \x20 retain help banks     how to write one\n\
             \x20 retain                what today asks of you\n\n";
    text + &match kept {
        Some(db) => {
            let path = harmless(&db.display().to_string()).to_string();
            let quoted = shlex::try_quote(&path).map(Into::into).unwrap_or(path.clone());
            format!("The demo is kept. To go on with it: retain --db {quoted} review\n")
        }
        None => "The demo left nothing behind. `retain demo --keep FOLDER` keeps it, to see the next days.\n".into(),
    }
}
