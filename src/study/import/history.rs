//! A history in the open FSRS schema: its answers enter the log of the cards whose bank id they name, once.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Batch, ImportOptions};
use crate::bank::history::HistoryAnswer;
use crate::error::Result;
use crate::memory::Evidence;
use crate::model::{
    CardId, CardMemory, CardState, Confidence, DeckId, DeedKind, Guess, LogId, Moment, Rating, ReviewKind,
};
use crate::store::{ImportedAnswer, NewDeed, Reader, Store, Writer};
use crate::study::decks::Decks;
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

struct LoggedCard {
    card: CardId,
    uid: uuid::Uuid,
    deck: DeckId,
    /// What follows from the answers of this file alone.
    memory: CardMemory,
    /// Whether nothing was logged of it before.
    fresh: bool,
    /// The answers that were logged of it before, once they are needed.
    logged: Option<HashSet<LogId>>,
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
    let mut answers = answers;
    answers.sort_by_key(|answer| answer.at_ms);
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
    let ids = writer.reader().cards_by_bank_id(deck)?;
    // What was exported from this log is in it already, under another identity.
    let mut given_here = writer.reader().answers_given_here()?;
    let mut cards: HashMap<CardId, LoggedCard> = HashMap::new();
    let mut by_uid: HashMap<String, CardId> = HashMap::new();
    writer.reader().each_card(|row| {
        by_uid.insert(row.uid.to_string(), row.card);
        cards.insert(
            row.card,
            LoggedCard {
                card: row.card,
                uid: row.uid,
                deck: row.deck,
                memory: CardMemory::NEW,
                fresh: row.memory.through.is_none(),
                logged: None,
            },
        );
        Ok(())
    })?;
    let mut entered = EnteredHistory::default();
    // Of one moment: the answers are in the order of time.
    let (mut moment, mut repeats) = (0, HashMap::<(CardId, Rating), u32>::new());
    // In the order of the cards, as their rows are.
    let mut touched = BTreeSet::new();
    let mut new = Vec::with_capacity(answers.len());
    let mut steps = Steps::new(watch, "reading the history", answers.len() as u64);
    for answer in &answers {
        steps.step()?;
        let found = ids.get(&answer.card_id).or_else(|| by_uid.get(&answer.card_id));
        let Some(card) = found.and_then(|card| cards.get_mut(card)) else {
            entered.unknown.insert(answer.card_id.clone());
            continue;
        };
        if let Some(left @ 1..) = given_here.get_mut(&(card.card, answer.at_ms, answer.rating)) {
            *left -= 1;
            entered.known += 1;
            continue;
        }
        if moment != answer.at_ms {
            moment = answer.at_ms;
            repeats.clear();
        }
        let repeat = repeats.entry((card.card, answer.rating)).or_default();
        let mut id = Writer::imported_id(card.uid, answer.at_ms, answer.rating, *repeat);
        *repeat += 1;
        while taken_back.contains(&id) {
            id = Writer::imported_id(card.uid, answer.at_ms, answer.rating, *repeat);
            *repeat += 1;
        }
        let at = Moment { utc_ms: answer.at_ms, offset_minutes };
        let imported = imported(&decks, card, answer, (id, at), present.seed)?;
        if card.has_logged(writer.reader(), id)? {
            entered.known += 1;
        } else {
            new.push(imported);
            touched.insert(card.card);
        }
    }
    drop(answers);
    let mut steps = Steps::new(watch, "writing the answers", new.len() as u64);
    entered.new = new.len();
    let there = writer.append_imported(new, offset_minutes, &device, |count| steps.advance(count))?;
    (entered.new, entered.known) = (entered.new - there.count, entered.known + there.count);
    // The identity of another entry: nobody has seen that, and what the log says counts.
    for card in there.cards {
        cards.entry(card).and_modify(|card| card.fresh = false);
    }
    let mut memories = Vec::new();
    for card in touched {
        match cards.get(&card).filter(|card| card.fresh) {
            // The whole log of the card was just folded.
            Some(fresh) => memories.push((card, fresh.memory, decks.entry(fresh.deck)?.parameters)),
            None => {
                refold(&mut writer, &decks, card)?;
            }
        }
    }
    writer.put_memories(&memories)?;
    // An import that brought nothing is not what `--undo` means.
    if !options.dry_run && entered.new > 0 {
        writer.commit()?;
    }
    Ok(entered)
}

impl LoggedCard {
    /// Whether an answer was logged before.
    fn has_logged(&mut self, reader: Reader<'_>, id: LogId) -> Result<bool> {
        if self.fresh {
            return Ok(false);
        }
        let logged = match self.logged.take() {
            Some(logged) => logged,
            None => reader.answers_to(self.card)?.into_iter().map(|(id, _)| id).collect(),
        };
        Ok(self.logged.insert(logged).contains(&id))
    }
}

/// The answer as this program would have logged it. The file says the state before; when the card was promised back is what our
/// scheduler would have said.
fn imported(
    decks: &Decks,
    card: &mut LoggedCard,
    answer: &HistoryAnswer,
    (id, at): (LogId, Moment),
    seed: u64,
) -> Result<ImportedAnswer> {
    let entry = decks.entry(card.deck)?;
    let day = at.study_day(entry.settings.day_start);
    if let Some(state) = answer.state.and_then(CardState::from_number) {
        card.memory.state = state;
    }
    let right = answer.rating != Rating::Again;
    // Nobody says what was shown: the rating is taken at its word, as other trainers do.
    let evidence = Evidence { right, rating: answer.rating, confidence: Confidence::Stated, guess: Guess::NONE };
    let outcome = entry.scheduler(seed).outcome(&card.memory, card.uid, &evidence, at, day);
    let imported = ImportedAnswer {
        id,
        card: card.card,
        at_ms: at.utc_ms,
        day,
        rating: answer.rating,
        kind: ReviewKind::from(card.memory.state),
        order_seed: card.memory.repetitions,
        took_ms: answer.took_ms,
        due: outcome.due,
    };
    entry.replayer.answer(&mut card.memory, &imported.review(at.offset_minutes));
    Ok(imported)
}
