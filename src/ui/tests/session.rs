//! A session that shows a question, and an input that never comes.

use std::io::{self, BufReader};
use std::sync::mpsc::{self, Receiver, Sender};

use uuid::Uuid;

use crate::model::{CardId, CardMemory, CardState, Markup, Moment, Question, StudyDay};
use crate::session::{Agenda, ExamStart, Limits, Loaded, PaperQuestion, Queued, Reply, Session};

pub(in crate::ui) const NOW: Moment = Moment { utc_ms: 1_000_000, offset_minutes: 0 };

/// A session that shows this question.
pub(in crate::ui) fn asked(question: Question, limits: Limits) -> Session {
    let card = CardId(1);
    let agenda = Agenda::new(vec![Queued { card, state: CardState::New }], Vec::new(), 0);
    let mut session = Session::new(agenda, limits, StudyDay(1), 0);
    session.begin(NOW);
    session.reply(NOW, Reply::Loaded(Some(Box::new(loaded(question)))));
    session
}

fn loaded(question: Question) -> Loaded {
    Loaded {
        card: CardId(1),
        uid: Uuid::nil(),
        deck: "A".into(),
        question,
        place: 0,
        media: Vec::new(),
        practised: 0,
        memory: CardMemory::NEW,
        ahead: false,
        recall_first: false,
        ask_rating: false,
        ask_sure: false,
        practice: false,
        flag: Some("odd".into()),
        earlier: None,
    }
}

/// A mock exam that shows this question, the first of `questions`.
pub(in crate::ui) fn examined(question: Question, questions: u32, allowed_ms: Option<i64>) -> Session {
    let listed = |position: u32| PaperQuestion {
        position,
        card: CardId(i64::from(position) + 1),
        uid: Uuid::from_u128(position.into()),
        stem: if position == 0 { question.stem.clone() } else { format!("Question *{}*?", position + 1) },
        markup: Markup::Markdown,
        topic: None,
        state: CardState::New,
        marked: position == 2,
        answer: None,
    };
    let start = ExamStart {
        questions: (0..questions).map(listed).collect(),
        pass_mark: 70,
        allowed_ms,
        ..ExamStart::default()
    };
    let mut session = Session::exam(start, StudyDay(1), 0);
    session.begin(NOW);
    session.reply(NOW, Reply::Loaded(Some(Box::new(loaded(question)))));
    session
}

pub(in crate::ui) struct Silent(Receiver<()>);

impl io::Read for Silent {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        let _ = self.0.recv();
        Ok(0)
    }
}

/// An input on which nothing comes while the sender is kept.
pub(in crate::ui) fn silent() -> (Sender<()>, BufReader<Silent>) {
    let (open, silent) = mpsc::channel();
    (open, BufReader::new(Silent(silent)))
}
