//! Answers that are named: `Answer: B` behind a question, and lists of them at the end.

use super::label::{label, place_of_letter};

/// What a line says, where it is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    /// `Answer: …`
    Answer(&'a str),
    /// `Explanation: …`
    Explanation(&'a str),
    /// `Tags: …`
    Tags(&'a str),
    /// `Topic: …`
    Topic(&'a str),
    /// The heading of a list of answers, with what stands on its line.
    List(&'a str),
}

const ANSWER: [&str; 10] = [
    "correct answer(s)",
    "correct answers",
    "correct answer",
    "correct option",
    "right answer",
    "correct",
    "answers",
    "answer",
    "ans",
    "key",
];
const EXPLANATION: [&str; 6] = ["explanation", "rationale", "reason", "because", "why", "note"];
const LIST: [&str; 6] = ["answer key", "answers key", "answers", "key", "solutions", "correct answers"];

/// What a line says, if it begins with one of the known words.
pub(super) fn named(text: &str) -> Option<Named<'_>> {
    let bare = text.trim_matches(['*', '_', '#', ' ']);
    let is_list = |word: &str| LIST.iter().any(|known| known.eq_ignore_ascii_case(word));
    let Some(end) = bare.find([':', '：', '.']) else {
        return is_list(bare).then_some(Named::List(""));
    };
    let close = bare[end..].chars().next()?;
    let word = bare[..end].trim_end_matches(['*', '_', ' ']);
    let rest = bare[end + close.len_utf8()..].trim_start_matches(['*', '_', ' ']).trim();
    let is = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    // `Ans. B` ends in a full stop; nothing else does.
    if close == '.' {
        return (word.eq_ignore_ascii_case("ans") && !rest.is_empty()).then_some(Named::Answer(rest));
    }
    if is_list(word) && (rest.is_empty() || pairs(rest).is_some()) {
        return Some(Named::List(rest));
    }
    if is(&ANSWER) {
        return Some(Named::Answer(rest));
    }
    if is(&EXPLANATION) {
        return Some(Named::Explanation(rest));
    }
    if is(&["tags", "tag"]) {
        return Some(Named::Tags(rest));
    }
    (is(&["topic", "section", "chapter", "category", "subject"]) && !rest.is_empty()).then_some(Named::Topic(rest))
}

/// The pairs of a line of a list: `1. B`, `1-B, 2-C`, `3: B, D`. None where the line is anything else.
pub(in crate::bank) fn pairs(text: &str) -> Option<Vec<(usize, Vec<usize>)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let rest_after_word = rest.strip_prefix(['Q', 'q']).unwrap_or(rest);
        let digits = rest_after_word.chars().take_while(char::is_ascii_digit).count();
        let number: usize = rest_after_word[..digits].parse().ok()?;
        let after = rest_after_word[digits..].trim_start_matches(['.', ')', ':', '-', '–', '=', ' ', '→', '>', '(']);
        if after.len() == rest_after_word.len() - digits {
            return None;
        }
        let (places, after) = letters(after)?;
        found.push((number, places));
        rest = after.trim_start_matches([',', ';', ' ', '.', '|']);
    }
    (!found.is_empty()).then_some(found)
}

/// Letters at the beginning: `B`, `B, D`, `b and d`, `(B)`. Stops before the number of the next pair.
fn letters(text: &str) -> Option<(Vec<usize>, &str)> {
    let mut places = Vec::new();
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(['(', '[']);
        let letter = bare.chars().next().and_then(|char| place_of_letter(char).map(|place| (char, place)));
        let single = letter.filter(|(char, _)| !bare[char.len_utf8()..].starts_with(char::is_alphanumeric));
        let Some((char, place)) = single else {
            break;
        };
        places.push(place);
        rest = bare[char.len_utf8()..].trim_start_matches([')', ']']);
        let more = rest.trim_start_matches([',', '&', '/', '+', ' ']);
        let more = more.strip_prefix("and ").unwrap_or(more).trim_start();
        if more.starts_with(|char: char| char.is_ascii_digit()) || more.is_empty() {
            break;
        }
        rest = more;
    }
    (!places.is_empty()).then_some((places, rest))
}

/// The places that an answer names among these options: by letter, by number where options are numbered, or by their text.
pub(super) fn resolve(answer: &str, options: &[&str], numbered: bool) -> Option<Vec<usize>> {
    let answer = answer.trim().trim_end_matches(['.', ';']).trim();
    if let Some(place) = options.iter().position(|option| same(option, answer)) {
        return Some(vec![place]);
    }
    if numbered {
        let numbers: Option<Vec<usize>> = answer
            .split([',', '&', ' '])
            .filter(|part| !part.is_empty() && *part != "and")
            .map(|part| part.trim_matches(['(', ')', '.']).parse::<usize>().ok()?.checked_sub(1))
            .collect();
        if let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) {
            return Some(numbers);
        }
    }
    if let Some((places, rest)) = letters(answer)
        && rest.trim_matches(['.', ' ', ')']).is_empty()
    {
        return Some(places);
    }
    // `B. the text of the option`
    label(answer).filter(|label| label.set_off && label.number == numbered).map(|label| vec![label.place])
}

fn same(option: &str, answer: &str) -> bool {
    let fold = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    fold(option) == fold(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_something() {
        for (line, expected) in [
            ("Answer: B", Named::Answer("B")),
            ("ANS: b)", Named::Answer("b)")),
            ("Ans. B", Named::Answer("B")),
            ("**Correct answer(s):** B, D", Named::Answer("B, D")),
            ("Answers: B, D", Named::Answer("B, D")),
            ("Answers:", Named::List("")),
            ("## Answer key", Named::List("")),
            ("Answer key: 1-C, 2-D", Named::List("1-C, 2-D")),
            ("Explanation: so", Named::Explanation("so")),
            ("Topic: Nets", Named::Topic("Nets")),
        ] {
            assert_eq!(named(line), Some(expected), "{line}");
        }
        for line in ["Why is that so?", "The answer: none", "Answer", "key. word"] {
            assert_eq!(named(line), None, "{line}");
        }
    }

    #[test]
    fn lists_of_answers() {
        assert_eq!(pairs("1. B"), Some(vec![(1, vec![1])]));
        assert_eq!(pairs("1-C, 2-d 3) A"), Some(vec![(1, vec![2]), (2, vec![3]), (3, vec![0])]));
        assert_eq!(pairs("4: B, D; 5: A and C"), Some(vec![(4, vec![1, 3]), (5, vec![0, 2])]));
        assert_eq!(pairs("1. Because"), None);
        assert_eq!(pairs("12"), None);
    }

    #[test]
    fn answers_are_resolved() {
        let options = ["red", "green", "C", "blue and white"];
        for (answer, places) in [
            ("B", vec![1]),
            ("(b)", vec![1]),
            ("B, D", vec![1, 3]),
            ("green", vec![1]),
            ("D. blue and white", vec![3]),
            ("c", vec![2]),
        ] {
            assert_eq!(resolve(answer, &options, false), Some(places), "{answer}");
        }
        assert_eq!(resolve("3", &options, true), Some(vec![2]));
        assert_eq!(resolve("purple", &options, false), None);
    }
}
