//! The folder of `retain export everything`: an equal database is made of it.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::Args;
use crate::command::interrupt::Interrupt;
use crate::command::progress::bars;
use crate::command::{Context, ask};
use crate::error::{Done, Error, Result};
use crate::study::Trainer;
use crate::ui::everything;

pub(super) fn import(context: &Context, args: &Args, folder: &Path) -> Result<Done> {
    let alone = Args { paths: vec![folder.to_path_buf()], dry_run: args.dry_run, ..Args::default() };
    if *args != alone {
        return Err(Error::usage(format!(
            "{}: this is an export of everything, which makes a database of its own",
            folder.display()
        ))
        .hint("import it alone, without other options than `--dry-run`"));
    }
    if !args.dry_run {
        context.confirm_new_database()?;
    }
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let imported = if args.dry_run {
        Some(Trainer::verify_everything(folder, &mut watch)?)
    } else {
        Trainer::import_everything(&context.db, folder, &mut |flaws| accepted(context, flaws), &mut watch)?
    };
    drop(watch);
    let Some(imported) = imported else {
        context.talk("nothing was made")?;
        return Ok(Done::Whole);
    };
    context.talk(&everything::imported(&imported, &context.db, args.dry_run))?;
    Ok(Done::Whole)
}

/// Says what a check would condemn, and asks on a terminal. Where nobody can be asked it is made all the same: it replaces nothing.
fn accepted(context: &Context, flaws: &[String]) -> Result<bool> {
    context.talk(&everything::flaws(flaws))?;
    let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    Ok(!is_terminal || ask::yes(context, "make the database all the same?", false, "nothing was made")?)
}
