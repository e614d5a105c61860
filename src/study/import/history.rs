//! A history in the open FSRS schema: its answers enter the log of the cards whose bank id they name, once.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::{Batch, ImportOptions};
use crate::bank::history::HistoryAnswer;
use crate::error::Result;
use crate::memory::Evidence;
use crate::model::{
    CardId, CardMemory, CardState, Confidence, DeckId, DeedKind, Guess, LogId, Moment, Rating, ReviewKind,
};
use crate::store::{ImportedAnswer, NewDeed, Reader, Store, Writer};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::in_order::each_in_order;
use crate::study::ledger::refold;
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};

/// How a history entered the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnteredHistory {
    /// Answers that are new in the log.
    pub new: usize,
    /// Answers that were there already.
    pub known: usize,
    /// Ids of cards that no bank has, in order.
    pub unknown: BTreeSet<String>,
}

/// A card that a history may name.
struct LoggedCard {
    card: CardId,
    uid: Uuid,
    deck: DeckId,
    /// Whether nothing was logged of it before.
    fresh: bool,
}

impl LoggedCard {
    fn new((card, uid, deck, logged): (CardId, Uuid, DeckId, bool)) -> Self {
        Self { card, uid, deck, fresh: !logged }
    }
}

/// An answer of a history, with the place of its card among all cards.
#[derive(Clone, Copy)]
struct AnswerToCard {
    card: usize,
    at_ms: i64,
    rating: Rating,
    state: Option<u8>,
    took_ms: u32,
}

/// What the answers of a file come to for one card.
struct EnteredCard {
    new: Vec<ImportedAnswer>,
    /// How many were there already.
    known: usize,
    /// What follows from the answers of this file alone.
    memory: CardMemory,
}

/// Enters the answers of a history into the log of the cards that they name, once. `name` is the file's.
pub(in crate::study) fn import_history(
    store: &mut Store,
    answers: Vec<HistoryAnswer>,
    name: &str,
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<EnteredHistory> {
    let offset_minutes = present.now.offset_minutes;
    let mut writer = store.import_writer()?;
    let batch = batch.number(writer.reader())?;
    writer.begin_deed(NewDeed { batch: Some(batch), ..NewDeed::new(DeedKind::Import, present.now) })?;
    let import = writer.begin_import(batch, None, name, options.deck.unwrap_or_default(), present.now.utc_ms)?;
    let device = Writer::import_device(name, import);
    // An answer that was taken back with an earlier import can come again.
    let taken_back = writer.reader().undone()?;
    let decks = Decks::load(writer.reader())?;
    let deck = options.deck.map(|deck| decks.exactly(deck)).transpose()?.map(|entry| entry.deck.id);
    let mut entered = EnteredHistory::default();
    let cards: Vec<LoggedCard> = writer.reader().cards_with_identities()?.into_iter().map(LoggedCard::new).collect();
    let answers = by_card(writer.reader(), answers, &cards, deck, &mut entered)?;
    let folding = HistoryFolding { decks: &decks, taken_back, offset_minutes, seed: present.seed };
    let mut new = Vec::with_capacity(answers.len());
    let mut memories = Vec::new();
    let mut steps = Steps::new(watch, "reading the history", answers.len() as u64);
    // The log of one card says nothing of that of another, so all cores read.
    each_in_order(
        |give| {
            answers.chunk_by(|one, next| one.card == next.card).try_for_each(|own| {
                steps.advance(own.len())?;
                give(own)
            })
        },
        |_| false,
        |own| {
            let card = &cards[own[0].card];
            let read = card.fresh.then(|| folding.card(card, own, &HashSet::new()));
            (card, own, read)
        },
        |(card, own, read)| {
            let read = match read {
                Some(read) => read?,
                None => {
                    let logged = writer.reader().answers_to(card.card)?.into_iter().map(|(id, _)| id).collect();
                    folding.card(card, own, &logged)?
                }
            };
            entered.known += read.known;
            if !read.new.is_empty() {
                new.extend_from_slice(&read.new);
                // Answers of one moment are in the log in the order of their identities, not of the file.
                let is_in_order = own.windows(2).all(|pair| pair[0].at_ms < pair[1].at_ms);
                let memory = (card.fresh && is_in_order).then_some(read.memory);
                memories.push((card.card, memory, decks.entry(card.deck)?.parameters));
            }
            Ok(())
        },
    )?;
    drop(answers);
    let mut steps = Steps::new(watch, "writing the answers", new.len() as u64);
    entered.new = new.len();
    let there = writer.append_imported(new, offset_minutes, &device, |count| steps.advance(count))?;
    (entered.new, entered.known) = (entered.new - there.count, entered.known + there.count);
    // The identity of another entry: nobody has seen that, and what the log says counts.
    let again: HashSet<CardId> = there.cards.into_iter().collect();
    let mut folded = Vec::with_capacity(memories.len());
    for (card, memory, parameters) in memories {
        match memory.filter(|_| !again.contains(&card)) {
            // The whole log of the card was just folded.
            Some(memory) => folded.push((card, memory, parameters)),
            None => {
                refold(&mut writer, &decks, card)?;
            }
        }
    }
    writer.put_memories(&folded)?;
    // An import that brought nothing is not what `--undo` means.
    if !options.dry_run && entered.new > 0 {
        writer.commit()?;
    }
    Ok(entered)
}

/// The answers card by card, those to a card in the order of time. What names no card, or was given here, is counted and left out.
fn by_card(
    reader: Reader<'_>,
    answers: Vec<HistoryAnswer>,
    cards: &[LoggedCard],
    deck: Option<DeckId>,
    entered: &mut EnteredHistory,
) -> Result<Vec<AnswerToCard>> {
    let ids = reader.cards_by_bank_id(deck)?;
    let by_uid: HashMap<Uuid, usize> = cards.iter().enumerate().map(|(place, card)| (card.uid, place)).collect();
    let find = |id: &str| {
        let by_id = ids.get(id).and_then(|card| cards.binary_search_by_key(card, |known| known.card).ok());
        by_id.or_else(|| by_uid.get(&Uuid::parse_str(id).ok().filter(|uid| uid.to_string() == id)?).copied())
    };
    let mut found = Vec::with_capacity(answers.len());
    let mut last: Option<(String, usize)> = None;
    for HistoryAnswer { card_id, at_ms, rating, state, took_ms, .. } in answers {
        // Most files have the answers to a card together.
        let known = last.as_ref().filter(|(id, _)| *id == card_id).map(|(_, card)| *card);
        let Some(card) = known.or_else(|| find(&card_id)) else {
            entered.unknown.insert(card_id);
            continue;
        };
        found.push(AnswerToCard { card, at_ms, rating, state, took_ms });
        if known.is_none() {
            last = Some((card_id, card));
        }
    }
    found.sort_by_key(|answer| (answer.card, answer.at_ms));
    // What was exported from this log is in it already, under another identity.
    let mut given_here = reader.answers_given_here()?;
    if !given_here.is_empty() {
        found.retain(|answer| match given_here.get_mut(&(cards[answer.card].card, answer.at_ms, answer.rating)) {
            Some(left @ 1..) => {
                *left -= 1;
                entered.known += 1;
                false
            }
            _ => true,
        });
    }
    Ok(found)
}

/// What it takes to enter the answers to cards.
struct HistoryFolding<'a> {
    decks: &'a Decks,
    /// Answers that were taken back.
    taken_back: HashSet<LogId>,
    offset_minutes: i32,
    seed: u64,
}

