//! The names of fields of data. Names are hints: prefixes, suffixes, languages, accents and punctuation do not matter,
//! and without a known name the values decide.

use unicode_normalization::UnicodeNormalization;

use super::vocabulary::{
    ANSWER, BACK, EXPLANATION, FRONT, KIND, LANGUAGE, LIST, NEITHER, OPTIONS, PASSAGE, QUESTION, TEXT, TOPIC, WRONG,
};
use crate::bank::word_set::WordSet;

/// The role of a field, as far as its name reveals it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldRole {
    Question,
    /// A text that may be the question, or a title.
    Text,
    Options,
    /// The option in this place.
    Option(usize),
    Wrong,
    Answer,
    /// The front of a card, and its back.
    Front,
    Back,
    Explanation,
    Topic,
    Tags,
    Id,
    Kind,
    /// What is to be read before the question.
    Passage,
    /// A name that says nothing.
    Other,
}

/// The words of a name: split at signs and capital letters, in lower case and without accents.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for char in name.chars() {
        let starts = !char.is_alphanumeric()
            || (char.is_uppercase() && before.is_lowercase())
            || (char.is_numeric() != before.is_numeric() && before.is_alphanumeric());
        if starts {
            words.push(String::new());
        }
        if char.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(char.to_lowercase());
        }
        before = char;
    }
    let bare = |word: &String| word.nfd().filter(|char| !is_accent(*char)).nfc().collect::<String>();
    words.iter().filter(|word| !word.is_empty()).map(bare).collect()
}

/// A mark on a letter of the Latin, Greek or Cyrillic alphabet.
fn is_accent(char: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&char)
}

impl FieldRole {
    /// What a field of this name holds.
    pub(super) fn from_name(name: &str) -> Self {
        let mut words = words(name);
        // `question_de` is a question.
        while words.len() > 1 && words.last().is_some_and(|word| LANGUAGE.contains(word.as_str())) {
            words.pop();
        }
        let joined = words.concat();
        let is = |names: &WordSet| names.contains(joined.as_str());
        let exact: [(&WordSet, FieldRole); 10] = [
            (&QUESTION, FieldRole::Question),
            (&OPTIONS, FieldRole::Options),
            (&ANSWER, FieldRole::Answer),
            (&FRONT, FieldRole::Front),
            (&BACK, FieldRole::Back),
            (&EXPLANATION, FieldRole::Explanation),
            (&TOPIC, FieldRole::Topic),
            (&KIND, FieldRole::Kind),
            (&PASSAGE, FieldRole::Passage),
            (&TEXT, FieldRole::Text),
        ];
        if let Some((_, field)) = exact.iter().find(|(names, _)| is(names)) {
            return *field;
        }
        match joined.as_str() {
            "tags" | "tag" | "keywords" | "schlagworte" | "etiquetas" | "метки" | "标签" => {
                return FieldRole::Tags;
            }
            "id" | "uid" | "guid" | "uuid" | "externalid" | "qid" | "编号" | "题号" => return FieldRole::Id,
            _ => {}
        }
        let found = place(&words).map_or_else(|| Self::of_words(&words), FieldRole::Option);
        // `rueckseite` is how a keyboard without umlauts has it.
        let plain = || joined.replace("ae", "a").replace("oe", "o").replace("ue", "u");
        if found == FieldRole::Other && joined.is_ascii() && plain() != joined {
            return Self::from_name(&plain());
        }
        found
    }

    fn of_words(words: &[String]) -> Self {
        let any = |names: &WordSet| words.iter().any(|word| names.contains(word.as_str()));
        match () {
            () if words.iter().any(|word| ["id", "uid", "guid", "uuid"].contains(&word.as_str())) => {
                // `related_card_id` is that of something else.
                let own = |word: &String| {
                    ["id", "uid", "guid", "uuid", "question", "card", "note", "item", "quiz", "external", "q"]
                        .contains(&word.as_str())
                };
                match () {
                    () if any(&NEITHER) => FieldRole::Other,
                    () if any(&ANSWER) => FieldRole::Answer,
                    () if words.iter().all(own) => FieldRole::Id,
                    () => FieldRole::Other,
                }
            }
            () if any(&TOPIC) => FieldRole::Topic,
            () if any(&EXPLANATION) => FieldRole::Explanation,
            () if any(&KIND) && (any(&QUESTION) || any(&ANSWER)) => FieldRole::Kind,
            () if any(&NEITHER) => FieldRole::Other,
            () if any(&WRONG) => FieldRole::Wrong,
            () if any(&ANSWER) => FieldRole::Answer,
            () if any(&OPTIONS) => FieldRole::Options,
            () if any(&QUESTION) => FieldRole::Question,
            () => FieldRole::Other,
        }
    }

