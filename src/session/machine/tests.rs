use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{CardMemory, CardState, Choice, Due, KeyOrigin, Kind, Markup, Question, QuestionId};
use crate::session::{Forecast, Form, Outlook, Recorded, Undone};

/// From this card on, cards ask questions of all kinds.
const KINDS: i64 = 1_000;

/// The card of which a rating is asked.
const ASKING: CardId = CardId(77);

/// A world that does what it is asked: it keeps a log and gives every card a step of ten minutes, then a day.
#[derive(Default)]
struct World {
    log: Vec<(LogId, CardId)>,
    /// Every answer that was ever logged, with its id, and the ids of those taken back.
    answers: Vec<(LogId, Answer)>,
    undone: Vec<LogId>,
    flags: std::collections::BTreeMap<i64, String>,
    next: u128,
    finished: Option<Summary>,
    now_ms: i64,
}

impl World {
    fn now(&self) -> Moment {
        Moment { utc_ms: self.now_ms, offset_minutes: 0 }
    }

    fn answered(&self, card: CardId) -> usize {
        self.log.iter().filter(|(_, other)| *other == card).count()
    }

    fn state(&self, card: CardId) -> CardState {
        match self.answered(card) {
            0 => CardState::New,
            1 => CardState::Learning,
            _ => CardState::Review,
        }
    }

    fn perform(&mut self, effect: Effect) -> Option<Event> {
        Some(match effect {
            Effect::Load(card) => Event::Loaded(Some(Box::new(loaded(card, self.state(card))))),
            Effect::Judge(_) => Event::Judged { ratings: ratings(), known_probability: None },
            Effect::Record(answer) => {
                self.next += 1;
                let review = LogId(Uuid::from_u128(self.next));
                self.log.push((review, answer.card));
                self.answers.push((review, answer.clone()));
                let state = self.state(answer.card);
                let due =
                    if state == CardState::Review { Due::Day(StudyDay(9)) } else { Due::At(self.now_ms + 600_000) };
                Event::Recorded(Recorded { review, due, state, leech: None, elsewhere: false })
            }
            Effect::TakeBack => {
                let undone = self.log.pop();
                self.undone.extend(undone.map(|(review, _)| review));
                Event::Undone(undone.map(|(review, card)| Undone {
                    review,
                    card,
                    state: self.state(card),
                    practice: false,
                }))
            }
            Effect::Bury(_) | Effect::Suspend(_) => Event::Moved,
            Effect::Flag(card, note) => {
                match &note {
                    Some(note) => self.flags.insert(card.0, note.clone()),
                    None => self.flags.remove(&card.0),
                };
                Event::Flagged(note)
            }
            Effect::LookAhead => Event::Ended(Outlook::default()),
            Effect::Tell(_) => return None,
            Effect::Finish(summary) => {
                self.finished = Some(summary);
                return None;
            }
        })
    }

    fn send(&mut self, session: &mut Session, event: Event) {
        let mut effects = std::collections::VecDeque::from(session.step(self.now(), event));
        while let Some(effect) = effects.pop_front() {
            if let Some(event) = self.perform(effect) {
                effects.extend(session.step(self.now(), event));
            }
        }
    }
}

fn ratings() -> Ratings {
    let forecast = Forecast { interval_days: 1.0, due: Due::Day(StudyDay(1)) };
    Ratings {
        auto: forecast.clone(),
        again: forecast.clone(),
        hard: forecast.clone(),
        good: forecast.clone(),
        easy: forecast,
    }
}

/// The kind of question that a card asks.
fn kind_of(card: CardId) -> Kind {
    [Kind::Single, Kind::Multiple, Kind::Short, Kind::Match, Kind::Card, Kind::Order]
        [card.0.unsigned_abs() as usize % 6]
}

