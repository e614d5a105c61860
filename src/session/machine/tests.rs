mod details;
mod random;

use uuid::Uuid;

use super::*;
use crate::model::{
    CardId, CardMemory, CardState, Choice, DeedKind, Due, KeyOrigin, Kind, Markup, Question, QuestionId,
};
use crate::session::{
    Forecast, Form, GivenAnswer, Loaded, Next, Outlook, Ratings, Recorded, Reply, Session, StatedRating, Undone,
};

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
    done: Vec<Done>,
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

    fn perform(&mut self, request: Request) -> Reply {
        match request {
            Request::Load(card) | Request::Reload(card) => {
                let loaded = loaded(card, self.state(card));
                Reply::Loaded(Some(Box::new(Loaded { flag: self.flags.get(&card.0).cloned(), ..loaded })))
            }
            Request::Judge(_) => Reply::Judged { ratings: ratings(), known_probability: None },
            Request::Record(answer) => {
                self.next += 1;
                let review = LogId(Uuid::from_u128(self.next));
                self.log.push((review, answer.card));
                self.done.push(Done::Answer);
                self.answers.push((review, answer.clone()));
                let state = self.state(answer.card);
                let due =
                    if state == CardState::Review { Due::Day(StudyDay(9)) } else { Due::At(self.now_ms + 600_000) };
                Reply::Recorded(Recorded { review, due, state, leech: None, elsewhere: false })
            }
            Request::TakeBack => Reply::Undone(self.take_back()),
            Request::Bury(card) => {
                self.done.push(Done::PutAway(DeedKind::Bury, card));
                Reply::Moved
            }
            Request::Suspend(card) => {
                self.done.push(Done::PutAway(DeedKind::Suspend, card));
                Reply::Moved
            }
            Request::Flag(card, note) => {
                let before = match &note {
                    Some(note) => self.flags.insert(card.0, note.clone()),
                    None => self.flags.remove(&card.0),
                };
                self.done.push(Done::Flag(card, before));
                Reply::Flagged(note)
            }
            Request::LookAhead => Reply::Ended(Outlook::default()),
            Request::Paper(_) => panic!("a review has no paper"),
        }
    }

    fn take_back(&mut self) -> Undone {
        let (kind, card) = match self.done.pop() {
            None => return Undone::Nothing,
            Some(Done::Answer) => {
                let Some((review, card)) = self.log.pop() else { return Undone::Nothing };
                self.undone.push(review);
                return Undone::Answer { review, card, state: self.state(card), before: None };
            }
            Some(Done::PutAway(kind, card)) => (kind, card),
            Some(Done::Flag(card, before)) => {
                match before {
                    Some(note) => self.flags.insert(card.0, note),
                    None => self.flags.remove(&card.0),
                };
                (DeedKind::Flag, card)
            }
        };
        Undone::Deed { kind, card, uid: Uuid::nil(), stem: "What?".into(), state: self.state(card) }
    }

    fn begin(&mut self, session: &mut Session) {
        let first = session.begin(self.now());
        self.follow(session, first);
    }

    fn send(&mut self, session: &mut Session, action: Action) -> Vec<Notice> {
        let step = session.act(self.now(), action);
        self.follow(session, step)
    }

    /// Does what the session asks for, until the person is to act; what is said meanwhile.
    fn follow(&mut self, session: &mut Session, mut step: Step) -> Vec<Notice> {
        let mut said = Vec::new();
        loop {
            said.append(&mut step.notices);
            step = match step.next {
                Next::Act => return said,
                Next::End(summary) => {
                    self.finished = Some(summary);
                    return said;
                }
                Next::Request(request) => {
                    let reply = self.perform(request);
                    session.reply(self.now(), reply)
                }
            };
        }
    }
}

/// What was done, so that it can be taken back.
enum Done {
    Answer,
    PutAway(DeedKind, CardId),
    /// With the flag before.
    Flag(CardId, Option<String>),
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
        earlier: None,
    }
}

