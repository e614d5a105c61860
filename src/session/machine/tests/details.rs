//! Limits, pauses, forecasts and the summary, in detail: what changes of the code by one sign would spoil.

use super::*;

#[test]
fn a_session_of_some_answers_ends_after_them() {
    let limits = Limits { answers: Some(2), ..Limits::default() };
    let (mut world, mut session) = (World::default(), varied(4, limits));
    world.begin(&mut session);
    for _ in 0..2 {
        let event = rightly(asking(&session));
        world.send(&mut session, event);
        world.send(&mut session, Action::Rate(StatedRating::Good));
    }
    assert_eq!(world.finished.map(|summary| (summary.answered, summary.stopped)), Some((2, false)));
}

#[test]
fn a_pause_outlasts_a_tick_and_ends_with_the_next_action() {
    let (mut world, mut session) = (World::default(), session(2));
    world.begin(&mut session);
    world.send(&mut session, Action::Pause);
    world.send(&mut session, Action::Tick);
    assert!(session.is_paused());
    world.send(&mut session, pick(0));
    assert!(!session.is_paused());
}

#[test]
fn the_forecasts_of_a_judgement_are_shown() {
    let (mut world, mut session) = (World::default(), session(1));
    world.begin(&mut session);
    session.act(world.now(), pick(0));
    session.reply(world.now(), Reply::Judged { ratings: ratings(), known_probability: Some(0.4) });
    let Phase::Answered(_, feedback) = session.phase() else { panic!("no feedback") };
    assert_eq!((feedback.ratings.good.interval_days, feedback.known_probability), (1.0, Some(0.4)));
}

#[test]
fn a_card_that_is_put_away_does_not_come_back_for_its_step() {
    let next = |practice, leech| {
        let (mut session, now) = (session(1), World::default().now());
        let loaded = Loaded { practice, ..loaded(CardId(1), CardState::Review) };
        session.begin(now);
        session.reply(now, Reply::Loaded(Some(Box::new(loaded))));
        session.act(now, pick(1));
        session.reply(now, Reply::Judged { ratings: ratings(), known_probability: None });
        session.act(now, Action::Rate(StatedRating::GoOn));
        let (review, due) = (LogId(Uuid::from_u128(1)), Due::At(600_000));
        let recorded = Recorded { review, due, state: CardState::Relearning, leech, elsewhere: false };
        session.reply(now, Reply::Recorded(recorded)).next
    };
    let leech = |suspended| Some(crate::session::Leech { lapses: 8, suspended });
    assert_eq!(next(false, None), Next::Request(Request::Load(CardId(1))));
    assert_eq!(next(false, leech(false)), Next::Request(Request::Load(CardId(1))));
    assert_eq!(next(false, leech(true)), Next::Request(Request::LookAhead));
    assert_eq!(next(true, None), Next::Request(Request::LookAhead));
}

#[test]
fn the_summary_counts_right_answers_and_those_by_luck() {
    let (mut world, mut session) = (World::default(), session(4));
    world.begin(&mut session);
    for (place, verdict) in
        [(0, StatedRating::Guessed), (0, StatedRating::GoOn), (0, StatedRating::Hard), (1, StatedRating::GoOn)]
    {
        world.send(&mut session, pick(place));
        world.send(&mut session, Action::Rate(verdict));
    }
    world.send(&mut session, Action::Quit);
    let summary = world.finished.expect("a summary");
    assert_eq!((summary.answered, summary.new, summary.right, summary.guessed), (4, 4, 3, 1));
}

#[test]
fn an_edit_takes_no_time_from_the_answer() {
    let (mut world, mut session) = (World { now_ms: 5_000, ..World::default() }, session(1));
    let edited = || Action::Edited(Some(Box::new(loaded(CardId(1), CardState::New))));
    world.begin(&mut session);
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
        world.begin(&mut session);
        world.send(&mut session, pick(0));
        let mut edited = loaded(CardId(1), CardState::New);
        change(&mut edited.question);
        session.act(world.now(), Action::Edited(Some(Box::new(edited)))).next
    };
    assert_eq!(after(|_| ()), Next::Act, "the same choices");
    assert!(matches!(after(|question| question.kind = Kind::Multiple), Next::Request(Request::Record(_))));
    assert!(matches!(after(|question| question.choices.truncate(2)), Next::Request(Request::Record(_))));
}

#[test]
fn a_flag_is_kept_shown_and_removed() {
    let (mut world, mut session) = (World::default(), session(1));
    world.begin(&mut session);
    assert_eq!(world.send(&mut session, Action::Flag(Some("a note".into()))), [Notice::Flagged]);
    assert_eq!(asking(&session).flag.as_deref(), Some("a note"));
    assert_eq!(world.flags.get(&1).map(String::as_str), Some("a note"));
    world.send(&mut session, pick(0));
    assert_eq!(world.send(&mut session, Action::Flag(None)), [Notice::Unflagged]);
    assert!(matches!(session.phase(), Phase::Answered(showing, _) if showing.flag.is_none()));
    assert!(world.flags.is_empty());
}
