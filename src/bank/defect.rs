//! The defects of a question, for every format: code, message and hint of each, and the check that all formats share.

use std::borrow::Cow;
use std::collections::HashMap;

use super::BankQuestion;
use crate::model::limits::{Limit, QUESTION_ANSWERS, QUESTION_OPTIONS};
use crate::model::{KeyOrigin, Kind};

/// More answers than this are not kept for one question.
pub(super) const MOST_ANSWERS: usize = QUESTION_ANSWERS.most as usize;

/// A question with more options is not multiple choice.
pub(super) const MOST_OPTIONS: usize = QUESTION_OPTIONS.most as usize;

/// A defect of a question. If a format has its own way to write what is missing, the defect holds that hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Defect {
    NoStem,
    /// A question with choices has no options.
    NoOptions(&'static str),
    OneOption,
    ManyOptions,
    ManyAnswers,
    EmptyRight,
    /// An empty option that is left out.
    EmptyOption,
    EqualOptions,
    /// Several options are right where one may be picked.
    SeveralAnswers,
    NoAnswer(&'static str),
    NoSuchOption,
    /// Two fields name different options as right.
    AnswersDiffer,
    FewPairs,
    /// The item does not name its pairs.
    NoPairs,
    NoNumber(&'static str),
    NoGaps,
    /// Gaps that are in the text as `[[1]]` are missing.
    NoNamedGaps,
    NoFormula,
    /// A wildcard of a formula has no number.
    NoDataSet,
    GapWithoutAnswer,
    GapOfOne,
    GapWithoutNumber,
    /// True or false has other answers than two.
    NotTwo,
    /// A card that shows nothing.
    NoFront,
    /// A card that is never answered.
    NoBack(&'static str),
    EmptyBack,
    TwoBacks,
    /// A row has more fields than the table has columns.
    ExtraFields {
        fields: usize,
        columns: usize,
    },
    /// A back without a front.
    NoFrontAbove,
    /// The fact that a card names is not in the file.
    NoFact,
    NoDeletions,
    BrokenDeletion,
    /// A line that belongs to no card.
    StrayText,
    NeverClosed,
    NeverOpened,
    NestedItems,
    /// An item that is in another file.
    ElsewhereItem,
    /// A kind that is not read, by its name in the file.
    KindNotRead {
        name: String,
        hint: &'static str,
    },
    /// A kind that is not read, whose question is kept as an open one.
    KeptOpen {
        name: String,
    },
    /// A field has another type than it should.
    BadRecord,
    /// A field occurs twice with two values.
    FieldTwice,
    /// A list has another length than the options that it is about.
    UnevenLists,
    UnknownKind,
    UnknownMarkup,
    /// Capital letters count in an answer, which is not kept.
    LettersCount,
    /// Something of it is larger than it may be.
    TooLarge(&'static Limit),
}

impl Defect {
    /// A short name that does not change (`no-options`).
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoStem | Self::NoFront | Self::NoFrontAbove | Self::NoFact => "no-stem",
            Self::NoOptions(_) | Self::NotTwo => "no-options",
            Self::OneOption | Self::GapOfOne => "one-option",
            Self::ManyOptions | Self::ManyAnswers => "many-options",
            Self::EmptyRight | Self::EmptyOption => "empty-option",
            Self::EqualOptions => "equal-options",
            Self::SeveralAnswers | Self::TwoBacks => "several-answers",
            Self::NoAnswer(_) | Self::GapWithoutAnswer | Self::NoPairs => "no-answer",
            Self::NoSuchOption => "no-such-option",
            Self::AnswersDiffer => "answer-conflict",
            Self::FewPairs => "few-pairs",
            Self::NoNumber(_) | Self::GapWithoutNumber => "no-number",
            Self::NoGaps | Self::NoNamedGaps => "no-gaps",
            Self::NoFormula | Self::NoDataSet => "no-formula",
            Self::NoBack(_) => "no-back",
            Self::EmptyBack => "empty-back",
            Self::ExtraFields { .. } => "extra-field",
            Self::NoDeletions => "no-deletions",
            Self::BrokenDeletion => "broken-deletion",
            Self::StrayText => "stray-text",
            Self::NeverClosed | Self::NeverOpened => "unclosed-answers",
            Self::NestedItems => "nested-items",
            Self::ElsewhereItem | Self::KindNotRead { .. } | Self::KeptOpen { .. } => "kind-not-read",
            Self::BadRecord | Self::FieldTwice | Self::UnevenLists => "bad-record",
            Self::UnknownKind => "unknown-kind",
            Self::UnknownMarkup => "unknown-markup",
            Self::LettersCount => "letters-count",
            Self::TooLarge(_) => "too-large",
        }
    }

    /// The message, in lower case and without a full stop.
    pub(super) fn message(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NoStem => "these answers have no question",
            Self::NoOptions(_) => "the question has no options",
            Self::OneOption => "the question has one option only",
            Self::ManyOptions => "the question has more than 52 options",
            Self::ManyAnswers => "the question has more than 200 answers",
            Self::EmptyRight => "the right option of this question is empty",
            Self::EmptyOption => "an option without text is left out",
            Self::EqualOptions => "two options of this question say the same",
            Self::SeveralAnswers => "this question has several answers",
            Self::NoAnswer(_) => "no answer of this question is right",
            Self::NoSuchOption => "the answer names no option of this question",
            Self::AnswersDiffer => "two fields of this question name different options as right",
            Self::FewPairs => "one pair alone cannot be matched",
            Self::NoPairs => "the item does not say what belongs together",
            Self::NoNumber(_) => "the answer is no number",
            Self::NoGaps | Self::NoNamedGaps => "this question has no gaps",
            Self::NoFormula => "a formula of this question cannot be calculated",
            Self::NoDataSet => "a wildcard of this question has no number",
            Self::GapWithoutAnswer => "a gap of this question has no right answer",
            Self::GapOfOne => "a gap of this question has one option only",
            Self::GapWithoutNumber => "a gap of this question asks for a number and has none",
            Self::NotTwo => "true or false has two answers",
            Self::NoFront => "this card has nothing on its front",
            Self::NoBack(_) => "this card is never answered",
            Self::EmptyBack => "this card has nothing on its back",
            Self::TwoBacks => "this card is answered twice",
            Self::NoFrontAbove => "this answer has no question",
            Self::NoFact => "the fact of this card is missing",
            Self::NoDeletions => "nothing of this text is to be left out",
            Self::BrokenDeletion => "a deletion of this text is empty or never closed",
            Self::StrayText => "this belongs to no card",
            Self::NeverClosed => "these answers are never closed",
            Self::NeverOpened => "these answers are never opened",
            Self::NestedItems => "this item is within other items",
            Self::ElsewhereItem => "this names an item of another bank, which is not part of this file",
            Self::KindNotRead { name, .. } => return format!("questions of the type `{name}` are not read").into(),
            Self::KeptOpen { name } => {
                return format!("{name} questions are not read; it is kept as an open question").into();
            }
            Self::ExtraFields { fields, columns } => {
                return format!("{fields} fields where the others have {columns}: is a comma unquoted?").into();
            }
            Self::TooLarge(limit) => return format!("more than {} as {}", limit.figure(), limit.counts).into(),
            Self::BadRecord => "a field of this question has another type than it should",
            Self::FieldTwice => "a field of this question occurs twice with two values",
            Self::UnevenLists => "a list of this question has another length than its options",
            Self::UnknownKind => "no kind of question is called so",
            Self::UnknownMarkup => "no markup is called so",
            Self::LettersCount => "small and capital letters count in this answer; they will not when it is typed",
        })
    }

    pub(super) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoStem => "write the question before them",
            Self::NoOptions(hint) | Self::NoAnswer(hint) | Self::NoNumber(hint) | Self::NoBack(hint) => hint,
            Self::OneOption | Self::FewPairs | Self::GapOfOne => "give it at least two",
            Self::ManyOptions => "52 are the most",
            Self::ManyAnswers => "200 are the most",
            Self::EmptyRight => "write its text",
            Self::EmptyOption => "write its text, or remove it",
            Self::EqualOptions => "make them differ, or remove one",
            Self::SeveralAnswers => "leave one, or make it `multiple`",
            Self::NoSuchOption => "name some of its options",
            Self::AnswersDiffer => "leave one of them, or correct it",
            Self::NoPairs => "give it its correct response",
            Self::NoNamedGaps => "write them as `[[1]]`",
            Self::NoFormula => "write it with numbers, `+ - * / ^` and functions such as `sqrt`",
            Self::NoDataSet => "export the question with its data set",
            Self::NoGaps => "write them as `{1:SHORTANSWER:=answer}`",
            Self::GapWithoutAnswer => "begin the right one with `=`",
            Self::GapWithoutNumber => "write `=3.14:0.01`",
            Self::NotTwo => "give it `true` and `false`",
            Self::NoFront => "write what it asks",
            Self::EmptyBack => "write what it asks for",
            Self::ExtraFields { .. } => "put the field that holds the delimiter in quotation marks",
            Self::TwoBacks => "keep one line `A: …`",
            Self::NoFrontAbove => "write a line `Q: …` above it",
            Self::NoFact => "export it again",
            Self::NoDeletions => "mark what is asked for",
            Self::BrokenDeletion => "close it around what is asked for",
            Self::StrayText => "begin a card above it, or leave it out",
            Self::NeverClosed => "end them with `}`",
            Self::NeverOpened => "begin them with `{`, or write `\\}`",
            Self::NestedItems => "close each item before the next begins",
            Self::ElsewhereItem => "import that bank, too",
            Self::KindNotRead { hint, .. } => hint,
            Self::BadRecord => "see `retain help banks`",
            Self::FieldTwice => "leave one of them, or make two questions of it",
            Self::UnevenLists => "give each option its own, or `null`",
            Self::UnknownKind => {
                "known are `single`, `multiple`, `truefalse`, `short`, `numeric`, `match`, `order`, `cloze`, `card` and `open`"
            }
            Self::UnknownMarkup => "known are `plain`, `markdown` and `html`",
            Self::LettersCount => "say in the question that they do",
            Self::TooLarge(_) => "make it smaller, or make several of it",
            Self::KeptOpen { .. } => return None,
        })
    }
}

