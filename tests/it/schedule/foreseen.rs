//! Whether the days come as they were foreseen: a learner lives them, and answers and minutes are held against the simulation.

use std::collections::HashMap;
use std::fmt::Write;
use std::thread;

use crate::fixture::study::{Reply, Study, pick};
use retain::chance::Chance;
use retain::memory::{Elapsed, Fsrs6, Model};
use retain::model::{CardId, CardState, MemoryState, Rating};
use retain::session::Showing;
use retain::study::{SimulationRequest, unwatched};
use uuid::Uuid;

/// Days that are lived before anything is foreseen, and those that are.
const HISTORY: u32 = 24;
const AHEAD: u32 = 20;
/// One of so many options is right.
const OPTIONS: u32 = 4;

/// Somebody whose memory is the model's, who knew three in ten before, is wrong in one step of twenty, and whose times are skewed: twice or
/// half as long as in the middle is nothing rare.
struct Person {
    chance: Chance,
    model: Fsrs6,
    memories: HashMap<CardId, (MemoryState, u32)>,
    answers: u32,
    seconds: f64,
}

impl Person {
    fn new(seed: u64) -> Self {
        let chance = Chance::derived("a learner", Uuid::nil(), 0, seed);
        Self { chance, model: Fsrs6::default(), memories: HashMap::new(), answers: 0, seconds: 0.0 }
    }

    fn happens(&mut self, probability: f64) -> bool {
        f64::from(self.chance.unit()) < probability
    }

    /// Whether they are right, and in how many milliseconds.
    fn answers(&mut self, question: &Showing, day: u32) -> (bool, u32) {
        let card = question.card;
        let before = self.memories.get(&card).copied();
        let recall = match before {
            None => 0.3,
            Some((_, last)) if last == day => 0.95,
            Some((state, last)) => self.model.retrievability(state, Elapsed::whole_days(day - last)),
        };
        let known = self.happens(recall);
        let right = known || self.happens(1.0 / f64::from(OPTIONS));
        let elapsed = Elapsed::whole_days(before.map_or(0, |(_, last)| day - last));
        let rating = if known { Rating::Good } else { Rating::Again };
        let after = self.model.next_state(before.map(|(state, _)| state), elapsed, rating);
        self.memories.insert(card, (after, day));
        // About normal, by the sum of twelve.
        let normal = (0..12).map(|_| f64::from(self.chance.unit())).sum::<f64>() - 6.0;
        let middle = if question.state == CardState::New { 12.0 } else { 5.0 } * if right { 1.0 } else { 1.5 };
        let seconds = (middle * (0.7 * normal).exp()).min(60.0);
        (right, (seconds * 1_000.0) as u32)
    }

    fn lives(&mut self, study: &Study, day: u32) {
        study.at(&morning(day)).review(|question| -> Reply {
            let (right, ms) = self.answers(question, day);
            self.answers += 1;
            self.seconds += f64::from(ms) / 1_000.0;
            let picked = question.choices.iter().find(|choice| choice.text.ends_with("first") == right);
            pick(question, &picked.expect("a choice").text).in_ms(ms)
        });
    }
}

/// Nine in the morning of a day of January or February.
fn morning(day: u32) -> String {
    let (month, date) = if day < 31 { (1, day + 1) } else { (2, day - 30) };
    format!("2026-{month:02}-{date:02}T09:00:00+00:00")
}

fn bank(questions: u32) -> String {
    (0..questions).fold(String::new(), |mut bank, number| {
        let _ = writeln!(bank, "Which is number {number}?\n- A. {number} first *\n- B. {number} second");
        let _ = writeln!(bank, "- C. {number} third\n- D. {number} fourth\n");
        bank
    })
}

/// Answers and minutes that were foreseen, and those that came.
fn lived(seed: u64) -> [[f64; 2]; 2] {
    let study = Study::new();
    study.seed(seed).at(&morning(0)).bank("bank", bank(150)).deck_settings("bank", "new-per-day=15");
    let mut person = Person::new(seed);
    (0..HISTORY).for_each(|day| person.lives(&study, day));
    study.at(&morning(HISTORY));
    let request = SimulationRequest { deck: None, days: AHEAD, retentions: &[], new_per_day: None };
    let ahead = study.trainer().simulate(&request, &mut unwatched).expect("days");
    let foreseen = ahead.courses[0].days.iter().fold([0.0; 2], |[answers, minutes], day| {
        [answers + f64::from(day.new + day.learning + day.reviews), minutes + day.minutes]
    });
    (person.answers, person.seconds) = (0, 0.0);
    (HISTORY..HISTORY + AHEAD).for_each(|day| person.lives(&study, day));
    [foreseen, [f64::from(person.answers), person.seconds / 60.0]]
}

#[test]
fn days_take_as_many_answers_and_minutes_as_were_foreseen() {
    // Chance alone makes some 5 % of four learners. With medians, minutes were a quarter short.
    let all = [3, 4, 5, 6].map(|seed| thread::spawn(move || lived(seed))).map(|life| life.join().expect("a life"));
    for (place, what) in ["answers", "minutes"].iter().enumerate() {
        let [foreseen, came] = [0, 1].map(|part| all.iter().map(|lived| lived[part][place]).sum::<f64>());
        assert!((foreseen / came - 1.0).abs() < 0.15, "{foreseen} {what} were foreseen, and {came} came");
    }
}