fn session(cards: i64) -> Session {
    let rest = (1..=cards).map(|card| Queued { card: CardId(card), state: CardState::New }).collect();
    Session::new(Agenda::new(rest, Vec::new(), 1_200_000), Limits::default(), StudyDay(0), 0)
}

fn pick(place: usize) -> Action {
    Action::Answer { given: GivenAnswer::Picked(vec![place]), took_ms: Some(1_000), sure: None }
}

#[test]
fn all_right_from_the_first_card_to_the_summary() {
    let (mut world, mut session) = (World::default(), session(3));
    world.begin(&mut session);
    while world.finished.is_none() {
        world.send(&mut session, pick(0));
        world.send(&mut session, Action::Rate(StatedRating::GoOn));
    }
    let summary = world.finished.expect("a summary");
    assert_eq!((summary.answered, summary.right, summary.new, summary.stopped), (6, 6, 3, false));
}

#[test]
fn an_answer_that_was_seen_is_logged_before_anything_else() {
    for event in [Action::Quit, Action::Bury, Action::Suspend, Action::Skip] {
        let (mut world, mut session) = (World::default(), session(2));
        world.begin(&mut session);
        world.send(&mut session, pick(1));
        world.send(&mut session, event);
        assert_eq!(world.log.len(), 1);
    }
}

#[test]
fn undo_shows_the_card_again_and_keeps_the_order() {
    let (mut world, mut session) = (World::default(), session(3));
    world.begin(&mut session);
    for _ in 0..2 {
        world.send(&mut session, pick(0));
        world.send(&mut session, Action::Rate(StatedRating::GoOn));
    }
    let shown = |session: &Session| match session.phase() {
        Phase::Asking(showing) => Some((showing.card.0, showing.left.total())),
        _ => None,
    };
    assert_eq!(shown(&session), Some((3, 3)));
    world.send(&mut session, Action::Undo);
    assert_eq!(shown(&session), Some((2, 3)));
    world.send(&mut session, Action::Undo);
    assert_eq!(shown(&session), Some((1, 3)));
    assert_eq!((world.log.len(), session.answered()), (0, 0));
    world.send(&mut session, Action::Undo);
    assert_eq!(shown(&session).map(|(_, left)| left), Some(3), "nothing to undo loses no card");
}

#[test]
fn a_rating_that_is_asked_for_has_to_be_given() {
    let queued = Queued { card: ASKING, state: CardState::New };
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    let mut world = World::default();
    world.begin(&mut session);
    world.send(&mut session, pick(0));
    let said = world.send(&mut session, Action::Rate(StatedRating::GoOn));
    assert!(matches!(said[..], [Notice::Refused(why)] if why.starts_with("say how it was")));
    assert!(matches!(session.phase(), Phase::Answered(..)));
    world.send(&mut session, Action::Rate(StatedRating::Hard));
    assert_eq!(world.log.len(), 1);

    world.now_ms += 600_000;
    world.send(&mut session, Action::Quit);
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    world.begin(&mut session);
    world.send(&mut session, pick(1));
    world.send(&mut session, Action::Rate(StatedRating::GoOn));
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

fn rightly(showing: &Showing) -> Action {
    let given = match &showing.form {
        Form::Pick { .. } | Form::Order => GivenAnswer::Picked(showing.right_places()),
        Form::Pair { .. } => GivenAnswer::Paired(showing.right_halves().into_iter().enumerate().collect()),
        Form::Type { .. } => GivenAnswer::Typed(showing.right_texts()[0].to_owned()),
        Form::Reveal { .. } => GivenAnswer::Revealed,
    };
    Action::Answer { given, took_ms: Some(500), sure: None }
}

#[test]
fn every_kind_is_asked_answered_and_logged() {
    let (mut world, mut session) = (World::default(), varied(6, Limits::default()));
    world.begin(&mut session);
    for _ in 0..6 {
        let event = rightly(asking(&session));
        world.send(&mut session, event);
        assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.right));
        world.send(&mut session, Action::Rate(StatedRating::Good));
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
    world.begin(&mut session);
    world.send(&mut session, Action::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Action::Skip);
    assert!(world.log.is_empty());
    world.send(&mut session, Action::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Action::Overrule);
    world.send(&mut session, Action::Rate(StatedRating::Guessed));
    assert_eq!(world.answers.iter().map(|(_, answer)| answer.right).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_slip_of_the_finger_is_overruled_and_the_picks_are_kept() {
    let (mut world, mut session) = (World::default(), session(1));
    world.begin(&mut session);
    world.send(&mut session, pick(1));
    world.send(&mut session, Action::Overrule);
    assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.right && feedback.overruled));
    world.send(&mut session, Action::Rate(StatedRating::Hard));
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
        world.begin(&mut session);
        world.send(&mut session, Action::Answer { given: GivenAnswer::Picked(vec![1]), took_ms: None, sure: said });
        assert!(matches!(session.phase(), Phase::Answered(_, feedback) if feedback.sure == kept));
        world.send(&mut session, Action::Rate(StatedRating::GoOn));
        assert_eq!(world.answers[0].1.sure, kept, "{said:?}");
    }
}

