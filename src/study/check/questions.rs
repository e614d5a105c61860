//! Questions that cannot be asked or answered, and their pictures and sounds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{Finding, Remedy};
use crate::error::Result;
use crate::model::Kind;
use crate::store::{CheckedQuestion, Reader};
use crate::study::import::content_name;

/// A stem is cut after this many characters.
const QUOTED: usize = 60;

/// Questions that nobody can be asked, or that nobody can answer.
pub(super) fn question_problems(reader: Reader<'_>) -> Result<Vec<Finding>> {
    let mut problems = Vec::new();
    reader.each_checked_question(|question: CheckedQuestion| {
        let stem = quoted(&question.stem);
        let about = |what: &str, remedy| Finding::new(format!("the question {stem} {what}"), remedy);
        match &question.choices {
            None => problems.push(about("has options that cannot be read", Remedy::Backup)),
            Some(choices) if !question.draft => {
                let right = choices.iter().filter(|choice| choice.correct).count();
                let picked = matches!(question.kind, Kind::Single | Kind::TrueFalse | Kind::Multiple);
                if picked && right == 0 {
                    problems.push(about("has no right option", Remedy::Backup));
                } else if matches!(question.kind, Kind::Single | Kind::TrueFalse) && right > 1 {
                    problems.push(about("has several right options, but takes one", Remedy::Backup));
                } else if question.kind.has_choices() && choices.is_empty() {
                    problems.push(about("has no options", Remedy::Backup));
                }
            }
            Some(_) => {}
        }
        if !question.draft && question.cards == 0 {
            problems.push(about("has no card, so it is never asked", Remedy::Mend));
        }
        Ok(())
    })?;
    Ok(problems)
}

/// The first line of a stem, cut if it is long.
fn quoted(stem: &str) -> String {
    let line = stem.lines().next().unwrap_or_default();
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("“{}…”", &line[..end]),
        None => format!("“{line}”"),
    }
}

/// Pictures and sounds that are missing, altered, or outside of their folder.
pub(super) fn media_problems(reader: Reader<'_>, folder: &Path) -> Result<Vec<Finding>> {
    let files: BTreeSet<String> = reader.media_files(true)?.into_iter().collect();
    let mut problems = Vec::new();
    for file in files {
        let problem = if !Reader::is_media_name(&file) {
            Some("has a name that no picture or sound has")
        } else {
            match fs::read(folder.join(&file)) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some("is missing"),
                Err(_) => Some("cannot be read"),
                Ok(bytes) if !file.starts_with(&content_name(&bytes)) => Some("is not what it was"),
                Ok(_) => None,
            }
        };
        problems.extend(problem.map(|what| {
            let what = format!("the file `{file}` of the media folder {what}");
            Finding::new(what, Remedy::Backup)
        }));
    }
    Ok(problems)
}