fn loaded(card: CardId, state: CardState) -> Loaded {
    let choice = |number| Choice {
        number,
        position: number,
        text: format!("choice {number}"),
        correct: number == 0,
        pinned: true,
        pair: Some(format!("half {number}")),
        ..Choice::default()
    };
    Loaded {
        card,
        uid: Uuid::from_u128(card.0.unsigned_abs().into()),
        deck: "A".into(),
        question: Question {
            id: QuestionId(card.0),
            uid: Uuid::nil(),
            kind: if card.0 >= KINDS { kind_of(card) } else { Kind::Single },
            stem: "What?".into(),
            explanation: None,
            topic: None,
            tags: Vec::new(),
            key: KeyOrigin::Marked,
            key_rule: None,
            markup: Markup::Plain,
            choices: (0..3).map(choice).collect(),
        },
        place: 0,
        media: Vec::new(),
        flag: None,
        memory: CardMemory { state, ..CardMemory::NEW },
        practised: 0,
        ahead: false,
        practice: false,
        recall_first: false,
        ask_rating: card == ASKING,
        ask_sure: card == ASKING,
    }
}

fn session(cards: i64) -> Session {
    let rest = (1..=cards).map(|card| Queued { card: CardId(card), state: CardState::New }).collect();
    Session::new(Agenda::new(rest, Vec::new(), 1_200_000), Limits::default(), StudyDay(0), 0)
}

fn pick(place: usize) -> Event {
    Event::Answer { given: GivenAnswer::Picked(vec![place]), took_ms: Some(1_000), sure: None }
}

#[test]
fn all_right_from_the_first_card_to_the_summary() {
    let (mut world, mut session) = (World::default(), session(3));
    world.send(&mut session, Event::Begin);
    while world.finished.is_none() {
        world.send(&mut session, pick(0));
        world.send(&mut session, Event::Rate(StatedRating::GoOn));
    }
    let summary = world.finished.expect("a summary");
    assert_eq!((summary.answered, summary.right, summary.new, summary.stopped), (6, 6, 3, false));
}

#[test]
fn an_answer_that_was_seen_is_logged_before_anything_else() {
    for event in [Event::Quit, Event::Bury, Event::Suspend, Event::Skip] {
        let (mut world, mut session) = (World::default(), session(2));
        world.send(&mut session, Event::Begin);
        world.send(&mut session, pick(1));
        world.send(&mut session, event);
        assert_eq!(world.log.len(), 1);
    }
}

#[test]
fn undo_shows_the_card_again_and_keeps_the_order() {
    let (mut world, mut session) = (World::default(), session(3));
    world.send(&mut session, Event::Begin);
    for _ in 0..2 {
        world.send(&mut session, pick(0));
        world.send(&mut session, Event::Rate(StatedRating::GoOn));
    }
    let shown = |session: &Session| match session.phase() {
        Phase::Asking(showing) => Some((showing.card.0, showing.left.total())),
        _ => None,
    };
    assert_eq!(shown(&session), Some((3, 3)));
    world.send(&mut session, Event::Undo);
    assert_eq!(shown(&session), Some((2, 3)));
    world.send(&mut session, Event::Undo);
    assert_eq!(shown(&session), Some((1, 3)));
    assert_eq!((world.log.len(), session.answered()), (0, 0));
    world.send(&mut session, Event::Undo);
    assert_eq!(shown(&session).map(|(_, left)| left), Some(3), "nothing to undo loses no card");
}

#[test]
fn a_rating_that_is_asked_for_has_to_be_given() {
    let queued = Queued { card: ASKING, state: CardState::New };
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    let mut world = World::default();
    world.send(&mut session, Event::Begin);
    world.send(&mut session, pick(0));
    let effects = session.step(world.now(), Event::Rate(StatedRating::GoOn));
    assert!(matches!(effects[..], [Effect::Tell(Notice::Refused(why))] if why.starts_with("say how it was")));
    assert!(matches!(session.phase(), Phase::Answered(..)));
    world.send(&mut session, Event::Rate(StatedRating::Hard));
    assert_eq!(world.log.len(), 1);

    world.now_ms += 600_000;
    world.send(&mut session, Event::Quit);
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    world.send(&mut session, Event::Begin);
    world.send(&mut session, pick(1));
    world.send(&mut session, Event::Rate(StatedRating::GoOn));
    assert_eq!(world.log.len(), 2, "a wrong answer has its rating");
}

