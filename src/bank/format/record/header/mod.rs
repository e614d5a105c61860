//! What the columns of a table and the fields of an object are called.

mod lexicon;
mod name;
mod row;
mod words;

use super::KeyBase;
use crate::bank::word_set::WordSet;
use lexicon::Lexicon;
use name::ColumnName;
pub(super) use name::place_of_letter;
pub(in crate::bank) use row::columns;
pub(super) use row::{is_numbered_answer, labels};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum ColumnRole {
    Question,
    /// An option, by the number or letter in its name, and what that counts from.
    Option(usize, Option<KeyBase>),
    /// All options in one cell.
    Options,
    /// Whether the option in this place is right.
    Flag(usize),
    Wrong,
    /// All options that are wrong in one cell.
    Wrongs,
    Answer,
    Explanation,
    /// What to say to somebody who picked the option in this place.
    Feedback(usize),
    Topic,
    Tags,
    Id,
    Other,
}

static QUESTION: WordSet = WordSet::new(
    "question questions questiontext questiontitle stem prompt q frage fragetext enunciado pregunta domanda pergunta \
    intitulé вопрос 问题 题目 题干 questionmax120characters quizquestion body problem query",
);
static ANSWER: WordSet = WordSet::new(
    "answer answers correct correctanswer correctanswers correctoption correctoptions key answerkey label solution \
    right rightanswer correctindex answerindex answeridx correctchoice cop gold target antwort lösung richtig \
    richtigeantwort réponse bonneréponse respuesta respuestacorrecta risposta rispostacorretta resposta \
    respostacorreta gabarito ответ правильныйответ 答案 正确答案 correctanswerschooseatleastone correctid answerid \
    correctoptionid correctanswerid",
);
static OPTIONS: WordSet = WordSet::new(
    "options choices alternatives answerchoices answeroptions possibleanswers optionen opciones opzioni opções \
    варианты 选项",
);
static EXPLANATION: WordSet = WordSet::new(
    "explanation answerexplanation rationale feedback generalfeedback exp comment support reason erklärung explication \
    explicación spiegazione explicação объяснение 解析 solutiontext notes",
);
static TOPIC: WordSet = WordSet::new(
    "topic category subject section chapter topicname thema kategorie thème tema categoría тема 主题 group",
);
static ID: WordSet = WordSet::new("id uid guid uuid questionid externalid");
static OPTION: WordSet = WordSet::new(
    "option choice answer opt op answeroption alternative antwort respuesta réponse risposta resposta ответ 选项 opción",
);

