//! A history in the open FSRS schema: its answers enter the log of the cards whose bank id they name, once.

use std::collections::{HashMap, HashSet};

use super::{Args, Batch, Imported};
use crate::bank::history::{HistoryAnswer, read_history};
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::ledger::refold;
use crate::error::{Done, Error, Result};
use crate::memory::Evidence;
use crate::model::{
    CardId, CardMemory, CardState, Confidence, DeckId, Guess, LogId, Moment, Rating, Review, ReviewKind,
};
use crate::store::{Store, Writer};
use crate::ui::{diagnostics, paint::Paint, progress};

pub(super) fn import(context: &Context, args: &Args, name: &str, bytes: &[u8], batch: &mut Batch) -> Result<Imported> {
    let history = read_history(bytes, context.clock.now().utc_ms).map_err(|refusal| {
        let error = Error::person(format!("{name}: {}", refusal.message));
        refusal.hint.into_iter().fold(error, Error::hint)
    })?;
    let problems =
        diagnostics::problems(name, &history.problems, super::report::most(context), Paint::new(context.color_err()));
    if !history.problems.is_empty() && (args.strict || history.answers.is_empty()) {
        return Err(Error::person(format!(
            "{name}: {} lines cannot be used, so nothing is imported",
            history.problems.len()
        ))
        .hint("fix them, or leave them out")
        .after_report(problems));
    }
    context.talk(&problems)?;
    let mut store = context.store()?;
    let mut answers = history.answers;
    answers.sort_by_key(|answer| answer.at_ms);
    let imported = enter(context, &mut store, args, name, &answers, batch)?;
    let Entered { new, known, unknown } = imported;
    let verb = if args.dry_run { "would enter" } else { "entered" };
    context.talk(&format!("{name}: {new} answers {verb} the log, {known} were there already"))?;
    if !unknown.is_empty() {
        let mut some: Vec<&str> = unknown.iter().map(String::as_str).collect();
        some.sort_unstable();
        some.truncate(5);
        context.talk(&format!(
            "{name}: {} card ids are in no bank, such as {}\nhint: import the bank first; its questions carry their ids as `{{#id}}`",
            unknown.len(),
            some.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
        ))?;
        if new == 0 && known == 0 {
            return Err(Error::person(format!("{name}: none of its cards is in a deck")).hint("import the bank first"));
        }
    }
    let done = if history.problems.is_empty() && unknown.is_empty() { Done::Whole } else { Done::InPart };
    Ok(Imported { deck: args.deck.clone().unwrap_or_default(), done })
}

struct Entered {
    new: usize,
    known: usize,
    unknown: HashSet<String>,
}

struct Card {
    card: CardId,
    uid: uuid::Uuid,
    deck: DeckId,
    /// What follows from the answers of this file alone.
    memory: CardMemory,
    /// Whether nothing was logged of it before.
    fresh: bool,
}

fn enter(
    context: &Context,
    store: &mut Store,
    args: &Args,
    name: &str,
    answers: &[HistoryAnswer],
    batch: &mut Batch,
) -> Result<Entered> {
    let now = context.clock.now();
    let offset_minutes = now.offset_minutes;
    let mut writer = store.writer()?;
    let import = writer.begin_import(
        batch.number(writer.reader())?,
        None,
        name,
        args.deck.as_deref().unwrap_or_default(),
        now.utc_ms,
    )?;
    let device = Writer::import_device(name, import);
    // An answer that was taken back with an earlier import can come again.
    let taken_back = writer.reader().undone()?;
    let decks = Decks::read(writer.reader())?;
    let deck = args.deck.as_deref().map(|deck| decks.exactly(deck)).transpose()?.map(|entry| entry.deck.id);
    let ids = writer.reader().cards_by_bank_id(deck)?;
    let mut cards: HashMap<CardId, Card> = HashMap::new();
    let mut by_uid: HashMap<String, CardId> = HashMap::new();
    writer.reader().each_card(|row| {
        by_uid.insert(row.uid.to_string(), row.card);
        cards.insert(
            row.card,
            Card {
                card: row.card,
                uid: row.uid,
                deck: row.deck,
                memory: CardMemory::NEW,
                fresh: row.memory.through.is_none(),
            },
        );
        Ok(())
    })?;
    let mut entered = Entered { new: 0, known: 0, unknown: HashSet::new() };
    let mut repeats: HashMap<(CardId, i64, Rating), u32> = HashMap::new();
    let mut touched = HashSet::new();
    let bar = progress::bar(answers.len() as u64, "reading the history", context.quiet);
    for answer in answers {
        bar.inc(1);
        let found = ids.get(&answer.card_id).or_else(|| by_uid.get(&answer.card_id));
        let Some(card) = found.and_then(|card| cards.get_mut(card)) else {
            entered.unknown.insert(answer.card_id.clone());
            continue;
        };
        let repeat = repeats.entry((card.card, answer.at_ms, answer.rating)).or_default();
        let mut id = Writer::imported_id(card.uid, answer.at_ms, answer.rating, *repeat);
        *repeat += 1;
        while taken_back.contains(&id) {
            id = Writer::imported_id(card.uid, answer.at_ms, answer.rating, *repeat);
            *repeat += 1;
        }
        let review =
            review(context, &decks, card, answer, id, Moment { utc_ms: answer.at_ms, offset_minutes }, &device)?;
        if writer.append_imported(&review)? {
            entered.new += 1;
            touched.insert(card.card);
        } else {
            entered.known += 1;
        }
    }
    for card in &touched {
        match cards.get(card).filter(|card| card.fresh) {
            // The whole log of the card was just folded.
            Some(fresh) => writer.put_memory(*card, &fresh.memory, decks.of(fresh.deck)?.parameters)?,
            None => {
                refold(&mut writer, &decks, *card)?;
            }
        }
    }
    bar.finish_and_clear();
    // An import that brought nothing is not what `--undo` means.
    if !args.dry_run && entered.new > 0 {
        writer.commit()?;
    }
    Ok(entered)
}

/// The answer as this program would have logged it. The file says the state before; when the card was promised back is what our
/// scheduler would have said.
fn review(
    context: &Context,
    decks: &Decks,
    card: &mut Card,
    answer: &HistoryAnswer,
    id: LogId,
    at: Moment,
    device: &str,
) -> Result<Review> {
    let entry = decks.of(card.deck)?;
    let day = at.study_day(entry.settings.day_start);
    if let Some(state) = answer.state.and_then(CardState::from_number) {
        card.memory.state = state;
    }
    let right = answer.rating != Rating::Again;
    // Nobody says what was shown: the rating is taken at its word, as other trainers do.
    let evidence = Evidence { right, rating: answer.rating, confidence: Confidence::Stated, guess: Guess::NONE };
    let outcome = entry.scheduler(context.mixed_seed()).outcome(&card.memory, card.uid, &evidence, at, day);
    let review = Review {
        id,
        card: card.card,
        at,
        day,
        rating: answer.rating,
        kind: ReviewKind::from(card.memory.state),
        confidence: evidence.confidence,
        right,
        overruled: false,
        sure: None,
        typed: None,
        picked: Vec::new(),
        shown: Vec::new(),
        order_seed: card.memory.repetitions,
        guess: Guess::NONE,
        took_ms: answer.took_ms,
        device: device.into(),
        due: outcome.due,
        practice: false,
    };
    entry.replayer.answer(&mut card.memory, &review);
    Ok(review)
}
