//! The options of a record: a list of texts or objects, a map, or one text that parts them.

use serde_json::{Map, Value};

use super::value::{named, scalar, truth, value_text};
use crate::bank::format::record::{RecordOption, inline, list};
use crate::bank::word_set::WordSet;

/// The options of a record, and their own names (`{"id": "b", …}`, the names of a map).
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) options: Vec<RecordOption>,
    /// A name for each option, or none at all.
    pub(super) ids: Vec<String>,
}

impl Options {
    /// Whether an option says itself that it is right.
    pub(super) fn flagged(&self) -> bool {
        self.options.iter().any(|option| option.flagged)
    }

    fn from_pairs(options: Vec<(Option<String>, RecordOption)>) -> Self {
        let ids: Option<Vec<String>> = options.iter().map(|(id, _)| id.clone()).collect();
        Self { ids: ids.unwrap_or_default(), options: options.into_iter().map(|(_, option)| option).collect() }
    }
}

/// The options in a value, if it holds any.
pub(super) fn options(value: &Value) -> Option<Options> {
    match value {
        Value::Array(items) => items.iter().map(option).collect::<Option<Vec<_>>>().map(Options::from_pairs),
        Value::Object(fields) => map(fields),
        Value::String(text) => {
            let parted = inline::options(text)
                .or_else(|| inline::in_line(&format!(": {text} ")).map(|(_, options)| options))
                .unwrap_or_else(|| list::options(text));
            (parted.len() > 1).then(|| Options { options: parted, ids: Vec::new() })
        }
        _ => None,
    }
}

fn map(fields: &Map<String, Value>) -> Option<Options> {
    // `{"text": […], "label": […]}`, with letters, or with 1 for what is right
    if let Some(texts) = named(fields, &["text", "texts", "choices", "options"]).and_then(Value::as_array) {
        let mut found = Options::from_pairs(texts.iter().map(option).collect::<Option<Vec<_>>>()?);
        let labels = named(fields, &["label", "labels", "id", "ids", "key"]).and_then(Value::as_array);
        let labels: Vec<&Value> = labels.into_iter().flatten().collect();
        if labels.len() == found.options.len() {
            let flags = labels.iter().all(|label| label.is_boolean() || matches!(label.as_u64(), Some(0 | 1)));
            for (option, label) in found.options.iter_mut().zip(&labels) {
                option.flagged |= flags && (label.as_u64() == Some(1) || **label == Value::Bool(true));
            }
            found.ids = if flags { Vec::new() } else { labels.into_iter().filter_map(scalar).collect() };
        }
        return Some(found);
    }
    let flags = fields.values().all(Value::is_boolean);
    let of = |(name, value): (&String, &Value)| match value {
        Value::Bool(right) if flags => Some((None, RecordOption::new(name, *right))),
        // A map whose options are objects, or texts.
        Value::Object(_) => option(value).map(|(_, option)| (Some(name.clone()), option)),
        other => Some((Some(name.clone()), RecordOption::new(&scalar(other)?, false))),
    };
    let filled = fields.iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    filled.map(of).collect::<Option<Vec<_>>>().map(Options::from_pairs)
}

static RIGHT: WordSet = WordSet::new(
    "correct iscorrect right isright istrue isanswer answer valid score fraction weight correcta richtig korrekt \
    correto correta juste vrai corretta верно правильный правильно 正确 poprawna",
);
static WRONG: WordSet = WordSet::new("wrong incorrect false falsch distractor");
static ID: WordSet =
    WordSet::new("id key letter identifier optionid label code value index option no number 序号 字母");
static TEXT: WordSet = WordSet::new(
    "text answer optiontext answertext option content body label title choice value name texto texte testo respuesta \
    antwort reponse risposta resposta текст ответ 内容 选项内容",
);

/// One option, and its own name.
fn option(item: &Value) -> Option<(Option<String>, RecordOption)> {
    let fields = match item {
        // A missing text is reported as an empty option.
        Value::Null => return Some((None, RecordOption::default())),
        Value::Array(pair) => {
            // `["Mars", false]`
            let [text, Value::Bool(right)] = &pair[..] else { return None };
            return scalar(text).map(|text| (None, RecordOption::new(&text, *right)));
        }
        Value::Object(fields) => fields,
        other => {
            return Some((
                None,
                scalar(other).map_or_else(RecordOption::default, |text| RecordOption::new(&text, false)),
            ));
        }
    };
    if let Some(single) = single(fields) {
        return Some(single);
    }
    let (name, text) = text_of(fields)?;
    let flagged = RIGHT.iter().filter_map(|name| named(fields, &[name])).find_map(flag);
    // The only field that says yes or no says whether it is right.
    let lone = || {
        let mut flags = fields.values().filter_map(Value::as_bool);
        flags.next().filter(|_| flags.next().is_none())
    };
    let id = ID.iter().find_map(|id| {
        let found = fields.iter().find(|(own, _)| super::name::words(own).concat() == *id && **own != name);
        found.and_then(|(_, value)| scalar(value).filter(|_| !value.is_boolean()))
    });
    let feedback = named(fields, &["feedback", "explanation", "rationale", "comment", "reason"]).and_then(value_text);
    let option = RecordOption { feedback, ..RecordOption::new(&text, flagged.or_else(lone).unwrap_or(false)) };
    Some((id, option))
}

