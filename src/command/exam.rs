//! `retain exam`: a mock exam, over the topics of a deck in proportion.

use std::io::{self, IsTerminal};

use clap::Args as Arguments;

use super::number::{self, whole};
use super::progress::bars;
use super::session::{FrontEndChoice, SessionFlags, minutes, says_why_idle};
use super::{Context, ask};
use crate::error::{Done, Error, Result};
use crate::model::PASS_MARK;
use crate::session::{ExamOutcome, Session};
use crate::study::{ExamRequest, ExamRules, ExamSitting, PastExam, Trainer};
use crate::ui::{drive, exam_history, exam_score, screen, words};

/// Take a mock exam.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck, with the decks in it; all decks without one
    deck: Option<String>,
    /// How many questions
    #[arg(short = 'n', long, value_name = "N", default_value = "50", value_parser = whole(1, 10_000))]
    questions: u32,
    /// The exam ends after this many minutes, also if questions are left (default: no limit)
    #[arg(long, value_name = "MINUTES", value_parser = number::minutes)]
    minutes: Option<u32>,
    /// The percentage of right answers that passes
    #[arg(long, value_name = "PERCENT", default_value_t = PASS_MARK, value_parser = number::percent)]
    pass: u32,
    /// Only this topic, or any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
    /// Continue the unfinished exam
    #[arg(long, conflicts_with_all = ["deck", "questions", "minutes", "pass", "topic", "tag", "new"])]
    resume: bool,
    /// Begin another exam, though one is unfinished; the first answer gives that one up
    #[arg(long)]
    new: bool,
    /// Show earlier exams, the newest first
    #[arg(long, conflicts_with_all = ["deck", "questions", "minutes", "pass", "topic", "tag", "new", "resume", "plain"])]
    history: bool,
    #[command(flatten)]
    flags: SessionFlags,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    if args.history {
        return history(context, &trainer, args.flags.json);
    }
    if !args.flags.may_take_answers(context, &trainer)? {
        return Ok(Done::Whole);
    }
    let face = args.flags.front_end(context);
    let sitting = match beginning(context, &trainer, args)? {
        Beginning::Resume => trainer.resume_exam()?,
        Beginning::New => begin(context, &mut trainer, args, face)?,
        Beginning::None => {
            context.talk("no exam was begun")?;
            None
        }
    };
    let Some(sitting) = sitting else { return Ok(Done::Whole) };
    let mut session = Session::exam(sitting.start.clone(), trainer.present()?.today, context.mixed_seed());
    let decks = trainer.decks()?;
    let mut world = trainer.exam_world(&decks, &sitting);
    let mut front = args.flags.open(context)?;
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

/// Whether to continue the unfinished exam, as the person says.
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
    if args.flags.json {
        return Ok(Beginning::New);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(not_finished(&unfinished));
    }
    let far = exam_score::unfinished(&unfinished);
    context.talk(&format!("{far} is not finished\nn begins another one, and its first answer gives this one up"))?;
    Ok(match ask::go_on(context, "continue it?")? {
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
        .hint("`retain exam --resume` continues it")
        .hint("`retain exam --new` begins another one; the first answer in that gives this one up")
}

/// Draws the questions and begins; `None` if there is nothing to ask.
fn begin(context: &Context, trainer: &mut Trainer, args: &Args, face: FrontEndChoice) -> Result<Option<ExamSitting>> {
    let deck = args.deck.as_deref();
    let request = ExamRequest { deck, questions: args.questions, topics: &args.topic, tags: &args.tag };
    let draw = trainer.draw_exam(request)?;
    if draw.cards.is_empty() {
        if !says_why_idle(context, trainer, deck)? {
            context.talk(
                "there is nothing to ask: an exam takes questions that the program can grade, and no suspended ones",
            )?;
        }
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

/// Shows earlier exams.
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
