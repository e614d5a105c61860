//! Questions and their choices.

use strum::VariantArray as _;
use uuid::Uuid;

/// The number of a question in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionId(pub i64);

/// The kind of answer that a question asks for.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumString,
    strum::FromRepr,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum Kind {
    /// One right choice.
    #[default]
    Single = 0,
    /// Pick all that apply.
    Multiple = 1,
    /// True or false, as two choices.
    TrueFalse = 2,
    /// A typed word or phrase.
    Short = 3,
    /// A typed number.
    Numeric = 4,
    /// Pairs to match.
    Match = 5,
    /// Items to put in order.
    Order = 6,
    /// A text with gaps.
    Cloze = 7,
    /// Front and back.
    Card = 8,
    /// A free text that is not graded.
    Open = 9,
}

impl Kind {
    /// The kinds whose answers the program grades. The others are rated by the person alone.
    pub fn graded() -> impl Iterator<Item = Kind> {
        Self::VARIANTS.iter().copied().filter(|kind| !matches!(kind, Self::Cloze | Self::Card | Self::Open))
    }

    /// Whether the answer is picked from choices.
    pub fn has_choices(self) -> bool {
        matches!(self, Kind::Single | Kind::Multiple | Kind::TrueFalse)
    }
}

/// How the texts of a question are written.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::FromRepr, strum::IntoStaticStr,
)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum Markup {
    /// As they are to be shown.
    #[default]
    Plain = 0,
    /// With the signs of Markdown.
    Markdown = 1,
    /// With the elements of HTML.
    Html = 2,
}

/// Where the right answer is known from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::FromRepr, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum KeyOrigin {
    /// The bank marks it.
    Marked = 0,
    /// A rule declared it: by the bank's front matter or at the import.
    Declared = 1,
    /// From nowhere: a draft, kept but not reviewed.
    #[default]
    Missing = 2,
}

/// A question with the choices that are in use.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its number in the database.
    pub id: QuestionId,
    /// Its identity, the same on every machine that imported the same bank.
    pub uid: Uuid,
    /// What it asks for.
    pub kind: Kind,
    /// The question itself.
    pub stem: String,
    /// Why the right answer is right.
    pub explanation: Option<String>,
    /// The topic that the bank files it under.
    pub topic: Option<String>,
    /// The bank's tags.
    pub tags: Vec<String>,
    /// The origin of its key.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words, if there is one.
    pub key_rule: Option<String>,
    /// How its texts are written.
    pub markup: Markup,
    /// The choices in the bank's order, without retired ones.
    pub choices: Vec<Choice>,
}

/// A choice of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Its identity within the question: given once, never reused, in the order in which choices first appeared.
    pub number: u8,
    /// Its place in the bank, from 0: the letter that explanations use.
    pub position: u8,
    /// Its text.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// The comment for somebody who picked it.
    pub feedback: Option<String>,
    /// Whether it stays in its place when the choices are shuffled ("all of the above").
    pub pinned: bool,
    /// The share of the mark, 1 for all of it; `None` if right and wrong decide.
    pub weight: Option<f64>,
    /// The other half, if it is one half of a pair.
    pub pair: Option<String>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

/// The letter of the place `position` (from 0): A–Z, then AA, AB …
pub fn letter(position: usize) -> String {
    let mut rest = position;
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().map(|&byte| char::from(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 4, 25, 26, 27, 51, 52].map(letter), ["A", "E", "Z", "AA", "AB", "AZ", "BA"]);
    }

    #[test]
    fn kinds_read_back_from_number_and_name() {
        let names = "single multiple truefalse short numeric match order cloze card open";
        for (number, name) in (0..).zip(names.split(' ')) {
            let kind = Kind::from_number(number).expect("a kind");
            assert_eq!((kind.number(), kind.name(), kind.to_string().as_str()), (number, name, name));
            assert_eq!(Kind::from_name(name), Some(kind));
        }
        assert_eq!(Kind::from_number(10), None);
    }
}
