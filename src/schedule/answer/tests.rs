use proptest::prelude::*;

use super::*;
use crate::memory::{Answering, Fsrs6};
use crate::model::{DayStart, Guess, MemoryState, Review};
use crate::schedule::LOAD_DAYS;

const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };
const TODAY: StudyDay = StudyDay(20_775);

fn replayer() -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
}

fn evidence(rating: Rating) -> Evidence {
    let confidence = if rating == Rating::Good { Confidence::Model } else { Confidence::Stated };
    Evidence { right: rating != Rating::Again, rating, confidence, guess: Guess::NONE }
}

fn in_review(stability: f32, interval: u32, ago: u32) -> CardMemory {
    let last = StudyDay(TODAY.0 - ago as i32);
    CardMemory {
        state: CardState::Review,
        memory: Some(MemoryState { stability, difficulty: 5.0 }),
        due: Some(Due::Day(last.plus(interval))),
        last_day: Some(last),
        last_at: Some(NOW.utc_ms - i64::from(ago) * 86_400_000),
        repetitions: 3,
        ..CardMemory::NEW
    }
}

fn outcomes(card: &CardMemory, settings: &Settings) -> [Outcome; 4] {
    let replayer = replayer();
    let scheduler = Scheduler { replayer: &replayer, settings, seed: 0 };
    Rating::ALL.map(|rating| scheduler.outcome(card, Uuid::NAMESPACE_OID, &evidence(rating), NOW, TODAY))
}

#[test]
fn a_new_card_goes_through_the_steps() {
    let minutes = outcomes(&CardMemory::NEW, &Settings::default()).map(|outcome| match outcome.due {
        Due::At(ms) => (ms - NOW.utc_ms) as f64 / 60_000.0,
        Due::Day(_) => f64::NAN,
    });
    assert_eq!(minutes[..3], [1.0, 5.5, 10.0]);
    assert!(minutes[3].is_nan(), "easy leaves the steps");
    let second = CardMemory { state: CardState::Learning, step: 1, ..CardMemory::NEW };
    assert!(matches!(outcomes(&second, &Settings::default())[2].due, Due::Day(_)));
}

#[test]
fn without_steps_a_card_goes_by_days_at_once() {
    let mut settings = Settings::default();
    settings.set("learning-steps", "none").expect("a value");
    settings.set("relearning-steps", "none").expect("a value");
    for outcome in
        outcomes(&CardMemory::NEW, &settings).into_iter().chain(outcomes(&in_review(20.0, 20, 20), &settings))
    {
        assert!(matches!(outcome.due, Due::Day(day) if day > TODAY));
    }
}

#[test]
fn the_interval_history_of_the_reference_schedulers() {
    // py-fsrs `test_review_card` and ts-fsrs `ivl_history`: good ×6, again ×2, good ×5, each answered when due, without fuzz.
    let settings = Settings { fuzz: false, ..Settings::default() };
    let replayer = replayer();
    let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
    let (mut card, mut at, mut intervals) = (CardMemory::NEW, NOW, Vec::new());
    for number in [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3] {
        let rating = Rating::from_number(number).expect("a rating");
        let day = at.study_day(Default::default());
        let outcome = scheduler.outcome(&card, Uuid::NAMESPACE_OID, &evidence(rating), at, day);
        let review = Review {
            at,
            kind: card.state.into(),
            confidence: evidence(rating).confidence,
            due: outcome.due,
            ..Review::test(day.0, rating)
        };
        replayer.answer(&mut card, &review);
        intervals.push(outcome.interval_days as u32);
        at = match outcome.due {
            Due::At(ms) => Moment { utc_ms: ms, ..at },
            Due::Day(due) => at.plus_ms(i64::from(due.since(day)) * 86_400_000),
        };
    }
    assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
}

