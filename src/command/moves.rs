//! Commands that move due dates: the plan is shown, the person is asked, the cards are moved.

use clap::Args as Arguments;

use super::progress::bars;
use super::{Context, ask, number};
use crate::error::{Done, Result};
use crate::study::{LOAD_DAYS, MovePlan, MoveRequest};
use crate::ui::{shift_report, words};

/// How a plan is carried out.
#[derive(Arguments, Clone, Debug, Default)]
pub(super) struct MoveMode {
    /// Show what would move, and move nothing
    #[arg(long)]
    dry_run: bool,
    /// Move without asking
    #[arg(long)]
    yes: bool,
    /// Take back what this command moved last; cards that were answered or moved since stay
    #[arg(long)]
    pub(super) undo: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// Plans the moves, shows them, asks, and moves the cards; or takes back the last such plan.
pub(super) fn run(context: &Context, mode: &MoveMode, request: &MoveRequest, deck: Option<&str>) -> Result<Done> {
    let command = request.command();
    let mut trainer = context.trainer()?;
    let plan = trainer.plan_moves(request, deck)?;
    if !confirmed(context, mode, &plan)? {
        return Ok(Done::Whole);
    }
    let moved = trainer.carry_out(&plan, &mut bars(context, None))?;
    let skipped = plan.figures.moves.len() - moved;
    if skipped > 0 {
        context.talk(&format!("{skipped} of the cards were answered meanwhile, and stay as they are"))?;
    }
    if !mode.json {
        let moved = words::count(moved as u64, "card");
        context.talk(&format!("moved {moved}; `retain {command} --undo` takes it back"))?;
    }
    Ok(Done::Whole)
}

/// Takes back what a command moved last.
pub(super) fn undo(context: &Context, mode: &MoveMode, command: &'static str) -> Result<Done> {
    let cards = context.trainer()?.take_back_moves(command, mode.dry_run)?;
    if mode.json {
        context.print(&shift_report::undone(command, cards, !mode.dry_run)?)?;
    } else {
        let words = if mode.dry_run {
            "would move back (--dry-run)"
        } else {
            "moved back; cards that were answered or moved since stay"
        };
        context.talk(&format!("{} {words}", words::count(cards as u64, "card")))?;
    }
    Ok(Done::Whole)
}

/// Shows the plan; whether to carry it out.
fn confirmed(context: &Context, mode: &MoveMode, plan: &MovePlan) -> Result<bool> {
    let moves = plan.figures.moves.len();
    let applied = mode.yes && !mode.dry_run && moves > 0;
    context.print(&if mode.json {
        shift_report::json(&plan.figures, applied)?
    } else {
        shift_report::text(&plan.figures)
    })?;
    if let Some(note) = plan.note.as_ref().filter(|_| !mode.json) {
        context.talk(note)?;
    }
    if moves == 0 || mode.dry_run {
        if !mode.json {
            context.talk(if moves == 0 { "nothing to move" } else { "nothing was moved (--dry-run)" })?;
        }
        return Ok(false);
    }
    if mode.yes {
        return Ok(true);
    }
    let question = format!("move {}?", words::count(moves as u64, "card"));
    let yes = ask::yes(context, &question, mode.json, "nothing was moved")?;
    if !yes {
        context.talk("nothing was moved")?;
    }
    Ok(yes)
}

/// A share from 0 to 1, more than 0.
pub(super) fn share(text: &str) -> std::result::Result<f64, String> {
    let share = number::share(0.0, 1.0)(text).ok().filter(|share| *share > 0.0);
    share.ok_or_else(|| "write a number over 0, up to 1, such as `0.5` or `50%`".into())
}

/// A number of days that a plan may look ahead.
pub(super) fn days(text: &str) -> std::result::Result<u32, String> {
    number::days(1, LOAD_DAYS)(text)
}
