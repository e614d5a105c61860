//! An exam against a small world that keeps what it is asked to keep, and against a model that knows only what was answered last.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{CardMemory, CardState, Choice, Due, KeyOrigin, Kind, Markup, Question, QuestionId};
use crate::session::{
    EarlierAnswer, ExamOutcome, ExamResult, LeftExam, Loaded, Next, Outlook, Recorded, Reply, Session, Undone,
};

/// A review in the log of the world.
#[derive(Clone, Debug)]
struct KeptReview {
    id: LogId,
    card: CardId,
    right: bool,
    earlier: EarlierAnswer,
    live: bool,
}

/// A world that keeps an exam: its log, its marks, its time and its place.
#[derive(Clone, Debug, Default)]
struct Keeper {
    questions: usize,
    gone: Vec<u32>,
    log: Vec<KeptReview>,
    /// The last answer to each position.
    answers: BTreeMap<u32, LogId>,
    marks: BTreeMap<u32, bool>,
    place: u32,
    used_ms: i64,
    allowed_ms: Option<i64>,
    ending: Option<ExamEnding>,
    summary: Option<Summary>,
    now_ms: i64,
    said: Vec<Notice>,
}

/// The card at a position. Every third question is typed, every third takes several choices.
fn card(position: u32) -> CardId {
    CardId(i64::from(position) + 10)
}

fn kind(position: u32) -> Kind {
    [Kind::Single, Kind::Multiple, Kind::Short][position as usize % 3]
}

fn question(position: u32) -> Question {
    let choice = |number: u8| Choice {
        number,
        position: number,
        text: format!("choice {number}"),
        correct: number == 0,
        ..Choice::default()
    };
    Question {
        id: QuestionId(1),
        uid: Uuid::nil(),
        kind: kind(position),
        stem: format!("Question {position}?"),
        explanation: None,
        topic: Some(format!("topic {}", position % 2)),
        tags: Vec::new(),
        key: KeyOrigin::Marked,
        key_rule: None,
        markup: Markup::Plain,
        choices: (0..if kind(position) == Kind::Short { 1 } else { 4 }).map(choice).collect(),
    }
}

impl Keeper {
    fn new(questions: usize) -> Self {
        Self { questions, now_ms: 1_000_000, ..Self::default() }
    }

    fn timed(questions: usize, allowed_ms: i64) -> Self {
        Self { allowed_ms: Some(allowed_ms), ..Self::new(questions) }
    }

    fn now(&self) -> Moment {
        Moment { utc_ms: self.now_ms, offset_minutes: 0 }
    }

    fn review(&self, position: u32) -> Option<&KeptReview> {
        let id = self.answers.get(&position)?;
        self.log.iter().find(|review| review.id == *id && review.live)
    }

    /// The exam as it is kept, as if it were begun or gone on with.
    fn start(&self) -> ExamStart {
        let positions = (0_u32..).take(self.questions).filter(|position| !self.gone.contains(position));
        let question = |position: u32| PaperQuestion {
            position,
            card: card(position),
            uid: Uuid::from_u128(position.into()),
            stem: question(position).stem,
            markup: Markup::Plain,
            topic: question(position).topic,
            state: CardState::New,
            marked: self.marks.get(&position).copied().unwrap_or(false),
            answer: self.review(position).map(|review| PaperAnswer {
                review: review.id,
                right: review.right,
                took_ms: 1_000,
            }),
        };
        ExamStart {
            questions: positions.map(question).collect(),
            position: self.place,
            pass_mark: 70,
            allowed_ms: self.allowed_ms,
            used_ms: self.used_ms,
        }
    }

    fn begin(&mut self) -> Session {
        let mut session = Session::exam(self.start(), StudyDay(1), 7);
        let step = session.begin(self.now());
        self.follow(&mut session, step);
        session
    }

    fn send(&mut self, session: &mut Session, action: Action) -> Vec<Notice> {
        self.said.clear();
        let step = session.act(self.now(), action);
        self.follow(session, step);
        self.said.clone()
    }

