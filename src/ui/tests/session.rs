//! A session that shows a question, and an input that never comes.

use std::io::{self, BufReader};
use std::sync::mpsc::{self, Receiver, Sender};

use uuid::Uuid;

use crate::model::{CardId, CardMemory, CardState, Moment, Question, StudyDay};
use crate::session::{Agenda, Limits, Loaded, Queued, Reply, Session};

pub(in crate::ui) const NOW: Moment = Moment { utc_ms: 1_000_000, offset_minutes: 0 };

/// A session that shows this question.
pub(in crate::ui) fn asked(question: Question, limits: Limits) -> Session {
    let card = CardId(1);
    let agenda = Agenda::new(vec![Queued { card, state: CardState::New }], Vec::new(), 0);
    let mut session = Session::new(agenda, limits, StudyDay(1), 0);
    session.begin(NOW);
    let loaded = Loaded {
        card,
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
    };
    session.reply(NOW, Reply::Loaded(Some(Box::new(loaded))));
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
