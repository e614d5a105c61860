//! Questions that cannot be asked or answered, and their pictures and sounds.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Finding, Remedy};
use crate::error::Result;
use crate::model::limits::{DECK_CHARS, DECK_LEVELS, DeckNameFault, deck_name, steers};
use crate::model::{Deck, Kind, count};
use crate::store::{CheckedQuestion, Reader};
use crate::study::media_file::media_problem;

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
        if question.stem.trim().is_empty() {
            problems.push(about("says nothing", Remedy::Backup));
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
    let line: String = stem.lines().next().unwrap_or_default().chars().filter(|char| !steers(*char)).collect();
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("“{}…”", &line[..end]),
        None => format!("“{line}”"),
    }
}

/// Names that no deck may have.
pub(super) fn deck_problems(reader: Reader<'_>) -> Result<Vec<Finding>> {
    let decks = reader.decks()?.into_iter();
    let problem = |deck: Deck| {
        let why = match deck_name(&deck.name).err()? {
            DeckNameFault::Empty => "has a part that says nothing".into(),
            DeckNameFault::Control => "has characters that control a terminal".into(),
            DeckNameFault::Long => format!("is longer than {} characters", DECK_CHARS.figure()),
            DeckNameFault::Deep => format!("has more than {} levels", DECK_LEVELS.figure()),
        };
        Some(Finding::new(format!("the name of the deck {} {why}", quoted(&deck.name)), Remedy::Rename))
    };
    Ok(decks.filter_map(problem).collect())
}

/// What may be known of questions, and is no fault of the database.
pub(super) fn notes(reader: Reader<'_>) -> Result<Vec<String>> {
    let questions = reader.texts_that_control()?;
    let note = || {
        let have = if questions == 1 { "has" } else { "have" };
        format!(
            "{} {have} characters that control a terminal in their texts; they are not shown",
            count(questions, "question")
        )
    };
    Ok((questions > 0).then(note).into_iter().collect())
}

/// Pictures and sounds that are missing, altered, or no ordinary files.
pub(super) fn media_problems(reader: Reader<'_>, folder: &Path) -> Result<Vec<Finding>> {
    let files: BTreeSet<String> = reader.media_files(true)?.into_iter().collect();
    let problem = |file: &String| {
        let what = format!("the file `{file}` of the media folder {}", media_problem(folder, file)?);
        // A wrong name is in the database, and not in the folder: it names nothing.
        let remedy = if Reader::is_media_name(file) { Remedy::Import } else { Remedy::Mend };
        Some(Finding::new(what, remedy))
    };
    Ok(files.iter().filter_map(problem).collect())
}