    fn turn(&mut self, session: &mut Session, to: Turn) -> Vec<Notice> {
        self.send(session, Action::Exam(ExamAction::Turn { to, given: None }))
    }

    fn follow(&mut self, session: &mut Session, mut step: Step) {
        loop {
            self.said.append(&mut step.notices);
            step = match step.next {
                Next::Act => return,
                Next::End(summary) => {
                    self.summary = Some(summary);
                    return;
                }
                Next::Request(request) => {
                    let reply = self.perform(request);
                    session.reply(self.now(), reply)
                }
            };
        }
    }

    fn perform(&mut self, request: Request) -> Reply {
        match request {
            Request::Paper(PaperRequest::Open { position, card, used_ms }) => {
                self.place = position;
                self.used_ms = self.used_ms.max(used_ms);
                let question = question(position);
                let repetitions = self.log.iter().filter(|review| review.card == card && review.live).count();
                let loaded = Loaded {
                    card,
                    uid: Uuid::from_u128(position.into()),
                    deck: "A".into(),
                    question,
                    place: 0,
                    media: Vec::new(),
                    memory: CardMemory { repetitions: repetitions as u32, ..CardMemory::NEW },
                    practised: 0,
                    ahead: false,
                    practice: false,
                    recall_first: false,
                    ask_rating: false,
                    ask_sure: false,
                    flag: None,
                    earlier: self.review(position).map(|review| review.earlier.clone()),
                };
                Reply::Loaded((!self.gone.contains(&position)).then(|| Box::new(loaded)))
            }
            Request::Paper(PaperRequest::LookAt { position, card }) => {
                let place = self.place;
                let reply = self.perform(Request::Paper(PaperRequest::Open { position, card, used_ms: 0 }));
                self.place = place;
                reply
            }
            Request::Paper(PaperRequest::Enter { position, answer, used_ms }) => {
                self.used_ms = self.used_ms.max(used_ms);
                assert!(answer.exam, "it is an answer of an exam");
                if let Some(before) = self.answers.get(&position) {
                    self.log.iter_mut().filter(|review| review.id == *before).for_each(|review| review.live = false);
                }
                let id = LogId(Uuid::from_u128(self.log.len() as u128 + 1));
                let earlier = EarlierAnswer {
                    right: answer.right,
                    picked: answer.picked.clone(),
                    typed: answer.typed.clone(),
                    order_seed: answer.order_seed,
                };
                self.log.push(KeptReview { id, card: answer.card, right: answer.right, earlier, live: true });
                self.answers.insert(position, id);
                let (due, state) = (Due::At(self.now_ms), CardState::Learning);
                let leech = Some(crate::session::Leech { lapses: 8, suspended: true });
                Reply::Recorded(Recorded { review: id, due, state, leech, elsewhere: false })
            }
            Request::Paper(PaperRequest::Mark { position, marked, used_ms }) => {
                self.used_ms = self.used_ms.max(used_ms);
                self.marks.insert(position, marked);
                Reply::Kept
            }
            Request::Paper(PaperRequest::Close { ending, used_ms }) => {
                self.used_ms = self.used_ms.max(used_ms);
                self.ending = ending;
                Reply::Ended(Outlook::default())
            }
            Request::TakeBack => Reply::Undone(match self.log.iter_mut().rev().find(|review| review.live) {
                Some(review) => {
                    review.live = false;
                    Undone::Answer { review: review.id, card: review.card, state: CardState::New, before: None }
                }
                None => Undone::Nothing,
            }),
            Request::Flag(_, note) => Reply::Flagged(note),
            other => panic!("an exam does not ask for {other:?}"),
        }
    }

    fn result(&self) -> &ExamResult {
        self.summary.as_ref().and_then(Summary::exam_result).expect("a result")
    }
}

fn showing(session: &Session) -> &Showing {
    match session.phase() {
        Phase::Asking(showing) => showing,
        other => panic!("a question is shown: {other:?}"),
    }
}

