//! Notes of ours: their words, if nobody edited them in Anki; else the edit, with what the words say besides.

use super::notes::{PlacedNote, note_tags, question, question_id};
use super::report::AnkiNotice;
use crate::anki::collection::{AnkiCard, AnkiNote, NoteType};
use crate::anki::note_type::{CardForm, NoteReader, NoteUse, media_names, tidy};
use crate::anki::out::{OutNoteType, OutText};
use crate::anki::shown::{shown_digest, unrenamed};
use crate::bank::{BankQuestion, NoteIdentity};
use crate::study::anki_note::{
    EditedNote, KeptNote, KeptQuestion, NoteShape, NoteTags, fields, shown_places, sides, taken_in,
};

/// What is said of notes whose words cannot be believed.
const UNREADABLE: &str = "notes whose field `retain` was changed: what their cards show counts";
/// What is said of edited notes that are asked in another way now.
const OTHER_KIND: &str =
    "the kind of edited notes: what their cards show is asked as front and back, or with plain options";

/// A question of a note of ours.
pub(super) struct OwnQuestion {
    /// The card that it is; `None` if it is all of them.
    pub(super) ordinal: Option<u32>,
    pub(super) usage: NoteUse,
    pub(super) placed: PlacedNote,
}

/// The questions of a note of ours that has these cards; none if it is not ours, or its words are of no use.
pub(super) fn own_questions(
    kind: &NoteType,
    reader: &NoteReader<'_>,
    note: &AnkiNote,
    cards: &[AnkiCard],
    deck: &str,
    left_out: &mut Vec<AnkiNotice>,
) -> Vec<OwnQuestion> {
    let Some(at) = kind.fields.iter().position(|name| name == OutNoteType::ORIGINAL) else { return Vec::new() };
    let Some(field) = note.fields.get(at).filter(|field| !field.trim().is_empty()) else { return Vec::new() };
    let Some(kept) = KeptNote::parse(field) else {
        AnkiNotice::add(left_out, UNREADABLE, 1);
        return Vec::new();
    };
    let questions: Vec<Option<BankQuestion>> = kept.questions.iter().map(KeptQuestion::question).collect();
    if questions.iter().any(Option::is_none) {
        AnkiNotice::add(left_out, UNREADABLE, 1);
    }
    // Of all questions of the note only the tags are needed.
    let tagged = |BankQuestion { tags, topic, .. }: &BankQuestion| BankQuestion {
        tags: tags.clone(),
        topic: topic.clone(),
        ..BankQuestion::default()
    };
    let all: Vec<BankQuestion> = questions.iter().flatten().map(tagged).collect();
    let tags = note_tags(note);
    let shown: Vec<usize> = (0..note.fields.len()).filter(|place| *place != at).collect();
    let own = OwnNote { note, reader, deck, shown: &shown };
    let mut found: Vec<OwnQuestion> = Vec::new();
    for (known, original) in kept.questions.iter().zip(questions) {
        let Some(original) = original else { continue };
        let shape = NoteShape::for_question(&original);
        let is_gaps = shape == NoteShape::Gaps;
        let has_card = is_gaps || cards.iter().any(|card| card.ordinal == known.card);
        let is_twice = found.iter().any(|other| is_gaps || other.ordinal.is_none_or(|other| other == known.card));
        if is_gaps != kind.cloze || is_twice || (is_gaps && known.card > 0) {
            AnkiNotice::add(left_out, UNREADABLE, 1);
            continue;
        }
        if !has_card {
            continue;
        }
        let ordinal = if is_gaps { None } else { Some(known.card) };
        let mut media = own.media(known);
        let wanted = NoteTags::find(&original, &all, &tags);
        let markup = original.markup;
        let (mut question, said_ms) = if own.is_as_written(known, &original) {
            (original, Some(known.changed))
        } else {
            let (question, lost) = own.edited(known, &original, cards);
            lost.into_iter().for_each(|lost| AnkiNotice::add(left_out, lost, 1));
            (question, None)
        };
        if question.markup != markup {
            media.clear();
        }
        (question.tags, question.topic) = (wanted.tags, wanted.topic);
        let guid = question_id(&note.guid, ordinal);
        let is_own = kept.is_of(&note.guid);
        let id = known.id.clone().filter(|id| is_own && *id != guid);
        question.note = Some(Box::new(NoteIdentity {
            uid: known.uid().filter(|_| is_own),
            guid: id.is_some().then(|| guid.clone()),
        }));
        question.id = Some(id.unwrap_or(guid));
        let order = (i64::from(known.place), note.id);
        let usage = match shape {
            NoteShape::Choice => NoteUse::Choice,
            NoteShape::Typed => NoteUse::Typed,
            NoteShape::Gaps => NoteUse::Cloze,
            NoteShape::Sides => NoteUse::Card,
        };
        found.push(OwnQuestion { ordinal, usage, placed: PlacedNote { order, question, said_ms, media } });
    }
    found
}

