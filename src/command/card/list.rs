//! `retain card list`: cards, narrowed by deck, state, topic, tag and flag.

use clap::{Args as Arguments, ValueEnum};

use crate::command::Context;
use crate::error::Result;
use crate::study::{CardFilter, CardFilterState};
use crate::ui::card_table::{self, ListView};
use crate::ui::paint::Paint;
use crate::ui::{screen, words};

/// List cards.
#[derive(Arguments, Debug)]
pub(super) struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// Only flagged cards
    #[arg(long)]
    flagged: bool,
    /// Only cards that were deleted; `retain card restore` brings them back
    #[arg(long)]
    deleted: bool,
    /// Only cards that `retain search WORDS` finds
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Only cards in this state; several separated by commas mean any of them
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATE")]
    state: Vec<ListedState>,
    /// Only this topic
    #[arg(long)]
    topic: Option<String>,
    /// Only questions with this tag
    #[arg(long)]
    tag: Option<String>,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// The state of a card, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListedState {
    New,
    Learning,
    Review,
    Relearning,
    Suspended,
    Buried,
}

impl From<ListedState> for CardFilterState {
    fn from(state: ListedState) -> Self {
        match state {
            ListedState::New => Self::New,
            ListedState::Learning => Self::Learning,
            ListedState::Review => Self::Review,
            ListedState::Relearning => Self::Relearning,
            ListedState::Suspended => Self::Suspended,
            ListedState::Buried => Self::Buried,
        }
    }
}

pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    let mut trainer = context.trainer()?;
    let filter = CardFilter {
        deck: args.deck.clone(),
        flagged: args.flagged,
        deleted: args.deleted,
        states: args.state.iter().map(|state| (*state).into()).collect(),
        topic: args.topic.clone(),
        tag: args.tag.clone(),
    };
    let cards = match &args.search {
        Some(words) => trainer.cards_among(&filter, words)?,
        None => trainer.cards(&filter)?,
    };
    let present = trainer.present()?;
    if args.json {
        return context.print(&card_table::json(&cards, present.now)?);
    }
    if cards.is_empty() {
        return context.talk("no cards match");
    }
    let view = ListView {
        now: present.now,
        today: present.today,
        width: screen::columns(),
        paint: Paint::new(context.color_out()),
        sought: &[],
    };
    context.print(&card_table::text(&cards, view))?;
    trainer.keep_list(cards.iter().map(|card| card.uid));
    context.talk(&words::count(cards.len() as u64, "card"))
}
