//! Notes become what is asked: two sides, a text with deletions, a word to type, or a question with options.

mod choice;
mod form;
mod html;
mod occlusion;

use std::collections::HashMap;

pub use form::{CardForm, NoteUse, OptionText};
pub use html::{is_plain, media_names, tidy};

use super::collection::{AnkiNote, NoteType};
use super::template::{FieldValues, RenderStyle, RenderedSide, plain, render, says_something};
use choice::ChoiceFields;

/// What a note asks.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedNote {
    /// What it is for.
    pub usage: NoteUse,
    /// What is asked, each with the place of its card; `None` if it is for all cards of the note.
    pub cards: Vec<(Option<u32>, CardForm)>,
    /// What was not understood of its templates, in words.
    pub oddities: Vec<String>,
}

/// A note type that is ready to render notes.
pub struct NoteReader<'a> {
    kind: &'a NoteType,
    choice: Option<ChoiceFields>,
}

impl<'a> NoteReader<'a> {
    /// For the notes of this type.
    pub fn new(kind: &'a NoteType) -> Self {
        let choice = if kind.cloze { None } else { ChoiceFields::find(&kind.fields) };
        Self { kind, choice }
    }

    /// What a note asks on the cards that it has. `deck` is the deck of the first of them.
    pub fn content(&self, note: &AnkiNote, ordinals: &[u32], deck: &str) -> AskedNote {
        let kind = self.kind;
        let mut content = AskedNote { usage: NoteUse::Card, cards: Vec::new(), oddities: Vec::new() };
        if kind.cloze {
            if kind.occlusion || occlusion::is_one(&kind.fields, &note.fields) {
                content.usage = NoteUse::Occlusion;
                content.cards.push((None, occlusion::form(&kind.fields, &note.fields, ordinals)));
                return content;
            }
            content.usage = NoteUse::Cloze;
            let form = self.cloze(note, deck, &mut content.oddities);
            content.cards.push((None, form));
            return content;
        }
        if let Some(fields) = self.choice.as_ref().filter(|_| ordinals.len() <= 1)
            && let Some(form) = fields.form(&kind.fields, &note.fields)
        {
            content.usage = if matches!(form, CardForm::Choice { .. }) { NoteUse::Choice } else { NoteUse::Card };
            content.cards.push((ordinals.first().copied(), form));
            return content;
        }
        for ordinal in ordinals {
            let form = self.sides(note, *ordinal, deck, &mut content.oddities);
            if matches!(form, CardForm::Typed { .. }) {
                content.usage = NoteUse::Typed;
            }
            content.cards.push((Some(*ordinal), form));
        }
        content
    }

    fn cloze(&self, note: &AnkiNote, deck: &str, oddities: &mut Vec<String>) -> CardForm {
        let special = self.special(note, deck, 0);
        let fields = FieldValues { names: &self.kind.fields, values: &note.fields, special: &special };
        let Some(template) = self.kind.templates.first() else {
            return CardForm::Cloze { text: note.fields.first().cloned().unwrap_or_default(), extra: String::new() };
        };
        let text = render(&template.front, &fields, RenderStyle { deletion: 1, ..RenderStyle::default() });
        let extra = render(&template.back, &fields, RenderStyle { deletion: 1, without_cloze: true });
        self.note_oddities(&text, oddities);
        self.note_oddities(&extra, oddities);
        // A front that shows nothing is no reason to lose the text.
        let text = if text.html.contains("{{c") { text.html } else { note.fields.first().cloned().unwrap_or_default() };
        CardForm::Cloze { text: tidy(&text), extra: tidy(behind_line(&extra.html)) }
    }

