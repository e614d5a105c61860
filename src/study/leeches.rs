//! The cards that are forgotten again and again, with why.

use std::cmp::Reverse;
use std::collections::HashMap;

use uuid::Uuid;

use super::decks::Decks;
use crate::error::Result;
use crate::model::letter;
use crate::schedule::is_leech;
use crate::store::{FailureRow, LoadedCard, Reader};

/// A card that was forgotten too often.
#[derive(Clone, Debug)]
pub struct LeechReport {
    /// The card's identity.
    pub card: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// The topic of its question.
    pub topic: Option<String>,
    /// What it asks, as written.
    pub stem: String,
    /// Lapses of its memory.
    pub lapses: u32,
    /// Answers that count.
    pub answers: u32,
    /// Answers that were wrong, in learning steps too.
    pub wrong: u32,
    /// Answers that were right by a guess.
    pub guessed: u32,
    /// Whether it is out of the schedule.
    pub suspended: bool,
    /// Wrong options that were picked, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// Where the banks hold it: path and line.
    pub places: Vec<(String, u32)>,
}

/// A wrong option that was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Its letter in the bank.
    pub letter: String,
    /// Its text as written.
    pub text: String,
    /// How often it was picked.
    pub times: u32,
}

/// The leeches of a deck and the decks in it, or of all.
pub(super) fn leeches(reader: Reader<'_>, deck: Option<&str>) -> Result<Vec<LeechReport>> {
    let thresholds: HashMap<_, _> = Decks::load(reader)?
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
            found.push(leech(loaded, &failures, places));
        }
    }
    Ok(found)
}

fn leech(card: LoadedCard, failures: &[FailureRow], places: Vec<(String, u32)>) -> LeechReport {
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
    confusions.sort_by_key(|confusion| Reverse(confusion.times));
    LeechReport {
        card: uid,
        deck: deck_name,
        topic: question.topic,
        stem,
        lapses: memory.lapses,
        answers: memory.repetitions,
        wrong: total(false),
        guessed: total(true),
        suspended: memory.suspended,
        confusions,
        places,
    }
}
