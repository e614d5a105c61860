//! The roles of fields with unknown names, learned from the values of the whole file: a list of short texts next to a
//! long text, and a value that equals one of the list.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::name::FieldRole;
use super::option;
use super::value::{lone_letter, same, scalar};
use crate::bank::Decision;

/// Fields of an object beyond these are not compared.
const MOST_FIELDS: usize = 40;
/// Objects beyond these say nothing new.
const MOST_OBJECTS: usize = 5_000;

/// A text without a question mark asks only if it has this many letters.
const LONG: usize = 12;

/// The fields whose role the values reveal.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Learned {
    pub(super) question: Option<String>,
    pub(super) options: Option<String>,
    pub(super) answer: Option<String>,
    /// The number of objects whose answer is one of the options, and of those that have both.
    seen: (usize, usize),
}

impl Learned {
    /// The role of a field of this name, if its values reveal one.
    pub(super) fn field(&self, name: &str) -> Option<FieldRole> {
        let is = |known: &Option<String>| known.as_deref() == Some(name);
        match () {
            () if is(&self.question) => Some(FieldRole::Question),
            () if is(&self.options) => Some(FieldRole::Options),
            () if is(&self.answer) => Some(FieldRole::Answer),
            () => None,
        }
    }

    /// The decision, as `--explain` prints it.
    pub(super) fn evidence(&self) -> Option<Decision> {
        let (question, options, answer) = (self.question.as_ref()?, self.options.as_ref()?, self.answer.as_ref()?);
        let decision = format!("`{question}` asks, `{options}` holds the options and `{answer}` the right one");
        let (hits, all) = self.seen;
        let ground = format!("`{answer}` names one of `{options}` in {hits} of {all} objects");
        Some(Decision::new("fields", decision).because(ground, []))
    }
}

/// Counts of a field that holds a list, and of one that may name an entry of it.
#[derive(Debug, Default)]
struct FieldPair {
    both: usize,
    equal: usize,
    letters: usize,
    distinct: Vec<String>,
}

#[derive(Debug, Default)]
struct Counts<'a> {
    pairs: HashMap<(&'a str, &'a str), FieldPair>,
    /// Of each text: how often it accompanies a list, its total length, and how often it asks.
    texts: HashMap<(&'a str, &'a str), (usize, usize, usize)>,
    /// Of each list: in how many objects, and how long its texts are in all.
    lists: HashMap<&'a str, (usize, usize)>,
    objects: usize,
}

pub(super) fn learn<'a>(values: impl Iterator<Item = &'a Value>) -> Learned {
    let mut counts = Counts::default();
    let mut rest: Vec<&Value> = values.collect();
    rest.reverse();
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items.iter().rev().filter(|item| item.is_array() || item.is_object())),
            Value::Object(fields) => {
                if counts.objects >= MOST_OBJECTS {
                    break;
                }
                count(fields, &mut counts);
                rest.extend(fields.values().rev().filter(|item| item.is_array() || item.is_object()));
            }
            _ => {}
        }
    }
    counts.decide()
}

fn count<'a>(fields: &'a Map<String, Value>, counts: &mut Counts<'a>) {
    counts.objects += 1;
    let known = |name: &str| FieldRole::from_name(name);
    let fields: Vec<(&str, &Value)> =
        fields.iter().take(MOST_FIELDS).map(|(name, value)| (name.as_str(), value)).collect();
    for (list, value) in fields.iter().filter(|(_, value)| value.is_array() || value.is_object()) {
        if !matches!(known(list), FieldRole::Other | FieldRole::Options | FieldRole::Answer) {
            continue;
        }
        let Some(found) = option::options(value).filter(|found| (2..=12).contains(&found.options.len())) else {
            continue;
        };
        let length: usize =
            found.options.iter().map(|option| option.text.chars().count()).sum::<usize>() / found.options.len();
        let of_list = counts.lists.entry(list).or_default();
        of_list.0 += 1;
        of_list.1 += length;
        for (name, value) in fields.iter().filter(|(name, _)| name != list) {
            let Some(text) = scalar(value) else { continue };
            if value.is_string()
                && matches!(known(name), FieldRole::Other | FieldRole::Text | FieldRole::Question | FieldRole::Front)
            {
                let of_text = counts.texts.entry((list, name)).or_default();
                of_text.0 += 1;
                of_text.1 += text.chars().count();
                of_text.2 += usize::from(text.ends_with(['?', '？', '؟', ':', '：']));
            }
            if !matches!(known(name), FieldRole::Other | FieldRole::Answer | FieldRole::Text) {
                continue;
            }
            let pair = counts.pairs.entry((list, name)).or_default();
            pair.both += 1;
            pair.equal +=
                usize::from(found.options.iter().any(|option| same(&option.text, &text)) || found.ids.contains(&text));
            if value.is_string() && lone_letter(&text).is_some_and(|place| place < found.options.len()) {
                pair.letters += 1;
                if pair.distinct.len() < 2 && !pair.distinct.contains(&text) {
                    pair.distinct.push(text);
                }
            }
        }
    }
}