fn is_overview(session: &Session) -> bool {
    matches!(session.phase(), Phase::Overview(_))
}

fn number(session: &Session) -> usize {
    session.paper().expect("an exam").at() + 1
}

/// The answer that picks the choice of this number, or types it.
fn given(showing: &Showing, number: u8) -> GivenAnswer {
    match showing.kind {
        Kind::Short => GivenAnswer::Typed(format!("choice {number}")),
        _ => {
            let place = showing.choices.iter().position(|choice| choice.number == number).expect("a choice");
            GivenAnswer::Picked(vec![place])
        }
    }
}

fn answer(showing: &Showing, number: u8) -> Action {
    Action::Answer { given: given(showing, number), took_ms: Some(1_000), sure: None }
}

#[test]
fn an_exam_goes_from_question_to_question_and_asks_before_it_is_handed_in() {
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    for number in [0, 1, 0] {
        let action = answer(showing(&session), number);
        let said = keeper.send(&mut session, action);
        assert!(matches!(said[..], [Notice::Recorded { due: None, leech: None, .. }]), "nothing is revealed: {said:?}");
    }
    assert!(is_overview(&session));
    keeper.send(&mut session, Action::Exam(ExamAction::HandIn));
    let result = keeper.result();
    assert_eq!((result.questions, result.answered, result.right, result.open()), (3, 3, 2, 0));
    assert!(!result.is_passed(), "67 % of 70 %");
    assert_eq!(result.misses().map(|(showing, _)| showing.card).collect::<Vec<_>>(), [card(1)]);
    assert_eq!(keeper.ending, Some(ExamEnding::HandedIn));
}

#[test]
fn pages_are_turned_and_an_earlier_answer_is_there_again() {
    let mut keeper = Keeper::new(4);
    let mut session = keeper.begin();
    let order: Vec<u8> = showing(&session).choices.iter().map(|choice| choice.number).collect();
    let action = answer(showing(&session), 2);
    keeper.send(&mut session, action);
    assert_eq!(number(&session), 2);
    keeper.turn(&mut session, Turn::Previous);
    let back = showing(&session);
    assert_eq!(back.choices.iter().map(|choice| choice.number).collect::<Vec<_>>(), order, "the order stays");
    assert_eq!(back.given, Some(given(back, 2)));
    // The same answer again changes nothing.
    let action = answer(back, 2);
    assert_eq!(keeper.send(&mut session, action), []);
    assert_eq!((keeper.log.len(), number(&session)), (1, 2));
    assert_eq!(keeper.turn(&mut session, Turn::To(0)), []);
    assert!(matches!(keeper.turn(&mut session, Turn::Previous)[..], [Notice::Refused(_)]));
    assert!(matches!(keeper.turn(&mut session, Turn::To(4))[..], [Notice::Refused(_)]));
    assert_eq!(number(&session), 1);
    let action = answer(showing(&session), 0);
    keeper.send(&mut session, action);
    assert_eq!(keeper.log.iter().map(|review| review.live).collect::<Vec<_>>(), [false, true], "changed");
    keeper.turn(&mut session, Turn::To(3));
    keeper.turn(&mut session, Turn::Next);
    assert!(is_overview(&session), "after the last question comes the end");
    assert!(matches!(keeper.turn(&mut session, Turn::Next)[..], [Notice::Refused(_)]));
    assert!(is_overview(&session));
    keeper.turn(&mut session, Turn::Previous);
    assert_eq!(number(&session), 4);
}

