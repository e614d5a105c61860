//! The backups of a database, and what it means to go back to one.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::rich::harmless;
use super::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use super::words::{count, date_and_time, size};
use crate::error::Result;
use crate::model::{Moment, shell_path};
use crate::study::{LeftEntries, ListedBackup, RestorePlan, Restored, TakenInAnswers};

/// The number, when, the size, the answers, the schema, and why.
const COLUMNS: [TextColumn; 6] = [Right(3), Left(16), Right(7), Right(14), Left(9), Left(0)];

/// What a person does after a backup was put back whose schema is not as this program makes it.
const MEND_AFTER: &str =
    "\nhint: `retain check --mend` puts its schema right after that; until then, it cannot be used";

/// For people: a line each.
pub fn text(all: &[ListedBackup], offset_minutes: i32) -> String {
    let line = |listed: &ListedBackup| {
        let file = &listed.file;
        let made = Moment { utc_ms: file.at_ms, offset_minutes };
        let (answers, schema) = match &listed.facts {
            Ok(facts) => (count(facts.answers, "answer"), format!("schema {}", facts.schema)),
            Err(_) => ("?".into(), "?".into()),
        };
        let why = match (&listed.facts, &listed.flaw) {
            (Ok(_), None) => file.reason.words().to_owned(),
            (Ok(_), Some(flaw)) => format!("{}; it is not sound: {}", file.reason.words(), harmless(flaw)),
            (Err(problem), _) => format!("{}; it cannot be read: {}", file.reason.words(), harmless(problem)),
        };
        let cells = [listed.number.to_string(), date_and_time(made), size(file.bytes), answers, schema, why];
        table::row(&COLUMNS, 2, cells) + "\n"
    };
    all.iter().map(line).collect()
}

/// For programs: an object a line.
///
/// # Errors
/// A fault of the program, if it cannot be written.
pub fn json(all: &[ListedBackup], offset_minutes: i32) -> Result<String> {
    let line = |listed: &ListedBackup| {
        let file = &listed.file;
        let facts = listed.facts.as_ref().ok();
        super::json_line(&json!({
            "number": listed.number,
            "at": Moment { utc_ms: file.at_ms, offset_minutes }.rfc3339(),
            "reason": file.reason.name(),
            "bytes": file.bytes,
            "schema": facts.map(|facts| facts.schema),
            "answers": facts.map(|facts| facts.answers),
            "problem": listed.facts.as_ref().err().or(listed.flaw.as_ref()),
            "path": file.path.display().to_string(),
        }))
    };
    all.iter().map(line).collect()
}

/// What a restore would do.
pub fn plan(plan: &RestorePlan, db: &Path) -> String {
    let shown = |path: &Path| harmless(&path.display().to_string()).to_string();
    let made = plan.made.map_or_else(String::new, |made| format!(" of {}", date_and_time(made)));
    let why = plan.reason.map_or_else(String::new, |reason| format!(" ({})", reason.words()));
    let passed = |(path, why): &(PathBuf, String)| format!("passed over: {}: {}", shown(path), harmless(why));
    let mut lines: Vec<String> = plan.passed_over.iter().map(passed).collect();
    lines.push(match (&plan.facts, &plan.damage) {
        (Some(facts), None) if !plan.flaws.is_empty() => {
            let lines: String = plan.flaws.iter().map(|flaw| format!("\n  {}", harmless(flaw))).collect();
            let first = if plan.unguarded { MEND_AFTER } else { "" };
            format!(
                "the backup{made}{why} has {}. It can be read, but it is not sound:{lines}{first}",
                count(facts.answers, "answer")
            )
        }
        (Some(facts), None) => format!("the backup{made}{why} has {}: it is sound", count(facts.answers, "answer")),
        (_, damage) => format!(
            "what is put back{made}{why} is damaged, and is put back as it is: {}",
            harmless(damage.as_deref().unwrap_or("it cannot be read"))
        ),
    });
    lines.push(format!("  {}", shown(&plan.backup)));
    let db = shown(db);
    lines.push(match (plan.replaces, plan.missing) {
        (false, _) if plan.leaves_log => format!(
            "there is no database at {db}, but its write-ahead log with the newest answers is: it is put aside and kept"
        ),
        (false, _) => format!("there is no database at {db}, so nothing is replaced"),
        (true, Some(0)) => format!("it replaces {db}; every answer of it is in the backup"),
        (true, Some(missing)) => format!(
            "it replaces {db}; {} of it {} not in the backup, and kept with what is replaced",
            count(missing, "answer"),
            if missing == 1 { "is" } else { "are" }
        ),
        (true, None) if plan.damage.is_some() => format!("it replaces {db}, which is kept"),
        (true, None) => {
            format!("it replaces {db}, which cannot be read: which answers are not in the backup is not known")
        }
    });
    lines.join("\n")
}

