//! What is typed and said to the program: JSON Lines, the session, settings, words to search for. The database is made once for each thread.

use std::cell::RefCell;
use std::io::Cursor;

use retain::clock::Clock;
use retain::model::{Moment, Settings, parse_duration};
use retain::session::{Action, ExamAction, GivenAnswer, Limits, Next, Session, StatedRating, Step, Turn};
use retain::study::{Decks, ExamRequest, ExamRules, ReviewRequest, Trainer, World, unwatched};
use retain::ui::jsonl::JsonLines;
use retain::ui::lines::InputLines;
use retain::ui::{FrontEnd, drive, plain::Plain};
use tempfile::TempDir;

/// A question of each kind.
const BANK: &str = "---\nform: exact\ndeck: Sea\n---\n# Topic\n\nWhich? {#a}\n- A. x *\n- B. y\n- C. z\n\nWhich of these? {#b}\nKind: multiple\n- A. x *\n- B. y *\n- C. z\n\nWhen? {#c}\nKind: numeric\n- 1822 {± 5}\n\nWho? {#d}\nKind: short\n- Ada\n- Lovelace\n\nWhat goes with what? {#e}\nKind: match\n- a -> b\n- c -> d\n\nRome is in {{c1::Italy}}, Paris in {{c2::France}}. {#f}\nKind: cloze\n\nFront {#g}\nKind: card\n- Back\n";

/// Somebody's database.
struct Place {
    trainer: Trainer,
    _folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::fixed(Moment { utc_ms: 1_795_420_800_000, offset_minutes: 60 });
        let mut trainer = Trainer::open(&folder.path().join("retain.db"), clock, Some(1)).expect("a database");
        trainer.import(BANK.as_bytes(), "sea.txt", &mut unwatched).expect("a bank");
        Self { trainer, _folder: folder }
    }
}

thread_local! {
    static PLACE: RefCell<(usize, Place)> = RefCell::new((0, Place::new()));
}

/// Does something with the database, which begins anew now and then.
fn with_trainer(act: impl FnOnce(&mut Trainer)) {
    PLACE.with_borrow_mut(|(uses, place)| {
        *uses += 1;
        if uses.is_multiple_of(500) {
            *place = Place::new();
        }
        act(&mut place.trainer);
    });
}

