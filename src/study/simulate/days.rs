//! What days in the future cost and give.

use super::input::SimulationInput;
use crate::error::{Error, Result};
use crate::model::{Settings, StudyDay};
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};

/// The retentions among which the recommended one is looked for: the range of the open FSRS tools.
const CURVE_OF: [f64; 11] = [0.70, 0.725, 0.75, 0.775, 0.80, 0.825, 0.85, 0.875, 0.90, 0.925, 0.95];
const BY_DAY: [f64; 3] = [0.85, 0.90, 0.95];
/// As many cards are simulated for each point of a curve, at the least.
const CARDS_FOR_A_POINT: usize = 1_000;
/// As many for a course, of which one is shown.
const CARDS_FOR_A_COURSE: usize = 3_000;
const NO_LIMIT: u32 = 9_999;

/// What to simulate.
#[derive(Clone, Copy, Debug)]
pub struct SimulationRequest<'a> {
    /// The deck, with the decks in it; all decks if `None`.
    pub deck: Option<&'a str>,
    /// How many days.
    pub days: u32,
    /// Desired retentions to compare; what the settings say, or a usual range, if none are named.
    pub retentions: &'a [f64],
    /// New cards a day, instead of what the settings say.
    pub new_per_day: Option<u32>,
}

/// A simulated day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedDay {
    /// The day.
    pub day: StudyDay,
    /// New cards answered.
    pub new: u32,
    /// Answers in learning steps.
    pub learning: u32,
    /// Reviews.
    pub reviews: u32,
    /// Minutes of answering.
    pub minutes: f64,
    /// Cards known in the evening: the recall of those seen, summed.
    pub known: f64,
}

/// Simulated days under one desired retention.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The desired retention; `None` if it is each deck's own.
    pub retention: Option<f64>,
    /// The days.
    pub days: Vec<SimulatedDay>,
}

/// What days in the future cost and give.
#[derive(Clone, Debug, PartialEq)]
pub struct DaysAhead {
    /// The deck; `None` for all.
    pub deck: Option<String>,
    /// Cards in it.
    pub cards: usize,
    /// Those never seen.
    pub unseen: usize,
    /// Cards known today.
    pub known: f64,
    /// The first exam ahead, until which the exam queue decides and not the retention.
    pub exam: Option<StudyDay>,
    /// The courses, each under another retention.
    pub courses: Vec<Course>,
}

/// What one desired retention costs and gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetentionCost {
    /// The desired retention.
    pub retention: f64,
    /// Minutes a day.
    pub minutes: f64,
    /// Minutes of the longest day.
    pub longest: f64,
    /// Cards known at the end.
    pub known: f64,
    /// Cards known at the end besides those known without another answer, for each minute.
    pub per_minute: Option<f64>,
}

/// The retention that gives most knowledge per minute; `None` if there is nothing to do.
pub fn best_retention(points: &[RetentionCost]) -> Option<RetentionCost> {
    points
        .iter()
        .copied()
        .filter(|point| point.per_minute.is_some())
        .max_by(|a, b| a.per_minute.unwrap_or(0.0).total_cmp(&b.per_minute.unwrap_or(0.0)))
}

/// What it costs to know everything by a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CostByDay {
    /// The day.
    pub day: StudyDay,
    /// New cards a day.
    pub new_per_day: usize,
    /// All cards.
    pub cards: usize,
    /// For each retention.
    pub points: Vec<RetentionCost>,
}

/// Simulates the days, once for each retention.
pub(in crate::study) fn simulate(
    reader: Reader<'_>,
    request: &SimulationRequest<'_>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<DaysAhead> {
    let decks = Decks::load(reader)?;
    let entries = decks.named(request.deck)?;
    let input = input_of(reader, &decks, request, present)?;
    let mut retentions: Vec<Option<f64>> = request.retentions.iter().copied().map(Some).collect();
    if retentions.is_empty() {
        retentions.push(None);
    }
    let runs = input.runs(CARDS_FOR_A_COURSE);
    let mut steps = steps(watch, request.days, retentions.len(), runs);
    let courses = retentions.into_iter().map(|retention| course(&input, request, retention, &mut steps));
    Ok(DaysAhead {
        courses: courses.collect::<Result<_>>()?,
        deck: request.deck.map(str::to_owned),
        cards: input.cards().len(),
        unseen: input.unseen(),
        known: input.known_on(present.today),
        exam: entries.iter().filter_map(|entry| entry.settings.exam).filter(|exam| *exam > present.today).min(),
    })
}

/// What each of several retentions costs and gives.
pub(in crate::study) fn compare_retentions(
    reader: Reader<'_>,
    request: &SimulationRequest<'_>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Vec<RetentionCost>> {
    let decks = Decks::load(reader)?;
    let input = input_of(reader, &decks, request, present)?;
    let curve = if request.retentions.is_empty() { &CURVE_OF[..] } else { request.retentions };
    let mut steps = steps(watch, request.days, curve.len(), input.runs(CARDS_FOR_A_POINT));
    let adjust = |settings: &mut Settings| settings.new_per_day = request.new_per_day.unwrap_or(settings.new_per_day);
    curve.iter().map(|retention| point(&input, *retention, request.days, adjust, &mut steps)).collect()
}

