//! Topics: a line above the question, decided once for the file.

use super::block::{Blocks, QuestionBlock, StemLine, Stray};
use super::title::{bare_title, is_title_text};
use super::words::TOPIC;

/// Splits topic lines off the stems, and gives each question its topic. Other lines above the number of a question
/// belong to none.
pub(in crate::bank) fn split(all: &mut Blocks) {
    let blocks = &mut all.questions;
    let by_line = topics_by_line(blocks);
    // A question above questions that all have numbers is their title, not a question without options.
    let numbered = blocks.len() > 1 && blocks.iter().all(|block| block.number.is_some());
    let heads = |place: usize, title: &StemLine| is_title(title) || (place == 0 && numbered && is_asking_title(title));
    let mut topic: Option<String> = None;
    let mut heading: Option<String> = None;
    for (place, block) in blocks.iter_mut().enumerate() {
        if block.heading != heading {
            heading.clone_from(&block.heading);
            topic = heading.as_deref().map(|heading| bare_title(heading).to_owned());
        }
        if let Some(named) = block.topic.take() {
            topic = Some(named);
        }
        let lines = &block.stem;
        let head = match block.numbered_at {
            // Lines above the number of a question are not part of it.
            Some(at) => at,
            None if by_line && lines.len() > 1 && is_title(&lines[0]) => 1,
            // A title in its own paragraph.
            None if lines.len() > 1 && lines[1].apart && is_title(&lines[0]) => 1,
            None => 0,
        };
        if head > 0 {
            let mut titles: Vec<StemLine> = block.stem.drain(..head).collect();
            if let Some(title) = titles.pop_if(|title| heads(place, title)) {
                topic = Some(bare_title(&title.text).to_owned());
            }
            if !titles.is_empty() {
                all.stray.push(Stray { lines: titles, preamble: place == 0 });
            }
        }
        if let Some(named) = numbered_topic(block) {
            topic = Some(named);
        }
        block.topic = block.own_topic.take().or_else(|| topic.clone());
    }
}

/// Removes `Topic 2` or `- (Topic 2)` from the beginning of a stem with more lines.
fn numbered_topic(block: &mut QuestionBlock) -> Option<String> {
    let text = block.stem.first().filter(|_| block.stem.len() > 1 && block.numbered_at.is_some())?.text.trim();
    let bare = bare_title(text.trim_start_matches(['-', ' ']));
    let (word, number) = bare.split_once(' ')?;
    let topic = (TOPIC.has(word) && number.parse::<usize>().is_ok()).then(|| bare.to_owned())?;
    block.stem.remove(0);
    Some(topic)
}

/// Whether the first line of most stems is a title.
fn topics_by_line(blocks: &[QuestionBlock]) -> bool {
    let mut stems = 0;
    let mut titled = 0;
    for block in blocks.iter().filter(|block| block.numbered_at.is_none() && !block.stem.is_empty()) {
        stems += 1;
        titled += usize::from(block.stem.len() > 1 && is_title(&block.stem[0]));
    }
    titled * 10 >= stems * 6 && titled > 0
}

/// Whether a line may be a title but for its question mark.
fn is_asking_title(line: &StemLine) -> bool {
    line.text.trim_end().strip_suffix(['?', '？', '؟']).is_some_and(is_title_text)
}

fn is_title(line: &StemLine) -> bool {
    is_title_text(&line.text)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn numbered_topics_are_no_part_of_the_stem() {
        for topic in [" Topic 2", "\n- (Topic 2)"] {
            let text = format!(
                "Question #1{topic}\nWhat?\nA. a\nB. b\nAnswer: A\n10%\n\nQuestion #2{topic}\nWho?\nA. a\nB. b\nAnswer: B\n"
            );
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
            let found: Vec<_> =
                bank.questions.iter().map(|question| (question.stem.as_str(), question.topic.as_deref())).collect();
            assert_eq!(found, [("What?", Some("Topic 2")), ("Who?", Some("Topic 2"))], "{topic}");
        }
    }
}