#[test]
fn a_pause_takes_no_time_and_a_long_absence_counts_a_minute() {
    let by_clock = |place| Action::Answer { given: GivenAnswer::Picked(vec![place]), took_ms: None, sure: None };
    let (mut world, mut session) = (World::default(), session(2));
    world.begin(&mut session);
    world.now_ms += 2_000;
    world.send(&mut session, Action::Pause);
    assert!(session.is_paused());
    world.now_ms += 500_000;
    world.send(&mut session, Action::Pause);
    world.now_ms += 1_000;
    world.send(&mut session, by_clock(0));
    world.send(&mut session, Action::Rate(StatedRating::GoOn));
    world.now_ms += 500_000;
    world.send(&mut session, by_clock(0));
    world.send(&mut session, Action::Rate(StatedRating::GoOn));
    assert_eq!(world.answers.iter().map(|(_, answer)| answer.took_ms).collect::<Vec<_>>(), [3_000, 60_000]);
}

#[test]
fn a_session_of_some_minutes_takes_the_last_answer_and_ends() {
    let limits = Limits { ms: Some(60_000), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.begin(&mut session);
    world.now_ms += 61_000;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Action::Rate(StatedRating::GoOn));
    assert_eq!(world.finished.map(|summary| summary.answered), Some(1));
}

#[test]
fn a_pause_takes_nothing_from_the_minutes_of_a_session() {
    let limits = Limits { ms: Some(60_000), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    assert_eq!(session.ms_left(world.now()), Some(60_000), "before it begins");
    world.now_ms = 5_000;
    world.begin(&mut session);
    world.now_ms += 30_000;
    world.send(&mut session, Action::Pause);
    world.now_ms += 500_000;
    assert_eq!(session.ms_left(world.now()), Some(30_000), "while it is paused");
    world.send(&mut session, Action::Pause);
    assert_eq!(session.ms_left(world.now()), Some(30_000));
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Action::Rate(StatedRating::Good));
    world.now_ms += 29_999;
    assert_eq!((session.ms_left(world.now()), &world.finished), (Some(1), &None));
    world.now_ms += 1;
    let event = rightly(asking(&session));
    world.send(&mut session, event);
    world.send(&mut session, Action::Rate(StatedRating::Good));
    assert_eq!(world.finished.map(|summary| summary.answered), Some(2));
    assert_eq!(session.ms_left(Moment { utc_ms: 0, offset_minutes: 0 }), Some(60_000), "if the clock goes back");
}

