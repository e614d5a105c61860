//! `retain plan`: the way to the exam.

mod outlook;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

use clap::Args as Arguments;

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::foresight::Foresight;
use super::future::{About, Present};
use crate::error::{Done, Error, Result};
use crate::memory::{Elapsed, Model};
use crate::model::{QuestionId, Settings, StudyDay};
use crate::stats::Score;
use crate::store::Reader;
use crate::ui::paint::Paint;
use crate::ui::plan::{self, Plan, TopicPlan, Way};
use crate::ui::progress;
use outlook::Outlook;

/// As many cards are simulated for each way, at the least.
const CARDS_FOR_A_WAY: usize = 2_000;
/// What a little more time is, in minutes a day.
const MORE: u32 = 10;
const LONGEST_DAY: u32 = 1_440;

/// The way to the exam.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck (with the decks in it) that has an exam date; all that have one where none is named
    deck: Option<String>,
    /// JSON Lines, an object for each exam
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, no exam ahead, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let (_, today) = context.today(reader)?;
    let chosen = decks.named(args.deck.as_deref())?;
    let mut exams: BTreeMap<StudyDay, Vec<&DeckEntry>> = BTreeMap::new();
    for entry in &chosen {
        if let Some(exam) = entry.settings.exam.filter(|exam| *exam > today) {
            exams.entry(exam).or_default().push(entry);
        }
    }
    if exams.is_empty() {
        return Err(no_exam(&chosen, args.deck.as_deref(), today));
    }
    for (exam, entries) in exams {
        let name = args.deck.clone().unwrap_or_else(|| names(&entries));
        let plan = plan_of(context, reader, &decks, &entries, name, exam)?;
        let text = if args.json { plan::json(&plan)? } else { plan::text(&plan, Paint::new(context.color_out())) };
        context.print(&text)?;
    }
    Ok(Done::Whole)
}

fn no_exam(entries: &[&DeckEntry], deck: Option<&str>, today: StudyDay) -> Error {
    let past = entries.iter().filter_map(|entry| entry.settings.exam).max();
    let whose = deck.map_or_else(|| "no deck".into(), |deck| format!("`{deck}`"));
    let what = match past {
        Some(exam) if exam == today => format!("the exam is today, {exam}"),
        Some(exam) => format!("the exam was on {exam}"),
        None if deck.is_some() => format!("{whose} has no exam date"),
        None => format!("{whose} has an exam date"),
    };
    Error::person(what).hint(format!("write `retain deck set {} exam=YYYY-MM-DD`", deck.unwrap_or("DECK")))
}