/// A note of ours as it is read.
struct OwnNote<'a> {
    note: &'a AnkiNote,
    reader: &'a NoteReader<'a>,
    deck: &'a str,
    /// The places of its fields that cards may show.
    shown: &'a [usize],
}

impl OwnNote<'_> {
    /// The places of the fields that show a question.
    fn places(&self, known: &KeptQuestion, original: &BankQuestion) -> Vec<usize> {
        let places = shown_places(original, known.card, self.shown.len()).into_iter();
        places.filter_map(|place| self.shown.get(place).copied()).collect()
    }

    /// Whether nobody edited what is shown of a question.
    fn is_as_written(&self, known: &KeptQuestion, original: &BankQuestion) -> bool {
        let fields = self.places(known, original).into_iter().map(|place| self.note.fields[place].as_str());
        shown_digest(fields) == known.shown
    }

    /// A question whose fields were edited, and what was lost.
    fn edited(
        &self,
        known: &KeptQuestion,
        original: &BankQuestion,
        cards: &[AnkiCard],
    ) -> (BankQuestion, Vec<&'static str>) {
        let all: Vec<u32> = cards.iter().map(|card| card.ordinal).collect();
        let is_gaps = NoteShape::for_question(original) == NoteShape::Gaps;
        let ordinals = if is_gaps { all } else { vec![known.card] };
        let form = |note: &AnkiNote| self.reader.content(note, &ordinals, self.deck).cards.pop().map(|(_, form)| form);
        let text = OutText { markup: original.markup, media: &known.media };
        let written = match NoteShape::for_question(original) {
            NoteShape::Sides => sides(original, &text).to_vec(),
            _ => fields(original, &text),
        };
        let mut then = AnkiNote { fields: self.note.fields.clone(), ..AnkiNote::default() };
        for (place, field) in self.places(known, original).into_iter().zip(written) {
            then.fields[place] = field;
        }
        let Some(now) = form(self.note) else { return (original.clone(), vec![OTHER_KIND]) };
        let taken = form(&then).and_then(|then| taken_in(original, &then, &now));
        match taken.filter(|taken| crate::bank::is_sound(&taken.question)) {
            Some(EditedNote { question, lost }) => (question, lost),
            None => (question_of(now, self.note), vec![OTHER_KIND]),
        }
    }

    /// The files of the pictures and sounds of a question: an import of Anki may have given them other names.
    fn media(&self, known: &KeptQuestion) -> Vec<(String, String)> {
        if known.media.is_empty() {
            return Vec::new();
        }
        let names = self.shown.iter().flat_map(|place| media_names(&tidy(&self.note.fields[*place])));
        let names: Vec<String> = names.map(|(file, _)| file).collect();
        let actual = |name: &String| {
            let renamed = || names.iter().find(|file| unrenamed(file) == unrenamed(name));
            if names.contains(name) { name.clone() } else { renamed().unwrap_or(name).clone() }
        };
        known.media.iter().map(|(written, name)| (actual(name), written.clone())).collect()
    }
}

/// What is shown, as a note of anybody.
fn question_of(form: CardForm, note: &AnkiNote) -> BankQuestion {
    question(form, String::new(), note, 0)
}
