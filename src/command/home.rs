//! `retain` alone: a home screen on a terminal, today's lines elsewhere.

use clap::{Args as Arguments, Command, FromArgMatches};

use super::session::FrontEndChoice;
use super::{Context, demo, exam, import, review};
use crate::error::{Done, Error, ErrorKind, Result};
use crate::study::{Home, Trainer};
use crate::ui::paint::Paint;
use crate::ui::tui::{HomeChoice, HomePlace, ReviewExtent, Tui, ended_by_signal, goes_on};
use crate::ui::{broken_stream, diagnostics, home, words};

/// Runs the command.
pub fn run(context: &Context, plain: bool) -> Result<Done> {
    if FrontEndChoice::wanted(context.plain(plain.then_some(true)), false) == FrontEndChoice::Terminal {
        return on_screen(context);
    }
    let paint = Paint::new(context.color_out());
    let Some(trainer) = trainer(context)? else {
        context.print(&home::text(&Home::default(), paint))?;
        return Ok(Done::Whole);
    };
    context.print(&home::text(&trainer.home()?, paint))?;
    if let Some(behind) = trainer.clock_behind()? {
        context.talk(&format!("warning: {}; is the clock right?", words::clock_behind(&behind)))?;
    }
    Ok(Done::Whole)
}

/// The database, unless somebody only begins. A path that was named and leads nowhere is a slip.
fn trainer(context: &Context) -> Result<Option<Trainer>> {
    let begins = !context.names_database && !context.has_database();
    (!begins).then(|| context.trainer()).transpose()
}

/// The home screen, and what is chosen there, until the person quits.
fn on_screen(context: &Context) -> Result<Done> {
    let mut place = HomePlace::default();
    loop {
        let choice = {
            let mut trainer = trainer(context)?;
            trainer.iter().for_each(Trainer::keep_backups_silently);
            let (theme, clock) = (context.theme()?, context.clock);
            let mut screen =
                Tui::new(theme, move || clock.now())?.obeying(context.config.keys()).editing(context.editor());
            screen.home(trainer.as_mut(), &mut place)?
        };
        // The terminal is the person's again, and the command has it as if it had been typed.
        let (done, waits) = match choice {
            HomeChoice::Leave => return Ok(Done::Whole),
            HomeChoice::Review { deck, extent } => {
                let more = ReviewExtent::MORE_CARDS.to_string();
                let extent: &[&str] = match extent {
                    ReviewExtent::Due => &[],
                    ReviewExtent::More => &["--more", &more],
                    ReviewExtent::All => &["--cram"],
                };
                (arguments(extent, deck).and_then(|args| review::run(context, &args)), false)
            }
            HomeChoice::Demo => (arguments(&[], None).and_then(|args| demo::run(context, &args)), true),
            HomeChoice::Exam(deck) => (arguments(&[], deck).and_then(|args| exam::run(context, &args)), true),
            HomeChoice::Import(path) => {
                let path = path.to_string_lossy().into_owned();
                (arguments(&[], Some(path)).and_then(|args| import::run(context, &args)), true)
            }
        };
        let stays = match done {
            // A signal that ended the command is for the whole program.
            Ok(_) if ended_by_signal() => false,
            Ok(_) if !waits => true,
            Ok(_) => wait(context)?,
            Err(error) if matches!(error.kind(), ErrorKind::Person | ErrorKind::Usage) => {
                context.talk(&diagnostics::error(&error, Paint::new(context.color_err())))?;
                wait(context)?
            }
            Err(error) => return Err(error),
        };
        if !stays {
            return Ok(Done::Whole);
        }
    }
}

/// The arguments of a command, as if these words had been typed. `last` is taken as it is, whatever it begins with.
fn arguments<A: Arguments + FromArgMatches>(words: &[&str], last: Option<String>) -> Result<A> {
    let last = last.into_iter().flat_map(|last| ["--".to_owned(), last]);
    let typed = ["retain"].iter().chain(words).map(|word| (*word).to_owned()).chain(last);
    let matches = A::augment_args(Command::new("retain")).try_get_matches_from(typed);
    matches.and_then(|matches| A::from_arg_matches(&matches)).map_err(|error| {
        Error::fault(format!("a command of the home screen is off: {error}")).hint("please report this")
    })
}

/// Waits until the person has read what was printed. Whether they go back to the decks.
fn wait(context: &Context) -> Result<bool> {
    context.talk("Any key goes back to the decks · q quits")?;
    goes_on().map_err(broken_stream)
}
