//! `retain exam`: a mock exam, over the topics of a deck in proportion.

use clap::Args as Arguments;

use super::Context;
use super::session::{FrontEndChoice, may_take_answers, minutes};
use crate::error::{Done, Result};
use crate::session::{Agenda, Limits, Session};
use crate::study::ExamRequest;
use crate::ui::{drive, exam_score, words};

/// Take a mock exam.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck, with the decks in it; all decks without one
    deck: Option<String>,
    /// How many questions
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    questions: u32,
    /// The exam ends after this many minutes, also if questions are left (default: no limit)
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=1_440))]
    minutes: Option<u32>,
    /// Only this topic, or any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
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

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    if !may_take_answers(context, &trainer, args.trust_clock, args.json)? {
        return Ok(Done::Whole);
    }
    let deck = args.deck.as_deref();
    let request = ExamRequest { deck, questions: args.questions, topics: &args.topic, tags: &args.tag };
    let mut draw = trainer.draw_exam(request)?;
    let cards = std::mem::take(&mut draw.cards);
    let face = FrontEndChoice::wanted(context.plain(args.plain), args.json);
    if cards.is_empty() {
        context.talk(
            "there is nothing to ask: an exam takes questions that the program can grade, and no suspended ones",
        )?;
        // A program waits for the end in any case.
        if face != FrontEndChoice::Json {
            return Ok(Done::Whole);
        }
    } else if cards.len() < args.questions as usize {
        let all = words::count(cards.len() as u64, "question");
        context.talk(&format!("there are fewer questions than {}: the exam has {all}", args.questions))?;
    }
    let limits = Limits { answers: None, ms: args.minutes.map(minutes), exam: true };
    let mut session =
        Session::new(Agenda::new(cards, Vec::new(), 0), limits, trainer.present()?.today, context.mixed_seed());
    let decks = trainer.decks()?;
    let mut world = trainer.exam_world(&decks, &draw, deck);
    let mut front = face.open(context, args.say.as_deref())?;
    let summary = drive(front.as_mut(), &mut session, &mut world)?;
    // The screen is gone then, and the score stays.
    drop(front);
    if let (FrontEndChoice::Terminal, Some(exam)) = (face, &summary.exam) {
        context.print(&format!("{}\n", exam_score::line(exam)))?;
    }
    Ok(Done::Whole)
}