/// The requirements for every question. Returns an oddity of a question that can still be asked. Fails if it cannot be
/// asked.
pub(super) fn check(question: &BankQuestion) -> Result<Option<Defect>, Defect> {
    let options = &question.options;
    if options.len() > MOST_ANSWERS {
        return Err(Defect::ManyAnswers);
    }
    if question.kind == Kind::Match && options.len() < 2 {
        return Err(Defect::FewPairs);
    }
    if !question.kind.has_choices() {
        return Ok(None);
    }
    if question.stem.trim().is_empty() {
        return Err(Defect::NoStem);
    }
    if options.len() > MOST_OPTIONS {
        return Err(Defect::ManyOptions);
    }
    if options.iter().any(|option| option.text.trim().is_empty()) {
        return Err(Defect::EmptyRight);
    }
    match options.len() {
        0 => return Err(Defect::NoOptions("give it at least two")),
        1 => return Err(Defect::OneOption),
        _ => {}
    }
    let right = question.correct().len();
    if right == 0 && question.key == KeyOrigin::Marked {
        return Err(Defect::NoAnswer("say which option is right"));
    }
    equal(question)
}

/// Options with the same text: an error if one of them is right, else an oddity.
fn equal(question: &BankQuestion) -> Result<Option<Defect>, Defect> {
    let mut seen: HashMap<Cow<'_, str>, bool> = HashMap::new();
    let mut odd = None;
    for option in &question.options {
        match seen.insert(exact(&option.text), option.correct) {
            Some(right) if right || option.correct => return Err(Defect::EqualOptions),
            Some(_) => odd = Some(Defect::EqualOptions),
            None => {}
        }
    }
    Ok(odd)
}

/// The text by which options of one question are compared. Case and marks count ("`List`" and "`list`" differ), white
/// space does not.
pub(super) fn exact(text: &str) -> Cow<'_, str> {
    if text.contains("  ") || text.contains('\n') {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text.trim())
    }
}
