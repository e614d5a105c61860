//! The cards of a database as a learner meets them.

use std::collections::HashMap;

use retain::model::{CardId, CardState, Due, Guess, Kind, Question, QuestionId, StudyDay};
use retain::store::Reader;
use uuid::Uuid;

/// A card with what the learner makes of it.
#[derive(Clone, Debug)]
pub struct Subject {
    pub card: CardId,
    pub uid: Uuid,
    pub question: QuestionId,
    pub kind: Kind,
    pub guess: Guess,
    /// Choices by number: the right ones, and the wrong ones.
    pub right: Vec<u8>,
    pub wrong: Vec<u8>,
    pub state: CardState,
    pub due: Option<Due>,
    /// Days of the last interval.
    pub interval: u32,
    pub suspended: bool,
    pub buried_until: Option<StudyDay>,
}

impl Subject {
    /// All cards of the database, none answered.
    pub fn all(reader: Reader<'_>) -> Vec<Subject> {
        let questions: HashMap<QuestionId, Question> =
            reader.questions(None).expect("questions").into_iter().map(|question| (question.id, question)).collect();
        let mut all = Vec::new();
        let each = reader.each_card(|row| {
            let question = &questions[&row.question];
            let numbers = |correct: bool| {
                let some = question.choices.iter().filter(|choice| choice.correct == correct);
                some.map(|choice| choice.number).collect::<Vec<u8>>()
            };
            let picked = question.kind.has_choices();
            all.push(Subject {
                card: row.card,
                uid: row.uid,
                question: row.question,
                kind: question.kind,
                guess: row.guess,
                right: if picked { numbers(true) } else { Vec::new() },
                wrong: if picked { numbers(false) } else { Vec::new() },
                state: CardState::New,
                due: None,
                interval: 0,
                suspended: false,
                buried_until: None,
            });
            Ok(())
        });
        each.expect("cards");
        all
    }

    /// Whether it is to be asked on this day, steps that end later in it among them.
    pub fn is_due(&self, day: StudyDay) -> bool {
        let buried = self.buried_until.is_some_and(|until| until > day);
        match self.due {
            Some(Due::Day(due)) => due <= day && !self.suspended && !buried,
            Some(Due::At(_)) => !self.suspended && !buried,
            None => false,
        }
    }

    /// Whether it may be learnt anew.
    pub fn is_new(&self, day: StudyDay) -> bool {
        self.state == CardState::New && !self.suspended && self.buried_until.is_none_or(|until| until <= day)
    }
}
