//! Notes of a package, with their cards.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::cards;
use super::work::PackageExport;
use crate::anki::out::{OutDatabase, OutNote, OutNoteType, OutText};
use crate::anki::shown::shown_digest;
use crate::bank::BankQuestion;
use crate::error::Result;
use crate::model::{CardId, DeckId, KeyOrigin, QuestionId};
use crate::store::{PackagedCard, PackagedRow, Reader};
use crate::study::anki_note::{KeptNote, KeptQuestion, NoteShape, fields, shown_places, sides, tags};
use crate::study::printed_bank::bank_order;

/// More cards than this in one note are notes of their own.
const MOST_SIDES: u32 = 8;

/// What is said of notes that came from Anki.
const NOTE_TYPES: &str =
    "note types of Anki, and fields that no card showed: notes that came from there have types of ours";

/// The cards of a note that are questions of their own here: each with its place in the note.
pub(super) type NoteGroups = HashMap<String, BTreeMap<u32, QuestionId>>;

/// Where questions are in the banks of their decks.
#[derive(Debug, Default)]
pub(super) struct QuestionPlaces {
    known: HashMap<QuestionId, QuestionPlace>,
}

/// The place of a question in its deck, the id that its bank gives it, and when that bank was imported last.
type QuestionPlace = (u32, Option<String>, i64);

impl QuestionPlaces {
    /// For the questions of these decks.
    pub(super) fn load(reader: Reader<'_>, decks: impl Iterator<Item = DeckId>) -> Result<Self> {
        let mut places = Self::default();
        let imported = reader.bank_imports()?;
        for deck in decks {
            for (place, known) in (0..).zip(bank_order(reader, deck)?) {
                let imported = known.banks.iter().filter_map(|bank| imported.get(bank)).max();
                places.known.insert(known.question, (place, known.id, imported.copied().unwrap_or(0)));
            }
        }
        Ok(places)
    }
}

/// Notes being written.
pub(super) struct NoteWriting<'e, 'r> {
    pub(super) export: &'e mut PackageExport<'r>,
    pub(super) all: Vec<PackagedCard>,
    flags: HashMap<CardId, String>,
    with_media: HashSet<QuestionId>,
    /// The place of the next new card.
    position: i64,
    pub(super) used: HashSet<DeckId>,
}

impl<'e, 'r> NoteWriting<'e, 'r> {
    /// Begins with these cards, flags and questions that have media.
    pub(super) fn new(
        export: &'e mut PackageExport<'r>,
        all: Vec<PackagedCard>,
        flags: HashMap<CardId, String>,
        with_media: HashSet<QuestionId>,
    ) -> Self {
        Self { export, all, flags, with_media, position: 0, used: HashSet::new() }
    }

    fn media(&mut self, question: QuestionId) -> Result<Vec<(String, String)>> {
        if !self.with_media.contains(&question) {
            return Ok(Vec::new());
        }
        self.export.media.of_question(self.export.reader, question)
    }

    fn base_ms(&self) -> i64 {
        self.export.collection.created_s * 1_000
    }

    /// A question that becomes a note of its own, once its cards are written; `None` if it has none.
    pub(super) fn note(
        &mut self,
        database: &mut OutDatabase,
        row: PackagedRow,
        guid: String,
    ) -> Result<Option<UnmadeNote>> {
        let PackagedRow { question, deck, changed_ms, edited_ms } = row;
        let media = self.media(question.id)?;
        let (number, uid) = (question.id, question.uid);
        let question = BankQuestion::of_known(question, None);
        let shape = NoteShape::for_question(&question);
        let id = self.base_ms() + number.0;
        let cards =
            self.cards(database, (number, deck), id, |place| if shape == NoteShape::Gaps { place } else { 0 })?;
        if cards == 0 {
            self.export.report.leave_out("questions without a card", 1);
            return Ok(None);
        }
        self.export.report.leave_out(NOTE_TYPES, u64::from(guid != uid.to_string()));
        self.export.report.notes += 1;
        let place = self.export.places.known.get(&number).cloned();
        Ok(Some(UnmadeNote { id, guid, changed_s: changed_ms / 1_000, question, uid, edited_ms, place, media }))
    }

    /// The cards of a note that are questions of their own here.
    pub(super) fn group(
        &mut self,
        database: &mut OutDatabase,
        guid: &str,
        group: &BTreeMap<u32, QuestionId>,
    ) -> Result<()> {
        let count = group.keys().max().map_or(1, |last| last + 1);
        let mut note = OutNote {
            id: 0,
            guid: guid.to_owned(),
            kind: OutNoteType::sides_id(count as usize),
            fields: vec![String::new(); 2 * count as usize],
            ..OutNote::default()
        };
        let (mut cards, mut questions) = (0, Vec::new());
        for (place, question) in group {
            let Some(row) = self.export.reader.packaged(*question)? else { continue };
            let PackagedRow { question, deck, changed_ms, edited_ms } = row;
            if !self.export.deck_ids.contains_key(&deck) || question.key == KeyOrigin::Missing {
                continue;
            }
            let (number, uid) = (question.id, question.uid);
            if note.id == 0 {
                note.id = self.base_ms() + number.0;
            }
            let media = self.media(number)?;
            let question = BankQuestion::of_known(question, None);
            let sides = sides(&question, &OutText { markup: question.markup, media: &media });
            let known = self.export.places.known.get(&number).cloned();
            let mut kept = kept(&question, uid, edited_ms, known, &sides, media);
            kept.card = *place;
            questions.push(kept);
            for (at, side) in shown_places(&question, *place, note.fields.len()).into_iter().zip(sides) {
                note.fields[at] = side;
            }
            note.changed_s = note.changed_s.max(changed_ms / 1_000);
            for tag in tags(&question.tags, question.topic.as_deref()) {
                if !note.tags.contains(&tag) {
                    note.tags.push(tag);
                }
            }
            cards += self.cards(database, (number, deck), note.id, |_| *place)?;
        }
        if cards > 0 {
            note.fields.push(KeptNote::new(guid, questions).field());
            self.export.report.leave_out(NOTE_TYPES, 1);
            database.note(note)?;
            self.export.report.notes += 1;
        }
        Ok(())
    }

