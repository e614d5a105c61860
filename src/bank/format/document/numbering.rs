//! The lists of Word: `numbering.xml` says how they count, and the paragraphs count in their order.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document as Tree, Node};

use super::label::{Counting, symbol};
use crate::bank::format::office_xml::{children, inner, value};

const LEVELS: usize = 9;

/// The lists of a document, and the current count of each.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, [NumberingLevel; LEVELS]>,
    /// The list that a number of paragraphs means, and the levels that it begins again.
    numbers: HashMap<String, (String, [Option<usize>; LEVELS])>,
    counts: HashMap<String, [Option<usize>; LEVELS]>,
    /// Numbers that were met.
    begun: HashSet<String>,
}

#[derive(Clone, Debug, Default)]
struct NumberingLevel {
    counting: Counting,
    /// `%1.`, `(%2)`, `•`
    text: String,
    start: usize,
}

/// The `w:val` of a child.
pub(super) fn setting<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    inner(node, name).and_then(|child| value(child, "val"))
}

fn place(node: Node<'_, '_>) -> Option<usize> {
    value(node, "ilvl")?.parse().ok().filter(|place| *place < LEVELS)
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn from_tree(tree: &Tree<'_>) -> Self {
        let mut numbering = Self::default();
        for list in children(tree.root_element(), "abstractNum") {
            let mut levels: [NumberingLevel; LEVELS] = Default::default();
            for level in children(list, "lvl") {
                if let Some(place) = place(level) {
                    levels[place] = NumberingLevel::from_node(level);
                }
            }
            numbering.lists.insert(value(list, "abstractNumId").unwrap_or_default().to_owned(), levels);
        }
        for number in children(tree.root_element(), "num") {
            let list = setting(number, "abstractNumId").unwrap_or_default().to_owned();
            let mut starts = [None; LEVELS];
            for over in children(number, "lvlOverride") {
                let start = setting(over, "startOverride").and_then(|start| start.parse().ok());
                if let (Some(place), Some(start)) = (place(over), start) {
                    starts[place] = Some(start);
                }
            }
            numbering.numbers.insert(value(number, "numId").unwrap_or_default().to_owned(), (list, starts));
        }
        numbering
    }

    /// Counts a paragraph on this level of a list and gives its label; `None` if there is no such list.
    pub(super) fn next(&mut self, number: &str, level: usize) -> Option<String> {
        let (list, starts) = self.numbers.get(number)?;
        let levels = self.lists.get(list)?;
        let level = level.min(LEVELS - 1);
        let counts = self.counts.entry(list.clone()).or_insert([None; LEVELS]);
        // A list that restarts does so at its first paragraph.
        if !self.begun.contains(number) {
            self.begun.insert(number.to_owned());
            for (count, _) in counts.iter_mut().zip(starts).filter(|(_, start)| start.is_some()) {
                *count = None;
            }
        }
        let start = |place: usize| starts[place].unwrap_or(levels[place].start);
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count + 1));
        counts[level + 1..].fill(None);
        if levels[level].counting == Counting::Nothing {
            return Some(levels[level].text.chars().map(|char| symbol(char).unwrap_or(char)).collect());
        }
        let mut shown = levels[level].text.clone();
        for place in 0..=level {
            let count = counts[place].unwrap_or_else(|| start(place));
            shown = shown.replace(&format!("%{}", place + 1), &levels[place].counting.write(count));
        }
        Some(shown)
    }
}

impl NumberingLevel {
    fn from_node(node: Node<'_, '_>) -> Self {
        let counting = Counting::of_word(setting(node, "numFmt").unwrap_or("decimal"));
        let start = setting(node, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
        Self { counting, text: setting(node, "lvlText").unwrap_or_default().to_owned(), start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_and_begin_again() {
        let text = r#"<w:numbering xmlns:w="w">
            <w:abstractNum w:abstractNumId="7">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2)"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="7"/>
              <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
          </w:numbering>"#;
        let mut numbering = Numbering::from_tree(&Tree::parse(text).expect("xml"));
        let mut next = |number: &str, level| numbering.next(number, level).unwrap_or_default();
        assert_eq!([next("1", 0), next("1", 1), next("1", 1)], ["1.", "A)", "B)"]);
        assert_eq!([next("1", 0), next("1", 1), next("2", 0), next("2", 0)], ["2.", "A)", "5.", "6."]);
        assert_eq!(numbering.next("9", 0), None);
    }
}