/// A session over cards of all kinds.
fn varied(cards: i64, limits: Limits) -> Session {
    let rest = (0..cards).map(|card| Queued { card: CardId(KINDS + card), state: CardState::New }).collect();
    Session::new(Agenda::new(rest, Vec::new(), 1_200_000), limits, StudyDay(0), 0)
}

fn asking(session: &Session) -> &Showing {
    match session.phase() {
        Phase::Asking(showing) => showing,
        other => panic!("a question, not {other:?}"),
    }
}

fn rightly(showing: &Showing) -> Event {
    let given = match &showing.form {
        Form::Pick { .. } | Form::Order => GivenAnswer::Picked(showing.right_places()),
        Form::Pair { .. } => GivenAnswer::Paired(showing.right_halves().into_iter().enumerate().collect()),
        Form::Type { .. } => GivenAnswer::Typed(showing.right_texts()[0].to_owned()),
        Form::Reveal { .. } => GivenAnswer::Revealed,
    };
    Event::Answer { given, took_ms: Some(500), sure: None }
}

#[test]
fn every_kind_is_asked_answered_and_logged() {
    let (mut world, mut session) = (World::default(), varied(6, Limits::default()));
    world.send(&mut session, Event::Begin);
    for _ in 0..6 {
        let event = rightly(asking(&session));
        world.send(&mut session, event);
        assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.right));
        world.send(&mut session, Event::Rate(StatedRating::Good));
    }
    assert!(world.answers.iter().all(|(_, answer)| answer.right));
    assert_eq!(world.answers.iter().filter(|(_, answer)| answer.typed.is_some()).count(), 1);
}

#[test]
fn what_was_only_revealed_is_no_answer_before_it_is_rated() {
    let card = (0..6).find(|card| kind_of(CardId(KINDS + card)) == Kind::Card).expect("a front and back");
    let queued = Queued { card: CardId(KINDS + card), state: CardState::New };
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    let mut world = World::default();
    world.send(&mut session, Event::Begin);
    world.send(&mut session, Event::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Event::Skip);
    assert!(world.log.is_empty());
    world.send(&mut session, Event::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Event::Overrule);
    world.send(&mut session, Event::Rate(StatedRating::Guessed));
    assert_eq!(world.answers.iter().map(|(_, answer)| answer.right).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_slip_of_the_finger_is_overruled_and_the_picks_are_kept() {
    let (mut world, mut session) = (World::default(), session(1));
    world.send(&mut session, Event::Begin);
    world.send(&mut session, pick(1));
    world.send(&mut session, Event::Overrule);
    assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.right && feedback.overruled));
    world.send(&mut session, Event::Rate(StatedRating::Hard));
    let (_, answer) = &world.answers[0];
    assert_eq!((answer.right, answer.overruled, answer.picked.as_slice()), (true, true, [1].as_slice()));
}

#[test]
fn who_is_asked_and_says_nothing_is_not_sure() {
    for (card, said, kept) in [
        (ASKING, None, Some(false)),
        (ASKING, Some(true), Some(true)),
        (CardId(1), None, None),
        // What is said is kept, asked or not.
        (CardId(1), Some(true), Some(true)),
        (CardId(1), Some(false), Some(false)),
    ] {
        let queued = Queued { card, state: CardState::New };
        let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
        let mut world = World::default();
        world.send(&mut session, Event::Begin);
        world.send(&mut session, Event::Answer { given: GivenAnswer::Picked(vec![1]), took_ms: None, sure: said });
        assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.sure == kept));
        world.send(&mut session, Event::Rate(StatedRating::GoOn));
        assert_eq!(world.answers[0].1.sure, kept, "{said:?}");
    }
}

#[test]
fn a_pause_takes_no_time_and_a_long_absence_counts_a_minute() {
    let by_clock = |place| Event::Answer { given: GivenAnswer::Picked(vec![place]), took_ms: None, sure: None };
    let (mut world, mut session) = (World::default(), session(2));
    world.send(&mut session, Event::Begin);
    world.now_ms += 2_000;
    world.send(&mut session, Event::Pause);
    assert!(session.is_paused());
    world.now_ms += 500_000;
    world.send(&mut session, Event::Pause);
    world.now_ms += 1_000;
    world.send(&mut session, by_clock(0));
    world.send(&mut session, Event::Rate(StatedRating::GoOn));
    world.now_ms += 500_000;
    world.send(&mut session, by_clock(0));
    world.send(&mut session, Event::Rate(StatedRating::GoOn));
    assert_eq!(world.answers.iter().map(|(_, answer)| answer.took_ms).collect::<Vec<_>>(), [3_000, 60_000]);
}