/// What a restore did.
pub fn restored(restored: &Restored, plan: &RestorePlan) -> String {
    let mut lines = vec!["restored".to_owned()];
    if let Some(kept) = &restored.kept {
        let kept = harmless(&kept.display().to_string()).to_string();
        let word = shell_path(&kept);
        lines.push(match plan.missing {
            _ if restored.was_log_alone => format!(
                "the write-ahead log of the database that is gone is kept in {kept}\nhint: `retain restore --answers {word}` enters \
                 the answers that are in it"
            ),
            Some(0) => format!("what it replaced is kept in {kept}"),
            Some(missing) => {
                let are = if missing == 1 { "is" } else { "are" };
                format!(
                    "{} that {are} not in it {are} kept in {kept}\nhint: `retain restore --answers {word}` enters {}",
                    count(missing, "answer"),
                    if missing == 1 { "it" } else { "them" }
                )
            }
            None if plan.damage.is_some() => format!("what it replaced is kept in {kept}"),
            None => format!(
                "what it replaced cannot be read, and is kept in {kept}\nhint: `retain restore --answers {word}` enters what can still be read of it"
            ),
        });
        if !restored.was_log_alone {
            lines.push("`retain restore --undo` puts it back".into());
        }
    }
    lines.join("\n") + if plan.unguarded { MEND_AFTER } else { "" }
}

/// The days of another database that are not as they were sealed there.
pub fn changed_days(changed: &[String]) -> String {
    const LISTED: usize = 10;
    let mut lines: Vec<String> =
        changed.iter().take(LISTED).map(|what| format!("warning: in that file, {}", harmless(what))).collect();
    if changed.len() > LISTED {
        lines.push(format!("… and {} more", changed.len() - LISTED));
    }
    lines.join("\n")
}

/// What came of entering answers from a file, or would come of it.
pub fn taken_in(taken: &TakenInAnswers, dry_run: bool) -> String {
    let (entered, were) = if dry_run { ("would enter", "are") } else { ("entered", "were") };
    let mut lines = vec![match taken.known {
        0 => format!("{entered} {}", count(taken.new as u64, "answer")),
        1 => format!(
            "{entered} {}; 1 {} there already",
            count(taken.new as u64, "answer"),
            if dry_run { "is" } else { "was" }
        ),
        known => format!("{entered} {}; {known} {were} there already", count(taken.new as u64, "answer")),
    }];
    if taken.other > 0 {
        let more = if taken.other == 1 { "1 change".to_owned() } else { format!("{} changes", taken.other) };
        lines.push(format!("and {more} of the schedule: what was suspended, buried, moved or taken back"));
    }
    if taken.flags > 0 {
        lines.push(format!("and {}", count(taken.flags as u64, "flag")));
    }
    if taken.homeless > 0 {
        let belong = if taken.homeless == 1 { "belongs" } else { "belong" };
        lines.push(format!(
            "{} {belong} to cards that are not here\nhint: import their bank, then enter them again",
            count(taken.homeless as u64, "answer")
        ));
    }
    if taken.nameless > 0 {
        let (belong, it) = if taken.nameless == 1 { ("belongs", "it") } else { ("belong", "them") };
        lines.push(format!(
            "{} {belong} to cards that are not known: the list of cards in the file cannot be read, and nothing shows that it is \
             of this database\nhint: if you know that it is, add `--same-database`; else go back to a backup of the database that it is of \
             (`retain restore WHICH`), then enter {it} again",
            count(taken.nameless as u64, "answer")
        ));
    }
    for (why, LeftEntries { count, first }) in &taken.left_out {
        let (entries, were) = match (*count, dry_run) {
            (1, false) => ("1 entry".to_owned(), "was"),
            (1, true) => ("1 entry".to_owned(), "would be"),
            (count, false) => (format!("{count} entries"), "were"),
            (count, true) => (format!("{count} entries"), "would be"),
        };
        let more = if *count > first.len() { format!(", and {} more", count - first.len()) } else { String::new() };
        lines.push(format!("{entries} {were} left out ({}): {}{more}", harmless(why), harmless(&first.join(", "))));
    }
    if taken.damaged {
        let was = if dry_run { "can be read of it counts" } else { "could be read of it was entered" };
        lines.push(format!(
            "the file is damaged: what {was}, and some answers may be missing, or not be as they were given"
        ));
    }
    if dry_run {
        lines.push("nothing was changed".into());
    }
    lines.join("\n")
}