#[test]
fn undo_leads_back_to_the_order_of_then() {
    let (mut world, mut session) = (World::default(), session(5));
    world.begin(&mut session);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(asking(&session).card);
        world.send(&mut session, pick(0));
        world.send(&mut session, Action::Rate(StatedRating::GoOn));
        world.now_ms += 700_000;
    }
    for _ in 0..4 {
        world.send(&mut session, Action::Undo);
    }
    let mut again = Vec::new();
    for _ in 0..4 {
        again.push(asking(&session).card);
        world.send(&mut session, pick(0));
        world.send(&mut session, Action::Rate(StatedRating::GoOn));
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
        Action::Edited(Some(Box::new(loaded)))
    };
    world.begin(&mut session);
    world.send(&mut session, edited("Which?"));
    assert_eq!(asking(&session).stem, "Which?");
    world.send(&mut session, pick(0));
    world.send(&mut session, edited("Who?"));
    assert!(matches!(session.phase(), Phase::Answered(showing, feedback) if showing.stem == "Who?" && feedback.right));
    world.send(&mut session, Action::Edited(None));
    assert_eq!(world.log.len(), 1, "the answer to a question that is gone is a fact");

    let card = CardId((KINDS..KINDS + 6).find(|card| kind_of(CardId(*card)) == Kind::Card).expect("a front and back"));
    let queued = Queued { card, state: CardState::New };
    let mut session = Session::new(Agenda::new(vec![queued], Vec::new(), 0), Limits::default(), StudyDay(0), 0);
    world.begin(&mut session);
    world.send(&mut session, Action::Answer { given: GivenAnswer::Revealed, took_ms: None, sure: None });
    world.send(&mut session, Action::Edited(Some(Box::new(self::loaded(card, CardState::New)))));
    assert_eq!(asking(&session).card, card, "what was only revealed is asked anew");
}

#[test]
fn practice_is_told_with_the_answer_and_changes_the_order_of_the_next_showing() {
    let shown = |practice, practised| {
        let mut session = session(1);
        session.begin(World::default().now());
        let loaded = Loaded { practice, practised, ..loaded(CardId(1), CardState::Review) };
        session.reply(World::default().now(), Reply::Loaded(Some(Box::new(loaded))));
        let Phase::Asking(showing) = session.phase() else { panic!("no question") };
        let order_seed = showing.order_seed;
        let step = session.act(World::default().now(), pick(0));
        let Next::Request(Request::Judge(answer)) = step.next else { panic!("no answer: {step:?}") };
        (answer.practice, answer.order_seed, order_seed)
    };
    assert_eq!(shown(true, 2), (true, 2, 2));
    assert_eq!(shown(false, 3), (false, 3, 3));
    assert_eq!(shown(false, 0), (false, 0, 0));
}

/// What the person sees: the card, and its flag.
fn seen(session: &Session) -> (CardId, Option<String>) {
    match session.phase() {
        Phase::Asking(showing) | Phase::Answered(showing, _) => (showing.card, showing.flag.clone()),
        other => panic!("a question, not {other:?}"),
    }
}

#[test]
fn a_card_that_was_put_away_after_its_answer_is_not_asked_again_at_once() {
    for away in [Action::Suspend, Action::Bury] {
        let (mut world, mut session) = (World::default(), session(3));
        world.begin(&mut session);
        world.send(&mut session, pick(0));
        world.send(&mut session, away);
        assert_eq!(seen(&session).0, CardId(2));
        let said = world.send(&mut session, Action::Undo);
        assert!(matches!(&said[..], [Notice::DeedUndone { .. }]), "{said:?}");
        assert_eq!((seen(&session).0, world.log.len()), (CardId(2), 1), "what is asked stays, and so does the answer");
        let Phase::Asking(showing) = session.phase() else { panic!("a question") };
        assert_eq!((showing.left.new, showing.left.learning), (2, 1), "and it is counted again");
        // It waits for the end of its step, as after any answer.
        world.send(&mut session, Action::Bury);
        world.send(&mut session, Action::Bury);
        assert_eq!(seen(&session).0, CardId(1));
        // The next undo takes the last deed back, and at the end the answer.
        for expected in [3, 2, 1] {
            world.send(&mut session, Action::Undo);
            assert_eq!(seen(&session).0, CardId(expected));
        }
        assert!(world.log.is_empty());
    }
}

