//! The way to an exam: what the days before it come to, as planned and otherwise.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use super::input::SimulationInput;
use super::outlook::{KnownCard, PlanOutlook};
use crate::error::{Error, Result};
use crate::memory::{Elapsed, Model};
use crate::model::{QuestionId, Settings, StudyDay, shell_word};
use crate::stats::Score;
use crate::store::Reader;
use crate::study::decks::{DeckEntry, Decks, outermost_names};
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};
use crate::study::score::Foresight;

/// As many cards are simulated for each way, at the least.
const CARDS_FOR_A_WAY: usize = 2_000;
/// What a little more time is, in minutes a day.
const MORE: u32 = 10;
const LONGEST_DAY: u32 = 1_440;

/// A way to the exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExamWay {
    /// The score at its end.
    pub score: Score,
    /// Minutes a day.
    pub minutes: f64,
}

/// A topic on the way to the exam.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicPlan {
    /// The topic's name; `None` for questions without a topic.
    pub name: Option<String>,
    /// Its questions.
    pub questions: usize,
    /// Those seen so far.
    pub seen: usize,
    /// The score today.
    pub now: Score,
    /// The score on the day of the exam, as planned.
    pub planned: Score,
}

/// The way to an exam.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamPlan {
    /// The deck.
    pub deck: String,
    /// Today.
    pub today: StudyDay,
    /// The day of the exam.
    pub exam: StudyDay,
    /// Days until then, today among them.
    pub days: u32,
    /// Cards.
    pub cards: usize,
    /// Cards never seen.
    pub unseen: usize,
    /// Cards that will not have been seen on the day, as planned.
    pub unseen_on_the_day: f64,
    /// New cards a day that see all in time.
    pub new_per_day_needed: usize,
    /// Whether a time per day is set.
    pub time_is_set: bool,
    /// If the exam were today.
    pub now: ExamWay,
    /// Without another answer.
    pub stopped: ExamWay,
    /// As the settings say.
    pub planned: ExamWay,
    /// With ten minutes a day more.
    pub more: ExamWay,
    /// Topic by topic.
    pub topics: Vec<TopicPlan>,
}

