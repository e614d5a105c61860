//! Notes become questions, each in the deck of its cards.

use std::collections::{BTreeMap, HashMap};

use super::own_notes::{OwnQuestion, own_questions};
use super::report::{AnkiImported, AnkiKindFigures, AnkiNotice};
use super::work::CardKeys;
use crate::anki::collection::{AnkiCard, AnkiNote, Collection, NoteType};
use crate::anki::note_type::{CardForm, NoteReader, NoteUse, OptionText, is_plain};
use crate::anki::template::plain;
use crate::bank::{BankOption, BankQuestion, pin};
use crate::error::Result;
use crate::model::limits::{DECK_CHARS, DECK_LEVELS, deck_name, steers};
use crate::model::{KeyOrigin, Kind, Markup};
use crate::study::import::ImportOptions;
use crate::study::in_order::each_in_order;
use crate::study::progress::{Steps, Watch};

/// Notes with longer fields than this, in bytes, are read one after the other.
const LARGE: usize = 1 << 16;

/// The questions of a deck.
#[derive(Debug, Default)]
pub(super) struct DeckNotes {
    pub(super) questions: Vec<PlacedNote>,
}

/// A question, and where it comes among the others: new cards in their order, behind those that were asked.
#[derive(Debug)]
pub(super) struct PlacedNote {
    pub(super) order: (i64, i64),
    pub(super) question: BankQuestion,
    /// If the words are those of a note of ours that nobody edited: when a bank or a person changed them last, in milliseconds.
    pub(super) said_ms: Option<i64>,
    /// Of a note of ours: the files of its pictures and sounds, each with what the texts of the question call it.
    pub(super) media: Vec<(String, String)>,
}

/// What was read of a package.
#[derive(Debug, Default)]
pub(super) struct NotesRead {
    pub(super) decks: BTreeMap<String, DeckNotes>,
    /// The cards by their questions.
    pub(super) cards: CardKeys,
    /// The preset of each deck, by its name here.
    pub(super) presets: BTreeMap<String, (i64, Option<f32>)>,
}

/// Reads all notes that have cards. `cards` are in the order of their notes.
pub(super) fn read_notes(
    collection: &Collection,
    cards: &[AnkiCard],
    all: u64,
    options: &ImportOptions<'_>,
    report: &mut AnkiImported,
    watch: &mut Watch<'_>,
) -> Result<NotesRead> {
    let mut read = NotesRead::default();
    let names = deck_names(collection, options.deck);
    for (id, deck) in &collection.decks {
        if let (Some(name), Some(preset)) = (names.get(id), deck.preset) {
            read.presets.insert(name.clone(), (preset, deck.desired_retention));
        }
    }
    let types = collection.note_types.iter().map(|(id, kind)| (*id, (kind, NoteReader::new(kind)))).collect();
    let rendering = NoteRendering { types, names, lost: lost(options.deck), cards };
    let mut kinds: BTreeMap<(&str, NoteUse), u64> = BTreeMap::new();
    let mut oddities: BTreeMap<String, u64> = BTreeMap::new();
    let mut steps = Steps::new(watch, "reading the notes", all);
    let (mut from, mut line) = (0, 0);
    each_in_order(
        |give| {
            collection.each_note(|note| {
                steps.step()?;
                line += 1;
                from += cards[from..].iter().take_while(|card| card.note < note.id).count();
                let count = cards[from..].iter().take_while(|card| card.note == note.id).count();
                let first = from;
                from += count;
                give(RawNote { note, line, first, count })
            })
        },
        RawNote::is_large,
        |note| rendering.note(note),
        |note| {
            report.notes += 1;
            note.left_out.into_iter().for_each(|notice| report.leave_out(&notice.what, notice.count));
            note.kinds.into_iter().for_each(|kind| *kinds.entry(kind).or_default() += 1);
            note.oddities.into_iter().for_each(|oddity| *oddities.entry(oddity).or_default() += 1);
            read.cards.extend(note.keys);
            for (deck, placed) in note.questions {
                match read.decks.get_mut(deck) {
                    Some(notes) => notes.questions.push(placed),
                    None => {
                        read.decks.insert(deck.to_owned(), DeckNotes { questions: vec![placed] });
                    }
                }
            }
            Ok(())
        },
    )?;
    for ((name, usage), notes) in kinds {
        if usage == NoteUse::Occlusion {
            let what =
                format!("the areas of pictures of `{name}`: the whole picture is shown, and its areas are numbered");
            report.leave_out(&what, notes);
        }
        report.kinds.push(AnkiKindFigures { name: name.to_owned(), becomes: usage.words(), notes });
    }
    for (oddity, count) in oddities {
        report.leave_out(&oddity, count);
    }
    Ok(read)
}

