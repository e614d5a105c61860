//! The field `retain`: the questions of a note word for word, as JSON.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, Serializer};
use uuid::Uuid;

use super::fields::tags;
use crate::anki::template::plain;
use crate::bank::{BankOption, BankQuestion, is_sound};
use crate::model::limits::{NOTE_ORIGINAL, steers};
use crate::model::{KeyOrigin, Kind, Markup};

/// The version of this form. A program that knows an older one goes by the shown fields.
const VERSION: u32 = 1;

/// The questions of a note.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(in crate::study) struct KeptNote {
    /// The version of the form.
    retain: u32,
    /// The guid of the note: a copy that somebody made in Anki has another.
    guid: String,
    pub(in crate::study) questions: Vec<KeptQuestion>,
}

/// A question, word for word.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(in crate::study) struct KeptQuestion {
    /// Which card of the note it is, if it is not all of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(in crate::study) card: u32,
    /// The hash of what its fields show.
    pub(in crate::study) shown: String,
    /// Its identity.
    uid: String,
    /// The id that its bank gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::study) id: Option<String>,
    /// Its place in its deck.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(in crate::study) place: u32,
    /// When a bank or a person changed it last, milliseconds since 1970; 0 if it only came in packages.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(in crate::study) changed: i64,
    kind: String,
    markup: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    stem: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<KeptOption>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    explanation: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    /// The rule that declared the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declared: Option<String>,
    /// Whether a rule declared it.
    #[serde(default, skip_serializing_if = "is_false")]
    by_rule: bool,
    /// What its texts call their pictures and sounds, and what the package does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::study) media: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
struct KeptOption {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    right: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    feedback: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pinned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pair: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tolerance: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero<N: PartialEq + Default>(value: &N) -> bool {
    *value == N::default()
}

impl KeptQuestion {
    /// A question of a deck, which its fields show with this hash.
    pub(in crate::study) fn new(
        question: &BankQuestion,
        uid: Uuid,
        shown: String,
        media: Vec<(String, String)>,
    ) -> Self {
        let option = |choice: &BankOption| KeptOption {
            text: choice.text.clone(),
            right: choice.correct,
            feedback: choice.feedback.clone(),
            pinned: choice.pinned,
            weight: choice.weight,
            pair: choice.pair.clone(),
            tolerance: choice.tolerance,
        };
        Self {
            card: 0,
            shown,
            uid: uid.to_string(),
            id: None,
            place: 0,
            changed: 0,
            kind: question.kind.name().into(),
            markup: question.markup.name().into(),
            topic: question.topic.clone(),
            stem: question.stem.clone(),
            options: question.options.iter().map(option).collect(),
            explanation: question.explanation.clone(),
            tags: question.tags.clone(),
            declared: question.key_rule.clone(),
            by_rule: question.key == KeyOrigin::Declared,
            media,
        }
    }

    /// Its identity.
    pub(in crate::study) fn uid(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.uid).ok()
    }

    /// The question; `None` if nobody can be asked it.
    pub(in crate::study) fn question(&self) -> Option<BankQuestion> {
        let option = |kept: &KeptOption| BankOption {
            text: kept.text.clone(),
            correct: kept.right,
            feedback: kept.feedback.clone(),
            pinned: kept.pinned,
            weight: kept.weight,
            pair: kept.pair.clone(),
            tolerance: kept.tolerance,
        };
        let question = BankQuestion {
            kind: Kind::from_name(&self.kind)?,
            markup: Markup::from_name(&self.markup)?,
            topic: self.topic.clone(),
            stem: self.stem.clone(),
            options: self.options.iter().map(option).collect(),
            explanation: self.explanation.clone(),
            tags: self.tags.clone(),
            key: if self.by_rule { KeyOrigin::Declared } else { KeyOrigin::Marked },
            key_rule: self.declared.clone(),
            ..BankQuestion::default()
        };
        let names = question.tags.iter().chain(&question.topic).chain(&self.id);
        let is_named = names.into_iter().all(|name| !name.is_empty() && !name.chars().any(steers));
        (is_named && is_sound(&question)).then_some(question)
    }
}

impl KeptNote {
    /// The questions of a note.
    pub(in crate::study) fn new(guid: &str, questions: Vec<KeptQuestion>) -> Self {
        Self { retain: VERSION, guid: guid.to_owned(), questions }
    }

    /// Whether it is the note that this guid is of, and no copy of it.
    pub(in crate::study) fn is_of(&self, guid: &str) -> bool {
        self.guid == guid
    }