    /// Whether a name asks for the answer without doubt: `key`, `label` and `target` may be anything's.
    pub(super) fn surely_answers(name: &str) -> bool {
        let loose = ["label", "key", "target", "gold", "right", "cop", "value", "result", "labels"];
        Self::from_name(name) == FieldRole::Answer && !loose.contains(&words(name).concat().as_str())
    }
}

/// What else an option is called before its letter or number.
static OPTION: WordSet = WordSet::new(
    "option choice opt op answer alternative distractor opcion vybor variante antwort respuesta reponse risposta \
    resposta ответ вариант opzione opcao",
);

/// The place of the option that a name ends in: `option_b`, `choice3`, `选项C`, `A`, `2`.
fn place(words: &[String]) -> Option<usize> {
    let joined = words.concat();
    let word =
        OPTIONS.iter().chain(OPTION.iter()).filter(|word| joined.starts_with(word)).max_by_key(|word| word.len());
    let end = word.map_or(joined.as_str(), |word| &joined[word.len()..]);
    let end = end.strip_prefix("text").unwrap_or(end);
    match end.as_bytes() {
        [letter @ b'a'..=b'j'] => Some(usize::from(letter - b'a')),
        [b'0'..=b'9'] | [b'1', b'0'..=b'2'] => end.parse().ok(),
        _ => None,
    }
}

/// Names of lists that say nothing of what is in them.
pub(super) fn is_list(name: &str) -> bool {
    let words = words(name);
    let list = ["question", "questions", "quiz", "quizzes", "card", "cards", "flashcards"];
    LIST.contains(words.concat().as_str()) || words.iter().any(|word| list.contains(&word.as_str()))
}

/// Languages, written out.
static LANGUAGE_NAMES: WordSet = WordSet::new(
    "english german french spanish italian portuguese russian chinese japanese korean polish czech turkish dutch latin \
    greek deutsch englisch franzosisch spanisch francais anglais espanol ingles italiano portugues aleman frances \
    tedesco inglese русский английский немецкий 中文 英文 英语 日本語 polski angielski turkce arabic hebrew swedish norwegian \
    danish finnish hungarian romanian ukrainian hindi vietnamese indonesian native foreign pinyin kanji hanzi",
);

/// Whether a name is that of a language (`german`, `de`): fields of vocabulary.
pub(super) fn is_language(name: &str) -> bool {
    let name = words(name).concat();
    LANGUAGE_NAMES.contains(&name) || LANGUAGE.contains(name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_many_names() {
        for (name, field) in [
            ("question", FieldRole::Question),
            (":question", FieldRole::Question),
            ("question_text", FieldRole::Question),
            ("quizQuestion", FieldRole::Question),
            ("question_de", FieldRole::Question),
            ("Pregunta", FieldRole::Question),
            ("Énoncé", FieldRole::Question),
            ("вопрос", FieldRole::Question),
            ("题目", FieldRole::Question),
            ("question_id", FieldRole::Id),
            ("questionType", FieldRole::Kind),
            ("question_number", FieldRole::Other),
            ("question_category", FieldRole::Topic),
            ("options_de", FieldRole::Options),
            ("answer_options", FieldRole::Options),
            ("Antwortmöglichkeiten", FieldRole::Options),
            ("选项", FieldRole::Options),
            ("correctAnswer", FieldRole::Answer),
            ("correct_answer_index", FieldRole::Answer),
            ("correctOptionId", FieldRole::Answer),
            ("answer_idx", FieldRole::Answer),
            ("respuesta_correcta", FieldRole::Answer),
            ("richtige Antwort", FieldRole::Answer),
            ("incorrect_answers", FieldRole::Wrong),
            ("option_b", FieldRole::Option(1)),
            ("choice3", FieldRole::Option(3)),
            ("B", FieldRole::Option(1)),
            ("answer_explanation", FieldRole::Explanation),
            ("front", FieldRole::Front),
            ("definition", FieldRole::Back),
            ("type", FieldRole::Kind),
            ("content", FieldRole::Text),
            ("difficulty", FieldRole::Other),
            ("price", FieldRole::Other),
            ("userAnswer", FieldRole::Other),
            ("show_right_answer", FieldRole::Other),
            ("related_card_id", FieldRole::Other),
        ] {
            assert_eq!(FieldRole::from_name(name), field, "{name}");
        }
        assert!(is_list("questions") && is_list("quizItems") && !is_list("history"));
    }
}
