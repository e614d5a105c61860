//! Questions as the fields of notes.

use crate::anki::out::{OPTION_FIELDS, OutNoteType, OutText, escaped};
use crate::bank::{BankOption, BankQuestion};
use crate::model::cloze::Cloze;
use crate::model::{Kind, letter};

/// Which note type a question has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::study) enum NoteShape {
    Choice,
    Typed,
    Gaps,
    Sides,
}

/// The note types that are used: choice, typed, gaps, and cards of one note up to the most that there are.
pub(in crate::study) fn note_types(most_sides: usize) -> Vec<OutNoteType> {
    let mut all = vec![OutNoteType::choice(), OutNoteType::typed(), OutNoteType::cloze()];
    all.extend((1..=most_sides.max(1)).map(OutNoteType::sides));
    all
}

impl NoteShape {
    pub(in crate::study) fn for_question(question: &BankQuestion) -> Self {
        match question.kind {
            Kind::Single | Kind::Multiple | Kind::TrueFalse if question.options.len() <= OPTION_FIELDS => Self::Choice,
            Kind::Short | Kind::Numeric => Self::Typed,
            Kind::Cloze => Self::Gaps,
            _ => Self::Sides,
        }
    }
}

/// The places of the fields that show the question of a card.
pub(in crate::study) fn shown_places(question: &BankQuestion, card: u32, fields: usize) -> Vec<usize> {
    match NoteShape::for_question(question) {
        NoteShape::Sides => (2 * card as usize..2 * card as usize + 2).collect(),
        _ => (0..fields).collect(),
    }
}

/// The fields of a note of this question alone, without the one that keeps its words.
pub(in crate::study) fn fields(question: &BankQuestion, text: &OutText<'_>) -> Vec<String> {
    let html = |words: &str| text.html(words);
    let explanation = question.explanation.as_deref().map(html).unwrap_or_default();
    match NoteShape::for_question(question) {
        NoteShape::Choice => choice(question, &html, explanation),
        NoteShape::Typed => typed(question, &html, explanation).to_vec(),
        NoteShape::Gaps => {
            let known = question.stem.contains("{{c");
            let stem = if known { question.stem.clone() } else { Cloze::parse(&question.stem).in_anki_signs() };
            vec![html(&stem), explanation]
        }
        NoteShape::Sides => sides(question, text).to_vec(),
    }
}

fn choice(question: &BankQuestion, html: &dyn Fn(&str) -> String, explanation: String) -> Vec<String> {
    let choices = &question.options;
    let padded = |texts: &mut dyn Iterator<Item = String>| {
        let mut texts: Vec<String> = texts.collect();
        texts.resize(OPTION_FIELDS, String::new());
        texts
    };
    let letters = |wanted: fn(&BankOption) -> bool| {
        let found = choices.iter().enumerate().filter(|(_, choice)| wanted(choice));
        found.map(|(place, _)| letter(place)).collect::<Vec<_>>().join(" ")
    };
    let mut fields = vec![html(&question.stem)];
    fields.extend(padded(&mut choices.iter().map(|choice| html(&choice.text))));
    fields.push(letters(|choice| choice.correct));
    fields.push(if question.kind == Kind::Multiple { "1" } else { "2" }.into());
    // True and false stay in their order.
    fields.push(if question.kind == Kind::TrueFalse { letters(|_| true) } else { letters(|choice| choice.pinned) });
    fields.push(explanation);
    fields.extend(padded(&mut choices.iter().map(|choice| choice.feedback.as_deref().map(html).unwrap_or_default())));
    fields
}

fn typed(question: &BankQuestion, html: &dyn Fn(&str) -> String, explanation: String) -> [String; 3] {
    let word = question.options.iter().find(|choice| choice.correct);
    let word = word.map_or_else(String::new, |choice| escaped(&choice.text));
    let extra: Vec<String> =
        [answer_notes(question), explanation].into_iter().filter(|text| !text.is_empty()).collect();
    [html(&question.stem), word, extra.join("<br>")]
}

/// What is said besides the answer to type: the tolerance, and other words that are right.
pub(super) fn answer_notes(question: &BankQuestion) -> String {
    let right: Vec<&BankOption> = question.options.iter().filter(|choice| choice.correct).collect();
    let mut notes = Vec::new();
    if let Some(tolerance) = right.first().and_then(|choice| choice.tolerance).filter(|off| *off > 0.0) {
        notes.push(format!("&plusmn; {tolerance}"));
    }
    if right.len() > 1 {
        let others: Vec<String> = right[1..].iter().map(|choice| escaped(&choice.text)).collect();
        notes.push(format!("also: {}", others.join("; ")));
    }
    notes.join("<br>")
}