#[test]
fn what_is_picked_is_kept_when_the_page_is_turned() {
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    keeper.turn(&mut session, Turn::Next);
    let picked = given(showing(&session), 3);
    let turn = |to, given| Action::Exam(ExamAction::Turn { to, given: Some(given) });
    let said = keeper.send(&mut session, turn(Turn::Previous, picked));
    assert!(matches!(said[..], [Notice::Recorded { .. }]), "{said:?}");
    assert_eq!((number(&session), session.answered()), (1, 1));
    // What is no answer keeps nobody, and at the first question there is nowhere to go.
    let said = keeper.send(&mut session, turn(Turn::Next, GivenAnswer::Picked(vec![9])));
    assert!(matches!(said[..], [Notice::NotKept { number: 1, .. }]) && number(&session) == 2, "{said:?}");
    keeper.turn(&mut session, Turn::To(0));
    let picked = given(showing(&session), 0);
    let said = keeper.send(&mut session, turn(Turn::Previous, picked));
    assert!(matches!(said[..], [Notice::Recorded { .. }, Notice::Refused(_)]), "{said:?}");
    assert_eq!((number(&session), session.answered()), (1, 2));
}

#[test]
fn open_questions_come_round_and_marks_are_kept() {
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    assert_eq!(keeper.send(&mut session, Action::Exam(ExamAction::Mark(None))), [Notice::Marked]);
    assert_eq!(keeper.send(&mut session, Action::Skip), [Notice::Skipped]);
    for _ in 0..2 {
        let action = answer(showing(&session), 0);
        keeper.send(&mut session, action);
    }
    assert_eq!(number(&session), 1, "the open one comes round");
    keeper.send(&mut session, Action::Skip);
    assert_eq!(number(&session), 1, "it is the only one");
    assert_eq!(keeper.send(&mut session, Action::Exam(ExamAction::Mark(Some(2)))), [Notice::Marked]);
    let paper = session.paper().expect("an exam");
    assert_eq!((paper.marked().collect::<Vec<_>>(), paper.open().collect::<Vec<_>>()), (vec![0, 2], vec![0]));
    assert_eq!(keeper.send(&mut session, Action::Exam(ExamAction::Mark(None))), [Notice::Unmarked]);
    assert_eq!(keeper.marks, BTreeMap::from([(0, false), (2, true)]));
    assert!(matches!(keeper.send(&mut session, Action::Exam(ExamAction::Mark(Some(3))))[..], [Notice::Refused(_)]));
}

#[test]
fn an_undo_opens_the_question_again_and_goes_back_to_the_first_answer_since_the_beginning() {
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    assert_eq!(keeper.send(&mut session, Action::Undo), [Notice::NothingToUndo]);
    for number in [0, 1] {
        let action = answer(showing(&session), number);
        keeper.send(&mut session, action);
    }
    keeper.turn(&mut session, Turn::To(0));
    let action = answer(showing(&session), 3);
    keeper.send(&mut session, action);
    for (question, left) in [(1, 1), (2, 0)] {
        assert!(matches!(keeper.send(&mut session, Action::Undo)[..], [Notice::Undone { .. }]));
        assert_eq!((number(&session), session.answered(), showing(&session).given.is_none()), (question, left, true));
    }
    assert_eq!(keeper.send(&mut session, Action::Undo), [Notice::NothingToUndo]);
    // What was answered before the exam was left is not taken back: who knows what was done in between.
    let action = answer(showing(&session), 0);
    keeper.send(&mut session, action);
    let mut session = keeper.begin();
    assert_eq!(keeper.send(&mut session, Action::Undo), [Notice::NothingToUndo]);
    assert_eq!(session.answered(), 1);
}