impl Counts<'_> {
    fn decide(&self) -> Learned {
        let likely = |pair: &&FieldPair| {
            let equal = pair.equal > 1 && pair.equal * 10 >= pair.both * 6;
            equal || (pair.letters == pair.both && pair.both > 2 && pair.distinct.len() > 1)
        };
        let best = self.pairs.iter().filter(|(_, pair)| likely(pair)).max_by_key(|((list, name), pair)| {
            let named =
                (FieldRole::from_name(list) == FieldRole::Options, FieldRole::from_name(name) == FieldRole::Answer);
            (named, pair.equal.max(pair.letters), std::cmp::Reverse((*list, *name)))
        });
        let options = match best {
            Some(((list, _), _)) => Some(*list),
            None => self
                .lists
                .iter()
                .filter(|(_, (count, _))| *count > 1)
                .max_by_key(|(list, (count, _))| (*count, std::cmp::Reverse(**list)))
                .map(|(list, _)| *list),
        };
        let answer = best.map(|((_, name), _)| *name);
        let question = options.and_then(|list| {
            let (count, length) = self.lists.get(list).copied().unwrap_or_default();
            let asks = |&(number, long, asks): &(usize, usize, usize)| {
                let long_enough = long >= number * LONG && long * count > length * number;
                number * 2 > count && (asks * 2 > number || long_enough)
            };
            let named = |name: &str| FieldRole::from_name(name) == FieldRole::Question;
            let texts = self
                .texts
                .iter()
                .filter(|((own, name), texts)| *own == list && Some(*name) != answer && (named(name) || asks(texts)));
            texts
                .max_by_key(|((_, name), (number, long, asks))| {
                    (
                        FieldRole::from_name(name) == FieldRole::Question,
                        asks * 2 > *number,
                        long / number.max(&1),
                        std::cmp::Reverse(*name),
                    )
                })
                .map(|((_, name), _)| *name)
        });
        // A list without a text that asks does not hold options.
        if question.is_none() {
            return Learned::default();
        }
        let owned = |name: Option<&str>| name.map(str::to_owned);
        Learned {
            question: owned(question),
            options: owned(options),
            answer: owned(answer),
            seen: best.map_or((0, 0), |(_, pair)| (pair.equal.max(pair.letters), pair.both)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Learned {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        learn([&value].into_iter())
    }

    #[test]
    fn fields_are_learned_from_their_values() {
        let found = of(r#"[{"sprox": "Which of these is warm?", "blib": ["ice", "fire"], "wug": "fire", "n": 1},
                {"sprox": "Which of these is cold?", "blib": ["ice", "fire"], "wug": "ice", "n": 2}]"#);
        assert_eq!(
            (found.question.as_deref(), found.options.as_deref(), found.answer.as_deref()),
            (Some("sprox"), Some("blib"), Some("wug"))
        );
        assert_eq!(found.field("wug"), Some(FieldRole::Answer));
    }

    #[test]
    fn without_a_key_none_is_made_up() {
        let found = of(r#"[{"sprox": "Which of these is warm?", "blib": ["ice", "fire"], "wug": 7},
                {"sprox": "Which of these is cold?", "blib": ["ice", "fire"], "wug": 7}]"#);
        assert_eq!(
            (found.question.as_deref(), found.options.as_deref(), found.answer),
            (Some("sprox"), Some("blib"), None)
        );
        let posts = of(r#"[{"title": "On ice, and what it is", "tags": ["ice", "cold"], "category": "ice"},
                {"title": "On fire, and what it is", "tags": ["fire", "warm"], "category": "warm"}]"#);
        assert_eq!(posts, Learned::default());
    }
}