/// A note as it is in the package.
struct RawNote {
    note: AnkiNote,
    /// Its place among all notes, from 1.
    line: usize,
    /// Its cards among all cards: the place of the first, and how many they are.
    first: usize,
    count: usize,
}

impl RawNote {
    /// A package from anybody may have texts that are long beyond measure.
    fn is_large(&self) -> bool {
        self.note.fields.iter().map(String::len).sum::<usize>() > LARGE
    }
}

/// What a note becomes.
#[derive(Default)]
struct RenderedNote<'a> {
    /// What is not carried of it.
    left_out: Vec<AnkiNotice>,
    /// The name of its type, with what its questions are.
    kinds: Vec<(&'a str, NoteUse)>,
    oddities: Vec<String>,
    /// The places of its cards, by their questions.
    keys: Vec<((String, u32), usize)>,
    /// Its questions, each with the name of its deck.
    questions: Vec<(&'a str, PlacedNote)>,
}

/// What it takes to make questions of notes.
struct NoteRendering<'a> {
    types: HashMap<i64, (&'a NoteType, NoteReader<'a>)>,
    /// The names of the decks.
    names: HashMap<i64, String>,
    /// The name of the deck of cards whose own is not in the package.
    lost: String,
    cards: &'a [AnkiCard],
}

impl<'a> NoteRendering<'a> {
    fn deck_of(&self, card: &AnkiCard) -> &str {
        self.names.get(&card.deck).unwrap_or(&self.lost)
    }

    fn note(&self, RawNote { note, line, first, count }: RawNote) -> RenderedNote<'_> {
        let mut made = RenderedNote::default();
        let own = &self.cards[first..first + count];
        let Some((kind, reader)) = self.types.get(&note.note_type) else {
            AnkiNotice::add(&mut made.left_out, "notes of a type that the package does not hold", 1);
            return made;
        };
        if own.is_empty() {
            AnkiNotice::add(&mut made.left_out, "notes without a card", 1);
            return made;
        }
        let mut ordinals: Vec<u32> = own.iter().map(|card| card.ordinal).collect();
        let ours = own_questions(kind, reader, &note, own, self.deck_of(&own[0]), &mut made.left_out);
        for known in ours {
            let OwnQuestion { ordinal, usage, mut placed } = known;
            let place = ordinal.and_then(|ordinal| own.iter().position(|card| card.ordinal == ordinal));
            let guid = placed.question.guid().unwrap_or_default().to_owned();
            match place {
                Some(place) => {
                    made.keys.push(((guid, 0), first + place));
                    ordinals.retain(|other| Some(*other) != ordinal);
                }
                None => {
                    let keys = own.iter().enumerate();
                    made.keys.extend(keys.map(|(place, card)| ((guid.clone(), card.ordinal), first + place)));
                    ordinals.clear();
                }
            }
            made.kinds.push((&kind.name, usage));
            placed.question.line = line;
            made.questions.push((self.deck_of(&own[place.unwrap_or(0)]), placed));
        }
        if ordinals.is_empty() {
            return made;
        }
        let content = reader.content(&note, &ordinals, self.deck_of(&own[0]));
        made.kinds.push((&kind.name, content.usage));
        made.oddities = content.oddities;
        for (ordinal, form) in content.cards {
            let place = ordinal.and_then(|ordinal| own.iter().position(|card| card.ordinal == ordinal));
            let id = question_id(&note.guid, ordinal);
            match ordinal {
                Some(_) => made.keys.push(((id.clone(), 0), first + place.unwrap_or(0))),
                None => {
                    let keys = own.iter().enumerate();
                    made.keys.extend(keys.map(|(place, card)| ((id.clone(), card.ordinal), first + place)));
                }
            }
            let card = &own[place.unwrap_or(0)];
            let mut question = question(form, id, &note, line);
            pin(&mut question);
            if question.stem.trim().is_empty() {
                AnkiNotice::add(&mut made.left_out, "cards whose front says nothing", 1);
                continue;
            }
            let order = if card.kind == 0 { (card.due, note.id) } else { (i64::MIN, note.id) };
            let placed = PlacedNote { order, question, said_ms: None, media: Vec::new() };
            made.questions.push((self.deck_of(card), placed));
        }
        made
    }
}

