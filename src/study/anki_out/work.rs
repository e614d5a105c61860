//! The database of a package, from the store.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::cards::{self, CardClock};
use super::media::OutMedia;
use super::notes::{NoteWriting, QuestionPlaces, UnmadeNote, base_of, note_groups};
use super::presets;
use super::report::{AnkiExportRequest, AnkiExported};
use crate::anki::out::{
    OutArchive, OutCollection, OutDatabase, OutDeck, OutGeneration, OutNote, OutNoteType, OutPreset,
};
use crate::error::{Error, Result};
use crate::model::{CardId, Confidence, Deck, DeckId, KeyOrigin, MoveKind, QuestionId, Settings, Shelf};
use crate::store::{LoggedReview, PackagedRow, Reader};
use crate::study::anki_note::note_types;
use crate::study::decks::{DeckEntry, Decks};
use crate::study::in_order::each_in_order;
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};

/// The numbers of decks begin here.
const FIRST_DECK: i64 = 1_700_000_000_000;
/// The numbers of decks that only hold others begin here.
const FIRST_OUTER: i64 = 1_700_100_000_000;
/// What a program sees that is too old for the package.
const FOR_OLD: &str = "This package needs Anki 23.10 or later. Or export it again with `retain anki export --legacy`.";

/// An export that is going on.
pub(super) struct PackageExport<'r> {
    pub(super) reader: Reader<'r>,
    pub(super) decks: Decks,
    pub(super) collection: OutCollection,
    /// The numbers that decks have in the package.
    pub(super) deck_ids: HashMap<DeckId, i64>,
    pub(super) clock: CardClock,
    pub(super) media: OutMedia,
    /// Where questions are in their banks.
    pub(super) places: QuestionPlaces,
    /// The numbers of the cards in the package, by those here; 0 for none.
    pub(super) cards: Vec<i64>,
    pub(super) report: AnkiExported,
}

impl<'r> PackageExport<'r> {
    /// Finds out what is exported.
    pub(super) fn prepare(reader: Reader<'r>, request: &AnkiExportRequest<'_>, present: Present) -> Result<Self> {
        let decks = Decks::load(reader)?;
        let mut report = AnkiExported::default();
        let chosen: Vec<&DeckEntry> = decks.named(request.deck)?;
        if chosen.is_empty() {
            return Err(Error::person("there are no decks to export").hint("begin with `retain import FILE`"));
        }
        if request.deck.is_none() {
            let archived = decks.listed().filter(|entry| entry.shelf == Some(Shelf::Archived)).count();
            report.leave_out("decks that are archived: name one, and it is exported", archived as u64);
        }
        let mut names: HashMap<DeckId, String> = HashMap::new();
        for preset in reader.presets()? {
            let decks = reader.decks_of_preset(preset.id)?;
            names.extend(decks.into_iter().map(|deck| (deck.id, preset.name.clone())));
        }
        let name_of = |entry: &DeckEntry| names.get(&entry.deck.id).cloned().unwrap_or_else(|| "retain".into());
        let (mut made, preset_ids) = presets::presets(&chosen, name_of);
        let usual = DeckEntry::new(Deck { id: DeckId(0), name: "Default".into() }, Settings::default());
        let (standard, _) = presets::presets(&[&usual], |_| "Default".into());
        made.extend(standard.into_iter().map(|preset| OutPreset { id: 1, ..preset }));
        let mut out = vec![];
        let mut deck_ids = HashMap::new();
        for (entry, preset) in chosen.iter().zip(preset_ids) {
            let is_default = entry.deck.name.eq_ignore_ascii_case("default");
            let id = if is_default { 1 } else { FIRST_DECK + entry.deck.id.0 };
            deck_ids.insert(entry.deck.id, id);
            out.push(OutDeck { id, name: entry.deck.name.clone(), preset });
        }
        if !out.iter().any(|deck| deck.id == 1) {
            out.push(OutDeck { id: 1, name: "Default".into(), preset: 1 });
        }
        add_outer(&mut out);
        let first = reader.first_answer_day()?.map_or(present.today, |day| day.min(present.today));
        let collection = OutCollection {
            created_s: present.now.start_of(first, present.day_start).div_euclid(1_000),
            now_ms: present.now.utc_ms,
            offset_minutes: present.now.offset_minutes,
            rollover: present.day_start.hour(),
            decks: out,
            presets: made,
        };
        report.leave_out("mock exams: their answers are exported, the exams themselves are not", reader.exams_sat()?);
        let clock = CardClock { first, present };
        let places = QuestionPlaces::load(reader, deck_ids.keys().copied())?;
        let (media, cards) = (OutMedia::default(), Vec::new());
        Ok(Self { reader, decks, collection, deck_ids, clock, media, places, cards, report })
    }

