//! The cards of a day: what is due in the chosen decks, laid out in order.

use std::collections::{BTreeMap, HashMap, HashSet};

mod asked;
mod exam_queue;
mod reading;
mod request;
mod retake;
mod since;

pub use request::ReviewRequest;
pub use since::{Since, parse_since};

pub(super) use exam_queue::RECENT;

use super::decks::{DeckEntry, Decks};
use super::present::Present;
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardState, DeckId, NewOrder, QuestionId, ReviewKind, Settings, StudyDay};
use crate::schedule::{Allowance, Day, DayOrder, DeckLimit, DueCard, NewCard, StepCard, days_to_exam, plan_day};
use crate::session::{Agenda, Queued, Waiting};
use crate::store::{BegunCounts, NewRow, QueueFilter, Reader, Today};
use asked::AskedToday;
use exam_queue::ExamQueue;
use reading::{DayReading, stands_alone};

/// The cards of a day.
#[derive(Debug)]
pub struct DayPlan {
    /// The cards in the order to be asked.
    pub agenda: Agenda,
    /// The decks that were chosen.
    pub decks: Vec<DeckId>,
    /// The study day.
    pub today: StudyDay,
    /// What today asks of each deck; none in a retake.
    pub work: WorkByDeck,
}

/// How much a day asks for, without the cards.
#[derive(Debug)]
pub(super) struct CountedDay {
    /// What today asks of each deck.
    pub work: WorkByDeck,
    /// How many cards were found in steps and due, before any limit: in the decks whose due cards were all read.
    pub begun: BegunByDeck,
}

/// How many cards of a deck today asks for: within the limits, and with one card of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// New ones.
    pub new: u64,
    /// Those whose learning step ends today.
    pub learning: u64,
    /// Due ones, in a deck without an exam ahead.
    pub due: u64,
    /// Those that were seen and are asked for the exam, whether they are due or not.
    pub for_exam: u64,
}

/// What today asks for, deck by deck; decks without any are left out.
pub type WorkByDeck = BTreeMap<DeckId, Work>;

/// The cards that were seen and wait in each deck.
pub(super) type BegunByDeck = BTreeMap<DeckId, BegunCounts>;

impl std::iter::Sum for Work {
    fn sum<I: Iterator<Item = Self>>(work: I) -> Self {
        work.fold(Self::default(), |sum, work| Self {
            new: sum.new + work.new,
            learning: sum.learning + work.learning,
            due: sum.due + work.due,
            for_exam: sum.for_exam + work.for_exam,
        })
    }
}

impl Work {
    /// All of them.
    pub fn cards(&self) -> u64 {
        self.new + self.learning + self.due + self.for_exam
    }
}

/// Due cards that are read beyond twice those that have room, if only numbers are asked for.
const SPARE: u32 = 64;

/// Why a move put away a card that a review was showing, in the words of the log: such a card had its turn today.
const PUT_AWAY: [&str; 2] = ["buried in a review", "suspended in a review"];

/// What was done today.
pub(super) fn done(reader: Reader<'_>, present: Present) -> Result<Today> {
    reader.today(present.now, present.today, PUT_AWAY)
}

/// The cards of today that are left, under the limits that are left.
pub(super) fn choose(reader: Reader<'_>, decks: &Decks, request: &ReviewRequest, present: Present) -> Result<DayPlan> {
    let (chosen, settings) = chosen(reader, decks, request)?;
    let (agenda, work) = if request.is_retake() {
        (retake::agenda(reader, decks, &chosen, request, present, settings.learn_ahead)?, WorkByDeck::new())
    } else {
        let order = DayOrder::from_settings(&settings);
        let found = of_today(reader, decks, &chosen, request, order, present, DayReading::Cards)?;
        (Agenda::new(found.rest, found.waiting, settings.learn_ahead), found.counts.work)
    };
    Ok(DayPlan { agenda, decks: chosen.iter().map(|entry| entry.deck.id).collect(), today: present.today, work })
}

/// How much is left of today, under the limits that are left: the numbers of [`choose`], in less time where very much is due.
pub(super) fn count_day(
    reader: Reader<'_>,
    decks: &Decks,
    request: &ReviewRequest,
    present: Present,
) -> Result<CountedDay> {
    let (chosen, settings) = chosen(reader, decks, request)?;
    if request.is_retake() {
        return Ok(CountedDay { work: WorkByDeck::new(), begun: BegunByDeck::new() });
    }
    let order = DayOrder::from_settings(&settings);
    let found = of_today(reader, decks, &chosen, request, order, present, DayReading::Numbers)?;
    let found = if found.enough {
        found
    } else {
        of_today(reader, decks, &chosen, request, order, present, DayReading::Cards)?
    };
    Ok(found.counts)
}

