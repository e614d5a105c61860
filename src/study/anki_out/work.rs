//! The database of a package, from the store.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::cards::{self, CardClock};
use super::media::OutMedia;
use super::notes::{self, NoteShape};
use super::presets;
use super::report::{AnkiExportRequest, AnkiExported};
use crate::anki::out::{
    OutArchive, OutCollection, OutDatabase, OutDeck, OutGeneration, OutNote, OutNoteType, OutPreset, OutText,
};
use crate::error::{Error, Result};
use crate::model::{CardId, Confidence, Deck, DeckId, KeyOrigin, MoveKind, Question, QuestionId, Settings, Shelf};
use crate::store::{LoggedReview, PackagedCard, PackagedRow, Reader};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};

/// The numbers of decks begin here.
const FIRST_DECK: i64 = 1_700_000_000_000;
/// The numbers of decks that only hold others begin here.
const FIRST_OUTER: i64 = 1_700_100_000_000;
/// More cards than this in one note are notes of their own.
const MOST_SIDES: u32 = 8;
/// What a program sees that is too old for the package.
const FOR_OLD: &str = "This package needs Anki 23.10 or later. Or export it again with `retain anki export --legacy`.";

/// The cards of a note that are questions of their own here: each with its place in the note.
type NoteGroups = HashMap<String, BTreeMap<u32, QuestionId>>;

/// An export that is going on.
pub(super) struct PackageExport<'r> {
    reader: Reader<'r>,
    decks: Decks,
    collection: OutCollection,
    /// The numbers that decks have in the package.
    deck_ids: HashMap<DeckId, i64>,
    clock: CardClock,
    media: OutMedia,
    /// The numbers of the cards in the package, by those here; 0 for none.
    cards: Vec<i64>,
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
        let (media, cards) = (OutMedia::default(), Vec::new());
        Ok(Self { reader, decks, collection, deck_ids, clock, media, cards, report })
    }

    /// Writes the database.
    pub(super) fn write(&mut self, path: &Path, generation: OutGeneration, watch: &mut Watch<'_>) -> Result<()> {
        let ids = self.reader.packaged_ids()?;
        let groups = note_groups(&ids);
        let most = groups.values().filter_map(|group| group.keys().max()).max().map_or(1, |last| last + 1);
        let note_types = notes::note_types(most as usize);
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
        let fields = vec![FOR_OLD.into(), String::new()];
        database.note(&OutNote { id, guid: "retain-old".into(), kind: kind.id, fields, ..OutNote::default() })?;
        database.card(&crate::anki::out::OutCard { id, note: id, deck: 1, data: "{}".into(), ..Default::default() })?;
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
        groups: &NoteGroups,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let reader = self.reader;
        let all = reader.packaged_cards()?;
        let flags: HashMap<CardId, String> =
            reader.flagged_cards(None)?.into_iter().map(|(card, flag)| (card, flag.note)).collect();
        let with_media = reader.questions_with_media()?;
        let most = all.iter().map(|card| card.card.0).max().unwrap_or(0);
        self.cards = vec![0; usize::try_from(most).unwrap_or(0) + 1];
        let mut writing = NoteWriting { export: self, all, flags, with_media, position: 0, used: HashSet::new() };
        let mut guids: HashSet<String> = HashSet::new();
        let mut steps = Steps::new(watch, "writing the notes", writing.all.len() as u64);
        reader.each_packaged(|row| {
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
                return if guids.insert(base.to_owned()) { writing.group(database, base, group) } else { Ok(()) };
            }
            let own = known.map(|(id, _)| id.clone()).filter(|id| !guids.contains(id));
            let guid = own.unwrap_or_else(|| row.question.uid.to_string());
            guids.insert(guid.clone());
            writing.note(database, &row, guid)
        })?;
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
                cards::change(moved, id, &mut before[place]).map_or(Ok(()), |entry| database.answer(&entry))
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
                database.answer(&cards::answer(&review, id, &mut before[place]))
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

/// Notes being written.
struct NoteWriting<'e, 'r> {
    export: &'e mut PackageExport<'r>,
    all: Vec<PackagedCard>,
    flags: HashMap<CardId, String>,
    with_media: HashSet<QuestionId>,
    /// The place of the next new card.
    position: i64,
    used: HashSet<DeckId>,
}

impl NoteWriting<'_, '_> {
    fn names(&mut self, question: &Question) -> Result<Vec<(String, String)>> {
        if !self.with_media.contains(&question.id) {
            return Ok(Vec::new());
        }
        self.export.media.of_question(self.export.reader, question.id)
    }

    fn base_ms(&self) -> i64 {
        self.export.collection.created_s * 1_000
    }