/// The id of the question of a card. The second card of a note is known as a reversed card is.
pub(super) fn question_id(guid: &str, ordinal: Option<u32>) -> String {
    match ordinal {
        None | Some(0) => guid.to_owned(),
        Some(ordinal) => format!("{guid}.{}", ordinal + 1),
    }
}

/// The names that decks can have here.
fn deck_names(collection: &Collection, within: Option<&str>) -> HashMap<i64, String> {
    let name = |name: &str| {
        let parts = name.split("::").map(|part| {
            let part: String = part.chars().filter(|char| !steers(*char)).collect();
            let part = part.trim().to_owned();
            if part.is_empty() { "blank".into() } else { part }
        });
        let parts: Vec<String> =
            within.map(str::to_owned).into_iter().chain(parts).take(DECK_LEVELS.most as usize).collect();
        let joined: String = parts.join("::").chars().take(DECK_CHARS.most as usize).collect();
        deck_name(joined.trim_end_matches(':')).unwrap_or_else(|_| lost(within))
    };
    collection.decks.iter().map(|(id, deck)| (*id, name(&deck.name))).collect()
}

/// The deck of cards whose own is not in the package.
fn lost(within: Option<&str>) -> String {
    within.map_or_else(|| "Anki".into(), str::to_owned)
}

/// The tags of a note, without signs that steer a terminal.
pub(super) fn note_tags(note: &AnkiNote) -> Vec<String> {
    let mut tags: Vec<String> =
        note.tags.iter().map(|tag| tag.chars().filter(|char| !steers(*char)).collect()).collect();
    tags.retain(|tag: &String| !tag.is_empty());
    tags.dedup();
    tags
}

pub(super) fn question(form: CardForm, id: String, note: &AnkiNote, line: usize) -> BankQuestion {
    let tags = note_tags(note);
    let is_flat = match &form {
        CardForm::Sides { front, back } => [front, back].into_iter().all(|text| is_plain(text)),
        CardForm::Typed { front, extra, .. } | CardForm::Cloze { text: front, extra } => {
            [front, extra].into_iter().all(|text| is_plain(text))
        }
        CardForm::Choice { stem, options, extra, .. } => {
            let feedback = options.iter().filter_map(|option| option.feedback.as_ref());
            [stem, extra]
                .into_iter()
                .chain(options.iter().map(|option| &option.text))
                .chain(feedback)
                .all(|text| is_plain(text))
        }
    };
    let text = |html: String| if is_flat { plain(&html) } else { html };
    let some = |html: String| Some(text(html)).filter(|text| !text.is_empty());
    let right = |text: String| BankOption { text, correct: true, ..BankOption::default() };
    let (kind, stem, options, explanation) = match form {
        CardForm::Sides { front, back } => (Kind::Card, text(front), vec![right(text(back))], None),
        CardForm::Typed { front, answer, extra } => (Kind::Short, text(front), vec![right(answer)], some(extra)),
        CardForm::Cloze { text: stem, extra } => (Kind::Cloze, text(stem), Vec::new(), some(extra)),
        CardForm::Choice { stem, options, single, extra } => {
            let option = |option: OptionText| BankOption {
                text: text(option.text),
                correct: option.right,
                feedback: option.feedback.map(text),
                pinned: option.pinned,
                ..BankOption::default()
            };
            let kind = if single { Kind::Single } else { Kind::Multiple };
            (kind, text(stem), options.into_iter().map(option).collect(), some(extra))
        }
    };
    BankQuestion {
        line,
        id: Some(id),
        kind,
        stem,
        options,
        key: KeyOrigin::Marked,
        explanation,
        tags,
        markup: if is_flat { Markup::Plain } else { Markup::Html },
        ..BankQuestion::default()
    }
}