/// The name without what does not matter.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl ColumnRole {
    /// The place of an option.
    pub(in crate::bank::format::record) fn option(&self) -> Option<usize> {
        let Self::Option(place, _) = self else { return None };
        Some(*place)
    }

    /// The place of the option that a flag is about.
    fn flag(&self) -> Option<usize> {
        let Self::Flag(place) = self else { return None };
        Some(*place)
    }

    /// Whether it says what is right or wrong.
    pub(in crate::bank::format::record) fn is_key(&self) -> bool {
        matches!(self, Self::Answer | Self::Flag(_) | Self::Wrong | Self::Wrongs)
    }

    /// Whether it is about a question without being a part of it.
    pub(in crate::bank::format::record) fn is_aside(&self) -> bool {
        matches!(self, Self::Explanation | Self::Topic | Self::Tags | Self::Id)
    }
    /// What a column with this name holds, as far as its name says.
    pub(in crate::bank) fn from_name(name: &str) -> Self {
        let folded = folded(name);
        let is = |names: &WordSet| names.contains(&folded);
        match () {
            () if is(&QUESTION) => return Self::Question,
            () if is(&ANSWER) => return Self::Answer,
            () if is(&EXPLANATION) => return Self::Explanation,
            () if is(&TOPIC) => return Self::Topic,
            () if is(&ID) => return Self::Id,
            () if ["tags", "tag", "keywords"].contains(&folded.as_str()) => return Self::Tags,
            () if is(&OPTIONS) => return Self::Options,
            () => {}
        }
        // `Answer 1 - max 75 characters`, `Opción (a)`
        let whole = Self::of_words(&ColumnName::parse(name));
        let head = match before_aside(name) {
            same if same.len() == name.len() => whole,
            head => Self::of_words(&ColumnName::parse(head)),
        };
        match (head, whole) {
            (Self::Other | Self::Answer, Self::Option(..) | Self::Flag(_)) => return whole,
            (Self::Other, _) => {}
            _ => return head,
        }
        option(&folded).map_or(Self::Other, |(place, base)| Self::Option(place, base))
    }

    fn of_words(name: &ColumnName) -> Self {
        use words::{
            ANSWER, ASIDE, EXPLANATION, GRADE, KEY, NUMBER, OPTION, QUESTION, RIGHT, STEM, TAGS, TOPIC, TRUE, WRONG,
        };
        let has = |list: &Lexicon| name.has(list);
        let place = name.place;
        let option = place.map_or(Self::Other, |(place, base)| Self::Option(place, base));
        if name.words.len() > MOST_WORDS {
            return Self::Other;
        }
        match () {
            () if has(&ASIDE) => Self::Other,
            () if has(&EXPLANATION) => place.map_or(Self::Explanation, |(place, _)| Self::Feedback(place)),
            // `True/False`
            () if has(&TRUE) && has(&WRONG) => Self::Answer,
            () if has(&WRONG) && place.is_none() && name.is_plural() => Self::Wrongs,
            () if has(&WRONG) => Self::Wrong,
            () if has(&RIGHT) => place.map_or(Self::Answer, |(place, _)| Self::Flag(place)),
            () if has(&QUESTION) && !has(&NUMBER) => Self::Question,
            () if has(&TAGS) => Self::Tags,
            () if has(&TOPIC) && !has(&NUMBER) => Self::Topic,
            () if has(&QUESTION) || has(&TOPIC) => Self::Other,
            () if (has(&OPTION) || has(&ANSWER)) && place.is_some() => option,
            () if has(&KEY) => Self::Answer,
            () if has(&GRADE) && place.is_some() => place.map_or(Self::Other, |(place, _)| Self::Flag(place)),
            () if has(&NUMBER) => Self::Other,
            () if has(&OPTION) && name.is_plural() => Self::Options,
            () if has(&ANSWER) => Self::Answer,
            () if has(&STEM) => Self::Question,
            () if name.words.len() == 1 => option,
            () => Self::Other,
        }
    }
}

/// A name of more words is a sentence.
const MOST_WORDS: usize = 8;

/// The name without the hint behind it (`Question - max 95 characters`, `Answer (A to D)`).
fn before_aside(name: &str) -> &str {
    let signs = ["(", "[", ":", " - ", " – ", " — ", "（", "：", "\n", "<"];
    let end = signs.iter().filter_map(|sign| name.find(sign)).min().unwrap_or(name.len());
    let head = name[..end].trim();
    if head.is_empty() { name } else { head }
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
            ("Question", ColumnRole::Question),
            ("Question - max 120 characters", ColumnRole::Question),
            ("Answer 3 - max 75 characters", ColumnRole::Option(3, Some(KeyBase::One))),
            ("Correct answer(s) - choose at least one", ColumnRole::Answer),
            ("Option B", ColumnRole::Option(1, None)),
            ("opd", ColumnRole::Option(3, None)),
            ("choice0", ColumnRole::Option(0, Some(KeyBase::One))),
            ("incorrect_answer_2", ColumnRole::Wrong),
            ("distractor1", ColumnRole::Wrong),
            ("Answer explanation", ColumnRole::Explanation),
            ("is_correct_b", ColumnRole::Flag(1)),
            ("Correct 3", ColumnRole::Flag(3)),
            ("correcta", ColumnRole::Answer),
            ("Respuesta correcta", ColumnRole::Answer),
            ("Texto_Pregunta", ColumnRole::Question),
            ("Вариант 2", ColumnRole::Option(2, Some(KeyBase::One))),
            ("選択肢1", ColumnRole::Option(1, Some(KeyBase::One))),
            ("Feedback A", ColumnRole::Feedback(0)),
            ("Question type", ColumnRole::Other),
            ("Question number", ColumnRole::Other),
            ("Falsche Antwort 2", ColumnRole::Wrong),
            ("Choices", ColumnRole::Options),
            ("incorrect_answers", ColumnRole::Wrongs),
            ("Distractors", ColumnRole::Wrongs),
            ("Wrong answer", ColumnRole::Wrong),
            ("Time limit (sec)", ColumnRole::Other),
        ] {
            assert_eq!(ColumnRole::from_name(name), column, "{name}");
        }
    }
}
