use super::*;
use crate::clock::Clock;
use crate::model::Guess;
use crate::study::{Trainer, unwatched};

const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };
const DAY_MS: i64 = 86_400_000;
const CARD: CardId = CardId(1);

/// A trainer with two cards that have these settings, and the folder of its database.
fn trainer(pairs: &[&str]) -> (tempfile::TempDir, Trainer) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut trainer = Trainer::open(&folder.path().join("a.db"), Clock::fixed(NOW), Some(1)).expect("a trainer");
    let bank =
        b"What is the capital of Norway?\n- A. Bergen\n- B. Oslo *\n\nAnd that of Peru?\n- A. Lima *\n- B. Cusco\n";
    trainer.import(bank, "towns.txt", &mut unwatched).expect("an import");
    let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
    if !pairs.is_empty() {
        trainer.change_settings(None, &pairs).expect("settings");
    }
    (folder, trainer)
}

fn answer(right: bool, verdict: StatedRating) -> Answer {
    Answer {
        card: CARD,
        right,
        overruled: false,
        sure: None,
        verdict,
        picked: vec![u8::from(right)],
        shown: vec![0, 1],
        typed: None,
        exam: false,
        order_seed: 0,
        took_ms: 2_000,
        guess: Guess::one_of(2),
        practice: false,
    }
}

fn in_days(days: i64) -> Moment {
    NOW.plus_ms(days * DAY_MS)
}

fn today(now: Moment) -> StudyDay {
    now.study_day(Default::default())
}

fn record(trainer: &mut Trainer, answer: &Answer, now: Moment) -> Recorded {
    let decks = trainer.decks().expect("decks");
    trainer.ledger(&decks).record(answer, None, now).expect("an answer")
}

fn memory(trainer: &Trainer) -> CardMemory {
    trainer.reader().memory(CARD).expect("a memory").expect("a card").memory
}

fn log(trainer: &Trainer) -> Vec<LogEntry> {
    trainer.reader().log_of(CARD).expect("a log")
}

fn last_review(trainer: &Trainer) -> Review {
    let mut reviews = log(trainer).into_iter().filter_map(|entry| match entry {
        LogEntry::Review(review) => Some(review),
        LogEntry::Move(_) => None,
    });
    reviews.next_back().expect("an answer")
}

/// Puts the card into review, due on a day.
fn into_review(trainer: &mut Trainer) -> StudyDay {
    match record(trainer, &answer(true, StatedRating::Easy), NOW).due {
        Due::Day(day) => day,
        due @ Due::At(_) => panic!("a day, not {due:?}"),
    }
}

#[test]
fn a_card_is_called_a_leech_at_a_lapse_and_not_at_the_answers_after_it() {
    let settings = Settings { leech_threshold: Some(8), ..Settings::default() };
    let called = |before, after| leech(&settings, before, after).map(|leech| leech.lapses);
    assert_eq!(called(7, 8), Some(8));
    assert_eq!(called(11, 12), Some(12), "and again after half of the threshold");
    assert_eq!([(6, 7), (8, 8), (8, 9), (9, 8)].map(|(before, after)| called(before, after)), [None; 4]);
    let unlimited = Settings { leech_threshold: None, ..settings.clone() };
    assert_eq!(leech(&unlimited, 7, 8), None);
    for action in [LeechAction::Suspend, LeechAction::Tag] {
        let settings = Settings { leech_action: action, ..settings.clone() };
        let suspended = leech(&settings, 7, 8).map(|leech| leech.suspended);
        assert_eq!(suspended, Some(action == LeechAction::Suspend));
    }
}

#[test]
fn the_memory_that_is_written_is_that_of_the_log() {
    let (_folder, mut trainer) = trainer(&[]);
    let recorded = record(&mut trainer, &answer(true, StatedRating::Good), NOW);
    let entry = trainer.decks().expect("decks").all()[0].clone();
    assert_eq!(memory(&trainer), entry.replayer.fold(&log(&trainer)));
    assert_eq!((recorded.state, recorded.leech, recorded.elsewhere), (CardState::Learning, None, false));
    assert_eq!(memory(&trainer).through, Some(recorded.review));
    assert_eq!(memory(&trainer).due, Some(recorded.due));
}

