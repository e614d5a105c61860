//! The way through data to its questions: lists of objects at any depth, maps whose names are topics or questions, tables in
//! columns, and maps from question to answer.

use serde_json::{Map, Value};

use super::item;
use super::learned::Learned;
use super::name::{FieldRole, is_list, words};
use super::option;
use super::pairs::is_glossary;
use super::question::{AnswerShape, DataItem};
use super::rows;
use super::value::{named, scalar, value_text};
use super::view::View;
use crate::bank::format::record::Record;
use crate::bank::word_set::WordSet;

/// What the title of a chapter is called.
const TITLE: [&str; 12] =
    ["title", "name", "titel", "titulo", "titre", "titolo", "nombre", "nome", "nom", "название", "标题", "heading"];

/// The surroundings of a value.
#[derive(Clone, Debug, Default)]
struct Around {
    /// Titles, the outermost first; the first one is the title of the whole.
    topics: Vec<String>,
    /// A text to which the questions in it refer.
    passage: Option<String>,
    /// The name of the field that holds the value.
    name: Option<String>,
    /// The number of objects and lists around it.
    depth: usize,
}

/// Walks through data and gathers its questions.
#[derive(Debug)]
pub(super) struct Walk<'l> {
    learned: &'l Learned,
    pub(super) items: Vec<DataItem>,
}

impl<'l> Walk<'l> {
    pub(super) fn new(learned: &'l Learned) -> Self {
        Self { learned, items: Vec::new() }
    }

    /// Walks through one document.
    pub(super) fn document(&mut self, value: &Value) {
        // A list has no title.
        let topics = if value.is_array() { vec![String::new()] } else { Vec::new() };
        self.value(value, &Around { topics, ..Around::default() });
    }

    /// Whether the value itself was an item.
    fn value(&mut self, value: &Value, around: &Around) -> bool {
        match value {
            Value::Array(items) => self.list(items, around),
            Value::Object(fields) => return self.object(fields, around),
            _ => {}
        }
        false
    }

    fn list(&mut self, items: &[Value], around: &Around) {
        if let Some(rows) = rows::of_lists(items) {
            rows.iter().for_each(|row| self.add_items(item::read_object(row, None, self.learned), around));
            return;
        }
        // Unknown objects among questions are reported; those in other lists are not.
        let (start, mut asked, mut unknown) = (self.items.len(), false, false);
        for item in items {
            let before = self.items.len();
            let inner = Around { depth: around.depth + 1, ..around.clone() };
            let direct = self.value(item, &inner);
            asked |= direct && self.items[before..].iter().any(|item| item.shape.asks());
            if self.items.len() == before && !item.is_null() {
                unknown = true;
                let anchor = first_text(item).unwrap_or_default();
                self.items.push(DataItem {
                    shape: AnswerShape::Unknown,
                    anchor,
                    depth: around.depth,
                    ..DataItem::default()
                });
            }
        }
        if unknown && !asked {
            let mut tail = self.items.split_off(start);
            tail.retain(|item| !(matches!(item.shape, AnswerShape::Unknown) && item.depth == around.depth));
            self.items.append(&mut tail);
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, around: &Around) -> bool {
        if let Some(rows) = rows::of_columns(fields) {
            let inner = self.inside(fields, around);
            rows.iter().for_each(|row| self.add_items(item::read_object(row, None, self.learned), &inner));
            return false;
        }
        let named = around.name.as_deref().filter(|name| is_question(name) || self.asks_nothing(fields, name));
        // What has a title and a list of questions is no question itself.
        let found = if holds_questions(fields) { Vec::new() } else { item::read_object(fields, named, self.learned) };
        let bare = matches!(&found[..], [DataItem { shape: AnswerShape::Bare | AnswerShape::Open, .. }]);
        if !found.is_empty() && !bare {
            self.add_items(found, around);
            return true;
        }
        let before = self.items.len();
        let mut inner = self.inside(fields, around);
        if let [bare] = &found[..] {
            // A question that only says what those below it are about.
            inner.passage = Some(bare.record.stem.clone());
        }
        self.fields(fields, &inner, around.name.as_deref());
        if bare && self.items.len() == before {
            self.add_items(found, around);
            return true;
        }
        false
    }

    /// Whether an object has an answer but no question, so that its name may be the question.
    fn asks_nothing(&self, fields: &Map<String, Value>, name: &str) -> bool {
        let view = View::new(fields, self.learned);
        let has = |field: FieldRole| view.all(field).next().is_some();
        let asks = [FieldRole::Question, FieldRole::Text, FieldRole::Front].into_iter().any(has);
        !asks && has(FieldRole::Back) && !is_list(name) && name.parse::<u64>().is_err()
    }

    fn fields(&mut self, fields: &Map<String, Value>, around: &Around, name: Option<&str>) {
        if self.glossary(fields, around, name) {
            return;
        }
        for (name, value) in fields {
            match value {
                Value::Array(items)
                    if is_question(name) && items.len() > 1 && items.iter().all(|item| scalar(item).is_some()) =>
                {
                    let Some(found) = option::options(value) else { continue };
                    let record = Record { stem: name.trim().to_owned(), options: found.options, ..Record::default() };
                    let shape = AnswerShape::Choice { ids: Vec::new(), answers: Vec::new() };
                    self.add_items(vec![DataItem { record, shape, anchor: name.clone(), depth: 0 }], around);
                }
                Value::Array(_) | Value::Object(_) => {
                    let inner = Around { name: Some(name.clone()), depth: around.depth + 1, ..around.clone() };
                    self.value(value, &inner);
                }
                _ => {}
            }
        }
    }

    /// Adds the cards of a map from question to answer; false if it is no such map.
    fn glossary(&mut self, fields: &Map<String, Value>, around: &Around, name: Option<&str>) -> bool {
        if !is_glossary(fields) || !(asks(fields) || vocabulary(fields, name)) {
            return false;
        }
        for (front, back) in fields {
            let Some(back) = value_text(back) else { continue };
            let record = Record { stem: front.trim().to_owned(), ..Record::default() };
            let shape = AnswerShape::Typed { back, card: true };
            self.add_items(vec![DataItem { record, shape, anchor: front.clone(), depth: 0 }], around);
        }
        true
    }

    /// The surroundings of the fields of an object that is no question.
    fn inside(&self, fields: &Map<String, Value>, around: &Around) -> Around {
        let text = |name: &&str| named(fields, &[name]).and_then(scalar);
        let topic = || {
            fields
                .iter()
                .find(|(name, _)| FieldRole::from_name(name) == FieldRole::Topic)
                .and_then(|(_, value)| scalar(value))
        };
        let own = ["topic", "category", "chapter"].iter().chain(&TITLE).find_map(text).or_else(topic);
        let field = around.name.clone().filter(|name| !is_list(name) && name.parse::<u64>().is_err());
        let mut topics = around.topics.clone();
        topics.push(own.or(field).unwrap_or_default());
        let passage = View::new(fields, self.learned).text(FieldRole::Passage).or_else(|| around.passage.clone());
        Around { topics, passage, name: None, depth: around.depth + 1 }
    }

    /// Adds questions with their topics and passages.
    fn add_items(&mut self, items: Vec<DataItem>, around: &Around) {
        let listed =
            around.name.as_deref().filter(|name| !is_list(name) && !is_question(name) && name.parse::<u64>().is_err());
        for mut item in items {
            if item.record.topic.is_none() {
                let mut path: Vec<&str> = around.topics.iter().map(String::as_str).chain(listed).collect();
                if path.iter().filter(|name| !name.is_empty()).count() > 1 {
                    path.remove(0);
                }
                path.retain(|name| !name.is_empty());
                path.dedup();
                item.record.topic = (!path.is_empty()).then(|| path.join("::"));
            }
            if let Some(passage) = around.passage.as_ref().filter(|passage| **passage != item.record.stem) {
                item.record.stem = format!("{passage}\n\n{}", item.record.stem);
            }
            self.items.push(item);
        }
    }
}

/// Whether an object asks nothing itself and holds a list of objects that do.
fn holds_questions(fields: &Map<String, Value>) -> bool {
    let asks = |name: &String| matches!(FieldRole::from_name(name), FieldRole::Question | FieldRole::Front);
    let answers =
        |name: &String| matches!(FieldRole::from_name(name), FieldRole::Options | FieldRole::Answer | FieldRole::Back);
    let question = |item: &Value| {
        item.as_object().is_some_and(|inner| inner.keys().any(asks) || (inner.keys().any(answers) && inner.len() > 2))
    };
    let own = fields.iter().any(|(name, value)| asks(name) && value.is_string());
    !own && fields.iter().any(|(name, value)| {
        is_list(name)
            && !matches!(FieldRole::from_name(name), FieldRole::Options | FieldRole::Answer)
            && value.as_array().is_some_and(|items| items.iter().take(3).any(question))
    })
}

/// The first text in a value, by which it is found.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => fields.values().find_map(|value| value.as_str().map(str::to_owned)),
        other => scalar(other),
    }
}

