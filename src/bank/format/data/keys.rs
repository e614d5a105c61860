//! How the questions of a file are answered: each field that answers is read in one way for the whole file, and what two
//! fields say must agree.

use std::collections::HashMap;

use super::name::FieldRole;
use super::question::{AnswerShape, DataItem};
use super::value::{lone_letter, truth};
use crate::bank::KeyBase;
use crate::bank::defect::Defect;
use crate::bank::format::record::key;
use crate::bank::format::record::unlabel;
use crate::bank::word_set::WordSet;
use crate::bank::{Decision, Refusal};

/// What one field says: the places that it names in each question that has it.
struct KeyField {
    field: String,
    places: Vec<(usize, Option<Vec<usize>>)>,
    way: &'static str,
}

impl KeyField {
    fn resolved(&self) -> usize {
        self.places.iter().filter(|(_, places)| places.is_some()).count()
    }
}

/// A question whose answer is a letter and whose options are lost.
const CUT_OFF: Defect = Defect::NoOptions("give it its options: the answer names one of them");

/// Decides how the fields that answer are read, and marks the right options. Fails when the only field can be read in
/// two ways.
pub(super) fn settle(items: &mut [DataItem], given: Option<KeyBase>) -> Result<Vec<Decision>, Refusal> {
    let mut fields: Vec<String> = Vec::new();
    let mut asked: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter_mut().enumerate() {
        let AnswerShape::Choice { answers, .. } = &item.shape else { continue };
        for (field, _) in answers {
            if !asked.contains_key(field) {
                fields.push(field.clone());
            }
            asked.entry(field.clone()).or_default().push(at);
        }
        unlabel(&mut item.record.options);
    }
    let mut fields_read: Vec<KeyField> = Vec::new();
    let mut refused = None;
    for field in fields {
        let at = asked.remove(&field).unwrap_or_default();
        match read_field(items, &field, &at, given) {
            Ok(one) => fields_read.push(one),
            Err(refusal) => refused = Some((field, at, refusal)),
        }
    }
    if let Some((field, at, refusal)) = refused {
        // Another field may say which of the ways it is.
        match agreeing(items, &field, &at, &fields_read) {
            Some(one) => fields_read.push(one),
            None if fields_read.iter().any(|other| other.resolved() >= at.len()) => {}
            None => return Err(refusal),
        }
    }
    let most = fields_read.iter().map(KeyField::resolved).max().unwrap_or(0);
    fields_read.retain(|one| {
        let few = one.resolved() * 2 < one.places.len();
        !(few && (most > one.resolved() || !FieldRole::surely_answers(&one.field)))
    });
    let places = fields_read.iter().any(|one| one.way.starts_with("places"));
    mark(items, &fields_read);
    without_options(items, places);
    Ok(fields_read.iter().map(evidence).collect())
}

fn evidence(one: &KeyField) -> Decision {
    let ground = format!("it names options in {} of {} questions", one.resolved(), one.places.len());
    Decision::new("key", format!("`{}` holds {}", one.field, one.way)).because(ground, [])
}

fn texts<'a>(item: &'a DataItem, field: &str) -> Option<&'a Vec<String>> {
    let AnswerShape::Choice { answers, .. } = &item.shape else { return None };
    answers.iter().find(|(own, _)| own == field).map(|(_, texts)| texts)
}

/// Reads one field: by the names of the options, or by letters, places or texts.
fn read_field(items: &mut [DataItem], field: &str, at: &[usize], given: Option<KeyBase>) -> Result<KeyField, Refusal> {
    let named: Vec<(usize, Option<Vec<usize>>)> = at.iter().map(|at| (*at, by_name(&items[*at], field))).collect();
    let by_name = KeyField { field: field.to_owned(), places: named, way: "the names of options" };
    if given.is_none() && by_name.resolved() == at.len() {
        return Ok(by_name);
    }
    for at in at {
        items[*at].record.answer = texts(&items[*at], field).cloned().unwrap_or_default();
    }
    let records: Vec<_> = at.iter().map(|at| &items[*at].record).collect();
    let decided = key::decide(&records, given, None).map(|base| KeyField {
        field: field.to_owned(),
        places: at.iter().map(|at| (*at, base.places(&items[*at].record))).collect(),
        way: key::in_words(base),
    });
    match decided {
        Ok(by_base) if by_base.resolved() > by_name.resolved() || given.is_some() => Ok(by_base),
        Err(refusal) if by_name.resolved() * 10 < at.len() * 9 => Err(refusal),
        _ => Ok(by_name),
    }
}

/// The options that an answer names by their own names.
fn by_name(item: &DataItem, field: &str) -> Option<Vec<usize>> {
    let AnswerShape::Choice { ids, .. } = &item.shape else { return None };
    let place = |name: &str| {
        let name = name.trim().trim_matches(['(', ')', '.', '[', ']']);
        (!name.is_empty()).then(|| ids.iter().position(|id| id.trim().eq_ignore_ascii_case(name)))?
    };
    let each = |text: &String| {
        if let Some(place) = place(text) {
            return Some(vec![place]);
        }
        let parts = text.split([',', ';', '|', '/', ' ', '&']).filter(|part| !part.is_empty());
        let parted: Option<Vec<usize>> = parts.map(place).collect();
        let letters = || text.chars().map(|char| place(char.encode_utf8(&mut [0; 4]))).collect::<Option<Vec<usize>>>();
        parted.or_else(letters).filter(|places| !places.is_empty())
    };
    let mut places = texts(item, field)?.iter().map(each).collect::<Option<Vec<_>>>()?.concat();
    places.sort_unstable();
    places.dedup();
    Some(places)
}

