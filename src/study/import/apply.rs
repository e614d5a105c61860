//! A plan becomes rows, in one transaction.

use std::collections::HashSet;
use std::path::Path;

use super::Batch;
use super::held::Held;
use super::media::{MediaFiles, MediaFolder};
use super::origin::{DeckOrigin, find_origin};
use super::own_texts::leave_own;
use super::parts::import_parts;
use super::put_away::{bring_deck_back, stays_away};
use crate::bank::plan::{ImportPlan, Planned, Status, plan};
use crate::bank::{Bank, BankOption, BankQuestion};
use crate::error::Result;
use crate::model::{CardId, DeckId, DeedKind, KeyOrigin, Kind, LogEntry, Moment, MoveKind, Question, QuestionId};
use crate::store::{ChoiceChange, NewDeed, PlacedQuestion, QuestionChange, Reader, ReadingOptions, Store, Writer};
use crate::study::card_changes::{due_by_day, follow};
use crate::study::decks::Decks;
use crate::study::ledger::relocate_for;
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};

/// Why a card was suspended by `--retire-missing`.
pub(super) const RETIRED: &str = "the bank no longer has the question";
/// Why a card is suspended whose import was taken back after it had been answered.
pub(super) const TAKEN_BACK: &str = "the import was taken back";

/// How a bank is imported.
#[derive(Clone, Copy, Debug)]
pub struct ImportOptions<'a> {
    /// The deck; what the bank says, else the name of its file, if `None`.
    pub deck: Option<&'a str>,
    /// Whether to suspend questions that the bank no longer has.
    pub retire_missing: bool,
    /// Whether to change nothing, and only say what would change.
    pub dry_run: bool,
    /// How it was said that the file is to be read, kept for its path.
    pub reading: Option<&'a ReadingOptions>,
    /// The work as progress names it, such as `importing 1 of 3`.
    pub work: &'a str,
}

impl Default for ImportOptions<'_> {
    fn default() -> Self {
        Self { deck: None, retire_missing: false, dry_run: false, reading: None, work: "importing" }
    }
}

/// What an import changed, or would.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The deck's name; of several the one that most questions are in.
    pub deck: String,
    /// If they are several: each with how many questions of the bank it has.
    pub decks: Vec<(String, usize)>,
    /// What became of each question.
    pub plan: ImportPlan,
    /// What the person should know of the choice of the deck.
    pub note: Option<String>,
}

/// A bank on its way into a deck.
pub(in crate::study) struct Incoming<'a> {
    pub(in crate::study) bank: &'a Bank,
    /// The pictures and sounds of its questions.
    pub(in crate::study) media: &'a MediaFiles,
    /// Where it goes, and where it was before.
    pub(in crate::study) origin: &'a DeckOrigin,
    /// Its path, which does not depend on the current folder.
    pub(in crate::study) source: &'a str,
}

impl<'a> Incoming<'a> {
    /// A bank on its way.
    pub(super) fn new(bank: &'a Bank, media: &'a MediaFiles, origin: &'a DeckOrigin, source: &'a str) -> Self {
        Self { bank, media, origin, source }
    }

    /// What would become of each question.
    pub(in crate::study) fn plan(&self, reader: Reader<'_>) -> Result<ImportPlan> {
        let deck = self.origin.deck.as_str();
        let held = Held::load(reader, reader.deck_named(deck)?, self.source, self.origin.moved)?;
        plan(self.bank, deck, &held.known, &mut loader(reader))
    }
}