#[test]
fn time_away_does_not_count_and_its_end_hands_in() {
    let mut keeper = Keeper::timed(3, 60_000);
    let mut session = keeper.begin();
    keeper.now_ms += 25_000;
    let action = answer(showing(&session), 1);
    keeper.send(&mut session, action);
    keeper.send(&mut session, Action::Quit);
    let left = LeftExam { questions: 3, answered: 1, stays: true, used_ms: 25_000, ms_left: Some(35_000) };
    assert_eq!(keeper.summary.as_ref().and_then(|summary| summary.exam.clone()), Some(ExamOutcome::Left(left)));
    keeper.now_ms += 86_400_000;
    let mut session = keeper.begin();
    assert_eq!((session.ms_left(keeper.now()), number(&session)), (Some(35_000), 2));
    keeper.now_ms += 35_000;
    // What comes too late does not count.
    let action = answer(showing(&session), 0);
    assert_eq!(keeper.send(&mut session, action), [Notice::TimeUp]);
    let result = keeper.result();
    assert_eq!((result.answered, result.right, result.open(), result.time_up), (1, 0, 2, true));
    assert_eq!(result.unanswered().map(|(showing, _)| showing.card).collect::<Vec<_>>(), [card(1), card(2)]);
    assert_eq!((result.lasted_ms, result.allowed_ms), (60_000, Some(60_000)));
    assert_eq!(result.misses().count(), 1, "an answer from before the exam was left");
    assert_eq!(keeper.ending, Some(ExamEnding::TimeUp));
    // Killed when its time was over, it is handed in at once.
    keeper.used_ms = 60_000;
    let session = keeper.begin();
    assert!(matches!(session.phase(), Phase::Finished(_)));
}

#[test]
fn what_is_typed_when_the_time_is_up_or_the_exam_is_left_is_kept() {
    let turn = |to, given| Action::Exam(ExamAction::Turn { to, given });
    let mut keeper = Keeper::timed(3, 60_000);
    let mut session = keeper.begin();
    let picked = Some(given(showing(&session), 0));
    // Before the time is over nothing ends; the answer is kept, as by any other turn of a page.
    assert!(matches!(keeper.send(&mut session, turn(Turn::TimeUp, picked))[..], [Notice::Recorded { .. }]));
    assert_eq!((number(&session), session.answered()), (1, 1));
    assert_eq!(keeper.send(&mut session, turn(Turn::TimeUp, None)), []);
    keeper.turn(&mut session, Turn::Next);
    keeper.now_ms += 60_000;
    let picked = Some(given(showing(&session), 0));
    let said = keeper.send(&mut session, turn(Turn::TimeUp, picked));
    assert!(matches!(said[..], [Notice::Recorded { .. }, Notice::TimeUp]), "{said:?}");
    let result = keeper.result();
    assert_eq!((result.answered, result.open(), result.time_up, result.lasted_ms), (2, 1, true, 60_000));
    assert_eq!(keeper.ending, Some(ExamEnding::TimeUp));
    // What is no answer is said to be none, with the number of its question.
    let mut keeper = Keeper::timed(3, 60_000);
    let mut session = keeper.begin();
    keeper.turn(&mut session, Turn::To(2));
    keeper.now_ms += 61_000;
    let said = keeper.send(&mut session, turn(Turn::TimeUp, Some(GivenAnswer::Typed(" ".into()))));
    assert!(matches!(said[..], [Notice::NotKept { number: 3, .. }, Notice::TimeUp]), "{said:?}");
    assert_eq!(keeper.result().open(), 3);
    // Left, it is kept for another time.
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    let picked = Some(given(showing(&session), 1));
    keeper.send(&mut session, turn(Turn::Leave, picked));
    assert_eq!((keeper.ending, keeper.begin().answered()), (None, 1));
}

#[test]
fn a_question_that_is_gone_is_no_part_of_the_exam() {
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    keeper.gone = vec![1];
    let action = answer(showing(&session), 0);
    keeper.send(&mut session, action);
    assert_eq!((showing(&session).card, session.paper().map(Paper::len)), (card(2), Some(2)));
    // One that was answered before the exam was left, and is gone when its answer is to be shown.
    let mut keeper = Keeper::new(3);
    let mut session = keeper.begin();
    let action = answer(showing(&session), 1);
    keeper.send(&mut session, action);
    let mut session = keeper.begin();
    assert_eq!((number(&session), session.answered()), (2, 1));
    keeper.gone = vec![0];
    keeper.send(&mut session, Action::Exam(ExamAction::HandIn));
    let result = keeper.result();
    assert_eq!((result.questions, result.answered, result.misses().count()), (2, 0, 0));
    keeper.gone = vec![0, 1, 2];
    let mut none = keeper.begin();
    assert!(matches!(none.phase(), Phase::Finished(_)));
    assert_eq!(none.act(keeper.now(), Action::Quit), Step::act(), "it is over");
}

