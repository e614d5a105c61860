//! Values of data as texts.

use serde_json::{Map, Value};

use super::name::words;
use crate::bank::lines::place_of_letter;
use crate::bank::word_set::WordSet;

/// Names under which an object says its text, likeliest first.
static SAID: WordSet = WordSet::new(
    "text answer option content body label title answertext optiontext choice value name texto texte testo текст 内容 \
    html",
);

/// The text of a value; `None` for an empty one, and for a list or an object without a text.
pub(super) fn value_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Object(fields) => return inner(fields),
        // Lines of a text.
        Value::Array(items) if !items.is_empty() => {
            let lines: Option<Vec<&str>> = items.iter().map(|item| item.as_str().map(str::trim_end)).collect();
            lines?.join("\n").trim().to_owned()
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// What a single value says: neither a list nor an object.
pub(super) fn scalar(value: &Value) -> Option<String> {
    if value.is_array() || value.is_object() { None } else { value_text(value) }
}

fn inner(fields: &Map<String, Value>) -> Option<String> {
    let named = SAID.iter().find_map(|name| named(fields, &[name]).and_then(scalar));
    // Texts in several languages: the first of them.
    let translated =
        || fields.iter().find(|(name, _)| super::name::is_language(name)).and_then(|(_, text)| scalar(text));
    named.or_else(translated)
}

/// The field with one of these names, ignoring punctuation.
pub(super) fn named<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        fields.iter().find(|(own, value)| !value.is_null() && words(own).concat() == *name).map(|(_, value)| value)
    })
}

static TRUE: WordSet = WordSet::new(
    "true t yes y right correct wahr richtig ja stimmt vrai oui verdadero cierto sí si vero sì verdadeiro certo sim \
    верно да правда истина правильно так 正确 對 对 是 正しい はい 참 맞음 예 prawda tak pravda ano doğru evet waar juist sant rätt \
    sandt oikein adevărat igaz σωστό נכון صح صحيح सही đúng benar √ ✓ ✔ ○ o",
);
static FALSE: WordSet = WordSet::of_phrases(
    "false, f, no, n, wrong, incorrect, falsch, nein, faux, non, falso, не верно, неверно, нет, ложь, неправильно, ні, \
    неправда, não, nao, errado, incorrecto, 错误, 错, 錯, 否, 誤り, 間違い, いいえ, 거짓, 틀림, 아니오, fałsz, nie, nepravda, ne, yanlış, \
    hayır, onwaar, onjuist, nee, falskt, fel, nej, väärin, fals, hamis, λάθος, לא נכון, خطأ, गलत, sai, salah, ×, ✗, ✘, \
    ❌, x",
);

/// Whether a word says yes or no, in many languages.
pub(super) fn truth(word: &str) -> Option<bool> {
    let word = word.trim().trim_end_matches(['.', '。', '!']).to_lowercase();
    match () {
        () if TRUE.contains(&word) => Some(true),
        () if FALSE.contains(&word) => Some(false),
        () => None,
    }
}

/// The place that a letter alone names.
pub(super) fn lone_letter(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    chars.next().and_then(place_of_letter).filter(|_| chars.next().is_none())
}

/// Whether two texts are equal except for case and white space.
pub(super) fn same(one: &str, other: &str) -> bool {
    let folded = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    one == other || folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Option<String> {
        value_text(&serde_json::from_str(json).unwrap_or_default())
    }

    #[test]
    fn values_say_their_texts() {
        assert_eq!(of("\" x \"").as_deref(), Some("x"));
        assert_eq!(of("[\"one\", \"two\"]").as_deref(), Some("one\ntwo"));
        assert_eq!(of("{\"type\": \"p\", \"text\": \"x\"}").as_deref(), Some("x"));
        assert_eq!(of("{\"de\": \"Hund\", \"en\": \"dog\"}").as_deref(), Some("Hund"));
        assert_eq!((of("\"\""), of("null"), of("[1]"), of("{}")), (None, None, None, None));
        assert_eq!((truth("Wahr."), truth("×"), truth("maybe")), (Some(true), Some(false), None));
    }
}