#[test]
fn luck_shortens_the_interval_of_a_good_answer() {
    let replayer = replayer();
    let settings = Settings::default();
    let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
    let card = in_review(30.0, 30, 90);
    let lucky = Evidence { guess: Guess::one_of(2), ..evidence(Rating::Good) };
    let days = |evidence| scheduler.outcome(&card, Uuid::NAMESPACE_OID, &evidence, NOW, TODAY).interval_days;
    assert!(days(lucky) < days(evidence(Rating::Good)));
    assert_eq!(days(Evidence { confidence: Confidence::Stated, ..lucky }), days(evidence(Rating::Good)));
}

/// Calendars of the days ahead: without a card, with the few of somebody new, with a full week and an empty one by turns, and one that
/// has yet to fill.
fn calendars() -> [Load; 4] {
    let counts: [fn(u32) -> u32; 4] = [
        |_| 0,
        |ahead| u32::from(ahead % 3 == 0),
        |ahead| 60 * (ahead / 7 % 2) + ahead % 5,
        |ahead| 2_000 / (ahead + 5),
    ];
    counts.map(|on| {
        let days = (0..=LOAD_DAYS).map(|ahead| (TODAY.plus(ahead), on(ahead)));
        Load::new(days, Some(TODAY.plus(LOAD_DAYS)), Vec::new())
    })
}

/// Cards of many stabilities, answered right when they were due, by somebody who may have guessed; each with the interval of what is
/// believed of it then.
fn answered_when_due() -> Vec<(CardMemory, Evidence, f64)> {
    let replayer = replayer();
    let lucky = Evidence { guess: Guess::one_of(3), ..evidence(Rating::Good) };
    (0..120)
        .map(|number| {
            let stability = 0.6 * 1.05_f32.powi(number);
            let interval = (stability.round() as u32).max(1);
            let card = in_review(stability, interval, interval);
            let elapsed = replayer.elapsed(&card, NOW.utc_ms, TODAY);
            let after = Belief::certain(card.memory).after(&replayer, &lucky, elapsed);
            (card, lucky, after.interval_days(&replayer.model, 0.9))
        })
        .collect()
}

#[test]
fn the_mean_of_the_days_is_the_interval_whatever_the_calendar() {
    let replayer = replayer();
    let cards = answered_when_due();
    for balance in ["on", "off"] {
        let settings = settings(&[("load-balance", balance)]);
        let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
        for (number, load) in calendars().iter().enumerate() {
            for (from, to) in [(2.5, 7.0), (7.0, 20.0), (20.0, 300.0)] {
                let (mut meant, mut drawn) = (0.0, 0.0);
                for (card, evidence, interval) in cards.iter().filter(|card| (from..to).contains(&card.2)) {
                    for uid in 0..200 {
                        let outcome = scheduler.outcome_under(card, Uuid::from_u128(uid), evidence, NOW, TODAY, load);
                        meant += interval;
                        drawn += outcome.interval_days;
                    }
                }
                let off = drawn / meant - 1.0;
                assert!(off.abs() < 0.01, "{balance}, calendar {number}, {from} to {to} days: {off}");
            }
        }
    }
}

#[test]
fn a_card_that_the_model_lengthens_comes_back_later_than_the_last_time() {
    let replayer = replayer();
    for pairs in
        [&[][..], &[("load-balance", "off")], &[("easy-days", "1 1 1 0 1 0.2 0")], &[("relearning-steps", "none")]]
    {
        let settings = settings(pairs);
        let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
        for load in calendars() {
            for (card, evidence, interval) in answered_when_due() {
                let last = card.interval_days().expect("an interval");
                for uid in (0..20).map(Uuid::from_u128).filter(|_| interval.round() > last) {
                    let days = scheduler.outcome_under(&card, uid, &evidence, NOW, TODAY, &load).interval_days;
                    assert!(days > last, "{days} after {last}, where the model says {interval}");
                }
            }
        }
    }
}