#[test]
fn what_belongs_to_reviews_is_refused() {
    let mut keeper = Keeper::new(2);
    let mut session = keeper.begin();
    for action in [
        Action::Bury,
        Action::Suspend,
        Action::Pause,
        Action::Overrule,
        Action::Rate(crate::session::StatedRating::Good),
        Action::Edited(None),
    ] {
        assert!(matches!(keeper.send(&mut session, action.clone())[..], [Notice::Refused(_)]), "{action:?}");
        assert_eq!(number(&session), 1);
    }
    assert_eq!(keeper.send(&mut session, Action::Flag(Some("odd".into()))), [Notice::Flagged]);
    assert_eq!(showing(&session).flag.as_deref(), Some("odd"));
    keeper.turn(&mut session, Turn::Overview);
    for action in [Action::Skip, Action::Flag(None), Action::Bury] {
        assert!(matches!(keeper.send(&mut session, action.clone())[..], [Notice::Refused(_)]), "{action:?}");
        assert!(is_overview(&session));
    }
}

/// Something that happens to an exam.
#[derive(Clone, Debug)]
enum Happening {
    Answer(u8),
    /// Turns the page with something picked.
    Carry(u8, Turn),
    Turn(Turn),
    Skip,
    Mark(Option<usize>),
    Undo,
    Flag,
    /// Left, and gone on with.
    Leave,
    /// Cut off at any point, and gone on with.
    Cut,
}

fn a_turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        2 => Just(Turn::Next),
        2 => Just(Turn::Previous),
        2 => (0_usize..9).prop_map(Turn::To),
        1 => Just(Turn::Overview),
    ]
}

fn a_happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => (0_u8..4).prop_map(Happening::Answer),
        2 => ((0_u8..4), a_turn()).prop_map(|(number, to)| Happening::Carry(number, to)),
        4 => a_turn().prop_map(Happening::Turn),
        1 => Just(Happening::Skip),
        1 => prop::option::of(0_usize..9).prop_map(Happening::Mark),
        2 => Just(Happening::Undo),
        1 => Just(Happening::Flag),
        1 => Just(Happening::Leave),
        1 => Just(Happening::Cut),
    ]
}

/// What must be kept: the last answer to each question, by a model that knows nothing of logs.
#[derive(Default)]
struct LastAnswers {
    numbers: BTreeMap<u32, u8>,
    marks: BTreeMap<u32, bool>,
    /// The questions answered since the beginning of this sitting, the last one last.
    fresh: Vec<u32>,
}

