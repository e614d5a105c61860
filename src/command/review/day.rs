//! The cards of a day: what is due in the chosen decks, laid out in order.

use std::collections::HashSet;

use super::exam::ExamQueue;
use crate::command::decks::{DeckEntry, Decks};
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, DeckId, Moment, NewOrder, QuestionId, ReviewKind, Settings, StudyDay};
use crate::schedule::{Allowance, Day, DayOrder, DeckLimit, DueCard, NewCard, StepCard, days_to_exam, plan_day};
use crate::session::{Agenda, Queued, Waiting};
use crate::store::{NewRow, QueueFilter, Reader};

/// What to review.
#[derive(Clone, Debug, Default)]
pub(in crate::command) struct Choice {
    pub(in crate::command) deck: Option<String>,
    pub(in crate::command) topic: Option<String>,
    pub(in crate::command) tag: Option<String>,
    pub(in crate::command) new: Option<u32>,
    pub(in crate::command) ahead: u32,
}

/// What was chosen.
#[derive(Debug)]
pub(in crate::command) struct Chosen {
    pub(in crate::command) agenda: Agenda,
    pub(in crate::command) decks: Vec<DeckId>,
    pub(in crate::command) today: StudyDay,
}

/// The cards of today under the limits that are left. `seed` is the person's `RETAIN_SEED`, 0 without one.
pub(in crate::command) fn choose(
    reader: Reader<'_>,
    decks: &Decks,
    choice: &Choice,
    now: Moment,
    seed: u64,
) -> Result<Chosen> {
    let chosen = decks.named(choice.deck.as_deref())?;
    let defaults = reader.default_settings()?;
    let today = now.study_day(defaults.day_start);
    let until = today.plus(choice.ahead);
    let filter = QueueFilter { topic: choice.topic.clone(), tag: choice.tag.clone() };
    let mut allowance = Allowance::new(&limits(reader, decks, choice.new, now, today)?);
    let answered = reader.answered_today(now, today)?;
    // How a day is laid out is one matter for all the decks in it.
    let named = choice.deck.as_ref().and_then(|_| chosen.first()).map(|entry| &entry.settings);
    let settings = agreed(&chosen).or(named).unwrap_or(&defaults);
    let order = DayOrder::of(settings);
    let (mut steps, mut due, mut new) = (Vec::new(), Vec::new(), Vec::new());
    let mut exams = ExamQueue::new(reader, decks, now, today, choice.new)?;
    for (deck_place, entry) in chosen.iter().enumerate() {
        let deck = entry.deck.id;
        let apart = |question| entry.settings.bury_siblings.then_some(question);
        steps.extend(reader.step_cards(deck, today, &filter)?.into_iter().map(|row| StepCard {
            card: row.card,
            question: apart(row.question),
            state: row.state,
            due_ms: row.due_ms,
        }));
        if exams.add(entry, &filter)? {
            continue;
        }
        due.extend(reader.due_cards(deck, today, until, &filter)?.into_iter().map(|row| {
            let elapsed = Elapsed::whole_days(today.since(row.last_day));
            DueCard {
                card: row.card,
                question: apart(row.question),
                deck,
                deck_place,
                topic: row.topic,
                retrievability: entry.replayer.model.retrievability(row.memory, elapsed),
                difficulty: row.memory.difficulty,
                due: row.due,
                last: row.last_day,
            }
        }));
        let most = (order.new == NewOrder::Bank).then(|| allowance.new_left(deck));
        let rows = new_rows(reader, entry, today, most, &filter, &answered)?;
        let card = |row: NewRow| NewCard { card: row.card, question: apart(row.question), deck, topic: row.topic };
        new.extend(rows.into_iter().map(card));
    }
    let before_exams = exams.choose(&mut allowance);
    let plan = plan_day(Day { today, steps, due, new, answered, order, seed }, &mut allowance);
    let before_exams = before_exams.into_iter().map(|chosen| (chosen.card, chosen.state));
    let rest = before_exams.chain(plan.rest).map(|(card, state)| Queued { card, state }).collect();
    let waiting = plan
        .steps
        .into_iter()
        .map(|step| Waiting { queued: Queued { card: step.card, state: step.state }, due_ms: step.due_ms })
        .collect();
    Ok(Chosen {
        agenda: Agenda::new(rest, waiting, settings.learn_ahead),
        decks: chosen.iter().map(|entry| entry.deck.id).collect(),
        today,
    })
}

/// The settings by which all these decks lay out a day, where they agree.
fn agreed<'a>(decks: &[&'a DeckEntry]) -> Option<&'a Settings> {
    let (first, others) = decks.split_first()?;
    let layout = |entry: &DeckEntry| (DayOrder::of(&entry.settings), entry.settings.learn_ahead);
    others.iter().all(|other| layout(other) == layout(first)).then_some(&first.settings)
}

/// The first new cards of a deck, enough to fill `most` places with cards of different questions; all where `most` is none.
fn new_rows(
    reader: Reader<'_>,
    entry: &DeckEntry,
    today: StudyDay,
    most: Option<u32>,
    filter: &QueueFilter,
    answered: &[(QuestionId, CardId)],
) -> Result<Vec<NewRow>> {
    let mut limit = most;
    loop {
        let rows = reader.new_cards(entry.deck.id, today, limit, filter)?;
        let (Some(most), Some(asked_for)) = (most, limit) else {
            return Ok(rows);
        };
        let all = rows.len() < asked_for as usize;
        if all || !entry.settings.bury_siblings {
            return Ok(rows);
        }
        let mut questions: HashSet<QuestionId> = rows.iter().map(|row| row.question).collect();
        for (question, _) in answered {
            questions.remove(question);
        }
        if questions.len() >= most as usize {
            return Ok(rows);
        }
        limit = Some(asked_for.saturating_mul(4).max(64));
    }
}

/// The limits of every deck and what was used of them today.
pub(in crate::command) fn limits(
    reader: Reader<'_>,
    decks: &Decks,
    new: Option<u32>,
    now: Moment,
    today: StudyDay,
) -> Result<Vec<DeckLimit>> {
    let done = reader.today(now, today)?;
    let count = |deck: DeckId, kind: ReviewKind| {
        done.iter().filter(|row| row.deck == deck && row.kind == kind).map(|row| row.answers).sum()
    };
    // Before an exam, cards are asked ahead of their time, and that is what the limit is spent on.
    let before_time =
        |entry: &DeckEntry| days_to_exam(&entry.settings, today).map_or(0, |_| count(entry.deck.id, ReviewKind::Ahead));
    Ok(decks
        .all()
        .iter()
        .map(|entry| DeckLimit {
            deck: entry.deck.clone(),
            new_per_day: new.unwrap_or(entry.settings.new_per_day),
            reviews_per_day: entry.settings.reviews_per_day,
            // A number of new cards that was asked for is on top of everything.
            new_ignores_review_limit: new.is_some() || entry.settings.new_ignores_review_limit,
            new_done: if new.is_some() { 0 } else { count(entry.deck.id, ReviewKind::New) },
            reviews_done: count(entry.deck.id, ReviewKind::Review) + before_time(entry),
        })
        .collect())
}