#[test]
fn hard_and_easy_are_drawn_once_too() {
    // Where the ranges of hard, good and easy do not touch, each has its own interval as its mean.
    let (replayer, settings) = (replayer(), Settings::default());
    let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
    let card = in_review(9.0, 9, 9);
    for rating in [Rating::Hard, Rating::Good, Rating::Easy] {
        let stated = Evidence { confidence: Confidence::Stated, ..evidence(rating) };
        let outcomes: Vec<Outcome> = (0..2_000)
            .map(|uid| scheduler.outcome_under(&card, Uuid::from_u128(uid), &stated, NOW, TODAY, &calendars()[2]))
            .collect();
        let meant = replayer.model.interval_days(outcomes[0].answered.after, 0.9);
        let mean = outcomes.iter().map(|outcome| outcome.interval_days).sum::<f64>() / 2_000.0;
        assert!((mean / meant - 1.0).abs() < 0.01, "{rating:?}: {mean} of {meant}");
    }
}

#[test]
fn cards_at_the_longest_interval_do_not_all_come_back_on_its_day() {
    let capped = settings(&[("maximum-interval", "60")]);
    let mut days: Vec<u32> = over_cards(&in_review(300.0, 30, 30), &capped, &[]).iter().map(|days| days[1]).collect();
    days.sort_unstable();
    days.dedup();
    assert!(days.len() > 3 && days.last() == Some(&60), "{days:?}");
}

#[test]
fn another_due_date_has_another_interval() {
    let [again, ..] = outcomes(&CardMemory::NEW, &Settings::default());
    let days = |due| again.with_due(due, NOW, TODAY).interval_days;
    assert_eq!(days(Due::Day(TODAY.plus(3))), 3.0);
    assert_eq!(days(Due::At(NOW.utc_ms + 12 * 3_600_000)), 0.5);
    assert_eq!(days(Due::At(NOW.utc_ms - 1_000)), 0.0, "it is due already");
    assert_eq!(again.with_due(Due::Day(TODAY.plus(3)), NOW, TODAY).due, Due::Day(TODAY.plus(3)));
}

#[test]
fn fuzz_does_not_shorten_an_interval_that_the_model_nearly_keeps() {
    let (replayer, settings, load) = (replayer(), Settings::default(), Load::default());
    let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
    let floor = |last, interval| {
        let limits = DayLimits { from: TODAY, maximum: 1_000, last, place: Some(0.0), load: &load };
        scheduler.floor(&limits, interval)
    };
    // Fuzz makes 17 to 23 days of 20.
    assert_eq!([0, 10, 19].map(|last| floor(last, 20.0)), [1, 11, 20], "the model lengthens");
    assert_eq!([20, 21, 23].map(|last| floor(last, 20.0)), [20, 21, 23], "the model nearly keeps");
    assert_eq!([24, 90].map(|last| floor(last, 20.0)), [1, 1], "the model shortens");
    assert_eq!(floor(0, 0.4), 1, "no interval is below a day");
}

fn settings(pairs: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in pairs {
        settings.set(key, value).expect("a value");
    }
    settings
}

/// The intervals of hard, good and easy, over many cards, under a load of so many cards on each day ahead.
fn over_cards(card: &CardMemory, settings: &Settings, counts: &[u32]) -> Vec<[u32; 3]> {
    let replayer = replayer();
    let scheduler = Scheduler { replayer: &replayer, settings, seed: 0 };
    let load = Load::new(
        (0..).zip(counts).map(|(ahead, count)| (TODAY.plus(ahead), *count)),
        Some(TODAY.plus(LOAD_DAYS)),
        Vec::new(),
    );
    (0..200)
        .map(|number| {
            [Rating::Hard, Rating::Good, Rating::Easy].map(|rating| {
                let stated = Evidence { confidence: Confidence::Stated, ..evidence(rating) };
                scheduler.outcome_under(card, Uuid::from_u128(number), &stated, NOW, TODAY, &load).interval_days as u32
            })
        })
        .collect()
}

#[test]
fn fuzz_off_gives_every_card_the_same_interval() {
    let card = in_review(12.0, 12, 12);
    let good = |settings: &Settings| {
        let mut days: Vec<u32> = over_cards(&card, settings, &[]).iter().map(|[_, good, _]| *good).collect();
        days.sort_unstable();
        days.dedup();
        days.len()
    };
    assert_eq!(good(&settings(&[("fuzz", "off")])), 1);
    assert!(good(&Settings::default()) > 3);
}

