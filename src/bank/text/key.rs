//! Answers that are named: `Answer: B` behind a question, and lists of them at the end.

use super::label::{label, place_of_letter};

/// What a line says, where it is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Named<'a> {
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

/// Words before an answer, in English, German, French, Spanish, Italian, Portuguese, Russian and Chinese; in lower case.
const ANSWER: [&str; 62] = [
    "correct answer(s)",
    "correct answers",
    "correct answer",
    "correct option",
    "correct options",
    "right answer",
    "right answers",
    "correct",
    "answers",
    "answer",
    "answer(s)",
    "ans",
    "key",
    "the correct answer is",
    "antwort",
    "antworten",
    "lösung",
    "lösungen",
    "richtige antwort",
    "richtige antworten",
    "richtig",
    "korrekte antwort",
    "réponse",
    "réponses",
    "bonne réponse",
    "bonnes réponses",
    "réponse correcte",
    "solution",
    "respuesta",
    "respuestas",
    "respuesta correcta",
    "respuestas correctas",
    "solución",
    "clave",
    "risposta",
    "risposte",
    "risposta corretta",
    "risposta esatta",
    "risposte corrette",
    "soluzione",
    "resposta",
    "respostas",
    "resposta correta",
    "resposta certa",
    "respostas corretas",
    "gabarito",
    "solução",
    "ответ",
    "ответы",
    "правильный ответ",
    "правильные ответы",
    "верный ответ",
    "верные ответы",
    "答案",
    "正确答案",
    "参考答案",
    "标准答案",
    "正解",
    "答",
    "rpta",
    "rép",
    "antw",
];
const EXPLANATION: [&str; 33] = [
    "explanation",
    "rationale",
    "reason",
    "because",
    "why",
    "note",
    "erklärung",
    "begründung",
    "erläuterung",
    "hinweis",
    "explication",
    "explications",
    "justification",
    "remarque",
    "explicación",
    "justificación",
    "razón",
    "nota",
    "spiegazione",
    "motivazione",
    "explicação",
    "justificativa",
    "comentário",
    "объяснение",
    "пояснение",
    "обоснование",
    "解析",
    "解释",
    "说明",
    "答案解析",
    "解答",
    "comentario",
    "commento",
];
const LIST: [&str; 27] = [
    "answer key",
    "answers key",
    "answers",
    "key",
    "solutions",
    "correct answers",
    "lösungen",
    "antworten",
    "lösungsschlüssel",
    "réponses",
    "corrigé",
    "clé de réponses",
    "respuestas",
    "clave de respuestas",
    "soluciones",
    "risposte",
    "soluzioni",
    "respostas",
    "gabarito",
    "ответы",
    "ключ",
    "ключи",
    "правильные ответы",
    "答案",
    "参考答案",
    "answer sheet",
    "solutionnaire",
];

const AND: [&str; 8] = ["and ", "und ", "et ", "y ", "e ", "и ", "和", "与"];

fn is_word(words: &[&str], word: &str) -> bool {
    let lower = word.to_lowercase();
    words.contains(&lower.as_str())
}

const TOPIC: [&str; 22] = [
    "topic",
    "section",
    "chapter",
    "category",
    "subject",
    "thema",
    "kapitel",
    "abschnitt",
    "thème",
    "sujet",
    "chapitre",
    "tema",
    "capítulo",
    "sección",
    "argomento",
    "capitolo",
    "assunto",
    "seção",
    "тема",
    "раздел",
    "主题",
    "章节",
];

/// What a line says, if it begins with one of the known words.
pub(in crate::bank) fn named(text: &str) -> Option<Named<'_>> {
    let bare = text.trim_matches(['*', '_', '#', ' ']);
    let is_list = |word: &str| word.len() < 40 && is_word(&LIST, word);
    let Some(end) = bare.find([':', '：', '.']) else {
        return is_list(bare).then_some(Named::List(""));
    };
    let close = bare[end..].chars().next()?;
    let word = bare[..end].trim_end_matches(['*', '_', ' ']);
    let rest = bare[end + close.len_utf8()..].trim_start_matches(['*', '_', ' ']).trim();
    let is = |words: &[&str]| word.len() < 48 && is_word(words, word);
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
    if is(&["tags", "tag", "schlagworte", "étiquettes", "etiquetas", "метки", "标签"]) {
        return Some(Named::Tags(rest));
    }
    (is(&TOPIC) && !rest.is_empty()).then_some(Named::Topic(rest))
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
        let more = rest.trim_start_matches([',', '&', '/', '+', ' ', '、', '，', ';']);
        let more = AND.iter().find_map(|and| more.strip_prefix(and)).unwrap_or(more).trim_start();
        if more.starts_with(|char: char| char.is_ascii_digit()) || more.is_empty() {
            break;
        }
        rest = more;
    }
    (!places.is_empty()).then_some((places, rest))
}

/// The places that an answer names among these options: by letter, by number where options are numbered, or by their text.
pub(in crate::bank) fn resolve(answer: &str, options: &[&str], numbered: bool) -> Option<Vec<usize>> {
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
    // `ABD`
    if answer.len() > 1 && answer.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let places: Vec<usize> = answer.bytes().map(|byte| usize::from(byte - b'A')).collect();
        let ascends = places.windows(2).all(|pair| pair[0] < pair[1]);
        return (ascends && places.iter().all(|place| *place < options.len())).then_some(places);
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
