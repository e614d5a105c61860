//! `retain` alone: today at a glance.

use unicode_width::UnicodeWidthStr;

use super::paint::Paint;
use super::table::{
    self,
    TextColumn::{Cut, Right},
};
use super::{decks, words};
use crate::study::{DeckToday, Home, IdleReason};

/// Columns of the name of a deck; longer names are cut.
const WIDEST_NAME: usize = 44;
/// The heading of the cards that the queue before an exam asks for, due or not.
pub const FOR_EXAM: &str = "for the exam";

/// Today as text.
pub fn text(home: &Home, paint: Paint) -> String {
    if let Some(reason) = home.idle.as_ref().filter(|reason| **reason != IdleReason::NoDecks) {
        return format!("{}.\n", words::sentence(&decks::idle(reason)));
    }
    if home.decks.is_empty() {
        return format!(
            "{}\n\nThere are no questions yet. Begin with a bank of your own:\n\n  retain review FILE\n\n\
             or with `retain import FILE…` for several banks at once. A bank is a text file: a question,\n\
             its options below it as `- A. …`, the right one marked with `*`.\n\n\
             `retain demo` shows it in three minutes, with questions that come with the program.\n",
            paint.strong("Welcome to retain.")
        );
    }
    let width = home.decks.iter().map(|deck| deck.name.width()).max().unwrap_or(0).clamp(4, WIDEST_NAME);
    let exam = home.decks.iter().any(|deck| deck.for_exam.is_some());
    let columns = [Cut(width), Right(6), Right(8), Right(6), Right(FOR_EXAM.len())];
    let columns = if exam { &columns[..] } else { &columns[..4] };
    let head = table::row(columns, 2, ["deck", "new", "learning", "due", FOR_EXAM]);
    let mut text = format!("{}\n", paint.strong(&head));
    for deck in &home.decks {
        let for_exam = deck.for_exam.map_or("–".into(), |cards| cards.to_string());
        let counts = [deck.new, deck.learning, deck.due].map(|cards| cards.to_string());
        let [new, learning, due] = counts;
        text += &(table::row(columns, 2, [deck.name.clone(), new, learning, due, for_exam]) + "\n");
    }
    let left: u64 = home.decks.iter().map(|deck| deck.today).sum();
    text.push('\n');
    if left == 0 {
        text += if home.answered > 0 { "Done for today.\n" } else { "Nothing is due today.\n" };
    } else {
        text += &format!("{} today, about {:.0} min.\n", words::count(left, "card"), home.minutes.max(1.0));
    }
    let left_over: u64 = home.decks.iter().map(|deck| deck.left_over).sum();
    if left_over > 0 {
        text += &format!("{} beyond the limits of today. See: retain catchup\n", words::count(left_over, "due card"));
    }
    if home.streak > 0 {
        text += &format!("Streak: {}.\n", words::count(home.streak, "day"));
    }
    for exam in &home.exams {
        text += &format!(
            "Exam of {}: on {}, in {}. See: retain plan\n",
            exam.deck,
            exam.day,
            words::count(exam.days, "day")
        );
    }
    // What is named here has cards to ask.
    text += match (left, home.decks.iter().any(DeckToday::has_more)) {
        (1.., _) => "\nNext: retain review\n",
        (0, true) => "\nNext: retain stats, or retain review --more 20\n",
        (0, false) if home.practice => "\nNext: retain stats, or retain review --cram\n",
        (0, false) => "\nNext: retain stats\n",
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StudyDay;
    use crate::study::ExamAhead;

    #[test]
    fn today_at_a_glance() {
        let deck = |name: &str, new, learning, due| {
            let today = new + learning + due;
            DeckToday { name: name.into(), new, learning, due, for_exam: None, today, unseen: false, left_over: 0 }
        };
        let home = Home {
            decks: vec![deck("MLOps", 10, 2, 3), deck("操作系统", 0, 0, 1)],
            minutes: 2.4,
            streak: 5,
            answered: 0,
            exams: vec![ExamAhead { deck: "MLOps".into(), day: StudyDay(20_833), days: 51 }],
            practice: true,
            idle: None,
        };
        assert_eq!(
            text(&home, Paint::new(false)),
            "deck         new  learning     due\nMLOps         10         2       3\n操作系统       0         0       1\n\n\
             16 cards today, about 2 min.\nStreak: 5 days.\n\
             Exam of MLOps: on 2027-01-15, in 51 days. See: retain plan\n\nNext: retain review\n"
        );
    }

    #[test]
    fn an_exam_has_a_column_of_its_own() {
        let deck = |name: &str, due, for_exam, today, left_over| DeckToday {
            name: name.into(),
            new: 5,
            learning: 0,
            due,
            for_exam,
            today,
            unseen: false,
            left_over,
        };
        let home = Home {
            decks: vec![deck("Law", 20, Some(50), 55, 0), deck("Art", 300, None, 205, 100)],
            minutes: 40.0,
            streak: 0,
            answered: 0,
            exams: Vec::new(),
            practice: true,
            idle: None,
        };
        assert_eq!(
            text(&home, Paint::new(false)),
            "deck     new  learning     due  for the exam\nLaw        5         0      20            50\n\
             Art        5         0     300             –\n\n260 cards today, about 40 min.\n\
             100 due cards beyond the limits of today. See: retain catchup\n\nNext: retain review\n"
        );
    }

    #[test]
    fn an_empty_database_says_how_to_begin() {
        let home = Home::default();
        assert!(text(&home, Paint::new(false)).contains("retain review FILE"));
    }

    #[test]
    fn what_is_next_has_cards_to_ask() {
        let next = |unseen, practice| {
            let decks = vec![DeckToday { name: "A".into(), unseen, ..DeckToday::default() }];
            let home = Home { decks, streak: 1, answered: 2, practice, ..Home::default() };
            text(&home, Paint::new(false)).lines().last().map(str::to_owned)
        };
        assert_eq!(next(true, true).as_deref(), Some("Next: retain stats, or retain review --more 20"));
        assert_eq!(next(false, true).as_deref(), Some("Next: retain stats, or retain review --cram"));
        assert_eq!(next(false, false).as_deref(), Some("Next: retain stats"));
    }
}
