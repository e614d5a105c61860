//! `retain leeches`: the cards that are forgotten again and again, with why, and what to do about it.

use std::collections::HashMap;

use clap::Args as Arguments;
use serde::Serialize;

use super::decks::Decks;
use super::{Context, output};
use crate::error::{Done, Result};
use crate::model::letter;
use crate::schedule::is_leech;
use crate::store::{FailureRow, LoadedCard, Reader};
use crate::ui::words;

/// Cards that are forgotten again and again, and why.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

const WAYS_OUT: &str = "ways out: look at what it is confused with, then edit or split the question with\n\
    `retain card edit CARD`; begin anew with `retain card reset CARD`; or set it aside with `retain card suspend CARD`\n";

/// A card that was forgotten too often.
#[derive(Serialize)]
struct Leech {
    card: String,
    deck: String,
    topic: Option<String>,
    stem: String,
    lapses: u32,
    answers: u32,
    /// Answers that were wrong, in learning steps too.
    wrong: u32,
    /// Answers that were right by a guess.
    guessed: u32,
    suspended: bool,
    confusions: Vec<Confusion>,
    /// Where the banks hold it, as `path:line`.
    places: Vec<String>,
}

/// A wrong option that was picked.
#[derive(Serialize)]
struct Confusion {
    /// Its letter in the bank.
    letter: String,
    text: String,
    times: u32,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let leeches = leeches(reader, &Decks::read(reader)?, args.deck.as_deref())?;
    if args.json {
        context.print(&leeches.iter().map(output::json_line).collect::<Result<String>>()?)?;
        return Ok(Done::Whole);
    }
    context.print(&leeches.iter().map(text).collect::<Vec<_>>().join("\n"))?;
    context.talk(if leeches.is_empty() { "there are no leeches\n" } else { WAYS_OUT })?;
    Ok(Done::Whole)
}

fn leeches(reader: Reader<'_>, decks: &Decks, deck: Option<&str>) -> Result<Vec<Leech>> {
    let thresholds: HashMap<_, _> = decks
        .named(deck)?
        .into_iter()
        .filter_map(|entry| Some((entry.deck.id, entry.settings.leech_threshold?)))
        .collect();
    let Some(least) = thresholds.values().min() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for card in reader.cards_with_lapses(*least)? {
        let Some(loaded) = reader.card(card)? else { continue };
        if thresholds.get(&loaded.deck).is_some_and(|threshold| is_leech(loaded.memory.lapses, *threshold)) {
            let failures = reader.failures_of(card)?;
            let places = reader.places_of(loaded.question.id)?;
            found.push(leech(loaded, &failures, &places));
        }
    }
    Ok(found)
}

fn leech(card: LoadedCard, failures: &[FailureRow], places: &[(String, u32)]) -> Leech {
    let total = |guessed: bool| failures.iter().filter(|row| row.guessed == guessed).map(|row| row.times).sum();
    let stem = card.stem();
    let LoadedCard { uid, deck_name, question, memory, .. } = card;
    let mut confusions: Vec<Confusion> = question
        .choices
        .iter()
        .filter(|choice| !choice.correct)
        .map(|choice| Confusion {
            letter: letter(usize::from(choice.position)),
            text: choice.text.clone(),
            times: failures.iter().filter(|row| row.picked.contains(&choice.number)).map(|row| row.times).sum(),
        })
        .filter(|confusion| confusion.times > 0)
        .collect();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.times));
    Leech {
        card: uid.to_string(),
        deck: deck_name,
        topic: question.topic,
        stem,
        lapses: memory.lapses,
        answers: memory.repetitions,
        wrong: total(false),
        guessed: total(true),
        suspended: memory.suspended,
        confusions,
        places: places.iter().map(|(path, line)| format!("{path}:{line}")).collect(),
    }
}

fn text(leech: &Leech) -> String {
    let topic = leech.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let mut text = format!(
        "{} in {}{}\n  {}{topic}\n  {}\n",
        words::count(leech.lapses, "lapse"),
        words::count(leech.answers, "answer"),
        if leech.suspended { ", suspended" } else { "" },
        leech.deck,
        leech.stem,
    );
    for confusion in &leech.confusions {
        text += &format!("  picked {}: {}. {}\n", times(confusion.times), confusion.letter, confusion.text);
    }
    if leech.guessed > 0 {
        text += &format!("  guessed {}\n", times(leech.guessed));
    }
    for place in &leech.places {
        text += &format!("  in {place}\n");
    }
    text + &format!("  card {}\n", leech.card)
}

fn times(times: u32) -> String {
    match times {
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    }
}
