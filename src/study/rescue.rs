//! Answers that outlive the file they were given to.
//!
//! If a session loses its database (moved, replaced, an error of the disk that stays), what it wrote and what it could not write any more goes
//! into a file of its own, a line of JSON for each. The same file enters a log again, once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::world::World;
use crate::error::{Error, Result};
use crate::model::{CardId, Guess, Moment, shell_path};
use crate::private;
use crate::session::{Answer, PaperRequest, Request, StatedRating};
use crate::store::{LooseEntry, Store, Writer};

/// What the first line of a rescue file says, so that it is known as one.
pub(super) const MARK: &str = "retain-rescue";
/// The version of these files.
pub(super) const VERSION: u32 = 1;

/// A line of a rescue file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RescueLine {
    /// The first one: the version, and the database that the answers were given to.
    RetainRescue { version: u32, database: String },
    /// An entry that was in the log.
    Entry(LooseEntry),
    /// An answer that could not be written.
    Answer(PendingAnswer),
    /// What was flagged.
    Flag(KeptFlag),
}

/// A card that was flagged, or whose flag was removed, in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptFlag {
    /// The identity of the card.
    pub card: String,
    /// `None` if the flag was removed.
    pub note: Option<String>,
    pub at_ms: i64,
    pub offset_minutes: i32,
}

/// An answer that could not be written.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PendingAnswer {
    /// The identity of the card.
    pub(super) card: String,
    at_ms: i64,
    offset_minutes: i32,
    right: bool,
    overruled: bool,
    sure: Option<bool>,
    /// By its number in [`StatedRating::ALL`].
    verdict: usize,
    picked: Vec<u8>,
    shown: Vec<u8>,
    typed: Option<String>,
    exam: bool,
    order_seed: u32,
    took_ms: u32,
    guess_ways: u32,
    practice: bool,
}

impl KeptFlag {
    /// The flag in words: when it was set, and on which card.
    pub(super) fn words(&self) -> String {
        LooseEntry::words_of("flag", Some((self.at_ms, self.offset_minutes.into())), Some(&self.card))
    }
}

impl PendingAnswer {
    /// The answer in words: when it was given, and to which card.
    pub(super) fn words(&self) -> String {
        LooseEntry::words_of("answer", Some((self.at_ms, self.offset_minutes.into())), Some(&self.card))
    }

    fn new(card: Uuid, answer: &Answer, at: Moment) -> Self {
        Self {
            card: card.to_string(),
            at_ms: at.utc_ms,
            offset_minutes: at.offset_minutes,
            right: answer.right,
            overruled: answer.overruled,
            sure: answer.sure,
            verdict: StatedRating::ALL.iter().position(|verdict| *verdict == answer.verdict).unwrap_or(0),
            picked: answer.picked.clone(),
            shown: answer.shown.clone(),
            typed: answer.typed.clone(),
            exam: answer.exam,
            order_seed: answer.order_seed,
            took_ms: answer.took_ms,
            guess_ways: answer.guess.ways(),
            practice: answer.practice,
        }
    }

    /// Fails if a number is none that an answer has.
    pub(super) fn confirm(&self) -> Result<()> {
        let numbers =
            [("at_ms", self.at_ms), ("offset_minutes", self.offset_minutes.into()), ("took_ms", self.took_ms.into())];
        confirm_numbers(&numbers)
    }

    pub(super) fn into_answer(self, card: CardId) -> Option<(Answer, Moment)> {
        let verdict = StatedRating::ALL.get(self.verdict).copied()?;
        let answer = Answer {
            card,
            right: self.right,
            overruled: self.overruled,
            sure: self.sure,
            verdict,
            picked: self.picked,
            shown: self.shown,
            typed: self.typed,
            exam: self.exam,
            order_seed: self.order_seed,
            took_ms: self.took_ms,
            guess: Guess::from_ways(self.guess_ways),
            practice: self.practice,
        };
        Some((answer, Moment { utc_ms: self.at_ms, offset_minutes: self.offset_minutes }))
    }
}

