//! JSON: an array of objects, a question on each line, in the shape that `import --json` prints.

use super::loss::LossCounter;
use crate::bank::Bank;
use crate::bank::format::record::whole::Object;

pub(super) fn print(bank: &Bank, losses: &mut LossCounter) -> String {
    let object = |question| serde_json::to_string(&Object::from_question(question, bank.front.deck.as_deref()));
    // No text and no finite number is known to cause it.
    let made = |question| losses.made(object(question).map_err(|_| "JSON cannot hold them"));
    let lines: Vec<String> = bank.questions.iter().filter_map(made).collect();
    if lines.is_empty() { "[]\n".into() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

#[cfg(test)]
mod tests {
    use crate::bank::print::print;
    use crate::bank::{Bank, BankOption, BankQuestion, ReadOptions, read};
    use crate::model::{KeyOrigin, Kind};

    #[test]
    fn a_cloze_keeps_which_answer_is_of_which_gap() {
        let answer = |text: &str, gap: &str| BankOption {
            text: text.into(),
            pair: Some(gap.into()),
            correct: true,
            ..BankOption::default()
        };
        let question = BankQuestion {
            id: Some("c-1".into()),
            kind: Kind::Cloze,
            stem: "[river] flows into the [sea].".into(),
            options: vec![answer("Rhine", "river"), answer("Rhein", "river"), answer("North Sea", "sea")],
            key: KeyOrigin::Marked,
            ..BankQuestion::default()
        };
        let bank = Bank { questions: vec![question.clone()], ..Bank::default() };
        let text = print(&bank, "json").expect("a format").text;
        let again = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(again.questions[0].options, question.options, "{text}");
        assert_eq!(again.questions[0].kind, Kind::Cloze);
    }
}
