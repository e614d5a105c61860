//! Questions of several parts: pairs to match, items to put in order, statements that are true or false each.

use serde_json::{Map, Value};

use super::name::{FieldRole, words};
use super::option::{self, Options};
use super::question::AnswerShape;
use super::value::{lone_letter, named, same, scalar, truth, value_text};
use super::view::View;
use crate::bank::defect::Defect;
use crate::bank::lines::label::label;
use crate::bank::word_set::WordSet;

static PAIRS: WordSet = WordSet::new(
    "pairs pair matches match matching matchingpairs matchpairs mapping mappings associations paare zuordnung \
    zuordnungen parejas pares paires coppie abbinamenti пары соответствия 配对 連線",
);
static LEFT: WordSet = WordSet::new(
    "left lefts leftitems leftcolumn columna lista premises prompts terms stems links linkespalte gauche izquierda \
    sinistra esquerda слева 左 source sources",
);
static RIGHT: WordSet = WordSet::new(
    "right rights rightitems rightcolumn columnb listb responses definitions matches rechts rechtespalte droite \
    derecha destra direita справа 右 targets",
);
static ORDER: WordSet = WordSet::new(
    "correctorder correctsequence rightorder order sequence ordering correctordering answerorder reihenfolge \
    richtigereihenfolge orden ordencorrecto ordine ordinecorretto ordem ordemcorreta ordre порядок правильныйпорядок \
    正确顺序",
);
static ITEMS: WordSet = WordSet::new(
    "items steps elements events entries sentences parts options choices schritte elemente pasos elementos etapes \
    элементы 步骤",
);
static STATEMENTS: WordSet = WordSet::new(
    "statements statement assertions claims propositions subquestions aussagen behauptungen afirmaciones enunciados \
    affirmations affermazioni afirmacoes утверждения 陈述 判断",
);
/// What one half of a pair is called, and the other.
static HALVES: WordSet = WordSet::new(
    "left/right term/definition prompt/answer prompt/match question/answer key/value a/b premise/response item/match \
    source/target from/to first/second text/match subquestion/answer links/rechts izquierda/derecha gauche/droite \
    word/meaning concept/definition front/back",
);
static ORDERING: WordSet =
    WordSet::new("order sequenc sort rank reihenfolge sortier orden ordin ordre ordem порядок последоват 排序 順序");
static MATCHING: WordSet = WordSet::new("match pair zuordn association emparej abbina соответств 配对 连线");

/// Statements, each with whether it is true.
pub(super) fn statements(view: &View<'_>) -> Vec<(String, bool)> {
    let yes_no = view.is_kind(["yesno", "statements"]);
    let lists = view.named(STATEMENTS.iter()).or_else(|| view.named(ITEMS.iter()).filter(|_| yes_no));
    let Some((_, list)) = lists else { return sorted(view) };
    let one = |item: &Value| {
        let fields = item.as_object()?;
        let flag = fields
            .iter()
            .find(|(name, value)| FieldRole::from_name(name) == FieldRole::Answer && option::flag(value).is_some());
        let lone = || fields.iter().find(|(_, value)| value.is_boolean());
        let (name, right) = flag.or_else(lone).and_then(|(name, value)| Some((name, option::flag(value)?)))?;
        let texts = fields
            .iter()
            .filter(|(own, value)| *own != name && value.is_string() && FieldRole::from_name(own) != FieldRole::Id);
        let text = texts
            .filter(|(own, _)| FieldRole::from_name(own) != FieldRole::Explanation)
            .filter_map(|(_, value)| value_text(value))
            .next()?;
        Some((text, right))
    };
    let found: Option<Vec<(String, bool)>> = match list {
        Value::Array(items) => items.iter().map(one).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(text, right)| Some((text.clone(), option::flag(right)?))).collect()
        }
        _ => None,
    };
    found.unwrap_or_default()
}

/// Statements in two lists, of those that are true and those that are not (`true_statements`, `false_statements`).
fn sorted(view: &View<'_>) -> Vec<(String, bool)> {
    let list = |wanted: bool| {
        let lists = view.fields.iter().filter(move |(_, name, _)| {
            let words = words(name);
            words.len() > 1
                && words.iter().any(|word| STATEMENTS.contains(word.as_str()))
                && words.iter().any(|word| truth(word) == Some(wanted))
        });
        let items = lists.flat_map(|(.., value)| match value {
            Value::Array(items) => items.iter().collect::<Vec<_>>(),
            Value::Object(fields) => fields.values().collect(),
            _ => Vec::new(),
        });
        items.filter_map(value_text).map(move |text| (text, wanted)).collect::<Vec<_>>()
    };
    let (mut all, wrong) = (list(true), list(false));
    if all.is_empty() || wrong.is_empty() {
        return Vec::new();
    }
    all.extend(wrong);
    all
}