impl World<'_> {
    /// Whether a failure may pass by itself, or by what the person does meanwhile: another process is writing, one error of the disk, no
    /// room. Then the same request can be performed again.
    pub fn may_pass(error: &Error) -> bool {
        matches!(error.code(), "database-in-use" | "database-io" | "disk-full")
    }

    /// Whether it is worth to read again at once: SQLite says of a page that the disk did not give that the database is damaged.
    pub fn may_be_misread(error: &Error) -> bool {
        error.code() == "database-damaged"
    }

    /// Gives up after a failure of `request`: what would be lost with it is written into a file of its own, and the failure says
    /// where.
    #[must_use]
    pub fn give_up(&self, request: &Request, error: Error) -> Error {
        let pending = match request {
            Request::Judge(answer) | Request::Record(answer) | Request::Paper(PaperRequest::Enter { answer, .. }) => {
                Some(answer)
            }
            _ => None,
        };
        let pending = pending.and_then(|answer| {
            let (_, uid) = self.loaded.filter(|(card, _)| *card == answer.card)?;
            Some((uid, answer, self.answered_at.unwrap_or_else(|| self.now())))
        });
        let lost = pending.is_some() || matches!(error.code(), "database-moved" | "database-damaged");
        if !lost {
            return error;
        }
        let flagged = match request {
            Request::Flag(card, note) => self.kept_flag(*card, note.clone(), self.now()),
            _ => None,
        };
        let flags: Vec<KeptFlag> = self.flags.iter().cloned().chain(flagged).collect();
        keep_answers(self.ledger.store, pending, &flags, self.now(), error)
    }

    /// Keeps in mind that the card that is asked was flagged.
    pub(super) fn keep_flag(&mut self, card: CardId, note: Option<String>, at: Moment) {
        let flag = self.kept_flag(card, note, at);
        self.flags.extend(flag);
    }

    /// The last flag of this card was taken back.
    pub(super) fn forget_flag(&mut self, card: Uuid) {
        let card = card.to_string();
        if let Some(place) = self.flags.iter().rposition(|flag| flag.card == card) {
            self.flags.remove(place);
        }
    }

    fn kept_flag(&self, card: CardId, note: Option<String>, at: Moment) -> Option<KeptFlag> {
        let (_, uid) = self.loaded.filter(|(loaded, _)| *loaded == card)?;
        Some(KeptFlag { card: uid.to_string(), note, at_ms: at.utc_ms, offset_minutes: at.offset_minutes })
    }
}

/// Fails if one of these columns of an answer is a number that no answer has.
pub(super) fn confirm_numbers(numbers: &[(&str, i64)]) -> Result<()> {
    Writer::confirm_answer(|column| numbers.iter().find(|(name, _)| *name == column).map(|(_, number)| *number))
}

/// Writes what a session wrote, and the answer that it could not write, into a new file, and adds to `error` where it is. If no file can be
/// made, the lines are part of the error.
fn keep_answers(
    store: &Store,
    pending: Option<(Uuid, &Answer, Moment)>,
    flags: &[KeptFlag],
    now: Moment,
    error: Error,
) -> Error {
    // It may be in the log of a file that is lost.
    let pending =
        pending.filter(|(card, _, at)| !store.held_entries().iter().any(|entry| entry.is_answer_at(*card, at.utc_ms)));
    let answers =
        store.held_entries().iter().filter(|entry| entry.is_answer()).count() + usize::from(pending.is_some());
    if answers == 0 && flags.is_empty() {
        return error;
    }
    let database = store.path().display().to_string();
    let pending = pending.map(|(card, answer, at)| RescueLine::Answer(PendingAnswer::new(card, answer, at)));
    let lines = [RescueLine::RetainRescue { version: VERSION, database }]
        .into_iter()
        .chain(store.held_entries().iter().cloned().map(RescueLine::Entry))
        .chain(pending)
        .chain(flags.iter().cloned().map(RescueLine::Flag));
    let text: String = lines.filter_map(|line| serde_json::to_string(&line).ok()).map(|line| line + "\n").collect();
    let (what, them) = match answers {
        0 => ("what was flagged in this session is".to_owned(), "it"),
        1 => ("the answer of this session is".to_owned(), "it"),
        answers => (format!("the {answers} answers of this session are"), "them"),
    };
    match write_somewhere(store.path(), &text, now) {
        Ok(file) => {
            let word = shell_path(&file.to_string_lossy());
            error.hint(format!("{what} kept in {}: `retain restore {word}` enters {them}, once", file.display()))
        }
        Err(why) => error
            .hint(format!("{what} above, because no file could be made for them ({why}): copy these lines into a file, and `retain restore FILE` enters {them}"))
            .after_report(text),
    }
}

/// Writes a new file next to the database; if that is not possible, in the present folder, or in that for temporary files.
fn write_somewhere(database: &Path, text: &str, now: Moment) -> std::io::Result<PathBuf> {
    let stamp: String = now.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
    let mut failure = None;
    let folders = [database.parent().map(Path::to_path_buf), std::env::current_dir().ok(), Some(std::env::temp_dir())];
    for folder in folders.into_iter().flatten() {
        for number in 1..100 {
            let more = if number == 1 { String::new() } else { format!("-{number}") };
            let file = std::path::absolute(folder.join(format!("retain-rescue-{stamp}{more}.jsonl")))?;
            match write_new(&file, text) {
                Ok(()) => return Ok(file),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    failure.get_or_insert(error);
                    break;
                }
            }
        }
    }
    Err(failure.unwrap_or_else(|| std::io::Error::other("no folder is known")))
}

/// A whole new file that only its owner can read, or none.
fn write_new(file: &Path, text: &str) -> std::io::Result<()> {
    let mut open = private::create_file(file)?;
    let written = open.write_all(text.as_bytes()).and_then(|()| open.sync_all());
    if written.is_err() {
        // Half a file would be taken for a whole one.
        let _ = fs::remove_file(file);
    }
    written
}
