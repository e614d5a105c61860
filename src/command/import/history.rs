//! A history in the open FSRS schema.

use super::report::most;
use super::{Args, Files, ImportedFile};
use crate::bank::history::read_history;
use crate::command::Context;
use crate::command::progress::bars;
use crate::command::scratch::trainer_for;
use crate::error::{Done, Error, Result};
use crate::model::count;
use crate::study::{EnteredHistory, ImportOptions};
use crate::ui::{diagnostics, paint::Paint};

/// Enters its answers into the log, and says what came of it.
pub(super) fn import(
    context: &Context,
    args: &Args,
    name: &str,
    bytes: &[u8],
    files: &mut Files,
) -> Result<ImportedFile> {
    let history = read_history(bytes, context.clock.now().utc_ms).map_err(|refusal| {
        let error = Error::person(format!("{name}: {}", refusal.message));
        refusal.hint.into_iter().fold(error, Error::hint)
    })?;
    let problems = diagnostics::problems(name, &history.problems, most(context), Paint::new(context.color_err()));
    if !history.problems.is_empty() && (args.strict || history.answers.is_empty()) {
        return Err(Error::person(format!(
            "{name}: {} cannot be used, so nothing is imported",
            count(history.problems.len() as u64, "line")
        ))
        .hint("fix them, or leave them out")
        .after_report(problems));
    }
    context.talk(&problems)?;
    let options = ImportOptions { deck: args.deck.as_deref(), dry_run: args.dry_run, ..ImportOptions::default() };
    let mut watch = bars(context, None);
    let (mut trainer, _scratch) = trainer_for(context, args.dry_run)?;
    let entered = trainer.import_history(history.answers, name, &options, &mut files.batch, &mut watch)?;
    drop(watch);
    let EnteredHistory { new, known, unknown } = entered;
    let verb = if args.dry_run { "would enter" } else { "entered" };
    let were = if known == 1 { "was" } else { "were" };
    let new_answers = count(new as u64, "answer");
    context.talk(&format!("{name}: {new_answers} {verb} the log, {known} {were} there already"))?;
    if !unknown.is_empty() {
        let some: Vec<String> = unknown.iter().take(5).map(|id| format!("`{id}`")).collect();
        context.talk(&format!(
            "{name}: {} {} in no bank, such as {}\nhint: import the bank first; its questions carry their ids as `{{#id}}`",
            count(unknown.len() as u64, "card id"),
            if unknown.len() == 1 { "is" } else { "are" },
            some.join(", ")
        ))?;
        if new == 0 && known == 0 {
            return Err(Error::person(format!("{name}: none of its cards is in a deck")).hint("import the bank first"));
        }
    }
    let done = if history.problems.is_empty() && unknown.is_empty() { Done::Whole } else { Done::InPart };
    Ok(ImportedFile { deck: args.deck.clone().unwrap_or_default(), done })
}
