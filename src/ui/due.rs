//! How much is due, in a line.

use serde_json::json;

use super::{json_line, words};
use crate::error::{Error, Result};
use crate::study::Work;

/// What is printed if nobody says otherwise.
pub const PLAIN: &str = "{cards} cards today";

/// The words that stand for numbers.
const NAMES: [&str; 5] = ["cards", "due", "new", "learning", "exam"];

fn numbers(work: &Work) -> [u64; 5] {
    [work.cards(), work.due, work.new, work.learning, work.for_exam]
}

/// The text with its numbers, as a line.
///
/// # Errors
/// If the text has a word in braces that names no number.
pub fn text(work: &Work, format: &str) -> Result<String> {
    if format == PLAIN {
        return Ok(format!("{} today\n", words::count(work.cards(), "card")));
    }
    let (mut line, mut rest) = (String::new(), format);
    while let Some((before, after)) = rest.split_once('{') {
        line += before;
        let Some((name, after)) = after.split_once('}') else { return Err(unknown(&format!("{{{after}"))) };
        let place = NAMES.iter().position(|known| *known == name);
        let place = place.ok_or_else(|| unknown(&format!("{{{name}}}")))?;
        line += &numbers(work)[place].to_string();
        rest = after;
    }
    Ok(line + rest + "\n")
}

/// The same as a line of JSON.
pub fn json(work: &Work) -> Result<String> {
    let [cards, due, new, learning, exam] = numbers(work);
    json_line(&json!({"cards": cards, "due": due, "new": new, "learning": learning, "exam": exam}))
}

fn unknown(word: &str) -> Error {
    let names: Vec<String> = NAMES.iter().map(|name| format!("`{{{name}}}`")).collect();
    Error::usage(format!("`{word}` is not known")).hint(format!("there are {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_place_of_their_names() {
        let work = Work { new: 1, learning: 2, due: 3, for_exam: 4 };
        let line = |format| text(&work, format).map_err(|error| error.message().to_owned());
        assert_eq!(line(PLAIN).as_deref(), Ok("10 cards today\n"));
        assert_eq!(text(&Work { due: 1, ..Work::default() }, PLAIN).ok().as_deref(), Some("1 card today\n"));
        assert_eq!(line("{due} due, {new} new{exam}{learning}").as_deref(), Ok("3 due, 1 new42\n"));
        assert_eq!(line("").as_deref(), Ok("\n"));
        assert_eq!(line("100 % }").as_deref(), Ok("100 % }\n"));
        assert_eq!(line("{Due}").err().as_deref(), Some("`{Due}` is not known"));
        assert_eq!(line("{due").err().as_deref(), Some("`{due` is not known"));
        assert_eq!(json(&work).ok().as_deref(), Some("{\"cards\":10,\"due\":3,\"new\":1,\"learning\":2,\"exam\":4}\n"));
    }
}