    /// A question as a note of its own.
    fn note(&mut self, database: &mut OutDatabase, row: &PackagedRow, guid: String) -> Result<()> {
        let question = &row.question;
        let media = self.names(question)?;
        let fields = notes::fields(question, &OutText { markup: question.markup, media: &media });
        let kind = match NoteShape::of_question(question) {
            NoteShape::Choice => OutNoteType::CHOICE,
            NoteShape::Typed => OutNoteType::TYPED,
            NoteShape::Gaps => OutNoteType::GAPS,
            NoteShape::Sides => OutNoteType::sides_id(1),
        };
        let id = self.base_ms() + question.id.0;
        let is_gaps = NoteShape::of_question(question) == NoteShape::Gaps;
        let cards = self.cards(database, row, id, |place| if is_gaps { place } else { 0 })?;
        if cards == 0 {
            self.export.report.leave_out("questions without a card", 1);
            return Ok(());
        }
        let (changed_s, tags) = (row.changed_ms / 1_000, notes::tags(question));
        database.note(&OutNote { id, guid, kind, changed_s, tags, fields })?;
        self.export.report.notes += 1;
        Ok(())
    }

    /// The cards of a note that are questions of their own here.
    fn group(&mut self, database: &mut OutDatabase, guid: &str, group: &BTreeMap<u32, QuestionId>) -> Result<()> {
        let count = group.keys().max().map_or(1, |last| last + 1);
        let mut note = OutNote {
            id: 0,
            guid: guid.to_owned(),
            kind: OutNoteType::sides_id(count as usize),
            fields: vec![String::new(); 2 * count as usize],
            ..OutNote::default()
        };
        let mut cards = 0;
        for (place, question) in group {
            let Some(row) = self.export.reader.packaged(*question)? else { continue };
            if !self.export.deck_ids.contains_key(&row.deck) || row.question.key == KeyOrigin::Missing {
                continue;
            }
            if note.id == 0 {
                note.id = self.base_ms() + question.0;
            }
            let media = self.names(&row.question)?;
            let sides = notes::sides(&row.question, &OutText { markup: row.question.markup, media: &media });
            note.fields[2 * *place as usize..][..2].clone_from_slice(&sides);
            note.changed_s = note.changed_s.max(row.changed_ms / 1_000);
            for tag in notes::tags(&row.question) {
                if !note.tags.contains(&tag) {
                    note.tags.push(tag);
                }
            }
            cards += self.cards(database, &row, note.id, |_| *place)?;
        }
        if cards > 0 {
            database.note(&note)?;
            self.export.report.notes += 1;
        }
        Ok(())
    }

    /// Writes the cards of a question; how many they are.
    fn cards(
        &mut self,
        database: &mut OutDatabase,
        row: &PackagedRow,
        note: i64,
        ordinal: impl Fn(u32) -> u32,
    ) -> Result<u64> {
        let begin = self.all.partition_point(|card| card.question < row.question.id);
        let base = self.base_ms();
        let mut count = 0;
        for at in begin..self.all.len() {
            let card = self.all[at];
            if card.question != row.question.id {
                break;
            }
            let Some(place) = card.place else {
                self.export.report.leave_out("cards that their question no longer asks for", 1);
                continue;
            };
            let entry = self.export.decks.entry(row.deck)?;
            let clock = self.export.clock;
            self.position += 1;
            let mut made = clock.card(&card, entry, self.position);
            (made.id, made.note, made.ordinal) = (base + card.card.0, note, ordinal(place));
            made.deck = self.export.deck_ids.get(&row.deck).copied().unwrap_or(1);
            if let Some(words) = self.flags.get(&card.card) {
                let (number, whole) = cards::flag(words);
                made.flag = number;
                self.export.report.leave_out("notes of flags: the flag is red there", u64::from(!whole));
            }
            let longer = card.memory.buried_until.is_some_and(|until| until > clock.present.today.plus(1));
            self.export.report.leave_out("cards that are buried for more than today", u64::from(longer));
            database.card(&made)?;
            if let Some(slot) = usize::try_from(card.card.0).ok().and_then(|number| self.export.cards.get_mut(number)) {
                *slot = made.id;
            }
            count += 1;
        }
        self.export.report.cards += count;
        self.used.insert(row.deck);
        Ok(count)
    }
}

/// What is before the number in an id such as `GUID.2`, and the place of the card, from 0.
fn base_of(id: &str) -> (&str, u32) {
    id.rsplit_once('.')
        .and_then(|(base, number)| {
            let place = number.parse::<u32>().ok().filter(|place| (2..=MOST_SIDES).contains(place))?;
            (!base.is_empty() && number == place.to_string()).then_some((base, place - 1))
        })
        .unwrap_or((id, 0))
}

/// The notes that have several cards of two sides, or one that is not the first.
fn note_groups(ids: &HashMap<QuestionId, (String, bool)>) -> NoteGroups {
    let mut groups = NoteGroups::new();
    for (question, (id, _)) in ids.iter().filter(|(_, (_, sides))| *sides) {
        let (base, place) = base_of(id);
        groups.entry(base.to_owned()).or_default().insert(place, *question);
    }
    groups.retain(|_, group| group.keys().any(|place| *place > 0));
    groups
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