#[test]
fn an_answer_keeps_its_situation() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    assert_eq!(last_review(&trainer).kind, ReviewKind::New);
    let until = i64::from(due.since(today(NOW)));
    record(&mut trainer, &answer(true, StatedRating::Good), in_days(until - 1));
    assert_eq!(last_review(&trainer).kind, ReviewKind::Ahead, "a day early");
    trainer.undo().expect("an undo");
    record(&mut trainer, &answer(true, StatedRating::Good), in_days(until));
    assert_eq!(last_review(&trainer).kind, ReviewKind::Review, "on the day");
    record(&mut trainer, &Answer { exam: true, ..answer(true, StatedRating::Good) }, in_days(until + 60));
    assert_eq!(last_review(&trainer).kind, ReviewKind::Exam);
}

#[test]
fn a_verdict_becomes_a_rating_and_who_stated_it() {
    let shown = |answer: &Answer| {
        let evidence = evidence(answer, answer.verdict);
        (evidence.rating, evidence.confidence)
    };
    for (verdict, expected) in [
        (StatedRating::GoOn, (Rating::Good, Confidence::Model)),
        (StatedRating::Guessed, (Rating::Again, Confidence::Guessed)),
        (StatedRating::Hard, (Rating::Hard, Confidence::Stated)),
        (StatedRating::Good, (Rating::Good, Confidence::Stated)),
        (StatedRating::Easy, (Rating::Easy, Confidence::Stated)),
    ] {
        assert_eq!(shown(&answer(true, verdict)), expected);
        assert_eq!(shown(&answer(false, verdict)), (Rating::Again, Confidence::Model));
    }
    let overruled = Answer { overruled: true, ..answer(true, StatedRating::GoOn) };
    assert_eq!(shown(&overruled), (Rating::Good, Confidence::Stated));
}

#[test]
fn practice_is_logged_and_changes_nothing() {
    let (_folder, mut trainer) = trainer(&[]);
    let practice = Answer { practice: true, ..answer(false, StatedRating::GoOn) };
    let decks = trainer.decks().expect("decks");
    let promise = trainer.ledger(&decks).outcomes(&practice, NOW).expect("outcomes");
    assert!(promise.outcomes.iter().all(|(_, outcome)| outcome.due == Due::Day(today(NOW))), "a new card stays due");
    let due = into_review(&mut trainer);
    let before = memory(&trainer);
    let promise = trainer.ledger(&decks).outcomes(&practice, NOW).expect("outcomes");
    assert!(promise.outcomes.iter().all(|(_, outcome)| outcome.due == Due::Day(due)));
    let recorded = trainer.ledger(&decks).record(&practice, Some(&promise), in_days(1)).expect("an answer");
    assert_eq!((recorded.due, recorded.elsewhere), (Due::Day(due), false));
    assert!(last_review(&trainer).practice);
    assert_eq!(memory(&trainer), before);
    let undone = trainer.undo().expect("an undo").expect("an answer");
    assert!(undone.practice && undone.past.deed.id == recorded.review);
}

#[test]
fn a_promised_day_is_kept_while_all_that_it_rests_on_is_the_same() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let now = in_days(i64::from(due.since(today(NOW))));
    let given = answer(true, StatedRating::Good);
    let mut promise = trainer.ledger(&decks).outcomes(&given, now).expect("outcomes");
    // A day that nothing else would choose.
    let far = Due::Day(today(now).plus(777));
    for (_, outcome) in &mut promise.outcomes {
        outcome.due = far;
    }
    let due = |trainer: &mut Trainer, promise: &Promise, now| {
        let recorded = trainer.ledger(&decks).record(&given, Some(promise), now).expect("an answer");
        trainer.undo().expect("an undo");
        (recorded.due == far, recorded.elsewhere)
    };
    assert_eq!(due(&mut trainer, &promise, now), (true, false));
    // The undo is not part of the memory: only an answer or a move of the card is.
    assert_eq!(due(&mut trainer, &promise, now.plus_ms(DAY_MS)), (false, false), "on another day");
    let step = Promise {
        outcomes: vec![(StatedRating::Good, Outcome { due: Due::At(now.utc_ms + 5), ..promise.outcomes[0].1 })],
        ..promise.clone()
    };
    assert_eq!(due(&mut trainer, &step, now), (false, false), "steps count from the rating");
    trainer.ledger(&decks).relocate(CARD, MoveKind::Unsuspend, "elsewhere", now).expect("a move");
    assert_eq!(due(&mut trainer, &promise, now), (false, true), "the card was moved since");
}

