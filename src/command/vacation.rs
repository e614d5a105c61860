//! `retain vacation`: days off, with what is due on them spread over the days around.

use clap::Args as Arguments;

use super::Context;
use super::moves::{self, MoveMode};
use crate::error::{Done, Error, Result};
use crate::model::{SettingError, Settings, StudyDay};
use crate::study::MoveRequest;

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
    mode: MoveMode,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.mode.undo {
        return moves::undo(context, &args.mode, "vacation");
    }
    let (Some(from), Some(to)) = (&args.from, &args.to) else {
        return Err(Error::usage("the days are missing").hint("write `retain vacation FROM TO`"));
    };
    let today = context.trainer()?.present()?.today;
    let request = MoveRequest::Vacation(date(from, today)?, date(to, today)?);
    moves::run(context, &args.mode, &request, args.deck.as_deref())
}

/// A day as people write it: the same as for the setting `exam`.
fn date(text: &str, today: StudyDay) -> Result<StudyDay> {
    let mut settings = Settings::default();
    let read = Settings::dated("exam", text, today).and_then(|text| settings.set("exam", &text));
    let no_date = || {
        Error::person(format!("`{text}` is not a date")).hint("write it as `2026-12-24`, `24.12.2026` or `tomorrow`")
    };
    match read {
        Ok(()) => settings.exam.ok_or_else(no_date),
        Err(SettingError::TwoDates { days: [first, second], .. }) => {
            Err(Error::person(format!("`{text}` is {first} or {second}")).hint(format!("write {first} or {second}")))
        }
        Err(_) => Err(no_date()),
    }
}
