//! `retain vacation`: days off, with what is due on them spread over the days around.

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::shift::{self, Field, Mode, Title};
use crate::error::{Done, Error, Result};
use crate::model::StudyDay;
use crate::schedule::LOAD_DAYS;
use crate::schedule::shift::vacation;
use crate::ui::words;

const COMMAND: &str = "vacation";

/// Keep days free: spread what is due on them over the days around.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The first day off, as `2026-12-24`
    #[arg(required_unless_present = "undo")]
    from: Option<String>,
    /// The last day off
    #[arg(required_unless_present = "undo")]
    to: Option<String>,
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    #[command(flatten)]
    mode: Mode,
}

/// Runs the command.
///
/// # Errors
/// When the days make no sense, there is no such deck, nobody can be asked, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.mode.undo {
        return shift::undo(context, &args.mode, COMMAND);
    }
    let (Some(from), Some(to)) = (&args.from, &args.to) else {
        return Err(Error::usage("the days are missing").hint("write `retain vacation FROM TO`"));
    };
    let (from, to) = (date(from)?, date(to)?);
    if from > to {
        return Err(Error::person(format!("the vacation ends on {to}, before it begins on {from}"))
            .hint("name the first day first"));
    }
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let field = Field::read(context, store.reader(), &decks, args.deck.as_deref())?;
    let today = field.today;
    if to < today {
        return Err(
            Error::person(format!("{to} is over")).hint("`retain catchup` deals with what has become due meanwhile")
        );
    }
    if to > today.plus(LOAD_DAYS) {
        return Err(Error::person(format!("{to} is more than {LOAD_DAYS} days ahead"))
            .hint("name it nearer to its time, when it is known what falls due"));
    }
    let cards = field.cards();
    let shifts = vacation(&cards, from, to, &mut field.load(), today);
    let away = cards.iter().filter(|card| (from..=to).contains(&card.due.max(today))).count();
    let note = (away > shifts.len()).then(|| {
        let stay = words::count((away - shifts.len()) as u64, "card");
        format!("{stay} stay: an exam or the longest interval leaves them no other day")
    });
    let title = Title { command: COMMAND, why: format!("vacation from {from} to {to}"), note };
    shift::carry_out(context, &mut store, &args.mode, &title, &field, &shifts)
}

fn date(text: &str) -> Result<StudyDay> {
    text.parse().map_err(|_| Error::person(format!("`{text}` is not a date")).hint("write it as `2026-12-24`"))
}
