//! A question in words.

use super::{exam, verdict};
use crate::model::{Markup, Moment};
use crate::session::{Form, Session, Showing};
use crate::ui::rich::Text;
use crate::ui::words as say;

/// The prompt while the choices are hidden.
pub(super) const RECALL: &str =
    "Recall the answer, then Enter to see the choices (or undo, skip, bury, suspend, quit, help): ";

/// The commands that can always be typed.
pub(super) const COMMANDS: &str = "undo takes back what you did last. skip shows the card later. bury hides it until tomorrow.\n\
suspend takes it out of the schedule. pause stops the clock. repeat says the question again.\n\
flag NOTE marks the card for later, unflag takes the mark away. edit changes the question. about shows what is known of the card.\n\
quit ends the session; every answer is kept.\n";

/// A text of a bank in words.
pub(in crate::ui) fn words(text: &str, markup: Markup) -> String {
    Text::parse(text, markup).plain()
}

/// A choice with its letter, as in `A. OSPF`.
pub(super) fn choice(showing: &Showing, place: usize) -> String {
    let text =
        |choice: &crate::session::ShownChoice| format!("{}. {}", choice.label, words(&choice.text, showing.markup));
    showing.choices.get(place).map(text).unwrap_or_default()
}

/// A half with its number, as in `2. Rome`.
pub(super) fn half(showing: &Showing, place: usize) -> String {
    let Form::Pair { halves } = &showing.form else { return String::new() };
    let text = |half: &crate::session::Half| format!("{}. {}", half.label, words(&half.text, showing.markup));
    halves.get(place).map(text).unwrap_or_default()
}

/// The question without its choices.
pub(super) fn question(showing: &Showing, session: &Session, now: Moment) -> String {
    let number = session.answered() + 1;
    let left = showing.left.total();
    let mut text = if let Some(paper) = session.paper() {
        exam::place(paper)
    } else if showing.practice {
        format!("\nQuestion {number}, for practice, {left} left.\n")
    } else {
        let state = if showing.ahead { "ahead of time" } else { showing.state.name() };
        format!("\nQuestion {number}, {state}, {left} left.\n")
    };
    if let Some(ms) = session.ms_left(now) {
        text += &format!("{} left.\n", time(ms));
    }
    match &showing.topic {
        Some(topic) => text += &format!("Deck: {}. Topic: {topic}.\n", showing.deck),
        None => text += &format!("Deck: {}.\n", showing.deck),
    }
    match showing.flag.as_deref() {
        Some("") => text += "Flagged.\n",
        Some(note) => text += &format!("Flagged: {note}\n"),
        None => {}
    }
    text += &format!("{}\n", words(&showing.stem, showing.markup));
    if let Some(given) = &showing.given {
        text += &verdict::given(showing, given);
    }
    text
}

/// Whole minutes; below a minute, seconds.
pub(super) fn time(ms: i64) -> String {
    let seconds = u64::try_from(ms / 1_000).unwrap_or(0);
    if seconds < 60 { say::count(seconds, "second") } else { say::count(seconds / 60, "minute") }
}

/// The choices, with an instruction.
pub(in crate::ui) fn choices(showing: &Showing) -> String {
    let mut text = match showing.form {
        Form::Pick { several: true } => "Pick all that apply.\n".to_owned(),
        Form::Order => "Put them in order.\n".into(),
        Form::Pair { .. } => "Which number goes with which letter?\n".into(),
        Form::Pick { several: false } | Form::Type { .. } | Form::Reveal { .. } => String::new(),
    };
    for place in 0..showing.choices.len() {
        text += &format!("{}\n", choice(showing, place));
    }
    if let Form::Pair { halves } = &showing.form {
        for place in 0..halves.len() {
            text += &format!("{}\n", half(showing, place));
        }
    }
    text
}

/// The commands that a prompt names.
pub(super) const BARE: &str = "undo, skip, bury, suspend, quit, help";
/// The same in a mock exam.
pub(super) const BARE_IN_EXAM: &str = "next, back, mark, list, quit, help";

/// The prompt after the question, which names these commands.
pub(super) fn prompt(showing: &Showing, commands: &str) -> String {
    let last = showing.choices.last().map_or("A", |choice| choice.label.as_str());
    let bare = match showing.ask_sure {
        true => format!("! behind it where you are sure, or {commands}"),
        false => format!("or {commands}"),
    };
    let with_colons = commands.split(", ").map(|command| format!(":{command}")).collect::<Vec<_>>().join(", ");
    let colons = match showing.ask_sure {
        true => format!(":sure ANSWER where you are sure, or {with_colons}"),
        false => format!("or {with_colons}"),
    };
    match showing.form {
        Form::Pick { several: false } => format!("Your answer (A-{last}, {bare}): "),
        Form::Pick { several: true } => format!("Your answer (one or more of A-{last}, {bare}): "),
        Form::Order => format!("Your answer (all of A-{last} in their order, {bare}): "),
        Form::Pair { .. } => format!("Your answer (each of A-{last} with its number, as in A2, {bare}): "),
        Form::Type { number: true, .. } => format!("Your number ({colons}): "),
        Form::Type { .. } => format!("Your answer ({colons}): "),
        Form::Reveal { .. } if showing.ask_sure => {
            format!("Recall the answer, then Enter to see it, or ! where you are sure (or {commands}): ")
        }
        Form::Reveal { .. } => format!("Recall the answer, then Enter to see it (or {commands}): "),
    }
}

/// The help for this question, with what can be typed besides.
pub(super) fn help(showing: &Showing, commands: &str) -> String {
    let answer = match showing.form {
        Form::Pick { several: false } => "Answer with the letter of a choice.\n",
        Form::Pick { several: true } => "Answer with the letters of all choices that are right, as in AC.\n",
        Form::Order => "Answer with all letters in the right order, as in CAB or C A B.\n",
        Form::Pair { .. } => {
            "Answer with each letter and its number, as in A2 B1, or with the numbers alone, as in 2 1.\n"
        }
        Form::Type { .. } => {
            "Type the answer. A command has a colon before it, as in :undo. An answer that begins with a colon takes two.\n"
        }
        Form::Reveal { .. } => "Enter shows the answer; then say how it was.\n",
    };
    let sure = match (showing.ask_sure, &showing.form) {
        (false, _) => "",
        (true, Form::Type { .. }) => "Where you are sure, put :sure before the answer.\n",
        (true, Form::Reveal { .. }) => "Where you are sure of it before you see it, type ! instead.\n",
        (true, _) => "Where you are sure, put ! behind it.\n",
    };
    format!("{answer}{sure}{commands}")
}
