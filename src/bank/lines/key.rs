//! Named answers: `Answer: B` after a question, and lists of them at the end.

use super::alphabet::Alphabet;
use super::verdict::verdict;
use super::words::{AND, ANSWER, EXPLANATION, LIST, OPTIONS, QUESTION, TAGS, TOPIC, UNCOVERS};
use crate::bank::word_set::WordSet;

/// A line that begins with a known word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bank) enum NamedLine<'a> {
    /// `Answer: …`
    Answer(&'a str),
    /// `Explanation: …`
    Explanation(&'a str),
    /// `Tags: …`
    Tags(&'a str),
    /// `Topic: …`
    Topic(&'a str),
    /// `Question: …`
    Question(&'a str),
    /// The heading of a list of answers, with the rest of its line.
    List(&'a str),
}

/// Whether the line only announces options (`Options:`).
pub(in crate::bank) fn announces_options(text: &str) -> bool {
    let bare = text.trim().trim_matches(['*', '_', '#', ' ']);
    bare.strip_suffix([':', '：']).is_some_and(|word| word.len() < 40 && OPTIONS.has(word.trim_end_matches('*')))
}

/// The line by its known word, if it begins with one.
pub(in crate::bank) fn named(text: &str) -> Option<NamedLine<'_>> {
    let text = text.trim_start_matches(|char: char| !char.is_alphanumeric() && !"[(【（".contains(char));
    let bare = unbracketed(text).trim_matches(['*', '_', '#', ' ']);
    let is_list = |word: &str| word.len() < 40 && LIST.has(word.trim_matches(['-', '=', '~', '*', ' ']));
    let Some(end) = bare.find([':', '：', '.', '=', '】', ']']) else {
        return match () {
            () if is_list(bare) => Some(NamedLine::List("")),
            () if bare.len() < 24 && UNCOVERS.has(bare) => Some(NamedLine::Answer("")),
            () if (8..24).contains(&bare.len()) && EXPLANATION.has(bare) => Some(NamedLine::Explanation("")),
            () => spoken(bare).map(NamedLine::Answer),
        };
    };
    let close = bare[end..].chars().next()?;
    let word = bare[..end].trim_start_matches(['【', '[']).trim_end_matches(['*', '_', ' ']);
    let rest = bare[end + close.len_utf8()..].trim_start_matches(['*', '_', ' ', ':', '：', ')']).trim();
    let rest = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("-- ")).unwrap_or(rest).trim_start();
    let is = |words: &WordSet| word.len() < 48 && words.has(word);
    // `Ans. B` ends in a full stop. Other words do so if only a key follows.
    if close == '.' {
        return match !rest.is_empty() && (word.eq_ignore_ascii_case("ans") || is(&ANSWER) && is_key(rest)) {
            true => Some(NamedLine::Answer(rest)),
            false if ["sol", "exp", "expl"].contains(&word.to_lowercase().as_str()) && !rest.is_empty() => {
                Some(NamedLine::Explanation(rest))
            }
            false => spoken(bare).map(NamedLine::Answer),
        };
    }
    if close == '=' && !is(&ANSWER) {
        return None;
    }
    if is_list(word) && (rest.is_empty() || entries(rest).is_some() || is_row(rest) || spaced(rest).is_some()) {
        return Some(NamedLine::List(rest));
    }
    if is(&ANSWER) {
        return Some(NamedLine::Answer(rest));
    }
    if is(&EXPLANATION) {
        return Some(NamedLine::Explanation(explained(text, rest)));
    }
    if is(&TAGS) {
        return Some(NamedLine::Tags(rest));
    }
    if is(&QUESTION) && !rest.is_empty() {
        return Some(NamedLine::Question(rest));
    }
    if is(&TOPIC) && !rest.is_empty() {
        return Some(NamedLine::Topic(rest));
    }
    // `option [4] is correct`
    spoken(bare).filter(|_| close == ']').map(NamedLine::Answer)
}

/// The text after the word of an explanation, with its own bold and slanted type: `**Why:** *Gluten* …`.
fn explained<'t>(text: &'t str, rest: &'t str) -> &'t str {
    let Some(at) = text.find([':', '：', '=', '】', ']']) else { return rest };
    let after = text[at..].trim_start_matches([':', '：', '=', '】', ']']);
    let closed = ["**", "__", "*", "_"].into_iter().find_map(|sign| {
        let inner = after.strip_prefix(sign)?;
        (inner.is_empty() || inner.starts_with(char::is_whitespace)).then_some(inner)
    });
    let said = closed.unwrap_or(after).trim();
    // `**Why: …**` is bold as a whole.
    let whole = ["**", "__"].into_iter().find(|sign| closed.is_none() && said.matches(*sign).count() == 1);
    whole.and_then(|sign| said.strip_suffix(sign)).unwrap_or(said).trim()
}

/// Whether a line is the answers of many questions in their order (`C D A B`): letters that do not ascend, as those of one
/// question do.
fn is_row(text: &str) -> bool {
    if is_word_of_letters(text.trim()) {
        return true;
    }
    let letters: Option<Vec<usize>> =
        text.split([' ', ',', ';']).filter(|cell| !cell.is_empty()).map(|cell| Alphabet::Latin.place(cell)).collect();
    letters.is_some_and(|letters| letters.len() > 2 && letters.windows(2).any(|pair| pair[0] >= pair[1]))
}

/// `[Answer: B]` without its brackets; `【答案】B` keeps them.
fn unbracketed(text: &str) -> &str {
    let inner = text.strip_prefix(['[', '(']).and_then(|inner| inner.strip_suffix([']', ')']));
    inner.filter(|inner| !inner.contains(['[', '(', ']', ')']) || inner.contains(':')).unwrap_or(text)
}

/// An answer in bold type, and the text after it: `**Answer: b.** Because …`.
pub(in crate::bank) fn answer_and_more(answer: &str) -> (&str, Option<&str>) {
    match answer.split_once("**") {
        Some((said, more)) if is_key(said.trim_end()) && !more.trim().is_empty() => {
            (said.trim_end(), Some(more.trim()))
        }
        _ => (answer, None),
    }
}

/// A longer line is a sentence, in bytes.
const LONGEST_SPOKEN: usize = 64;

/// An answer that is named without a colon: `Answer B`, `Ans - b`, `The correct answer is C.`, `Option C is correct`.
fn spoken(text: &str) -> Option<&str> {
    if let Some(said) = spoken_at_length(text) {
        return Some(said);
    }
    let text = text.trim_end_matches(['.', '!', ' ']);
    if text.len() > LONGEST_SPOKEN || text.len() < 3 {
        return None;
    }
    let lower = text.to_lowercase();
    // If lower case changes the length, it is none of the words.
    let lower = Some(lower).filter(|lower| lower.len() == text.len())?;
    if let Some(inner) =
        ["is correct", "is the correct answer", "is right"].iter().find_map(|end| lower.strip_suffix(end))
    {
        let from = if inner.starts_with("option ") { "option ".len() } else { 0 };
        return Some(text[from..inner.len()].trim()).filter(|said| is_key(said));
    }
    ANSWER.with_first_of(&lower).iter().filter(|word| lower.starts_with(**word)).find_map(|word| {
        let after = text[word.len()..].trim_start();
        let set_off = after.len() + word.len() < text.len() || !word.is_ascii() || after.starts_with(')');
        let after = after.trim_start_matches(['-', '–', '—', '>', '→', ')']).trim_start();
        let after = after.strip_prefix("is ").map_or(after, |after| after.trim_start_matches([':', ' ']));
        let after = option_word(after);
        (set_off && is_key(after)).then_some(after)
    })
}

/// Phrases after which only the answer can follow.
static PHRASES: WordSet = WordSet::of_phrases(
    "the correct answer is, the right answer is, correct answer is, right answer is, the correct option is, \
     the answer is, answer is, die richtige antwort ist, richtig ist, la bonne réponse est, la respuesta correcta es, \
     la risposta corretta è",
);

/// An answer in a sentence, with the rest: `The correct answer is B. It floats.`
fn spoken_at_length(text: &str) -> Option<&str> {
    let start = text.get(..text.floor_char_boundary(LONGEST_SPOKEN))?.to_lowercase();
    let phrase = PHRASES.with_first_of(&start).iter().find(|phrase| start.starts_with(**phrase))?;
    let after = text.get(phrase.len()..)?;
    let said = option_word(after.trim_start_matches([':', ' ']));
    let bare = said.trim_start_matches(['*', '_', '(', '[', '"']);
    let end = bare.find(|char: char| !char.is_alphanumeric()).unwrap_or(bare.len());
    // `… is B because …`: a capital within a sentence is not an article.
    let capital = end == 1 && bare.starts_with(|char: char| ('A'..='H').contains(&char));
    let set_off = !bare[end..].starts_with(' ') || bare.len() < said.len() || capital;
    (after.starts_with([':', ' ']) && set_off && is_key(&bare[..end])).then_some(said)
}

/// The label after the word `option` (`Option C`).
pub(in crate::bank) fn option_word(text: &str) -> &str {
    let words = ["option ", "choice ", "answer ", "letter "];
    let found = words.iter().find(|word| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    found.map_or(text, |word| text[word.len()..].trim_start())
}

/// Whether a text is a key and nothing else: `B`, `(c)`, `iv`, `3`, `ABD`.
pub(in crate::bank) fn is_key(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '.', '*', '_', '"', '\'', ' ']);
    let mut chars = bare.chars();
    let letter = chars.next().is_some_and(char::is_alphanumeric) && chars.as_str().is_empty();
    let roman = bare.len() < 6 && Alphabet::Roman.place(bare).is_some();
    let capitals = bare.len() < 8 && bare.bytes().all(|byte| byte.is_ascii_uppercase());
    letter
        || (!bare.is_empty() && (roman || (capitals && ascends(bare))))
        || (bare.len() == 2 && bare.parse::<u8>().is_ok())
}

pub(super) fn ascends(letters: &str) -> bool {
    letters.as_bytes().windows(2).all(|pair| pair[0] < pair[1])
}

/// The entries of a line of a list, each with its number: `1. B`, `1-B, 2-C`, `1B 2C`, `3: B, D`. `None` if the line is
/// anything else.
pub(in crate::bank) fn entries(text: &str) -> Option<Vec<(usize, &str)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if let Some((more, after)) = range(rest) {
            found.extend(more);
            rest = after.trim_start_matches([',', ';', ' ', '\t', '.', '|', '，', '；', '、']);
            continue;
        }
        let (number, after) = entry_number(rest)?;
        let end = keys(after)?;
        found.push((number, after[..end].trim_end_matches([',', ';', ' ', '.', '|', '&', '/'])));
        rest = after[end..].trim_start_matches([',', ';', ' ', '\t', '.', '|', ')', ']', '*']);
        if is_aside(rest) {
            break;
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Entries between wide gaps, each with its number from 1 on: `1) b   2) a   3) Saturn`.
pub(in crate::bank) fn spaced(text: &str) -> Option<Vec<(usize, &str)>> {
    let parts = text.split(['\t']).flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty());
    let found: Option<Vec<(usize, &str)>> =
        parts.map(|part| Some(part).filter(|part| is_numbered(part)).and_then(entry_number)).collect();
    found.filter(|found| found.len() > 1 && found.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1))
}

/// Whether a number with its closing sign begins a text.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', ')', ':', '-'])
}