impl HistoryFolding<'_> {
    /// Enters the answers to a card, of which these are in the log.
    fn card(&self, card: &LoggedCard, answers: &[AnswerToCard], logged: &HashSet<LogId>) -> Result<EnteredCard> {
        let entry = self.decks.entry(card.deck)?;
        let mut read = EnteredCard { new: Vec::with_capacity(answers.len()), known: 0, memory: CardMemory::NEW };
        // How often each button was pressed in this millisecond.
        let mut repeats = (i64::MIN, [0_u32; 5]);
        for answer in answers {
            if repeats.0 != answer.at_ms {
                repeats = (answer.at_ms, [0; 5]);
            }
            let repeat = &mut repeats.1[usize::from(answer.rating.number())];
            let mut next = || {
                *repeat += 1;
                Writer::imported_id(card.uid, answer.at_ms, answer.rating, *repeat - 1)
            };
            let mut id = next();
            while self.taken_back.contains(&id) {
                id = next();
            }
            let imported = self.answer(entry, card, &mut read.memory, answer, id);
            if logged.contains(&id) {
                read.known += 1;
            } else {
                read.new.push(imported);
            }
        }
        Ok(read)
    }

    /// The answer as this program would have logged it. The file says the state before; when the card was promised back is what our
    /// scheduler would have said.
    fn answer(
        &self,
        entry: &DeckEntry,
        card: &LoggedCard,
        memory: &mut CardMemory,
        answer: &AnswerToCard,
        id: LogId,
    ) -> ImportedAnswer {
        let at = Moment { utc_ms: answer.at_ms, offset_minutes: self.offset_minutes };
        let day = at.study_day(entry.settings.day_start);
        if let Some(state) = answer.state.and_then(CardState::from_number) {
            memory.state = state;
        }
        let right = answer.rating != Rating::Again;
        // Nobody says what was shown: the rating is taken at its word, as other trainers do.
        let evidence = Evidence { right, rating: answer.rating, confidence: Confidence::Stated, guess: Guess::NONE };
        let outcome = entry.scheduler(self.seed).outcome(memory, card.uid, &evidence, at, day);
        let imported = ImportedAnswer {
            id,
            card: card.card,
            at_ms: at.utc_ms,
            day,
            rating: answer.rating,
            kind: ReviewKind::from(memory.state),
            order_seed: memory.repetitions,
            took_ms: answer.took_ms,
            due: outcome.due,
        };
        entry.replayer.answer(memory, &imported.review(at.offset_minutes));
        imported
    }
}
