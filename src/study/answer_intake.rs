//! Answers from elsewhere into the log, each once: of a rescue file, of another database, of a damaged one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use uuid::Uuid;

use super::backup::same_file;
use super::card::flag_card;
use super::check::seal_words;
use super::decks::Decks;
use super::intake_rules::IntakeRules;
use super::ledger::{append_answer, refold};
use super::rescue::{KeptFlag, MARK, PendingAnswer, RescueLine, VERSION, confirm_numbers};
use crate::error::{Error, Result};
use crate::model::limits::RESCUE_BYTES;
use crate::model::{CardId, DAY_MS, LATEST_MS, LogId, Moment};
use crate::store::{LooseEntry, Salvage, Store, TakenIn, Writer};

/// What some programs write before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Why an entry is left out whose date is not that of its identity, or that is here already with another one.
const ALTERED: &str = "not as it was written: bits of it were changed";

/// Why an entry is left out that was made while the clock was ahead, or whose time was changed.
const AHEAD: &str = "they are dated after now; set the clock right, or wait until then";

/// Why an entry is left out that belongs to a day which was changed in its own database.
const CHANGED: &str = "of days that were changed in that file since they were sealed; with `--yes` they are entered";

/// Why an entry is left out whose card has the identity of another one in its own database.
const MISPLACED: &str = "of cards that were changed in that file; with `--yes` they are entered";

/// What came of entering answers from elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenInAnswers {
    /// Answers that are new in the log.
    pub new: usize,
    /// Answers that were there already.
    pub known: usize,
    /// Answers whose cards are not there.
    pub homeless: usize,
    /// Answers of a damaged file that no longer say of which cards they are.
    pub nameless: usize,
    /// Other entries that are new: what was suspended, buried, moved or taken back.
    pub other: usize,
    /// Flags that were set or removed.
    pub flags: usize,
    /// Whether the file is damaged, so that some may be missing.
    pub damaged: bool,
    /// What was left out besides, each reason with what it is about, and answers whose cards are not there once more by name.
    pub left_out: BTreeMap<String, LeftEntries>,
}

/// Entries that were left out for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftEntries {
    /// How many there are.
    pub count: usize,
    /// The first few, in words.
    pub first: Vec<String>,
}

/// How many of the entries that were left out for one reason are named.
const NAMED: usize = 5;
/// The reason of most that are left out.
const NO_CARD: &str = "their cards are not here";

impl TakenInAnswers {
    fn leave_out(&mut self, why: &str, what: impl FnOnce() -> String) {
        let left = self.left_out.entry(why.into()).or_default();
        left.count += 1;
        if left.first.len() < NAMED {
            left.first.push(what());
        }
    }
}

/// Whether these bytes are the beginning of a rescue file, also of one without its first line.
fn is_rescue(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes).trim_ascii_start();
    [MARK, "entry", "answer", "flag"].iter().any(|key| {
        let rest = bytes.strip_prefix(format!("{{\"{key}\":").as_bytes());
        rest.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
    })
}

/// Whether there is a rescue file at this path.
pub fn is_rescue_file(path: &Path) -> bool {
    let mut first = [0; 64];
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
    /// How many entries that are to enter have an identity of this millisecond: if the clock was behind, the one before has it, too.
    of_time: HashMap<i64, u32>,
    now_ms: i64,
    /// Cards whose memory is to be remade.
    touched: BTreeSet<CardId>,
}