#[test]
fn a_leech_is_suspended_and_comes_back_if_the_lapse_is_taken_back() {
    let (_folder, mut trainer) = trainer(&["leech-threshold=2", "leech-action=suspend"]);
    let due = into_review(&mut trainer);
    let now = in_days(i64::from(due.since(today(NOW))));
    assert_eq!(record(&mut trainer, &answer(false, StatedRating::GoOn), now).leech, None);
    record(&mut trainer, &answer(true, StatedRating::Easy), now);
    let recorded = record(&mut trainer, &answer(false, StatedRating::GoOn), now);
    assert_eq!(recorded.leech, Some(Leech { lapses: 2, suspended: true }));
    assert!(memory(&trainer).suspended);
    let undone = trainer.undo().expect("an undo").expect("an answer");
    let deed = &undone.past.deed;
    assert_eq!((deed.id, deed.card, undone.state), (recorded.review, Some(CARD), Some(CardState::Review)));
    assert_eq!((memory(&trainer).suspended, memory(&trainer).lapses), (false, 1));

    // What was done since is taken back first.
    for kind in [MoveKind::Unsuspend, MoveKind::Suspend] {
        let recorded = record(&mut trainer, &answer(false, StatedRating::GoOn), now);
        let decks = trainer.decks().expect("decks");
        let before = log(&trainer);
        trainer.ledger(&decks).relocate(CARD, kind, "my wish", now).expect("a move");
        assert_eq!(leech_move_after(&log(&trainer), recorded.review), None, "who moved it keeps it so");
        trainer.undo().expect("an undo");
        assert_eq!(log(&trainer), before, "the move left the log, and no other was added");
        assert!(memory(&trainer).suspended, "as the answer had left it");
        trainer.undo().expect("an undo");
        assert_eq!((log(&trainer).len(), memory(&trainer).suspended), (before.len() - 2, false));
    }
    // What suspended the card before the answer is not the answer's.
    let last = LogId(uuid::Uuid::max());
    assert_eq!(leech_move_after(&log(&trainer), last), None);
}

#[test]
fn a_move_is_logged_with_its_day_and_its_reason() {
    let (_folder, mut trainer) = trainer(&[]);
    into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let memory = trainer.ledger(&decks).relocate(CARD, MoveKind::Due(today(NOW).plus(40)), "a wish", NOW);
    assert_eq!(memory.expect("a move").due, Some(Due::Day(today(NOW).plus(40))));
    let moves = log(&trainer).into_iter().filter_map(|entry| match entry {
        LogEntry::Move(change) => Some((change.card, change.at, change.day, change.why)),
        LogEntry::Review(_) => None,
    });
    assert_eq!(moves.collect::<Vec<_>>(), [(CARD, NOW, today(NOW), "a wish".to_owned())]);
    assert!(trainer.ledger(&decks).relocate(CardId(99), MoveKind::Forget, "", NOW).is_err(), "there is no such card");
}

#[test]
fn a_plan_moves_only_what_is_as_it_was() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let title = MoveTitle { command: "catch-up", why: "a plan".into() };
    let mut carry_out = |moves: &[DueMove], takes_back: Option<ShiftRow>| {
        let Ledger { store, .. } = trainer.ledger(&decks);
        let mut writer = store.writer().expect("a writer");
        let moved = shift(&mut writer, &decks, &title, moves, takes_back, NOW, &mut || Ok(())).expect("moves");
        writer.commit().expect("a commit");
        (moved, memory(&trainer).due, trainer.reader().last_shift("catch-up").expect("a shift"))
    };
    let to = due.plus(3);
    let stale = DueMove { card: CARD, from: due.plus(1), to };
    let new = DueMove { card: CardId(2), from: due, to };
    assert_eq!(carry_out(&[stale, new], None), (0, Some(Due::Day(due)), None));
    let (moved, now_due, noted) = carry_out(&[DueMove { card: CARD, from: due, to }], None);
    assert_eq!((moved, now_due), (1, Some(Due::Day(to))));
    let noted = noted.expect("a note of the moves");
    assert_eq!(noted.first, noted.last);
    // Taking back what can no longer be taken back is noted as done.
    assert_eq!(carry_out(&[stale], Some(noted)).2, None);
}

#[test]
fn the_load_is_that_of_the_other_cards() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let on = |trainer: &Trainer, card, memory: &CardMemory, pairs: &[(&str, &str)]| {
        let mut entry = decks.all()[0].clone();
        for (key, value) in pairs {
            entry.settings.set(key, value).expect("a value");
        }
        load_for(trainer.reader(), card, memory, &entry, today(NOW)).expect("a load").on(due)
    };
    let own = memory(&trainer);
    assert_eq!(on(&trainer, CARD, &own, &[]), 0, "without its own");
    assert_eq!(on(&trainer, CardId(2), &CardMemory::NEW, &[]), 1);
    assert_eq!(on(&trainer, CardId(2), &CardMemory { suspended: true, ..own }, &[]), 1);
    assert_eq!(on(&trainer, CardId(2), &CardMemory::NEW, &[("fuzz", "off")]), 0);
    assert_eq!(on(&trainer, CardId(2), &CardMemory::NEW, &[("load-balance", "off")]), 0);
}