pub(super) fn review<R>(trainer: &mut Trainer, act: impl FnOnce(&mut Session, &mut World<'_>) -> R) -> R {
    let decks = trainer.decks().expect("decks");
    let request = ReviewRequest { cram: true, ..ReviewRequest::default() };
    let mut plan = trainer.plan_day(&request).expect("a day");
    let agenda = std::mem::take(&mut plan.agenda);
    let mut session = Session::new(agenda, Limits { answers: Some(20), ..Limits::default() }, plan.today, 1);
    let mut world = trainer.review_world(&decks, &plan, request);
    act(&mut session, &mut world)
}

fn exam<R>(trainer: &mut Trainer, act: impl FnOnce(&mut Session, &mut World<'_>) -> R) -> R {
    let decks: Decks = trainer.decks().expect("decks");
    let request = ExamRequest { deck: None, questions: 5, topics: &[], tags: &[] };
    let draw = trainer.draw_exam(request).expect("a draw");
    let sitting = trainer.begin_exam(request, &draw, ExamRules { allowed_ms: None, pass_mark: 70 }).expect("an exam");
    let today = trainer.present().expect("the present").today;
    let mut session = Session::exam(sitting.start.clone(), today, 1);
    let mut world = trainer.exam_world(&decks, &sitting);
    act(&mut session, &mut world)
}

/// Lines of a session: the first byte says whether they are JSON, and whether it is a mock exam.
pub fn json_lines(bytes: &[u8]) {
    let Some((choice, typed)) = bytes.split_first() else { return };
    let lines = InputLines::new(Cursor::new(typed.to_vec()), std::sync::Arc::default()).expect("a thread");
    let mut front: Box<dyn FrontEnd> = match choice % 4 {
        0 | 1 => Box::new(JsonLines::new(lines, Vec::new())),
        _ => Box::new(Plain::new(lines, Vec::new(), false)),
    };
    let run = |session: &mut Session, world: &mut World<'_>| drive(front.as_mut(), session, world).map(|_| ());
    with_trainer(|trainer| {
        let ended = if choice % 2 == 0 { review(trainer, run) } else { exam(trainer, run) };
        ended.expect("the session ends well");
        assert!(trainer.check().expect("a check").problems.is_empty(), "memory agrees with the log");
    });
}

/// The session machine: a byte or a few for each action.
pub fn session(bytes: &[u8]) {
    let Some((choice, actions)) = bytes.split_first() else { return };
    let run = |session: &mut Session, world: &mut World<'_>| {
        let first = session.begin(world.now());
        let mut over = followed(first, session, world);
        let mut rest = actions.iter().copied();
        while let Some(action) = action(&mut rest).filter(|_| !over) {
            let step = session.act(world.now(), action);
            over = followed(step, session, world);
        }
    };
    with_trainer(|trainer| {
        if choice % 2 == 0 {
            review(trainer, run);
        } else {
            exam(trainer, run);
        }
        assert!(trainer.check().expect("a check").problems.is_empty(), "memory agrees with the log");
    });
}

/// Does what the session asks for, until the person is to act; whether it is over.
fn followed(mut step: Step, session: &mut Session, world: &mut World<'_>) -> bool {
    for _ in 0..10_000 {
        step = match step.next {
            Next::Act => return false,
            Next::End(_) => return true,
            Next::Request(request) => {
                let reply = world.perform(request).expect("the database does it");
                session.reply(world.now(), reply)
            }
        };
    }
    panic!("the session never asks anybody");
}

fn given(rest: &mut impl Iterator<Item = u8>) -> Option<GivenAnswer> {
    let how = rest.next()?;
    let count = usize::from(how >> 4);
    let places: Vec<usize> = rest.take(count).map(usize::from).collect();
    Some(match how % 4 {
        0 => {
            GivenAnswer::Picked(places.iter().map(|place| if *place == 255 { usize::MAX } else { place % 6 }).collect())
        }
        1 => GivenAnswer::Paired(places.chunks(2).map(|pair| (pair[0] % 4, pair[pair.len() - 1] % 4)).collect()),
        2 => GivenAnswer::Typed(
            String::from_utf8_lossy(&places.iter().map(|place| *place as u8).collect::<Vec<_>>()).into(),
        ),
        _ => GivenAnswer::Revealed,
    })
}

fn action(rest: &mut impl Iterator<Item = u8>) -> Option<Action> {
    let ratings =
        [StatedRating::GoOn, StatedRating::Guessed, StatedRating::Hard, StatedRating::Good, StatedRating::Easy];
    Some(match rest.next()? % 16 {
        0..=3 => Action::Answer { given: given(rest)?, took_ms: rest.next().map(|ms| u32::from(ms) << 24), sure: None },
        4..=6 => Action::Rate(ratings[usize::from(rest.next()?) % 5]),
        7 => Action::Overrule,
        8 => Action::Pause,
        9 => Action::Flag(rest.next().map(|byte| "x".repeat(usize::from(byte % 5)))),
        10 => Action::Undo,
        11 => Action::Skip,
        12 => match rest.next()? % 4 {
            0 => Action::Bury,
            1 => Action::Suspend,
            2 => Action::Tick,
            _ => Action::Edited(None),
        },
        13 | 14 => Action::Exam(match rest.next()? % 8 {
            0 => ExamAction::Mark(rest.next().map(usize::from)),
            1 => ExamAction::HandIn,
            2 => ExamAction::Turn { to: Turn::Previous, given: given(rest) },
            3 => ExamAction::Turn { to: Turn::Overview, given: None },
            4 => ExamAction::Turn { to: Turn::To(usize::from(rest.next()?)), given: None },
            5 => ExamAction::Turn { to: Turn::Leave, given: None },
            _ => ExamAction::Turn { to: Turn::Next, given: given(rest) },
        }),
        _ => Action::Quit,
    })
}

/// Values of settings: a value that is taken is printed so that it is taken again.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = parse_duration(&text);
    let (named, value) = text.split_once('=').unwrap_or(("", &text));
    for key in Settings::keys().map(str::to_owned).chain([named.to_owned()]) {
        let key = key.as_str();
        let mut settings = Settings::default();
        if settings.set(key, value).is_ok() {
            let printed = settings.get(key).expect("a setting");
            let mut again = Settings::default();
            again.set(key, &printed).unwrap_or_else(|_| panic!("`{key}` prints `{printed}`, which it does not take"));
            assert_eq!(again.get(key).expect("a setting"), printed, "{key}");
        }
    }
}

/// Words to search for.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    with_trainer(|trainer| {
        let _ = trainer.search(&text, 10, &mut unwatched);
        let _ = trainer.browse(&text, &mut unwatched);
        let _ = trainer.cards_named(&[text.to_string()]);
    });
}