impl<'w, 'c> AnswerIntake<'w, 'c> {
    fn new<'e>(
        writer: &'w mut Writer<'c>,
        entries: impl Iterator<Item = &'e LooseEntry>,
        rules: IntakeRules,
    ) -> Result<Self> {
        let decks = Decks::load(writer.reader())?;
        let cards = writer.reader().cards_by_identity()?;
        let mut of_time: HashMap<i64, u32> = HashMap::new();
        entries.filter_map(LooseEntry::times).for_each(|(_, time)| *of_time.entry(time).or_default() += 1);
        let taken = TakenInAnswers::default();
        Ok(Self { writer, decks, cards, taken, of_time, now_ms: rules.now_ms, touched: BTreeSet::new() })
    }

    /// Whether a moment is in the future, by more than clocks differ.
    fn is_ahead(&self, at_ms: i64) -> bool {
        at_ms > self.now_ms.saturating_add(DAY_MS)
    }

    fn entry(&mut self, entry: &LooseEntry) -> Result<()> {
        let refusal = if self.is_here(entry)? { None } else { self.refusal(entry)? };
        if let Some(why) = refusal {
            self.taken.leave_out(why, || entry.words());
            return Ok(());
        }
        match (self.writer.take_in(entry, &self.cards)?, entry.is_answer()) {
            (TakenIn::Unfit(why), _) => self.taken.leave_out(why, || entry.words()),
            (TakenIn::New(card), is_answer) => {
                self.touched.extend(card);
                *(if is_answer { &mut self.taken.new } else { &mut self.taken.other }) += 1;
            }
            (TakenIn::Known, true) => self.taken.known += 1,
            (TakenIn::Homeless, true) if entry.card().is_none() => self.taken.nameless += 1,
            (TakenIn::Homeless, is_answer) => {
                self.taken.homeless += usize::from(is_answer);
                let why = if entry.names_card() { NO_CARD } else { "what they take back is not here" };
                self.taken.leave_out(why, || entry.words());
            }
            (TakenIn::Known, false) => {}
        }
        Ok(())
    }

    /// Why an entry cannot enter, whatever is here: its date is not that of its identity, or is in the future. What is no entry at all is told by its
    /// numbers.
    fn refusal(&self, entry: &LooseEntry) -> Result<Option<&'static str>> {
        let Some((at_ms, time)) = entry.times().filter(|(at_ms, _)| *at_ms < LATEST_MS && !entry.is_absurd()) else {
            return Ok(None);
        };
        // The identity is made when the answer is given. If the clock was behind then, it counts up from the one before.
        let counts_up = || -> Result<bool> {
            let several = self.of_time.get(&time).is_some_and(|count| *count > 1);
            let id = entry.log_id();
            Ok(several || id.map(|id| self.writer.reader().follows_an_entry(id)).transpose()?.unwrap_or(false))
        };
        Ok(if at_ms > time || (at_ms < time && !counts_up()?) {
            Some(ALTERED)
        } else {
            self.is_ahead(at_ms).then_some(AHEAD)
        })
    }

    /// Whether an entry of its identity is here already.
    fn is_here(&self, entry: &LooseEntry) -> Result<bool> {
        entry.log_id().map_or(Ok(false), |id| self.writer.reader().has_identity(id))
    }

    /// Whether the same answer of a damaged file is here with another identity: bits of it were changed.
    fn is_altered(&self, entry: &LooseEntry) -> Result<bool> {
        let Some((at_ms, _)) = entry.times() else { return Ok(false) };
        let card = entry.card().and_then(|uid| self.cards.get(&uid)).filter(|_| entry.is_answer());
        let Some((card, id)) = card.zip(entry.identity().and_then(|id| id.parse().ok())) else { return Ok(false) };
        let reader = self.writer.reader();
        let Some(order_seed) = entry.order_seed() else { return Ok(false) };
        Ok(!reader.has_entry(LogId(id))? && reader.has_answer_like(*card, at_ms, order_seed)?)
    }

    /// Whether it is an answer that can be.
    fn pending(&mut self, pending: PendingAnswer) -> Result<bool> {
        pending.confirm()?;
        let card = pending.card.parse().ok().and_then(|uid: Uuid| self.cards.get(&uid).copied());
        let Some(card) = card else {
            self.taken.homeless += 1;
            self.taken.leave_out(NO_CARD, || pending.words());
            return Ok(true);
        };
        let words = pending.words();
        let Some((answer, at)) = pending.into_answer(card) else { return Ok(false) };
        let unfit = self.writer.unfit_answer(card, answer.typed.as_deref(), [&answer.picked, &answer.shown])?;
        if let Some(why) = unfit.or(self.is_ahead(at.utc_ms).then_some(AHEAD)) {
            self.taken.leave_out(why, || words);
            return Ok(true);
        }
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

/// Enters the answers of a rescue file, or of the log of another database, once: one that is damaged is read as far as that goes. A
/// `dry_run` says what that would come to, and changes nothing.
///
/// # Errors
/// When the file is neither, when a rescue file is damaged, or when the database fails; then nothing is entered.
pub(super) fn take_in_answers(store: &mut Store, file: &Path, rules: IntakeRules) -> Result<TakenInAnswers> {
    let name = file.display();
    let unreadable = |error: std::io::Error| {
        Error::person(format!("{name}: it cannot be read: {error}")).hint("name a rescue file, or a database")
    };
    let found = fs::metadata(file).map_err(unreadable)?;
    if !found.is_file() {
        let what = if found.is_dir() { "is a folder" } else { "is no file, but a pipe or a device" };
        return Err(Error::person(format!("{name} {what}")).hint("name a rescue file, or a database"));
    }
    if same_file(file, store.path()) {
        return Err(Error::person("these are the answers of this database").hint("name another file"));
    }
    File::open(file).map_err(unreadable)?;
    let db = store.path().to_path_buf();
    let mut flags = Vec::new();
    let mut writer = store.writer()?;
    let mut taken = if is_rescue_file(file) {
        if found.len() > RESCUE_BYTES.most {
            let what = format!("{name} is larger than {}, as no rescue file is", RESCUE_BYTES.figure());
            return Err(Error::person(what).hint("name a rescue file, or a database"));
        }
        let text = fs::read_to_string(file).map_err(unreadable)?;
        rescue_file(&mut writer, &text, &name.to_string(), &mut flags, rules)?
    } else {
        let mut found = Salvage::open(file).map_err(|error| error.about(&name))?;
        found.complete_from(writer.reader(), &db, rules.consent.same_database)?;
        salvaged(&mut writer, &found, rules).map_err(|error| {
            let is_empty = error.code() == "no-answers";
            let error = error.about(&name);
            if is_empty {
                error.hint("name a rescue file, a backup, another database, or a damaged one")
            } else {
                error
            }
        })?
    };
    let cards = writer.reader().cards_by_identity()?;
    if rules.dry_run {
        drop(writer);
    } else {
        writer.commit()?;
    }
    for flag in flags {
        if !flag.card.parse().is_ok_and(|uid: Uuid| cards.contains_key(&uid)) {
            taken.leave_out(NO_CARD, || flag.words());
            continue;
        }
        taken.flags += usize::from(take_in_flag(store, &cards, flag, rules.dry_run)?);
    }
    Ok(taken)
}

/// The days and imports that were changed in another database since they were sealed there, in words. A file of kept answers has no seals.
pub(super) fn days_changed_in(file: &Path) -> Result<Vec<String>> {
    if is_rescue_file(file) || !file.is_file() {
        return Ok(Vec::new());
    }
    let found = Salvage::open(file)?;
    Ok(found.broken_seals().iter().map(seal_words).chain(found.misplaced_cards().1).collect())
}

fn salvaged(writer: &mut Writer<'_>, found: &Salvage, rules: IntakeRules) -> Result<TakenInAnswers> {
    let mut entries = Vec::new();
    let salvaged = found.each(|entry| {
        entries.push(entry);
        Ok(())
    })?;
    let changed = if rules.consent.changed_days { Vec::new() } else { found.broken_seals() };
    let misplaced = if rules.consent.changed_days { HashSet::new() } else { found.misplaced_cards().0 };
    let mut intake = AnswerIntake::new(writer, entries.iter(), rules)?;
    // What an entry counts up from may be a deed, which does not enter.
    for (entry, (at_ms, time)) in entries.iter().filter_map(|entry| Some((entry, entry.times()?))) {
        if at_ms < time && entry.log_id().is_some_and(|id| found.follows_an_entry(id)) {
            *intake.of_time.entry(time).or_default() += 1;
        }
    }
    for entry in &entries {
        if salvaged.damaged && intake.is_altered(entry)? {
            intake.taken.leave_out(ALTERED, || entry.words());
            continue;
        }
        if changed.iter().any(|seal| seal.is_over(entry)) && !intake.is_here(entry)? {
            intake.taken.leave_out(CHANGED, || entry.words());
            continue;
        }
        if entry.card().is_some_and(|card| misplaced.contains(&card)) && !intake.is_here(entry)? {
            intake.taken.leave_out(MISPLACED, || entry.words());
            continue;
        }
        match intake.entry(entry) {
            // What a damaged page says may be no entry at all.
            Err(error) if error.code() == "unusable-entry" => intake.taken.leave_out(error.message(), || entry.words()),
            done => done?,
        }
    }
    intake.refold()?;
    Ok(TakenInAnswers { damaged: salvaged.damaged, ..intake.taken })
}

/// Flags a card as it was flagged in a session, unless that was done already, or later by somebody; whether something changes.
fn take_in_flag(store: &mut Store, cards: &HashMap<Uuid, CardId>, flag: KeptFlag, dry_run: bool) -> Result<bool> {
    let card = flag.card.parse().ok().and_then(|uid: Uuid| cards.get(&uid).copied());
    let Some(card) = card else { return Ok(false) };
    let present = store.reader().flag_of(card)?;
    let is_later = present.as_ref().is_some_and(|present| present.at_ms >= flag.at_ms);
    if is_later || present.map(|present| present.note) == flag.note {
        return Ok(false);
    }
    let at = Moment { utc_ms: flag.at_ms, offset_minutes: flag.offset_minutes };
    if dry_run { Ok(true) } else { flag_card(store, card, flag.note.as_deref(), at) }
}

/// Enters the answers of a rescue file, each once. `name` is the file's. What was flagged is put into `flags`.
fn rescue_file(
    writer: &mut Writer<'_>,
    text: &str,
    name: &str,
    flags: &mut Vec<KeptFlag>,
    rules: IntakeRules,
) -> Result<TakenInAnswers> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let damaged = |number: usize, what: String| {
        Error::person(format!("{name}:{number}: {what}"))
            .named("damaged-rescue")
            .hint("nothing was entered; remove this line, and the others can be entered")
    };
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let lines: Vec<(RescueLine, usize)> = lines
        .map(|(line, number)| match serde_json::from_str(line) {
            Ok(found) => Ok((found, number)),
            Err(error) => Err(damaged(number, format!("this line cannot be read: {error}"))),
        })
        .collect::<Result<_>>()?;
    let entries =
        lines.iter().filter_map(|(line, _)| if let RescueLine::Entry(entry) = line { Some(entry) } else { None });
    let mut intake = AnswerIntake::new(writer, entries, rules)?;
    for (found, number) in lines {
        match found {
            RescueLine::RetainRescue { version, .. } if version > VERSION => {
                return Err(Error::person(format!("{name} was written by a newer `retain`"))
                    .hint("install the newest `retain`; nothing was changed"));
            }
            RescueLine::RetainRescue { .. } => {}
            RescueLine::Flag(flag) => {
                let numbers = [("at_ms", flag.at_ms), ("offset_minutes", flag.offset_minutes.into())];
                confirm_numbers(&numbers).map_err(|error| error.about(format!("{name}:{number}")))?;
                flags.push(flag);
            }
            RescueLine::Entry(entry) => {
                intake.entry(&entry).map_err(|error| error.about(format!("{name}:{number}")))?;
            }
            RescueLine::Answer(pending) => {
                let taken = intake.pending(pending).map_err(|error| error.about(format!("{name}:{number}")))?;
                if !taken {
                    return Err(damaged(number, "this answer has no verdict".into()));
                }
            }
        }
    }
    intake.refold()?;
    Ok(intake.taken)
}
