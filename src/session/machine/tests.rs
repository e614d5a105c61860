use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{CardMemory, Choice, KeyOrigin, Markup, Question, QuestionId};
use crate::session::Forecast;

/// The card of which a rating is asked.
const ASKING: CardId = CardId(77);

/// A world that does what it is asked: it keeps a log and gives every card a step of ten minutes, then a day.
#[derive(Default)]
struct World {
    log: Vec<(LogId, CardId)>,
    next: u128,
    finished: Option<Summary>,
    now_ms: i64,
}

impl World {
    fn now(&self) -> Moment {
        Moment { utc_ms: self.now_ms, offset_minutes: 0 }
    }

    fn answers(&self, card: CardId) -> usize {
        self.log.iter().filter(|(_, other)| *other == card).count()
    }

    fn state(&self, card: CardId) -> CardState {
        match self.answers(card) {
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
                let state = self.state(answer.card);
                let due =
                    if state == CardState::Review { Due::Day(StudyDay(9)) } else { Due::At(self.now_ms + 600_000) };
                Event::Recorded(Recorded { review, due, state, leech: None })
            }
            Effect::TakeBack => {
                let undone = self.log.pop();
                Event::Undone(undone.map(|(review, card)| Undone {
                    review,
                    card,
                    state: self.state(card),
                    practice: false,
                }))
            }
            Effect::Bury(_) | Effect::Suspend(_) => Event::Moved,
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

fn loaded(card: CardId, state: CardState) -> Loaded {
    let choice = |number| Choice {
        number,
        position: number,
        text: format!("choice {number}"),
        correct: number == 0,
        pinned: true,
        ..Choice::default()
    };
    Loaded {
        card,
        uid: Uuid::from_u128(card.0.unsigned_abs().into()),
        deck: "A".into(),
        question: Question {
            id: QuestionId(card.0),
            uid: Uuid::nil(),
            kind: Kind::Single,
            stem: "What?".into(),
            explanation: None,
            topic: None,
            tags: Vec::new(),
            key: KeyOrigin::Marked,
            key_rule: None,
            markup: Markup::Plain,
            choices: (0..3).map(choice).collect(),
        },
        memory: CardMemory { state, ..CardMemory::NEW },
        practised: 0,
        ahead: false,
        practice: false,
        recall_first: false,
        ask_rating: card == ASKING,
    }
}

fn session(cards: i64) -> Session {
    let rest = (1..=cards).map(|card| Queued { card: CardId(card), state: CardState::New }).collect();
    Session::new(Agenda::new(rest, Vec::new(), 1_200_000), None, StudyDay(0), 0)
}

fn pick(place: usize) -> Event {
    Event::Pick { places: vec![place], took_ms: Some(1_000) }
}

#[test]
fn all_right_from_the_first_card_to_the_summary() {
    let (mut world, mut session) = (World::default(), session(3));
    world.send(&mut session, Event::Begin);
    while world.finished.is_none() {
        world.send(&mut session, pick(0));
        world.send(&mut session, Event::Rate(Verdict::GoOn));
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
        world.send(&mut session, Event::Rate(Verdict::GoOn));
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
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), None, StudyDay(0), 0);
    let mut world = World::default();
    world.send(&mut session, Event::Begin);
    world.send(&mut session, pick(0));
    let effects = session.step(world.now(), Event::Rate(Verdict::GoOn));
    assert!(matches!(effects[..], [Effect::Tell(Notice::Refused(why))] if why.starts_with("say how it was")));
    assert!(matches!(session.phase(), Phase::Answered(..)));
    world.send(&mut session, Event::Rate(Verdict::Hard));
    assert_eq!(world.log.len(), 1);

    world.now_ms += 600_000;
    world.send(&mut session, Event::Quit);
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), None, StudyDay(0), 0);
    world.send(&mut session, Event::Begin);
    world.send(&mut session, pick(1));
    world.send(&mut session, Event::Rate(Verdict::GoOn));
    assert_eq!(world.log.len(), 2, "a wrong answer has its rating");
}

fn an_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0_usize..4).prop_map(pick),
        4 => prop::sample::select(Verdict::ALL.to_vec()).prop_map(Event::Rate),
        1 => Just(Event::Undo),
        1 => Just(Event::Skip),
        1 => Just(Event::Bury),
        1 => Just(Event::Suspend),
    ]
}

proptest! {
    #[test]
    fn whatever_a_person_does_the_log_and_the_session_agree(events in prop::collection::vec((an_event(), 0_i64..900_000), 0..80), cards in 0_i64..6) {
        let (mut world, mut session) = (World::default(), session(cards));
        world.send(&mut session, Event::Begin);
        for (event, later) in events {
            if world.finished.is_some() {
                break;
            }
            world.now_ms += later;
            world.send(&mut session, event);
            prop_assert!(!matches!(session.phase(), Phase::Between), "the session never stands still");
            prop_assert_eq!(session.answered(), world.log.len());
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
