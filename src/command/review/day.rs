//! The cards of a day: what is due in the chosen decks, laid out in order.

use super::exam::ExamQueue;
use crate::command::decks::{DeckEntry, Decks};
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{DeckId, Moment, ReviewKind, StudyDay};
use crate::schedule::{Allowance, DeckLimit, DueCard, NewCard, StepCard, days_to_exam, plan_day};
use crate::session::{Agenda, Queued, Waiting};
use crate::store::{QueueFilter, Reader};

/// What to review.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) deck: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) new: Option<u32>,
    pub(super) ahead: u32,
}

/// What was chosen.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) agenda: Agenda,
    pub(super) decks: Vec<DeckId>,
    pub(super) today: StudyDay,
}

/// The cards of today under the limits that are left.
pub(super) fn choose(reader: Reader<'_>, decks: &Decks, choice: &Choice, now: Moment) -> Result<Chosen> {
    let chosen = decks.named(choice.deck.as_deref())?;
    let defaults = reader.default_settings()?;
    let today = now.study_day(defaults.day_start);
    let until = today.plus(choice.ahead);
    let filter = QueueFilter { topic: choice.topic.clone(), tag: choice.tag.clone() };
    let mut allowance = Allowance::new(&limits(reader, decks, choice.new, now, today)?);
    let (mut steps, mut due, mut new) = (Vec::new(), Vec::new(), Vec::new());
    let mut exams = ExamQueue::new(reader, decks, now, today, choice.new)?;
    for entry in &chosen {
        let deck = entry.deck.id;
        steps.extend(reader.step_cards(deck, today, &filter)?.into_iter().map(|row| StepCard {
            card: row.card,
            state: row.state,
            due_ms: row.due_ms,
        }));
        if exams.add(entry, &filter)? {
            continue;
        }
        due.extend(reader.due_cards(deck, today, until, &filter)?.into_iter().map(|row| {
            let days = today.since(row.last_day);
            let elapsed = Elapsed::whole_days(days);
            let retrievability = entry.replayer.model.retrievability(row.memory, elapsed);
            DueCard { card: row.card, deck, topic: row.topic, retrievability }
        }));
        let most = allowance.new_left(deck);
        new.extend(reader.new_cards(deck, today, most, &filter)?.into_iter().map(|row| NewCard {
            card: row.card,
            deck,
            topic: row.topic,
        }));
    }
    // How a day is mixed is one matter for all the decks in it: the chosen deck's, or the default.
    let settings =
        if choice.deck.is_some() { chosen.first().map_or(&defaults, |entry| &entry.settings) } else { &defaults };
    let before_exams = exams.choose(&mut allowance);
    let plan = plan_day(steps, due, &new, &mut allowance, settings.mix, settings.interleave_topics);
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