    /// The note as its field has it: JSON, without a sign that Anki takes for something else or writes in another way.
    pub(in crate::study) fn field(&self) -> String {
        let mut bytes = Vec::with_capacity(512);
        let mut to = Serializer::with_formatter(&mut bytes, FieldSigns);
        // No text and no number is known to cause an error; without the field the shown ones count.
        if self.serialize(&mut to).is_err() {
            return String::new();
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// What a field holds; `None` if it holds nothing that this program wrote.
    pub(in crate::study) fn parse(field: &str) -> Option<Self> {
        if field.len() as u64 > NOTE_ORIGINAL.most {
            return None;
        }
        let parsed = serde_json::from_str(field).or_else(|_| serde_json::from_str(&plain(field)));
        parsed.ok().filter(|note: &Self| note.retain == VERSION && !note.questions.is_empty())
    }
}

/// JSON in which texts hold letters, digits and plain signs alone; all else is `\u…`.
struct FieldSigns;

impl Formatter for FieldSigns {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, to: &mut W, text: &str) -> io::Result<()> {
        if text.bytes().all(|byte| byte.is_ascii() && is_plain_sign(char::from(byte))) {
            return to.write_all(text.as_bytes());
        }
        let mut from = 0;
        for (at, char) in text.char_indices().filter(|(_, char)| !is_plain_sign(*char)) {
            to.write_all(&text.as_bytes()[from..at])?;
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(to, "\\u{unit:04x}")?;
            }
            from = at + char.len_utf8();
        }
        to.write_all(&text.as_bytes()[from..])
    }
}

/// Whether a sign in a text is written as it is. Anki composes letters and marks, so that these may be others afterwards.
fn is_plain_sign(char: char) -> bool {
    if char.is_ascii() {
        return !matches!(char, '<' | '>' | '&' | '[' | '{' | '\u{7f}');
    }
    char.is_alphanumeric() && unicode_normalization::is_nfc_quick(std::iter::once(char)) == YES
}

const YES: unicode_normalization::IsNormalized = unicode_normalization::IsNormalized::Yes;

/// Tags of a note, as somebody may have changed them in Anki.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::study) struct NoteTags {
    pub(in crate::study) tags: Vec<String>,
    pub(in crate::study) topic: Option<String>,
}