/// The decks that are asked for, and the settings by which the day is laid out.
fn chosen<'a>(reader: Reader<'_>, decks: &'a Decks, request: &ReviewRequest) -> Result<(Vec<&'a DeckEntry>, Settings)> {
    decks.confirm_kept(reader)?;
    let chosen = decks.named(request.deck.as_deref())?;
    request.check(reader, &chosen)?;
    // How a day is laid out is one matter for all the decks in it.
    let named = request.deck.as_ref().and_then(|_| chosen.first()).map(|entry| &entry.settings);
    let settings = match agreed(&chosen).or(named) {
        Some(settings) => settings.clone(),
        None => reader.default_settings()?,
    };
    Ok((chosen, settings))
}

/// What was found of a day.
struct FoundToday {
    rest: Vec<Queued>,
    waiting: Vec<Waiting>,
    counts: CountedDay,
    /// Whether enough was read for the numbers to be right.
    enough: bool,
}

fn of_today(
    reader: Reader<'_>,
    decks: &Decks,
    chosen: &[&DeckEntry],
    request: &ReviewRequest,
    order: DayOrder,
    present: Present,
    reading: DayReading,
) -> Result<FoundToday> {
    let Present { now, today, day_start, seed } = present;
    let until = today.plus(request.ahead);
    let filter = request.filter();
    let done = done(reader, present)?;
    let asked = AskedToday::load(reader, &done, &filter)?;
    let mut allowance = Allowance::new(&limits_after(decks, request, &done, today));
    let (mut steps, mut due, mut new) = (Vec::new(), Vec::new(), Vec::new());
    let mut in_steps: HashMap<CardId, DeckId> = HashMap::new();
    let mut exams = ExamQueue::new(reader, decks, &done, today, request.new);
    let (mut ordinary, mut begun) = (Vec::new(), BegunByDeck::new());
    let (mut in_part, mut full, mut doubtful) = (false, Vec::new(), Vec::new());
    let surely_wrong = reader.surely_wrong()?;
    for (deck_place, entry) in chosen.iter().enumerate() {
        let deck = entry.deck.id;
        let apart = |question| entry.settings.bury_siblings.then_some(question);
        let rows = reader.step_cards(deck, today, &filter)?;
        let learning = rows.len() as u64;
        let wanted = rows.into_iter().filter(|row| filter.takes(row.state) || asked.began_as(row.card, &filter));
        for row in wanted {
            in_steps.insert(row.card, deck);
            let question = apart(row.question);
            steps.push(StepCard { card: row.card, question, state: row.state, due_ms: row.due_ms });
        }
        if exams.add(entry, &filter)? {
            continue;
        }
        ordinary.push(deck);
        let brief = reading == DayReading::Numbers && stands_alone(chosen, entry);
        let room = allowance.reviews_left(deck);
        // Twice as many as have room: some may be cards of one question.
        let most_due = brief.then(|| room.saturating_mul(2).saturating_add(SPARE));
        let (before, mut read) = (due.len(), 0);
        reader.each_due_card(deck, today, until, most_due, &filter, |row| {
            read += 1;
            // What was answered today and comes back within the days asked for has had its turn.
            if row.due > today && row.last_day >= today {
                return;
            }
            let elapsed = Elapsed::whole_days(today.since(row.last_day));
            due.push(DueCard {
                card: row.card,
                question: apart(row.question),
                deck,
                deck_place,
                topic: row.topic,
                retrievability: entry.replayer.model.retrievability(row.memory, elapsed),
                difficulty: row.memory.difficulty,
                due: row.due,
                last: row.last_day,
                surely_wrong: surely_wrong.contains(&row.card),
            });
        })?;
        if most_due.is_some_and(|most| read >= most) {
            full.push((deck, u64::from(room)));
            in_part = true;
        } else {
            begun.insert(deck, BegunCounts { learning, due: (due.len() - before) as u64 });
        }
        in_part |= brief && order.new != NewOrder::Bank;
        let most = (brief || order.new == NewOrder::Bank).then(|| allowance.new_left(deck));
        let rows = new_rows(reader, entry, today, most, &filter, asked.questions())?;
        if brief && entry.settings.bury_siblings {
            doubtful.extend(rows.iter().map(|row| row.question));
        }
        let card = |row: NewRow, asked| NewCard {
            card: row.card,
            question: apart(row.question),
            deck,
            topic: row.topic,
            asked,
        };
        let mut cards: Vec<NewCard> = rows.into_iter().map(|row| card(row, false)).collect();
        if order.new == NewOrder::Topics {
            cards.extend(asked.new_of(deck).map(|row| card(row, true)));
            cards.sort_unstable_by_key(|card| card.card);
        }
        new.append(&mut cards);
    }
    // Which of the due cards have a place matters to new cards of the same questions.
    let mut enough = !in_part || !reader.have_siblings(&doubtful)?;
    let before_exams = exams.choose(&mut allowance);
    let answered = asked.questions().to_vec();
    let day = Day { today, steps, due, new, answered, begun: asked.begun(&ordinary), order, seed };
    let plan = plan_day(day, &mut allowance);
    let due_in = |deck: &DeckId| plan.places.get(deck).map_or(0, |places| places.due);
    enough &= full.iter().all(|(deck, room)| due_in(deck) == *room);
    let mut work = WorkByDeck::new();
    for card in &before_exams {
        let of_deck = work.entry(card.deck).or_default();
        *(if card.state == CardState::New { &mut of_deck.new } else { &mut of_deck.for_exam }) += 1;
    }
    for (deck, places) in &plan.places {
        let of_deck = work.entry(*deck).or_default();
        of_deck.new += places.new;
        of_deck.due += places.due;
    }
    let tomorrow = now.start_of(today.plus(1), day_start);
    for step in plan.steps.iter().filter(|step| step.due_ms < tomorrow) {
        if let Some(deck) = in_steps.get(&step.card) {
            work.entry(*deck).or_default().learning += 1;
        }
    }
    let before_exams = before_exams.into_iter().map(|chosen| (chosen.card, chosen.state));
    let rest = before_exams.chain(plan.rest).map(|(card, state)| Queued { card, state }).collect();
    let waiting = plan
        .steps
        .into_iter()
        .map(|step| Waiting { queued: Queued { card: step.card, state: step.state }, due_ms: step.due_ms })
        .collect();
    Ok(FoundToday { rest, waiting, counts: CountedDay { work, begun }, enough })
}