/// The answers of a range of numbers, one letter each (`1-5 BADCA`, `6~8: C A B`), and the rest.
fn range(text: &str) -> Option<(Vec<(usize, &str)>, &str)> {
    let (first, rest) = leading_number(text)?;
    let (last, rest) = leading_number(rest.strip_prefix(['-', '–', '—', '~', '～', '至'])?.trim_start())?;
    let count = last.checked_sub(first)? + 1;
    let rest = rest.trim_start_matches([':', '：', '.', '．', '、', ')', ' ']);
    let mut found = Vec::new();
    let mut end = 0;
    for (at, char) in rest.char_indices() {
        match char {
            'A'..='H' | 'Ａ'..='Ｈ' => found.push((first + found.len(), &rest[at..at + char.len_utf8()])),
            ' ' | ',' | '，' | '、' => continue,
            _ => break,
        }
        end = at + char.len_utf8();
    }
    let ends = !rest[end..].starts_with(char::is_alphabetic);
    (count > 1 && found.len() == count && ends).then(|| (found, &rest[end..]))
}

/// The number at the beginning of a text, and the rest.
fn leading_number(text: &str) -> Option<(usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, text[digits..].trim_start()))
}

/// Whether a text is the letters of many questions in one word (`BADCA`): they do not ascend, as those of one question do.
pub(in crate::bank) fn is_word_of_letters(text: &str) -> bool {
    (3..=200).contains(&text.len()) && text.bytes().all(|byte| (b'A'..=b'H').contains(&byte)) && !ascends(text)
}