    /// Writes the database.
    pub(super) fn write(&mut self, path: &Path, generation: OutGeneration, watch: &mut Watch<'_>) -> Result<()> {
        let ids = self.reader.packaged_ids()?;
        let groups = note_groups(&ids);
        let most = groups.values().filter_map(|group| group.keys().max()).max().map_or(1, |last| last + 1);
        let note_types = note_types(most as usize);
        let mut database = OutDatabase::create(path, generation, &self.collection, &note_types)?;
        self.notes(&mut database, &ids, &groups, watch)?;
        self.answers(&mut database, watch)?;
        let shifted = database.finish()?;
        self.report.leave_out(
            "entries of one millisecond: Anki has room for one in each, so they are a little later there",
            shifted,
        );
        Ok(())
    }

    /// Writes the database of one note that a program sees which is too old.
    pub(super) fn write_note_for_old(&self, path: &Path) -> Result<()> {
        let decks = self.collection.decks.iter().filter(|deck| deck.id == 1);
        let decks = decks.map(|deck| OutDeck { preset: 1, name: "Default".into(), ..deck.clone() }).collect();
        let presets = self.collection.presets.iter().filter(|preset| preset.id == 1).cloned().collect();
        let collection = OutCollection { decks, presets, ..self.collection.clone() };
        let kind = OutNoteType::sides(1);
        let id = self.collection.now_ms;
        let mut database = OutDatabase::create(path, OutGeneration::Legacy, &collection, std::slice::from_ref(&kind))?;
        let fields = vec![FOR_OLD.into(), String::new(), String::new()];
        database.note(OutNote { id, guid: "retain-old".into(), kind: kind.id, fields, ..OutNote::default() })?;
        database.card(crate::anki::out::OutCard { id, note: id, deck: 1, data: "{}".into(), ..Default::default() })?;
        database.finish()?;
        Ok(())
    }

    /// Writes pictures and sounds.
    pub(super) fn media(
        &mut self,
        archive: &mut OutArchive<BufWriter<File>>,
        folder: &Path,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        self.media.write(archive, folder, &mut self.report, watch)
    }

