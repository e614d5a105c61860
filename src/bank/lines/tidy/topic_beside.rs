//! A topic on the line of a question's number, as copies of exam pages have it: `Question #41Topic 1`.

use super::super::label::question_number;
use super::sheet::Sheet;

/// Words of such topics.
const WORDS: [&str; 3] = ["Topic", "Section", "Chapter"];
/// Longer lines are text, in characters.
const LONGEST: usize = 60;

/// Writes such lines as topics. The number is that of the page, and names no question of the file.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let mut found = Vec::new();
    for at in 0..sheet.lines.len() {
        let Some(topic) = Some(sheet.lines[at].trim()).filter(|_| sheet.is_text(at)).and_then(topic) else { continue };
        sheet.lines[at] = format!("Topic: {topic}");
        found.push(at);
    }
    if !found.is_empty() {
        let reason = format!("numbers with a topic next to them: {}", found.len());
        sheet.explain("topics", "next to the numbers of questions", reason, &found);
    }
}

fn topic(text: &str) -> Option<&str> {
    let (at, word) = WORDS.iter().find_map(|word| Some((text.find(word)?, *word)))?;
    let (head, topic) = text.split_at(at);
    let number = head.trim_end_matches([' ', '-', '–', '|', '(', '\t']);
    let alone = question_number(number).is_some_and(|(_, rest)| rest.is_empty());
    let named = topic[word.len()..].starts_with([' ', ':', '#']) && topic.len() > word.len() + 1;
    let worded = number.starts_with(char::is_alphabetic);
    (alone && named && worded && !text.ends_with(['?', '.']) && text.chars().count() <= LONGEST)
        .then(|| topic.trim_end_matches([')', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_stand_beside_numbers() {
        for (line, said) in [
            ("Question #41Topic 1", Some("Topic 1")),
            ("Question 7 - Section A", Some("Section A")),
            ("Question 3 (Topic 2)", Some("Topic 2")),
            ("Question 3", None),
            ("1. Topic sentences", None),
            ("Question 3: Topic 2 is about what?", None),
        ] {
            assert_eq!(topic(line), said, "{line}");
        }
    }
}