/// `{"correct": "Saturn"}`, `{"B": "Saturn"}`, `{"Saturn": true}`
fn single(fields: &Map<String, Value>) -> Option<(Option<String>, RecordOption)> {
    let (name, value) = fields.iter().next().filter(|_| fields.len() == 1)?;
    if let Value::Bool(right) = value {
        return Some((None, RecordOption::new(name, *right)));
    }
    let text = scalar(value)?;
    let folded = super::name::words(name).concat();
    if RIGHT.contains(folded.as_str()) && folded != "answer" {
        return Some((None, RecordOption::new(&text, true)));
    }
    if WRONG.contains(folded.as_str()) || TEXT.contains(folded.as_str()) {
        return Some((None, RecordOption::new(&text, false)));
    }
    (name.chars().count() < 3).then(|| (Some(name.clone()), RecordOption::new(&text, false)))
}

/// The field with the text of an option. A letter is only its name if another field is longer.
fn text_of(fields: &Map<String, Value>) -> Option<(String, String)> {
    let known = TEXT.iter().filter_map(|name| {
        let (own, value) = fields.iter().find(|(own, _)| super::name::words(own).concat() == *name)?;
        Some((own.clone(), value_text(value).filter(|_| !value.is_boolean())?))
    });
    let mut known: Vec<(String, String)> = known.collect();
    if known.is_empty() {
        let named = fields
            .iter()
            .filter(|(own, value)| value.is_string() && !ID.contains(super::name::words(own).concat().as_str()));
        // `option_text`, `txt`
        let likely = |name: &str| super::name::words(name).iter().any(|word| TEXT.contains(word.as_str()));
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(own, _)| !likely(own));
        known.extend(named.first().and_then(|(own, value)| Some(((*own).clone(), value_text(value)?))));
    }
    let short = |text: &str| text.chars().count() < 3;
    let at = if known.first().is_some_and(|(_, text)| short(text)) {
        known.iter().position(|(name, text)| !short(text) || name == "text").unwrap_or(0)
    } else {
        0
    };
    (at < known.len()).then(|| known.swap_remove(at))
}

/// Whether a value marks an option as right or wrong, if it does either.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(right) => Some(*right),
        Value::Number(weight) => weight.as_f64().map(|weight| weight > 0.0),
        Value::String(word) if word == "1" || word == "0" => Some(word == "1"),
        // A weight that is kept as it is written (`1.00`).
        Value::String(word) if word.contains('.') && word.parse::<f64>().is_ok_and(f64::is_finite) => {
            word.parse::<f64>().ok().map(|weight| weight > 0.0)
        }
        Value::String(word) => truth(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Vec<String>, Vec<usize>, Vec<String>) {
        let found = options(&serde_json::from_str(json).unwrap_or_default()).unwrap_or_default();
        let right = (0..found.options.len()).filter(|place| found.options[*place].flagged).collect();
        (found.options.into_iter().map(|option| option.text).collect(), right, found.ids)
    }

    #[test]
    fn options_are_written_in_many_ways() {
        for (json, right, ids) in [
            (r#"["Mars", "Saturn"]"#, vec![], ""),
            (r#"["Mars", {"correct": "Saturn"}]"#, vec![1], ""),
            (r#"[["Mars", false], ["Saturn", true]]"#, vec![1], ""),
            (r#"{"Mars": false, "Saturn": true}"#, vec![1], ""),
            (r#"{"A": "Mars", "B": "Saturn"}"#, vec![], "AB"),
            (r#"[{"A": "Mars"}, {"B": "Saturn"}]"#, vec![], "AB"),
            (r#"[{"label": "A", "text": "Mars"}, {"label": "B", "text": "Saturn"}]"#, vec![], "AB"),
            (r#"[{"label": "Mars", "value": "a"}, {"label": "Saturn", "value": "b"}]"#, vec![], "ab"),
            (r#"[{"txt": "Mars", "ok": false}, {"txt": "Saturn", "ok": true}]"#, vec![1], ""),
            (
                r#"[{"option_text": "Mars", "is_correct": "no"}, {"option_text": "Saturn", "is_correct": "yes"}]"#,
                vec![1],
                "",
            ),
            (r#"{"text": ["Mars", "Saturn"], "label": ["A", "B"]}"#, vec![], "AB"),
            (r#"{"choices": ["Mars", "Saturn"], "labels": [0, 1]}"#, vec![1], ""),
            (r#""A. Mars\nB. Saturn""#, vec![], ""),
            (r#""Mars | Saturn""#, vec![], ""),
        ] {
            let (texts, flagged, names) = read(json);
            assert_eq!((texts.join("+"), flagged, names.concat()), ("Mars+Saturn".into(), right, ids.into()), "{json}");
        }
    }
}
