use super::*;
use crate::model::DeckId;

fn answer(kind: ReviewKind, rating: Rating, confidence: Confidence, took_ms: u32) -> TimedAnswer {
    let right = rating != Rating::Again;
    TimedAnswer { deck: DeckId(1), kind, rating, confidence, right, guess: Guess::one_of(2), took_ms }
}

fn close(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{one} is not {other}");
}

#[test]
fn times_are_means_and_long_ones_count() {
    // Nine of 5 seconds and one of 15: 60 in all, where 100 were expected. Without them 1 is held, as by 5 answers (50 seconds).
    let mut answers = vec![answer(ReviewKind::Review, Rating::Good, Confidence::Model, 5_000); 9];
    answers.push(answer(ReviewKind::Review, Rating::Good, Confidence::Model, 15_000));
    let habits = Habits::learned(&answers, &Habits::default());
    let person = (60.0 + 50.0) / 150.0;
    let reviews = (60.0 + 50.0 * person) / 150.0;
    close(habits.seconds(CardState::Review, Rating::Good), 10.0 * (60.0 + 50.0 * reviews) / 150.0);
    // Of wrong answers nothing is known but that this person is quick in review, and of new cards that they are quick.
    close(habits.seconds(CardState::Review, Rating::Again), 18.0 * reviews);
    close(habits.seconds(CardState::New, Rating::Good), 15.0 * person);
}

#[test]
fn with_many_answers_a_time_is_their_mean() {
    // 1, 2, … 2,000 tenths of a second, 100.05 in the mean; but none is longer than a minute: 600 of them to 60 seconds, the others 60.
    let answers: Vec<TimedAnswer> =
        (1..=2_000).map(|n| answer(ReviewKind::New, Rating::Again, Confidence::Model, n * 100)).collect();
    let habits = Habits::learned(&answers, &Habits::default());
    let mean = (600.0 * 30.05 + 1_400.0 * 60.0) / 2_000.0;
    assert!((habits.seconds(CardState::New, Rating::Again) / mean - 1.0).abs() < 0.001);
}

#[test]
fn what_nobody_measured_tells_nothing() {
    let answers = vec![answer(ReviewKind::Review, Rating::Good, Confidence::Model, 0); 50];
    assert_eq!(Habits::learned(&answers, &Habits::default()).seconds, Habits::default().seconds);
    assert_eq!(Habits::learned(&[], &Habits::default()), Habits::default());
}

#[test]
fn what_is_said_of_right_answers_is_learnt() {
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(answer(ReviewKind::Review, Rating::Easy, Confidence::Stated, 1));
        answers.push(answer(ReviewKind::Review, Rating::Good, Confidence::Model, 1));
        answers.push(answer(ReviewKind::Review, Rating::Again, Confidence::Model, 1));
    }
    let later = Habits::learned(&answers, &Habits::default()).later;
    // Nobody said anything before, which counts like five answers. Twenty wrong ones of two options stand for twenty lucky ones, of
    // which nothing is said, so that of all 20 without a word none came from knowledge.
    close(later.nothing, 5.0 / 25.0);
    close(later.easy, 20.0 / 25.0);
    assert_eq!(later.at(0.1), (Rating::Good, Confidence::Model));
    assert_eq!(later.at(0.9), (Rating::Easy, Confidence::Stated));
}

/// Right answers from knowledge and by luck, and wrong ones, with two options; of the right ones some are called a guess.
fn called(kind: ReviewKind, right: usize, wrong: usize, called: usize) -> Vec<TimedAnswer> {
    let guessed = TimedAnswer { right: true, ..answer(kind, Rating::Again, Confidence::Guessed, 1) };
    let mut answers = vec![guessed; called];
    answers.extend(vec![answer(kind, Rating::Good, Confidence::Model, 1); right - called]);
    answers.extend(vec![answer(kind, Rating::Again, Confidence::Model, 1); wrong]);
    answers
}