/// The ways to the exams of a deck and the decks in it, or of all, by day.
pub(in crate::study) fn exam_plans(
    reader: Reader<'_>,
    deck: Option<&str>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Vec<ExamPlan>> {
    let decks = Decks::load(reader)?;
    let today = present.today;
    let chosen = decks.named(deck)?;
    let mut exams: BTreeMap<StudyDay, Vec<&DeckEntry>> = BTreeMap::new();
    for entry in &chosen {
        if let Some(exam) = entry.settings.exam.filter(|exam| *exam > today) {
            exams.entry(exam).or_default().push(entry);
        }
    }
    if exams.is_empty() {
        return Err(no_exam(&chosen, deck, today));
    }
    let mut plans = Vec::new();
    for (exam, entries) in exams {
        let name = deck.map_or_else(|| outermost_names(&entries), str::to_owned);
        plans.push(plan_of(reader, &decks, &entries, name, exam, (present, &mut *watch))?);
    }
    Ok(plans)
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
    let deck = deck.map_or_else(|| "DECK".into(), shell_word);
    Error::person(what).hint(format!("write `retain deck set {deck} exam=YYYY-MM-DD`"))
}

fn plan_of(
    reader: Reader<'_>,
    decks: &Decks,
    entries: &[&DeckEntry],
    name: String,
    exam: StudyDay,
    (present, watch): (Present, &mut Watch<'_>),
) -> Result<ExamPlan> {
    let input = SimulationInput::load(reader, decks, entries, false, present)?;
    if input.cards().is_empty() {
        return Err(Error::person(format!("there are no cards in `{name}` to learn for the exam"))
            .hint("import a bank, or take cards back into the schedule with `retain card unsuspend`"));
    }
    let foresight = Foresight::load(reader, decks)?;
    let outlook = PlanOutlook::new(&input, &foresight);
    let days = exam.since(input.present.today);
    let runs = input.runs(CARDS_FOR_A_WAY);
    let all = u64::from(days) * u64::from(runs) * 2;
    let steps = Mutex::new(Steps::new(watch, "looking ahead", all));
    let tick = || steps.lock().map_or(Ok(()), |mut steps| steps.step());
    let as_set = ahead(&input, &outlook, exam, runs, |_| (), tick)?;
    // If no time per day is set, a little more is more than what the limits take.
    let minutes =
        entries.iter().filter_map(|entry| entry.settings.minutes_per_day).max().map_or(as_set.minutes, f64::from);
    let longer = (minutes.ceil() as u32 + MORE).min(LONGEST_DAY);
    // Where every card that gains has its room on every day, more time changes nothing.
    let with_more = if as_set.was_short {
        let adjust = |settings: &mut Settings| settings.minutes_per_day = Some(longer);
        Some(ahead(&input, &outlook, exam, runs, adjust, tick)?)
    } else {
        None
    };
    let more = with_more.as_ref().unwrap_or(&as_set);
    let unseen = input.unseen();
    let tomorrow = present.today.plus(1);
    let now = still(&input, &outlook, decks, tomorrow);
    let stopped = still(&input, &outlook, decks, exam);
    let (of_now, of_exam) = (outlook.outcomes(tomorrow), outlook.outcomes(exam));
    let on_the_day =
        |known: &[KnownCard], minutes| ExamWay { score: outlook.score(known, &of_exam, &stopped, None), minutes };
    Ok(ExamPlan {
        deck: name,
        today: present.today,
        exam,
        days,
        cards: input.cards().len(),
        unseen,
        unseen_on_the_day: as_set.unseen,
        new_per_day_needed: unseen.div_ceil(days.max(1) as usize),
        time_is_set: entries.iter().any(|entry| entry.settings.minutes_per_day.is_some()),
        now: ExamWay { score: outlook.score(&now, &of_now, &now, None), minutes: 0.0 },
        stopped: on_the_day(&stopped, 0.0),
        planned: on_the_day(&as_set.known, as_set.minutes),
        more: on_the_day(&more.known, more.minutes),
        topics: topics(&input, |name| {
            let planned = outlook.score(&as_set.known, &of_exam, &stopped, Some(name));
            (outlook.score(&now, &of_now, &now, Some(name)), planned)
        }),
    })
}

struct Ahead {
    known: Vec<KnownCard>,
    minutes: f64,
    unseen: f64,
    /// Whether cards that would have gained had no room.
    was_short: bool,
}

/// One of several courses to the exam.
struct CourseRun {
    recall: Vec<Option<f64>>,
    seconds: f64,
    was_short: bool,
}

/// Lives through the days before the exam, several times, on all cores.
fn ahead(
    input: &SimulationInput<'_>,
    outlook: &PlanOutlook<'_>,
    exam: StudyDay,
    runs: u32,
    adjust: impl Fn(&mut Settings) + Sync,
    tick: impl Fn() -> Result<()> + Sync,
) -> Result<Ahead> {
    let days = exam.since(input.present.today);
    let live = |run: u32| -> Result<CourseRun> {
        let mut simulation = input.simulation(&adjust, run);
        simulation.to_the_exams = true;
        let mut seconds = 0.0;
        for _ in 0..days {
            seconds += simulation.day().seconds;
            tick()?;
        }
        Ok(CourseRun { recall: simulation.recall_on(exam).collect(), seconds, was_short: simulation.was_short })
    };
    let cores = u32::try_from(thread::available_parallelism().map_or(1, NonZero::get)).unwrap_or(1).min(runs);
    let mut lived: Vec<(u32, CourseRun)> = Vec::new();
    if cores < 2 {
        for run in 0..runs {
            lived.push((run, live(run)?));
        }
    } else {
        thread::scope(|scope| {
            let live = &live;
            let share = |first: u32| -> Result<Vec<(u32, CourseRun)>> {
                (first..runs).step_by(cores as usize).map(|run| Ok((run, live(run)?))).collect()
            };
            let threads: Vec<_> = (0..cores).map(|first| scope.spawn(move || share(first))).collect();
            for thread in threads {
                let stopped = |_| Error::fault("a look ahead stopped").hint("please report this");
                lived.extend(thread.join().map_err(stopped)??);
            }
            Ok::<(), Error>(())
        })?;
        // A sum of numbers depends on their order.
        lived.sort_by_key(|(run, _)| *run);
    }
    let mut sums = vec![(0.0, 0_u32); input.cards().len()];
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
fn still(input: &SimulationInput<'_>, outlook: &PlanOutlook<'_>, decks: &Decks, day: StudyDay) -> Vec<KnownCard> {
    input
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
fn topics(input: &SimulationInput<'_>, scores: impl Fn(&Option<String>) -> (Score, Score)) -> Vec<TopicPlan> {
    let mut names: Vec<&Option<String>> = input.about.iter().map(|about| &about.topic).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let own = input.cards().iter().zip(&input.about).filter(|(_, about)| about.topic == *name);
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
