//! Verdicts: words, letters and signs for true and false.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::bank::word_set::WordSet;

/// The words for true and for false, in pairs as banks write them. The first pair that has a word is the one it belongs to,
/// unless the question itself names another (`(richtig/falsch)`).
static PAIRS: WordSet = WordSet::of_phrases(
    "True/False, Yes/No, Right/Wrong, Correct/Incorrect, Wahr/Falsch, Richtig/Falsch, Stimmt/Stimmt nicht, Ja/Nein, \
     Vrai/Faux, Oui/Non, Verdadero/Falso, Vero/Falso, Verdadeiro/Falso, Verdadera/Falsa, Vera/Falsa, \
     Verdadeira/Falsa, Cierto/Falso, Certo/Errado, Sí/No, Sì/No, Sim/Não, Верно/Неверно, Правда/Ложь, Истина/Ложь, \
     Правильно/Неправильно, Да/Нет, Вірно/Невірно, Так/Ні, 正确/错误, 正確/錯誤, 对/错, 對/錯, 是/否, 正しい/誤り, 正しい/正しくない, 참/거짓, \
     맞다/틀리다, Waar/Onwaar, Juist/Onjuist, Sant/Falskt, Sandt/Falsk, Tosi/Epätosi, Prawda/Fałsz, Pravda/Nepravda, \
     Igaz/Hamis, Doğru/Yanlış, Adevărat/Fals, Đúng/Sai, Benar/Salah, Σωστό/Λάθος",
);
/// Whether a word is for true, and its pair.
type WordOfPair = (bool, (&'static str, &'static str));
/// The words of [`PAIRS`] in lower case.
static WORDS: LazyLock<HashMap<String, WordOfPair>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for pair in PAIRS.pairs() {
        words.entry(pair.0.to_lowercase()).or_insert((true, pair));
        words.entry(pair.1.to_lowercase()).or_insert((false, pair));
    }
    words
});
/// Letters and signs for true and false, with their pair of words.
const SIGNS: [(&str, &str, usize); 11] = [
    ("T", "F", 0),
    ("V", "F", 0),
    ("Y", "N", 1),
    ("√", "×", 28),
    ("○", "×", 28),
    ("〇", "×", 28),
    ("✓", "✗", 0),
    ("✔", "✘", 0),
    ("✅", "❌", 0),
    ("☑", "☒", 0),
    ("✔", "✖", 0),
];
/// A longer text is not a verdict, in bytes.
const LONGEST: usize = 40;

/// A verdict, and the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct TruthVerdict<'a> {
    pub(in crate::bank) holds: bool,
    /// The words for true and for false.
    pub(in crate::bank) words: (&'static str, &'static str),
    /// Whether it is a word rather than a letter.
    pub(in crate::bank) worded: bool,
    /// The text after it (`because …`).
    pub(in crate::bank) more: &'a str,
}

/// Reads a text that is a verdict and nothing else.
pub(in crate::bank) fn verdict(text: &str) -> Option<TruthVerdict<'static>> {
    let around = |char| {
        matches!(char, ' ' | '*' | '_' | '`' | '.' | '!' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\'')
            || matches!(char, '。' | '（' | '）' | '【' | '】' | '\u{fe0f}')
    };
    let bare = text.trim_matches(around);
    if bare.is_empty() || bare.len() > LONGEST {
        return None;
    }
    let found = |holds, words, worded| Some(TruthVerdict { holds, words, worded, more: "" });
    if let Some((holds, words)) = WORDS.get(bare.to_lowercase().as_str()) {
        return found(*holds, *words, true);
    }
    // A letter is a verdict in capitals only.
    let (yes, _, place) = SIGNS.iter().find(|(yes, no, _)| *yes == bare || *no == bare)?;
    found(*yes == bare, PAIRS.pairs().nth(*place)?, !bare.is_ascii())
}