/// Front and back of a card of this question.
pub(in crate::study) fn sides(question: &BankQuestion, text: &OutText<'_>) -> [String; 2] {
    let html = |words: &str| text.html(words);
    let list = |tag: &str, texts: Vec<String>| {
        let items: String = texts.into_iter().map(|text| format!("<li>{text}</li>")).collect();
        format!("<{tag}>{items}</{tag}>")
    };
    let mut front = html(&question.stem);
    let choices = &question.options;
    let mut back = match question.kind {
        Kind::Match => {
            let mut halves: Vec<String> =
                choices.iter().filter_map(|choice| choice.pair.as_deref()).map(html).collect();
            // In an order that gives nothing away.
            halves.sort();
            halves.dedup();
            front += &list("ol", choices.iter().map(|choice| html(&choice.text)).collect());
            front += &list("ul", halves);
            let pair = |choice: &BankOption| {
                format!("{} &rarr; {}", html(&choice.text), choice.pair.as_deref().map(html).unwrap_or_default())
            };
            list("ol", choices.iter().map(pair).collect())
        }
        Kind::Order => {
            let mut items: Vec<String> = choices.iter().map(|choice| html(&choice.text)).collect();
            let in_order = list("ol", items.clone());
            items.sort();
            front += &list("ul", items);
            in_order
        }
        kind if kind.has_choices() => {
            front += &list("ol", choices.iter().map(|choice| html(&choice.text)).collect());
            let right = choices.iter().filter(|choice| choice.correct);
            list("ul", right.map(|choice| html(&choice.text)).collect())
        }
        _ => choices.iter().map(|choice| html(&choice.text)).collect::<Vec<_>>().join("<br>"),
    };
    if let Some(explanation) = question.explanation.as_deref().map(html).filter(|text| !text.is_empty()) {
        back = if back.is_empty() { explanation } else { format!("{back}<div class=\"extra\">{explanation}</div>") };
    }
    [front, back]
}

/// Tags as Anki can have them; the topic becomes one, too.
pub(in crate::study) fn tags(tags: &[String], topic: Option<&str>) -> Vec<String> {
    let joined = |tag: &str| tag.split_whitespace().collect::<Vec<_>>().join("_");
    let mut made: Vec<String> = tags.iter().map(|tag| joined(tag)).filter(|tag| !tag.is_empty()).collect();
    made.extend(topic.map(|topic| format!("topic::{}", joined(topic))));
    let mut seen = std::collections::HashSet::new();
    made.retain(|tag| seen.insert(tag.to_lowercase()));
    made
}

/// The note type of a question in plain text: one of those that every Anki has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::study) enum PlainKind {
    Basic,
    Typed,
    Cloze,
}

impl PlainKind {
    /// Its name in the English Anki.
    pub(in crate::study) fn name(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::Typed => "Basic (type in the answer)",
            Self::Cloze => "Cloze",
        }
    }

    /// Whether a question says more than this note type.
    pub(in crate::study) fn is_poorer(self, question: &BankQuestion) -> bool {
        self == Self::Basic && question.kind != Kind::Card
    }
}

/// The note type that says most of a question. A typed answer has no room for anything besides.
pub(in crate::study) fn plain_kind(question: &BankQuestion) -> PlainKind {
    match NoteShape::for_question(question) {
        NoteShape::Gaps => PlainKind::Cloze,
        NoteShape::Typed if answer_notes(question).is_empty() && question.explanation.is_none() => PlainKind::Typed,
        _ => PlainKind::Basic,
    }
}

/// The two fields of a question in plain text.
pub(in crate::study) fn plain_sides(question: &BankQuestion, text: &OutText<'_>) -> [String; 2] {
    let kind = plain_kind(question);
    if kind == PlainKind::Basic {
        if NoteShape::for_question(question) == NoteShape::Typed {
            let [stem, word, extra] = typed(
                question,
                &|words| text.html(words),
                question.explanation.as_deref().map(|words| text.html(words)).unwrap_or_default(),
            );
            return [stem, format!("{word}<div class=\"extra\">{extra}</div>")];
        }
        return sides(question, text);
    }
    let mut fields = fields(question, text).into_iter();
    [fields.next().unwrap_or_default(), fields.next().unwrap_or_default()]
}
