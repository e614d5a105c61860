//! What the columns of a table and the fields of an object are called.

use super::KeyBase;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Question,
    /// An option, by the number or letter in its name, and what that counts from.
    Option(usize, Option<KeyBase>),
    /// All options in one cell.
    Options,
    /// Whether the option in this place is right.
    Flag(usize),
    /// An option that is wrong.
    Wrong,
    Answer,
    Explanation,
    Topic,
    Tags,
    Id,
    Other,
}

const QUESTION: [&str; 23] = [
    "question",
    "questions",
    "questiontext",
    "questiontitle",
    "stem",
    "prompt",
    "q",
    "frage",
    "fragetext",
    "enunciado",
    "pregunta",
    "domanda",
    "pergunta",
    "intitulé",
    "вопрос",
    "问题",
    "题目",
    "题干",
    "questionmax120characters",
    "quizquestion",
    "body",
    "problem",
    "query",
];
const ANSWER: [&str; 42] = [
    "answer",
    "answers",
    "correct",
    "correctanswer",
    "correctanswers",
    "correctoption",
    "correctoptions",
    "key",
    "answerkey",
    "label",
    "solution",
    "right",
    "rightanswer",
    "correctindex",
    "answerindex",
    "answeridx",
    "correctchoice",
    "cop",
    "gold",
    "target",
    "antwort",
    "lösung",
    "richtig",
    "richtigeantwort",
    "réponse",
    "bonneréponse",
    "respuesta",
    "respuestacorrecta",
    "risposta",
    "rispostacorretta",
    "resposta",
    "respostacorreta",
    "gabarito",
    "ответ",
    "правильныйответ",
    "答案",
    "正确答案",
    "correctanswerschooseatleastone",
    "correctid",
    "answerid",
    "correctoptionid",
    "correctanswerid",
];
const OPTIONS: [&str; 12] = [
    "options",
    "choices",
    "alternatives",
    "answerchoices",
    "answeroptions",
    "possibleanswers",
    "optionen",
    "opciones",
    "opzioni",
    "opções",
    "варианты",
    "选项",
];
const EXPLANATION: [&str; 18] = [
    "explanation",
    "answerexplanation",
    "rationale",
    "feedback",
    "generalfeedback",
    "exp",
    "comment",
    "support",
    "reason",
    "erklärung",
    "explication",
    "explicación",
    "spiegazione",
    "explicação",
    "объяснение",
    "解析",
    "solutiontext",
    "notes",
];
const TOPIC: [&str; 14] = [
    "topic",
    "category",
    "subject",
    "section",
    "chapter",
    "topicname",
    "thema",
    "kategorie",
    "thème",
    "tema",
    "categoría",
    "тема",
    "主题",
    "group",
];
const ID: [&str; 6] = ["id", "uid", "guid", "uuid", "questionid", "externalid"];
const OPTION: [&str; 15] = [
    "option",
    "choice",
    "answer",
    "opt",
    "op",
    "answeroption",
    "alternative",
    "antwort",
    "respuesta",
    "réponse",
    "risposta",
    "resposta",
    "ответ",
    "选项",
    "opción",
];

/// The name without what does not matter.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Column {
    pub(super) fn of(name: &str) -> Self {
        let folded = folded(name);
        let is = |names: &[&str]| names.contains(&folded.as_str());
        match () {
            () if is(&QUESTION) => return Column::Question,
            () if is(&ANSWER) => return Column::Answer,
            () if is(&EXPLANATION) => return Column::Explanation,
            () if is(&TOPIC) => return Column::Topic,
            () if is(&ID) => return Column::Id,
            () if is(&["tags", "tag", "keywords"]) => return Column::Tags,
            () if is(&OPTIONS) => return Column::Options,
            () => {}
        }
        if let Some(place) =
            ["iscorrect", "correct", "isright"].iter().find_map(|word| flag(folded.strip_prefix(word)?))
        {
            return Column::Flag(place);
        }
        let wrong = ["incorrect", "wrong", "distractor", "false"].iter().any(|word| folded.starts_with(word));
        if wrong && folded.len() < 24 {
            return Column::Wrong;
        }
        // `Answer 1 - max 75 characters`
        let folded = folded.split_once("max").map_or(folded.as_str(), |(name, _)| name);
        option(folded).map_or(Column::Other, |(place, base)| Column::Option(place, base))
    }
}

/// The letter or number of the option that a flag is for.
fn flag(rest: &str) -> Option<usize> {
    match rest.as_bytes() {
        [letter @ b'a'..=b'j'] => Some(usize::from(letter - b'a')),
        [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] => rest.parse().ok(),
        _ => None,
    }
}

fn option(folded: &str) -> Option<(usize, Option<KeyBase>)> {
    let end =
        OPTION.iter().filter_map(|word| folded.strip_prefix(word)).min_by_key(|rest| rest.len()).unwrap_or(folded);
    let bare = end.len() == folded.len();
    let mut chars = end.chars();
    match (chars.next(), chars.as_str()) {
        (Some(letter @ 'a'..='j'), "") => Some((usize::from(letter as u8 - b'a'), None)),
        (Some(digit), _) if digit.is_ascii_digit() && !bare && end.len() <= 2 => {
            Some((end.parse().ok()?, Some(KeyBase::One)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        for (name, column) in [
            ("Question", Column::Question),
            ("Question - max 120 characters", Column::Question),
            ("Answer 3 - max 75 characters", Column::Option(3, Some(KeyBase::One))),
            ("Correct answer(s) - choose at least one", Column::Answer),
            ("Option B", Column::Option(1, None)),
            ("opd", Column::Option(3, None)),
            ("choice0", Column::Option(0, Some(KeyBase::One))),
            ("incorrect_answer_2", Column::Wrong),
            ("distractor1", Column::Wrong),
            ("Answer explanation", Column::Explanation),
            ("is_correct_b", Column::Flag(1)),
            ("Correct 3", Column::Flag(3)),
            ("Choices", Column::Options),
            ("Time limit (sec)", Column::Other),
        ] {
            assert_eq!(Column::of(name), column, "{name}");
        }
    }
}