    fn sides(&self, note: &AnkiNote, ordinal: u32, deck: &str, oddities: &mut Vec<String>) -> CardForm {
        let special = self.special(note, deck, ordinal);
        let fields = FieldValues { names: &self.kind.fields, values: &note.fields, special: &special };
        let Some(template) = self.kind.templates.get(ordinal as usize) else {
            let field = |place: usize| note.fields.get(place).map_or_else(String::new, |field| tidy(field));
            oddities.push(format!("`{}` has no template for card {}", self.kind.name, ordinal + 1));
            return CardForm::Sides { front: field(0), back: field(1) };
        };
        let front = render(&template.front, &fields, RenderStyle::default());
        let back = render(&template.back, &fields, RenderStyle::default());
        self.note_oddities(&front, oddities);
        self.note_oddities(&back, oddities);
        let mut shown = tidy(&front.html);
        if !says_something(&shown) {
            // Anki says that such a card is empty; what the note says is kept all the same.
            shown = note.fields.first().map_or_else(String::new, |field| tidy(field));
        }
        let rest = tidy(behind_line(&back.html));
        let typed = front.typed.as_deref().and_then(|name| fields.get(name)).map(plain).filter(|word| !word.is_empty());
        match typed {
            // What is typed is usually shown by the back as well.
            Some(answer) if answer.lines().count() == 1 => {
                let extra = if plain(&rest) == answer { String::new() } else { rest };
                CardForm::Typed { front: shown, answer, extra }
            }
            Some(_) if !says_something(&rest) => {
                let name = front.typed.as_deref().unwrap_or_default();
                CardForm::Sides { front: shown, back: tidy(fields.get(name).unwrap_or_default()) }
            }
            _ => CardForm::Sides { back: unrepeated(&rest, &shown), front: shown },
        }
    }

    fn special(&self, note: &AnkiNote, deck: &str, ordinal: u32) -> HashMap<&'static str, String> {
        let template = self.kind.templates.get(ordinal as usize).map_or_else(String::new, |it| it.name.clone());
        HashMap::from([
            ("Tags", note.tags.join(" ")),
            ("Type", self.kind.name.clone()),
            ("Deck", deck.to_owned()),
            ("Subdeck", deck.rsplit("::").next().unwrap_or(deck).to_owned()),
            ("Card", template),
            ("CardFlag", String::new()),
        ])
    }

    fn note_oddities(&self, side: &RenderedSide, oddities: &mut Vec<String>) {
        let name = &self.kind.name;
        if side.broken {
            oddities.push(format!("a template of `{name}` is broken, or names a field that is not there"));
        }
        oddities.extend(
            side.unknown_filters
                .iter()
                .map(|filter| format!("`{name}` uses the filter `{filter}`, which is not known")),
        );
    }
}

/// What is behind the line that parts the answer from the front, if there is one.
fn behind_line(html: &str) -> &str {
    let lower = html.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<hr").map(|at| from + at) {
        let Some(end) = lower[at..].find('>').map(|end| at + end) else { break };
        if lower[at..end].replace(['"', '\'', ' '], "").contains("id=answer") {
            return &html[end + 1..];
        }
        from = end;
    }
    html
}

