use uuid::Uuid;

use super::*;
use crate::model::{LogId, Moment, Move, Rating};

const READING: HistoryRules =
    HistoryRules { deck: DeckId(1), prior_knowledge: 0.3, luck_aware: true, ignore_before: None };

/// What happens to the one card, `days` ago: an answer (rated 3 unless said), or a forgetting.
enum Event {
    Answer(ReviewKind, i32, u8),
    Forget(i32),
}

use Event::{Answer, Forget};
use ReviewKind::{Ahead, Exam, Learning, New, Relearning, Review as Due_};

fn entry(number: u128, event: &Event) -> LogEntry {
    let (days_ago, kind, rating) = match event {
        Answer(kind, days_ago, rating) => (*days_ago, Some(*kind), *rating),
        Forget(days_ago) => (*days_ago, None, 3),
    };
    let (id, card, day) = (LogId(Uuid::from_u128(number)), CardId(1), StudyDay(1_000 - days_ago));
    let at = Moment { utc_ms: i64::from(day.0) * 86_400_000, offset_minutes: 0 };
    let Some(kind) = kind else {
        return LogEntry::Move(Move { id, card, at, day, kind: MoveKind::Forget, why: String::new() });
    };
    let rating = Rating::from_number(rating).expect("1 to 4");
    LogEntry::Review(Review { id, kind, ..Review::test(day.0, rating) })
}

fn histories(reading: HistoryRules, events: &[Event]) -> Vec<History> {
    let mut all = Histories::default();
    for (number, event) in (1..).zip(events) {
        all.add(&reading, &entry(number, event));
    }
    all.finish()
}

/// The items that follow: for each predicted answer the days elapsed of the history through it.
fn items(reading: HistoryRules, events: &[Event]) -> Vec<Vec<u32>> {
    let mut items = Vec::new();
    for history in histories(reading, events) {
        for (at, trial) in history.trials.iter().enumerate() {
            if trial.predicted {
                items.push(history.trials[..=at].iter().map(|trial| trial.elapsed_days).collect());
            }
        }
    }
    items
}

#[test]
fn the_cases_of_anki() {
    // rslib/src/scheduler/fsrs/params.rs: delta_t_is_correct, cram_is_filtered (as a mock exam), card_reset_drops_all_previous_
    // history, single_learning_step_skipped_when_training, ignores_cards_before_ignore_before_date_when_training.
    assert_eq!(items(READING, &[Answer(Learning, 1, 3), Answer(Due_, 0, 3)]), [[0, 1]]);
    assert_eq!(
        items(READING, &[Answer(Learning, 10, 3), Answer(Due_, 9, 3), Forget(7)]),
        Vec::<Vec<u32>>::new(),
        "forgotten and not learnt again"
    );
    assert_eq!(items(READING, &[Answer(Learning, 1, 3)]), Vec::<Vec<u32>>::new());
    let recent = HistoryRules { ignore_before: Some(StudyDay(1_000 - 9)), ..READING };
    let old = [Answer(Learning, 10, 3), Answer(Learning, 8, 3)];
    assert_eq!(items(recent, &old), Vec::<Vec<u32>>::new());
    assert_eq!(items(READING, &old), [[0, 2]]);
}

#[test]
fn the_card_of_fsrs_rs() {
    // src/convertor_tests.rs, card 1528947214762: a learning step on the same day, then reviews.
    let events = [
        Answer(New, 200, 3),
        Answer(Learning, 200, 4),
        Answer(Due_, 195, 3),
        Answer(Due_, 185, 3),
        Answer(Due_, 163, 3),
        Answer(Due_, 107, 2),
        Answer(Due_, 43, 3),
    ];
    let all = [0, 0, 5, 10, 22, 56, 64];
    assert_eq!(items(READING, &events), (3..=7).map(|end| all[..end].to_vec()).collect::<Vec<_>>());
    let history = &histories(READING, &events)[0];
    let ratings: Vec<u8> = history.trials.iter().map(|trial| trial.evidence.rating.number()).collect();
    assert_eq!(ratings, [3, 4, 3, 3, 3, 2, 3]);
}

#[test]
fn only_what_was_learnt_last_counts() {
    let again = [Answer(New, 50, 3), Answer(Due_, 40, 3), Forget(30), Answer(New, 20, 3), Answer(Due_, 17, 1)];
    assert_eq!(items(READING, &again), [[0, 3]]);
    // Another trainer's reset: in learning again after a review.
    let elsewhere = [Answer(Learning, 50, 3), Answer(Due_, 40, 3), Answer(Learning, 20, 3), Answer(Due_, 17, 1)];
    assert_eq!(items(READING, &elsewhere), [[0, 3]]);
    let never_learnt = [Answer(Due_, 50, 3), Answer(Relearning, 49, 3), Answer(Due_, 40, 3)];
    assert_eq!(items(READING, &never_learnt), Vec::<Vec<u32>>::new());
}

#[test]
fn mock_exams_are_history_and_not_predicted_and_ahead_is_both() {
    let events =
        [Answer(New, 20, 3), Answer(Exam, 18, 3), Answer(Ahead, 15, 3), Answer(Due_, 15, 3), Answer(Due_, 5, 1)];
    assert_eq!(items(READING, &events), [vec![0, 2, 3], vec![0, 2, 3, 0, 10]]);
}

#[test]
fn the_share_of_the_past_is_by_time() {
    let events: Vec<Event> = (0..=10).map(|at| Answer(if at == 0 { New } else { Due_ }, 30 - at, 3)).collect();
    let all = histories(READING, &events);
    let place = place_of_share(&all, 0.8);
    assert_eq!(all[0].predicted().filter(|trial| trial.order < place).count(), 8);
    assert_eq!(place_of_share(&all, 1.0), u32::MAX);
    assert_eq!(place_of_share(&[], 0.8), u32::MAX);
}

#[test]
fn practice_is_no_history() {
    let entries = |practised: &[u128]| {
        let events = [
            Answer(New, 20, 3),
            Answer(Ahead, 18, 1),
            Answer(Due_, 15, 3),
            Answer(Learning, 12, 1),
            Answer(Due_, 5, 1),
        ];
        let mut all = Histories::default();
        for (number, event) in (1..).zip(&events) {
            let LogEntry::Review(review) = entry(number, event) else { panic!("an answer") };
            all.add(&READING, &LogEntry::Review(Review { practice: practised.contains(&number), ..review }));
        }
        all.finish()
    };
    let learnt = histories(READING, &[Answer(New, 20, 3), Answer(Due_, 15, 3), Answer(Due_, 5, 1)]);
    assert_eq!(entries(&[2, 4]), learnt);
    assert_ne!(entries(&[]), learnt);
}