#[test]
fn guesses_that_are_owned_up_to_are_told_from_false_alarms() {
    // With two options there is a lucky answer for each wrong one: 300 of 400 first answers, 100 of 1,000 in review. Of lucky ones 80 %
    // are called a guess, of the others 5 %: 240 + 5, and 80 + 45.
    let mut answers = called(ReviewKind::New, 400, 300, 245);
    answers.extend(called(ReviewKind::Review, 1_000, 100, 125));
    // Nobody is asked in a mock exam.
    answers.extend(vec![answer(ReviewKind::Exam, Rating::Again, Confidence::Model, 1); 100]);
    let habits = Habits::learned(&answers, &Habits::default());
    assert!((habits.owns_up - 0.8).abs() < 0.02, "{}", habits.owns_up);
    assert!((habits.false_alarm - 0.05).abs() < 0.01, "{}", habits.false_alarm);
    let never = Habits::learned(&called(ReviewKind::New, 400, 300, 0), &Habits::default());
    assert_eq!((never.owns_up, never.false_alarm), (0.0, 0.0));
}

#[test]
fn wrong_answers_in_steps_stand_for_the_lucky_ones_too() {
    // 30 wrong of 200 with two options: 60 did not come from knowledge. One in twenty is held before, like by 20 answers.
    let mut answers = vec![answer(ReviewKind::Learning, Rating::Again, Confidence::Model, 1); 30];
    answers.extend(vec![answer(ReviewKind::Relearning, Rating::Good, Confidence::Model, 1); 170]);
    // A guess that was right is right.
    answers[30] = TimedAnswer { rating: Rating::Again, confidence: Confidence::Guessed, ..answers[30] };
    let habits = Habits::learned(&answers, &Habits::default());
    close(habits.step_failure, (30.0 + 1.0) / (100.0 + 20.0));
    close(Habits::learned(&answers[..0], &habits).step_failure, habits.step_failure);
}

#[test]
fn the_price_of_a_card_is_that_of_its_answer() {
    let habits = Habits::default();
    assert_eq!(habits.expected_seconds(CardState::New, 1.0), 15.0);
    assert_eq!(habits.expected_seconds(CardState::New, 0.0), 20.0);
    assert_eq!(habits.expected_seconds(CardState::Review, 0.5), 0.5 * 10.0 + 0.5 * 18.0);
}

#[test]
fn silence_tells_by_what_else_would_have_been_said() {
    let review = |confidence, ways| {
        let rating = if confidence == Confidence::Guessed { Rating::Again } else { Rating::Good };
        Review { confidence, right: true, guess: Guess::from_ways(ways), ..Review::test(0, rating) }
    };
    let habits = Habits::default();
    assert_eq!(habits.reweigh(review(Confidence::Model, 4)), review(Confidence::Model, 4));
    assert_eq!(habits.reweigh(review(Confidence::Guessed, 4)), review(Confidence::Guessed, 4));
    // Half of what is known is rated, and nothing of what is not: silence is twice as likely by luck.
    let rates =
        Habits { later: RatingShares { nothing: 0.5, good: 0.5, ..RatingShares::NOTHING }, ..Habits::default() };
    assert_eq!(rates.reweigh(review(Confidence::Model, 4)).guess, Guess::from_ways(2));
    // Of three lucky answers in four it is said that they were a guess: silence is a quarter as likely.
    let owns_up = Habits { owns_up: 0.75, ..Habits::default() };
    assert_eq!(owns_up.reweigh(review(Confidence::Model, 4)).guess, Guess::from_ways(16));
    assert_eq!(owns_up.reweigh(review(Confidence::Model, 0)).guess, Guess::NONE);
    assert_eq!(owns_up.reweigh(review(Confidence::Guessed, 4)).confidence, Confidence::Guessed);
    // Called a guess by luck, 0.25 · 0.8, and from knowledge, 0.2: luck is as likely as knowledge.
    let alarms = Habits { owns_up: 0.8, false_alarm: 0.2, ..Habits::default() };
    let told = alarms.reweigh(review(Confidence::Guessed, 4));
    assert_eq!((told.rating, told.confidence, told.guess), (Rating::Good, Confidence::Model, Guess::from_ways(1)));
    let stated = review(Confidence::Stated, 4);
    assert_eq!(alarms.reweigh(stated.clone()), stated);
}