impl NoteTags {
    /// The tags and the topic of a question: its own, unless `said` (the tags of its note) are others than we wrote. `note` are all
    /// questions of the note. In Anki the case of letters does not count, and a tag may take that of another one.
    pub(in crate::study) fn find(question: &BankQuestion, note: &[BankQuestion], said: &[String]) -> Self {
        let lower = |tag: &str| tag.to_lowercase();
        let wrote = |question: &BankQuestion| tags(&question.tags, question.topic.as_deref());
        let mut all: Vec<String> = note.iter().flat_map(wrote).map(|tag| lower(&tag)).collect();
        let mut now: Vec<String> = said.iter().map(|tag| lower(tag)).collect();
        for list in [&mut all, &mut now] {
            list.sort_unstable();
            list.dedup();
        }
        let own = Self { tags: question.tags.clone(), topic: question.topic.clone() };
        if all == now {
            return own;
        }
        let is_said = |tag: &str| now.binary_search(&lower(tag)).is_ok();
        let written = |tag: &String| tags(std::slice::from_ref(tag), None).pop();
        let mut kept: Vec<String> =
            own.tags.iter().filter(|tag| written(tag).is_none_or(|tag| is_said(&tag))).cloned().collect();
        let topic_tag = |topic: &String| tags(&[], Some(topic)).pop();
        let mut topic = own.topic.filter(|topic| topic_tag(topic).is_some_and(|tag| is_said(&tag)));
        for tag in said.iter().filter(|tag| all.binary_search(&lower(tag)).is_err()) {
            match tag.strip_prefix("topic::").filter(|name| !name.is_empty()) {
                Some(name) if topic.is_none() => topic = Some(name.to_owned()),
                _ => kept.push(tag.clone()),
            }
        }
        Self { tags: kept, topic }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::anki::out::OutNoteType;

    fn question() -> BankQuestion {
        let choice = |text: &str| BankOption { text: text.into(), ..BankOption::default() };
        BankQuestion {
            kind: Kind::Numeric,
            stem: "e\u{301} [sound:x.mp3] {{c1::a}} <b> & \u{a0}\u{0}\u{7} \"q\" \\(x\\) \u{1f600} 日本\u{2028}\r\n\t"
                .into(),
            explanation: Some(String::new()),
            topic: Some("A::B c".into()),
            tags: vec!["x y".into(), "Ärger".into()],
            key: KeyOrigin::Declared,
            key_rule: Some("first".into()),
            markup: Markup::Markdown,
            options: vec![
                BankOption {
                    correct: true,
                    tolerance: Some(0.1 + 0.2),
                    weight: Some(1.0 / 3.0),
                    pinned: true,
                    pair: Some("p".into()),
                    feedback: Some("f".into()),
                    ..choice("1e3")
                },
                choice("2"),
            ],
            ..BankQuestion::default()
        }
    }

    fn kept() -> KeptNote {
        let media = vec![("a/b.png".to_owned(), "b.png".to_owned())];
        let kept = KeptQuestion {
            id: Some("q-1".into()),
            place: 3,
            ..KeptQuestion::new(&question(), Uuid::from_u128(1 << 90), "00".into(), media)
        };
        KeptNote::new("guid", vec![kept])
    }

    #[test]
    fn a_field_that_is_too_large_counts_for_nothing() {
        let field = kept().field();
        let blanks = |size: u64| field.clone() + &" ".repeat(usize::try_from(size).expect("a size") - field.len());
        assert!(KeptNote::parse(&blanks(NOTE_ORIGINAL.most)).is_some());
        assert!(KeptNote::parse(&blanks(NOTE_ORIGINAL.most + 1)).is_none());
    }

    #[test]
    fn a_question_comes_back_to_the_bit_whatever_anki_does_to_fields() {
        let field = kept().field();
        assert!(!field.contains(['<', '>', '&', '\n', '\u{a0}', '\u{301}']), "{field}");
        assert!(!field.contains("[sound") && !field.contains("{{"), "{field}");
        let composed: String = field.nfc().collect();
        assert_eq!(composed, field);
        let wrapped = format!("<div>{}</div><br>", field.replace('"', "&quot;"));
        for field in [field.clone(), wrapped] {
            let back = KeptNote::parse(&field).expect("a note");
            assert_eq!(back, kept());
            assert!(back.is_of("guid") && !back.is_of("other"));
            let made = back.questions[0].question().expect("a question");
            assert_eq!(made, question());
        }
        assert_eq!(OutNoteType::ORIGINAL, "retain");
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back(stem in "\\PC*|(.|\n){0,40}|[\u{0}-\u{ff}\u{300}-\u{310}\u{1100}-\u{11ff}]{0,30}") {
            let question = BankQuestion { kind: Kind::Card, stem, key: KeyOrigin::Marked, ..BankQuestion::default() };
            let note = KeptNote::new("g", vec![KeptQuestion::new(&question, Uuid::nil(), String::new(), Vec::new())]);
            let field: String = note.field().nfc().collect();
            let back = KeptNote::parse(&html_escape::encode_text(&field)).expect("a note");
            proptest::prop_assert_eq!(back.questions[0].question(), Some(question));
        }
    }

    #[test]
    fn what_we_did_not_write_is_nothing() {
        let field = kept().field();
        for odd in [
            String::new(),
            "words".into(),
            "[]".into(),
            "[[[[[[".repeat(10_000),
            field.replace("\"retain\":1", "\"retain\":2"),
            field[..field.len() - 2].to_owned(),
            field.replace(":\"q-1\"", ":7"),
            "{\"retain\":1,\"guid\":\"\",\"questions\":[]}".into(),
        ] {
            assert_eq!(KeptNote::parse(&odd), None, "{odd:.80}");
        }
        for (from, to) in [
            ("\"numeric\"", "\"riddle\""),
            ("\"markdown\"", "\"troff\""),
            ("\"x y\"", "\"\\u0007\""),
            ("\"x y\"", "\"\""),
            ("\"q-1\"", "\"q\\u202e\""),
            ("\"numeric\"", "\"match\",\"options\":[]"),
        ] {
            let odd = KeptNote::parse(&field.replacen(from, to, 1));
            assert!(odd.is_none_or(|note| note.questions[0].question().is_none()), "{from} {to}");
        }
    }

    #[test]
    fn tags_that_were_changed_in_anki_count() {
        let question = BankQuestion {
            tags: vec!["x y".into(), "b".into()],
            topic: Some("My topic".into()),
            ..BankQuestion::default()
        };
        let found = |said: &[&str]| {
            let said: Vec<String> = said.iter().map(|tag| (*tag).to_owned()).collect();
            let found = NoteTags::find(&question, std::slice::from_ref(&question), &said);
            (found.tags.join("|"), found.topic.unwrap_or_default())
        };
        let expected = |tags: &str, topic: &str| (tags.to_owned(), topic.to_owned());
        assert_eq!(found(&["topic::my_topic", "X_Y", "b"]), expected("x y|b", "My topic"));
        assert_eq!(found(&["topic::My_topic", "x_y", "b", "leech"]), expected("x y|b|leech", "My topic"));
        assert_eq!(found(&["topic::New", "b"]), expected("b", "New"));
        assert_eq!(found(&[]), expected("", ""));
    }
}