/// Reads a text that begins with a verdict: `False. A whale is a mammal.`, `True (see page 3)`.
pub(in crate::bank) fn verdict_and_more(text: &str) -> Option<TruthVerdict<'_>> {
    if let Some(verdict) = verdict(text) {
        return Some(verdict);
    }
    let text = text.trim();
    let bare = text.trim_start_matches(['*', '_', '(', '[']);
    let end = bare.find(|char: char| " .,;:!-–—(（，。、；：\t*_)]".contains(char))?;
    let (word, after) = bare.split_at(end);
    let more = after.trim_start_matches(['*', '_', ')', ']']);
    let set_off = more
        .trim_start()
        .starts_with(['.', ',', ';', ':', '!', '-', '–', '—', '(', '（', '，', '。', '、', '；', '：']);
    let more =
        more.trim_start_matches([' ', '\t', '.', ',', ';', ':', '!', '-', '–', '—', '，', '。', '、', '；', '：']);
    verdict(word).filter(|_| set_off || more.is_empty()).map(|verdict| TruthVerdict { more, ..verdict })
}

impl TruthVerdict<'_> {
    /// The words for true and false, as the question itself writes them if it does (`(richtig/falsch)`).
    pub(in crate::bank) fn words_in(&self, stem: &str) -> (&'static str, &'static str) {
        let lower = stem.to_lowercase();
        let named = |(yes, no): &(&str, &str)| {
            let same = if self.holds { *yes == self.words.0 } else { *no == self.words.1 };
            same && lower.contains(&yes.to_lowercase()) && lower.contains(&no.to_lowercase())
        };
        PAIRS.pairs().find(named).unwrap_or(self.words)
    }
}

/// Whether a line names both verdicts and nothing else (`True / False`, `( ) T ( ) F`, `richtig oder falsch`).
pub(in crate::bank) fn names_both(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let parts = line.split(|char: char| char.is_whitespace() || "/|,()[]（）_-☐○□:?？".contains(char));
    let (mut yes, mut no) = (0, 0);
    for part in parts.filter(|part| !part.is_empty()) {
        match verdict(part) {
            Some(verdict) if verdict.holds => yes += 1,
            Some(_) => no += 1,
            None if matches!(part.to_lowercase().as_str(), "or" | "oder" | "ou" | "o" | "или" | "of" | "eller") => {}
            None => return false,
        }
    }
    yes == 1 && no == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_of_many_languages() {
        for (text, holds) in [
            ("True", true),
            ("FALSE.", false),
            ("T", true),
            ("(F)", false),
            ("**Wahr**", true),
            ("falsch", false),
            ("Vrai", true),
            ("falso", false),
            ("неверно", false),
            ("√", true),
            ("×", false),
            ("错误", false),
            ("❌", false),
        ] {
            assert_eq!(verdict(text).map(|verdict| verdict.holds), Some(holds), "{text}");
        }
        for text in ["", "t", "B", "Truth", "True story", "iron"] {
            assert_eq!(verdict(text), None, "{text}");
        }
    }

    #[test]
    fn a_word_belongs_to_the_first_pair_that_has_it() {
        for word in PAIRS.pairs().flat_map(|(yes, no)| [yes, no]) {
            let lower = word.to_lowercase();
            let same = |other: &str| other.to_lowercase() == lower;
            let first = PAIRS.pairs().find(|(yes, no)| same(yes) || same(no)).expect("a pair");
            let found = verdict(word).expect(word);
            assert_eq!((found.words, found.holds, found.worded), (first, same(first.0), true), "{word}");
        }
    }

    #[test]
    fn what_is_said_behind_a_verdict() {
        for (text, holds, more) in [
            ("True. Ice is light.", true, "Ice is light."),
            ("False, because it breathes", false, "because it breathes"),
            ("False (see page 3)", false, "(see page 3)"),
            ("**True** – so it is", true, "so it is"),
        ] {
            let found = verdict_and_more(text).expect(text);
            assert_eq!((found.holds, found.more), (holds, more), "{text}");
        }
        assert_eq!(verdict_and_more("No man is an island"), None);
        assert_eq!(verdict_and_more("True love"), None);
    }

    #[test]
    fn the_words_are_those_of_the_question() {
        let falsch = verdict("falsch").expect("a verdict");
        assert_eq!(falsch.words_in("Eis sinkt. (richtig/falsch)"), ("Richtig", "Falsch"));
        assert_eq!(falsch.words_in("Eis sinkt."), ("Wahr", "Falsch"));
        assert!(names_both("True / False") && names_both("( ) T  ( ) F") && names_both("Vrai ou Faux"));
        assert!(!names_both("True") && !names_both("True false friends"));
    }
}
