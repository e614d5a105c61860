//! What an import says: problems, figures, the first questions as they were understood, and what decided.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::{Args, key};
use crate::bank::plan::ImportPlan;
use crate::bank::{Bank, Refusal};
use crate::command::Context;
use crate::error::{Error, Result};
use crate::model::shell_argument;
use crate::study::{OwnFile, Table};
use crate::ui::import_preview::{self, PreviewStyle};
use crate::ui::import_report::{self, ImportFigures};
use crate::ui::{diagnostics, paint::Paint, screen};

/// Problems that are printed for one file; with `-v` all are.
const TOLD: usize = 50;

/// How many problems are printed.
pub(super) fn most(context: &Context) -> usize {
    if context.verbose { usize::MAX } else { TOLD }
}

/// What this program wrote for another purpose is no bank.
pub(super) fn own_file(name: &str, path: &Path, file: OwnFile) -> Error {
    let error = |what: &str| Error::person(format!("{name}: {what}, not a bank")).named("no-bank");
    match file {
        OwnFile::Table(table) => {
            let error = error(&format!("this is the table `{}` that `retain export` writes", table.name()));
            if matches!(table, Table::Revlog | Table::Reviews) {
                return error.hint("`retain export revlog -o FILE.csv` writes answers that `retain import` enters");
            }
            error.hint("`retain bank print DECK` writes a bank, and `retain export everything -o FOLDER` what `retain import FOLDER` reads again")
        }
        OwnFile::PartOfEverything => error("this is a part of an export of everything")
            .hint("`retain --db NEW.db import FOLDER` makes an equal database of the whole folder"),
        OwnFile::Rescue => error("these are answers that were rescued")
            .hint(format!("`retain restore --answers {}` enters them", shell_argument(&path.display().to_string()))),
    }
}

/// A file that cannot be used, with its problems.
pub(super) fn refused(context: &Context, args: &Args, name: &str, refusal: &Refusal) -> Error {
    if args.json
        && let Ok(lines) = import_report::json_problems(&refusal.problems)
    {
        // The failure itself is reported in any case.
        let _ = context.print(&lines);
    }
    let report = diagnostics::problems(name, &refusal.problems, most(context), Paint::new(context.color_err()));
    let error = Error::person(format!("{name}: {}", refusal.message)).after_report(report);
    match &refusal.hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

/// The problems of a bank that is not imported because of them.
pub(super) fn problems(context: &Context, args: &Args, name: &str, bank: &Bank) -> Result<String> {
    if args.json {
        let lines = import_report::json_problems(&bank.problems)?;
        context.print(&lines)?;
    }
    Ok(diagnostics::problems(name, &bank.problems, most(context), Paint::new(context.color_err())))
}

/// What was imported, or would be.
pub(super) fn imported(
    context: &Context,
    args: &Args,
    name: &str,
    bank: &Bank,
    plan: &ImportPlan,
    figures: &ImportFigures,
) -> Result<()> {
    let paint = Paint::new(context.color_err());
    context.talk(&diagnostics::problems(name, &bank.problems, most(context), paint))?;
    context.talk(&import_report::text(name, bank, plan, figures, args.dry_run))?;
    if args.dry_run && context.verbose {
        context.talk(&import_preview::names(name, bank, plan))?;
    }
    Ok(())
}

/// On a terminal the first questions as they were understood, if the import brings something.
pub(super) fn first_questions(context: &Context, args: &Args, bank: &Bank, figures: &ImportFigures) -> Result<()> {
    let news = figures.new + figures.edited + figures.key_changed + figures.drafts > 0;
    if !key::is_conversation(args.json) || !(news || args.dry_run) {
        return Ok(());
    }
    let (places, left_out) = import_preview::first_shown(bank);
    let look = PreviewStyle {
        width: screen::columns_of_talk(),
        paint: Paint::new(context.color_err()),
        reorder: context.reorders(io::stderr().is_terminal()),
    };
    context.talk(&format!("\n{}", import_preview::questions(bank, &places, look)))?;
    context.talk(&import_preview::left_out(left_out))
}

/// An import as JSON Lines.
pub(super) fn lines(context: &Context, bank: &Bank, plan: &ImportPlan, figures: &ImportFigures) -> Result<()> {
    context.print(&import_report::json(bank, plan, figures)?)
}

/// What decided how the file was read: to standard output, or if that is for programs, to standard error.
pub(super) fn explain(context: &Context, args: &Args, bank: &Bank) -> Result<()> {
    let paint = Paint::new(if args.json { context.color_err() } else { context.color_out() });
    let text = import_preview::evidence(bank, &bank.evidence, paint);
    if args.json { context.talk(&text) } else { context.print(&text) }
}

/// The questions of a bank as they were understood, all or the first few, without an import.
pub(super) fn preview(context: &Context, args: &Args, name: &str, bank: &Bank, most: usize) -> Result<()> {
    let told = problems(context, args, name, bank)?;
    context.talk(&told)?;
    let look = PreviewStyle {
        width: screen::columns(),
        paint: Paint::new(context.color_out()),
        reorder: context.reorders(io::stdout().is_terminal()),
    };
    let places: Vec<usize> = (0..bank.questions.len().min(most)).collect();
    context.print(&import_preview::questions(bank, &places, look))?;
    let left = bank.questions.len() - places.len();
    if left > 0 {
        context.talk(&format!("{left} more; `--preview` without a number shows all"))?;
    }
    Ok(())
}
