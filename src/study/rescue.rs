//! Answers that outlive the file they were given to.
//!
//! If a session loses its database (moved, replaced, an error of the disk that stays), what it wrote and what it could not write any more goes
//! into a file of its own, a line of JSON for each. The same file enters a log again, once.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::card::flag_card;
use super::decks::Decks;
use super::ledger::{append_answer, refold};
use super::world::World;
use crate::error::{Error, Result};
use crate::model::{CardId, Guess, Moment};
use crate::private;
use crate::session::{Answer, PaperRequest, Request, StatedRating};
use crate::store::{LooseEntry, Store, TakenIn, Writer, salvage};

/// What the first line of a rescue file says, so that it is known as one.
const MARK: &str = "retain-rescue";
/// The version of these files.
const VERSION: u32 = 1;

/// A line of a rescue file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RescueLine {
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
struct PendingAnswer {
    /// The identity of the card.
    card: String,
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

impl PendingAnswer {
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
    fn confirm(&self) -> Result<()> {
        let numbers =
            [("at_ms", self.at_ms), ("offset_minutes", self.offset_minutes.into()), ("took_ms", self.took_ms.into())];
        Writer::confirm_answer(|column| numbers.iter().find(|(name, _)| *name == column).map(|(_, number)| *number))
    }

    fn into_answer(self, card: CardId) -> Option<(Answer, Moment)> {
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

/// What came of entering answers from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenInAnswers {
    /// Answers that are new in the log.
    pub new: usize,
    /// Answers that were there already.
    pub known: usize,
    /// Answers whose cards are not there.
    pub homeless: usize,
    /// Other entries that are new: what was suspended, buried, moved or taken back.
    pub other: usize,
    /// Flags that were set or removed.
    pub flags: usize,
    /// Whether the file is damaged, so that some may be missing.
    pub damaged: bool,
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

/// Whether these bytes are a rescue file.
fn is_rescue(bytes: &[u8]) -> bool {
    bytes.starts_with(format!("{{\"{MARK}\":").as_bytes())
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
        Ok(file) => error.hint(format!("{what} kept in {0}: `retain restore {0}` enters {them}, once", file.display())),
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

/// Whether there is a rescue file at this path.
pub fn is_rescue_file(path: &Path) -> bool {
    let mut first = [0; 32];
    let is_file = fs::metadata(path).is_ok_and(|file| file.is_file());
    is_file
        && File::open(path).and_then(|mut open| open.read(&mut first)).is_ok_and(|length| is_rescue(&first[..length]))
}

/// What enters a log, one after the other.
struct AnswerIntake<'w, 'c> {
    writer: &'w mut Writer<'c>,
    decks: Decks,
    cards: HashMap<Uuid, CardId>,
    taken: TakenInAnswers,
    /// Cards whose memory is to be remade.
    touched: BTreeSet<CardId>,
}

impl<'w, 'c> AnswerIntake<'w, 'c> {
    fn new(writer: &'w mut Writer<'c>) -> Result<Self> {
        let decks = Decks::load(writer.reader())?;
        let cards = writer.reader().cards_by_identity()?;
        Ok(Self { writer, decks, cards, taken: TakenInAnswers::default(), touched: BTreeSet::new() })
    }

    fn entry(&mut self, entry: &LooseEntry) -> Result<()> {
        match (self.writer.take_in(entry, &self.cards)?, entry.is_answer()) {
            (TakenIn::New(card), is_answer) => {
                self.touched.extend(card);
                *(if is_answer { &mut self.taken.new } else { &mut self.taken.other }) += 1;
            }
            (TakenIn::Known, true) => self.taken.known += 1,
            (TakenIn::Homeless, true) => self.taken.homeless += 1,
            _ => {}
        }
        Ok(())
    }

    /// Whether it is an answer that can be.
    fn pending(&mut self, pending: PendingAnswer) -> Result<bool> {
        pending.confirm()?;
        let card = pending.card.parse().ok().and_then(|uid: Uuid| self.cards.get(&uid).copied());
        let Some(card) = card else {
            self.taken.homeless += 1;
            return Ok(true);
        };
        let Some((answer, at)) = pending.into_answer(card) else { return Ok(false) };
        if self.writer.reader().has_answer_at(card, at.utc_ms)? {
            self.taken.known += 1;
            return Ok(true);
        }
        self.refold()?;
        append_answer(self.writer, &self.decks, 0, &answer, None, at)?;
        self.taken.new += 1;
        Ok(true)
    }

    /// Remakes the memory of the cards that were touched.
    fn refold(&mut self) -> Result<()> {
        for card in std::mem::take(&mut self.touched) {
            refold(self.writer, &self.decks, card)?;
        }
        Ok(())
    }
}

/// Enters the answers of a rescue file, or of the log of another database, once: one that is damaged is read as far as that goes.
///
/// # Errors
/// When the file is neither, when a rescue file is damaged, or when the database fails; then nothing is entered.
pub(super) fn take_in_answers(store: &mut Store, file: &Path) -> Result<TakenInAnswers> {
    let name = file.display();
    let unreadable = |error: std::io::Error| {
        Error::person(format!("{name}: it cannot be read: {error}")).hint("name a rescue file, or a database")
    };
    if fs::metadata(file).map_err(unreadable)?.is_dir() {
        return Err(Error::person(format!("{name} is a folder")).hint("name a rescue file, or a database"));
    }
    if same_file(file, store.path()) {
        return Err(Error::person("these are the answers of this database").hint("name another file"));
    }
    if is_rescue_file(file) {
        let text = fs::read_to_string(file).map_err(unreadable)?;
        return take_in_rescue(store, &text, &name.to_string());
    }
    let mut writer = store.writer()?;
    let mut intake = AnswerIntake::new(&mut writer)?;
    let salvaged = salvage(file, |entry| match intake.entry(&entry) {
        // What a damaged page says may be no entry at all.
        Err(error) if error.code() == "unusable-entry" => Ok(()),
        done => done,
    });
    let salvaged = salvaged.map_err(|error| error.about(name))?;
    intake.refold()?;
    let taken = TakenInAnswers { damaged: salvaged.damaged, ..intake.taken };
    writer.commit()?;
    Ok(taken)
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Flags a card as it was flagged in a session, unless that was done already, or later by somebody; whether something changed.
fn take_in_flag(store: &mut Store, cards: &HashMap<Uuid, CardId>, flag: KeptFlag) -> Result<bool> {
    let card = flag.card.parse().ok().and_then(|uid: Uuid| cards.get(&uid).copied());
    let Some(card) = card else { return Ok(false) };
    let present = store.reader().flag_of(card)?;
    let is_later = present.as_ref().is_some_and(|present| present.at_ms >= flag.at_ms);
    if is_later || present.map(|present| present.note) == flag.note {
        return Ok(false);
    }
    let at = Moment { utc_ms: flag.at_ms, offset_minutes: flag.offset_minutes };
    flag_card(store, card, flag.note.as_deref(), at)
}

/// Enters the answers of a rescue file, once. `name` is the file's.
///
/// # Errors
/// When the file is damaged, or the database fails; then nothing is entered.
fn take_in_rescue(store: &mut Store, text: &str, name: &str) -> Result<TakenInAnswers> {
    let mut writer = store.writer()?;
    let mut intake = AnswerIntake::new(&mut writer)?;
    let mut flags = Vec::new();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let damaged = |what: String| {
            Error::person(format!("{name}:{number}: {what}"))
                .named("damaged-rescue")
                .hint("nothing was entered; remove this line, and the others can be entered")
        };
        let found: RescueLine =
            serde_json::from_str(line).map_err(|error| damaged(format!("this line cannot be read: {error}")))?;
        match found {
            RescueLine::RetainRescue { version, .. } if version > VERSION => {
                return Err(Error::person(format!("{name} was written by a newer `retain`"))
                    .hint("install the newest `retain`; nothing was changed"));
            }
            RescueLine::RetainRescue { .. } => {}
            RescueLine::Entry(entry) => {
                intake.entry(&entry).map_err(|error| error.about(format!("{name}:{number}")))?;
            }
            RescueLine::Answer(pending) => {
                let taken = intake.pending(pending).map_err(|error| error.about(format!("{name}:{number}")))?;
                if !taken {
                    return Err(damaged("this answer has no verdict".into()));
                }
            }
            RescueLine::Flag(flag) => flags.push(flag),
        }
    }
    intake.refold()?;
    let mut taken = intake.taken;
    let cards = intake.cards;
    writer.commit()?;
    for flag in flags {
        taken.flags += usize::from(take_in_flag(store, &cards, flag)?);
    }
    Ok(taken)
}
