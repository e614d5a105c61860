//! What the attributes of a page reveal about its answers, decided for the whole page: values of boxes that are right
//! or wrong, keys at the elements around questions, the two sides of cards.

use crate::bank::word_set::WordSet;
use std::collections::{BTreeSet, HashMap};

use html5gum::{Token, Tokenizer};

/// Attributes that name the right option of the question in their element.
static KEYS: WordSet = WordSet::new(
    "data-answer data-correct data-correct-answer data-right-answer data-key data-solution data-correctanswer \
    data-right data-ans",
);
/// Attributes of an option that say whether it is right.
static VERDICTS: WordSet =
    WordSet::new("data-correct data-answer data-right data-is-correct data-iscorrect data-value");
/// Classes of the two sides of a card.
const SIDES: [(&str, &str); 4] =
    [("front", "back"), ("term", "definition"), ("flashcard-front", "flashcard-back"), ("card-front", "card-back")];
/// A longer value names no option, in characters.
const LONGEST: usize = 80;

/// Gives the value of an attribute of an element.
type Attribute<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What the attributes of a page reveal.
#[derive(Debug, Default)]
pub(super) struct PageHints {
    /// The value of the boxes of right options.
    right_value: Option<String>,
    /// The classes of the two sides of cards.
    sides: Option<(&'static str, &'static str)>,
    /// Whether keys are numbers from 0.
    from_zero: bool,
}

impl PageHints {
    pub(super) fn from_page(text: &str) -> Self {
        let mut values: BTreeSet<String> = BTreeSet::new();
        let mut classes: HashMap<&'static str, usize> = HashMap::new();
        let mut from_zero = false;
        for token in Tokenizer::new(text).flatten() {
            let Token::StartTag(tag) = token else { continue };
            let attribute = |name: &str| {
                tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.value).trim().to_owned())
            };
            if &tag.name[..] == b"input"
                && attribute("type").is_some_and(|kind| ["radio", "checkbox"].contains(&kind.as_str()))
                && values.len() < 4
            {
                values.insert(attribute("value").unwrap_or_default().to_lowercase());
            }
            let class = attribute("class").unwrap_or_default();
            for side in SIDES.iter().flat_map(|(front, back)| [*front, *back]) {
                if class.split_whitespace().any(|class| class == side) {
                    *classes.entry(side).or_default() += 1;
                }
            }
            from_zero |= KEYS.iter().any(|key| attribute(key).as_deref() == Some("0"));
        }
        let count = |side: &str| classes.get(side).copied().unwrap_or(0);
        let sides = SIDES.into_iter().find(|(front, back)| count(front) > 1 && count(front) == count(back));
        let right_value = values.iter().find(|value| is_yes(value)).filter(|_| values.len() == 2).cloned();
        Self { right_value, sides, from_zero }
    }

    /// The look of an option whose attributes mark it as right.
    pub(super) fn verdict(&self, name: &str, attribute: Attribute<'_>) -> Option<&'static str> {
        let marked = VERDICTS.iter().any(|name| attribute(name).is_some_and(|value| is_yes(&value.to_lowercase())));
        let valued = name == "input"
            && self.right_value.is_some()
            && attribute("value").map(|value| value.trim().to_lowercase()) == self.right_value;
        (marked || valued).then_some("an attribute that says `correct`")
    }

    /// The key that an element gives to the question in it.
    pub(super) fn key(&self, attribute: Attribute<'_>) -> Option<String> {
        let value = KEYS.iter().find_map(attribute).map(|value| value.trim().to_owned())?;
        let lower = value.to_lowercase();
        if value.is_empty() || value.chars().count() > LONGEST || is_yes(&lower) || is_no(&lower) && lower != "0" {
            // `1` is a number if numbers begin at 0.
            return (self.from_zero && lower == "1").then(|| "B".to_owned());
        }
        match value.parse::<u8>() {
            Ok(number) if self.from_zero && number < 26 => Some(char::from(b'A' + number).to_string()),
            Ok(_) => None,
            Err(_) => Some(value),
        }
    }

    /// The prefix for the side of a card that an element holds.
    pub(super) fn side(&self, attribute: Attribute<'_>) -> Option<&'static str> {
        let (front, back) = self.sides?;
        let class = attribute("class")?;
        let is = |side: &str| class.split_whitespace().any(|class| class == side);
        match () {
            () if is(front) => Some("Q: "),
            () if is(back) => Some("A: "),
            () => None,
        }
    }
}

fn is_yes(value: &str) -> bool {
    ["true", "1", "yes", "correct", "right", "y"].contains(&value)
}

fn is_no(value: &str) -> bool {
    ["false", "0", "no", "incorrect", "wrong", "n"].contains(&value)
}

#[cfg(test)]
mod tests {
    use crate::bank::{BankQuestion, ReadOptions, read};

    fn right(page: &str) -> Vec<Vec<usize>> {
        let bank = read(page.as_bytes(), &ReadOptions::default()).expect("a bank");
        bank.questions.iter().map(BankQuestion::correct).collect()
    }

    /// Two questions with three options each: attributes of the element around it, and of its options.
    fn page(around: [&str; 2], options: [[&str; 3]; 2]) -> String {
        let mut page = String::from("<html><body>\n");
        for (asked, (around, options)) in ["Which is wet?", "Which burns?"].iter().zip(around.iter().zip(options)) {
            page += &format!("<div {around}><p>{asked}</p>\n");
            for (text, attributes) in ["sea", "coal", "salt"].iter().zip(options) {
                page += &format!("<label><input type=\"radio\" {attributes}> {text}</label><br>\n");
            }
            page += "</div>\n";
        }
        page + "</body></html>"
    }

    #[test]
    fn attributes_name_the_right_option() {
        let (no, yes) = ("data-correct=false", "data-correct=true");
        for page in [
            page(["", ""], [[yes, no, no], [no, yes, no]]),
            page(["", ""], [[yes, "", ""], ["", yes, ""]]),
            page(["", ""], [["value=1", "value=0", "value=0"], ["value=0", "value=1", "value=0"]]),
            page(["data-answer=a", "data-answer=b"], [[""; 3]; 2]),
            page(["data-correct=0", "data-correct=1"], [[""; 3]; 2]),
            page(["data-answer=sea", "data-answer=coal"], [["value=a", "value=b", "value=c"]; 2]),
        ] {
            assert_eq!(right(&page), [[0], [1]], "{page}");
        }
    }

    #[test]
    fn what_names_the_place_of_an_option_marks_none() {
        for one in [
            ["class=a", "class=b", "class=c"],
            ["value=1", "value=2", "value=3"],
            ["data-value=a", "data-value=b", "data-value=c"],
        ] {
            assert_eq!(right(&page(["", ""], [one; 2])), [[]; 2] as [[usize; 0]; 2], "{one:?}");
        }
    }

    #[test]
    fn sides_of_cards_are_classes() {
        let card = |front: &str, back: &str| {
            format!("<div class=\"card\"><div class=\"front\">{front}</div><div class=\"back\">{back}</div></div>\n")
        };
        let text = format!("<html><body>{}{}</body></html>", card("air", "gas"), card("sea", "water"));
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let found: Vec<_> =
            bank.questions.iter().map(|card| (card.stem.as_str(), card.options[0].text.as_str())).collect();
        assert_eq!(found, [("air", "gas"), ("sea", "water")]);
    }
}