#[test]
fn a_session_of_some_minutes_takes_the_last_answer_and_ends() {
    let limits = Limits { ms: Some(60_000), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.send(&mut session, Event::Begin);
    world.now_ms += 61_000;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Event::Rate(StatedRating::GoOn));
    assert_eq!(world.finished.map(|summary| summary.answered), Some(1));
}

#[test]
fn a_pause_takes_nothing_from_the_minutes_of_a_session() {
    let limits = Limits { ms: Some(60_000), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    assert_eq!(session.ms_left(world.now()), Some(60_000), "before it begins");
    world.now_ms = 5_000;
    world.send(&mut session, Event::Begin);
    world.now_ms += 30_000;
    world.send(&mut session, Event::Pause);
    world.now_ms += 500_000;
    assert_eq!(session.ms_left(world.now()), Some(30_000), "while it is paused");
    world.send(&mut session, Event::Pause);
    assert_eq!(session.ms_left(world.now()), Some(30_000));
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Event::Rate(StatedRating::Good));
    world.now_ms += 29_999;
    assert_eq!((session.ms_left(world.now()), &world.finished), (Some(1), &None));
    world.now_ms += 1;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Event::Rate(StatedRating::Good));
    assert_eq!(world.finished.map(|summary| summary.answered), Some(2));
    assert_eq!(session.ms_left(Moment { utc_ms: 0, offset_minutes: 0 }), Some(60_000), "if the clock goes back");
}