#[test]
fn easy_days_and_load_choose_the_day_of_an_answer() {
    let card = in_review(4.0, 4, 4);
    let weekday = |[_, good, _]: &[u32; 3]| TODAY.plus(*good).weekday();
    // The weekday in the middle of the range.
    let middle = weekday(&over_cards(&card, &settings(&[("fuzz", "off")]), &[])[0]);
    let on = |settings: &Settings, counts: &[u32]| {
        over_cards(&card, settings, counts).iter().filter(|days| weekday(days) == middle).count()
    };
    let shares: Vec<&str> = (0..7).map(|day| if day == middle { "0" } else { "1" }).collect();
    let closed = settings(&[("easy-days", &shares.join(" "))]);
    let free = on(&Settings::default(), &[]);
    assert!(free > 20, "{free}");
    assert_eq!(on(&closed, &[]), 0);
    let crowded: Vec<u32> = (0..90).map(|ahead| if TODAY.plus(ahead).weekday() == middle { 300 } else { 3 }).collect();
    assert_eq!(on(&Settings::default(), &crowded), 0);
    let unbalanced = on(&settings(&[("load-balance", "off")]), &crowded);
    assert!(unbalanced > 20, "{unbalanced}");
}

#[test]
fn no_interval_goes_past_an_exam_to_come() {
    let card = in_review(300.0, 300, 300);
    let longest = |exam: StudyDay| {
        let settings = Settings { exam: Some(exam), ..Settings::default() };
        over_cards(&card, &settings, &[]).into_iter().flatten().max().expect("intervals")
    };
    assert_eq!(longest(TODAY.plus(40)), 40);
    assert_eq!(longest(TODAY.plus(1)), 1);
    assert!(longest(TODAY) > 300, "on the day of the exam all is as without one");
    assert!(longest(StudyDay(TODAY.0 - 1)) > 300);
    let today = NOW.study_day(Default::default());
    let long =
        Settings { exam: Some(today.plus(1)), learning_steps: vec![60_000, 3 * 86_400_000], ..Settings::default() };
    let second = CardMemory { state: CardState::Learning, step: 0, ..CardMemory::NEW };
    let replayer = replayer();
    let scheduler = Scheduler { replayer: &replayer, settings: &long, seed: 0 };
    let good = scheduler.outcome(&second, Uuid::NAMESPACE_OID, &evidence(Rating::Good), NOW, today);
    assert_eq!(good.due, Due::Day(today.plus(1)), "nor does a step");
}