#[test]
fn each_verdict_has_its_own_promise() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let now = in_days(i64::from(due.since(today(NOW))));
    let given = answer(true, StatedRating::Hard);
    let mut promise = trainer.ledger(&decks).outcomes(&given, now).expect("outcomes");
    // Days that nothing else would choose.
    for (place, (_, outcome)) in (700..).zip(&mut promise.outcomes) {
        outcome.due = Due::Day(today(now).plus(place));
    }
    let shown = promise.outcomes.iter().find(|(verdict, _)| *verdict == StatedRating::Hard).expect("hard");
    let recorded = trainer.ledger(&decks).record(&given, Some(&promise), now).expect("an answer");
    assert_eq!(recorded.due, shown.1.due);
}

#[test]
fn after_a_wrong_answer_only_going_on_leads_to_again() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let now = in_days(i64::from(due.since(today(NOW))));
    let wrong = answer(false, StatedRating::GoOn);
    let promise = trainer.ledger(&decks).outcomes(&wrong, now).expect("outcomes");
    let by_days = promise.outcomes.iter().filter(|(_, outcome)| matches!(outcome.due, Due::Day(_)));
    let by_days: Vec<StatedRating> = by_days.map(|(verdict, _)| *verdict).collect();
    assert_eq!(by_days, [StatedRating::Hard, StatedRating::Good, StatedRating::Easy]);
}

#[test]
fn a_plan_leaves_suspended_cards() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    trainer.ledger(&decks).relocate(CARD, MoveKind::Suspend, "my wish", NOW).expect("a move");
    let title = MoveTitle { command: "catch-up", why: "a plan".into() };
    let moves = [DueMove { card: CARD, from: due, to: due.plus(3) }];
    let Ledger { store, .. } = trainer.ledger(&decks);
    let mut writer = store.writer().expect("a writer");
    assert_eq!(shift(&mut writer, &decks, &title, &moves, None, NOW, &mut || Ok(())).expect("moves"), 0);
}

#[test]
fn an_import_remembers_which_cards_it_moved() {
    let (_folder, mut trainer) = trainer(&[]);
    let due = into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let import = trainer.reader().last_imports().expect("imports")[0].id;
    let mut relocated = |kind| {
        let Ledger { store, .. } = trainer.ledger(&decks);
        let mut writer = store.writer().expect("a writer");
        relocate_for(import, &mut writer, &decks, CARD, kind, "a bank", NOW).expect("a move");
        let memory = writer.reader().memory(CARD).expect("a memory").expect("a card").memory;
        let moves = writer.reader().last_moves_of_import(import).expect("moves");
        // Nothing is committed: the next one starts from the same card.
        (memory.due, memory.suspended, moves.iter().map(|change| change.card).collect::<Vec<_>>())
    };
    let far = due.plus(40);
    assert_eq!(relocated(MoveKind::Due(far)), (Some(Due::Day(far)), false, vec![CARD]));
    assert_eq!(relocated(MoveKind::Suspend), (Some(Due::Day(due)), true, vec![CARD]));
}

#[test]
fn memory_under_other_parameters_is_remade_from_the_log() {
    let (_folder, mut trainer) = trainer(&[]);
    into_review(&mut trainer);
    let decks = trainer.decks().expect("decks");
    let parameters = decks.all()[0].parameters;
    let kept = memory(&trainer);
    let other = CardMemory { lapses: 9, ..kept };
    let mut lapses = |parameters| {
        let Ledger { store, .. } = trainer.ledger(&decks);
        let mut writer = store.writer().expect("a writer");
        writer.put_memory(CARD, &other, parameters).expect("a memory");
        current(writer.reader(), &decks, CARD).expect("a card").0.lapses
    };
    assert_eq!(lapses(parameters), 9, "what is cached counts");
    assert_eq!(lapses(parameters + 1), kept.lapses, "what other parameters made does not");
}

#[test]
fn a_card_that_is_not_there_has_no_identity() {
    let (_folder, trainer) = trainer(&[]);
    let identity = trainer.reader().card_identity(CARD).expect("a card").expect("an identity");
    assert_eq!(card_uid(trainer.reader(), CARD).expect("a card"), identity);
    assert!(card_uid(trainer.reader(), CardId(99)).is_err());
}
