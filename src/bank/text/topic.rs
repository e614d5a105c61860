//! Topics: a line above the question, decided once for the file.

use super::block::{Block, StemLine};

/// A title is shorter than this, in characters.
const LONGEST_TITLE: usize = 80;

/// Splits topic lines off the stems, and gives each question its topic.
pub(super) fn split(blocks: &mut [Block]) {
    let by_line = topics_by_line(blocks);
    let mut topic: Option<String> = None;
    let mut heading: Option<String> = None;
    for block in blocks {
        if block.heading != heading {
            heading.clone_from(&block.heading);
            topic.clone_from(&heading);
        }
        if let Some(named) = block.topic.take() {
            topic = Some(named);
        }
        let lines = &block.stem;
        let head = match block.numbered_at {
            // Lines above the number of a question are no part of it.
            Some(at) => at,
            None if by_line && lines.len() > 1 && is_title(&lines[0]) => 1,
            // A title in a paragraph of its own.
            None if lines.len() > 1 && lines[1].apart && is_title(&lines[0]) => 1,
            None => 0,
        };
        if head > 0 {
            let titles: Vec<StemLine> = block.stem.drain(..head).collect();
            if let Some(title) = titles.last().filter(|title| is_title(title)) {
                topic = Some(title.text.trim().trim_end_matches(':').trim().to_owned());
            }
        }
        block.topic.clone_from(&topic);
    }
}

/// Whether the first line of most stems is a title.
fn topics_by_line(blocks: &[Block]) -> bool {
    let mut stems = 0;
    let mut titled = 0;
    for block in blocks.iter().filter(|block| block.numbered_at.is_none() && !block.stem.is_empty()) {
        stems += 1;
        titled += usize::from(block.stem.len() > 1 && is_title(&block.stem[0]));
    }
    titled * 10 >= stems * 6 && titled > 0
}

fn is_title(line: &StemLine) -> bool {
    let text = line.text.trim();
    let ends_open = text.ends_with(['?', '.', '!', ',', ';', '？', '。', '！', '，', '؟']);
    // "Here are ten questions on networks:" introduces; "Networks:" is a title.
    let introduces = text.ends_with([':', '：']) && text.split_whitespace().count() > 4;
    !text.is_empty() && text.chars().count() <= LONGEST_TITLE && !ends_open && !introduces && !text.starts_with("```")
}