    fn notes(
        &mut self,
        database: &mut OutDatabase,
        ids: &HashMap<QuestionId, (String, bool)>,
        groups: &super::notes::NoteGroups,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let reader = self.reader;
        let all = reader.packaged_cards()?;
        let flags: HashMap<CardId, String> =
            reader.flagged_cards(None)?.into_iter().map(|(card, flag)| (card, flag.note)).collect();
        let with_media = reader.questions_with_media()?;
        let most = all.iter().map(|card| card.card.0).max().unwrap_or(0);
        self.cards = vec![0; usize::try_from(most).unwrap_or(0) + 1];
        let mut writing = NoteWriting::new(self, all, flags, with_media);
        let mut guids: HashSet<String> = HashSet::new();
        let mut steps = Steps::new(watch, "writing the notes", writing.all.len() as u64);
        let database = RefCell::new(database);
        let mut feed = |row: PackagedRow, give: &mut dyn FnMut(UnmadeNote) -> Result<()>| {
            steps.step()?;
            if row.question.key == KeyOrigin::Missing {
                writing.export.report.leave_out("questions without a key: nobody is asked them here either", 1);
                return Ok(());
            }
            if !writing.export.deck_ids.contains_key(&row.deck) {
                return Ok(());
            }
            let known = ids.get(&row.question.id);
            let base = known.map(|(id, _)| base_of(id).0).filter(|base| groups.contains_key(*base));
            let group = base.and_then(|base| groups.get(base)).filter(|_| known.is_some_and(|(_, sides)| *sides));
            if let (Some(base), Some(group)) = (base, group) {
                let is_new = guids.insert(base.to_owned());
                return if is_new { writing.group(&mut database.borrow_mut(), base, group) } else { Ok(()) };
            }
            let own = known.map(|(id, _)| id.clone()).filter(|id| !guids.contains(id));
            let guid = own.unwrap_or_else(|| row.question.uid.to_string());
            guids.insert(guid.clone());
            let unmade = writing.note(&mut database.borrow_mut(), row, guid)?;
            unmade.map_or(Ok(()), give)
        };
        each_in_order(
            |give| reader.each_packaged(|row| feed(row, give)),
            |_| false,
            UnmadeNote::made,
            |note| database.borrow_mut().note(note),
        )?;
        let decks = writing.used.len();
        self.report.decks = decks as u64;
        Ok(())
    }

    fn answers(&mut self, database: &mut OutDatabase, watch: &mut Watch<'_>) -> Result<()> {
        let cards = &self.cards;
        let number = |card: CardId| {
            let place = usize::try_from(card.0).unwrap_or(usize::MAX);
            cards.get(place).copied().filter(|id| *id != 0).map(|id| (place, id))
        };
        let mut steps = Steps::new(watch, "writing the answers", self.reader.review_count()?);
        let state = RefCell::new((database, vec![0_i32; cards.len()]));
        let (mut answers, mut undone_answers, mut guessed, mut sure, mut picked, mut practice) = (0, 0, 0, 0, 0, 0);
        let mut changes = 0;
        self.reader.each_counted(
            |moved| {
                let Some((place, id)) = number(moved.card) else { return Ok(()) };
                let (database, before) = &mut *state.borrow_mut();
                if matches!(moved.kind, MoveKind::Due(_)) {
                    changes += 1;
                }
                cards::change(moved, id, &mut before[place]).map_or(Ok(()), |entry| database.answer(entry))
            },
            |LoggedReview { review, undone }| {
                steps.step()?;
                let Some((place, id)) = number(review.card) else { return Ok(()) };
                if undone {
                    undone_answers += 1;
                    return Ok(());
                }
                answers += 1;
                guessed += u64::from(review.confidence == Confidence::Guessed);
                sure += u64::from(review.sure.is_some());
                picked += u64::from(!review.picked.is_empty());
                practice += u64::from(review.practice);
                let (database, before) = &mut *state.borrow_mut();
                database.answer(cards::answer(&review, id, &mut before[place]))
            },
        )?;
        self.report.answers = answers;
        let report = &mut self.report;
        report.leave_out("answers that were taken back", undone_answers);
        report.leave_out("answers that were right by luck, as you said: in Anki they are `again`", guessed);
        report.leave_out("answers with how sure you were", sure);
        report.leave_out("answers with the options that were picked: the rating is exported", picked);
        report.leave_out("answers of practice: in Anki they are of a filtered deck that does not reschedule", practice);
        report.leave_out("days that were moved by hand: the entry is exported, why is not", changes);
        Ok(())
    }
}

/// Adds the decks that only hold others, which Anki wants to be there.
fn add_outer(decks: &mut Vec<OutDeck>) {
    let mut known: HashSet<String> = decks.iter().map(|deck| deck.name.to_lowercase()).collect();
    let names: Vec<String> = decks.iter().map(|deck| deck.name.clone()).collect();
    let mut next = FIRST_OUTER;
    for name in names {
        for (at, _) in name.match_indices("::") {
            let outer = &name[..at];
            if known.insert(outer.to_lowercase()) {
                decks.push(OutDeck { id: next, name: outer.to_owned(), preset: 1 });
                next += 1;
            }
        }
    }
}
