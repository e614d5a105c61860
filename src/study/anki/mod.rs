//! Packages of Anki into decks and the log, in one transaction: questions, pictures, presets, answers, and where each card is.

mod card_log;
mod history;
mod identity;
mod notes;
mod own_notes;
mod pictures;
mod presets;
mod report;
mod standing;
mod work;

use std::collections::{BTreeMap, HashMap};
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

pub use report::{AnkiDeckFigures, AnkiImported, AnkiKindFigures, AnkiNotice};
use tempfile::TempDir;

use super::import::{
    Batch, DeckOrigin, ImportOptions, Incoming, MediaFiles, gone_with_an_import, here_again, stays_away, write_bank,
};
use super::present::Present;
use super::progress::Watch;
use crate::anki::collection::{self, Collection};
use crate::anki::package::AnkiPackage;
use crate::bank::plan::Status;
use crate::bank::{Bank, assembled};
use crate::error::{Error, Result};
use crate::model::{Deck, DeckId, DeedKind, QuestionId, Shelf, count};
use crate::private;
use crate::store::{NewDeed, Store};
use crate::study::card::restore_questions;
use crate::study::decks::Decks;
use crate::study::rebuild::remake_changed;
use notes::DeckNotes;
use work::{AnkiDays, PackageWork};

/// A package whose collection is unpacked and open.
pub struct UnpackedPackage {
    package: AnkiPackage,
    collection: Collection,
    /// Where it is unpacked. It goes when the collection is closed.
    _folder: TempDir,
}

impl UnpackedPackage {
    /// Unpacks a package into a folder of its own within `beside`. `hint` says what to do if there is no room.
    pub(super) fn unpack(path: &Path, beside: &Path, hint: &'static str) -> Result<Self> {
        let mut package = AnkiPackage::open(path)?;
        let folder = private::temporary_folder(beside)
            .map_err(|error| Error::person(format!("the package cannot be unpacked: {error}")).hint(hint))?;
        let collection = collection::open(&package.unpack_collection(folder.path())?)?;
        Ok(Self { package, collection, _folder: folder })
    }
}

/// Imports a package. `source` is its absolute path. Nothing is written in a dry run, or if anything fails.
pub(super) fn import_anki(
    store: &mut Store,
    unpacked: UnpackedPackage,
    source: &str,
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<AnkiImported> {
    let mut report = AnkiImported { dry_run: options.dry_run, ..AnkiImported::default() };
    // What is named last goes first.
    let UnpackedPackage { _folder, mut package, collection } = unpacked;
    let [all_notes, _, all_lines] = collection.counts()?;
    let days = AnkiDays::of_collection(&collection, present);
    let cards = collection.cards()?;
    let mut read = notes::read_notes(&collection, &cards, all_notes, options, &mut report, watch)?;
    let mut media = pictures::keep(store.path(), &mut package, &mut read, options.dry_run, &mut report, watch)?;
    let mut writer = store.import_writer()?;
    let number = batch.number(writer.reader())?;
    // A deck that was deleted comes back as if it were new.
    let shelves = writer.reader().shelves()?;
    let is_there = |deck: &Deck| shelves.get(&deck.id) != Some(&Shelf::Deleted);
    let decks_before: Vec<_> = writer.reader().decks()?.into_iter().filter(is_there).map(|deck| deck.id).collect();
    // What is remembered of a new card is written once, when its log is known.
    writer.delay_memories();
    let mut work =
        PackageWork { writer: &mut writer, source, options, number, present, report: &mut report, changed: false };
    // The log is read while the questions are written: it is in another file.
    let (collection, log) = thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let log = collection.log(all_lines);
            (collection, log)
        });
        let written = work.decks(read.decks, &mut media, watch);
        let (collection, log) = reading.join().unwrap_or_else(|panic| resume_unwind(panic));
        written.and(log).map(|log| (collection, log))
    })?;
    let before = Decks::load(work.writer.reader())?;
    presets::bring(&mut work, &collection, &read.presets, &decks_before)?;
    // What it keeps in memory is needed for the answers.
    let rollover = collection.rollover;
    drop(collection);
    remake_changed(work.writer, &before, watch)?;
    work.histories(&cards, read.cards, log, days, watch)?;
    let changed = work.changed;
    if rollover != present.day_start.hour() {
        report.notice(format!(
            "in Anki a day begins at {}:00, here at {}:00: `retain deck set --default day-start={}` makes it the same",
            rollover,
            present.day_start.hour(),
            rollover
        ));
    }
    if !changed {
        writer.forget_deed();
    }
    if !options.dry_run {
        writer.commit()?;
    }
    Ok(report)
}