#[test]
fn undo_takes_back_the_last_deed_whatever_it_was() {
    let (mut world, mut session) = (World::default(), session(3));
    world.begin(&mut session);
    world.send(&mut session, pick(0));
    world.send(&mut session, Action::Rate(StatedRating::GoOn));
    world.send(&mut session, Action::Suspend);
    assert_eq!(seen(&session).0, CardId(3));
    let said = world.send(&mut session, Action::Undo);
    assert!(matches!(&said[..], [Notice::DeedUndone { kind: DeedKind::Suspend, .. }]), "{said:?}");
    assert_eq!((seen(&session).0, world.log.len()), (CardId(2), 1), "the suspended card, and not the answer");
    let said = world.send(&mut session, Action::Undo);
    assert!(matches!(&said[..], [Notice::Undone { .. }]), "{said:?}");
    assert_eq!((seen(&session).0, world.log.len()), (CardId(1), 0));
    for expected in [1, 2, 3] {
        assert_eq!(seen(&session).0, CardId(expected), "no card is lost, and the order is the same");
        world.send(&mut session, Action::Bury);
    }
}

#[test]
fn a_flag_after_the_feedback_is_taken_back_before_the_answer() {
    let (mut world, mut session) = (World::default(), session(2));
    world.begin(&mut session);
    world.send(&mut session, pick(0));
    world.send(&mut session, Action::Flag(Some("odd".into())));
    world.send(&mut session, Action::Undo);
    assert!(matches!(session.phase(), Phase::Answered(..)), "the feedback is still there");
    assert_eq!((seen(&session).1, world.log.len()), (None, 0));
    world.send(&mut session, Action::Undo);
    assert!(matches!(session.phase(), Phase::Asking(_)), "then the answer is taken back");
    assert_eq!((seen(&session).0, world.undone.len()), (CardId(1), 1));
    world.send(&mut session, Action::Flag(Some("odd".into())));
    world.send(&mut session, Action::Undo);
    assert_eq!(seen(&session), (CardId(1), None), "the question stays");
}

#[test]
fn what_is_wider_than_a_card_is_left_alone() {
    let (mut world, mut session) = (World::default(), session(1));
    world.begin(&mut session);
    let step = session.act(world.now(), Action::Undo);
    assert_eq!(step.next, Next::Request(Request::TakeBack));
    let wide = Undone::TooWide { kind: DeedKind::Import, about: "a.txt".into() };
    let step = session.reply(world.now(), Reply::Undone(wide));
    assert_eq!(step.notices, [Notice::TooWideToUndo { kind: DeedKind::Import, about: "a.txt".into() }]);
    assert_eq!(seen(&session).0, CardId(1));
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let (mut world, mut session) = (World::default(), session(1));
    assert_eq!(session.act(world.now(), pick(0)), Step::act(), "before it begins");
    world.begin(&mut session);
    assert_eq!(session.reply(world.now(), Reply::Moved), Step::act(), "nothing was asked for");
    let step = session.act(world.now(), pick(0));
    assert!(matches!(step.next, Next::Request(Request::Judge(_))));
    assert_eq!(session.act(world.now(), Action::Quit), Step::act(), "a request is open");
    assert_eq!(session.reply(world.now(), Reply::Moved), Step::act(), "the answer to another request");
    session.reply(world.now(), Reply::Judged { ratings: ratings(), known_probability: None });
    assert!(matches!(session.phase(), Phase::Answered(..)));
}