/// The outermost decks.
pub(super) fn names(entries: &[&DeckEntry]) -> String {
    let inner = |entry: &&&DeckEntry| {
        !entries.iter().any(|other| other.deck.id != entry.deck.id && entry.deck.is_within(&other.deck.name))
    };
    entries.iter().filter(inner).map(|entry| entry.deck.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn plan_of(
    context: &Context,
    reader: Reader<'_>,
    decks: &Decks,
    entries: &[&DeckEntry],
    name: String,
    exam: StudyDay,
) -> Result<Plan> {
    let present = Present::read(context, reader, decks, entries, false)?;
    if present.cards().is_empty() {
        return Err(Error::person(format!("there are no cards in `{name}` to learn for the exam"))
            .hint("import a bank, or take cards back into the schedule with `retain card unsuspend`"));
    }
    let foresight = Foresight::read(reader, decks)?;
    let outlook = Outlook::new(&present, &foresight);
    let days = exam.since(present.today);
    let runs = present.runs(CARDS_FOR_A_WAY);
    let bar = progress::bar(u64::from(days) * u64::from(runs) * 2, "looking ahead", context.quiet);
    let as_set = ahead(&present, &outlook, exam, runs, |_| (), || bar.inc(1))?;
    // Where no time per day is set, a little more is more than what the limits take.
    let minutes =
        entries.iter().filter_map(|entry| entry.settings.minutes_per_day).max().map_or(as_set.minutes, f64::from);
    let longer = (minutes.ceil() as u32 + MORE).min(LONGEST_DAY);
    // Where every card that gains has its room on every day, more time changes nothing.
    let with_more = if as_set.was_short {
        let adjust = |settings: &mut Settings| settings.minutes_per_day = Some(longer);
        Some(ahead(&present, &outlook, exam, runs, adjust, || bar.inc(1))?)
    } else {
        None
    };
    let more = with_more.as_ref().unwrap_or(&as_set);
    bar.finish_and_clear();
    let unseen = present.unseen();
    let tomorrow = present.today.plus(1);
    let now = still(&present, &outlook, decks, tomorrow);
    let stopped = still(&present, &outlook, decks, exam);
    let (of_now, of_exam) = (outlook.outcomes(tomorrow), outlook.outcomes(exam));
    let on_the_day = |known: &[Known], minutes| Way { score: outlook.score(known, &of_exam, &stopped, None), minutes };
    Ok(Plan {
        deck: name,
        today: present.today,
        exam,
        days,
        cards: present.cards().len(),
        unseen,
        unseen_on_the_day: as_set.unseen,
        new_per_day_needed: unseen.div_ceil(days.max(1) as usize),
        time_is_set: entries.iter().any(|entry| entry.settings.minutes_per_day.is_some()),
        now: Way { score: outlook.score(&now, &of_now, &now, None), minutes: 0.0 },
        stopped: on_the_day(&stopped, 0.0),
        planned: on_the_day(&as_set.known, as_set.minutes),
        more: on_the_day(&more.known, more.minutes),
        topics: topics(&present, |name| {
            let planned = outlook.score(&as_set.known, &of_exam, &stopped, Some(name));
            (outlook.score(&now, &of_now, &now, Some(name)), planned)
        }),
    })
}

/// Whether a card is known, and was seen: means over the runs.
type Known = (f64, bool);

struct Ahead {
    known: Vec<Known>,
    minutes: f64,
    unseen: f64,
    /// Whether cards that would have gained had no room.
    was_short: bool,
}

/// One of several courses to the exam.
struct Run {
    recall: Vec<Option<f64>>,
    seconds: f64,
    was_short: bool,
}

/// Lives through the days before the exam, several times, on all cores.
fn ahead(
    present: &Present<'_>,
    outlook: &Outlook<'_>,
    exam: StudyDay,
    runs: u32,
    adjust: impl Fn(&mut Settings) + Sync,
    tick: impl Fn() + Sync,
) -> Result<Ahead> {
    let days = exam.since(present.today);
    let live = |run: u32| {
        let mut simulation = present.simulation(&adjust, run);
        simulation.to_the_exams = true;
        let mut seconds = 0.0;
        for _ in 0..days {
            seconds += simulation.day().seconds;
            tick();
        }
        Run { recall: simulation.recall_on(exam).collect(), seconds, was_short: simulation.was_short }
    };
    let cores = u32::try_from(thread::available_parallelism().map_or(1, NonZero::get)).unwrap_or(1).min(runs);
    let mut lived: Vec<(u32, Run)> = Vec::new();
    if cores < 2 {
        lived.extend((0..runs).map(|run| (run, live(run))));
    } else {
        thread::scope(|scope| {
            let live = &live;
            let part = |first: u32| move || (first..runs).step_by(cores as usize).map(|run| (run, live(run))).collect();
            let threads: Vec<thread::ScopedJoinHandle<'_, Vec<(u32, Run)>>> =
                (0..cores).map(|first| scope.spawn(part(first))).collect();
            for thread in threads {
                let stopped = |_| Error::fault("a look ahead stopped").hint("please report this");
                lived.extend(thread.join().map_err(stopped)?);
            }
            Ok::<(), Error>(())
        })?;
        // A sum of numbers depends on their order.
        lived.sort_by_key(|(run, _)| *run);
    }
    let mut sums = vec![(0.0, 0_u32); present.cards().len()];
    let (mut seconds, mut unseen, mut was_short) = (0.0, 0, false);
    for (_, run) in lived {
        seconds += run.seconds;
        was_short |= run.was_short;
        for ((sum, seen), recall) in sums.iter_mut().zip(run.recall) {
            *sum += recall.unwrap_or(0.0);
            *seen += u32::from(recall.is_some());
            unseen += u32::from(recall.is_none());
        }
    }
    let runs = f64::from(runs);
    let prior = |place: usize| outlook.prior(place);
    Ok(Ahead {
        known: sums
            .into_iter()
            .enumerate()
            .map(|(place, (sum, seen))| {
                let share = f64::from(seen) / runs;
                (sum / runs + (1.0 - share) * prior(place), share >= 0.5)
            })
            .collect(),
        minutes: seconds / 60.0 / runs / f64::from(days.max(1)),
        unseen: f64::from(unseen) / runs,
        was_short,
    })
}

/// What is known on a day without another answer.
fn still(present: &Present<'_>, outlook: &Outlook<'_>, decks: &Decks, day: StudyDay) -> Vec<Known> {
    present
        .cards()
        .iter()
        .enumerate()
        .map(|(place, card)| match card.truth {
            Some(state) => {
                let elapsed = Elapsed::whole_days(card.memory.elapsed_days(day).max(1));
                (decks.all()[card.deck].replayer.model.retrievability(state, elapsed), true)
            }
            None => (outlook.prior(place), false),
        })
        .collect()
}

/// The topics, each with its scores now and on the day as planned.
fn topics(present: &Present<'_>, scores: impl Fn(&Option<String>) -> (Score, Score)) -> Vec<TopicPlan> {
    let mut names: Vec<&Option<String>> = present.about.iter().map(|about| &about.topic).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let own = present.cards().iter().zip(&present.about).filter(|(_, about)| about.topic == *name);
            let mut questions: BTreeMap<QuestionId, bool> = BTreeMap::new();
            for (card, about) in own {
                *questions.entry(about.question).or_default() |= card.memory.memory.is_some();
            }
            let (now, planned) = scores(name);
            TopicPlan {
                name: name.clone(),
                questions: questions.len(),
                seen: questions.values().filter(|seen| **seen).count(),
                now,
                planned,
            }
        })
        .collect()
}
