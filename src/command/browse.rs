//! `retain browse`: a screen of questions, with a search that is typed.

use clap::Args as Arguments;

use super::progress::bars;
use super::session::FrontEndChoice;
use super::{Context, number, search};
use crate::error::{Done, Result};
use crate::ui::tui::Tui;

/// Look through your questions: search as you type, read, edit, suspend, flag.
#[derive(Arguments, Debug)]
#[command(after_help = search::SYNTAX)]
pub struct Args {
    /// What to look for first
    #[arg(allow_hyphen_values = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Without a screen, show at most this many cards
    #[arg(long, default_value = "50", value_name = "N", value_parser = number::whole(1, u32::MAX))]
    limit: u32,
    /// Plain lines instead of a screen, as `retain search` prints them
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let words = search::text(&args.words);
    let mut trainer = context.trainer()?;
    if FrontEndChoice::wanted(context.plain(args.plain.then_some(true)), false) != FrontEndChoice::Terminal {
        let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
        let found = trainer.search_or_all(&words, limit, &mut bars(context, None))?;
        return search::print(context, &trainer, &found);
    }
    trainer.keep_backups_silently();
    let (theme, clock) = (context.theme()?, context.clock);
    let mut screen = Tui::new(theme, move || clock.now())?.obeying(context.config.keys()).editing(context.editor());
    screen.browse(&mut trainer, &words)?;
    Ok(Done::Whole)
}