#[test]
fn an_exam_says_nothing_before_its_end_and_its_time_ends_it() {
    let limits = Limits { ms: Some(60_000), exam: true, ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.send(&mut session, Event::Begin);
    world.send(&mut session, Event::Answer { given: GivenAnswer::Picked(vec![0, 1]), took_ms: None, sure: None });
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    assert!(matches!(session.phase(), Phase::Asking(_)), "no feedback");
    world.send(&mut session, Event::Suspend);
    assert_eq!(asking(&session).left.total(), 3, "no question is put away");
    world.send(&mut session, Event::Undo);
    assert_eq!(world.log.len(), 0);
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.now_ms += 60_000;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    let exam = world.finished.and_then(|summary| summary.exam).expect("a result");
    assert_eq!((exam.questions, exam.right(), exam.answers.len(), exam.time_up), (4, 1, 1, true));
    assert!(world.answers.iter().all(|(_, answer)| answer.exam));
}

#[test]
fn an_exam_takes_back_nothing_from_before_it_and_names_neither_leech_nor_due_date() {
    let limits = Limits { exam: true, ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.log.push((LogId(Uuid::nil()), CardId(900)));
    world.send(&mut session, Event::Begin);
    assert_eq!(session.step(world.now(), Event::Undo), [Effect::Tell(Notice::NothingToUndo)]);
    assert!(matches!(session.phase(), Phase::Asking(_)), "the question is still there");
    let event = rightly(asking(&session));
    let effects = session.step(world.now(), event);
    assert!(matches!(effects[..], [Effect::Record(_)]));
    let leech = Some(crate::session::Leech { lapses: 8, suspended: true });
    let recorded = Recorded {
        review: LogId(Uuid::from_u128(1)),
        due: Due::At(600_000),
        state: CardState::Relearning,
        leech,
        elsewhere: false,
    };
    let told = session.step(world.now(), Event::Recorded(recorded));
    let silent = Notice::Recorded { review: recorded.review, due: None, leech: None, elsewhere: false };
    assert!(matches!(&told[..], [Effect::Tell(notice), Effect::Load(_)] if *notice == silent), "{told:?}");
}

#[test]
fn undo_leads_back_to_the_order_of_then() {
    let (mut world, mut session) = (World::default(), session(5));
    world.send(&mut session, Event::Begin);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(asking(&session).card);
        world.send(&mut session, pick(0));
        world.send(&mut session, Event::Rate(StatedRating::GoOn));
        world.now_ms += 700_000;
    }
    for _ in 0..4 {
        world.send(&mut session, Event::Undo);
    }
    let mut again = Vec::new();
    for _ in 0..4 {
        again.push(asking(&session).card);
        world.send(&mut session, pick(0));
        world.send(&mut session, Event::Rate(StatedRating::GoOn));
        world.now_ms += 700_000;
    }
    // The steps of the first run came in between; now, later, what is due by then does.
    assert_eq!(again[0], seen[0]);
    assert_eq!(session.answered(), 4);
}

#[test]
fn a_question_that_was_edited_says_the_new_text_and_keeps_its_grade() {
    let (mut world, mut session) = (World::default(), session(1));
    let edited = |text: &str| {
        let mut loaded = loaded(CardId(1), CardState::New);
        loaded.question.stem = text.into();
        Event::Edited(Some(Box::new(loaded)))
    };
    world.send(&mut session, Event::Begin);
    world.send(&mut session, edited("Which?"));
    assert_eq!(asking(&session).stem, "Which?");
    world.send(&mut session, pick(0));
    world.send(&mut session, edited("Who?"));
    assert!(matches!(session.phase(), Phase::Answered(showing, feedback) if showing.stem == "Who?" && feedback.right));
    world.send(&mut session, Event::Edited(None));
    assert_eq!(world.log.len(), 1, "the answer to a question that is gone is a fact");

    let card = CardId((KINDS..KINDS + 6).find(|card| kind_of(CardId(*card)) == Kind::Card).expect("a front and back"));
    let queued = Queued { card, state: CardState::New };
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    world.send(&mut session, Event::Begin);
    world.send(&mut session, Event::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Event::Edited(Some(Box::new(self::loaded(card, CardState::New)))));
    assert_eq!(asking(&session).card, card, "what was only revealed is asked anew");
}

fn an_event() -> impl Strategy<Value = Event> {
    let given = prop_oneof![
        prop::collection::vec(0_usize..4, 0..4).prop_map(GivenAnswer::Picked),
        prop::collection::vec((0_usize..4, 0_usize..4), 0..5).prop_map(GivenAnswer::Paired),
        prop::sample::select(vec!["", "choice 0", "nonsense"]).prop_map(|text| GivenAnswer::Typed(text.into())),
        Just(GivenAnswer::Revealed),
    ];
    prop_oneof![
        3 => (0_usize..4).prop_map(pick),
        4 => given.prop_map(|given| Event::Answer { given, took_ms: None, sure: None }),
        5 => prop::sample::select(StatedRating::ALL.to_vec()).prop_map(Event::Rate),
        1 => Just(Event::Overrule),
        1 => Just(Event::Undo),
        1 => Just(Event::Skip),
        1 => Just(Event::Bury),
        1 => Just(Event::Suspend),
        1 => Just(Event::Pause),
        1 => Just(Event::Tick),
        1 => Just(Event::Flag(Some("note".into()))),
        1 => Just(Event::Flag(None)),
    ]
}

/// What the log must hold, by a model that knows nothing of queues: only what was shown, answered, rated and taken back.
#[derive(Default)]
struct Reference {
    log: Vec<(CardId, bool)>,
    /// The answer whose feedback is shown: card, whether it was right, whether it was only revealed.
    seen: Option<(CardId, bool, bool)>,
}

impl Reference {
    fn commit(&mut self) {
        if let Some((card, right, false)) = self.seen.take() {
            self.log.push((card, right));
        }
    }

    /// What the event does to the log, where the session stood at `before`.
    fn take(&mut self, before: &Phase, after: &Phase, event: &Event) {
        match event {
            Event::Answer { .. } => {
                if let (Phase::Asking(_), Phase::Answered(showing, feedback)) = (before, after) {
                    self.seen = Some((showing.card, feedback.right, showing.form.is_reveal()));
                }
            }
            Event::Rate(verdict) => {
                let (Some((card, right, revealed)), Phase::Answered(showing, _)) = (self.seen, before) else { return };
                let refused = (!right && *verdict != StatedRating::GoOn)
                    || (showing.ask_rating && right && *verdict == StatedRating::GoOn);
                if !refused {
                    self.seen = None;
                    self.log.push((card, right && !(revealed && *verdict == StatedRating::Guessed)));
                }
            }
            Event::Overrule => {
                if let Some((_, right, false)) = &mut self.seen {
                    *right = !*right;
                }
            }
            Event::Undo => {
                self.commit();
                self.log.pop();
            }
            Event::Skip | Event::Bury | Event::Suspend | Event::Quit => self.commit(),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_person_does_the_log_is_what_was_answered(
        events in prop::collection::vec((an_event(), 0_i64..900_000), 0..40), cards in 0_i64..7, minutes in prop::option::of(1_i64..40),
    ) {
        let limits = Limits { ms: minutes.map(|minutes| minutes * 60_000), ..Limits::default() };
        let (mut world, mut session, mut reference) = (World::default(), varied(cards, limits), Reference::default());
        world.send(&mut session, Event::Begin);
        for (event, later) in events {
            if world.finished.is_some() {
                break;
            }
            world.now_ms += later;
            let before = session.phase().clone();
            world.send(&mut session, event.clone());
            reference.take(&before, session.phase(), &event);
            prop_assert!(!matches!(session.phase(), Phase::Between), "the session never stands still");
            prop_assert_eq!(session.answered(), world.log.len());
            let live: Vec<(CardId, bool)> = world
                .answers
                .iter()
                .filter(|(review, _)| !world.undone.contains(review))
                .map(|(_, answer)| (answer.card, answer.right))
                .collect();
            prop_assert_eq!(&live, &reference.log);
            prop_assert!(world.answers.iter().all(|(_, answer)| answer.took_ms <= 60_000));
        }
        if world.finished.is_none() {
            world.send(&mut session, Event::Quit);
        }
        prop_assert_eq!(world.finished.map(|summary| summary.answered), Some(world.log.len()));
    }
}

#[test]
fn practice_is_told_with_the_answer_and_changes_the_order_of_the_next_showing() {
    let shown = |practice, practised| {
        let mut session = session(1);
        session.step(World::default().now(), Event::Begin);
        let loaded = Loaded { practice, practised, ..loaded(CardId(1), CardState::Review) };
        session.step(World::default().now(), Event::Loaded(Some(Box::new(loaded))));
        let Phase::Asking(showing) = session.phase() else { panic!("no question") };
        let order_seed = showing.order_seed;
        let effects = session.step(World::default().now(), pick(0));
        let [Effect::Judge(answer)] = &effects[..] else { panic!("no answer: {effects:?}") };
        (answer.practice, answer.order_seed, order_seed)
    };
    assert_eq!(shown(true, 2), (true, 2, 2));
    assert_eq!(shown(false, 3), (false, 3, 3));
    assert_eq!(shown(false, 0), (false, 0, 0));
}

#[test]
fn a_session_of_some_answers_ends_after_them() {
    let limits = Limits { answers: Some(2), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.send(&mut session, Event::Begin);
    for _ in 0..2 {
        let event = rightly(asking(&session));
        world.send(&mut session, event);
        world.send(&mut session, Event::Rate(StatedRating::Good));
    }
    assert_eq!(world.finished.map(|summary| (summary.answered, summary.stopped)), Some((2, false)));
}

#[test]
fn a_pause_outlasts_a_tick_and_ends_with_the_next_action() {
    let (mut world, mut session) = (World::default(), session(2));
    world.send(&mut session, Event::Begin);
    world.send(&mut session, Event::Pause);
    world.send(&mut session, Event::Tick);
    assert!(session.is_paused());
    world.send(&mut session, pick(0));
    assert!(!session.is_paused());
}

#[test]
fn the_forecasts_of_a_judgement_are_shown() {
    let (mut world, mut session) = (World::default(), session(1));
    world.send(&mut session, Event::Begin);
    session.step(world.now(), pick(0));
    session.step(world.now(), Event::Judged { ratings: ratings(), known_probability: Some(0.4) });
    let Phase::Answered(_, feedback) = session.phase() else { panic!("no feedback") };
    assert_eq!((feedback.ratings.good.interval_days, feedback.known_probability), (1.0, Some(0.4)));
}

#[test]
fn a_card_that_is_put_away_does_not_come_back_for_its_step() {
    let next = |practice, leech| {
        let (mut session, now) = (session(1), World::default().now());
        let loaded = Loaded { practice, ..loaded(CardId(1), CardState::Review) };
        session.step(now, Event::Begin);
        session.step(now, Event::Loaded(Some(Box::new(loaded))));
        session.step(now, pick(1));
        session.step(now, Event::Judged { ratings: ratings(), known_probability: None });
        session.step(now, Event::Rate(StatedRating::GoOn));
        let (review, due) = (LogId(Uuid::from_u128(1)), Due::At(600_000));
        let recorded = Recorded { review, due, state: CardState::Relearning, leech, elsewhere: false };
        session.step(now, Event::Recorded(recorded)).pop()
    };
    let leech = |suspended| Some(crate::session::Leech { lapses: 8, suspended });
    assert_eq!(next(false, None), Some(Effect::Load(CardId(1))));
    assert_eq!(next(false, leech(false)), Some(Effect::Load(CardId(1))));
    assert_eq!(next(false, leech(true)), Some(Effect::LookAhead));
    assert_eq!(next(true, None), Some(Effect::LookAhead));
}

#[test]
fn the_summary_counts_right_answers_and_those_by_luck() {
    let (mut world, mut session) = (World::default(), session(4));
    world.send(&mut session, Event::Begin);
    for (place, verdict) in
        [(0, StatedRating::Guessed), (0, StatedRating::GoOn), (0, StatedRating::Hard), (1, StatedRating::GoOn)]
    {
        world.send(&mut session, pick(place));
        world.send(&mut session, Event::Rate(verdict));
    }
    world.send(&mut session, Event::Quit);
    let summary = world.finished.expect("a summary");
    assert_eq!((summary.answered, summary.right, summary.guessed), (4, 3, 1));
}

#[test]
fn an_exam_lasts_from_its_beginning_to_its_last_answer() {
    let limits = Limits { exam: true, ..Limits::default() };
    let (mut world, mut session) = (World { now_ms: 5_000, ..World::default() }, varied(1, limits));
    assert!(session.is_exam() && !self::session(1).is_exam());
    world.send(&mut session, Event::Begin);
    world.now_ms += 30_000;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    let exam = world.finished.and_then(|summary| summary.exam).expect("a result");
    assert_eq!((exam.lasted_ms, exam.time_up), (30_000, false));
}

#[test]
fn an_edit_takes_no_time_from_the_answer() {
    let (mut world, mut session) = (World { now_ms: 5_000, ..World::default() }, session(1));
    let edited = || Event::Edited(Some(Box::new(loaded(CardId(1), CardState::New))));
    world.send(&mut session, Event::Begin);
    world.now_ms += 2_000;
    world.send(&mut session, edited());
    assert_eq!(asking(&session).shown_ms, 5_000);
    world.send(&mut session, pick(0));
    world.send(&mut session, edited());
    assert!(matches!(session.phase(), Phase::Answered(showing, _) if showing.shown_ms == 5_000));
}

#[test]
fn an_answer_to_other_choices_is_logged_as_it_is() {
    let after = |change: fn(&mut Question)| {
        let (mut world, mut session) = (World::default(), session(1));
        world.send(&mut session, Event::Begin);
        world.send(&mut session, pick(0));
        let mut edited = loaded(CardId(1), CardState::New);
        change(&mut edited.question);
        session.step(world.now(), Event::Edited(Some(Box::new(edited))))
    };
    assert_eq!(after(|_| ()), [], "the same choices");
    assert!(matches!(after(|question| question.kind = Kind::Multiple)[..], [Effect::Record(_)]));
    assert!(matches!(after(|question| question.choices.truncate(2))[..], [Effect::Record(_)]));
}
