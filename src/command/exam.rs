//! `retain exam`: a mock exam, over the topics of a deck in proportion.

use std::io::{self, IsTerminal};

use clap::Args as Arguments;

use super::progress::bars;
use super::session::{FrontEndChoice, may_take_answers, minutes};
use super::{Context, ask};
use crate::error::{Done, Error, Result};
use crate::model::{PASS_MARK, minutes_of};
use crate::session::{ExamOutcome, Session};
use crate::study::{ExamRequest, ExamRules, ExamSitting, PastExam, Trainer};
use crate::ui::{drive, exam_history, exam_score, screen, words};

/// Take a mock exam.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck, with the decks in it; all decks without one
    deck: Option<String>,
    /// How many questions
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    questions: u32,
    /// The exam ends after this many minutes, also if questions are left (default: no limit)
    #[arg(long, value_name = "MINUTES", value_parser = typed_minutes)]
    minutes: Option<u32>,
    /// The percentage of right answers that passes
    #[arg(long, value_name = "PERCENT", default_value_t = PASS_MARK, value_parser = typed_percent)]
    pass: u32,
    /// Only this topic, or any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
    /// Go on with the exam that is not finished
    #[arg(long, conflicts_with_all = ["deck", "questions", "minutes", "pass", "topic", "tag", "new"])]
    resume: bool,
    /// Begin an exam also if another one is not finished, which is left for good
    #[arg(long)]
    new: bool,
    /// Show earlier exams, the newest first
    #[arg(long, conflicts_with_all = ["deck", "questions", "minutes", "pass", "topic", "tag", "new", "resume", "plain"])]
    history: bool,
    /// Take answers also while the clock is before the last answer
    #[arg(long)]
    trust_clock: bool,
    /// Plain lines instead of a screen; `--plain=false` if the settings file says otherwise
    #[arg(long, conflicts_with = "json", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    plain: Option<bool>,
    /// Read questions aloud: a command that reads text from its input, or takes it where it has `{}`; `none` for no voice
    #[arg(long, value_name = "COMMAND", conflicts_with = "json")]
    say: Option<String>,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// Minutes as people write them: `60`, `90m`, `1h 30m`.
fn typed_minutes(text: &str) -> std::result::Result<u32, String> {
    match minutes_of(text) {
        Some(minutes) if (1..=1_440).contains(&minutes) => Ok(minutes),
        _ => Err("write minutes from 1 to 1440, such as `60` or `1h 30m`".into()),
    }
}

/// A percentage, with or without its sign.
fn typed_percent(text: &str) -> std::result::Result<u32, String> {
    match text.trim().trim_end_matches('%').trim_end().parse() {
        Ok(percent) if (1..=100).contains(&percent) => Ok(percent),
        _ => Err("write a percentage from 1 to 100, such as `70` or `70%`".into()),
    }
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    if args.history {
        return history(context, &trainer, args.json);
    }
    if !may_take_answers(context, &trainer, args.trust_clock, args.json)? {
        return Ok(Done::Whole);
    }
    let face = FrontEndChoice::wanted(context.plain(args.plain), args.json);
    let sitting = match beginning(context, &trainer, args)? {
        Beginning::Resume => trainer.resume_exam()?,
        Beginning::New => begin(context, &mut trainer, args, face)?,
        Beginning::None => None,
    };
    let Some(sitting) = sitting else { return Ok(Done::Whole) };
    let mut session = Session::exam(sitting.start.clone(), trainer.present()?.today, context.mixed_seed());
    let decks = trainer.decks()?;
    let mut world = trainer.exam_world(&decks, &sitting);
    let mut front = face.open(context, args.say.as_deref())?;
    let summary = drive(front.as_mut(), &mut session, &mut world)?;
    // The screen is gone then, and what it came to stays.
    drop(front);
    match (face, &summary.exam) {
        (FrontEndChoice::Terminal, Some(ExamOutcome::Over(exam))) => {
            context.print(&format!("{}\n", exam_score::line(exam)))?;
        }
        (FrontEndChoice::Terminal, Some(ExamOutcome::Left(left))) => {
            context.print(&format!("{}\n", exam_score::left_exam(left)))?;
        }
        _ => {}
    }
    trainer.finish_backup(&mut bars(context, None));
    Ok(Done::Whole)
}

/// How an exam begins.
enum Beginning {
    Resume,
    New,
    /// Not at all: nobody said what to do.
    None,
}

/// Whether to go on with the exam that is not finished, as the person says.
fn beginning(context: &Context, trainer: &Trainer, args: &Args) -> Result<Beginning> {
    let Some(unfinished) = trainer.unfinished_exam()? else {
        return if args.resume { Err(nothing_to_resume()) } else { Ok(Beginning::New) };
    };
    if args.resume {
        return Ok(Beginning::Resume);
    }
    if args.new {
        return Ok(Beginning::New);
    }
    // A program that knows nothing of exams that are not finished gets a new one, as it always did.
    if args.json {
        return Ok(Beginning::New);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(not_finished(&unfinished));
    }
    let question = format!(
        "no begins another exam, and its first answer ends this one\ngo on with {}?",
        exam_score::unfinished(&unfinished)
    );
    Ok(match ask::go_on(context, &question)? {
        Some(true) => Beginning::Resume,
        Some(false) => Beginning::New,
        None => Beginning::None,
    })
}

fn nothing_to_resume() -> Error {
    Error::person("there is no unfinished exam")
        .named("no-unfinished-exam")
        .hint("`retain exam` begins one; `retain exam --history` shows earlier ones")
}

fn not_finished(exam: &PastExam) -> Error {
    Error::person(format!("{} is not finished", exam_score::unfinished(exam)))
        .named("exam-unfinished")
        .hint("`retain exam --resume` goes on with it")
        .hint("`retain exam --new` begins another one, and leaves it for good")
}

/// Draws the questions and begins; `None` if there is nothing to ask.
fn begin(context: &Context, trainer: &mut Trainer, args: &Args, face: FrontEndChoice) -> Result<Option<ExamSitting>> {
    let deck = args.deck.as_deref();
    let request = ExamRequest { deck, questions: args.questions, topics: &args.topic, tags: &args.tag };
    let draw = trainer.draw_exam(request)?;
    if draw.cards.is_empty() {
        context.talk(
            "there is nothing to ask: an exam takes questions that the program can grade, and no suspended ones",
        )?;
        // A program waits for the end in any case.
        if face != FrontEndChoice::Json {
            return Ok(None);
        }
    } else if draw.cards.len() < args.questions as usize {
        let all = words::count(draw.cards.len() as u64, "question");
        context.talk(&format!("there are fewer questions than {}: the exam has {all}", args.questions))?;
    }
    let rules = ExamRules { allowed_ms: args.minutes.map(minutes), pass_mark: args.pass };
    trainer.begin_exam(request, &draw, rules).map(Some)
}

/// Shows the exams of before.
fn history(context: &Context, trainer: &Trainer, json: bool) -> Result<Done> {
    let exams = trainer.past_exams()?;
    if json {
        context.print(&exam_history::json(&exams)?)?;
    } else if exams.is_empty() {
        context.talk("no exam was taken yet: `retain exam` begins one")?;
    } else {
        context.print(&exam_history::text(&exams, screen::columns()))?;
    }
    Ok(Done::Whole)
}
