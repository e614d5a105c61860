//! Labels out of order are still labels: an answer names the letter, not the place.

use super::alphabet::Labels;
use super::answer::{self, ResolvedAnswer};
use super::block::RawOption;
use super::naming::{self, Naming};

/// How the labels of a question follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelSequence {
    /// In sequence, without labels, or ambiguous.
    InTurn,
    /// Each once, but some are missing.
    Apart,
}

/// Sorts options by their labels if these are out of order, so that letters and places agree.
pub(super) fn by_label(options: &mut [RawOption]) -> LabelSequence {
    let places: Vec<usize> = options.iter().filter_map(|option| option.place).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let once = places.len() == options.len() && sorted.len() == places.len();
    // If they rise and one is missing, a line was lost.
    if !once || places.is_sorted() {
        return LabelSequence::InTurn;
    }
    options.sort_by_key(|option| option.place);
    if sorted.iter().enumerate().all(|(place, label)| place == *label) {
        LabelSequence::InTurn
    } else {
        LabelSequence::Apart
    }
}

/// Reads an answer among options, some of whose letters may be missing: places among the options.
pub(super) fn read_answer<'a>(
    answer: &'a str,
    options: &[RawOption],
    texts: &[&str],
    labels: Labels,
    naming: Naming,
) -> Option<ResolvedAnswer<'a>> {
    let place_of = |label: usize| options.iter().position(|option| option.place == Some(label));
    if let Some(place) = naming::label(answer, options, labels).filter(|_| naming == Naming::Labels) {
        return Some(ResolvedAnswer::new(vec![place]));
    }
    if options.iter().enumerate().all(|(place, option)| option.place.is_none_or(|label| label == place)) {
        return answer::read_answer(answer, texts, labels);
    }
    let last = options.iter().filter_map(|option| option.place).max().unwrap_or(0);
    let mut by_letter = vec![""; last + 1];
    for (option, text) in options.iter().zip(texts) {
        by_letter[option.place.unwrap_or(0)] = text;
    }
    let said = answer::read_answer(answer, &by_letter, labels)?;
    let places = said.places.iter().map(|label| place_of(*label)).collect::<Option<Vec<_>>>()?;
    Some(ResolvedAnswer { places, ..said })
}

/// The order in which an answer names all options (`B, C, A`), if it is not that of their letters. Then the options are
/// to be put in order, as it means nothing that all are right.
pub(super) fn sequence(
    answers: &[&str],
    options: &[RawOption],
    texts: &[&str],
    labels: Labels,
    naming: Naming,
) -> Option<Vec<usize>> {
    let [answer] = answers else { return None };
    let places = read_answer(answer, options, texts, labels, naming)?.places;
    let mut sorted = places.clone();
    sorted.sort_unstable();
    let all = sorted.iter().copied().eq(0..options.len());
    (all && places.len() > 2 && !places.is_sorted()).then_some(places)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;

    #[test]
    fn an_answer_that_names_all_options_in_another_order_is_an_order() {
        let text = "1. Order from small to large:\nA. cell\nB. atom\nC. molecule\nAnswer: B, C, A\n\n2. Which are small?\nA. cell\nB. atom\nC. town\nAnswer: B, A\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let texts: Vec<_> = bank.questions[0].options.iter().map(|option| option.text.as_str()).collect();
        assert_eq!((bank.questions[0].kind, texts), (Kind::Order, vec!["atom", "molecule", "cell"]));
        assert_eq!((bank.questions[1].kind, bank.questions[1].correct()), (Kind::Multiple, vec![0, 1]));
    }

    #[test]
    fn a_key_goes_by_the_letter() {
        for options in ["A) sky\nC) sea\nB) blood\n", "- B. blood\n- A. sky\n- C. sea\n", "B. blood\nA. sky\nD. sea\n"]
        {
            let text = format!("1. What is red?\n{options}Answer: B\n\n2. What is warm?\nA. fire\nB. ice\nAnswer: A\n");
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let question = &bank.questions[0];
            let texts: Vec<_> = question.options.iter().map(|option| option.text.as_str()).collect();
            assert_eq!((texts, question.correct()), (vec!["sky", "blood", "sea"], vec![1]), "{options}");
        }
    }

    #[test]
    fn a_missing_letter_loses_its_question() {
        let good: String =
            (2..5).map(|number| format!("{number}. Good {number}?\nA. yes\nB. no\nAnswer: B\n\n")).collect();
        let text = format!("1. What is red?\nA) sky\nC) blood\nD) sea\nAnswer: B\n\n{good}");
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!((bank.questions.len(), bank.rejected), (3, 1));
    }
}
