//! `retain card list`: cards, narrowed by deck, state, topic, tag and flag.

use std::collections::HashSet;

use clap::{Args as Arguments, ValueEnum};
use serde::Serialize;

use crate::command::decks::Decks;
use crate::command::facts::{self, Scope};
use crate::command::{Context, output};
use crate::error::{Done, Result};
use crate::model::{CardId, CardState, Moment, StudyDay};
use crate::stats::CardSnapshot;
use crate::ui::home::pad;
use crate::ui::{rich, words};

/// Columns of the stem and of the deck in the table.
const STEM: usize = 44;
const DECK: usize = 16;

/// List cards.
#[derive(Arguments, Debug)]
pub(super) struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// Only flagged cards
    #[arg(long)]
    flagged: bool,
    /// Only cards that stand so; several parted by commas mean any of them
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATE")]
    state: Vec<Standing>,
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

/// How a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Standing {
    New,
    Learning,
    Review,
    Relearning,
    Suspended,
    Buried,
}

impl Standing {
    /// Whether a card stands so on this day; one that is put away stands in its state too.
    fn is_of(self, card: &CardSnapshot, today: StudyDay) -> bool {
        let memory = &card.memory;
        match self {
            Self::New => memory.state == CardState::New,
            Self::Learning => memory.state == CardState::Learning,
            Self::Review => memory.state == CardState::Review,
            Self::Relearning => memory.state == CardState::Relearning,
            Self::Suspended => memory.suspended,
            Self::Buried => memory.buried_until.is_some_and(|until| until > today),
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    card: String,
    question: String,
    deck: &'a str,
    topic: Option<&'a str>,
    stem: &'a str,
    state: &'static str,
    due: Option<String>,
    retrievability: Option<f64>,
    answers: u32,
    lapses: u32,
    suspended: bool,
    flagged: bool,
    note: Option<&'a str>,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let scope = Scope::new(&decks, args.deck.as_deref())?;
    let (now, today) = context.today(reader)?;
    let tagged: Option<HashSet<CardId>> = args.tag.as_deref().map(|tag| reader.cards_with_tag(tag)).transpose()?;
    let topic = args.topic.as_ref().map(|topic| topic.to_lowercase());
    let mut cards = facts::cards(context, reader, &decks, &scope)?;
    cards.retain(|card| {
        (!args.flagged || card.flag.is_some())
            && (args.state.is_empty() || args.state.iter().any(|state| state.is_of(card, today)))
            && topic.as_ref().is_none_or(|topic| card.topic.as_ref().is_some_and(|own| own.to_lowercase() == *topic))
            && tagged.as_ref().is_none_or(|tagged| tagged.contains(&card.card))
    });
    if args.json {
        context.print(&cards.iter().map(|card| output::json_line(&row(card, now))).collect::<Result<String>>()?)?;
        return Ok(Done::Whole);
    }
    if cards.is_empty() {
        context.talk("no card is like that")?;
        return Ok(Done::Whole);
    }
    context.print(&table(&cards, now, today))?;
    context.talk(&words::count(cards.len() as u64, "card"))?;
    Ok(Done::Whole)
}

fn row(card: &CardSnapshot, now: Moment) -> Row<'_> {
    let memory = &card.memory;
    Row {
        card: card.uid.to_string(),
        question: card.question.to_string(),
        deck: &card.deck,
        topic: card.topic.as_deref(),
        stem: &card.stem,
        state: memory.state.name(),
        due: memory.due.map(|due| due.text(now)),
        retrievability: card.retrievability,
        answers: memory.repetitions,
        lapses: memory.lapses,
        suspended: memory.suspended,
        flagged: card.flag.is_some(),
        note: card.flag.as_deref().filter(|note| !note.is_empty()),
    }
}

/// A line for each card, and one more for the note of its flag.
fn table(cards: &[CardSnapshot], now: Moment, today: StudyDay) -> String {
    let line = |card: &str, deck: &str, state: &str, due: &str, recall: &str, stem: &str| {
        let (deck, state, due, stem) = (pad(deck, DECK), pad(state, 10), pad(due, 10), pad(stem, STEM));
        format!("{card:<36}  {deck}  {state}  {due}  {recall:>6}  {stem}").trim_end().to_owned() + "\n"
    };
    let mut text = line("card", "deck", "state", "due", "recall", "question");
    for card in cards {
        let memory = &card.memory;
        let state = match memory.suspended {
            true => "suspended",
            false if Standing::Buried.is_of(card, today) => "buried",
            false => memory.state.name(),
        };
        // The day says enough; `--json` has the moment.
        let due = memory.due.map(|due| due.text(now)).unwrap_or_default();
        let stem = rich::line(&card.stem);
        text += &line(
            &card.uid.to_string(),
            &card.deck,
            state,
            due.get(..10).unwrap_or_default(),
            &card.retrievability.map(words::share).unwrap_or_default(),
            &stem,
        );
        if let Some(note) = &card.flag {
            text += &format!("{:36}  {}\n", "", rich::line(&words::flag(note)));
        }
    }
    text
}