/// Whether a name is a question: several words, or a sign that asks.
pub(super) fn is_question(name: &str) -> bool {
    let name = name.trim();
    let asks = name.ends_with(['?', '？', '؟']);
    asks || name.split_whitespace().count() > 2
        || (!name.is_ascii() && name.chars().count() > 7 && words(name).len() < 4)
}

/// Whether the names of a map are questions.
fn asks(fields: &Map<String, Value>) -> bool {
    let asking = fields.iter().filter(|(name, value)| is_question(name) && value.is_string());
    asking.count() * 10 >= fields.len() * 6
}

static WORD_LISTS: WordSet = WordSet::new(
    "cards flashcards vocabulary vocab words wordlist glossary terms definitions dictionary vokabeln karten worter \
    glossar vocabulario palabras tarjetas glosario vocabulaire mots cartes vocabolario parole glossario palavras слова \
    словарь карточки 单词 词汇 生词 単語 단어 slowka slovicka kelimeler woorden facts qa faq",
);

/// Names of settings of programs and packages.
static SETTINGS: WordSet = WordSet::new(
    "version license author url homepage description main type id host port path email password user username lang \
    language locale date timezone encoding level status message error ok cancel title name role content",
);

/// Whether a map is a list of words with what they mean: no settings, versions or messages of a program.
fn vocabulary(fields: &Map<String, Value>, name: Option<&str>) -> bool {
    let listed = name.is_some_and(|name| WORD_LISTS.contains(&words(name).concat()));
    let most = match name {
        _ if listed => 2,
        None => 5,
        Some(_) => return false,
    };
    let word = |text: &str| {
        text.chars().any(char::is_alphabetic)
            && !text.contains(['_', '/', '\\', '$', '@', '{', '<', '^', '~'])
            && !text.contains("://")
    };
    // `appName` and `build.dir` are names of a program, `version` and `license` those of a package.
    let humps = |text: &str| {
        text.chars().zip(text.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase())
    };
    let program = |name: &str| {
        humps(name) || (name.contains(['.', '-']) && !name.contains(' ')) || SETTINGS.contains(&name.to_lowercase())
    };
    fields.len() >= most
        && fields.iter().all(|(name, value)| word(name) && value.as_str().is_some_and(word))
        && !fields.keys().any(|name| program(name))
}