/// The settings by which all these decks lay out a day, if they agree.
fn agreed<'a>(decks: &[&'a DeckEntry]) -> Option<&'a Settings> {
    let (first, others) = decks.split_first()?;
    let layout = |entry: &DeckEntry| (DayOrder::from_settings(&entry.settings), entry.settings.learn_ahead);
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
pub(super) fn limits(reader: Reader<'_>, decks: &Decks, new: Option<u32>, present: Present) -> Result<Vec<DeckLimit>> {
    let request = ReviewRequest { new, ..ReviewRequest::default() };
    Ok(limits_after(decks, &request, &done(reader, present)?, present.today))
}

fn limits_after(decks: &Decks, request: &ReviewRequest, done: &Today, today: StudyDay) -> Vec<DeckLimit> {
    let count = |deck: DeckId, kind: ReviewKind| {
        let answers = done.totals.iter().filter(|row| row.deck == deck && row.kind == kind && !row.practice);
        let put_away = done.asked.iter().filter(|row| row.deck == deck && row.kind == kind && !row.answered);
        answers.map(|row| row.answers).sum::<u32>() + u32::try_from(put_away.count()).unwrap_or(u32::MAX)
    };
    // Before an exam, and on request, cards are asked ahead of their time, and that is what the limit is spent on.
    let before_time = |entry: &DeckEntry| {
        let asked = request.ahead > 0 || days_to_exam(&entry.settings, today).is_some();
        if asked { count(entry.deck.id, ReviewKind::Ahead) } else { 0 }
    };
    // More than today's limits means more than was done, where that is more.
    let raised = |limit: u32, done: u32| match request.more {
        0 => limit,
        more => limit.max(done).saturating_add(more),
    };
    let limit = |entry: &DeckEntry| {
        let new_done = if request.new.is_some() { 0 } else { count(entry.deck.id, ReviewKind::New) };
        let reviews_done = count(entry.deck.id, ReviewKind::Review) + before_time(entry);
        DeckLimit {
            deck: entry.deck.clone(),
            new_per_day: raised(request.new.unwrap_or(entry.settings.new_per_day), new_done),
            reviews_per_day: raised(entry.settings.reviews_per_day, reviews_done + new_done),
            // A number of new cards that was asked for is on top of everything.
            new_ignores_review_limit: request.new.is_some() || entry.settings.new_ignores_review_limit,
            new_done,
            reviews_done,
        }
    };
    decks.all().iter().map(limit).collect()
}