/// A field that can be read in two ways, read in the one that agrees with the other fields.
fn agreeing(items: &mut [DataItem], field: &str, at: &[usize], fields_read: &[KeyField]) -> Option<KeyField> {
    let mut known: HashMap<usize, &Vec<usize>> = HashMap::new();
    for one in fields_read {
        known.extend(one.places.iter().filter_map(|(at, places)| Some((*at, places.as_ref()?))));
    }
    for at in at {
        items[*at].record.answer = texts(&items[*at], field).cloned().unwrap_or_default();
    }
    [KeyBase::Zero, KeyBase::One, KeyBase::Letter].into_iter().find_map(|base| {
        let way = key::in_words(base);
        let places: Vec<_> = at.iter().map(|at| (*at, base.places(&items[*at].record))).collect();
        let agree = places.iter().filter(|(at, places)| places.is_some() && places.as_ref() == known.get(at).copied());
        (agree.count() * 10 >= at.len() * 8).then(|| KeyField { field: field.to_owned(), places, way })
    })
}

/// Marks the right options. If two fields name different ones, the question is rejected.
fn mark(items: &mut [DataItem], fields_read: &[KeyField]) {
    let mut found: HashMap<usize, Option<Vec<usize>>> = HashMap::new();
    let mut broken: Vec<(usize, bool)> = Vec::new();
    for one in fields_read {
        for (at, places) in &one.places {
            let known = found.entry(*at).or_default();
            match (&known, places) {
                (Some(known), Some(places)) if known != places => broken.push((*at, true)),
                (Some(_), None) if one.resolved() * 10 >= one.places.len() * 9 => broken.push((*at, true)),
                (None, Some(places)) => *known = Some(places.clone()),
                _ => {}
            }
        }
    }
    for (at, places) in &found {
        let item = &mut items[*at];
        let flagged: Vec<usize> =
            (0..item.record.options.len()).filter(|place| item.record.options[*place].flagged).collect();
        match places {
            Some(places) if flagged.is_empty() => {
                let options = item.record.options.iter_mut().enumerate();
                options.filter(|(place, _)| places.contains(place)).for_each(|(_, option)| option.flagged = true);
            }
            Some(places) if *places != flagged => broken.push((*at, true)),
            None if flagged.is_empty() => broken.push((*at, false)),
            _ => {}
        }
    }
    for (at, conflict) in broken {
        items[at].shape = AnswerShape::Broken(if conflict { Defect::AnswersDiffer } else { Defect::NoSuchOption });
    }
    for item in items.iter_mut().filter(|item| !matches!(item.shape, AnswerShape::Broken(_))) {
        item.record.answer.clear();
    }
}

/// Decides what questions without options are: true or false, a word to type, a card, or one whose options are lost.
fn without_options(items: &mut [DataItem], places: bool) {
    let choices = items.iter().any(|item| matches!(item.shape, AnswerShape::Choice { .. }));
    let (mut truths, mut yes, mut no, mut typed) = (0_usize, false, false, 0_usize);
    let (mut letters, mut true_false) = (0_usize, 0_usize);
    for item in items.iter() {
        match &item.shape {
            AnswerShape::Truth { right, word } => {
                truths += 1;
                yes |= *right || word.is_none();
                no |= !*right || word.is_none();
            }
            AnswerShape::Typed { back, card: false } => {
                typed += 1;
                letters += usize::from(back.chars().count() == 1);
                true_false += usize::from(matches!(back.as_str(), "T" | "F" | "t" | "f"));
            }
            _ => {}
        }
    }
    let words = yes && no && truths * 2 >= typed;
    // If every answer is a letter, the options are somewhere else.
    let lost = letters == typed && typed > 1;
    let initials = true_false > 1 && true_false == letters;
    for item in items.iter_mut() {
        match &item.shape {
            // `yes` may be what a word means.
            AnswerShape::Truth { word: Some(word), .. }
                if !words && is_weak(word) && !is_statement(&item.record.stem) =>
            {
                item.shape = AnswerShape::Typed { back: word.clone(), card: false };
            }
            AnswerShape::Typed { back, card: false } if initials && matches!(back.as_str(), "T" | "F" | "t" | "f") => {
                item.shape = AnswerShape::Truth { right: truth(back) == Some(true), word: None };
            }
            AnswerShape::Typed { back, card: false } if refers(back, choices || lost, places) => {
                item.shape = AnswerShape::Broken(CUT_OFF);
            }
            _ => {}
        }
        // Short answers are typed if the file has choices; otherwise they are cards.
        if let AnswerShape::Typed { back, card } = &mut item.shape {
            *card |=
                !choices || back.chars().count() > 40 || back.contains('\n') || back.split_whitespace().count() > 4;
        }
    }
}

/// Whether a text is a sentence that may be true or not.
fn is_statement(stem: &str) -> bool {
    stem.ends_with(['.', '。', '।']) && (stem.split_whitespace().count() > 2 || !stem.is_ascii())
}

/// Words that say nothing but true or false.
static STRONG: WordSet = WordSet::new("true false wahr falsch vrai faux verdadero falso vero verdadeiro верно неверно");

/// Words that say yes or no to a question, and mean something else in a list of words.
fn is_weak(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    !STRONG.contains(&word) && !"正确错误对错√×✓✗✔✘".contains(word.as_str())
}

/// Whether an answer is a letter or a place, so that the options of the question are lost.
fn refers(back: &str, picked: bool, places: bool) -> bool {
    let letter = |part: &str| lone_letter(part).is_some_and(|place| place < 8);
    let parts = || back.split([',', ' ', ';']).filter(|part| !part.is_empty());
    let number = || back.parse::<usize>().is_ok_and(|number| number < 8);
    picked && (parts().all(letter) || (places && number()))
}
