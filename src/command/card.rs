//! `retain card`: one card, by its identity as exports name it.

use clap::{Args as Arguments, Subcommand};
use uuid::Uuid;

use super::Context;
use super::decks::Decks;
use super::ledger::Ledger;
use crate::error::{Done, Error, Result};
use crate::model::{CardId, MoveKind, letter};

/// One card.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show a card and what is remembered of it
    Show {
        /// The card, as `export cards` names it
        card: Uuid,
    },
    /// Take a card out of the schedule
    Suspend {
        /// The card
        card: Uuid,
    },
    /// Put a card back into the schedule
    Unsuspend {
        /// The card
        card: Uuid,
    },
    /// Put a buried card back into today
    Unbury {
        /// The card
        card: Uuid,
    },
    /// Make a card new again; its answers stay in the log
    Reset {
        /// The card
        card: Uuid,
    },
}

/// Runs the command.
///
/// # Errors
/// When there is no such card, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let (card, change) = match &args.action {
        Action::Show { card } => return show(context, *card),
        Action::Suspend { card } => (card, (MoveKind::Suspend, "suspended")),
        Action::Unsuspend { card } => (card, (MoveKind::Unsuspend, "back in the schedule")),
        Action::Unbury { card } => (card, (MoveKind::Unbury, "back in today")),
        Action::Reset { card } => (card, (MoveKind::Forget, "new again")),
    };
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let id = find(&store, *card)?;
    let (kind, words) = change;
    Ledger { store: &mut store, decks: &decks, seed: context.mixed_seed() }.relocate(
        id,
        kind,
        "by hand",
        context.clock.now(),
    )?;
    context.talk(&format!("{card} is {words}"))?;
    Ok(Done::Whole)
}

fn find(store: &crate::store::Store, card: Uuid) -> Result<CardId> {
    store.reader().card_by_uid(card)?.ok_or_else(|| {
        Error::person(format!("no card is called `{card}`")).hint("`retain export cards` lists all cards")
    })
}

fn show(context: &Context, uid: Uuid) -> Result<Done> {
    let store = context.store()?;
    let id = find(&store, uid)?;
    let Some(card) = store.reader().card(id)? else {
        return Ok(Done::Whole);
    };
    let now = context.clock.now();
    let memory = card.memory;
    let mut text = format!("{}\n{}\n", card.deck_name, card.question.stem);
    for choice in &card.question.choices {
        let mark = if choice.correct { "*" } else { " " };
        text += &format!(" {mark} {}. {}\n", letter(usize::from(choice.position)), choice.text);
    }
    if let Some(rule) = &card.question.key_rule {
        text += &format!("the right option is declared, not marked ({rule})\n");
    }
    for (name, file) in store.reader().media_of(card.question.id)? {
        text += &format!("media {name}: {}\n", context.db.with_file_name("media").join(file).display());
    }
    text += &format!("state {}", memory.state.name());
    if let Some(due) = memory.due {
        text += &format!(", due {}", due.text(now));
    }
    if let Some(state) = memory.memory {
        text += &format!(", stability {:.2} days, difficulty {:.2}", state.stability, state.difficulty);
    }
    text += &format!(", {} answers, {} lapses", memory.repetitions, memory.lapses);
    if memory.suspended {
        text += ", suspended";
    }
    text.push('\n');
    context.print(&text)?;
    Ok(Done::Whole)
}