proptest! {
    #[test]
    fn intervals_grow_with_the_rating_and_keep_the_limits(
        stability in 0.1..5_000.0_f32, interval in 1_u32..3_000, late in -20_i32..400, fuzz: bool, balance: bool,
        counts in prop::collection::vec(0_u32..200, 0..120), shares in prop::array::uniform7(0.0..=1.0_f64),
        siblings in prop::collection::vec(1_u32..120, 0..4), seed: u64, uid: u128, maximum in 1_u32..4_000,
        exam in prop::option::of(-5_i32..300), retention in 0.7..0.99_f64,
        // Seconds to 40 days, in any order.
        steps in prop::collection::vec((0.0..15.0_f64).prop_map(|power| (1_000.0 * power.exp()) as i64), 0..4),
        state in 0_u8..4, step in 0_u8..4, minute in 0_i64..1_440, offset in -720_i32..840, day_start in 0_u8..24,
        ways in 0_u32..6,
    ) {
        let ago = interval.saturating_add_signed(late).max(1);
        let settings = Settings {
            fuzz, load_balance: balance, easy_days: shares, maximum_interval: maximum, desired_retention: retention,
            exam: exam.map(|days| StudyDay(TODAY.0 + days)), learning_steps: steps.clone(), relearning_steps: steps,
            day_start: DayStart::new(day_start).expect("an hour"), ..Settings::default()
        };
        let state = CardState::from_number(state).expect("a state");
        let card = match state {
            CardState::New => CardMemory::NEW,
            CardState::Review => in_review(stability, interval, ago),
            _ => CardMemory { state, step, ..in_review(stability, interval, ago) },
        };
        let begins = Moment { utc_ms: 0, offset_minutes: offset }.start_of(TODAY, settings.day_start);
        let now = Moment { utc_ms: begins + minute * 60_000, offset_minutes: offset };
        prop_assert_eq!(now.study_day(settings.day_start), TODAY);
        let replayer = replayer();
        let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed };
        let counts = (0..).zip(counts).map(|(ahead, count)| (TODAY.plus(ahead), count));
        let siblings: Vec<StudyDay> = siblings.iter().map(|ahead| TODAY.plus(*ahead)).collect();
        let load = Load::new(counts, Some(TODAY.plus(LOAD_DAYS)), siblings.clone());
        let outcome = |rating| {
            let stated = Evidence { confidence: Confidence::Stated, ..evidence(rating) };
            scheduler.outcome_under(&card, Uuid::from_u128(uid), &stated, now, TODAY, &load)
        };
        let outcomes = Rating::ALL.map(outcome);
        let [again, hard, good, easy] = outcomes.map(|outcome| outcome.interval_days);
        let longest = f64::from(scheduler.longest(TODAY));
        prop_assert!(again <= hard && hard <= good && good <= easy && easy <= longest, "{again} {hard} {good} {easy}");
        // The same by the moment from which a card is shown.
        let shown = outcomes.map(|outcome| match outcome.due {
            Due::Day(day) => now.start_of(day, settings.day_start),
            Due::At(ms) => ms,
        });
        prop_assert!(shown.is_sorted() && shown[0] >= now.utc_ms, "{shown:?}");
        let raw = |rating: Rating| {
            let after = outcomes[usize::from(rating.number()) - 1].answered.after;
            replayer.model.interval_days(after, retention).round()
        };
        let by_days = |at: usize| matches!(outcomes[at].due, Due::Day(_));
        if by_days(1) && good > 1.0 {
            prop_assert!(good > hard || good == longest);
        }
        if by_days(2) && raw(Rating::Easy) > 1.0 {
            prop_assert!(easy > good || easy == longest);
        }
        // One day where the model says one day.
        if by_days(2) && raw(Rating::Good) <= 1.0 {
            prop_assert!(good == 1.0 && (easy == 1.0 || raw(Rating::Easy) > 1.0), "{good} {easy}");
        }
        for outcome in outcomes {
            if let Due::Day(day) = outcome.due {
                prop_assert!(day > TODAY && settings.exam.is_none_or(|exam| exam <= TODAY || day <= exam));
            }
        }
        // A day later than the last interval, where the model lengthens it.
        if state == CardState::Review && raw(Rating::Good) > f64::from(interval) {
            prop_assert!(good >= f64::from(interval + 1).min(longest));
        }
        // What nobody rated comes back between a forgotten answer and a good one.
        let lucky = Evidence { guess: Guess::from_ways(ways), ..evidence(Rating::Good) };
        let lucky = scheduler.outcome_under(&card, Uuid::from_u128(uid), &lucky, now, TODAY, &load).interval_days;
        prop_assert!(again <= lucky && lucky <= good, "{again} {lucky} {good}");
        prop_assert_eq!(Rating::ALL.map(outcome), Rating::ALL.map(outcome));
    }
}

#[test]
fn one_day_for_both_where_the_model_has_one_day() {
    // Hard, good and easy after 0.3 days of stability: the model has 1, 1 and 2 days.
    let card = CardMemory { memory: Some(MemoryState { stability: 0.3, difficulty: 9.5 }), ..in_review(0.3, 1, 1) };
    let days = outcomes(&card, &settings(&[("relearning-steps", "none")])).map(|outcome| outcome.interval_days);
    let raw = outcomes(&card, &Settings::default()).map(|outcome| outcome.answered.after);
    let raw = raw.map(|after| replayer().model.interval_days(after, 0.9));
    assert!(raw[2] < 1.5, "{raw:?}");
    assert_eq!(days[..3], [1.0, 1.0, 1.0]);
    // After 0.1 days, the model has one day for easy too.
    let card = CardMemory { memory: Some(MemoryState { stability: 0.1, difficulty: 9.5 }), ..in_review(0.1, 1, 1) };
    assert_eq!(outcomes(&card, &Settings::default()).map(|outcome| outcome.interval_days)[1..], [1.0, 1.0, 1.0]);
    // Over a day, good is a day after hard.
    let days = outcomes(&in_review(2.0, 2, 2), &settings(&[("fuzz", "off")])).map(|outcome| outcome.interval_days);
    assert!(days[2] > 1.0 && days[1] < days[2] && days[2] < days[3], "{days:?}");
}