/// A back without the front that it repeats.
fn unrepeated(back: &str, front: &str) -> String {
    match back.strip_prefix(front).map(tidy) {
        Some(rest) if says_something(&rest) => rest,
        _ => back.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anki::collection::CardTemplate;

    fn kind(fields: &[&str], templates: &[(&str, &str)]) -> NoteType {
        let template = |(front, back): &(&str, &str)| CardTemplate {
            name: "Card".into(),
            front: (*front).into(),
            back: (*back).into(),
        };
        NoteType {
            name: "T".into(),
            fields: fields.iter().map(|name| (*name).to_owned()).collect(),
            templates: templates.iter().map(template).collect(),
            ..NoteType::default()
        }
    }

    fn asked(kind: &NoteType, fields: &[&str], ordinals: &[u32]) -> Vec<(Option<u32>, CardForm)> {
        let note = AnkiNote { fields: fields.iter().map(|field| (*field).to_owned()).collect(), ..AnkiNote::default() };
        NoteReader::new(kind).content(&note, ordinals, "Deck").cards
    }

    fn sides(front: &str, back: &str) -> CardForm {
        CardForm::Sides { front: front.into(), back: back.into() }
    }

    #[test]
    fn basic_and_reversed_cards_have_two_sides() {
        let both = kind(
            &["Front", "Back"],
            &[
                ("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"),
                ("{{Back}}", "{{FrontSide}}\n\n<hr id=\"answer\">\n\n{{Front}}"),
            ],
        );
        assert_eq!(
            asked(&both, &["gato<br>", "cat"], &[0, 1]),
            [(Some(0), sides("gato", "cat")), (Some(1), sides("cat", "gato"))]
        );
        let repeated = kind(&["F", "B"], &[("{{F}}", "{{F}}<br>{{B}}")]);
        assert_eq!(asked(&repeated, &["a", "b"], &[0]), [(Some(0), sides("a", "b"))]);
    }

    #[test]
    fn what_is_typed_is_a_word() {
        let typed =
            kind(&["Front", "Back"], &[("{{Front}}\n{{type:Back}}", "{{FrontSide}}<hr id=answer>{{type:Back}}")]);
        let form = CardForm::Typed { front: "2 &lt; x".into(), answer: "a & b".into(), extra: String::new() };
        assert_eq!(asked(&typed, &["2 &lt; x", "<b>a</b> &amp; b"], &[0]), [(Some(0), form)]);
    }

    #[test]
    fn deletions_are_one_text() {
        let mut cloze = kind(&["Text", "Back Extra"], &[("{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}")]);
        cloze.cloze = true;
        let form = CardForm::Cloze { text: "{{c1::a::hint}} {{c2::{{c1::b}}}}".into(), extra: "more".into() };
        assert_eq!(asked(&cloze, &["{{c1::a::hint}} {{c2::{{c1::b}}}}", "more"], &[0, 1]), [(None, form)]);
    }

    #[test]
    fn options_are_a_question() {
        let all = kind(
            &[
                "Question",
                "Title",
                "QType (0=kprim,1=mc,2=sc)",
                "Q_1",
                "Q_2",
                "Q_3",
                "Q_4",
                "Q_5",
                "Answers",
                "Sources",
                "Extra 1",
            ],
            &[("{{Question}}<script>x</script>", "{{Answers}}")],
        );
        let forms = asked(&all, &["Which?", "", "2", "a", "b", "c", "", "", "0 1 0", "", "Because."], &[0]);
        let [(Some(0), CardForm::Choice { stem, options, single, extra })] = &forms[..] else { panic!("{forms:?}") };
        assert_eq!((stem.as_str(), *single, extra.as_str()), ("Which?", true, "Because."));
        let marks: Vec<(&str, bool)> = options.iter().map(|option| (option.text.as_str(), option.right)).collect();
        assert_eq!(marks, [("a", false), ("b", true), ("c", false)]);
        let letters = kind(
            &["question", "optionA", "optionB", "optionC", "answer", "note", "noteB"],
            &[("{{question}}", "{{answer}}")],
        );
        let forms = asked(&letters, &["Which?", "x", "y", "z", "AC", "", "no"], &[0]);
        let [(_, CardForm::Choice { options, single: false, .. })] = &forms[..] else { panic!("{forms:?}") };
        assert_eq!(options.iter().map(|option| option.right).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(options[1].feedback.as_deref(), Some("no"));
        // A key that says nothing of the options: the templates are shown instead.
        let forms = asked(&letters, &["Which?", "x", "y", "z", "maybe", "", ""], &[0]);
        assert_eq!(forms, [(Some(0), sides("Which?", "maybe"))]);
    }

    #[test]
    fn areas_of_a_picture_are_a_text() {
        let mut kind =
            kind(&["Occlusion", "Image", "Header", "Back Extra", "Comments"], &[("{{cloze:Occlusion}}", "")]);
        (kind.cloze, kind.occlusion) = (true, true);
        let forms = asked(
            &kind,
            &[
                "{{c1::image-occlusion:rect:left=.1}}<br>{{c2::image-occlusion:rect:left=.2}}",
                "<img src=\"a.png\">",
                "Bones",
                "More",
                "",
            ],
            &[0, 1],
        );
        let form = CardForm::Cloze {
            text: "Bones<br><img src=\"a.png\"><br>{{c1::area 1}}, {{c2::area 2}}".into(),
            extra: "More".into(),
        };
        assert_eq!(forms, [(None, form)]);
    }
}
