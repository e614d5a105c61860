//! Whether answers name the labels of options or repeat their texts, if the text of one option is the label of another
//! (`a) B`). It is decided once for the file.

use super::alphabet::Labels;
use super::answer::{label_alone, says_option};
use super::block::{QuestionBlock, RawOption};
use super::list::Listed;
use super::marks;

/// The meaning of an answer that is both a label and the text of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    Labels,
    Texts,
}

impl Naming {
    /// Labels, unless more answers of the file are texts and no labels than the other way round.
    pub(super) fn decide(questions: &[QuestionBlock], listed: &[Listed], labels: Labels) -> Self {
        let (mut by_label, mut by_text) = (0_usize, 0_usize);
        for (block, listed) in questions.iter().zip(listed).filter(|(block, _)| !block.options.is_empty()) {
            let texts: Vec<&str> = block.options.iter().map(|option| marks::bare(&option.text)).collect();
            for (_, said) in block.answers.iter().chain(listed) {
                match (label(said, &block.options, labels).is_some(), says_option(said, &texts)) {
                    (true, false) => by_label += 1,
                    (false, true) => by_text += 1,
                    _ => {}
                }
            }
        }
        if by_text > by_label { Self::Texts } else { Self::Labels }
    }
}

/// The place of the option that has the label that an answer is nothing but.
pub(super) fn label(answer: &str, options: &[RawOption], labels: Labels) -> Option<usize> {
    let ends = options.iter().map(|option| option.place).max()??;
    let named = label_alone(answer, ends + 1, labels)?;
    options.iter().position(|option| option.place == Some(named))
}

#[cfg(test)]
mod tests {
    use crate::bank::{BankQuestion, ReadOptions, read};

    fn right(text: &str) -> Vec<Vec<usize>> {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        bank.questions.iter().map(BankQuestion::correct).collect()
    }

    #[test]
    fn a_label_is_meant_where_an_option_says_it() {
        for text in [
            "1. Which note is the lowest?\na) B\nb) C\nc) E\nAnswer: b\n\n2. Warm?\na) fire\nb) ice\nAnswer: a\n",
            "1. How many wheels?\n1) 3\n2) 4\n3) 2\nAnswer: 2\n\n2. How many eyes?\n1) 2\n2) 1\n3) 3\nAnswer: 1\n",
            "1. Which note?\nA. C\nB. A\nC. D\n\n2. Which grade?\nA. B\nB. D\nC. A\n\nAnswer key\n1. B\n2. A\n",
            "Which group?\nA. B\nB. A\nC. O\nANSWER: B\n\nWhich other?\nA. B\nB. A\nC. AB\nANSWER: A\n",
        ] {
            assert_eq!(right(text), [[1], [0]], "{text}");
        }
    }

    #[test]
    fn texts_are_meant_where_other_answers_are_texts() {
        let text = "1. 2 + 2?\n1) 4\n2) 8\nAnswer: 4\n\n2. 6 + 6?\n1) 12\n2) 2\nAnswer: 12\n\n\
                    3. 1 + 0?\n1) 2\n2) 1\nAnswer: 2\n";
        assert_eq!(right(text), [[0], [0], [0]]);
    }
}