/// What it costs to know everything by a day; with `wide`, over the range of retentions from which one is recommended.
pub(in crate::study) fn cost_by_day(
    reader: Reader<'_>,
    request: &SimulationRequest<'_>,
    (day, wide): (StudyDay, bool),
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<CostByDay> {
    let decks = Decks::load(reader)?;
    let input = input_of(reader, &decks, request, present)?;
    let days = day.since(present.today);
    if days == 0 {
        return Err(Error::person(format!("{day} is not ahead")).hint("name a day after today"));
    }
    if days > 3_650 {
        return Err(Error::person(format!("{day} is more than ten years ahead")).hint("name a day before that"));
    }
    let new_per_day = input.unseen().div_ceil(days as usize);
    let adjust = |settings: &mut Settings| {
        settings.new_per_day = u32::try_from(new_per_day).unwrap_or(NO_LIMIT);
        settings.reviews_per_day = u32::MAX;
        settings.new_ignores_review_limit = true;
    };
    let usual = if wide { &CURVE_OF[..] } else { &BY_DAY[..] };
    let curve = if request.retentions.is_empty() { usual } else { request.retentions };
    let mut steps = steps(watch, days, curve.len(), input.runs(CARDS_FOR_A_POINT));
    let points = curve.iter().map(|retention| point(&input, *retention, days, adjust, &mut steps));
    Ok(CostByDay { points: points.collect::<Result<_>>()?, day, new_per_day, cards: input.cards().len() })
}

fn input_of<'a>(
    reader: Reader<'_>,
    decks: &'a Decks,
    request: &SimulationRequest<'_>,
    present: Present,
) -> Result<SimulationInput<'a>> {
    let input = SimulationInput::load(reader, decks, &decks.named(request.deck)?, true, present)?;
    if input.cards().is_empty() {
        return Err(Error::person("there are no cards to simulate").hint("begin with `retain import FILE`"));
    }
    Ok(input)
}

fn steps<'w, 'c>(watch: &'w mut Watch<'c>, days: u32, courses: usize, runs: u32) -> Steps<'w, 'c> {
    Steps::new(watch, "simulating", u64::from(days) * courses as u64 * u64::from(runs))
}

/// Of several courses that chance could take, the one whose minutes are nearest to their mean. One alone may be far from what is to be
/// expected, and a mean of them would ask for fractions of cards.
fn course(
    input: &SimulationInput<'_>,
    request: &SimulationRequest<'_>,
    retention: Option<f64>,
    steps: &mut Steps<'_, '_>,
) -> Result<Course> {
    let courses: Vec<Course> = (0..input.runs(CARDS_FOR_A_COURSE))
        .map(|run| run_of(input, request, retention, run, steps))
        .collect::<Result<_>>()?;
    let minutes = |course: &Course| course.days.iter().map(|day| day.minutes).sum::<f64>();
    let mean = courses.iter().map(minutes).sum::<f64>() / courses.len() as f64;
    let off = |course: &Course| (minutes(course) - mean).abs();
    let nearest = courses.into_iter().min_by(|one, other| off(one).total_cmp(&off(other)));
    Ok(nearest.unwrap_or(Course { retention, days: Vec::new() }))
}

fn run_of(
    input: &SimulationInput<'_>,
    request: &SimulationRequest<'_>,
    retention: Option<f64>,
    run: u32,
    steps: &mut Steps<'_, '_>,
) -> Result<Course> {
    let adjust = |settings: &mut Settings| {
        settings.desired_retention = retention.unwrap_or(settings.desired_retention);
        settings.new_per_day = request.new_per_day.unwrap_or(settings.new_per_day);
    };
    let mut simulation = input.simulation(adjust, run);
    let mut days = Vec::with_capacity(request.days as usize);
    for _ in 0..request.days {
        let day = simulation.today();
        let figures = simulation.day();
        days.push(SimulatedDay {
            day,
            new: figures.new,
            learning: figures.learning,
            reviews: figures.reviews,
            minutes: figures.seconds / 60.0,
            known: simulation.known_on(day.plus(1)),
        });
        steps.step()?;
    }
    Ok(Course { retention, days })
}

/// What a retention costs over some days, as a mean over several runs. The exam queue, which knows no retention, is left out.
fn point(
    input: &SimulationInput<'_>,
    retention: f64,
    days: u32,
    adjust: impl Fn(&mut Settings),
    steps: &mut Steps<'_, '_>,
) -> Result<RetentionCost> {
    let runs = input.runs(CARDS_FOR_A_POINT);
    let adjust = |settings: &mut Settings| {
        settings.desired_retention = retention;
        settings.exam = None;
        adjust(settings);
    };
    let end = input.present.today.plus(days);
    let (mut seconds, mut longest, mut known) = (0.0, 0.0_f64, 0.0);
    for run in 0..runs {
        let mut simulation = input.simulation(adjust, run);
        for _ in 0..days {
            let figures = simulation.day();
            seconds += figures.seconds;
            longest = longest.max(figures.seconds / 60.0);
            steps.step()?;
        }
        known += simulation.known_on(end);
    }
    let runs = f64::from(runs);
    let (minutes, known) = (seconds / 60.0 / runs, known / runs);
    // What would be known anyway was not learnt in these minutes.
    let anyway = input.known_on(end);
    let per_minute = (minutes > 0.0).then(|| (known - anyway) / minutes);
    Ok(RetentionCost { retention, minutes: minutes / f64::from(days.max(1)), longest, known, per_minute })
}
