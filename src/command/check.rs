//! `retain check`: is the database sound, and does the schedule agree with the answers?

use clap::Args as Arguments;

use super::Context;
use super::progress::bars;
use crate::error::{Done, Error, Result};
use crate::study::{Health, Mended, Remedy, Trainer};
use crate::ui::words;

/// Problems that are listed one by one; the others are counted.
const LISTED: usize = 10;

/// Check the database, and put right what needs no guess.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Put right what needs no guess, after a backup
    #[arg(long, alias = "fix")]
    mend: bool,
    /// Say that the answer log is right as it is, although it is not as it was sealed
    #[arg(long, conflicts_with = "mend")]
    accept_log: bool,
}

/// The failure of a text that is too long to be read.
const ENDLESS_TEXT: &str = "endless-text";

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.accept_log {
        let mut trainer = context.trainer_without_warning()?;
        // What is sealed again may be the only trace of what is gone.
        if trainer.loss_to_hide()?.is_some() {
            let copy = trainer.keep_before_repair().map_err(|error| {
                let kept = Error::person(format!("the log was not sealed again: {}", error.message()));
                error.hints().iter().fold(kept.named(error.code()), |kept, hint| kept.hint(hint.as_str()))
            })?;
            context.talk(&format!("backup saved to {}", copy.display()))?;
        }
        let remade = trainer.accept_log(&mut bars(context, None))?;
        context.talk("the answer log is sealed as it is now")?;
        if remade > 0 {
            context.talk(&format!("the schedule of {} was made again", words::count(remade as u64, "card")))?;
        }
    }
    if args.mend {
        mend(context)?;
    }
    // What cannot be opened, or cannot be read to the end, is what a check is for.
    let checked = |trainer: Trainer| {
        context.warn_of_names(&trainer)?;
        trainer.check()
    };
    let health = match context.trainer_without_warning().and_then(checked) {
        Ok(health) => health,
        // A check that cannot name the text is not to say that a check names it.
        Err(error) if error.code() == ENDLESS_TEXT => {
            return Err(Error::person(error.message())
                .named(ENDLESS_TEXT)
                .hint(Remedy::Backup.hint())
                .caused_by(error));
        }
        Err(error) => Trainer::check_unopened(&context.db, error)?,
    };
    report(context, &health)
}

/// Puts right what needs no guess, and says what was done.
fn mend(context: &Context) -> Result<()> {
    let mut done = Vec::new();
    let mut trainer = match context.trainer_without_warning() {
        Err(error) if error.code() == "foreign-schema" => {
            let (copy, repaired) = Trainer::mend_schema(&context.db, &context.backup_policy(), context.clock)?;
            done.extend(repaired);
            context.talk(&format!("backup saved to {}", copy.display()))?;
            context.trainer_without_warning()?
        }
        opened => opened?,
    };
    if trainer.check()?.needs(Remedy::Mend) {
        if done.is_empty() {
            let copy = trainer.keep_before_repair()?;
            context.talk(&format!("backup saved to {}", copy.display()))?;
        }
        let Mended { done: more } = trainer.mend(&mut bars(context, None))?;
        done.extend(more);
    }
    for line in &done {
        context.talk(line)?;
    }
    if done.is_empty() {
        context.talk("there is nothing that can be put right without a guess")?;
    }
    Ok(())
}

fn report(context: &Context, health: &Health) -> Result<Done> {
    let problems = &health.problems;
    for note in &health.notes {
        context.talk(&format!("note: {note}"))?;
    }
    if problems.is_empty() {
        let (cards, answers) = (words::count(health.cards, "card"), words::count(health.answers, "answer"));
        context.talk(&format!("OK: {cards}, {answers}; the schedule agrees with the answer log"))?;
        return warn_of_answers_ahead(context, health);
    }
    let path = context.db.display();
    let mut report: String =
        problems.iter().take(LISTED).map(|problem| format!("{path}: {}\n", problem.what)).collect();
    if problems.len() > LISTED {
        report += &format!("… and {} more\n", problems.len() - LISTED);
    }
    let error = Error::person(format!("the database has {}", words::count(problems.len() as u64, "problem")));
    let remedies = Remedy::ALL.into_iter().filter(|remedy| health.needs(*remedy));
    let without_backup = Trainer::hint_without_backup(&context.db, &context.backup_policy());
    let hint = |remedy: Remedy| match &without_backup {
        Some(hint) if remedy == Remedy::Backup => hint.clone(),
        _ => remedy.hint().to_owned(),
    };
    Err(remedies.fold(error, |error, remedy| error.hint(hint(remedy))).after_report(report))
}

fn warn_of_answers_ahead(context: &Context, health: &Health) -> Result<Done> {
    if health.ahead > 0 {
        let answers = words::count(health.ahead, "answer");
        let verb = if health.ahead == 1 { "is" } else { "are" };
        let latest =
            health.latest.map(|latest| format!(", up to {}", words::date_and_time(latest))).unwrap_or_default();
        let now = words::date_and_time(context.clock.now());
        context.talk(&format!(
            "warning: {answers} {verb} dated after now{latest}; the clock says {now}\n\
             hint: if the clock is right, it was wrong when they were given; their cards come back as planned then"
        ))?;
    }
    Ok(Done::Whole)
}