    /// Writes the cards of a question; how many they are.
    fn cards(
        &mut self,
        database: &mut OutDatabase,
        (question, deck): (QuestionId, DeckId),
        note: i64,
        ordinal: impl Fn(u32) -> u32,
    ) -> Result<u64> {
        let begin = self.all.partition_point(|card| card.question < question);
        let base = self.base_ms();
        let mut count = 0;
        for at in begin..self.all.len() {
            let card = self.all[at];
            if card.question != question {
                break;
            }
            let Some(place) = card.place else {
                self.export.report.leave_out("cards that their question no longer asks for", 1);
                continue;
            };
            let entry = self.export.decks.entry(deck)?;
            let clock = self.export.clock;
            self.position += 1;
            let mut made = clock.card(&card, entry, self.position);
            (made.id, made.note, made.ordinal) = (base + card.card.0, note, ordinal(place));
            made.deck = self.export.deck_ids.get(&deck).copied().unwrap_or(1);
            if let Some(words) = self.flags.get(&card.card) {
                let (number, whole) = cards::flag(words);
                made.flag = number;
                self.export.report.leave_out("notes of flags: the flag is red there", u64::from(!whole));
            }
            let longer = card.memory.buried_until.is_some_and(|until| until > clock.present.today.plus(1));
            self.export.report.leave_out("cards that are buried for more than today", u64::from(longer));
            if let Some(slot) = usize::try_from(card.card.0).ok().and_then(|number| self.export.cards.get_mut(number)) {
                *slot = made.id;
            }
            database.card(made)?;
            count += 1;
        }
        self.export.report.cards += count;
        self.used.insert(deck);
        Ok(count)
    }
}

/// A question whose note is yet to be made: that needs nothing else, so all cores make notes.
pub(super) struct UnmadeNote {
    id: i64,
    guid: String,
    changed_s: i64,
    question: BankQuestion,
    uid: Uuid,
    edited_ms: i64,
    place: Option<QuestionPlace>,
    media: Vec<(String, String)>,
}

impl UnmadeNote {
    /// The note.
    pub(super) fn made(self) -> OutNote {
        let Self { id, guid, changed_s, question, uid, edited_ms, place, media } = self;
        let kind = match NoteShape::for_question(&question) {
            NoteShape::Choice => OutNoteType::CHOICE,
            NoteShape::Typed => OutNoteType::TYPED,
            NoteShape::Gaps => OutNoteType::GAPS,
            NoteShape::Sides => OutNoteType::sides_id(1),
        };
        let mut fields = fields(&question, &OutText { markup: question.markup, media: &media });
        let kept = kept(&question, uid, edited_ms, place, &fields, media);
        fields.push(KeptNote::new(&guid, vec![kept]).field());
        let tags = tags(&question.tags, question.topic.as_deref());
        OutNote { id, guid, kind, changed_s, tags, fields }
    }
}

/// A question word for word, as the field of its note keeps it. `shown` are the fields that show it.
fn kept(
    question: &BankQuestion,
    uid: Uuid,
    edited_ms: i64,
    place: Option<QuestionPlace>,
    shown: &[String],
    media: Vec<(String, String)>,
) -> KeptQuestion {
    let mut kept = KeptQuestion::new(question, uid, shown_digest(shown.iter().map(String::as_str)), media);
    if let Some((place, id, imported_ms)) = place {
        (kept.place, kept.id) = (place, id);
        kept.changed = edited_ms.max(imported_ms);
    }
    kept
}

/// What is before the number in an id such as `GUID.2`, and the place of the card, from 0.
pub(super) fn base_of(id: &str) -> (&str, u32) {
    id.rsplit_once('.')
        .and_then(|(base, number)| {
            let place = number.parse::<u32>().ok().filter(|place| (2..=MOST_SIDES).contains(place))?;
            (!base.is_empty() && number == place.to_string()).then_some((base, place - 1))
        })
        .unwrap_or((id, 0))
}

/// The notes that have several cards of two sides, or one that is not the first.
pub(super) fn note_groups(ids: &HashMap<QuestionId, (String, bool)>) -> NoteGroups {
    let mut groups = NoteGroups::new();
    for (question, (id, _)) in ids.iter().filter(|(_, (_, sides))| *sides) {
        let (base, place) = base_of(id);
        groups.entry(base.to_owned()).or_default().insert(place, *question);
    }
    groups.retain(|_, group| group.keys().any(|place| *place > 0));
    groups
}