/// The first halves of pairs, and the second ones in the shape.
pub(super) fn paired(view: &View<'_>) -> Option<(Vec<String>, AnswerShape)> {
    let pairs =
        view.named(PAIRS.iter()).and_then(|(_, value)| pairs_of(value)).or_else(|| columns(view)).or_else(|| {
            // `answer: {dog: bark, cat: meow}` if the object names its kind
            let answer = view.all(FieldRole::Answer).find(|(.., value)| value.is_object() || value.is_array())?;
            pairs_of(answer.2).filter(|_| view.is_kind(MATCHING.iter()))
        });
    let items =
        || view.named(ITEMS.iter()).filter(|_| view.is_kind(MATCHING.iter())).and_then(|(_, value)| pairs_of(value));
    let pairs = pairs.or_else(items)?;
    let (firsts, seconds): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
    (firsts.len() > 1).then_some((firsts, AnswerShape::Match(seconds)))
}

/// Pairs as a map, as a list of lists of two, or of objects with two halves.
fn pairs_of(value: &Value) -> Option<Vec<(String, String)>> {
    match value {
        Value::Object(fields) => fields.iter().map(|(one, other)| Some((one.clone(), scalar(other)?))).collect(),
        Value::Array(items) => items.iter().map(pair).collect(),
        _ => None,
    }
}

fn pair(item: &Value) -> Option<(String, String)> {
    match item {
        Value::Array(two) => match &two[..] {
            [one, other] => Some((scalar(one)?, scalar(other)?)),
            _ => None,
        },
        Value::Object(fields) => {
            let halves =
                HALVES.pairs().find_map(|(one, other)| Some((named(fields, &[one])?, named(fields, &[other])?)));
            let texts = || {
                let mut texts = fields
                    .iter()
                    .filter(|(name, value)| value.is_string() && FieldRole::from_name(name) != FieldRole::Id);
                let (one, other) = (texts.next()?.1, texts.next()?.1);
                texts.next().is_none().then_some((one, other))
            };
            let single = || fields.iter().next().filter(|_| fields.len() == 1);
            match halves.or_else(texts) {
                Some((one, other)) => Some((value_text(one)?, value_text(other)?)),
                None => single().and_then(|(one, other)| Some((one.clone(), scalar(other)?))),
            }
        }
        Value::String(text) => {
            let (one, other) = ["->", "→", "=>", " - ", " – ", "="].iter().find_map(|sign| text.split_once(sign))?;
            Some((one.trim().to_owned(), other.trim().to_owned()))
        }
        _ => None,
    }
}

/// Two columns and a key that says what belongs to what.
fn columns(view: &View<'_>) -> Option<Vec<(String, String)>> {
    let list = |names: &WordSet| view.named(names.iter()).filter(|(_, value)| value.is_array() || value.is_object());
    let ((left_name, left), (right_name, right)) = (list(&LEFT)?, list(&RIGHT)?);
    let (left, right) = (unlabelled(option::options(left)?), unlabelled(option::options(right)?));
    let key = view.fields.iter().find(|(field, name, value)| {
        *field == FieldRole::Answer
            && *name != left_name
            && *name != right_name
            && (value.is_object() || value.is_array())
            || PAIRS.contains(words(name).concat().as_str()) && *name != right_name
    });
    let Some(key) = key else {
        // Without a key, entries in the same place belong together.
        let texts = |options: Options| options.options.into_iter().map(|option| option.text).collect::<Vec<_>>();
        let (left, right) = (texts(left), texts(right));
        let options = view.all(FieldRole::Options).any(|(_, name, _)| ![left_name, right_name].contains(name));
        return (left.len() == right.len() && !options).then(|| left.into_iter().zip(right).collect());
    };
    let places: Option<Vec<(usize, usize)>> = match key.2 {
        Value::Object(fields) => fields
            .iter()
            .map(|(one, other)| Some((place(&left, one, 0)?, place(&right, &scalar(other)?, 0)?)))
            .collect(),
        // The place of each one's other half, or pairs of places.
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            let numbers: Vec<Option<u64>> = items.iter().map(Value::as_u64).collect();
            let base = usize::from(!numbers.contains(&Some(0)));
            items.iter().enumerate().map(|(at, item)| Some((at, place(&right, &scalar(item)?, base)?))).collect()
        }
        Value::Array(items) => {
            let pairs: Option<Vec<(String, String)>> = items.iter().map(pair).collect();
            pairs?.iter().map(|(one, other)| Some((place(&left, one, 0)?, place(&right, other, 0)?))).collect()
        }
        _ => None,
    };
    let text = |options: &Options, place: usize| options.options.get(place).map(|option| option.text.clone());
    places?.into_iter().map(|(one, other)| Some((text(&left, one)?, text(&right, other)?))).collect()
}

