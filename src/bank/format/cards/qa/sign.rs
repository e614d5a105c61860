//! The words and letters by which lines say that they are the front of a card, or its back.

use crate::bank::lines::key::{NamedLine, named};
use crate::bank::lines::label::bullet;
use crate::bank::lines::{ANSWER, EXPLANATION, QUESTION};
use crate::bank::word_set::WordSet;

/// What a line says that it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideSign {
    Front,
    Back,
    Explanation,
}

/// Letters for a question and for its answer, in the languages that have other ones than English.
static LETTERS: WordSet = WordSet::new("q/a p/r d/r f/a v/a q/r в/о п/в s/c 问/答 問/答 문/답");
/// Words for a side, besides those for a question and an answer.
static FRONTS: WordSet = WordSet::new(
    "front term prompt concept word card vorderseite begriff wort recto terme anverso término termo fronte termine \
    термин ques",
);
static BACKS: WordSet = WordSet::of_phrases(
    "back, definition, meaning, response, reply, model answer, sample answer, rückseite, bedeutung, verso, définition, \
    reverso, definición, significado, definição, retro, definizione, определение, значение, short answer",
);
/// A longer text before a colon is no sign, in bytes.
const LONGEST: usize = 48;

/// The letters of a file: those of the pair that its lines alternate between most often.
pub(super) fn letters<'t>(texts: impl Iterator<Item = &'t str>) -> Option<(&'static str, &'static str)> {
    let words = |text: &str| -> Option<String> {
        let word = cut(text)?.0.to_lowercase();
        match word.as_str() {
            word if word.chars().count() == 1 => Some(word.to_owned()),
            word if QUESTION.contains(word) => Some("?".into()),
            word if ANSWER.contains(word) => Some("!".into()),
            _ => None,
        }
    };
    let words: Vec<String> = texts.filter_map(words).collect();
    let turns = |(front, back): &(&str, &str)| {
        let is = |pair: &[String]| {
            let (letters, words) = (pair[0] == *front, pair[1] == *back);
            (letters && (words || pair[1] == "!")) || (words && pair[0] == "?")
        };
        words.windows(2).filter(|pair| is(pair)).count()
    };
    let (front, back) = LETTERS.pairs().rev().max_by_key(turns).filter(|pair| turns(pair) > 0)?;
    // If other letters occur as often, all of them are labels of options.
    let letters = words.iter().filter(|word| word.chars().count() == 1 && word.chars().all(char::is_alphabetic));
    let others = letters.filter(|word| *word != front && *word != back).count();
    (others < turns(&(front, back))).then_some((front, back))
}

/// The sign at the beginning of a line, and what follows it.
pub(super) fn sign<'t>(text: &'t str, letters: Option<(&str, &str)>) -> Option<(SideSign, &'t str)> {
    let (word, rest, set_off) = cut(text)?;
    let lower = word.to_lowercase();
    let letter = lower.chars().count() == 1;
    let sign = match () {
        () if letter => match letters {
            Some((front, _)) if lower == front => SideSign::Front,
            Some((_, back)) if lower == back => SideSign::Back,
            _ => return None,
        },
        () if QUESTION.contains(&lower) || FRONTS.contains(&lower) => SideSign::Front,
        () if ANSWER.contains(&lower) || BACKS.contains(&lower) => SideSign::Back,
        () if EXPLANATION.contains(&lower) => SideSign::Explanation,
        () => return None,
    };
    (set_off || (rest.is_empty() && !letter)).then_some((sign, rest))
}

