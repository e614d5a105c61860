//! CSV with a column for everything that a question has; see `docs/banks.md` for the columns.

use crate::bank::format::exact::attribute;
use crate::bank::format::record::whole::{declared, key_follows, letters, pinned};
use crate::bank::{Bank, BankQuestion};
use crate::model::KeyOrigin;

/// A column for each option, and its cell.
type OptionColumn = (&'static str, fn(&crate::bank::BankOption) -> Option<String>);

const OF_OPTIONS: [OptionColumn; 4] = [
    ("feedback", |option| option.feedback.clone()),
    ("pair", |option| option.pair.clone()),
    ("weight", |option| option.weight.map(|weight| weight.to_string())),
    ("tolerance", |option| option.tolerance.map(|tolerance| tolerance.to_string())),
];

pub(super) fn print(bank: &Bank) -> String {
    let (questions, deck) = (&bank.questions, bank.front.deck.as_ref());
    let most = questions.iter().map(|question| question.options.len()).max().unwrap_or(0);
    let all = || questions.iter().flat_map(|question| &question.options);
    let used: Vec<&OptionColumn> =
        OF_OPTIONS.iter().filter(|(_, cell)| all().any(|option| cell(option).is_some())).collect();
    let any_pinned = questions.iter().any(|question| pinned(question).is_some());
    let any_declared = questions.iter().any(|question| declared(question).is_some());
    let numbered = |name: &str| (1..=most).map(|number| format!("{name} {number}")).collect::<Vec<_>>();

    let mut rows: Vec<Vec<String>> = Vec::with_capacity(questions.len() + 1);
    let mut header: Vec<String> = ["id", "topic", "kind", "markup", "question"].map(String::from).into();
    header.extend(numbered("option"));
    header.extend(["correct", "explanation"].map(String::from));
    used.iter().for_each(|(name, _)| header.extend(numbered(name)));
    header.push("tags".into());
    header.extend(any_pinned.then(|| "pinned".into()));
    header.extend(any_declared.then(|| "declared".into()));
    header.extend(deck.map(|_| "deck".into()));
    rows.push(header);
    for question in questions {
        let of_options = |cell: &dyn Fn(&crate::bank::BankOption) -> Option<String>| {
            let cells = question.options.iter().map(|option| cell(option).unwrap_or_default());
            cells.chain(std::iter::repeat_n(String::new(), most - question.options.len())).collect::<Vec<_>>()
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut row = vec![
            text(&question.id),
            text(&question.topic),
            question.kind.to_string(),
            question.markup.name().into(),
            question.stem.clone(),
        ];
        row.extend(of_options(&|option| Some(option.text.clone())));
        row.extend([correct(question), text(&question.explanation)]);
        used.iter().for_each(|(_, cell)| row.extend(of_options(cell)));
        row.push(attribute::print_list(&question.tags));
        row.extend(any_pinned.then(|| pinned(question).map(|places| letters(&places)).unwrap_or_default()));
        row.extend(any_declared.then(|| declared(question).unwrap_or_default().to_owned()));
        row.extend(deck.cloned());
        rows.push(row);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Rows of one length into memory: nothing can fail.
    rows.iter().for_each(|row| drop(writer.write_record(row)));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The letters of the right options; empty if they follow from the kind.
fn correct(question: &BankQuestion) -> String {
    if question.kind.has_choices() && question.key == KeyOrigin::Missing {
        return String::new();
    }
    if key_follows(question) { String::new() } else { letters(&question.correct()) }
}