#[test]
fn steps_of_days_end_no_later_than_a_better_answer_and_the_longest_interval() {
    let days = |card: &CardMemory, pairs: &[(&str, &str)]| {
        outcomes(card, &settings(pairs)).map(|outcome| outcome.interval_days)
    };
    // A step of ten days, and a good answer that leaves the steps for two days.
    let [again, hard, good, easy] = days(&CardMemory::NEW, &[("learning-steps", "10d"), ("fuzz", "off")]);
    assert_eq!((good, easy), (2.0, 8.0));
    assert!(again <= hard && hard < 2.0, "{again} {hard}");
    // A lapse, with a step longer than what a hard answer gives.
    let lapsed = days(&in_review(1.0, 1, 1), &[("relearning-steps", "20d")]);
    assert!(lapsed[0] <= lapsed[1], "{lapsed:?}");
    assert_eq!(days(&CardMemory::NEW, &[("learning-steps", "5d 6d")])[2], 6.0);
    // Within three days at the most: the third begins before so many hours are over.
    let capped = days(&CardMemory::NEW, &[("learning-steps", "5d 6d"), ("maximum-interval", "3")]);
    assert!(capped.iter().all(|days| (2.0..=3.0).contains(days)) && capped[3] == 3.0, "{capped:?}");
}

#[test]
fn a_hard_answer_repeats_a_later_step() {
    let second = CardMemory { state: CardState::Learning, step: 1, ..CardMemory::NEW };
    let [_, hard, ..] = outcomes(&second, &settings(&[("learning-steps", "1m 10m")]));
    assert_eq!(hard.due, Due::At(NOW.utc_ms + 600_000));
}

#[test]
fn a_hard_answer_takes_half_as_long_again_as_the_only_step() {
    let [again, hard, ..] = outcomes(&CardMemory::NEW, &settings(&[("learning-steps", "10m")]));
    assert_eq!([again.due, hard.due], [600_000, 900_000].map(|wait| Due::At(NOW.utc_ms + wait)));
}

#[test]
fn there_are_steps_on_the_day_of_an_exam_and_none_before_it() {
    let by_days = |exam| {
        let settings = Settings { exam: Some(exam), ..Settings::default() };
        outcomes(&CardMemory::NEW, &settings).map(|outcome| matches!(outcome.due, Due::Day(_)))
    };
    assert_eq!(by_days(TODAY), [false, false, false, true]);
    assert_eq!(by_days(TODAY.plus(1)), [true; 4]);
}

#[test]
fn fuzz_may_shorten_the_interval_after_a_lapse() {
    let (replayer, settings) = (replayer(), settings(&[("relearning-steps", "none")]));
    let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
    let (forgotten, load) = (evidence(Rating::Again), Load::default());
    let asked = |last| (last, in_review(300.0, last, last));
    // A card whose interval was short, so that a lapse gives it a day more.
    let (last, card) = (2..300)
        .map(asked)
        .find(|(last, card)| {
            let asked = CardAtAnswer { card, belief: None, uid: Uuid::nil(), at: NOW, day: TODAY, load: &load };
            scheduler.days_after(&asked, &forgotten).round() as u32 == last + 1
        })
        .expect("such a card");
    let mut days = (0..200).map(|uid| scheduler.outcome(&card, Uuid::from_u128(uid), &forgotten, NOW, TODAY));
    assert!(days.any(|outcome| outcome.interval_days <= f64::from(last)), "after {last} days");
}
