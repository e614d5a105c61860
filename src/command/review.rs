//! `retain review`: the daily review.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Args as Arguments, ValueEnum};

use super::number::{days, whole};
use super::optimize::at_the_start_of_a_day;
use super::progress::bars;
use super::session::{SessionFlags, minutes, says_why_idle};
use super::{Context, TypedLimit};
use crate::error::{Done, Error, Result};
use crate::model::CardState;
use crate::session::{Limits, Session};
use crate::study::{ReviewRequest, Since, parse_since};
use crate::ui::drive;

/// Review what is due.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck (with the decks in it), or the file of a bank, which is imported or updated first
    #[arg(value_name = "DECK|FILE")]
    what: Option<OsString>,
    /// Only this topic, or any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
    /// Only cards in this state, or in any of several, separated by commas
    #[arg(long, value_enum, value_delimiter = ',')]
    state: Vec<CardStateName>,
    /// Cards that are flagged, due or not; what is not due is practice
    #[arg(long)]
    flagged: bool,
    /// Cards that were missed since (`7d`, `2w`, `12h`, or a date), due or not; what is not due is practice
    #[arg(long, value_name = "WHEN", value_parser = parse_since)]
    wrong_since: Option<Since>,
    /// This many new cards, instead of what the settings say
    #[arg(long, value_name = "N", value_parser = whole(0, u32::MAX), conflicts_with_all = ["flagged", "wrong_since"])]
    new: Option<u32>,
    /// Raise today's limits of each deck by N reviews and N new cards
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = whole(0, u32::MAX), conflicts_with_all = ["flagged", "wrong_since", "cram"])]
    more: u32,
    /// All cards, due or not, the most forgotten first, as practice: nothing changes in the schedule
    #[arg(long, conflicts_with_all = ["new", "ahead"])]
    cram: bool,
    /// Stop after this many minutes; `none` if the settings file says otherwise
    #[arg(long, value_name = "N", value_parser = TypedLimit::minutes)]
    minutes: Option<TypedLimit>,
    /// Stop after this many answers; `none` if the settings file says otherwise
    #[arg(long, value_name = "N", value_parser = TypedLimit::answers)]
    limit: Option<TypedLimit>,
    /// Also cards that are due within this many days
    #[arg(long, value_name = "DAYS", default_value = "0", value_parser = days(0, 36_500))]
    ahead: u32,
    #[command(flatten)]
    flags: SessionFlags,
}

/// The state of a card, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CardStateName {
    /// Never answered
    New,
    /// In a learning step
    Learning,
    /// Due by days
    Review,
    /// In a step after a lapse
    Relearning,
}

impl From<CardStateName> for CardState {
    fn from(state: CardStateName) -> Self {
        match state {
            CardStateName::New => CardState::New,
            CardStateName::Learning => CardState::Learning,
            CardStateName::Review => CardState::Review,
            CardStateName::Relearning => CardState::Relearning,
        }
    }
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut done = Done::Whole;
    let deck = match &args.what {
        Some(what) if is_file(context, what)? => {
            let imported = super::import::update(context, Path::new(what))?;
            done = imported.done;
            Some(imported.deck)
        }
        // What is no file here is a name, and names are UTF-8.
        what => what.as_ref().map(|what| what.to_string_lossy().into_owned()),
    };
    let mut trainer = context.trainer()?;
    if !args.flags.may_take_answers(context, &trainer)? {
        return Ok(done);
    }
    at_the_start_of_a_day(context, &mut trainer)?;
    let request = ReviewRequest {
        deck,
        topics: args.topic.clone(),
        tags: args.tag.clone(),
        states: args.state.iter().map(|state| CardState::from(*state)).collect(),
        flagged: args.flagged,
        wrong_since: args.wrong_since,
        new: args.new,
        more: args.more,
        cram: args.cram,
        ahead: args.ahead,
    };
    let mut plan = trainer.plan_day(&request)?;
    let agenda = std::mem::take(&mut plan.agenda);
    if let Some(what) = request.retakes().filter(|_| agenda.is_empty()) {
        if !(request.cram && says_why_idle(context, &trainer, request.deck.as_deref())?) {
            context.talk(&format!("no card {what}, or each had its turn today"))?;
        }
    } else if agenda.is_empty() {
        says_why_idle(context, &trainer, request.deck.as_deref())?;
    }
    let mut front = args.flags.open(context)?;
    // What somebody always types is for them, not for a program.
    let usual = |name, typed: Option<TypedLimit>| match (args.flags.json, typed) {
        (true, None) => None,
        (_, typed) => context.usual(name, typed),
    };
    let answers = usual("defaults.limit", args.limit).map(|limit| limit as usize);
    let mut session = Session::new(
        agenda,
        Limits { answers, ms: usual("defaults.minutes", args.minutes).map(minutes) },
        plan.today,
        context.mixed_seed(),
    );
    let decks = trainer.decks()?;
    let mut world = trainer.review_world(&decks, &plan, request);
    drive(front.as_mut(), &mut session, &mut world)?;
    drop(front);
    trainer.finish_backup(&mut bars(context, None));
    Ok(done)
}

/// Whether a word names a file rather than a deck: a deck of that name wins.
fn is_file(context: &Context, what: &OsStr) -> Result<bool> {
    let path = Path::new(what);
    let name = what.to_string_lossy();
    // No deck has a name in other bytes than UTF-8.
    let is_deck = || what.to_str().map_or(Ok(false), |name| deck_exists(context, name));
    if path.exists() {
        return Ok(!is_deck()?);
    }
    let looks_like_one =
        path.extension().is_some() || name.contains(std::path::MAIN_SEPARATOR) || what.to_str().is_none();
    if looks_like_one && !is_deck()? {
        return Err(Error::person(format!("there is no file `{name}`, and no deck of that name"))
            .hint("check the path; `retain deck list` shows all decks"));
    }
    Ok(false)
}

fn deck_exists(context: &Context, name: &str) -> Result<bool> {
    if !context.has_database() {
        return Ok(false);
    }
    Ok(context.trainer()?.decks()?.named(Some(name)).is_ok())
}
