//! Whole frames of a long question, drawn as a review draws them.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use retain::model::{
    CardId, CardMemory, CardState, Choice, Due, KeyOrigin, Kind, Markup, Moment, Question, QuestionId, StudyDay,
};
use retain::session::{
    Action, Agenda, Forecast, GivenAnswer, Limits, Loaded, Next, Phase, Queued, Ratings, Reply, Request, Session,
};
use retain::ui::theme::{Theme, ThemeName};
use retain::ui::tui::draw_still;

use crate::measure::{FRAME, ROUND, hold};
use crate::texts::stem;

const NOW: Moment = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 };
const FRAMES: usize = 10 * ROUND;
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// Whether every frame of a question with a stem of 5,000 characters, before and after its answer, holds the limit.
pub fn frames_hold() -> bool {
    println!("\nwhole frames: a stem of 5,000 characters with code and tables, five options, an explanation");
    let session = &mut Session::new(
        Agenda::new(vec![Queued { card: CardId(1), state: CardState::New }], Vec::new(), 0),
        Limits::default(),
        StudyDay(20_780),
        1,
    );
    let asking = asked(session);
    let answered = answered(session);
    let mut held = true;
    for (width, height) in SIZES {
        let (mut asked, mut told) = (Vec::new(), Vec::new());
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        // In turn, so that what is sent to the terminal is what changed, as in a review.
        for _ in 0..FRAMES {
            asked.push(drawn(&mut terminal, asking.phase()));
            told.push(drawn(&mut terminal, answered.phase()));
        }
        println!("{:<44} {:>8.2} ms", format!("{width}x{height}, the first"), asked[0].as_secs_f64() * 1e3);
        held &= hold(&format!("{width}x{height}, the question"), asked, FRAME);
        held &= hold(&format!("{width}x{height}, the feedback"), told, FRAME);
    }
    held
}

fn drawn(terminal: &mut Terminal<TestBackend>, phase: Phase<'_>) -> Duration {
    let theme = Theme::named(ThemeName::Dark);
    let start = Instant::now();
    terminal.draw(|frame| draw_still(frame, phase, 7, theme, NOW)).unwrap();
    start.elapsed()
}

/// The question as it is asked.
fn asked(session: &mut Session) -> Session {
    assert_eq!(session.begin(NOW).next, Next::Request(Request::Load(CardId(1))));
    session.reply(NOW, Reply::Loaded(Some(Box::new(card()))));
    assert!(matches!(session.phase(), Phase::Asking(showing) if showing.choices.len() == 5));
    session.clone()
}

/// The same question with the feedback to a wrong answer, which shows what the bank says to both options.
fn answered(session: &mut Session) -> Session {
    let Phase::Asking(showing) = session.phase() else { unreachable!("the question is asked") };
    let wrong = showing.choices.iter().position(|choice| choice.text.contains("option 1")).unwrap();
    session.act(NOW, Action::Answer { given: GivenAnswer::Picked(vec![wrong]), took_ms: Some(4_000), sure: None });
    let forecast = || Forecast { interval_days: 3.0, due: Due::Day(StudyDay(20_783)) };
    let (auto, again, hard, good, easy) = (forecast(), forecast(), forecast(), forecast(), forecast());
    let ratings = Ratings { auto, again, hard, good, easy };
    session.reply(NOW, Reply::Judged { ratings, known_probability: None });
    assert!(matches!(session.phase(), Phase::Answered(_, feedback) if !feedback.right));
    session.clone()
}

fn card() -> Loaded {
    let choice = |number: u8| Choice {
        number,
        position: number,
        text: format!(
            "option {number}: **keep** the keys in `seen`, and write the rows only once per *batch* of $n^2$"
        ),
        correct: number == 0,
        feedback: Some(format!("What option {number} leads to is shown by `cargo bench`: the rows come *twice*.")),
        ..Choice::default()
    };
    Loaded {
        card: CardId(1),
        uid: uuid::Uuid::nil(),
        deck: "Generated".into(),
        question: Question {
            id: QuestionId(1),
            uid: uuid::Uuid::nil(),
            kind: Kind::Single,
            stem: stem(5_000),
            explanation: Some(stem(1_000)),
            topic: Some("Queues".into()),
            tags: Vec::new(),
            key: KeyOrigin::Marked,
            key_rule: None,
            markup: Markup::Markdown,
            choices: (0..5).map(choice).collect(),
        },
        place: 0,
        media: Vec::new(),
        memory: CardMemory::NEW,
        practised: 0,
        ahead: false,
        practice: false,
        recall_first: false,
        ask_rating: false,
        ask_sure: false,
        flag: None,
        earlier: None,
    }
}