/// Splits a line into its first word and the rest; also says whether a sign separates them.
fn cut(text: &str) -> Option<(&str, &str, bool)> {
    let text = text.trim().trim_start_matches(['#', '>', ' ']);
    let text = bullet(text).unwrap_or(text);
    let bare = text.trim_start_matches(['*', '_', '[', '(', '<', '【']);
    // `1. Q: …`
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let bare = match bare[digits..].strip_prefix(['.', ')']) {
        Some(rest) if digits > 0 => rest.trim_start().trim_start_matches(['*', '_']),
        _ => bare,
    };
    let end = bare.find([':', '：', '.', ')', '*', '】', ']', '、', '-', '–', '=', '>']).unwrap_or(bare.len());
    let head = &bare[..end];
    if head.len() > LONGEST {
        return None;
    }
    // `Q12: …`, `Question #3`
    let word = head.trim_end_matches(|char: char| char.is_ascii_digit() || " #№".contains(char));
    if word.is_empty() || word.starts_with(char::is_numeric) {
        return None;
    }
    let after = &bare[end..];
    let signs = after.trim_start_matches(['*', '_', ' ', ']', ')', '】']);
    let closed = signs.len() < after.len() && after.trim_start_matches(['*', '_', ' ']).starts_with([']', ')', '】']);
    let rest = signs.strip_prefix([':', '：', '.', '、', '=']).or_else(|| {
        // `Q - What?`
        let dash = signs.strip_prefix(['-', '–'])?;
        (head.ends_with(' ') && dash.starts_with(' ')).then_some(dash)
    });
    let set_off = rest.is_some() || closed;
    let rest = rest.unwrap_or(signs);
    let short = word.chars().count() == 1;
    // A letter and a full stop need a space; `a.m.` is no answer.
    let spaced = after.chars().nth(1).is_none_or(|char| " *_\t".contains(char));
    if short && !spaced && !after.starts_with(['：', '、', ':', '*']) {
        return None;
    }
    Some((word, unbold(rest), set_off))
}

/// The rest of a line, without the end of bold type that began before it.
fn unbold(rest: &str) -> &str {
    let rest = rest.trim();
    for sign in ["**", "__", "*", "_"] {
        let inner = match rest.strip_prefix(sign) {
            Some(inner) if rest.matches(sign).count() % 2 == 1 => inner,
            _ if rest.matches(sign).count() == 1 => match rest.strip_suffix(sign) {
                Some(inner) => inner,
                None => continue,
            },
            _ => continue,
        };
        return inner.trim();
    }
    rest
}

/// The tags or the topic that a line names.
pub(super) fn topic(text: &str) -> Option<&str> {
    match named(text.trim()) {
        Some(NamedLine::Topic(topic)) => Some(topic),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_many_forms() {
        let english = Some(("q", "a"));
        for (text, expected) in [
            ("Q: What?", (SideSign::Front, "What?")),
            ("**Q: What?**", (SideSign::Front, "What?")),
            ("**Q:** What?", (SideSign::Front, "What?")),
            ("**Q1.** What?", (SideSign::Front, "What?")),
            ("Q12) What?", (SideSign::Front, "What?")),
            ("3. Question: What?", (SideSign::Front, "What?")),
            ("## Question 4", (SideSign::Front, "")),
            ("Frage: Was?", (SideSign::Front, "Was?")),
            ("A: It.", (SideSign::Back, "It.")),
            ("Ans) It.", (SideSign::Back, "It.")),
            ("**Answer**: It.", (SideSign::Back, "It.")),
            ("> **A:** a **bold** word", (SideSign::Back, "a **bold** word")),
            ("Правильный ответ:", (SideSign::Back, "")),
            ("### Answer", (SideSign::Back, "")),
            ("Réponse : L'eau", (SideSign::Back, "L'eau")),
        ] {
            assert_eq!(sign(text, english), Some(expected), "{text}");
        }
        for text in ["A whale swims.", "Answering is hard: try", "a.m. it rains", "12: x", "Quick: go", ""] {
            assert_eq!(sign(text, english), None, "{text}");
        }
        assert_eq!(letters(["P: ¿Qué?", "R: Eso", "P: ¿Y?", "R: No"].into_iter()), Some(("p", "r")));
    }
}
