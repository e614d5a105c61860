//! Questions that are no choices, made of what an object says.

use super::question::{AnswerShape, DataItem};
use crate::bank::defect::Defect;
use crate::bank::format::record::Record;
use crate::bank::{BankOption, BankQuestion};
use crate::model::Kind;

/// The question of an item that is no choice.
pub(super) fn question(item: DataItem) -> Result<BankQuestion, Defect> {
    let DataItem { record, shape, .. } = item;
    if record.stem.trim().is_empty() {
        return Err(Defect::NoStem);
    }
    let right = |text: String| BankOption::new(text, true);
    let texts: Vec<String> = record.options.iter().map(|option| option.text.trim().to_owned()).collect();
    let (kind, options) = match shape {
        AnswerShape::Typed { back, card } => (if card { Kind::Card } else { Kind::Short }, vec![right(back)]),
        AnswerShape::Truth { right, .. } => (Kind::TrueFalse, BankOption::verdicts(("True", "False"), right)),
        AnswerShape::Order { .. } => (Kind::Order, texts.into_iter().map(right).collect()),
        AnswerShape::Match(seconds) => {
            let pair = |(text, pair): (String, String)| BankOption::paired(text, pair.trim());
            (Kind::Match, texts.into_iter().zip(seconds).map(pair).collect::<Vec<_>>())
        }
        AnswerShape::Cloze => (Kind::Cloze, Vec::new()),
        AnswerShape::Open => (Kind::Open, Vec::new()),
        _ => return Err(Defect::NoOptions("give it a list of options, or an answer")),
    };
    if options.iter().any(|option| option.text.is_empty() || option.pair.as_deref() == Some("")) {
        return Err(Defect::EmptyRight);
    }
    let [id, topic] = [record.id, record.topic].map(|text| text.filter(|text| !text.is_empty()));
    Ok(Record { id, topic, stem: record.stem.trim().to_owned(), ..record }.question(kind, options))
}