/// Takes labels off options that all have one (`1. dog`): they are their names.
fn unlabelled(mut found: Options) -> Options {
    let labels: Option<Vec<(String, String)>> = found
        .options
        .iter()
        .map(|option| {
            let rest = label(&option.text).filter(|label| label.set_off && !label.rest.is_empty())?.rest;
            let name = option.text[..option.text.len() - rest.len()].chars().filter(|char| char.is_alphanumeric());
            Some((name.collect(), rest.to_owned()))
        })
        .collect();
    if let Some(labels) = labels.filter(|_| found.ids.is_empty()) {
        let (ids, texts): (Vec<String>, Vec<String>) = labels.into_iter().unzip();
        found.ids = ids;
        found.options.iter_mut().zip(texts).for_each(|(option, text)| option.text = text);
    }
    found
}

/// The defect of an object that is to be matched or put in order and does not give the solution.
pub(super) fn fault(view: &View<'_>) -> Option<Defect> {
    let flagged =
        || view.all(FieldRole::Options).any(|(.., value)| option::options(value).is_some_and(|found| found.flagged()));
    let lists = || view.fields.iter().any(|(.., value)| value.is_array() || value.is_object());
    match () {
        () if !lists() || flagged() => None,
        () if view.is_kind(MATCHING.iter()) => Some(Defect::NoPairs),
        () if view.is_kind(ORDERING.iter()) => Some(Defect::NoAnswer("name the right order, as `correct_order`")),
        () => None,
    }
}

/// The place of the option that a text names: by its name, by what it says, or by its place from `base`.
fn place(options: &Options, text: &str, base: usize) -> Option<usize> {
    let named = options.ids.iter().position(|id| id == text);
    let by_text = || options.options.iter().position(|option| same(&option.text, text));
    let counted = || text.parse::<usize>().ok()?.checked_sub(base).filter(|place| *place < options.options.len());
    let lettered = || lone_letter(text).filter(|place| *place < options.options.len());
    named.or_else(by_text).or_else(counted).or_else(lettered)
}

/// Items in their right order.
pub(super) fn ordered(view: &View<'_>) -> Option<(Vec<String>, AnswerShape)> {
    let kind = view.is_kind(ORDERING.iter());
    let list = |value: &Value| value.is_array() || value.is_object();
    let items = view
        .named(ITEMS.iter())
        .filter(|(_, value)| list(value))
        .and_then(|(name, value)| Some((name, option::options(value)?)));
    let order = view.named(ORDER.iter()).filter(|(_, value)| value.is_array());
    let order = order.or_else(|| {
        let answer =
            view.all(FieldRole::Answer).find(|(.., value)| value.is_array() || value.is_string()).filter(|_| kind)?;
        Some((answer.1, answer.2))
    });
    let (items, order) = match (items, order) {
        (Some((_, items)), Some((_, order))) => (items, order),
        // The items are already in order.
        (Some((_, items)), None) if kind && !items.flagged() => {
            return in_order(items.options.into_iter().map(|option| option.text).collect(), true);
        }
        (None, Some((name, order))) if kind || words(name).len() > 1 || alone(view, order) => {
            let texts = order.as_array()?.iter().map(value_text).collect::<Option<Vec<_>>>()?;
            return in_order(texts, false);
        }
        _ => return None,
    };
    let parts: Vec<String> = match order {
        Value::Array(places) => places.iter().map(scalar).collect::<Option<_>>()?,
        Value::String(text) => text
            .split([',', ';', '-', '>', ' '])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => return None,
    };
    let base = usize::from(!parts.iter().any(|place| place == "0"));
    let places: Vec<usize> = parts.iter().map(|text| place(&items, text, base)).collect::<Option<_>>()?;
    let mut all = places.clone();
    all.sort_unstable();
    all.dedup();
    if all.len() != items.options.len() || places.len() != all.len() {
        return None;
    }
    in_order(places.into_iter().map(|place| items.options[place].text.clone()).collect(), false)
}

/// Whether a list of texts is all that an object has to answer it.
fn alone(view: &View<'_>, order: &Value) -> bool {
    let text = |item: &Value| item.as_str().is_some_and(|text| text.parse::<f64>().is_err());
    let texts = order.as_array().is_some_and(|items| items.len() > 1 && items.iter().all(text));
    texts && view.all(FieldRole::Options).chain(view.all(FieldRole::Answer)).next().is_none()
}

fn in_order(texts: Vec<String>, written: bool) -> Option<(Vec<String>, AnswerShape)> {
    (texts.len() > 1).then_some((texts, AnswerShape::Order { written }))
}

/// Whether a map says of each of its names one text: what could be pairs, or cards.
pub(super) fn is_glossary(fields: &Map<String, Value>) -> bool {
    fields.len() > 1 && fields.values().all(|value| scalar(value).is_some())
}