impl LastAnswers {
    fn answer(&mut self, position: u32, number: u8) {
        if self.numbers.insert(position, number) != Some(number) {
            self.fresh.retain(|fresh| *fresh != position);
            self.fresh.push(position);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_counts_at_the_end_are_the_last_answers_given(
        questions in 1_usize..8,
        happenings in prop::collection::vec((a_happening(), 0_i64..5_000), 0..50),
        timed in prop::option::weighted(0.3, 1_i64..100_000),
    ) {
        let mut keeper = Keeper { allowed_ms: timed, ..Keeper::new(questions) };
        let (mut session, mut model, mut sat_ms) = (keeper.begin(), LastAnswers::default(), 0);
        for (happening, later) in happenings {
            keeper.now_ms += later;
            sat_ms += later;
            if timed.is_some_and(|allowed| session.ms_left(keeper.now()) == Some(0) || sat_ms >= allowed) {
                break;
            }
            let asked = match session.phase() {
                Phase::Asking(showing) => Some((session.paper().expect("an exam").at() as u32, showing.clone())),
                _ => None,
            };
            match (happening, asked) {
                (Happening::Answer(number), Some((position, showing))) => {
                    model.answer(position, number);
                    keeper.send(&mut session, answer(&showing, number));
                }
                (Happening::Carry(number, to), Some((position, showing))) => {
                    model.answer(position, number);
                    let given = Some(given(&showing, number));
                    keeper.send(&mut session, Action::Exam(ExamAction::Turn { to, given }));
                }
                (Happening::Answer(_) | Happening::Carry(..), None) => {}
                (Happening::Turn(to), _) => drop(keeper.turn(&mut session, to)),
                (Happening::Skip, _) => drop(keeper.send(&mut session, Action::Skip)),
                (Happening::Flag, _) => drop(keeper.send(&mut session, Action::Flag(None))),
                (Happening::Mark(index), _) => {
                    let position = index.unwrap_or(session.paper().expect("an exam").at());
                    if position < questions {
                        let marked = model.marks.entry(position as u32).or_default();
                        *marked = !*marked;
                    }
                    keeper.send(&mut session, Action::Exam(ExamAction::Mark(index)));
                }
                (Happening::Undo, _) => {
                    if let Some(position) = model.fresh.pop() {
                        model.numbers.remove(&position);
                    }
                    keeper.send(&mut session, Action::Undo);
                }
                (Happening::Leave, _) => {
                    keeper.send(&mut session, Action::Quit);
                    prop_assert_eq!(keeper.ending, None);
                    keeper.now_ms += 1_000_000;
                    model.fresh.clear();
                    session = keeper.begin();
                    prop_assert_eq!(keeper.used_ms, sat_ms);
                }
                (Happening::Cut, _) => {
                    keeper.now_ms += 1_000_000;
                    model.fresh.clear();
                    sat_ms = keeper.used_ms;
                    session = keeper.begin();
                }
            }
            let paper = session.paper().expect("an exam");
            prop_assert!(!matches!(session.phase(), Phase::Between), "an exam never stands still");
            let answered = |position: &u32| keeper.review(*position).is_some();
            let kept: Vec<u32> = (0..questions as u32).filter(answered).collect();
            prop_assert_eq!(&kept, &model.numbers.keys().copied().collect::<Vec<_>>());
            prop_assert_eq!(paper.answered(), kept.len());
            prop_assert_eq!(&keeper.marks, &model.marks);
            prop_assert_eq!(paper.marked().count(), model.marks.values().filter(|marked| **marked).count());
            if let Phase::Asking(showing) = session.phase() {
                let position = paper.at() as u32;
                let expected = model.numbers.get(&position).map(|number| given(showing, *number));
                prop_assert_eq!(&showing.given, &expected, "the earlier answer is there");
            }
        }
        let over = session.ms_left(keeper.now()) == Some(0);
        keeper.send(&mut session, Action::Exam(ExamAction::HandIn));
        let result = keeper.result();
        let right = model.numbers.values().filter(|number| **number == 0).count();
        prop_assert_eq!((result.questions, result.answered, result.right), (questions, model.numbers.len(), right));
        let wrong: Vec<CardId> =
            model.numbers.iter().filter(|(_, number)| **number != 0).map(|(position, _)| card(*position)).collect();
        prop_assert_eq!(result.misses().map(|(showing, _)| showing.card).collect::<Vec<_>>(), wrong);
        let shown: Vec<CardId> = result.not_right.iter().map(|(showing, _)| showing.card).collect();
        let not_right = |position: &u32| model.numbers.get(position) != Some(&0);
        prop_assert_eq!(shown, (0..questions as u32).filter(not_right).map(card).collect::<Vec<_>>());
        prop_assert_eq!(result.unanswered().count(), result.open());
        prop_assert_eq!(result.time_up, over);
        prop_assert!(result.topics.iter().map(|topic| topic.questions).sum::<usize>() == questions);
        prop_assert_eq!(result.topics.iter().map(|topic| topic.right).sum::<usize>(), right);
        prop_assert!(result.lasted_ms <= sat_ms && timed.is_none_or(|allowed| result.lasted_ms <= allowed));
    }
}