/// Imports or updates a bank. `source` is its absolute path, or `-` for what has none; `path` is the path as it was typed. Media that are not
/// found are added to the bank's problems.
pub(in crate::study) fn import_bank(
    store: &mut Store,
    bank: &mut Bank,
    (source, path): (&str, &Path),
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Imported> {
    let own = leave_own(store.reader(), bank)?;
    if bank.questions.is_empty() && !own.is_empty() {
        let (deck, decks, plan) = (options.deck.unwrap_or_default().to_owned(), Vec::new(), ImportPlan::default());
        return Ok(Imported { deck, decks, plan, note: Some(own.join("\n")) });
    }
    let media = MediaFolder::beside(store.path()).gather(bank, Path::new(source), options.dry_run)?;
    if bank.questions.iter().any(|question| question.deck.is_some()) {
        let mut imported = import_parts(store, bank, media, (source, path), options, batch, present, watch)?;
        let notes: Vec<String> = own.into_iter().chain(imported.note).collect();
        imported.note = (!notes.is_empty()).then(|| notes.join("\n"));
        return Ok(imported);
    }
    let origin = find_origin(store.reader(), options.deck, bank, source, path)?;
    let incoming = Incoming { bank, media: &media, origin: &origin, source };
    let back = if options.dry_run { None } else { bring_deck_back(store, &incoming, present)? };
    let plan = apply(store, &incoming, options, batch, present, watch)?;
    let stays = stays_away(store.reader(), &origin.deck, &plan)?;
    let notes: Vec<String> = own.into_iter().chain(origin.told).chain(back).chain(stays).collect();
    Ok(Imported { deck: origin.deck, decks: Vec::new(), plan, note: (!notes.is_empty()).then(|| notes.join("\n")) })
}

/// Compares the bank with its deck and writes what changes; nothing in a dry run.
fn apply(
    store: &mut Store,
    incoming: &Incoming<'_>,
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<ImportPlan> {
    if options.dry_run {
        return incoming.plan(store.reader());
    }
    let mut writer = store.import_writer()?;
    // What is remembered of new cards is written last, so that its indexes can be made when all of it is there.
    writer.delay_memories();
    let batch = batch.number(writer.reader())?;
    writer.begin_deed(NewDeed { batch: Some(batch), ..NewDeed::new(DeedKind::Import, present.now) })?;
    let (plan, changed) = write_bank(&mut writer, incoming, options, batch, present.now, watch)?;
    if !changed {
        writer.forget_deed();
    }
    writer.commit()?;
    Ok(plan)
}

/// Writes a bank into its deck, within a transaction and a deed; the plan, and whether anything changed. An import that changed nothing is not
/// recorded.
pub(in crate::study) fn write_bank(
    writer: &mut Writer<'_>,
    incoming: &Incoming<'_>,
    options: &ImportOptions<'_>,
    batch: i64,
    now: Moment,
    watch: &mut Watch<'_>,
) -> Result<(ImportPlan, bool)> {
    let Incoming { bank, media, origin, source } = *incoming;
    let deck = origin.deck.as_str();
    let mark = writer.reader().import_mark()?;
    let deck_row = writer.deck(deck)?;
    if let Some(moved) = origin.moved {
        writer.move_source(moved, source)?;
    }
    let held = Held::load(writer.reader(), Some(deck_row.id), source, None)?;
    let plan = plan(bank, deck, &held.known, &mut loader(writer.reader()))?;
    let decks = Decks::load(writer.reader())?;
    let parameters = decks.entry(deck_row.id)?.parameters;
    let source_id = writer.source(deck_row.id, source, origin.named.as_deref(), now.utc_ms)?;
    if let Some(reading) = options.reading {
        writer.put_reading(source, reading, now.utc_ms)?;
    }
    let mut steps = Steps::new(watch, options.work, plan.planned.len() as u64);
    let number = writer.begin_import(batch, Some(source_id), source, &deck_row.name, now.utc_ms)?;
    let mut import = Import { number, changed: false, writer, decks: &decks, deck: deck_row.id, parameters, now };
    for planned in &plan.planned {
        let question = &bank.questions[planned.place];
        let id = import.question(planned, question, planned.known.and_then(|id| plan.texts.get(&id)))?;
        let here = PlacedQuestion {
            external_id: question.id.clone(),
            guid: question.note.as_ref().and_then(|note| note.guid.clone()),
            position: u32::try_from(planned.place).unwrap_or(u32::MAX),
            line: u32::try_from(question.line).unwrap_or(u32::MAX),
            fingerprints: planned.fingerprint.numbers(),
            content: Some(planned.content),
        };
        let before = held.place_of(id);
        if before != Some(&here) {
            // An older program did not note what the bank said: to learn it is no change.
            let as_it_was = !planned.rewrites && before == Some(&PlacedQuestion { content: None, ..here.clone() });
            if planned.known.is_some() && !as_it_was {
                import.writer.keep_placement(number, source_id, id)?;
            }
            import.writer.place(source_id, id, &here)?;
            import.changed |= !as_it_was;
        }
        let before = held.media.get(&id).map_or(&[][..], Vec::as_slice);
        import.media(id, planned, before, &media[planned.place])?;
        steps.step()?;
    }
    let placed_now: HashSet<QuestionId> = plan.planned.iter().filter_map(|planned| planned.known).collect();
    import.bring_back(&placed_now)?;
    if options.retire_missing {
        for question in &plan.missing {
            import.retire(*question)?;
        }
    }
    let Import { changed, writer, .. } = import;
    if changed {
        writer.end_import(number, mark)?;
    } else {
        // A bank that is as it was is not what `--undo` means.
        writer.forget_import(number)?;
    }
    Ok((plan, changed))
}

/// Loads questions with their texts.
fn loader(reader: Reader<'_>) -> impl FnMut(&[QuestionId]) -> Result<Vec<Question>> {
    move |ids| ids.iter().filter_map(|id| reader.question(*id).transpose()).collect()
}

struct Import<'a, 'c> {
    number: i64,
    changed: bool,
    writer: &'a mut Writer<'c>,
    decks: &'a Decks,
    deck: DeckId,
    parameters: i64,
    now: Moment,
}

impl Import<'_, '_> {
    /// Writes a question, unless the deck has it as it is. `old` is what the deck says if that is written again.
    fn question(&mut self, planned: &Planned, question: &BankQuestion, old: Option<&Question>) -> Result<QuestionId> {
        if let Some(id) = planned.known.filter(|_| !planned.rewrites) {
            return Ok(id);
        }
        let change = question_change(planned, question, old);
        let Some(id) = planned.known else {
            self.changed = true;
            return self.writer.add_question(self.deck, planned.uid, &change, self.parameters);
        };
        self.changed = true;
        self.writer.keep_question(self.number, id)?;
        let cards = self.writer.change_question(id, &change, self.parameters)?;
        follow(cards, |card, kind, why| self.relocate(card, kind, why))?;
        if planned.status == Status::KeyChanged {
            let today = self.now.study_day(self.decks.entry(self.deck)?.settings.day_start);
            for card in due_by_day(self.writer.reader(), id)? {
                self.relocate(card, MoveKind::Due(today), "the bank's key changed")?;
            }
        }
        Ok(id)
    }

    /// Says which media a question has, if they are not those of `before`.
    fn media(
        &mut self,
        id: QuestionId,
        planned: &Planned,
        before: &[(String, String)],
        media: &[(String, String)],
    ) -> Result<()> {
        if before == media {
            return Ok(());
        }
        self.changed = true;
        if planned.known.is_some() {
            self.writer.keep_question(self.number, id)?;
        }
        self.writer.put_media(id, media)
    }

    /// A question that was suspended because its bank lost it, or was taken back, is back in the schedule when its bank has it
    /// again.
    fn bring_back(&mut self, placed: &HashSet<QuestionId>) -> Result<()> {
        for card in self.writer.reader().suspended_cards(self.deck)? {
            let back = self.writer.reader().card(card)?.is_some_and(|card| placed.contains(&card.question.id));
            let log = self.writer.reader().log_of(card)?;
            let last = log.iter().rev().find_map(|entry| match entry {
                LogEntry::Move(change) if matches!(change.kind, MoveKind::Suspend | MoveKind::Unsuspend) => {
                    Some(change)
                }
                _ => None,
            });
            if back && last.is_some_and(|change| [RETIRED, TAKEN_BACK].contains(&change.why.as_str())) {
                self.relocate(card, MoveKind::Unsuspend, "the bank has the question again")?;
            }
        }
        Ok(())
    }

    fn retire(&mut self, question: QuestionId) -> Result<()> {
        for card in self.writer.reader().cards_of(question)? {
            // What a person suspended stays suspended.
            if self.writer.reader().memory(card)?.is_some_and(|row| !row.memory.suspended) {
                self.relocate(card, MoveKind::Suspend, RETIRED)?;
            }
        }
        Ok(())
    }

    fn relocate(&mut self, card: CardId, kind: MoveKind, why: &str) -> Result<()> {
        self.changed = true;
        relocate_for(self.number, self.writer, self.decks, card, kind, why, self.now)
    }
}

/// What a question says from now on, as planned; `old` is what it said before.
pub(in crate::study) fn question_change<'a>(
    planned: &Planned,
    question: &'a BankQuestion,
    old: Option<&'a Question>,
) -> QuestionChange<'a> {
    let kept = old.filter(|_| planned.key_kept);
    let kept_right = |number: Option<u8>| {
        kept.is_some_and(|old| old.choices.iter().any(|choice| Some(choice.number) == number && choice.correct))
    };
    let choice = |(option, number): (&'a BankOption, &Option<u8>)| ChoiceChange {
        number: *number,
        text: &option.text,
        correct: if kept.is_some() {
            kept_right(*number)
        } else {
            option.correct && question.key != KeyOrigin::Missing
        },
        feedback: option.feedback.as_deref(),
        pinned: option.pinned,
        weight: option.weight,
        pair: option.pair.as_deref(),
        tolerance: option.tolerance,
    };
    QuestionChange {
        kind: match old {
            Some(old) if kept.is_some() => old.kind,
            // A format without this kind says nothing against it.
            Some(old)
                if old.kind == Kind::TrueFalse && question.options.len() == 2 && question.kind == Kind::Single =>
            {
                Kind::TrueFalse
            }
            _ => question.kind,
        },
        stem: &question.stem,
        explanation: question.explanation.as_deref(),
        topic: question.topic.as_deref(),
        tags: &question.tags,
        key: kept.map_or(question.key, |old| old.key),
        key_rule: kept.map_or(question.key_rule.as_deref(), |old| old.key_rule.as_deref()),
        markup: question.markup,
        choices: question.options.iter().zip(&planned.choices).map(choice).collect(),
        content: kept.is_none().then_some(planned.content),
    }
}