impl PackageWork<'_, '_> {
    /// Writes the questions, deck by deck. A question that came before stays in the deck where it is now.
    fn decks(
        &mut self,
        read: BTreeMap<String, DeckNotes>,
        media: &mut pictures::KeptMedia,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let decks = self.identified(read, media)?;
        self.bring_back(&decks)?;
        let deed = NewDeed { batch: Some(self.number), ..NewDeed::new(DeedKind::Import, self.present.now) };
        self.writer.begin_deed(deed)?;
        for (name, mut notes) in decks {
            notes.questions.sort_by_key(|placed| placed.order);
            let questions = notes.questions.into_iter().map(|placed| placed.question).collect();
            let bank = assembled("anki", questions).map_err(|refusal| Error::person(refusal.message))?;
            let files = media.of_bank(&bank);
            let origin = DeckOrigin::for_deck(&name);
            let incoming = Incoming { bank: &bank, media: &files, origin: &origin, source: self.source };
            let (plan, changed) =
                write_bank(self.writer, &incoming, self.options, self.number, self.present.now, watch)?;
            self.changed |= changed;
            for note in stays_away(self.writer.reader(), &name, &plan)? {
                self.report.notice(note);
            }
            self.report.decks.push(AnkiDeckFigures {
                name,
                new: plan.count(Status::New) + plan.count(Status::Draft),
                edited: plan.count(Status::Edited) + plan.count(Status::KeyChanged) + plan.count(Status::Moved),
                unchanged: plan.count(Status::Unchanged),
            });
            self.rejected(&bank);
        }
        Ok(())
    }

    /// Brings decks back that were deleted, and questions that went when an import was taken back: who imports them wants to have them. It is a deed of its
    /// own, because an import is taken back by what it brought.
    fn bring_back(&mut self, decks: &BTreeMap<String, DeckNotes>) -> Result<()> {
        let reader = self.writer.reader();
        let (shelves, deletions) = (reader.shelves()?, reader.deletions()?);
        let mut gone: Vec<(&str, DeckId)> = Vec::new();
        for name in decks.keys() {
            let deck = reader.deck_named(name)?.filter(|deck| shelves.get(deck) == Some(&Shelf::Deleted));
            gone.extend(deck.map(|deck| (name.as_str(), deck)));
        }
        let is_gone = |deck: DeckId| gone.iter().any(|(_, other)| *other == deck);
        let mut questions: Vec<QuestionId> = deletions
            .iter()
            .filter(|deletion| deletion.with_deck.is_some_and(is_gone))
            .map(|deletion| deletion.question)
            .collect();
        let known = if deletions.is_empty() { Vec::new() } else { self.known(decks)? };
        let taken_back = gone_with_an_import(reader, known.into_iter())?;
        questions.extend(&taken_back);
        if gone.is_empty() && questions.is_empty() {
            return Ok(());
        }
        self.writer.begin_deed(NewDeed::new(DeedKind::Restore, self.present.now))?;
        let all = Decks::load(self.writer.reader())?;
        restore_questions(self.writer, &all, &questions, self.present.now)?;
        for (name, deck) in &gone {
            self.writer.unshelve(*deck)?;
            self.report.notice(format!("the deck {name} was deleted: it is back"));
        }
        if !taken_back.is_empty() {
            self.report.notice(here_again(taken_back.len()));
        }
        self.writer.entitle(match gone[..] {
            [] => count(questions.len() as u64, "question"),
            [(name, _)] => format!("the deck {name}"),
            _ => count(gone.len() as u64, "deck"),
        });
        self.writer.end_deed()?;
        Ok(())
    }

    /// The questions of the package that are here already, also deleted ones.
    fn known(&self, decks: &BTreeMap<String, DeckNotes>) -> Result<Vec<QuestionId>> {
        let mut known = Vec::new();
        for (name, notes) in decks {
            let questions = notes.questions.iter().map(|placed| placed.question.clone()).collect();
            let bank = assembled("anki", questions).map_err(|refusal| Error::person(refusal.message))?;
            let (media, origin) = (MediaFiles::default(), DeckOrigin::for_deck(name));
            let incoming = Incoming { bank: &bank, media: &media, origin: &origin, source: self.source };
            known.extend(incoming.plan(self.writer.reader())?.planned.iter().filter_map(|planned| planned.known));
        }
        Ok(known)
    }

    /// Questions that cannot be kept, by the reason.
    fn rejected(&mut self, bank: &Bank) {
        self.report.rejected += bank.rejected as u64;
        let mut reasons: HashMap<&str, (u64, &str)> = HashMap::new();
        for problem in bank.problems.iter().filter(|problem| problem.severity == crate::bank::Severity::Error) {
            reasons.entry(problem.code).or_insert((0, &problem.message)).0 += 1;
        }
        for (count, message) in reasons.into_values() {
            self.report.left_out.push(AnkiNotice { what: message.to_owned(), count });
        }
    }
}