/// Whether the text after an entry is another field of its question: `PTS: 1  DIF: Easy`.
fn is_aside(text: &str) -> bool {
    let word = text.split(':').next().filter(|word| word.len() < text.len()).unwrap_or_default();
    (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The number at the beginning of an entry, and the text after its sign.
pub(in crate::bank) fn entry_number(text: &str) -> Option<(usize, &str)> {
    let lower = text.get(..9).or(text.get(..1)).unwrap_or_default().to_ascii_lowercase();
    let word = if lower.starts_with("question ") { 9 } else { usize::from(lower.starts_with('q')) };
    let inner = text.get(word..)?.trim_start_matches(['#', '*', ' ', '(']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner[..digits].parse().ok()?;
    let signs = ['.', ')', ':', '-', '–', '—', '=', ' ', '→', '>', '(', '[', '*', '：', '、', '．'];
    let after = inner[digits..].trim_start_matches(signs);
    // `1. ANS: B`
    let worded =
        after.split_once(':').filter(|(word, _)| ["ans", "answer"].contains(&&*word.trim_end().to_lowercase()));
    let after = worded.map_or(after, |(_, said)| said.trim_start());
    (!after.is_empty()).then_some((number, after))
}

/// The end of the keys at the beginning of a text: letters with commas between them, or one number. It is before the
/// number of the next entry.
fn keys(text: &str) -> Option<usize> {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let bare = rest.trim_start_matches(['(', '[', '*', ' ']);
        let token = bare.find(|char: char| !char.is_alphanumeric()).unwrap_or(bare.len());
        let number = bare.starts_with(|char: char| char.is_ascii_digit());
        // `1. True 2. False`, `1. √ 2. ×`
        let sign = bare.chars().next().filter(|_| token == 0).map_or(0, char::len_utf8);
        let word = if token == 0 { &bare[..sign] } else { &bare[..token] };
        if end == 0 && verdict(word).is_some() {
            return Some(rest.len() - bare.len() + word.len());
        }
        if token == 0 || !is_key(&bare[..token]) || (number && end > 0) {
            return (end > 0).then_some(end);
        }
        end += rest.len() - bare.len() + token;
        let after = text[end..].trim_start_matches([')', ']', '*']);
        let more = after.trim_start_matches([',', '&', '/', '+', ' ', '、', '，', ';']);
        let more = AND.iter().find_map(|and| more.strip_prefix(and)).unwrap_or(more).trim_start();
        if number || more.is_empty() || more.starts_with(|char: char| char.is_ascii_digit() || "Qq".contains(char)) {
            return Some(end);
        }
        if after.len() == more.len() {
            return Some(end);
        }
        end = text.len() - more.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::lines::answer_pairs;

    #[test]
    fn lines_that_name_something() {
        for (line, expected) in [
            ("Answer: B", NamedLine::Answer("B")),
            ("ANS: b)", NamedLine::Answer("b)")),
            ("Ans. B", NamedLine::Answer("B")),
            ("**Correct answer(s):** B, D", NamedLine::Answer("B, D")),
            ("Answers: B, D", NamedLine::Answer("B, D")),
            ("Answers:", NamedLine::List("")),
            ("## Answer key", NamedLine::List("")),
            ("Answer key: 1-C, 2-D", NamedLine::List("1-C, 2-D")),
            ("Explanation: so", NamedLine::Explanation("so")),
            ("Topic: Nets", NamedLine::Topic("Nets")),
            ("option [4] is correct", NamedLine::Answer("[4]")),
            ("The correct answer is **B**. It grows.", NamedLine::Answer("**B**. It grows.")),
            ("The answer is B because it grows", NamedLine::Answer("B because it grows")),
            ("Ans.) b", NamedLine::Answer("b")),
            ("Ans) ii", NamedLine::Answer("ii")),
            ("Answer. C", NamedLine::Answer("C")),
        ] {
            assert_eq!(named(line), Some(expected), "{line}");
        }
        for line in ["Why is that so?", "The answer: none", "Answer", "key. word", "The answer is a matter of taste."] {
            assert_eq!(named(line), None, "{line}");
        }
    }

    #[test]
    fn lists_of_answers() {
        assert_eq!(answer_pairs("1. B"), Some(vec![(1, vec![1])]));
        assert_eq!(answer_pairs("1-C, 2-d 3) A"), Some(vec![(1, vec![2]), (2, vec![3]), (3, vec![0])]));
        assert_eq!(answer_pairs("4: B, D; 5: A and C"), Some(vec![(4, vec![1, 3]), (5, vec![0, 2])]));
        assert_eq!(answer_pairs("1. Because"), None);
        assert_eq!(answer_pairs("12"), None);
    }
}
