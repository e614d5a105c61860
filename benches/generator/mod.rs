//! Deterministic banks and histories of any size, in several shapes, so that nothing is tuned to one of them.
//!
//! What is measured should be like the files of people: some have many decks and topics, some two words in an option, some long texts with HTML in
//! them. A learner forgets as FSRS-6 says, and studies every day, in bursts, or forgets far more often than that.

#![allow(unreachable_pub, reason = "shared by benchmarks")]

mod history;
mod words;

use std::fmt::Write as _;

pub use history::{LogShape, history};
use words::Words;

/// What the questions of a bank are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankShape {
    /// One deck, 50 topics, five options of nine words that nearly repeat.
    Even,
    /// 50 decks, 500 topics, five options of three to six words.
    Decks,
    /// One deck without topics, stems of four words, two options of one word.
    Short,
    /// Ten decks, stems of 120 words, four options of 25 words, explanations of 60.
    Long,
    /// 20 decks, stems and options in HTML, explanations in every third.
    Html,
}

impl BankShape {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Even, Self::Decks, Self::Short, Self::Long, Self::Html];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Decks => "decks",
            Self::Short => "short",
            Self::Long => "long",
            Self::Html => "html",
        }
    }

    /// The shape of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    fn decks(self) -> usize {
        match self {
            Self::Even | Self::Short => 1,
            Self::Decks => 50,
            Self::Long => 10,
            Self::Html => 20,
        }
    }

    fn question(self, number: usize) -> GeneratedQuestion {
        let mut words = Words::new(number as u64 ^ (self as u64) << 32);
        let deck = (self.decks() > 1).then(|| format!("Deck {}", number % self.decks()));
        let topic = |topics: usize| Some(format!("Topic {}", number % topics));
        match self {
            Self::Even => GeneratedQuestion {
                deck,
                topic: topic(50),
                stem: format!("Which of these statements about item number {number} is the right one?"),
                options: (0..5)
                    .map(|option| format!("statement {option} about item {number} as it is made here"))
                    .collect(),
                explanation: None,
                right: number % 5,
            },
            Self::Decks => GeneratedQuestion {
                deck,
                topic: topic(500),
                stem: format!("Which {} is number {number}?", words.phrase(4, 9)),
                options: (0..5).map(|option| format!("{} {option}", words.phrase(3, 6))).collect(),
                explanation: None,
                right: words.below(5),
            },
            Self::Short => GeneratedQuestion {
                deck,
                topic: None,
                stem: format!("{} {number}?", words.phrase(2, 4)),
                options: (0..2).map(|option| format!("{}{option}", words.phrase(1, 1))).collect(),
                explanation: None,
                right: words.below(2),
            },
            Self::Long => GeneratedQuestion {
                deck,
                topic: topic(40),
                stem: format!("Case {number}. {}?", words.phrase(90, 150)),
                options: (0..4).map(|option| format!("{} {option}", words.phrase(15, 35))).collect(),
                explanation: Some(words.phrase(40, 80)),
                right: words.below(4),
            },
            Self::Html => GeneratedQuestion {
                deck,
                topic: topic(60),
                stem: format!(
                    "<p>Which <b>{}</b> is <i>number {number}</i>?</p><p>{}</p>",
                    words.phrase(2, 5),
                    words.phrase(5, 15)
                ),
                options: (0..4)
                    .map(|option| format!("<em>{}</em> &amp; {} {option}", words.phrase(1, 3), words.phrase(2, 4)))
                    .collect(),
                explanation: (number.is_multiple_of(3))
                    .then(|| format!("<ul><li>{}</li><li>{}</li></ul>", words.phrase(4, 9), words.phrase(4, 9))),
                right: words.below(4),
            },
        }
    }

    /// This many questions as a table, with a header and the letter of the right option.
    pub fn table(self, questions: usize) -> String {
        let mut text =
            String::from("deck,topic,question,option_a,option_b,option_c,option_d,option_e,answer,explanation\n");
        for number in 0..questions {
            let question = self.question(number);
            let _ = write!(text, "{},", question.deck.unwrap_or_else(|| "Generated".into()));
            let _ = write!(text, "{},{}", question.topic.unwrap_or_default(), quoted(&question.stem));
            for option in 0..5 {
                let _ =
                    write!(text, ",{}", question.options.get(option).map(|option| quoted(option)).unwrap_or_default());
            }
            let explanation = question.explanation.unwrap_or_default();
            let _ = writeln!(text, ",{},{}", letter(question.right), quoted(&explanation));
        }
        text
    }

    /// This many questions as loose text with ids: `g0`, `g1` and so on. All are in one deck.
    pub fn text(self, questions: usize) -> String {
        let mut text = String::from("---\ndeck: Generated\n---\n");
        for number in 0..questions {
            let question = self.question(number);
            if let Some(topic) = question.topic {
                let _ = writeln!(text, "{topic}");
            }
            let _ = writeln!(text, "{} {{#g{number}}}", question.stem);
            for (place, option) in question.options.iter().enumerate() {
                let _ =
                    writeln!(text, "- {}. {option}{}", letter(place), if place == question.right { " *" } else { "" });
            }
            if let Some(explanation) = question.explanation {
                let _ = writeln!(text, "Explanation: {explanation}");
            }
            text.push('\n');
        }
        text
    }
}

/// A question before it has a form.
struct GeneratedQuestion {
    deck: Option<String>,
    topic: Option<String>,
    stem: String,
    options: Vec<String>,
    explanation: Option<String>,
    right: usize,
}

fn letter(place: usize) -> char {
    char::from(b'A' + place as u8)
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
